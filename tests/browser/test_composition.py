"""Where things stand on each page: what is in the margin, how wide, how high, in which order."""

import pytest
from playwright.sync_api import Page

from tests.browser.commenting import Blog
from tests.browser.conftest import Open, Visit

# Each day in a list: where it stands, and its title beside or above it.
DAYS = """() => [...document.querySelectorAll("main li time")].map((time) => {
  const row = time.closest("li");
  return [probes.firstLine(time), probes.firstLine(row.querySelector("h2, h3, a"))];
})"""
# Each comment's name and the first line of its words.
NAMES = """() => [...document.querySelectorAll(".comment")].map((comment) => [
  comment.querySelector("bdi").textContent,
  probes.firstLine(comment.querySelector("bdi")),
  probes.firstLine(comment.querySelector("p")),
])"""
BOX = "(selector => document.querySelector(selector).getBoundingClientRect().toJSON())"
MARKED = """() => [...document.querySelectorAll(".comment-list, .comment-list *")]
  .filter((element) => !element.closest("form"))
  .filter((element) => getComputedStyle(element).backgroundColor !== "rgba(0, 0, 0, 0)")
  .map((element) => element.textContent)"""
LISTS = ["front page", "crowded front page", "second page", "topic", "tag", "archive"]
LONG_NAME = "Somebody who is not ready yet"


def box(page: Page, selector: str) -> dict[str, float]:
    """Where an element is on the page that is open."""
    return page.evaluate(f"selector => {BOX}(selector)", selector)


@pytest.mark.parametrize("kind", LISTS)
def test_the_day_stands_in_the_margin_on_the_line_of_the_title(kind: str, visit: Visit) -> None:
    page = visit(kind)
    edge = box(page, ".site-title")["left"]
    days = page.evaluate(DAYS)
    assert days
    for day, title in days:
        assert day["baseline"] == pytest.approx(title["baseline"], abs=1)
        assert day["left"] == pytest.approx(edge, abs=1)
        assert day["right"] <= title["left"]
        assert title["left"] == pytest.approx(edge + 6 * 20, abs=1)


def test_where_there_is_no_margin_the_day_stands_below(visit: Visit) -> None:
    for width in (360, 768, 940):
        for day, title in visit("front page", width=width).evaluate(DAYS):
            assert day["baseline"] > title["baseline"] + 20
            assert day["left"] == pytest.approx(title["left"], abs=1)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_list_of_the_archive_soon_begins(width: int, visit: Visit) -> None:
    page = visit("archive", width=width)
    assert box(page, "main li time")["top"] < 560
    assert box(page, "#tags")["top"] > box(page, "main ol:last-of-type")["bottom"]


@pytest.mark.parametrize("width", [768, 1280])
def test_the_footer_is_low(width: int, visit: Visit) -> None:
    assert box(visit("front page", width=width), ".site-footer")["height"] <= 270


def test_the_tagline_is_broken_at_sense(visit: Visit) -> None:
    page = visit("front page")
    phrases = page.locator("h1 > span").all()
    assert [phrase.inner_text() for phrase in phrases] == [
        "Plain words about psychotherapy,",
        "for people who are in it",
        "and people who wonder.",
    ]
    boxes = [phrase.bounding_box() for phrase in phrases]
    assert len({each["y"] for each in boxes}) == len(boxes) == 3
    assert len({each["x"] for each in boxes}) == 1
    assert len({each["height"] for each in boxes}) == 1, "a phrase is broken"


@pytest.mark.parametrize("kind", ["crowded front page", "article with all sorts"])
def test_a_cover_is_as_wide_as_the_header_and_half_as_high(kind: str, visit: Visit) -> None:
    page = visit(kind)
    cover, header = box(page, ".cover"), box(page, ".site-header-row")
    assert (cover["left"], cover["right"]) == (header["left"], header["right"])
    assert cover["width"] == pytest.approx(2 * cover["height"], abs=1)


def test_a_long_title_reaches_into_the_right_margin_and_a_short_one_does_not(visit: Visit) -> None:
    for kind, is_long in (("article with all sorts", True), ("article", False)):
        page = visit(kind)
        title, text = box(page, "h1"), box(page, ".prose")
        assert title["left"] == text["left"]
        assert (title["right"] > text["right"]) == is_long
        assert title["right"] <= box(page, ".site-header-row")["right"]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_invitation_is_the_only_panel_and_as_wide_as_the_window(
    width: int, visit: Visit
) -> None:
    page = visit("article", width=width)
    panel = box(page, ".invitation")
    assert (panel["left"], panel["width"]) == (0, width)
    assert box(page, ".invitation h2")["left"] == box(page, ".prose")["left"]
    painted = page.evaluate(
        """() => [...document.querySelectorAll("main *")]
        .filter((element) => getComputedStyle(element).backgroundColor !== "rgba(0, 0, 0, 0)")
        .filter((element) => element.offsetWidth > 300 && !element.matches("input, textarea"))
        .map((element) => element.className)"""
    )
    assert painted == ["invitation"]


