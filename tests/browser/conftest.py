"""The browser, the blogs that it opens, and `visit`, which opens a page kind."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect, sync_playwright

from tests.browser.commenting import Blog
from tests.browser.kinds import KINDS, crowded, empty
from tests.browser.server import served
from tests.browsers import chromium
from tests.support import BuiltSite, article, build_blog

PROBES = Path(__file__).with_name("probes.js")
OPEN = ("talk", "quiet", "hostile", "written", "journey")  # articles that take comments
Visit = Callable[..., Page]
Open = Callable[..., Page]

expect.set_options(timeout=90_000)  # only a fault takes so long


@pytest.fixture(scope="session")
def browser_type() -> Iterator[BrowserType]:
    """What starts a Chromium, of any age."""
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def browser(browser_type: BrowserType) -> Iterator[Browser]:
    """One Chromium for all tests."""
    program = chromium()
    if program is None:
        pytest.skip("no Chromium, Chrome or Edge was found")
    browser = browser_type.launch(executable_path=program)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def addresses(site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict]:
    """Where each page kind is served: {"front page": "http://127.0.0.1:…/", …}."""
    blogs = {"sample": site}
    for name, files in {"crowded": crowded(), "empty": empty()}.items():
        blogs[name] = build_blog(tmp_path_factory.mktemp(name), files)
    with ExitStack() as stack:
        roots = {name: stack.enter_context(served(b.folder)) for name, b in blogs.items()}
        yield {name: roots[kind.blog] + kind.find(blogs[kind.blog]) for name, kind in KINDS.items()}


@pytest.fixture(scope="session")
def pages(browser: Browser) -> dict[str, Page]:
    """A page for each set of a context's options, so that most tests share one."""
    return {}


@pytest.fixture
def visit(browser: Browser, addresses: dict[str, str], pages: dict[str, Page]) -> Iterator[Visit]:
    """Open a page kind, `visit("article", width=360, scheme="dark")`, with `probes` (probes.js).

    Other options are Playwright's for contexts. `before` is called with the blank page, to
    prepare it, and the page is then in a context of its own, that has seen nothing before.
    """
    with ExitStack() as stack:

        def new_page(options: dict[str, object]) -> Page:
            context = browser.new_context(**options)
            context.set_default_timeout(90_000)
            context.add_init_script(path=PROBES)
            return context.new_page()

        def open_page(
            kind: str,
            width: int = 1280,
            height: int = 800,
            scheme: str = "light",
            before: Callable[[Page], object] | None = None,
            until: str = "load",
            **options: object,
        ) -> Page:
            if before:
                page = new_page(options)
                stack.callback(page.context.close)
                before(page)
            else:
                page = pages.get(str(options)) or pages.setdefault(str(options), new_page(options))
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(media="null", color_scheme=scheme)
            page.goto(addresses[kind], wait_until=until)
            return page

        yield open_page


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Blog]:
    """A blog with one article that has a published comment, and a reply to it."""
    files = {f"articles/{name}.md": article(f"About {name}") for name in OPEN}
    with Blog(tmp_path_factory.mktemp("commented"), files).running() as blog:
        first = blog.write("talk", "I come back to this often.", "Ruth")
        blog.publish(first)
        reply = blog.write("talk", "So do I.", "Ben", parent=first)
        blog.publish(reply)
        yield blog


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """A page in a context of its own: `opened(address, script=False, width=320)`."""
    contexts = []

    def open_page(address: str = "", script: bool = True, width: int = 1280) -> Page:
        size = {"width": width, "height": 800}
        contexts.append(browser.new_context(java_script_enabled=script, viewport=size))
        contexts[-1].set_default_timeout(90_000)
        contexts[-1].add_init_script(path=PROBES)
        page = contexts[-1].new_page()
        if address:
            page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
