"""Lists of articles: newest first, in pages, for a blog of none, of one and of five hundred."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.site.feed_validator import problems
from tests.support import BuiltSite, article, build_blog, one, words

Blog = Callable[[dict[str, str | bytes]], BuiltSite]
PER_PAGE = 12
MANY = 500
ERRORS = ("404.html", "413.html", "503.html")
LISTED = ".latest-title a, .item-title a"


def dated(number: int, body: str = "Some text.") -> str:
    """Return an article whose day is later the higher its number."""
    day = date(2020, 1, 1) + timedelta(days=number)
    return article(f"Number {number}", body=body).replace("2026-03-04", day.isoformat())


def several(count: int) -> dict[str, str | bytes]:
    """Return `count` articles; the newest has the highest number."""
    # Their names are in another order than their dates.
    return {f"articles/{count - n:03}-piece-{n}.md": dated(n) for n in range(1, count + 1)}


def listed(page: BeautifulSoup) -> list[int]:
    """Return the numbers of the articles that a page lists, in its order."""
    return [int(link.get_text().removeprefix("Number ")) for link in page.select(LISTED)]


def follow(built: BuiltSite, start: str) -> list[BeautifulSoup]:
    """Return the pages of a list, found as a reader does: by the link to older articles."""
    pages, path = [], start
    while True:
        pages.append(built.page(path))
        older = pages[-1].select("a[rel=next]")
        if not older:
            return pages
        path = older[0]["href"].lstrip("/")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A blog of five hundred articles on one topic with one tag, built once."""
    return build_blog(tmp_path_factory.mktemp("large"), several(MANY))