def test_titles_in_a_list_show_their_line_when_they_are_meant(visit: Visit) -> None:
    page = visit("front page", reduced_motion="reduce")
    colour = "link => getComputedStyle(link).textDecorationColor"
    accent = page.locator(".site-header nav a").first.evaluate("a => getComputedStyle(a).color")
    for link in page.locator("main :is(h2, h3) a").all()[:3]:
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")
        assert link.evaluate(colour) == "rgba(0, 0, 0, 0)"
        link.hover()
        assert link.evaluate(colour) == accent
        page.mouse.move(0, 0)
        page.keyboard.press("Tab")
        link.focus()
        assert link.evaluate(colour) == accent


def test_notes_and_sources_look_alike(visit: Visit) -> None:
    looks = visit("article with all sorts").evaluate(
        """() => ["#notes-title", "#sources-title"].map((title) => {
            const heading = document.querySelector(title);
            return [heading, heading.nextElementSibling.firstElementChild].map((element) => {
                const { color, fontFamily, fontSize, fontWeight } = getComputedStyle(element);
                const { left } = element.getBoundingClientRect();
                return [color, fontFamily, fontSize, fontWeight, left];
            });
        })"""
    )
    assert looks[0] == looks[1]


def test_the_last_column_of_a_table_ends_with_the_table(visit: Visit) -> None:
    ends = visit("article with all sorts").evaluate(
        """() => [...document.querySelectorAll("th:last-child, td:last-child")].map(
            (cell) => getComputedStyle(cell).paddingRight)"""
    )
    assert {*ends} == {"0px"}


def test_what_happens_after_a_call_is_numbered_in_the_margin(visit: Visit) -> None:
    page = visit("contact page")
    edge = box(page, ".site-title")["left"]
    numbers = page.evaluate(
        """() => [...document.querySelectorAll(".prose > ol > li")].map((step) => {
            const { left, fontStyle, fontSize } = getComputedStyle(step, "::before");
            return [step.getBoundingClientRect().left + parseFloat(left), fontStyle, fontSize];
        })"""
    )
    assert numbers == [[edge, "italic", "32px"]] * 5


def test_the_picture_of_the_contact_page_stands_beside_the_number(visit: Visit) -> None:
    page = visit("contact page")
    picture = box(page, "main picture")
    assert picture["width"] == pytest.approx(0.8 * picture["height"], abs=1)
    assert picture["right"] == box(page, ".site-header-row")["right"]
    assert picture["left"] > box(page, ".reach-phone")["right"]
    for width in (360, 768):  # there the number and help in an emergency come first
        assert not visit("contact page", width=width).locator("main picture").is_visible()


# Comments


@pytest.fixture(scope="module")
def discussed(blog: Blog) -> str:
    """The address of an article with a comment, a reply to it, and a comment by a long name."""
    blog.publish(blog.write("talk", "Is it all right to come and only sit there?", LONG_NAME))
    return f"{blog.address}/talk/"


def test_a_name_stands_in_the_margin_on_the_first_line_of_the_words(
    discussed: str, opened: Open
) -> None:
    page = opened(discussed)
    edge, text = box(page, ".site-title")["left"], box(page, ".prose")["left"]
    (_, ruth, words), (_, ben, answer), (name, long, its_words) = page.evaluate(NAMES)
    for who, said in ((ruth, words), (ben, answer)):
        assert who["baseline"] == pytest.approx(said["baseline"], abs=1)
        assert who["right"] < said["left"]
    assert ruth["left"] == pytest.approx(edge, abs=1)
    assert words["left"] == ben["left"] == pytest.approx(text, abs=1)
    assert answer["left"] == pytest.approx(text + 6.5 * 20, abs=1)
    assert (name, long["left"]) == (LONG_NAME, its_words["left"])
    assert long["baseline"] < its_words["baseline"] - 20


def test_on_a_phone_names_stand_above_and_answers_one_level_in(
    discussed: str, opened: Open
) -> None:
    page = opened(discussed, width=360)
    (_, ruth, words), (_, ben, answer), _ = page.evaluate(NAMES)
    for who, said in ((ruth, words), (ben, answer)):
        assert who["baseline"] < said["baseline"] - 18
        assert who["left"] == said["left"]
    assert answer["left"] - words["left"] == pytest.approx(1.5 * 18, abs=1)


def test_the_address_of_a_comment_marks_it_and_not_its_thread(discussed: str, opened: Open) -> None:
    [marked] = opened(f"{discussed}#comment-1").evaluate(MARKED)
    assert "I come back to this often." in marked
    assert "So do I." not in marked


def test_the_form_of_a_reply_stands_below_the_answers_and_further_in(
    discussed: str, opened: Open
) -> None:
    page = opened(discussed)
    summary = page.locator("#comment-1 summary")
    summary.click()
    assert box(page, "#comment-1 summary")["top"] > box(page, "#comment-1 > ol")["bottom"]
    form, notes = box(page, "#comment-1 form"), box(page, "#comment-1 .comment-notes")
    start = box(page, "#comment-1 summary")["left"]
    assert form["left"] == notes["left"] == pytest.approx(start + 1.5 * 20, abs=1)
    lines = page.locator("#comment-1 .comment-notes p").all()
    assert {line.evaluate("p => getComputedStyle(p).display") for line in lines} == {"inline"}
