"""On paper, in forced colours, and with nothing that moves."""

import pytest

from tests.browser.conftest import Visit
from tests.browser.kinds import KINDS

WHITE, BLACK = "rgb(255, 255, 255)", "rgb(0, 0, 0)"
TRANSPARENT = "rgba(0, 0, 0, 0)"
STYLE_OF = "(selector => getComputedStyle(document.querySelector(selector)))"
NOT_PRINTED = ".skip-link, nav, button, .share, .section-link"
# The links out of the blog whose address stands neither behind nor near them.
BARE_LINKS = """() => [...document.querySelectorAll("body a[href^='http']")]
  .filter((link) => link.checkVisibility())
  .filter((link) => !getComputedStyle(link, "::after").content.match(/attr\\(href\\)|https?:/))
  .filter((link) => !link.textContent.includes(link.host))
  .filter((link) => !link.closest("div, p, li")?.textContent.includes(link.getAttribute("href")))
  .map((link) => link.outerHTML)"""
CLOSE_A_PART = """document.querySelector(".prose").insertAdjacentHTML("beforeend",
  "<details><summary>Fees</summary><p>What it costs.</p></details>")"""
# The action and the monogram, where a page has them, and whether they have an edge.
EDGES = """() => [...document.querySelectorAll(".action, .monogram")].map((element) => {
  const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(element);
  const paper = getComputedStyle(document.body).backgroundColor;
  return borderTopStyle === "solid" && parseFloat(borderTopWidth) >= 1 && borderTopColor !== paper;
})"""


@pytest.mark.parametrize("kind", KINDS)
def test_a_printed_page_is_ink_on_white_and_says_where_links_lead(kind: str, visit: Visit) -> None:
    page = visit(kind)
    for scheme in ("light", "dark"):
        page.emulate_media(media="print", color_scheme=scheme)
        assert page.evaluate("selector => probes.describe(selector)", NOT_PRINTED) == []
        assert page.evaluate(f"{STYLE_OF}('html').backgroundColor") in {WHITE, TRANSPARENT}
        assert page.evaluate(f"{STYLE_OF}('body').backgroundColor") in {WHITE, TRANSPARENT}
        assert page.evaluate(f"{STYLE_OF}('body').color") == BLACK
        assert page.evaluate(f"{STYLE_OF}('h1').color") == BLACK
    bare = page.evaluate(BARE_LINKS)
    assert not bare, "\n".join(f"{kind}, print, no address: {link}" for link in bare)


@pytest.mark.parametrize("kind", ["front page", "article", "contact page"])
def test_a_page_can_be_printed(kind: str, visit: Visit) -> None:
    assert visit(kind).pdf().startswith(b"%PDF-")


def test_what_is_closed_is_printed_too(visit: Visit) -> None:
    page = visit("article with all sorts")
    page.emulate_media(media="screen")
    shown = "document.querySelector('.prose details p').checkVisibility()"
    page.evaluate(CLOSE_A_PART)
    assert not page.evaluate(shown)
    page.emulate_media(media="print")
    assert page.evaluate(shown)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_action_and_the_monogram_are_seen_in_forced_colours(scheme: str, visit: Visit) -> None:
    edges = visit("article", scheme=scheme, forced_colors="active").evaluate(EDGES)
    assert edges == [True, True]


@pytest.mark.parametrize("preference", ["reduce", "no-preference"])
def test_nothing_is_animated(preference: str, visit: Visit) -> None:
    for kind in ("front page", "article with all sorts", "how to follow"):
        moving = visit(kind, reduced_motion=preference).evaluate("probes.moving()")
        assert not moving, "\n".join(f"{kind}: {element}" for element in moving)
