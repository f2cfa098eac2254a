"""Every kind of page in a real browser, served by real servers with the headers they were given."""

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, Page

from insession.publish.built_site import SiteBuild
from tests import programs
from tests.browser.kinds import KINDS
from tests.comments.running import until
from tests.publish.a_published_site import build, release
from tests.publish.web_servers import WebServer, running
from tests.support import BuiltSite

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the servers are Linux servers")
FOUND = {"caddy": programs.caddy(), "nginx": programs.nginx()}
LISTEN = """
window.refused = [];
addEventListener("securitypolicyviolation", (e) =>
    refused.push(`${e.effectiveDirective} ${e.blockedURI} on ${location.pathname}`));
"""
THEME = "getComputedStyle(document.documentElement).getPropertyValue('--theme')"
SEND = """
(address) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = address;
    document.body.append(form);
    form.submit();
}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteBuild:
    return build(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def started(
    site: SiteBuild, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, WebServer]]:
    """Each server that is installed, with the site in a folder of its own."""
    with ExitStack() as stack:
        servers = {}
        for name in [name for name in FOUND if FOUND[name]]:
            folder = tmp_path_factory.mktemp(name)
            current = release(site, folder / "server", "1")
            servers[name] = stack.enter_context(running(name, folder / "run", current))
        yield servers


@pytest.fixture(params=FOUND)
def server(request: pytest.FixtureRequest, started: dict[str, WebServer]) -> WebServer:
    if request.param not in started:
        pytest.skip(f"{request.param} is not installed")
    return started[request.param]


class Watched:
    """A page of the browser that notes what its policies refuse."""

    def __init__(self, page: Page, server: WebServer) -> None:
        self.page, self.server, self.said = page, server, []
        page.add_init_script(LISTEN)
        page.on("console", lambda message: self.said.append(message.text))

    def open(self, path: str) -> list[str]:
        """Open a page; return what was refused on it."""
        self.said.clear()
        self.page.goto(f"{self.server.url}/{path}")
        return self.refused()

    def refused(self) -> list[str]:
        """Return what was refused on the page that is open."""
        said = [text for text in self.said if "Content Security Policy" in text]
        return self.page.evaluate("refused") + said


FONT = "document.fonts.load('1em \"Text Serif\"').then((found) => found[0]?.status === 'loaded')"


@pytest.fixture
def watched(browser: Browser, server: WebServer) -> Iterator[Watched]:
    context = browser.new_context()
    yield Watched(context.new_page(), server)
    context.close()


def test_no_kind_of_page_asks_for_anything_that_its_policy_refuses(
    watched: Watched, site: SiteBuild
) -> None:
    built = BuiltSite(site.folder)
    paths = {kind.find(built) for kind in KINDS.values() if kind.blog != "empty"}
    assert len(paths) >= 14
    for path in sorted(paths):
        assert watched.open(path) == [], path
        # A first page shows the device's own letters until it is at rest.
        assert watched.page.evaluate(FONT), path
        assert watched.refused() == [], path


def test_a_comment_is_sent_and_nothing_else(watched: Watched) -> None:
    assert watched.open("why-silence-helps/") == []
    sent: list[str] = []
    watched.page.route(
        "**/comments/**", lambda route: (sent.append(route.request.method), route.abort())
    )
    form = watched.page.locator(".comment-form").first
    form.locator("textarea").fill("A comment.")
    form.locator("button").click()
    until(lambda: watched.page.evaluate("1") and sent)
    assert sent == ["POST"]
    assert watched.refused() == []
    watched.page.evaluate(SEND, "https://elsewhere.example/")
    until(lambda: "form-action" in " ".join(watched.refused()))


def test_a_page_without_comments_can_send_nothing(watched: Watched) -> None:
    assert watched.open("about/") == []
    watched.page.evaluate(SEND, "/comments/new")
    until(lambda: "form-action" in " ".join(watched.refused()))
    asked = "fetch('/robots.txt').then(() => 'answered', () => 'refused')"
    assert watched.page.evaluate(asked) == "refused"
    assert watched.open("about/") == []
    watched.page.evaluate("document.body.append(document.createElement('style'))")
    watched.page.evaluate("document.body.lastChild.textContent = 'p { color: red }'")
    until(lambda: "style-src" in " ".join(watched.refused()))


def other_style(site: SiteBuild, folder: Path) -> SiteBuild:
    """The site as another theme would make it."""
    other = folder / "other"
    copytree(site.folder, other)
    for page in other.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("<style>", "<style>:root{--theme:other}", 1), encoding="utf-8")
    return replace(site, folder=other)


def test_a_release_with_another_stylesheet_is_right_at_once(
    watched: Watched, site: SiteBuild, tmp_path: Path
) -> None:
    server = watched.server
    assert watched.open("about/") == []
    release(other_style(site, tmp_path), server.current.parent, "2")
    if server.name == "nginx":  # which knows no other way than to read its file again
        assert "style-src" in " ".join(watched.open("about/"))
        server.process.send_signal(signal.SIGHUP)
        until(lambda: watched.open("about/") == [])
    for path in ("about/", "why-silence-helps/", "nope"):
        assert watched.open(path) == [], path
        assert watched.page.evaluate(THEME) == "other"
