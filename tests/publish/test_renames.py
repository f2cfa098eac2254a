"""A file that gets another name stays the same text, wherever it can be told for sure."""

import json
import re
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest

from insession.content.inventory import list_texts
from insession.content.url_ledger import read_kept, read_ledger
from insession.importers.posts import find_places
from insession.preview.worker import open_site
from tests.publish.a_blog import URL, Blog
from tests.support import article

Capture = pytest.CaptureFixture[str]
WORDS = "\n\n".join(
    f"In paragraph {number} there is something about the {thing}, which is not the same elsewhere."
    for number, thing in enumerate(["window", "silence", "first hour", "end", "fee", "holiday"])
)
OTHER = WORDS.replace("which is not the same elsewhere", "and so it goes").replace(
    "there", "I wrote"
)
HOST = URL.removeprefix("https://").strip("/")
PAGE = "---\ntitle: About\nsummary: Who I am.\n---\n\n{}\n"


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    """A blog that is published, with an article of some length."""
    blog = Blog(tmp_path, {"target": "folder", "folder": "../site"})
    blog.write("articles/one.md", article("One title", body=WORDS))
    assert blog.publish() == 0
    return blog


def rename(blog: Blog, old: str, new: str) -> None:
    to = blog.root / "content" / new
    to.parent.mkdir(exist_ok=True)
    (blog.root / "content" / old).rename(to)


def guids(tmp_path: Path) -> set[str]:
    feed = (tmp_path / "site/feeds/all.rss.xml").read_text(encoding="utf-8")
    return {*re.findall(r"<guid[^>]*>([^<]+)", feed)}


def threads(blog: Blog) -> set[str]:
    """The articles that the comments service is told of."""
    blog.built()
    known = json.loads((blog.root / "aside/.insession/threads.json").read_text(encoding="utf-8"))
    return {*known["threads"]}


def test_a_renamed_file_keeps_its_id_its_comments_its_readers_and_its_address(
    blog: Blog, tmp_path: Path, capsys: Capture
) -> None:
    before = guids(tmp_path)
    rename(blog, "articles/one.md", "articles/uno.md")
    capsys.readouterr()
    assert blog.publish() == 0
    said = capsys.readouterr().out
    assert "content/articles/uno.md is what was content/articles/one.md" in said
    assert "1 renamed article" in said
    assert "new article" not in said
    assert guids(tmp_path) == before
    assert "/uno/" in (tmp_path / "site/one/index.html").read_text(encoding="utf-8")
    assert threads(blog) == {"one", "two"}
    assert read_ledger(blog.root / "urls.json")["/uno/"] == "article:one"
    # From now on it is known, and nothing has to be said.
    blog.write("articles/uno.md", article("One title", body="It is rewritten from its first word."))
    assert blog.publish() == 0
    assert "is what was" not in capsys.readouterr().out
    assert guids(tmp_path) == before
    assert threads(blog) == {"one", "two"}


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("articles/one.md", "articles/uno.md", article("Another title", body=WORDS)),
        ("articles/one.md", "articles/uno.md", article("One title", body=WORDS + "\n\nMore.")),
        ("articles/one.md", "articles/uno.md", article(body=WORDS.replace("fee", "price"))),
        ("articles/one.md", "articles/2026/one.md", article(body=OTHER)),
        ("articles/one.md", "articles/2026/uno.md", article(body=WORDS)),
        ("articles/two.md", "articles/zwei.md", article("Two titles")),
    ],
)
def test_small_changes_and_other_folders_are_no_hindrance(
    blog: Blog, tmp_path: Path, old: str, new: str, text: str
) -> None:
    before = guids(tmp_path)
    rename(blog, old, new)
    blog.write(new, text)
    assert blog.publish() == 0
    assert guids(tmp_path) == before
    assert threads(blog) == {"one", "two"}


def test_a_page_is_known_again_too_and_never_as_an_article(blog: Blog, tmp_path: Path) -> None:
    blog.write("pages/about.md", PAGE.format(WORDS.replace("paragraph", "line")))
    assert blog.publish() == 0
    rename(blog, "pages/about.md", "pages/me.md")
    assert blog.publish() == 0
    assert "/me/" in (tmp_path / "site/about/index.html").read_text(encoding="utf-8")
    assert read_ledger(blog.root / "urls.json")["/me/"] == "page:about"


def test_it_can_be_renamed_again_and_again_and_back(blog: Blog, tmp_path: Path) -> None:
    before = guids(tmp_path)
    for old, new in (("one", "uno"), ("uno", "eins"), ("eins", "one")):
        rename(blog, f"articles/{old}.md", f"articles/{new}.md")
        assert blog.publish() == 0
        assert guids(tmp_path) == before
    for old in ("uno", "eins"):
        assert "/one/" in (tmp_path / f"site/{old}/index.html").read_text(encoding="utf-8")


