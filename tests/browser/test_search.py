"""The search as readers use it: what they type, what is found, and what nobody else learns."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from insession.comments.danger import for_browsers, speaks_of_danger
from insession.publish.web_servers.headers import policy
from insession.publish.web_servers.sources import sources
from tests.browser.server import served
from tests.browser.test_accessibility import faults_in_every_look
from tests.content.test_words import CUT
from tests.support import CONTACT, article, build_blog

TEXTS = {
    "anxiety": article(
        "On anxiety", body="When it is hard to breathe, the body speaks. Insurance."
    ),
    "silence": article("Why silence helps", body="Nobody is silent alone. Café au lait."),
    "other": article(
        "Another text",
        body="Silence silence silence, and a therapist’s anxieties.\n\n## On insurance",
    ),
    "he": article("על המטפלת", "lang: he", "המטפלת שותקת, והשתיקה עוזרת."),
    "ar": article("عن الصمت", "lang: ar", "قد يكون الصمت مريحًا في الجلسة."),
    "ja": article("沈黙について", "lang: ja", "心理療法では沈黙にも意味があります。"),
    "zh": article("谈谈沉默", "lang: zh", "心理治疗中的沉默也有意义。"),
}
MODULE = """async (texts) => {
  const { splitWords } = await import(document.querySelector("script[type=module]").src);
  return texts.map((text) => splitWords(text).join(" "));
}"""
IN_DANGER = """async ([list, texts]) => {
  const module = await import(document.querySelector("script[type=module]").src);
  const danger = module.readDanger(list);
  return texts.filter((text) => !module.speaksOfDanger(text, danger));
}"""
ACUTE = Path(__file__).parents[1] / "comments/danger/acute.txt"
Search = Callable[..., Page]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a blog in five languages is served."""
    files = {f"articles/{name}.md": text for name, text in TEXTS.items()}
    built = build_blog(tmp_path_factory.mktemp("found"), files | {"pages/contact.md": CONTACT})
    with served(built.folder) as root:
        yield root


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Search]:
    """The page of the search, in a context of its own."""
    contexts = []

    def open_page(before: Callable[[Page], object] = lambda page: None, **options: object) -> Page:
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        before(page)
        page.goto(f"{address}search/")
        return page

    yield open_page
    for context in contexts:
        context.close()


def search(page: Page, words: str) -> None:
    """Type the words, and Enter; wait until the answer is there."""
    page.fill("#words", words)
    page.press("#words", "Enter")
    expect(page.locator(".search-count")).to_contain_text("“")


def titles(page: Page) -> list[str]:
    """The titles that are shown, in their order."""
    return page.locator(".search-results a").all_inner_texts()


def test_the_script_cuts_words_as_the_build_does(opened: Search) -> None:
    assert opened().evaluate(MODULE, [*CUT]) == [*CUT.values()]


@pytest.mark.parametrize(
    ("typed", "first", "marked"),
    [
        ("silence", "Why silence helps", "silence"),  # though another text says it more often
        ("anxeity", "On anxiety", "anxiety"),
        ("insurence", "Another text", "insurance"),
        ("brethe", "On anxiety", "breathe"),
        ("breathing", "On anxiety", "breathe"),
        ("silense", "Why silence helps", "silence"),
        ("SILENCES", "Why silence helps", "silence"),
        ("anx", "On anxiety", "anxiety"),
        ("therapists", "Another text", "therapists"),
        ("cafe", "Why silence helps", "cafe"),
        ("מטפלת", "על המטפלת", "המטפלת"),
        ("שתיקה", "על המטפלת", "והשתיקה"),
        ("صمت", "عن الصمت", "الصمت"),
        ("مريحا", "عن الصمت", "مريحا"),
        ("沈黙", "沈黙について", "沈黙"),
        ("沉默", "谈谈沉默", "沉默"),
        ("意味", "沈黙について", ""),
        ("helps anxeity silence", "Why silence helps", "helps"),
    ],
)
def test_a_text_is_found_however_its_words_are_typed(
    typed: str, first: str, marked: str, opened: Search
) -> None:
    page = opened()
    search(page, typed)
    assert titles(page)[0] == first
    marks = page.locator(".search-results li:first-child mark").all_inner_texts()
    assert not marked or marked in "".join(marks).lower() or marked in [m.lower() for m in marks]


def test_what_is_found_is_said_with_the_word_that_was_meant(opened: Search) -> None:
    page = opened()
    search(page, "anxeity zzzzz")
    expect(page.locator("[role=status] .search-count")).to_have_text("2 results for “anxiety”.")
    search(page, "zzzzz")
    expect(page.locator(".search-count")).to_contain_text("Nothing was found for “zzzzz”")
    assert titles(page) == []
    expect(page.locator(".a-to-z")).to_be_visible()


def test_the_heading_that_holds_the_words_is_shown(opened: Search) -> None:
    page = opened()
    search(page, "insurance")
    place = page.locator(".search-results li", has_text="Another text").locator(".in-text")
    expect(place).to_have_text("“On insurance”")
    alone = page.locator(".search-results li", has_text="On anxiety").locator(".in-text")
    expect(alone).to_have_text("insurance")


def test_results_are_in_their_own_language(opened: Search) -> None:
    page = opened()
    search(page, "מטפלת")
    link = page.locator(".search-results a")
    expect(link).to_have_attribute("lang", "he")
    expect(link).to_have_attribute("dir", "rtl")


