"""“Leave this page” stands where it is asked for, first of all, and nowhere else."""

from pathlib import Path

import pytest

from insession.common.problems import Problems
from insession.content.practice import parse_practice
from tests.support import CONTACT, PRACTICE, BuiltSite, article, build_blog, one

LEAVE = "quick_exit: true"
STAY = "quick_exit: false"
EXIT = ".quick-exit"


def settings(*lines: str) -> str:
    """Return the sample's practice.toml with these lines in [site]."""
    return PRACTICE.replace("[site]\n", "\n".join(["[site]", *lines, ""]))


def with_exit(built: BuiltSite) -> set[str]:
    """Return which pages have a way out: with its style and its script, or with neither."""
    found = set()
    for path in built.pages():
        page = built.page(path)
        parts = (
            len(page.select(f"body > {EXIT}")),
            len(page.select('script[src*="/quick_exit."]')),
            sum(EXIT in style.get_text() for style in page.select("style")),
        )
        assert parts in {(0, 0, 0), (1, 1, 1)}, path
        found |= {path} if parts[0] else set()
    return found


@pytest.fixture(scope="module")
def files() -> dict[str, str | bytes]:
    """Articles of two topics, and a page."""
    at_home = {
        f"articles/{name}.md": article(name, line).replace("Starting therapy", "At home")
        for name, line in {"home": "", "calm": STAY, "hidden": "status: hidden"}.items()
    }
    return at_home | {
        "articles/plain.md": article("Plain"),
        "articles/asked.md": article("Asked", LEAVE),
        "pages/contact.md": CONTACT,
        "pages/help.md": CONTACT.replace("template: contact", LEAVE).replace("menu: 1\n", ""),
    }


def test_a_text_a_topic_and_the_site_have_it_and_a_text_decides_for_itself(
    files: dict[str, str | bytes], tmp_path: Path
) -> None:
    asked = {"asked/", "help/"}
    assert with_exit(build_blog(tmp_path / "texts", files)) == asked
    topic = {"topics.toml": '["at home"]\nsentence = "A."\nquick_exit = true\n'}
    built = build_blog(tmp_path / "topic", files | topic)
    assert with_exit(built) == asked | {"home/", "hidden/", "topic/at-home/"}
    built = build_blog(tmp_path / "site", files | {"practice.toml": settings("quick_exit = true")})
    service = {"503.html", "413.html"}
    assert with_exit(built) == {*built.pages()} - {"calm/"} - service
    assert "404.html" in with_exit(built)


def test_it_is_a_plain_link_right_behind_the_way_to_the_text(site: BuiltSite) -> None:
    (path,) = with_exit(site)
    page = site.page(path)
    first, second = page.body.select("a[href], button, input, summary")[:2]
    assert first["href"] == "#main"
    assert second is one(page, f"{EXIT} a")
    assert second["href"] == "https://www.wikipedia.org/"
    assert set(second["rel"]) == {"noreferrer", "nofollow"}
    assert second.get("target") is None
    assert "history keeps this page" in one(page, EXIT).get_text()
    assert one(page, f"{EXIT} [role=status]").get_text() == ""


def test_it_leads_where_the_author_says_and_stays_out_of_feeds(tmp_path: Path) -> None:
    files = {
        "practice.toml": settings('quick_exit_url = "https://www.weather.gov/?a=1&b=2"'),
        "articles/a.md": article("A", LEAVE),
    }
    built = build_blog(tmp_path, files)
    assert one(built.page("a/"), f"{EXIT} a")["href"] == "https://www.weather.gov/?a=1&b=2"
    feeds = [*built.folder.glob("feeds/**/*.*")]
    assert feeds
    for feed in feeds:
        assert "weather.gov" not in feed.read_text("utf-8"), feed


def test_its_words_are_english_where_the_site_is_not(tmp_path: Path) -> None:
    german = settings("quick_exit = true").replace('"en-US"', '"de"')
    built = build_blog(tmp_path, {"practice.toml": german, "articles/a.md": article("A")})
    assert one(built.page("a/"), EXIT)["lang"] == "en"


@pytest.mark.parametrize(
    ("line", "what", "how"),
    [
        ('quick_exit = "yes"', "quick_exit must be true or false", "quick_exit = true"),
        ("quick_exit = 1", "quick_exit must be true or false", "quick_exit = true"),
        ("quick_exit_url = true", "quick_exit_url", 'quick_exit_url = "https://'),
        ('quick_exit_url = "weather.gov"', "complete web address", "https://weather.gov"),
        ('quick_exit_url = "javascript:a"', "complete web address", "https://"),
        ("quickexit = true", "“quickexit” is not a key", "quick_exit"),
    ],
)
def test_a_setting_that_is_wrong_is_told_with_its_line(line: str, what: str, how: str) -> None:
    with pytest.raises(Problems) as refused:
        parse_practice(settings(line), "content/practice.toml")
    (problem,) = refused.value.problems
    text = settings(line)
    assert problem.line == text[: text.index(f"\n{line}") + 1].count("\n") + 1
    assert what in problem.what
    assert how in problem.how


def test_a_content_note_is_in_the_text_before_its_first_word(site: BuiltSite) -> None:
    """A reading view leaves out an aside, and what stands outside the article."""
    noted = [page for page in map(site.page, site.pages()) if page.select("main .content-note")]
    noted = [page for page in noted if page.select("article")]
    assert len(noted) > 2
    for page in noted:
        note = one(page, "article > .prose > .content-note:first-child")
        assert note.name == "section"
        assert not note.find_parents(["aside", "nav", "header", "footer"])
