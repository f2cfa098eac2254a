"""Nothing is wider than the window, nothing is cut off, nothing moves; lines are set to be read."""

from statistics import mean

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import Visit
from tests.browser.kinds import KINDS

PAINTED = "probes.until(() => performance.getEntriesByName('first-contentful-paint').length)"
KNOWS_WHERE_FROM = "CSS.supports('at-rule(@view-transition)')"
FAMILY = "getComputedStyle(document.body).fontFamily.replaceAll('\"', '')"
OURS = "OTS derived font"  # the files hold no name (theme/static/fonts/README.md)


def letters(page: Page) -> str:
    """Return the name of the font in which a page's title is drawn."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    query = {"nodeId": root, "selector": "main :is(h1, h2):not(.label)"}
    words = session.send("DOM.querySelector", query)
    return session.send("CSS.getPlatformFontsForNode", words)["fonts"][0]["familyName"]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_too_wide_or_cut_off(kind: str, visit: Visit) -> None:
    """A window of 320 × 256 is 1280 × 1024 at 400 % (WCAG 2.2, 1.4.10); spacing is 1.4.12."""
    page = visit(kind)
    found = []
    for spacing in ("", "probes.spaceText()"):
        page.evaluate(spacing)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 256})
            faults = page.evaluate("[...probes.wider(), ...probes.unreadable()]")
            found += [f"{kind}, {width} px{spacing and ', spaced'}: {fault}" for fault in faults]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_moves_while_a_page_is_read(kind: str, visit: Visit) -> None:
    found = []
    for width in (360, 1280):
        moved = visit(kind, width=width).evaluate("probes.readToTheEnd()")
        found += [f"{kind}, {width} px, moved by {shift}" for shift in moved]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", ["front page", "article"])
def test_the_first_view_asks_for_no_font_and_the_next_page_begins_with_it(
    kind: str, visit: Visit
) -> None:
    asked: list[str] = []

    def watch(page: Page) -> None:
        page.on("request", lambda request: asked.append(request.url))

    page = visit(kind, width=360, before=watch)
    if not page.evaluate(KNOWS_WHERE_FROM):
        pytest.skip("this Chromium can't tell a first page from the next")
    assert page.evaluate(FAMILY).startswith("Text Georgia")
    with page.expect_response("**/serif-italic.*.woff2"):  # after the roman, when it is at rest
        pass
    page.evaluate("document.fonts.ready")
    assert len([url for url in asked if url.endswith(".woff2")]) == 2
    assert page.evaluate(FAMILY).startswith("Text Georgia"), "the letters change while one reads"
    assert not page.evaluate("probes.readToTheEnd()")
    with page.expect_navigation():
        page.evaluate("document.querySelector('.site-title, .menu a').click()")
    page.evaluate(PAINTED)
    assert page.evaluate(FAMILY).startswith("Text Serif")
    assert letters(page) == OURS
    assert not page.evaluate("probes.readToTheEnd()")


@pytest.mark.parametrize("kind", ["front page", "article", "article with all sorts"])
def test_nothing_moves_when_the_font_comes_late(kind: str, visit: Visit) -> None:
    held: list[Route] = []

    def hold_fonts(page: Page) -> None:
        page.route("**/*.woff2", lambda route: held.append(route))

    for width in (360, 1280):
        held.clear()
        page = visit(kind, width=width, before=hold_fonts, until="domcontentloaded")
        page.evaluate(PAINTED)
        for _ in range(1200):  # a font is asked for when the page is at rest
            if held:
                break
            page.wait_for_timeout(50)
        assert held, "the page asks for no font of its own"
        page.unroute("**/*.woff2")  # lets go of what is held, and of the italic, asked for later
        moved = page.evaluate("probes.readToTheEnd()")
        assert not moved, "\n".join(f"{kind}, {width} px, moved by {shift}" for shift in moved)


@pytest.mark.parametrize(("width", "pixels"), [(360, 18), (768, 20), (1280, 20)])
def test_the_text_is_large_enough(width: int, pixels: int, visit: Visit) -> None:
    style = "getComputedStyle(document.querySelector('.prose > p'))"
    page = visit("article", width=width)
    assert page.evaluate(f"{style}.fontSize") == f"{pixels}px"
    assert page.evaluate(f"parseFloat({style}.lineHeight)") == pytest.approx(1.6 * pixels)


def test_a_line_holds_as_many_letters_as_the_eye_likes(visit: Visit) -> None:
    lengths = visit("article").evaluate("probes.lineLengths()")
    assert len(lengths) > 20
    assert 58 <= mean(lengths) <= 70


def test_a_number_to_call_keeps_to_one_line(visit: Visit) -> None:
    page = visit("contact page")
    for width in range(320, 800, 20):
        page.set_viewport_size({"width": width, "height": 800})
        broken = page.evaluate(
            """() => [...document.querySelectorAll('[href^="tel:"]')].filter(link => {
                const words = document.createRange();
                words.selectNodeContents(link);
                return new Set([...words.getClientRects()].map(box => box.top)).size > 1;
            }).map(link => link.textContent)"""
        )
        assert not broken, f"{width} px"


def test_an_email_address_breaks_behind_its_sign_alone(visit: Visit) -> None:
    page = visit("contact page", width=360)
    link = page.locator(".reach .facts a")
    assert link.inner_text() == "hello@practice.example.org"
    broken = """link => {
        const words = document.createRange();
        words.selectNodeContents(link.lastChild);
        return new Set([...words.getClientRects()].map(box => box.top)).size;
    }"""
    assert link.evaluate(broken) == 1


@pytest.mark.parametrize("kind", ["article", "page", "article with all sorts"])
def test_a_bullet_stands_at_the_first_line(kind: str, visit: Visit) -> None:
    """A box of several lines, such as a link that is an inline-block, would take it to its last."""
    found = visit(kind, width=360).evaluate(
        """() => [...document.querySelectorAll("main li")]
            .filter((item) => getComputedStyle(item).listStyleType !== "none")
            .flatMap((item) => [...item.querySelectorAll("*")].filter((inner) => {
                const { display, lineHeight } = getComputedStyle(inner);
                const lines = inner.offsetHeight / parseFloat(lineHeight);
                return display.startsWith("inline-") && lines > 1.9;
            }).map((inner) => inner.textContent))"""
    )
    assert not found
