"""Leaving a page at once: it is covered before the other one is there, and no way leads back."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import served
from tests.support import PRACTICE, article, build_blog

BODY = "\n\n".join(["## A part\n\n" + "Some words on it. " * 60] * 8)
DRAFT = "sessionStorage.setItem('comment a', 'words')"
# Tells what is shown as soon as the page has other content and that has been drawn. While another
# page is awaited, a browser answers no question.
TELL = """new MutationObserver(() => {
  if (document.title !== "localhost") return;
  requestAnimationFrame(() => requestAnimationFrame(() => console.log(JSON.stringify([
    document.body.textContent, document.body.children.length, document.body.firstChild.role,
    document.body.firstChild.offsetHeight, location.pathname, sessionStorage.length]))));
}).observe(document, { childList: true, subtree: true });"""
Opened = Callable[..., Page]


class Elsewhere:
    """The neutral site: it answers when it is let, and keeps whence people seem to come."""

    def __init__(self) -> None:
        self.came_from: list[str | None] = []
        self.answers = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.came_from.append(self.headers.get("Referer"))
                site.answers.wait(90)
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(b"<!doctype html><link rel=icon href=data:,><h1>Elsewhere</h1>")

            def log_message(self, *_: object) -> None:
                """Print nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self.server.server_port}/"


@pytest.fixture(scope="module")
def site() -> Iterator[Elsewhere]:
    """A server of its own for it."""
    site = Elsewhere()
    threading.Thread(target=site.server.serve_forever, daemon=True).start()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def elsewhere(site: Elsewhere) -> Elsewhere:
    """The neutral site, which nobody has asked yet."""
    site.came_from.clear()
    site.answers.set()
    return site


@pytest.fixture(scope="module")
def root(site: Elsewhere, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A blog with an article that can be left at once."""
    line = f'[site]\nquick_exit_url = "{site.url}"\n'
    files = {
        "practice.toml": PRACTICE.replace("[site]\n", line),
        "articles/a.md": article("Violence at home", "quick_exit: true", BODY),
        "articles/b.md": article("Other"),
    }
    built = build_blog(tmp_path_factory.mktemp("exits"), files)
    with served(built.folder) as address:
        yield address


@pytest.fixture
def opened(browser: Browser, root: str) -> Iterator[Opened]:
    """The article in a context of its own, after the front page."""
    contexts = []

    def open_page(**options: object) -> Page:
        contexts.append(browser.new_context(**options))
        contexts[-1].set_default_timeout(90_000)
        page = contexts[-1].new_page()
        page.goto(root)
        page.goto(f"{root}a/")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("how", ["Shift", "Enter"])
def test_the_page_is_gone_before_the_other_is_there_and_cant_be_gone_back_to(
    how: str, opened: Opened, root: str, elsewhere: Elsewhere
) -> None:
    page = opened()
    page.add_init_script(TELL)
    page.reload()
    page.evaluate(DRAFT)
    elsewhere.answers.clear()
    page.locator(".quick-exit a").focus()
    with page.expect_console_message(timeout=90_000) as told:
        for _ in range(3 if how == "Shift" else 1):
            page.keyboard.press(how)
    assert json.loads(told.value.text) == ["Loading.", 1, "status", 1, "/", 0]
    elsewhere.answers.set()
    expect(page.locator("h1")).to_have_text("Elsewhere")
    assert elsewhere.came_from == [None]
    page.go_back()
    expect(page.locator(".welcome")).to_be_visible()
    assert urlsplit(page.url).path == "/"


def test_without_a_script_it_is_a_link_that_says_nothing_of_where_one_was(
    opened: Opened, elsewhere: Elsewhere
) -> None:
    page = opened(java_script_enabled=False)
    told = "The back button leads here again."
    expect(page.locator(".quick-exit")).to_contain_text(told, use_inner_text=True)
    expect(page.locator(".quick-exit-keys")).to_be_hidden()
    page.locator(".quick-exit a").click()
    expect(page.locator("h1")).to_have_text("Elsewhere")
    assert elsewhere.came_from == [None]


def test_each_press_is_counted_aloud_and_a_long_wait_forgets_it(
    opened: Opened, elsewhere: Elsewhere
) -> None:
    page = opened()
    page.clock.install()
    said = page.locator(".quick-exit [role=status]")
    expect(page.locator(".quick-exit-keys")).to_be_visible()
    high = page.locator(".quick-exit").bounding_box()
    page.keyboard.press("Shift")
    expect(said).to_have_text("Press Shift 2 more times to leave.")
    page.keyboard.press("Shift")
    expect(said).to_have_text("Press Shift 1 more time to leave.")
    assert page.locator(".quick-exit").bounding_box() == high
    page.clock.run_for(6_000)
    expect(said).to_have_text("Still on this page.")
    page.keyboard.press("Shift")
    expect(said).to_have_text("Press Shift 2 more times to leave.")
    page.keyboard.press("a")
    expect(said).to_be_empty()
    assert elsewhere.came_from == []


def test_shift_with_a_key_or_a_click_means_something_else(
    opened: Opened, elsewhere: Elsewhere
) -> None:
    page = opened()
    for keys in ("Shift+A", "Shift+Tab", "Shift+ArrowDown") * 2:
        page.keyboard.press(keys)
    for _ in range(3):
        page.locator("h1").click(modifiers=["Shift"])
    page.keyboard.down("Shift")
    for _ in range(4):
        page.keyboard.down("Shift")  # held down, it repeats
    page.keyboard.press("B")
    page.keyboard.up("Shift")
    expect(page.locator(".quick-exit [role=status]")).to_be_empty()
    expect(page.locator("h1")).to_have_text("Violence at home")
    assert elsewhere.came_from == []


@pytest.mark.parametrize("width", [360, 1280])
def test_it_stays_at_hand_and_covers_no_heading_that_is_gone_to(
    width: int, opened: Opened, root: str
) -> None:
    page = opened(viewport={"width": width, "height": 700})
    page.goto(f"{root}a/#a-part_5")
    bar = page.locator(".quick-exit")
    expect(bar).to_be_in_viewport(ratio=1)
    stands, heading = bar.bounding_box(), page.locator("#a-part_5").bounding_box()
    assert stands["y"] == 0
    assert stands["height"] <= heading["y"] < 350
    page.evaluate("scrollTo(0, 0)")
    assert page.locator(".site-header").bounding_box()["y"] >= stands["height"]
    page.set_viewport_size({"width": width, "height": 256})  # as with 400 %
    page.evaluate("scrollTo(0, 1000)")
    expect(bar).not_to_be_in_viewport()


def test_it_is_not_printed(opened: Opened) -> None:
    page = opened()
    page.emulate_media(media="print")
    expect(page.locator(".quick-exit")).to_be_hidden()


def test_elsewhere_on_the_blog_shift_is_only_shift(opened: Opened, root: str) -> None:
    page = opened()
    page.goto(f"{root}b/")
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page.locator("h1")).to_have_text("Other")
