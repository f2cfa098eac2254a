"""Passing an article or a feed's address on, with what the browser offers."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

KINDS_WITH_COPY = ["article", "how to follow"]
COPIED = "wanted => probes.until(async () => await navigator.clipboard.readText() === wanted)"
NO_SHARE = "delete Navigator.prototype.share;"
SHARE = "globalThis.shared = []; Navigator.prototype.share = async (data) => { shared.push(data); }"
REFUSE = "Clipboard.prototype.writeText = async () => { throw new DOMException('no'); }"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"


def stubbed(script: str) -> dict:
    """The option of `visit` that runs this script before the page's own."""
    return {"before": lambda page: page.add_init_script(script)}


@pytest.mark.parametrize("kind", KINDS_WITH_COPY)
def test_each_copy_button_copies_its_address_and_says_so(kind: str, visit: Visit) -> None:
    page = visit(kind, permissions=["clipboard-read", "clipboard-write"])
    said = page.locator(".share-said[role=status]")
    buttons = page.locator("[data-copy]").all()
    expect(page.locator("[data-copy]").first).to_be_visible()
    expect(said).to_be_empty()
    for button in buttons:
        address = page.locator(".address").nth(buttons.index(button)).text_content()
        button.focus()
        page.keyboard.press("Enter")
        page.evaluate(COPIED, address)
        expect(said).to_contain_text("copied")
    expect(said).to_be_in_viewport()


def test_an_articles_address_takes_no_room_where_it_can_be_copied(visit: Visit) -> None:
    page = visit("article")
    expect(page.locator("[data-copy]")).to_be_visible()
    expect(page.locator(".address")).to_be_hidden()


def test_the_copied_address_is_the_articles_own(visit: Visit) -> None:
    page = visit("article")
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    assert page.locator("[data-copy]").get_attribute("data-copy") == canonical


@pytest.mark.parametrize("kind", KINDS_WITH_COPY)
def test_a_refused_copy_says_what_to_do(kind: str, visit: Visit) -> None:
    page = visit(kind, **stubbed(REFUSE))
    page.locator("[data-copy]").first.click()
    expect(page.locator(".share-said[role=status]")).to_contain_text("select the address")
    expect(page.locator(".address").first).to_be_visible()


@pytest.mark.parametrize("kind", KINDS_WITH_COPY)
def test_no_copy_button_where_the_browser_has_no_clipboard(kind: str, visit: Visit) -> None:
    page = visit(kind, **stubbed(NO_CLIPBOARD))
    expect(page.locator(".address").first).to_be_visible()
    assert page.locator("[data-copy]:visible").count() == 0


def test_the_share_button_opens_the_share_sheet(visit: Visit) -> None:
    page = visit("article", **stubbed(SHARE))
    page.get_by_role("button", name="Share").click()
    title = page.locator("h1").inner_text()
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    page.evaluate("probes.until(() => shared.length)")
    assert page.evaluate("shared") == [{"title": title, "url": canonical}]
    expect(page.locator(".share-said[role=status]")).to_be_empty()


def test_no_share_button_where_the_browser_has_no_share_sheet(visit: Visit) -> None:
    page = visit("article", **stubbed(NO_SHARE))
    expect(page.locator("[data-copy]")).to_be_visible()  # the script has run
    expect(page.locator("[data-share]")).to_be_hidden()


@pytest.mark.parametrize(("error", "words"), [("AbortError", ""), ("DataError", "copy")])
def test_only_a_failed_share_is_spoken_of(error: str, words: str, visit: Visit) -> None:
    fail = f"""globalThis.asked = 0; Navigator.prototype.share = async () => {{
        asked += 1; throw new DOMException('', '{error}'); }}"""
    page: Page = visit("article", **stubbed(fail))
    page.get_by_role("button", name="Share").click()
    page.evaluate("probes.until(() => asked)")
    page.evaluate("probes.frame()")
    said = page.locator(".share-said[role=status]")
    expect(said).to_contain_text(words) if words else expect(said).to_be_empty()
