"""A comment that is sent while the service is down: the page says so, and the words are kept."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.comments.front import FOUND, Front, configure, free_ports, publish, started
from tests.support import BuiltSite, article, build_blog

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the servers are Linux servers")
WORDS = "I have never told this to anybody.\n\nIt took me an hour to write."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    return build_blog(tmp_path_factory.mktemp("blog"), {"articles/a.md": article()})


@pytest.fixture(params=FOUND)
def front(request: pytest.FixtureRequest, tmp_path: Path, site: BuiltSite) -> Iterator[Front]:
    """The web server, with nothing where the service should be."""
    name = request.param
    if not FOUND[name]:
        pytest.skip(f"{name} is not installed")
    publish(site, tmp_path)
    port, other, nothing = free_ports(3)
    command = configure(name, tmp_path, tmp_path, nothing, (port, other))
    with started(Front(name, port, other, tmp_path, site), command) as front:
        yield front


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_what_was_written_is_still_there(front: Front, browser: Browser, script: bool) -> None:
    context = browser.new_context(java_script_enabled=script)
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{front.port}/a/")
    text = page.locator(".comment-form textarea")
    text.fill(WORDS)
    page.locator(".comment-form .send").click()
    if script:
        expect(page.locator(".comment-said")).to_contain_text("Your words are still here")
    else:
        expect(page.locator("h1")).to_have_text("Comments can’t be reached just now")
        page.go_back()
    expect(text).to_have_value(WORDS)
    context.close()
