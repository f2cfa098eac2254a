"""Where nothing stands, the nearest addresses are proposed; they are asked for only then."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.server import served
from tests.support import BuiltSite


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("why-silnce-helps/", "Why silence helps"),
        ("2026/how-to-chose-therapist.html", "How to choose a therapist"),
        ("Contakt", "Contact"),
        ("%e2%28/qwxz/", None),
    ],
)
def test_a_slip_in_an_address_is_answered_with_the_nearest(
    browser: Browser, site: BuiltSite, asked: str, nearest: str | None
) -> None:
    with served(site.folder) as address:
        page = browser.new_page()
        with page.expect_response("**/addresses.js"):
            page.goto(address + asked)
        proposed = page.locator("#nearest")
        if nearest:
            expect(proposed).to_be_visible()
            link = proposed.locator("a").first
            expect(link).to_have_text(nearest)
            link.click()
            expect(page.locator("h1")).to_have_text(nearest)
        else:
            expect(proposed).to_be_hidden()
        page.close()
