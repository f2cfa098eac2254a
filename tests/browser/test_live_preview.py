"""The open page follows what she saves: it reloads by itself, keeps its place, shows mistakes."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_accessibility import faults_in_every_look
from tests.preview.running import PATIENCE, Preview, eventually, starting
from tests.support import ROOT, article

LONG = "\n\n".join(f"Paragraph {number} of a long text." for number in range(80))
CSS = "theme/static/css/tokens.css"
PANEL = "#preview-problems"
STREAM = re.compile(r"/\.preview/changes")
QUIET = 1000  # ms without a save, in which nothing may happen
FILES: dict[str, str | bytes] = {
    "articles/first.md": article("The first title", body=LONG),
    "articles/draft.md": article("Unripe", more="status: draft"),
    "articles/hidden.md": article("Aside", more="status: hidden"),
    "articles/later.md": article("Next").replace("2026-03-04", "2999-01-02"),
}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview with a long article and with some that a build keeps back."""
    with starting() as start:
        preview = start(tmp_path_factory.mktemp("live"), FILES)
        preview.says("Your blog is at")
        yield preview


@pytest.fixture
def preview(running: Preview) -> Preview:
    """The same preview, with its first articles and styles again."""
    restore(running, CSS, "pelicanconf.py")
    articles = running.folder / "content/articles"
    for path in articles.iterdir():
        if f"articles/{path.name}" not in FILES:
            path.unlink()
    for name, text in FILES.items():
        running.save(name, text)
    eventually(lambda: is_as_at_first(running), "the preview is as it was at first")
    return running


def restore(preview: Preview, *names: str) -> None:
    """Bring back files of the project that a test changed."""
    for name in names:
        path, first = preview.folder / name, (ROOT / name).read_bytes()
        if path.read_bytes() != first:
            path.write_bytes(first)


def is_as_at_first(preview: Preview) -> bool:
    """Whether what earlier tests saved is gone."""
    page = preview.get("/first/")[2]
    is_whole = "The first title" in page and "Paragraph 79" in page and "A new end." not in page
    has_first_look = "3px solid red" not in page and "<form" in page
    others = ("/second/", "/other/")
    is_alone = all(preview.get(path)[0] == 404 for path in others)
    return is_whole and has_first_look and is_alone and preview.panel("/") == []


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own, in which every error of a script counts."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def visit(page: Page, preview: Preview, path: str) -> None:
    """Open a page, and wait until it listens for changes."""
    with page.expect_response(STREAM):
        page.goto(f"http://127.0.0.1:{preview.port}{path}")


def count_loads(page: Page) -> list[str]:
    """A list to which each further navigation of the page is added."""
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    return loads


def wait_for_words(page: Page, words: str) -> None:
    """Wait until the page has them."""
    page.get_by_text(words).first.wait_for()


def is_quiet(page: Page) -> None:
    """Let a moment pass in which nobody saves; what the page does then is counted elsewhere."""
    page.wait_for_timeout(QUIET)


def test_the_open_page_reloads_once_and_keeps_its_place(preview: Preview, page: Page) -> None:
    visit(page, preview, "/first/")
    page.evaluate("window.scrollTo(0, 1200)")
    page.wait_for_function("window.scrollY > 1100")
    before = page.evaluate("window.scrollY")
    loads = count_loads(page)
    with page.expect_response(STREAM):
        preview.save("articles/first.md", article("The first title", body=f"{LONG}\n\nA new end."))
        wait_for_words(page, "A new end.")
    page.wait_for_function("before => Math.abs(window.scrollY - before) < 60", arg=before)
    is_quiet(page)
    assert len(loads) == 1, loads


def test_an_open_page_that_nobody_changes_never_reloads(preview: Preview, page: Page) -> None:
    visit(page, preview, "/first/")
    loads = count_loads(page)
    is_quiet(page)
    assert loads == []


def test_many_saves_end_in_the_last_one_and_in_rest(preview: Preview, page: Page) -> None:
    visit(page, preview, "/first/")
    for number in range(20):
        preview.save("articles/first.md", article(f"Title number {number}"))
    page.get_by_role("heading", name="Title number 19").wait_for()
    is_quiet(page)
    loads = count_loads(page)
    is_quiet(page)
    assert loads == []
    preview.save("articles/first.md", article("And one more"))
    page.get_by_role("heading", name="And one more").wait_for()


