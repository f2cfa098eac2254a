"""Firefox and WebKit, as Debian ships them: the page kinds, the comment form, paper."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup

from insession.content.practice import read_practice
from tests.browser import webdriver
from tests.browser.commenting import Blog
from tests.browser.kinds import PARAGRAPH, crowded
from tests.browser.server import served
from tests.browsers import firefox, webkit_driver, xvfb
from tests.support import CONTACT, article, words

LINES = ("first", "second")  # the articles that take a comment, one for each browser
# A title or a text that stands too near to the window's edge, or is too wide to be read.
# Only a long title may be wider than the text.
FAULTS = """(() => {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const wide = document.scrollingElement.scrollWidth > innerWidth ? ["the page is too wide"] : [];
  const texts = ".page-title, .article-title:not(.long-title), .item-summary, .prose";
  return [...document.querySelectorAll(texts)]
    .map((element) => [element.className, element.getBoundingClientRect()])
    .filter(([, { left, right }]) =>
      left < 20 || innerWidth - right < 20 || right - left > 31 * rem + 1)
    .map(([name, { left, right }]) => `${name}: ${left} to ${right}`)
    .concat(wide);
})()"""
FIRST_WORDS = "Some weeks there is much to say"
CLOSED = "<details><summary>Fees</summary><p>What it costs.</p></details>"
# Where the signs of the telephone number stand, from left to right.
NUMBER = """(() => {
  const text = document.querySelector(".prose a.phone").firstChild;
  return [...text.data].map((sign, n) => {
    const range = document.createRange();
    range.setStart(text, n);
    range.setEnd(text, n + 1);
    return [range.getBoundingClientRect().left, sign];
  }).sort(([one], [other]) => one - other).map(([, sign]) => sign).join("");
})()"""
SPACE = """(() => {
  const space = document.createElement("div");
  space.id = "space";
  document.querySelector(".invitation").before(space);
})()"""
# The card that messengers show stands on the page, and no picture waits until it is looked at.
LOAD_ALL = """(() => {
  const card = new Image();
  card.src = new URL(document.querySelector("[property='og:image']").content).pathname;
  document.body.append(card);
  for (const image of document.images) image.loading = "eager";
})()"""
WIDTHS = "[...document.images].map((image) => image.naturalWidth)"
REPLY = "details .comment-form"
OWN = ".responses > .comment-form"
WRITTEN = """[...document.querySelectorAll(".comment-form")].map((form) =>
  [form.elements.name.value, form.elements.comment.value, form.checkVisibility()])"""
SHIFT_THRICE = """[1, 2, 3].forEach(() => ["keydown", "keyup"].forEach((kind) =>
  document.body.dispatchEvent(new KeyboardEvent(kind, { key: "Shift", bubbles: true }))))"""
Start = Callable[[], webdriver.Page]


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Blog]:
    """A blog with what strains a layout, a long article, and two to answer."""
    strain = crowded()
    names = ["images/field.png", "practice.toml", "glossary.toml", "topics.toml"]
    names += ["articles/all-sorts.md", "articles/arabic.md", "articles/long-word.md"]
    files = {name: strain[name] for name in names} | {"pages/contact.md": CONTACT}
    body = "\n\n".join([PARAGRAPH, *(f"## Part {n}\n\n{PARAGRAPH}" for n in range(12)), CLOSED])
    long = article("Long", "content_note: It speaks of loss.\nquick_exit: true", body)
    hebrew = article("על השתיקה", "lang: he", "התקשרו אליי {practice.phone} בבקשה.")
    files |= {"articles/long.md": long, "articles/number.md": hebrew}
    files |= {f"articles/{name}.md": article(name.title()) for name in LINES}
    with Blog(tmp_path_factory.mktemp("others"), files).running() as blog:
        blog.publish(*(blog.write(name, "I come back to this often.", "Ruth") for name in LINES))
        yield blog


@pytest.fixture(scope="module")
def browsers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Start]]:
    """How to start each browser; it runs until the module's end."""
    with ExitStack() as stack:
        pages: dict[str, webdriver.Page] = {}

        def start_firefox() -> webdriver.Page:
            if (program := firefox()) is None:
                pytest.skip("no Firefox was found")
            return stack.enter_context(webdriver.firefox(program, tmp_path_factory.mktemp("ff")))

        def start_webkit() -> webdriver.Page:
            if (driver := webkit_driver()) is None or (screen := xvfb()) is None:
                pytest.skip("no driver of WebKit, or no Xvfb, was found")
            shown = stack.enter_context(webdriver.display(screen))
            return stack.enter_context(webdriver.webkit(driver, shown))

        def once(name: str, start: Start) -> Start:
            return lambda: pages.get(name) or pages.setdefault(name, start())

        yield {
            "Firefox": once("Firefox", start_firefox),
            "WebKit": once("WebKit", start_webkit),
        }


@pytest.fixture(params=["Firefox", "WebKit"])
def page(request: pytest.FixtureRequest, browsers: dict[str, Start]) -> webdriver.Page:
    """A page of each browser."""
    return browsers[request.param]()


@pytest.fixture
def in_firefox(browsers: dict[str, Start]) -> webdriver.Page:
    """A page of Firefox."""
    return browsers["Firefox"]()


