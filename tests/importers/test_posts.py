"""Which texts come, under which names and addresses; what wasn't public doesn't become so."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from insession.content.url_ledger import read_ledger, write_ledger
from tests.importers.conftest import Imported
from tests.importers.exports import HOME, Entry, empty_blog, write_export
from tests.support import article

Bring = Callable[..., Imported]
HIDDEN = "For nobody's eyes."
TOMORROW = f"{datetime.now() + timedelta(days=2):%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize("kind", ["post", "page"])
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"status": "draft"}, ""),
        ({"status": "pending"}, ""),
        ({"status": "private"}, "It was private, for you alone; it is a draft now."),
        ({"status": "acf-disabled"}, ""),
        ({"password": "sesame"}, "It was protected by a password"),
        ({"status": "future", "date": TOMORROW}, ""),
        ({"status": "future"}, "It was to appear on 2019-05-07."),
        ({"status": "future", "password": "sesame"}, "It was protected by a password"),
    ],
)
def test_what_was_not_public_is_not_published(
    bring: Bring, kind: str, fields: dict[str, str], said: str
) -> None:
    other = Entry(2, "Seen", "Look.", "seen", category=("Seen",))
    result = bring(Entry(1, "Hidden title", HIDDEN, "hidden", kind=kind, **fields), other)
    assert f"{'articles' if kind == 'post' else 'pages'}/hidden.md" in result.files()
    assert said in result.said
    site = result.build()
    published = [path for path in site.folder.rglob("*") if path.is_file()]
    assert len(published) > 10
    for path in published:
        content = path.read_bytes()
        assert HIDDEN.encode() not in content
        assert b"Hidden title" not in content
    if fields.get("status") != "future":
        assert "/hidden/" not in str(read_ledger(result.root / "urls.json"))


def test_a_scheduled_article_keeps_waiting_for_its_day(bring: Bring) -> None:
    result = bring(Entry(1, status="future", date=TOMORROW))
    assert f"date: {TOMORROW[:16]}" in result.header("articles/a-title.md")
    assert "status: draft" not in result.header("articles/a-title.md")


def test_links_to_what_is_not_public_are_taken_out(bring: Bring) -> None:
    body = f'<p>See <a href="{HOME}/2019/05/hidden/">this</a>.</p>'
    result = bring(Entry(1, body=body), Entry(2, slug="hidden", status="private"))
    assert result.body("articles/a-title.md") == "See this."
    assert "The link to content/articles/hidden.md is taken out: that is a draft." in result.said


@pytest.mark.parametrize(
    ("title", "slug", "name"),
    [
        ("Тишина и слова", "%d1%82%d0%b8%d1%88%d0%b8%d0%bd%d0%b0", "tishina"),
        ("Тишина и слова", "", "tishina-i-slova"),
        ("沈黙", "%e6%b2%88%e9%bb%99", "chen-mo"),
        ("الصمت", "%d8%a7%d9%84%d8%b5%d9%85%d8%aa", "lsmt"),
        ("שתיקה", "", "shtykh"),
        ("Été à Zürich", "", "ete-a-zurich"),
        ("🌱", "", "article-1"),
        ("Grief & loss", "", "grief-and-loss"),
        ("Topic", "topic", "topic-2"),
        ("x" * 300, "", "x" * 80),
    ],
)
def test_a_name_is_made_of_words_in_any_script(
    bring: Bring, title: str, slug: str, name: str
) -> None:
    result = bring(Entry(1, title, slug=slug, link=f"{HOME}/?p=1"))
    assert result.files() == [f"articles/{name}.md"]
    assert result.build().has(f"{name}/")


def test_a_text_that_is_there_is_never_overwritten(bring: Bring, tmp_path: Path) -> None:
    hers = article("Hers", body="My own words.")
    content = empty_blog(tmp_path)
    (content / "articles" / "a-title.md").write_text(hers, encoding="utf-8")
    (content / "articles" / "other.md").write_text(
        article("Other", more="slug: taken\nid: kept"), encoding="utf-8"
    )
    entries = [Entry(n, slug=slug) for n, slug in enumerate(("a-title", "taken", "kept"), 1)]
    result = bring(*entries)
    assert result.text("articles/a-title.md") == hers
    assert [name for name in result.files() if name.endswith("-2.md")] == [
        "articles/a-title-2.md", "articles/kept-2.md", "articles/taken-2.md"
    ]  # fmt: skip
    assert "The name “a-title” was taken, so it is “a-title-2” here." in result.said
    result.build()


def test_what_is_there_stays_though_the_import_fails(bring: Bring, tmp_path: Path) -> None:
    content = empty_blog(tmp_path)
    before = {path: path.read_bytes() for path in content.rglob("*.*")}
    (tmp_path / "imported.json").write_text("{", encoding="utf-8")
    assert bring(Entry(1)).code == 1
    assert {path: path.read_bytes() for path in content.rglob("*.*")} == before


def test_old_addresses_lead_to_the_texts_and_lists_of_today(bring: Bring) -> None:
    result = bring(
        Entry(12, "First", slug="first", link=f"{HOME}/?p=12", category=("In the room",)),
        Entry(13, "Second", slug="second", category=("Grief &amp; loss", "In the room")),
        Entry(14, "About", slug="me", kind="page", link=f"{HOME}/about/me/", category=()),
        Entry(15, "Mail", slug="mail", tags=("Été",), link=f"{HOME}/archives/15.html"),
    )
    assert read_ledger(result.root / "urls.json") == {
        "/blog/2019/05/second/": "article:second",
        "/blog/?p=12": "article:first",
        "/blog/?p=13": "article:second",
        "/blog/?p=14": "page:me",
        "/blog/?p=15": "article:mail",
        "/blog/about/me/": "page:me",
        "/blog/archives/15.html": "article:mail",
        "/blog/category/grief-loss/": "topic:grief-and-loss",
        "/blog/category/in-the-room/": "topic:in-the-room",
        "/blog/tag/été/": "tag:ete",
    }
    assert "topic: Grief & loss" in result.header("articles/second.md")
    site = result.build()
    for old, new in (
        ("blog/2019/05/second/", "/second/"),
        ("blog/archives/15.html", "/mail/"),
        ("blog/category/in-the-room/", "/topic/in-the-room/"),
        ("blog/tag/été/", "/tag/ete/"),
    ):
        assert site.page(old).select_one("main a")["href"] == new


def test_a_category_within_another_has_both_in_its_old_address(
    bring: Bring, tmp_path: Path
) -> None:
    empty_blog(tmp_path)
    names = "<wp:category><wp:category_nicename>{}</wp:category_nicename>{}</wp:category>"
    parent = "<wp:category_parent>feelings</wp:category_parent>"
    lists = names.format("feelings", "") + names.format("grief", parent)
    first = bring(Entry(1, category=("Grief",), status="draft"))
    text = (first.root / "export.xml").read_text(encoding="utf-8").replace("?p=1<", "?p=9<")
    text = text.replace("<item>", f"{lists}<item>", 1).replace("CDATA[draft", "CDATA[publish")
    (tmp_path / "export.xml").write_text(text, encoding="utf-8")
    result = bring(file=tmp_path / "export.xml")
    ledger = read_ledger(result.root / "urls.json")
    assert ledger["/blog/category/feelings/grief/"] == "topic:grief"


def test_an_address_of_the_ledger_keeps_its_text(bring: Bring, tmp_path: Path) -> None:
    (empty_blog(tmp_path) / "articles" / "hers.md").write_text(article(), encoding="utf-8")
    write_ledger(tmp_path / "urls.json", {"/blog/2019/05/a-title/": "article:hers"})
    result = bring(Entry(1))
    assert read_ledger(tmp_path / "urls.json")["/blog/2019/05/a-title/"] == "article:hers"
    assert "/blog/2019/05/a-title/ belongs to another text here" in result.said


def test_importing_twice_adds_nothing_but_what_is_new(bring: Bring) -> None:
    bring(Entry(1))
    (path := Path(bring(Entry(1)).content, "articles", "a-title.md")).write_text(
        article("Hers"), encoding="utf-8"
    )
    body = f'<a href="{HOME}/2019/05/a-title/">the first</a>'
    result = bring(Entry(1), Entry(2, slug="new", body=body))
    assert result.files() == ["articles/a-title.md", "articles/new.md"]
    assert path.read_text(encoding="utf-8") == article("Hers")
    assert result.body("articles/new.md") == "[the first](a-title.md)"
    assert "1 imported before; they stay as they are" in result.said


def test_she_can_start_again(bring: Bring) -> None:
    entry = Entry(1, slug="silence", link=f"{HOME}/silence/")
    first = bring(entry)
    ledger = read_ledger(first.root / "urls.json")
    (first.content / "articles" / "silence.md").unlink()
    (first.root / "imported.json").unlink()
    again = bring(entry)
    assert again.said == first.said
    assert again.files() == ["articles/silence.md"]
    assert read_ledger(first.root / "urls.json") == ledger


def test_a_blog_that_moves_in_at_the_same_addresses_needs_no_redirects(
    bring: Bring, tmp_path: Path
) -> None:
    empty_blog(tmp_path)
    home = "https://blog.example.org"
    entries = [Entry(1, slug="silence", link=f"{home}/silence/"), Entry(2, slug="Silence-2")]
    for _ in range(2):  # at the second time she starts again
        result = bring(file=write_export(tmp_path, *entries, home=home))
        assert result.files() == ["articles/silence-2.md", "articles/silence.md"]
        assert read_ledger(result.root / "urls.json")["/silence/"] == "article:silence"
        site = result.build()
        assert "This page has moved" not in site.text("silence/")
        for name in (*result.files(), "../imported.json"):
            (result.content / name).unlink()


def test_what_she_deleted_stays_away(bring: Bring) -> None:
    (bring(Entry(1)).content / "articles" / "a-title.md").unlink()
    assert bring(Entry(1)).files() == []


def test_the_name_of_every_link_is_the_file_it_leads_to(bring: Bring) -> None:
    spellings = [
        f"{HOME}/2019/05/other/", f"{HOME}/2019/05/other", "/blog/2019/05/other/?utm_source=x",
        f"{HOME.replace('https', 'http')}/?p=2", "https://WWW.old.example.org/blog/2019/05/OTHER/",
        f"{HOME}/2019/05/other/#more-2",
    ]  # fmt: skip
    body = "".join(f'<p><a href="{address}">to it</a></p>' for address in spellings)
    result = bring(Entry(1, body=body), Entry(2, slug="other"))
    assert result.body("articles/a-title.md").split("\n\n") == ["[to it](other.md)"] * 6
