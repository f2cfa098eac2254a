"""A page asks nobody else, keeps nothing, complains of nothing, and needs no script."""

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, Response

from tests.browser.conftest import Visit
from tests.browser.kinds import KINDS

STORED = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
TEXT = """() => {
  const apart = "button, .search-form, .quick-exit-note";
  for (const element of document.querySelectorAll(apart)) element.hidden = true;
  return document.body.innerText.split(/\\s*\\n\\s*/);
}"""


class Listener:
    """Notes what a page does that a quiet page doesn't."""

    def __init__(self, address: str) -> None:
        self.address, self.origin = address, address[: address.index("/", 8) + 1]
        self.heard: list[str] = []

    def listen(self, page: Page) -> None:
        """Listen to the page from before it is opened."""
        page.on("console", self._message)
        page.on("pageerror", lambda error: self.heard.append(f"error: {error}"))
        page.on("request", lambda request: self._request(request.url))
        page.on("requestfailed", self._failed)
        page.on("response", self._response)
        page.on("websocket", lambda socket: self.heard.append(f"socket: {socket.url}"))

    def _message(self, message: ConsoleMessage) -> None:
        # The browser's own remark on a page that is missing is no complaint of the page.
        if not (message.location["url"] == self.address and "404" in message.text):
            self.heard.append(f"console: {message.text}")

    def _request(self, url: str) -> None:
        if not url.startswith(self.origin):
            self.heard.append(f"request to {url}")

    def _failed(self, request: Request) -> None:
        # Whoever goes on before the icon has come breaks that request off himself.
        if request.failure != "net::ERR_ABORTED":
            self.heard.append(f"failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if not response.ok and response.url != self.address:
            self.heard.append(f"{response.status}: {response.url}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_quiet(kind: str, visit: Visit, addresses: dict[str, str]) -> None:
    listener = Listener(addresses[kind])
    page = visit(kind, before=listener.listen)
    page.evaluate("probes.readToTheEnd()")
    cookies = [f"cookie: {cookie['name']}" for cookie in page.context.cookies()]
    stored = [f"stored: {key}" for key in page.evaluate(STORED)]
    found = [f"{kind}: {what}" for what in [*listener.heard, *cookies, *stored]]
    assert not found, "\n".join(found)


def test_a_missing_page_has_the_status_of_one(visit: Visit) -> None:
    statuses = []
    visit(
        "missing page",
        before=lambda page: page.on("response", lambda r: statuses.append(r.status)),
    )
    assert statuses[0] == 404


@pytest.mark.parametrize("kind", KINDS)
def test_all_text_is_there_without_javascript(kind: str, visit: Visit) -> None:
    """There is more of it: an article's address, which a script would copy.

    Only the field of the search needs one; the list below it doesn't. What "Leave this page" does
    differs, and it says so.
    """
    with_script = visit(kind).evaluate(TEXT)
    without_script = visit(kind, java_script_enabled=False).evaluate(TEXT)
    shown = {*with_script}
    assert [line for line in without_script if line in shown] == with_script


def test_an_article_can_be_passed_on_without_javascript(visit: Visit) -> None:
    page = visit("article", java_script_enabled=False)
    share = page.locator(".share")
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    assert share.locator(".address").inner_text() == canonical
    assert share.locator("button:visible").count() == 0
    email = share.get_by_role("link", name="e-mail")
    assert email.is_visible()
    assert email.get_attribute("href").startswith("mailto:?subject=")
