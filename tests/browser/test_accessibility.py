"""axe-core finds nothing on any page kind: WCAG 2.2 AA, best practices, contrast at AAA."""

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.kinds import KINDS

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"color-contrast-enhanced": {"enabled": True}},
    "resultTypes": ["violations"],
}
# What alone can be different in the dark
COLOURS = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]
IN_THE_DARK = {"runOnly": {"type": "rule", "values": COLOURS}, "resultTypes": ["violations"]}


def faults(page: Page, options: dict[str, Any] = OPTIONS) -> list[str]:
    """The rule and the element of each violation."""
    return [
        f"{result['id']} at {node['target'][0]}: {node['html'][:120]}"
        for result in page.evaluate("async options => (await axe.run(options)).violations", options)
        for node in result["nodes"]
    ]


def faults_in_every_look(name: str, page: Page) -> list[str]:
    """The faults of a page in light and dark, narrow and wide."""
    page.evaluate(AXE)
    found = []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, options in (("light", OPTIONS), ("dark", IN_THE_DARK)):
            page.emulate_media(color_scheme=scheme)
            found += [f"{name}, {scheme}, {width} px: {fault}" for fault in faults(page, options)]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_fault_in_any_scheme_or_width(kind: str, visit: Visit) -> None:
    found = faults_in_every_look(kind, visit(kind))
    assert not found, "\n".join(found)


def test_the_frame_around_an_article_in_another_language_says_its_own(visit: Visit) -> None:
    page = visit("article in Arabic")
    languages = page.evaluate(
        """() => Object.fromEntries(
            [".skip-link", ".site-header", ".prose", ".invitation", ".site-footer"].map(
                (part) => [part, document.querySelector(part).closest("[lang]").lang]))"""
    )
    english = dict.fromkeys(languages, "en-US")  # WCAG 2.2, 3.1.2 Language of Parts
    assert languages == english | {".prose": "ar"}
