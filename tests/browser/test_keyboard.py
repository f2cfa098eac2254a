"""Everything can be reached and seen by keyboard, and hit by a finger."""

import pytest

from tests.browser.conftest import Visit
from tests.browser.kinds import KINDS

MAIN_TARGETS = ".action, .site-title, .reach-phone, .share-ways a, .share-ways button"
MAIN_TARGETS += ", .site-header .menu a"
FRAMED_ALIKE = ["front page", "article", "contact page", "missing page", "empty front page"]


@pytest.mark.parametrize("kind", KINDS)
def test_everything_is_reached_in_order_and_ringed(kind: str, visit: Visit) -> None:
    page = visit(kind)
    expected = page.evaluate("probes.interactive()")
    page.evaluate("probes.recordFocus()")
    for _ in expected:
        page.keyboard.press("Tab")
    assert page.evaluate("probes.focusOrder()") == expected
    found = [f"{kind}, light: {fault}" for fault in page.evaluate("probes.faultyRings()")]
    page.emulate_media(color_scheme="dark")
    page.evaluate("probes.focusAgain()")
    assert page.evaluate("probes.focusOrder()") == expected
    found += [f"{kind}, dark: {fault}" for fault in page.evaluate("probes.faultyRings()")]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", FRAMED_ALIKE)
def test_the_skip_link_comes_first_is_seen_and_skips(kind: str, visit: Visit) -> None:
    page = visit(kind, width=360)
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.get_attribute("class") == "skip-link"
    box = link.bounding_box()
    assert box["x"] >= 0 and box["y"] >= 0, "it is outside the window while it has the focus"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    within = "[document.activeElement.closest('main, footer')?.localName, location.hash]"
    place, address = page.evaluate(within)
    assert address == "#main"
    has_links = page.locator("main").locator("a:visible, button:visible").count() > 0
    assert place == ("main" if has_links else "footer")


@pytest.mark.parametrize("kind", KINDS)
def test_everything_is_large_enough_to_hit(kind: str, visit: Visit) -> None:
    page = visit(kind)
    found = []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        small = page.evaluate("probes.smallTargets(24)")
        small += page.evaluate("selector => probes.smallTargets(44, selector)", MAIN_TARGETS)
        found += [f"{kind}, {width} px: {target}" for target in dict.fromkeys(small)]
    assert not found, "\n".join(found)
