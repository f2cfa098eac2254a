"""On paper, in the dark, in forced colours, and with nothing that moves."""

from io import BytesIO

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.browser.conftest import Visit
from tests.browser.kinds import KINDS
from tests.browser.server import served
from tests.browser.webdriver import drawn_lines
from tests.support import BuiltSite

CODE = "/why-silence-helps/qr.svg"

WHITE, BLACK = "rgb(255, 255, 255)", "rgb(0, 0, 0)"
TRANSPARENT = "rgba(0, 0, 0, 0)"
STYLE_OF = "(selector => getComputedStyle(document.querySelector(selector)))"
NOT_PRINTED = ".skip-link, nav, button, .share-ways, .section-link, .comments, .second-way"
NOT_PRINTED += ", .footnote-backref, .recording"
FOOTER = "Incrisis,orworriedaboutsomeone?"
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


PRINTED = [
    "front page",
    "archive",
    "article",
    "article with all sorts",
    "article of a few words",
    "page",
]


@pytest.mark.parametrize("kind", [*PRINTED, "contact page", "article in Arabic"])
def test_each_sheet_has_its_number_and_no_last_one_is_nearly_empty(kind: str, visit: Visit) -> None:
    for size in ("A4", "Letter"):
        sheets = PdfReader(BytesIO(visit(kind).pdf(format=size))).pages
        said = ["".join(sheet.extract_text().split()) for sheet in sheets]
        assert [text[: len(str(n))] for n, text in enumerate(said, 1)] == [
            str(n) for n in range(1, len(said) + 1)
        ]
        above, found, _ = said[-1].partition(FOOTER)
        assert found and len(above) > 100, f"{kind}, {size}: {said[-1]}"


def test_an_article_on_paper_says_where_it_is_from(visit: Visit) -> None:
    page = visit("article")
    address = page.locator("link[rel=canonical]").get_attribute("href")
    said = "".join(
        "".join(sheet.extract_text().split()) for sheet in PdfReader(BytesIO(page.pdf())).pages
    )
    assert f"Theaddressofthisarticle:{address}" in said
    assert "Writeacomment" not in said


def test_the_code_is_fetched_for_paper_alone_and_leaves_nothing_where_it_is_missing(
    browser: Browser, site: BuiltSite
) -> None:
    asked: list[str] = []
    with served(site.folder, asked) as root:
        page = browser.new_page()
        page.goto(f"{root}why-silence-helps/", wait_until="networkidle")
        page.locator(".site-footer").scroll_into_view_if_needed()
        assert "/why-silence-helps/" in asked
        assert CODE not in asked
        assert drawn_lines(PdfReader(BytesIO(page.pdf()))) >= site.text(CODE[1:]).count("M") > 200
        assert CODE in asked
        page.close()
        page = browser.new_page()
        page.route("**/qr.svg", lambda route: route.abort())
        page.goto(f"{root}why-silence-helps/")
        assert drawn_lines(PdfReader(BytesIO(page.pdf()))) < 20
        page.emulate_media(media="print")
        high = page.evaluate("document.querySelector('.share-address').clientHeight")
        assert 0 < high < 100, "the address is there, and no room for a code"
        page.close()


def test_a_handout_says_whose_it_is_and_how_to_call(visit: Visit) -> None:
    page = visit("article")
    phone = page.locator(".colophon > .phone")
    assert not phone.is_visible()
    page.emulate_media(media="print")
    assert phone.is_visible()
    assert page.locator(".colophon").inner_text().startswith("Hannah Vale, LMHC")


def test_what_is_drawn_is_shown_by_day_in_the_evening_and_not_on_paper(visit: Visit) -> None:
    drawn = "document.querySelector('.art > img')"
    for scheme, time in (("light", "day"), ("dark", "evening")):
        page = visit("article", scheme=scheme, width=360)
        page.evaluate(f"probes.until(() => {drawn}.complete && {drawn}.naturalWidth)")
        assert page.evaluate(f"{drawn}.currentSrc").count(f"-{time}.") == 1
        wide, high = page.evaluate(f"[{drawn}.clientWidth, {drawn}.clientHeight]")
        assert wide == page.evaluate("document.querySelector('.prose').clientWidth")
        assert abs(wide - 2 * high) <= 1
    page.emulate_media(media="print")
    assert not page.evaluate(f"{drawn}.checkVisibility()")


def test_what_is_closed_is_printed_too(visit: Visit) -> None:
    page = visit("article with all sorts")
    page.emulate_media(media="screen")
    shown = "document.querySelector('.prose details p').checkVisibility()"
    page.evaluate(CLOSE_A_PART)
    assert not page.evaluate(shown)
    page.emulate_media(media="print")
    assert page.evaluate(shown)


def test_photographs_are_softer_in_the_dark(visit: Visit) -> None:
    filters = [
        visit("article with all sorts", scheme=scheme).evaluate(f"{STYLE_OF}('figure img').filter")
        for scheme in ("light", "dark")
    ]
    assert filters == ["none", "brightness(0.82) saturate(0.92)"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_action_and_the_monogram_are_seen_in_forced_colours(scheme: str, visit: Visit) -> None:
    edges = visit("article", scheme=scheme, forced_colors="active").evaluate(EDGES)
    assert edges == [True, True]


@pytest.mark.parametrize(
    ("preference", "allowed"), [("reduce", ""), ("no-preference", "text-decoration-color")]
)
def test_nothing_moves_but_the_colour_of_a_line(
    preference: str, allowed: str, visit: Visit
) -> None:
    for kind in ("front page", "article with all sorts", "how to follow"):
        page = visit(kind, reduced_motion=preference)
        moving = page.evaluate("allowed => probes.moving(allowed)", allowed)
        assert not moving, "\n".join(f"{kind}: {element}" for element in moving)
