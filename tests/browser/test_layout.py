"""Nothing is wider than the window, nothing is cut off, nothing moves; lines are set to be read."""

from statistics import mean

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import Visit
from tests.browser.kinds import KINDS

PAINTED = "probes.until(() => performance.getEntriesByName('first-contentful-paint').length)"


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


@pytest.mark.parametrize("kind", ["front page", "article", "article with all sorts"])
def test_nothing_moves_when_the_font_comes_late(kind: str, visit: Visit) -> None:
    held: list[Route] = []

    def hold_fonts(page: Page) -> None:
        page.route("**/*.woff2", lambda route: held.append(route))

    for width in (360, 1280):
        held.clear()
        page = visit(kind, width=width, before=hold_fonts, until="domcontentloaded")
        page.evaluate(PAINTED)
        assert held, "the page asks for no font of its own"
        for route in held:
            route.continue_()
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