def test_a_copy_is_a_new_article(blog: Blog, tmp_path: Path) -> None:
    before = guids(tmp_path)
    blog.write("articles/copy.md", article("A copy", body=WORDS))
    assert blog.publish() == 0
    assert guids(tmp_path) > before
    assert threads(blog) == {"one", "two", "copy"}


def new_under_the_old_name(blog: Blog) -> None:
    rename(blog, "articles/one.md", "articles/uno.md")
    blog.write("articles/one.md", article("New", body=OTHER))


def two_with_its_words(blog: Blog) -> None:
    rename(blog, "articles/one.md", "articles/uno.md")
    blog.write("articles/eins.md", article("A copy", body=WORDS))


@pytest.mark.parametrize("change", [new_under_the_old_name, two_with_its_words])
def test_where_it_is_not_certain_it_is_asked_and_an_id_answers(
    blog: Blog, tmp_path: Path, capsys: Capture, change: object
) -> None:
    before, site = guids(tmp_path), (tmp_path / "site/one/index.html").read_bytes()
    change(blog)
    capsys.readouterr()
    assert blog.publish() == 1
    told = capsys.readouterr().err
    assert "content/articles/uno.md:1: this has the words that were published from" in told
    assert ("id: one" if change is two_with_its_words else "one.md another name") in told
    assert (tmp_path / "site/one/index.html").read_bytes() == site
    for name, more in (("uno", "id: one"), ("one", "id: one-2\nslug: new"), ("eins", "id: eins")):
        path = blog.root / f"content/articles/{name}.md"
        if path.exists():
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("topic:", f"{more}\ntopic:"), encoding="utf-8")
    assert blog.publish() == 0, capsys.readouterr().err
    assert before < guids(tmp_path)
    assert "/uno/" in (tmp_path / "site/one/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("edited", [OTHER + "\n\nMore.", "It is rewritten from its first word."])
def test_a_chain_of_new_names_is_asked_about_at_once(
    blog: Blog, tmp_path: Path, capsys: Capture, edited: str
) -> None:
    blog.write("articles/zero.md", article("Zero", body=OTHER))
    assert blog.publish() == 0
    before = guids(tmp_path)
    for old, new in (("two", "three"), ("one", "two"), ("zero", "one")):
        rename(blog, f"articles/{old}.md", f"articles/{new}.md")
    blog.write("articles/one.md", article("Zero", body=edited))
    capsys.readouterr()
    assert blog.publish() == 1
    told = capsys.readouterr().err
    for file, was in (("three", "two"), ("two", "one")):
        where = f"content/articles/{file}.md:1: this has the words that were published from "
        assert f"{where}content/articles/{was}.md" in told
        assert f"give content/articles/{was}.md another name" in told
    is_known = edited.startswith(OTHER)
    assert ("was content/articles/zero.md, add to its header as well: id: zero" in told) != is_known
    for name in ("one", "two"):  # all is answered with what this one listing says
        rename(blog, f"articles/{name}.md", f"articles/{name}-new.md")
    if not is_known:
        path = blog.root / "content/articles/one-new.md"
        text = path.read_text("utf-8").replace("topic:", "id: zero\ntopic:")
        path.write_text(text, encoding="utf-8")
    assert blog.publish() == 0, capsys.readouterr().err
    assert guids(tmp_path) == before
    for old, new in (("zero", "one-new"), ("one", "two-new"), ("two", "three")):
        assert f"/{new}/" in (tmp_path / f"site/{old}/index.html").read_text(encoding="utf-8")


def test_two_files_that_exchange_their_names_do_not_exchange_their_comments(
    blog: Blog, tmp_path: Path, capsys: Capture
) -> None:
    blog.write("articles/two.md", article("Two", body=OTHER))
    assert blog.publish() == 0
    page = (tmp_path / "site/one/index.html").read_bytes()
    for old, new in (("one", "x"), ("two", "one"), ("x", "two")):
        rename(blog, f"articles/{old}.md", f"articles/{new}.md")
    capsys.readouterr()
    assert blog.publish() == 1
    told = capsys.readouterr().err
    for file, other in (("one", "two"), ("two", "one")):
        assert f"content/articles/{file}.md:1: this has the words that were published from" in told
        assert f"Give the text its name back: {other}.md." in told
    assert (tmp_path / "site/one/index.html").read_bytes() == page
    for name in ("one", "two"):
        path = blog.root / f"content/articles/{name}.md"
        text = path.read_text("utf-8").replace("topic:", f"id: {name}\ntopic:")
        path.write_text(text, encoding="utf-8")
    assert blog.publish() == 0, capsys.readouterr().err
    assert (tmp_path / "site/one/index.html").read_bytes() != page


def test_two_lost_texts_with_the_same_words_are_not_guessed_at(blog: Blog, capsys: Capture) -> None:
    blog.write("articles/copy.md", article("A copy", body=WORDS))
    assert blog.publish() == 0
    rename(blog, "articles/one.md", "articles/uno.md")
    (blog.root / "content/articles/copy.md").unlink()
    assert blog.publish() == 1
    told = capsys.readouterr().err
    assert "id: one" in told
    assert "id: copy" in told


def test_a_new_text_under_the_name_that_another_had_is_told_that_it_is_taken(
    blog: Blog, capsys: Capture
) -> None:
    rename(blog, "articles/one.md", "articles/uno.md")
    assert blog.publish() == 0
    blog.write("articles/one.md", article("New", body=OTHER))
    assert blog.publish() == 1
    told = capsys.readouterr().err
    assert "content/articles/one.md:1: content/articles/uno.md had this name before" in told
    rename(blog, "articles/one.md", "articles/new.md")
    assert blog.publish() == 0
    assert threads(blog) == {"one", "two", "new"}


def test_the_file_itself_is_never_changed(blog: Blog) -> None:
    rename(blog, "articles/one.md", "articles/uno.md")
    before = (blog.root / "content/articles/uno.md").read_bytes()
    blog.publish()
    assert (blog.root / "content/articles/uno.md").read_bytes() == before
    assert read_kept(blog.root / "urls.json").texts["article:one"].file == "articles/uno.md"


def test_new_and_import_know_its_id_too(blog: Blog) -> None:
    rename(blog, "articles/one.md", "articles/uno.md")
    settings = {
        "PATH": str(blog.root / "content"), "LEDGER": "urls.json", "IGNORE_FILES": [],
        "ARTICLE_PATHS": ["articles"], "PAGE_PATHS": ["pages"], "SLUG_REGEX_SUBSTITUTIONS": [],
    }  # fmt: skip
    for _ in range(2):  # before it is published, and after
        assert {each.id for each in list_texts(settings) if not each.is_page} == {"one", "two"}
        there = find_places(blog.root / "content", blog.root / "urls.json")
        assert there["article:one"].file == "articles/uno.md"
        blog.publish()


def test_the_preview_knows_it_at_once(blog: Blog) -> None:
    (blog.root / "pelicanconf.py").write_text(blog.settings.read_text("utf-8"), encoding="utf-8")
    site = open_site(blog.root)
    site.refresh()

    def ids() -> set[str]:
        return {
            text.content.id for text in site.state.texts.values() if "articles" in str(text.content)
        }

    (blog.root / "content/articles/uno.md").write_text(
        (blog.root / "content/articles/one.md").read_text(encoding="utf-8"), encoding="utf-8"
    )
    site.refresh()
    assert ids() == {"one", "two", "uno"}
    (blog.root / "content/articles/one.md").unlink()  # and only now it is a new name
    site.refresh()
    assert ids() == {"one", "two"}
    assert b"/uno/" in site.answer("one/index.html")[0]
    assert not site.problems


def test_a_topic_or_tag_without_an_article_leads_to_the_list_of_all(
    blog: Blog, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        text = article(name, body=WORDS if name == "one" else "Some text.")
        blog.write(f"articles/{name}.md", text.replace("Starting therapy", "Beginning"))
    assert blog.publish() == 0
    page = (tmp_path / "site/topic/starting-therapy/index.html").read_text(encoding="utf-8")
    assert 'content="0; url=/archive/"' in page
    assert (tmp_path / "site/topic/beginning/index.html").is_file()
    assert "/topic/starting-therapy/" not in (tmp_path / "site/sitemap.xml").read_text("utf-8")


def test_the_ids_in_feeds_outlive_a_new_address_of_the_blog(blog: Blog, tmp_path: Path) -> None:
    def ids() -> dict[str, set[str]]:
        found = {}
        for path in (tmp_path / "site").rglob("*"):
            if path.name.endswith((".rss.xml", ".atom.xml", ".vcf")):
                text = path.read_text(encoding="utf-8")
                found[path.name] = {*re.findall(r"urn:uuid:[0-9a-f-]{36}", text)}
        return found

    before, practice = ids(), blog.root / "content/practice.toml"
    assert read_kept(blog.root / "urls.json").site == f"tag:{HOST},2026-03-04:"
    assert set(before) >= {"all.rss.xml", "all.atom.xml", "contact.vcf"}
    text = practice.read_text(encoding="utf-8")
    moved = text.replace(f"https://{HOST}", "https://hannah.amsel.test/blog")
    assert moved != text
    practice.write_text(moved, encoding="utf-8")
    assert blog.publish() == 0
    assert ids() == before
    assert "hannah.amsel.test/blog/one/" in (tmp_path / "site/feeds/all.rss.xml").read_text("utf-8")


def test_the_ids_of_a_blog_that_was_published_before_they_were_kept_stay(
    tmp_path: Path,
) -> None:
    blog = Blog(tmp_path, {"target": "folder", "folder": "../site"})
    (blog.root / "urls.json").write_text(
        '{"version": 1, "urls": {\n "/one/": "article:one"\n}}\n', encoding="utf-8"
    )
    assert blog.publish() == 0
    assert f"urn:uuid:{uuid5(NAMESPACE_URL, f'https://{HOST}#one')}" in guids(tmp_path)
    assert read_kept(blog.root / "urls.json").site == f"https://{HOST}"