def test_a_list_follows_an_article(preview: Preview, page: Page) -> None:
    visit(page, preview, "/")
    preview.save("articles/second.md", article("A second article"))
    page.get_by_role("link", name="A second article").first.wait_for()


def test_a_changed_style_is_seen_without_a_reload(preview: Preview, page: Page) -> None:
    visit(page, preview, "/first/")
    page.evaluate("window.still = 'here'")
    page.evaluate("window.scrollTo(0, 900)")
    loads = count_loads(page)
    path = preview.folder / CSS
    path.write_text(f"{path.read_text('utf-8')}\nbody {{ outline: 3px solid red; }}\n", "utf-8")
    page.wait_for_function("getComputedStyle(document.body).outlineWidth === '3px'")
    assert page.evaluate("[window.still, window.scrollY > 800]") == ["here", True]
    assert loads == []
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).outlineWidth") == "3px"


def test_the_panel_comes_with_a_mistake_and_goes_when_it_is_mended(
    preview: Preview, page: Page
) -> None:
    visit(page, preview, "/first/")
    assert page.locator(PANEL).count() == 0
    preview.save("articles/first.md", article("Broken", more="statsu: draft"))
    panel = page.locator(PANEL)
    panel.wait_for()
    assert panel.is_visible()
    assert "content/articles/first.md:7" in panel.locator(".problem-place").inner_text()
    assert "“statsu”" in panel.locator(".problem-what").inner_text()
    assert "status" in panel.locator(".problem-how").inner_text()
    assert page.get_by_role("heading", name="The first title").is_visible(), "the last good page"
    preview.save("articles/first.md", article("Mended"))
    page.get_by_role("heading", name="Mended").wait_for()
    panel.wait_for(state="detached")


def test_a_mistake_in_another_text_is_shown_in_the_open_page(preview: Preview, page: Page) -> None:
    visit(page, preview, "/first/")
    preview.save("articles/other.md", "Only text.\n")
    page.locator(PANEL).wait_for()
    assert "content/articles/other.md:1" in page.locator(PANEL).inner_text()


def test_what_she_wrote_is_shown_in_the_panel_and_never_carried_out(
    preview: Preview, page: Page
) -> None:
    visit(page, preview, "/first/")
    evil = "<img src=x onerror=document.title='run'>"
    preview.save("articles/other.md", article(body=f"[a]({evil!r})", more=f'"{evil}": x'))
    page.locator(PANEL).wait_for()
    assert "onerror" in page.locator(PANEL).inner_text()
    assert page.locator(f"{PANEL} img").count() == 0
    assert page.title() != "run"


@pytest.mark.parametrize(
    ("path", "mark"), [("/draft/", "draft"), ("/hidden/", "hidden"), ("/later/", "2999")]
)
def test_what_a_build_keeps_back_or_hides_is_visibly_marked(
    path: str, mark: str, preview: Preview, page: Page
) -> None:
    visit(page, preview, "/first/")
    plain = page.locator("body").inner_text().lower()
    assert mark not in plain
    visit(page, preview, path)
    shown = page.get_by_text(mark).filter(visible=True)
    assert mark in page.locator("body").inner_text().lower()
    assert shown.count() >= 1


def test_axe_finds_no_fault_in_the_panel_and_the_mark(preview: Preview, page: Page) -> None:
    visit(page, preview, "/draft/")
    found = faults_in_every_look("a draft", page)
    preview.save("articles/other.md", article(more="statsu: x", body="[a](no.md)\n\n[b](nono.md)"))
    page.locator(PANEL).wait_for()
    found += faults_in_every_look("a draft and problems", page)
    visit(page, preview, "/first/")
    found += faults_in_every_look("problems", page)
    assert not found, "\n".join(found)


def test_the_open_page_follows_a_change_of_the_settings(preview: Preview, page: Page) -> None:
    visit(page, preview, "/first/")
    assert page.locator("form").count()
    path = preview.folder / "pelicanconf.py"
    path.write_text(f"{path.read_text('utf-8')}\nCOMMENTS = 'off'\n", "utf-8")
    page.wait_for_function("document.body && !document.querySelector('form')")
    preview.save("articles/first.md", article("Saved after that"))
    page.get_by_role("heading", name="Saved after that").wait_for()