@pytest.mark.parametrize("start", ["", "topic/starting-therapy/", "tag/silence/"])
def test_every_article_of_a_large_blog_is_reached_newest_first(
    large: BuiltSite, start: str
) -> None:
    pages = follow(large, start)
    assert len(pages) == -(-MANY // PER_PAGE)
    assert [number for page in pages for number in listed(page)] == [*range(MANY, 0, -1)]
    assert all(len(listed(page)) == PER_PAGE for page in pages[:-1])


def test_the_archive_of_a_large_blog_has_every_article_by_year(large: BuiltSite) -> None:
    archive = large.page("archive/")
    entries = [link.get_text() for link in archive.select(".archive-list a")]
    assert entries == [f"Number {n}" for n in range(MANY, 0, -1)]
    headings = [h.get_text() for h in archive.select("h2") if h.find_next_sibling("ol")]
    assert headings == ["2021", "2020"]
    days = [time["datetime"] for time in archive.select(".archive-list time")]
    assert days == sorted(days, reverse=True)


def test_a_large_blog_has_a_page_for_each_article_and_no_more_of_a_list_than_needed(
    large: BuiltSite,
) -> None:
    lists = -(-MANY // PER_PAGE)
    assert len(large.pages()) == MANY + 3 * lists + len(["archive/", "search/", *ERRORS])
    assert not large.has(f"page/{lists + 1}/")
    assert not large.has("page/1/")


def test_pages_of_a_list_lead_to_and_fro(large: BuiltSite) -> None:
    first, second, last = follow(large, "")[:2] + follow(large, "")[-1:]
    assert first.select("a[rel=prev]") == []
    assert one(first, "a[rel=next]")["href"] == "/page/2/"
    assert one(second, "a[rel=prev]")["href"] == "/"
    assert one(second, "a[rel=next]")["href"] == "/page/3/"
    assert last.select("a[rel=next]") == []
    assert one(second, "nav.pagination")["aria-label"]
    topic = large.page("topic/starting-therapy/page/2/")
    assert one(topic, "a[rel=prev]")["href"] == "/topic/starting-therapy/"


@pytest.mark.parametrize(("count", "pages"), [(PER_PAGE, 1), (PER_PAGE + 1, 2)])
def test_a_second_page_comes_with_the_thirteenth_article(
    blog: Blog, count: int, pages: int
) -> None:
    built = blog(several(count))
    assert len(follow(built, "")) == pages
    assert built.has("page/2/") == (pages == 2)
    assert bool(built.page("").select(".pagination")) == (pages == 2)


def test_an_entry_says_title_summary_topic_and_date(blog: Blog) -> None:
    page = blog(several(2)).page("")
    for entry in (one(page, ".latest"), one(page, ".article-item")):
        assert entry.select("h2 a[href], h3 a[href]")
        assert "A short summary of what this article is about." in entry.get_text()
        assert one(entry, ".item-meta a")["href"] == "/topic/starting-therapy/"
        assert one(entry, "time")["datetime"].startswith("2020-01-0")


def test_a_day_says_its_year_where_that_changes(blog: Blog) -> None:
    days = ("2026-05-04", "2026-01-05", "2025-12-24", "2025-09-01")
    files = {f"articles/{day}.md": article(day).replace("2026-03-04", day) for day in days}
    built = blog({**files})

    def shown(path: str) -> list[str]:
        return [words(time) for time in built.page(path).select("main time")]

    rest = ["Jan. 5", "Dec. 24, 2025", "Sept. 1"]
    assert shown("") == ["May 4, 2026", *rest]
    assert shown("topic/starting-therapy/") == shown("tag/silence/") == ["May 4, 2026", *rest]
    assert shown("archive/") == ["May 4", "Jan. 5", "Dec. 24", "Sept. 1"]


def test_a_topics_page_doesnt_name_it_again_for_each_article(blog: Blog) -> None:
    built = blog(several(2))
    assert not built.page("topic/starting-therapy/").select(".article-item a[href^='/topic/']")
    assert len(built.page("tag/silence/").select(".article-item a[href^='/topic/']")) == 2


def test_an_empty_blog_greets_its_first_reader(blog: Blog) -> None:
    built = blog({})
    front = built.page("")
    assert one(front, "h1").get_text(strip=True)
    assert one(front, "main .empty").get_text(strip=True)
    assert front.select(f"{LISTED}, .pagination, .article-list, .latest") == []
    assert one(built.page("archive/"), ".empty").get_text(strip=True)
    assert built.pages() == ["", *ERRORS, "archive/", "search/"]
    for kind in ("rss", "atom"):
        assert problems((built.folder / f"feeds/all.{kind}.xml").read_bytes()) == []


def test_a_blog_with_one_article_leaves_out_what_would_be_empty(blog: Blog) -> None:
    built = blog(several(1))
    front, only = built.page(""), built.page("000-piece-1/")
    assert listed(front) == [1]
    assert front.select(".pagination, .article-list, .empty") == []
    assert [heading.get_text() for heading in front.select("main h2")] == ["Number 1"]
    assert only.select(".read-next, .series") == []


def test_hidden_articles_drafts_and_those_to_come_are_in_no_list(blog: Blog) -> None:
    files: dict[str, str | bytes] = {
        "articles/a.md": article("Shown"),
        "articles/b.md": article("Kept hidden", "status: hidden"),
        "articles/c.md": article("A draft", "status: draft"),
        "articles/d.md": article("To come").replace("2026-03-04", "2999-01-01"),
    }
    built = blog(files)
    assert built.has("a/") and built.has("b/")
    assert not built.has("c/") and not built.has("d/")
    for path in ["", "a/", "archive/", "topic/starting-therapy/", "tag/silence/"]:
        text = built.text(path)
        assert not [title for title in ("Kept hidden", "A draft", "To come") if title in text]


def test_articles_of_one_day_have_one_order_everywhere(blog: Blog) -> None:
    built = blog({f"articles/{name}.md": article(f"Number {n}") for n, name in enumerate("cab")})
    order = listed(built.page(""))
    archive = [int(a.get_text()[7:]) for a in built.page("archive/").select(".archive-list a")]
    assert archive == order
    newest = "cab"[order[0]]
    others = [a.get_text() for a in built.page(f"{newest}/").select(".read-next a")]
    assert others == [f"Number {order[1]}", f"Number {order[2]}"]


@pytest.mark.parametrize(("count", "minutes"), [(1, 1), (150, 1), (357, 2), (2380, 10)])
def test_an_article_says_how_many_minutes_it_takes(
    tmp_path: Path, count: int, minutes: int
) -> None:
    files = {"articles/a.md": article(body="word " * count)}
    built = build_blog(tmp_path, files)
    assert f"{minutes}\N{NO-BREAK SPACE}min read" in one(built.page("a/"), ".byline").get_text()
    assert f"{minutes}\N{NO-BREAK SPACE}min read" in one(built.page(""), ".latest").get_text()


def test_a_long_title_is_shown_whole_wherever_it_stands(blog: Blog) -> None:
    title = ("Why it takes so long to say what one has known all along " * 3)[:120].strip()
    built = blog({"articles/long.md": article(title), "articles/short.md": dated(1)})
    assert one(built.page("long/"), "h1").get_text() == title
    for path in ("", "archive/", "topic/starting-therapy/", "tag/silence/"):
        assert title in [link.get_text() for link in built.page(path).select("main a")]
    assert title in [link.get_text() for link in built.page("short/").select(".read-next a")]


def test_a_topic_offers_its_own_feed(large: BuiltSite) -> None:
    follow_link = one(large.page("topic/starting-therapy/"), ".page-note a")
    assert large.has(follow_link["href"].lstrip("/"))
