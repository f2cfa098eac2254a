"""The search in the built files: what its indexes hold, and what its page is without a script."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from insession.comments.danger import for_browsers
from insession.common.problems import Problems
from insession.plugins.search import by_letter
from tests.output.test_search_index import places, read
from tests.support import BuiltSite, article, build_blog, one, words

Blog = Callable[[dict[str, str | bytes]], BuiltSite]
PAGE = "---\ntitle: Fees\nsummary: What it costs.\n{more}---\n\nA pageword.\n"
ONE_SCRIPT = 5_000  # bytes, compressed


def index_of(site: BuiltSite, language: str = "en-us") -> dict:
    """The index of a language."""
    return read((site.folder / f"search/{language}.js").read_bytes())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A blog with texts of each kind and in two languages, and some that nobody may find."""
    body = "Bodyword &amp; *more*.[^1]\n\n## A “heading” with `code`\n\n[^1]: A noteword."
    return build_blog(
        tmp_path_factory.mktemp("search"),
        {
            "articles/a.md": article("Éclair's title", body=body),
            "articles/b.md": article("Later", body="Bodyword bodyword bodyword."),
            "articles/he.md": article("על השתיקה", "lang: he", "המטפלת שותקת."),
            "articles/draft.md": article("Quaggadraft", "status: draft", "Quaggabody."),
            "articles/hidden.md": article("Quaggahidden", "status: hidden", "Quaggabody."),
            "articles/waits.md": article("Quaggawaiting").replace("2026-03-04", "2999-03-04"),
            "pages/fees.md": PAGE.format(more=""),
            "pages/none.md": PAGE.format(more="status: hidden\n").replace("Fees", "Quaggapage"),
            "pages/no.md": PAGE.format(more="status: draft\n").replace("Fees", "Quaggaplan"),
        },
    )


def test_each_language_has_an_index_of_its_texts(built: BuiltSite) -> None:
    english, hebrew = index_of(built), index_of(built, "he")
    assert [text[0] for text in english["texts"]] == ["b/", "a/", "fees/"]
    assert [text[0] for text in hebrew["texts"]] == ["he/"]
    assert (hebrew["language"], hebrew["direction"]) == ("he", "rtl")
    assert "המטפלת" in places(hebrew)
    shown = english["texts"][1]
    assert shown[1:] == [
        *("Éclair’s title", "A short summary of what this article is about."),
        *("Starting therapy", "A “heading” with code"),
    ]


def test_words_of_titles_weigh_most_then_what_is_named_or_said_often(built: BuiltSite) -> None:
    found = places(index_of(built))
    assert found["eclairs"] == [(1, 2)]
    assert found["heading"] == found["code"] == [(1, 1)]
    assert found["silence"] == [(0, 1), (1, 1)]  # a tag
    assert found["bodyword"] == [(0, 1), (1, 0)]
    assert found["noteword"] == [(1, 0)]
    assert found["pageword"] == [(2, 0)]


def test_no_byte_of_a_text_that_nobody_may_find_is_in_the_search(built: BuiltSite) -> None:
    files = [path for path in (built.folder / "search").iterdir() if path.suffix != ".map"]
    assert {path.name for path in files} == {"danger.js", "en-us.js", "he.js", "index.html"}
    for path in files:
        assert "quagga" not in path.read_text("utf-8").lower(), path.name


def test_the_same_texts_make_the_same_index(built: BuiltSite, tmp_path: Path) -> None:
    content = built.folder.parent / "content"
    files = {p.relative_to(content).as_posix(): p for p in sorted(content.rglob("*.*"))[::-1]}
    again = build_blog(tmp_path, {name: path.read_bytes() for name, path in files.items()})
    for name in ("en-us.js", "he.js", "danger.js", "index.html"):
        path = Path("search", name)
        assert (again.folder / path).read_bytes() == (built.folder / path).read_bytes()


def test_without_a_script_all_titles_topics_and_tags_stand_from_a_to_z(built: BuiltSite) -> None:
    page = built.page("search/")
    listed = [(words(li), one(li, "a")["href"]) for li in page.select(".a-to-z li")]
    assert listed == [
        ("Éclair’s title", "/a/"),
        ("Fees", "/fees/"),
        ("Later", "/b/"),
        ("silence Tag", "/tag/silence/"),
        ("Starting therapy Topic", "/topic/starting-therapy/"),
        ("על השתיקה", "/he/"),
    ]
    assert [words(letter) for letter in page.select(".letter")] == ["E", "F", "L", "S", "ע"]
    assert one(page, '.a-to-z [href="/he/"]')["lang"] == "he"
    assert all(built.has(href.lstrip("/")) for _, href in listed)


def test_what_stands_under_no_letter_has_a_place_of_its_own() -> None:
    class Word:
        def __init__(self, name: str) -> None:
            self.name, self.url = name, f"tag/{name}/"

    names = ["“Quiet”", "50 minutes", "7 rooms", "沈黙", "治療", "Ärger", "anger", "…", "しずか"]
    found = {
        letter: [one.title for one in each]
        for letter, each in by_letter([], [], [*map(Word, names)])
    }
    assert found == {
        "0–9": ["50 minutes", "7 rooms"],
        "A": ["anger", "Ärger"],
        "Q": ["“Quiet”"],
        "…": ["…"],
        "し": ["しずか"],
        "字": ["沈黙", "治療"],
    }
    assert next(iter(found)) == "0–9"


def test_every_page_leads_to_the_search_and_only_the_search_loads_it(built: BuiltSite) -> None:
    for path in built.pages():
        page = built.page(path)
        if path not in ("413.html", "503.html"):
            link = one(page, '.site-header nav [href="/search/"]')
            assert link.has_attr("aria-current") == (path == "search/")
        scripts = [script["src"] for script in page.select("script[src]")]
        assert any("search" in src for src in scripts) == (path == "search/"), path
    [src] = [script["src"] for script in built.page("search/").select("script[src]")]
    script = (built.folder / src.lstrip("/")).read_bytes()
    assert len(gzip.compress(script, mtime=0)) <= ONE_SCRIPT


def test_search_engines_find_the_texts_from_a_to_z_and_no_results(built: BuiltSite) -> None:
    page = built.page("search/")
    assert page.select("meta[name=robots]") == []
    assert one(page, "link[rel=canonical]")["href"].endswith("/search/")
    assert "/search/</loc>" in built.text("sitemap.xml")
    # What is sought stands behind the #, so there is no address of results that could be found.
    assert not one(page, ".search-form").has_attr("action")


def test_the_words_of_danger_are_those_that_comments_are_read_for(built: BuiltSite) -> None:
    assert read((built.folder / "search/danger.js").read_bytes()) == for_browsers()
    assert "(?<" not in json.dumps(for_browsers())  # Safari 15 can't look behind


def test_a_text_of_hers_cannot_stand_at_the_search(tmp_path: Path) -> None:
    with pytest.raises(Problems) as refused:
        build_blog(tmp_path, {"articles/search.md": article()})
    [problem] = refused.value.problems
    assert problem.file == "content/articles/search.md" and "/search/" in problem.what


def test_a_text_may_lead_to_the_search(blog: Blog) -> None:
    built = blog({"articles/a.md": article(body="[Search](/search/) it.")})
    assert one(built.page("a/"), '.prose [href="/search/"]')
