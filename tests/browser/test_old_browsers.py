"""The oldest browsers that we hold to: a real Chromium of 2021, and scripts that lack something."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserType, expect

from tests.browser.commenting import Blog, fill, own_form, send
from tests.browser.kinds import crowded
from tests.browsers import OLD_CHROMIUM_OPTIONS, old_chromium
from tests.support import CONTACT, article

PAGES = ("", "all-sorts/", "contact/", "archive/", "search/")
# How far titles and texts are from the window's edges, and how many pixels a rem is. Only a long
# title may be wider than the text.
EDGES = """[...document.querySelectorAll(
  ".page-title, .article-title:not(.long-title), .item-summary, .prose",
)].map((element) => {
  const { left, right } = element.getBoundingClientRect();
  return [left, innerWidth - right];
})"""
REM = "parseFloat(getComputedStyle(document.documentElement).fontSize)"

WRITE_AND_SEND = """(words) => {
  const form = document.querySelector(".comment-form");
  form.elements.comment.value = words;
  form.elements.comment.dispatchEvent(new Event("input", { bubbles: true }));
  form.querySelector(".send").click();
}"""
THANKED = """() => new Promise((resolve) => {
  const look = () => document.querySelector(".comment-said a") && resolve(true);
  setInterval(look, 50);
  setTimeout(resolve, 60000, false);
})"""

FOUND = """() => new Promise((resolve) => {
  const look = () => {
    const link = document.querySelector(".search-results a");
    if (link) resolve(link.textContent);
  };
  setInterval(look, 50);
  setTimeout(resolve, 60000, "");
})"""


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Blog]:
    """A blog with what strains a layout, and an article to answer."""
    strain = crowded()
    names = ("articles/all-sorts.md", "images/field.png", "practice.toml")
    files = {name: strain[name] for name in names} | {"articles/talk.md": article("Talk")}
    with Blog(tmp_path_factory.mktemp("old"), files | {"pages/contact.md": CONTACT}).running() as b:
        yield b


@pytest.fixture(scope="module")
def old_browser(browser_type: BrowserType) -> Iterator[Browser]:
    """The Chromium of 2021."""
    program = old_chromium()
    if program is None:
        pytest.skip("no Chromium of 2021 was found: python -m tests.programs installs it")
    old = browser_type.launch(executable_path=program, args=[*OLD_CHROMIUM_OPTIONS])
    yield old
    old.close()


def test_an_old_browser_keeps_the_gutter_and_the_measure(blog: Blog, old_browser: Browser) -> None:
    page = old_browser.new_page()
    for path in PAGES:
        page.goto(f"{blog.address}/{path}")
        for width in (320, 360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            most = 31 * page.evaluate(REM) + 1
            edges = page.evaluate(EDGES)
            assert edges, path
            assert min(edge for both in edges for edge in both) >= 20, (path, width, edges)
            assert all(width - sum(both) <= most for both in edges), (path, width, edges)
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width, (path, width)
    page.close()


def test_an_old_browser_sends_a_comment_in_place(blog: Blog, old_browser: Browser) -> None:
    page = old_browser.new_page()
    page.goto(f"{blog.address}/talk/")
    assert not page.evaluate("'timeout' in AbortSignal"), "this browser isn't old"
    before = blog.newest()
    page.evaluate(WRITE_AND_SEND, "Written on an old telephone.")  # it is too old for Playwright's
    assert page.evaluate(THANKED), "no thanks"
    assert page.url == f"{blog.address}/talk/"
    assert blog.newest() == before + 1
    page.close()


def test_an_old_browser_finds_a_text(blog: Blog, old_browser: Browser) -> None:
    page = old_browser.new_page()
    page.goto(f"{blog.address}/search/#q=tallk")
    assert page.evaluate(FOUND) == "Talk"
    page.close()


LACKING = {
    "no fetch": "delete globalThis.fetch",
    "no AbortController": "delete globalThis.AbortController",
    "no URLSearchParams": "delete globalThis.URLSearchParams",
    "no FormData": "delete globalThis.FormData",
    "a fetch that fails": "globalThis.fetch = () => { throw new Error('not here'); }",
    "a body that can't be read": "FormData.prototype[Symbol.iterator] = () => { throw 0; }",
}


@pytest.mark.parametrize("lack", LACKING)
def test_where_the_script_cannot_send_the_form_is_sent_without_it(
    lack: str, blog: Blog, browser: Browser
) -> None:
    before = blog.newest()
    page = browser.new_page()
    page.add_init_script(LACKING[lack])
    page.goto(f"{blog.address}/talk/")
    fill(own_form(page), f"Sent with {lack}.")
    send(own_form(page))
    expect(page.locator("h1")).to_have_text("Thank you")
    assert blog.newest() == before + 1
    page.close()


def test_storage_that_is_forbidden_keeps_no_comment_back(blog: Blog, browser: Browser) -> None:
    page = browser.new_page()
    page.add_init_script(
        "Object.defineProperty(globalThis, 'sessionStorage', { get() { throw new Error(); } })"
    )
    page.goto(f"{blog.address}/talk/")
    fill(own_form(page), "Sent where nothing may be stored.")
    send(own_form(page))
    expect(page.get_by_role("link", name="Withdraw")).to_be_visible(timeout=60_000)
    page.close()