def test_it_is_used_by_keyboard_and_goes_back_to_what_was_found(opened: Search) -> None:
    page = opened()
    page.focus("#words")
    page.keyboard.type("silence")
    page.keyboard.press("Enter")
    expect(page.locator(".search-results a").first).to_be_visible()
    expect(page.locator("#words")).to_be_focused()
    expect(page.locator(".a-to-z")).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".search-results a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/silence/")
    page.go_back()
    expect(page.locator(".search-results a").first).to_have_text("Why silence helps")
    expect(page.locator("#words")).to_have_value("silence")


def test_nobody_learns_what_is_looked_for_and_nothing_is_kept(opened: Search) -> None:
    asked: list[Request] = []

    def watch(page: Page) -> None:
        page.on("request", lambda request: asked.append(request))
        page.add_init_script("delete globalThis.fetch; delete globalThis.XMLHttpRequest;")

    page = opened(watch)
    before = len(asked)
    search(page, "anxeity")
    first = sorted(request.url.rpartition("/")[2] for request in asked[before:])
    assert first == ["ar.js", "danger.js", "en-us.js", "he.js", "ja.js", "zh.js"]
    search(page, "silence")
    assert len(asked) == before + len(first)
    assert not [r for r in asked if "silence" in r.url or "anxeity" in (r.post_data or r.url)]
    assert unquote(page.url).endswith("/search/#q=silence")
    kept = "[document.cookie, localStorage.length, sessionStorage.length]"
    assert page.evaluate(kept) == ["", 0, 0]


def test_it_needs_no_more_of_the_policy_than_to_run_its_script(
    opened: Search, address: str
) -> None:
    def restrict(page: Page) -> None:
        def answer(route: Route) -> None:
            response = route.fetch()
            allowed = policy(sources(response.text(), address))
            assert "script-src 'self'" in allowed and "connect-src" not in allowed
            route.fulfill(response=response, headers={"Content-Security-Policy": allowed})

        page.route("**/search/", answer)

    page = opened(restrict)
    search(page, "silence")
    assert titles(page)[0] == "Why silence helps"


@pytest.mark.parametrize(
    "typed",
    ["kill myself", "suicied", "i dont want to live anymore", "自殺", "להתאבד", "Selbstmord"],
)
def test_whom_to_turn_to_stands_above_all_that_is_found(typed: str, opened: Search) -> None:
    page = opened()
    search(page, typed)
    crisis = page.locator("[role=status] .content-note")
    expect(crisis).to_be_visible()
    expect(crisis.get_by_role("link", name="call 988")).to_have_attribute("href", "tel:988")
    top = crisis.bounding_box()["y"]
    assert top < page.locator(".search-count").bounding_box()["y"]
    search(page, "silence")
    expect(crisis).to_be_hidden()


def test_every_message_that_is_marked_as_a_comment_is_known_in_the_search(opened: Search) -> None:
    said = [text for text in ACUTE.read_text("utf-8").splitlines() if speaks_of_danger(text)]
    assert opened().evaluate(IN_DANGER, [for_browsers(), said]) == []


def test_everyday_words_are_no_words_of_danger(opened: Search) -> None:
    said = [*"silence insurance anxiety couple first session how to choose a therapist".split()]
    said += ["how long does therapy take", "grief after a death", "panic attacks", "violin"]
    assert opened().evaluate(IN_DANGER, [for_browsers(), said]) == said


def test_without_a_script_there_is_the_list_and_no_field(opened: Search) -> None:
    page = opened(java_script_enabled=False)
    expect(page.locator(".search-form")).to_be_hidden()
    page.get_by_role("link", name="Why silence helps").click()
    expect(page.locator("h1")).to_have_text("Why silence helps")


def test_where_the_index_cannot_be_had_help_is_shown_and_a_second_try_works(opened: Search) -> None:
    page = opened()
    page.route("**/search/*.js*", lambda route: route.abort())
    page.fill("#words", "silence")
    page.press("#words", "Enter")
    expect(page.locator(".search-count")).to_contain_text("couldn’t be loaded")
    expect(page.locator(".content-note")).to_be_visible()
    expect(page.locator(".a-to-z")).to_be_visible()
    page.unroute("**/search/*.js*")
    search(page, "silence")
    assert titles(page)[0] == "Why silence helps"
    expect(page.locator(".content-note")).to_be_hidden()


@pytest.mark.parametrize("fragment", ["#main", "#q=%E0%A4%A", "#q="])
def test_another_fragment_searches_for_nothing(
    fragment: str, browser: Browser, address: str
) -> None:
    page = browser.new_page()
    faults: list[object] = []
    page.on("pageerror", lambda error: faults.append(error))
    page.goto(f"{address}search/{fragment}")
    expect(page.locator(".search-form")).to_be_visible()
    assert (page.input_value("#words"), titles(page), faults) == ("", [], [])
    page.close()


def test_words_are_shown_and_never_run(opened: Search) -> None:
    page = opened()
    search(page, "<img src=x onerror=alert(1)> silence {count}")
    expect(page.locator(".search-said img")).to_have_count(0)
    assert titles(page)[0] == "Why silence helps"


def test_axe_finds_no_fault_in_what_was_found(opened: Search) -> None:
    page = opened()
    search(page, "silence suicide")
    expect(page.locator(".content-note")).to_be_visible()
    found = faults_in_every_look("search", page)
    assert not found, "\n".join(found)