def test_every_page_kind_keeps_its_gutter_and_its_measure(blog: Blog, page: webdriver.Page) -> None:
    found = {}
    for width in (500, 1280):
        for path in (
            "",
            "all-sorts/",
            "arabic/",
            "contact/",
            "archive/",
            "search/",
            "topic/starting-therapy/",
            "tag/silence/",
            "glossary/",
            "there/is/no/such-page/",
        ):
            page.goto(f"{blog.address}/{path}")
            page.resize(width)
            found |= {(path, width): faults} if (faults := page.evaluate(FAULTS)) else {}
    assert found == {}


@pytest.mark.parametrize("path", ["", "all-sorts/", "long/", "contact/"])
def test_photos_covers_and_cards_are_drawn(path: str, blog: Blog, page: webdriver.Page) -> None:
    page.goto(f"{blog.address}/{path}")
    page.evaluate(LOAD_ALL)
    page.until("[...document.images].every((image) => image.complete)")
    *pictures, card = page.evaluate(WIDTHS)
    assert pictures and all(width > 0 for width in pictures)
    assert card == 1200


def test_a_number_runs_from_left_to_right_in_hebrew(blog: Blog, page: webdriver.Page) -> None:
    page.goto(f"{blog.address}/number/")
    number = read_practice(blog.content / "practice.toml").practice.phone.local
    assert page.evaluate(NUMBER) == number


def test_a_text_is_found_in_spite_of_a_typing_error(blog: Blog, page: webdriver.Page) -> None:
    page.goto(f"{blog.address}/search/")
    page.type("#words", "welcmoe")
    page.click(".search-form .send")
    page.until("document.querySelector('.search-results mark')")
    assert page.evaluate("document.querySelector('.search-results mark').textContent") == "welcome"
    page.goto(f"{blog.address}/search/#q=" + quote("שתיקה"))
    page.reload()  # another fragment alone loads nothing anew
    page.until("document.querySelector('.search-results [dir=rtl] mark')")


def test_a_page_is_left_by_three_presses_and_not_come_back_to(
    blog: Blog, page: webdriver.Page
) -> None:
    page.goto(f"{blog.address}/")
    page.goto(f"{blog.address}/long/")
    page.evaluate(f"(document.querySelector('.quick-exit a').href = '{blog.address}/archive/')")
    page.evaluate(SHIFT_THRICE)
    page.until_at("/archive/")
    page.until("document.readyState === 'complete'")
    page.evaluate("void setTimeout(() => history.back())")
    page.until_at("/")
    page.until("document.querySelector('.welcome')")


def test_what_is_written_outlasts_a_reload_and_is_sent(
    blog: Blog, page: webdriver.Page, request: pytest.FixtureRequest
) -> None:
    article_of_its_own = LINES["WebKit" in request.node.name]
    page.goto(f"{blog.address}/{article_of_its_own}/")
    page.click("summary")
    for form, name, comment in ((REPLY, "Ada", "So do I."), (OWN, "Bo", "And I.")):
        page.type(f"{form} [name=name]", name)
        page.type(f"{form} textarea", comment)
    page.reload()
    assert page.evaluate(WRITTEN) == [["Ada", "So do I.", True], ["Bo", "And I.", True]]
    before = blog.newest()
    page.click(f"{REPLY} .send")
    page.until(f"document.querySelector('{REPLY} .comment-said a')")
    assert blog.newest() == before + 1
    page.reload()
    assert page.evaluate(WRITTEN)[1][:2] == ["Bo", "And I."]


def test_a_long_article_begins_on_the_first_sheet_and_nothing_on_it_is_closed(
    blog: Blog, in_firefox: webdriver.Page
) -> None:
    in_firefox.goto(f"{blog.address}/long/")
    sheets = [" ".join(page.extract_text().split()) for page in in_firefox.pdf().pages]
    assert len(sheets) > 2
    assert FIRST_WORDS in sheets[0]
    assert "What it costs." in " ".join(sheets)


def test_the_crisis_line_is_alone_on_no_sheet_however_long_the_text(
    blog: Blog, in_firefox: webdriver.Page
) -> None:
    in_firefox.goto(f"{blog.address}/{LINES[0]}/")
    in_firefox.evaluate(SPACE)
    for height in range(0, 27, 5):  # as such a sheet is high; the line needs more
        in_firefox.evaluate(f"space.style.height = '{height}rem'")
        last = " ".join(in_firefox.pdf(14).pages[-1].extract_text().split())
        above, found, _ = last.partition("Suicide & Crisis Lifeline: call")
        assert found and len(above) > 100, f"{height}: {last}"


def test_the_code_is_fetched_for_paper_alone(blog: Blog, in_firefox: webdriver.Page) -> None:
    asked: list[str] = []
    with served(blog.folder, asked) as root:
        in_firefox.goto(f"{root}{LINES[0]}/")
        in_firefox.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert f"/{LINES[0]}/qr.svg" not in asked
        printed = in_firefox.pdf()
    assert f"/{LINES[0]}/qr.svg" in asked
    assert webdriver.drawn_lines(printed) > 600


def test_the_reading_view_keeps_the_warning_and_where_to_turn(
    blog: Blog, in_firefox: webdriver.Page
) -> None:
    shown = words(
        BeautifulSoup(webdriver.reading_view(in_firefox, f"{blog.address}/long/"), "html.parser")
    )
    warning, help_, text = (
        shown.index(each) for each in ("It speaks of loss.", "call 911", FIRST_WORDS)
    )
    assert warning < help_ < text
    assert "Leave this page" not in shown
