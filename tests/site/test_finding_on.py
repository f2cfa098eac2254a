"""Where a reader goes on: related articles, a series, what to start with."""

from pathlib import Path

import pytest

from insession.common.problems import Problems
from tests.support import BuiltSite, article, build_blog, one, words

SHARED = "Estimates, deductibles and superbills, by the insurance that you have."
APART = "Some weeks there is much to say, and in others only little; both are welcome."


def dated(day: int, title: str, more: str = "", body: str = "Some text.") -> str:
    """An article of this day in March."""
    return article(title, more, body).replace("2026-03-04", f"2026-03-{day:02}")


def next_of(built: BuiltSite, path: str) -> list[str]:
    """The titles below “Read next”."""
    return [link.get_text() for link in built.page(path).select(".read-next a")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A blog in which the nearest articles aren't the neighbours."""
    files: dict[str, str | bytes] = {
        "articles/costs.md": dated(1, "Costs", body=f"{SHARED} {APART}"),
        **{f"articles/n{n}.md": dated(n, f"Number {n}", body=APART) for n in range(2, 9)},
        "articles/plans.md": dated(9, "Plans", body=f"{APART} {SHARED}"),
        "articles/one.md": dated(10, "One", "series: The first months\nstart: 3"),
        "articles/two.md": dated(11, "Two", "series: the  first Months\nstart: 1"),
        "articles/three.md": dated(12, "Three", "series: The first months\nstatus: draft"),
        "articles/alone.md": dated(13, "Alone", "series: Another\nstart: 3"),
        "articles/hidden.md": dated(14, "Hidden", "status: hidden\nstart: 2", SHARED),
    }
    return build_blog(tmp_path_factory.mktemp("blog"), files)


def test_what_to_read_next_shares_rare_words(built: BuiltSite) -> None:
    assert next_of(built, "costs/")[0] == "Plans"
    assert next_of(built, "plans/")[0] == "Costs"
    assert next_of(built, "hidden/")[:2] == ["Plans", "Costs"], "by its own words"
    for path in ("costs/", "n5/", "two/", "hidden/"):
        found = next_of(built, path)
        assert 2 <= len(found) <= 3
        assert "Hidden" not in found and len({*found}) == len(found)
        assert one(built.page(path), "h1").get_text() not in found


def test_where_nothing_is_shared_it_is_what_was_written_about_that_day(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"articles/{n}.md": dated(n, f"N {n}", body=f"{chr(96 + n) * 6} {chr(97 + n) * 6}")
        .replace("Starting therapy", f"Topic {n}")
        .replace("[silence]", "[]")
        for n in (1, 3, 5, 7, 9)
    }
    assert next_of(build_blog(tmp_path, files), "5/") == ["N 7", "N 3"]


def test_each_part_of_a_series_says_its_place_and_names_all_parts(built: BuiltSite) -> None:
    page = built.page("two/")
    assert "Part 2 of 2" in words(one(page, ".article-header .label"))
    assert one(page, ".label a[href='#series']")
    series = one(page, "#series")
    assert [words(part) for part in series.select("li")] == ["One", "Two"]
    assert [link["href"] for link in series.select("a")] == ["/one/"]
    assert one(series, "[aria-current=page]").get_text() == "Two"
    assert "One" not in next_of(built, "two/"), "what the series names already"
    for path in ("alone/", "costs/"):
        assert not built.page(path).select("#series, a[href='#series']")


def test_the_front_page_says_where_to_start(built: BuiltSite) -> None:
    front = built.page("")
    assert [link.get_text() for link in front.select(".start-here a")] == ["Two", "Alone", "One"]
    assert words(one(front, "#start-title")) == "Start here"
    assert not built.page("archive/").select(".start-here")


@pytest.mark.parametrize("written", ["0", "4", "first", "1.5", "yes", '""'])
def test_any_other_number_to_start_with_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(Problems) as refused:
        build_blog(tmp_path, {"articles/a.md": article(more=f"start: {written}")})
    [problem] = refused.value.problems
    assert (problem.file, problem.line) == ("content/articles/a.md", 7)
    assert "start" in problem.what and "start: 1" in problem.how


def long(count: int, *headings: str) -> str:
    """A text of so many words, in sections."""
    return "\n\n".join(
        f"## {heading}\n\n{'word ' * (count // len(headings))}" for heading in headings
    )


def contents_of(folder: Path, body: str, more: str = "") -> list[tuple[str, str]]:
    built = build_blog(folder, {"articles/a.md": article(more=more, body=body)})
    page = built.page("a/")
    for link in page.select(".contents a"):
        assert page.select(f"h2[id='{link['href'][1:]}']"), "it leads to the section"
    return [(link["href"], words(link)) for link in page.select(".prose > .contents a")]


def test_a_long_article_lists_its_sections(tmp_path: Path) -> None:
    body = long(1230, 'First *things* & "more"', "Second", "Third[^1]") + "\n\n[^1]: A note."
    found = contents_of(tmp_path, body, "content_note: It speaks of loss.")
    assert [title for _, title in found][:2] == ["First things & “more”", "Second"]
    assert len(found) == 3
    page = BuiltSite(tmp_path / "output").page("a/")
    [note, list_, *_] = page.select(".prose > *")
    assert note["class"] == ["content-note"] and list_["class"] == ["contents"]


@pytest.mark.parametrize(
    "body",
    [long(1230, "One", "Two"), long(1100, "A", "B", "C"), long(1230, "A") + "\n\n### B\n\n### C"],
)
def test_one_that_is_short_or_has_few_sections_does_not(tmp_path: Path, body: str) -> None:
    assert contents_of(tmp_path, body) == []


def test_days_of_change_and_review_are_shown(tmp_path: Path) -> None:
    days = "modified: 2026-04-05\nreviewed: 2026-06-07"
    page_file = f"---\ntitle: P\nsummary: S.\n{days}\n---\n\nText.\n"
    built = build_blog(
        tmp_path,
        {"articles/a.md": article(more=days), "pages/p.md": page_file, "articles/b.md": article()},
    )
    for path, shown in (("a/", ["2026-06-07"]), ("p/", ["2026-04-05", "2026-06-07"])):
        assert [t["datetime"] for t in built.page(path).select(".reviewed time")] == shown
    assert "updated April 5, 2026" in words(one(built.page("a/"), ".byline"))
    assert not built.page("b/").select(".reviewed")
