"""A whole blog comes along: every kind of text, as her readers and she will see it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from insession.content.url_ledger import read_ledger
from insession.importers.command import bring_in
from tests.importers.conftest import Imported, picture, put_media
from tests.importers.exports import empty_blog, write_export
from tests.importers.sample import FILES, WHOLE_BLOG
from tests.support import BuiltSite, one, words


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Imported]:
    """The blog into which the sample was imported, with its pictures."""
    root = tmp_path_factory.mktemp("whole")
    empty_blog(root)
    files = {name: picture(kind, colour=colour) for name, (kind, colour) in FILES.items()}
    media = put_media(root, files | {"2019/05/guide.pdf": b"%PDF-1.4"})
    export = write_export(root, *WHOLE_BLOG)
    code = bring_in("wordpress", str(export), False, str(media), root)
    return Imported(root, code, (root / "import-report.txt").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def built(blog: Imported) -> BuiltSite:
    """The same, built; a problem of any kind fails here."""
    return blog.build()


def test_everything_that_was_written_is_there(blog: Imported) -> None:
    assert blog.code == 0
    assert [name for name in blog.files() if name.endswith(".md")] == [
        "articles/article-23.md",
        "articles/chen-mo.md",
        "articles/endings.md",
        "articles/locked.md",
        "articles/lsmt.md",
        "articles/mine.md",
        "articles/not-ready.md",
        "articles/silence-2.md",
        "articles/silence.md",
        "articles/the-first-hour-is-a-strange-one-they.md",
        "articles/tishina.md",
        "articles/tomorrow.md",
        "pages/about.md",
        "pages/contact-2.md",
    ]


def test_only_what_was_published_is_published(built: BuiltSite) -> None:
    shown = {re.sub(r"/$", "", path) for path in built.pages()}
    assert {"silence", "endings", "tishina", "chen-mo", "about"} <= shown
    assert not {"not-ready", "mine", "locked", "tomorrow", "in-the-bin"} & shown


def test_the_header_says_what_wordpress_knew(blog: Imported) -> None:
    assert blog.header("articles/silence.md") == [
        'title: Silence & "words"',
        "date: 2019-05-07 10:00",
        "modified: 2020-01-02 09:00",
        blog.header("articles/silence.md")[3],
        "topic: In the room",
        "tags: [silence, Feelings]",
        "cover: images/2019/05/chairs.jpg",
        "cover_alt: Two chairs by a window",
    ]
    assert "summary: 'How we end: #1 of two.'" in blog.header("articles/endings.md")
    assert "comments: closed" in blog.header("articles/endings.md")
    assert "date: 2199-01-01 08:00" in blog.header("articles/tomorrow.md")
    assert "status: draft" not in blog.header("articles/tomorrow.md")


def test_a_classic_text_looks_right(built: BuiltSite) -> None:
    page = built.page("silence/")
    prose = one(page, "article .prose")
    assert words(one(page, "h1")) == "Silence & “words”"
    first = prose.select("p")[0]
    assert words(first).startswith("When someone falls silent, the room doesn’t empty. It’s “full”")
    assert words(first).endswith("with strong words <and> a sign ]]> here.")
    assert first.br is not None
    assert [h.get_text() for h in prose.select("h2")] == ["What silence says", "Notes"]
    assert [words(f) for f in prose.select("figcaption")] == ["The “room” today", "It rained"]
    assert prose.select("ul > li > ol > li")[0].get_text() == "two and a half"
    assert words(one(prose, "blockquote")) == "Silence is a true friend."
    assert one(prose, "[role=doc-noteref]").get_text() == "1"
    assert "Her word, in a letter" in words(one(prose, "[role=doc-endnotes]"))
    assert "[sic]" in words(prose)
    assert "[she laughs]" in words(prose)


def test_a_text_of_blocks_looks_right(built: BuiltSite) -> None:
    prose = one(built.page("endings/"), "article .prose")
    assert one(prose, "h2#before").get_text() == "Before the end"
    assert words(prose.select("p")[0]).startswith("Endings 👋🏽 are prepared.")
    assert "{practice.phone}" in words(prose).replace("\u2060", "")
    assert [img["alt"] for img in prose.select("img")] == ["Two chairs by a window", "Rain"]
    assert [words(th) for th in prose.select("th")] == ["What", "How long"]
    assert words(prose.select("td")[0]) == "First call | free"
    assert one(prose, "pre code").get_text() == 'if [gallery]:\n    print("<b>")\n'
    assert "I call back." in words(prose)
    assert one(prose, "[role=doc-endnotes] em").get_text() == "good"


def test_links_lead_to_the_texts_here(built: BuiltSite) -> None:
    prose = one(built.page("silence/"), "article .prose")
    targets = {words(link): link["href"] for link in prose.select("p > a")}
    assert targets["endings"] == "/endings/"
    assert targets["the first hour"] == "/the-first-hour-is-a-strange-one-they/"
    assert targets["me"] == "/about/"
    assert targets["all of these"] == "/topic/in-the-room/"
    assert targets["elsewhere"] == "https://www.example.com/a_%28b%29"
    assert targets["the guide"] == "/downloads/2019/05/guide.pdf"
    assert "a draft" not in targets
    assert built.has("downloads/2019/05/guide.pdf")


def test_nothing_of_others_is_run_or_fetched(built: BuiltSite) -> None:
    for path in ("silence/", "endings/"):
        prose = one(built.page(path), "article .prose")
        assert prose.select("script, iframe, form, input, object, embed, style") == []
        assert [i["src"] for i in prose.select("img") if not i["src"].startswith("/images/")] == []
    watch = {"https://www.youtube.com/watch?v=xyz789", "https://vimeo.com/1"}
    assert watch <= {a["href"] for a in built.page("endings/").select(".prose a")}


@pytest.mark.parametrize(
    ("path", "title", "start"),
    [
        ("tishina/", "Тишина", "Тишина говорит."),
        ("chen-mo/", "沈黙", "沈黙は答えです。"),
        ("lsmt/", "الصمت", "الصمت جواب أيضا."),
        ("article-23/", "🌱", "🌱 A seed. Title: no. # sign"),
    ],
)
def test_every_script_comes_whole(built: BuiltSite, path: str, title: str, start: str) -> None:
    page = built.page(path)
    assert words(one(page, "h1")) == title
    assert words(one(page, "article .prose")).startswith(start)


def test_every_old_address_leads_on(blog: Imported, built: BuiltSite) -> None:
    ledger = read_ledger(blog.root / "urls.json")
    assert ledger["/blog/2019/06/endings/"] == "article:endings"
    assert ledger["/blog/?p=11"] == "article:endings"
    assert ledger["/blog/тишина/"] == "article:tishina"
    assert ledger["/blog/category/in-the-room/"] == "topic:in-the-room"
    assert ledger["/blog/category/feelings/"] == "tag:feelings"
    assert ledger["/blog/tag/silence/"] == "tag:silence"
    assert ledger["/blog/?p=12"] == "article:the-first-hour-is-a-strange-one-they"
    assert not [address for address in ledger if "mine" in address or "locked" in address]
    for old, new in (
        ("blog/2019/06/endings/", "/endings/"),
        ("blog/тишина/", "/tishina/"),
        ("blog/2020/05/silence/", "/silence-2/"),
        ("blog/about/", "/about/"),
        ("blog/category/in-the-room/", "/topic/in-the-room/"),
        ("blog/tag/silence/", "/tag/silence/"),
    ):
        assert one(built.page(old), "a")["href"] == new


@pytest.mark.parametrize(
    ("file", "said", "stands"),
    [
        ("articles/silence.md", "“[contact-form-7 id=", "Breathe"),
        ("articles/silence.md", "“[su_box title=", "Breathe"),
        ("articles/silence.md", "This picture has no description", "![](../images/"),
        ("articles/silence.md", "not-ready.md is taken out: that is a draft", "I wrote about"),
        ("articles/silence.md", "still leads to the old blog: https", "I wrote about"),
        ("articles/silence.md", "a file of the old blog: https", "Download"),
        ("articles/endings.md", "A picture is left out (https", "(Picture: A lamp)"),
        ("articles/endings.md", "became a link: https://vimeo.com/1", "<https://vimeo.com/1>"),
        ("articles/endings.md", "The block “latest-posts”", "<https://www.youtube"),
        ("articles/endings.md", "A form is left out", "Two letters"),
        ("articles/endings.md", "A program (script) is left out", "Two letters"),
    ],
)
def test_what_could_not_come_is_said_with_the_line_where_it_stood(
    blog: Imported, file: str, said: str, stands: str
) -> None:
    report = blog.said.split(f"\ncontent/{file}\n")[1].split("\n\n")[0]
    line = next(row for row in report.splitlines() if said in row)
    number = int(re.search(r"line (\d+): ", line)[1])
    assert stands in blog.text(file).split("\n")[number - 1]


def test_what_concerns_a_whole_text_is_said(blog: Imported) -> None:
    for said in (
        "From https://old.example.org/blog: 12 articles and 2 pages (3 of them drafts), "
        "3 pictures, 1 other file.",
        "1 in the bin",
        "1 of the kind “testimonial”",
        "3 articles had no category.",
        "It was protected by a password",
        "It was private, for you alone",
        "It had no title; it is called “The first hour is a strange one, they” now.",
        "The name “contact” was taken, so it is “contact-2” here.",
        "It seems to be in another language.",
    ):
        assert said in blog.said
    assert "nav_menu_item" not in blog.said


def test_a_second_run_adds_nothing(blog: Imported, capsys: pytest.CaptureFixture[str]) -> None:
    def state() -> dict[Path, bytes]:
        return {p: p.read_bytes() for p in blog.root.rglob("*") if p.is_file()}

    article = blog.content / "articles" / "endings.md"
    before = article.read_bytes()
    article.write_bytes(before + b"\nHer own words.\n")
    (blog.content / "articles" / "mine.md").rename(blog.root / "mine.md")
    known = state()
    media = str(blog.root / "site" / "wp-content" / "uploads")
    assert bring_in("wordpress", str(blog.root / "export.xml"), False, media, blog.root) == 0
    assert state() == known
    said = capsys.readouterr().out
    assert "no articles and no pages" in said
    assert "14 imported before; they stay as they are" in said
    article.write_bytes(before)
    (blog.root / "mine.md").rename(blog.content / "articles" / "mine.md")
