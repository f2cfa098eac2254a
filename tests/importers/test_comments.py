"""Comments from WordPress, Disqus and Isso come along whole, once, and as plain text."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from insession.comments import Refusal, commands, store
from insession.comments.config import Config
from insession.content.url_ledger import write_ledger
from insession.importers import comments, comments_command
from insession.importers.comment_formats import read
from insession.importers.comment_text import from_html, from_markdown
from tests.support import Counted

THREADS = {
    "why-silence-helps": "/why-silence-helps/",
    "first-session": "/what-happens-first/",
    "endings": "/endings/",
}
WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Old blog</title>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>https://old.example.org</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id>
  <wp:author_login><![CDATA[hannah]]></wp:author_login></wp:author>
<wp:author><wp:author_id>2</wp:author_id>
  <wp:author_login><![CDATA[guest]]></wp:author_login></wp:author>
{items}
</channel></rss>"""
ITEM = """<item><title>A post</title><link>{link}</link>
<dc:creator><![CDATA[hannah]]></dc:creator><content:encoded><![CDATA[Its text.]]></content:encoded>
<wp:post_name><![CDATA[{slug}]]></wp:post_name>{comments}</item>"""
COMMENT = """<wp:comment>
<wp:comment_id>{id}</wp:comment_id>
<wp:comment_author><![CDATA[{name}]]></wp:comment_author>
<wp:comment_author_email><![CDATA[secret{id}@mail.example]]></wp:comment_author_email>
<wp:comment_author_url>https://site.example/</wp:comment_author_url>
<wp:comment_author_IP><![CDATA[203.0.113.77]]></wp:comment_author_IP>
<wp:comment_date><![CDATA[{local}]]></wp:comment_date>
<wp:comment_date_gmt><![CDATA[{gmt}]]></wp:comment_date_gmt>
<wp:comment_content><![CDATA[{body}]]></wp:comment_content>
<wp:comment_approved><![CDATA[{approved}]]></wp:comment_approved>
<wp:comment_type><![CDATA[{kind}]]></wp:comment_type>
<wp:comment_parent>{parent}</wp:comment_parent>
<wp:comment_user_id>{user}</wp:comment_user_id>
</wp:comment>"""
DISQUS = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<category dsq:id="7"><forum>old</forum><title>General</title></category>
<thread dsq:id="100"><id>first-post</id><link>https://old.example.org/2019/05/endings.html</link>
<title>Endings</title><author><name>Hannah</name></author></thread>
<thread dsq:id="200"><id /><link>https://old.example.org/gone/</link><title>Gone</title></thread>
{posts}</disqus>"""
POST = """<post dsq:id="{id}"><id /><message><![CDATA[{body}]]></message>
<createdAt>2019-05-06T07:08:09Z</createdAt>
<isDeleted>{deleted}</isDeleted><isSpam>{spam}</isSpam>{more}
<author><email>secret@mail.example</email><name>{name}</name><isAnonymous>true</isAnonymous>
</author><ipAddress>203.0.113.77</ipAddress><thread dsq:id="{thread}" />{parent}</post>"""
ISSO = """
CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER,
  created FLOAT NOT NULL, modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR NOT NULL,
  author VARCHAR, email VARCHAR, website VARCHAR, likes INTEGER DEFAULT 0,
  dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL, notification INTEGER DEFAULT 0);
PRAGMA user_version = 5;
"""
Import = Callable[..., str]


def wp_comment(number: int, body: str = "Some words.", **more: Any) -> str:
    values = {"name": "Ada", "approved": "1", "kind": "comment", "parent": 0, "user": 0}
    values |= {"gmt": "2018-03-04 05:06:07", "local": "2018-03-04 00:06:07"}
    return COMMENT.format(id=number, body=body, **(values | more))


def wordpress(
    *comments: str, link: str = "https://old.example.org/endings/", slug: str = "endings"
) -> str:
    item = ITEM.format(link=link, slug=slug, comments="\n".join(comments))
    return WXR.format(items=item)


def post(number: int, body: str = "<p>Some words.</p>", **more: Any) -> str:
    values = {"name": "Ada", "thread": 100, "deleted": "false", "spam": "false", "more": ""}
    values |= {"parent": ""} | more
    if values["parent"]:
        values["parent"] = f'<parent dsq:id="{values["parent"]}" />'
    return POST.format(id=number, body=body, **values)


def isso(path: Path, *rows: tuple[int, int | None, int, str, str]) -> Path:
    """Write a database as Isso does: rows of id, parent, mode, text and name."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(ISSO)
        connection.execute("INSERT INTO threads VALUES (1, '/endings/', 'Endings')")
        for number, parent, mode, words, name in rows:
            connection.execute(
                "INSERT INTO comments VALUES"
                " (1, ?, ?, ?, NULL, ?, '203.0.113.0', ?, ?, 's@mail.example', '', 0, 0, x'00', 0)",
                (number, parent, 1557126489.75 + number, mode, words, name),
            )
    return path


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A site with three articles, whose comments are kept in a folder of their own."""
    site = tmp_path / "output" / ".insession"
    site.mkdir(parents=True)
    threads = {id_: {"title": id_, "url": url, "comments": "open"} for id_, url in THREADS.items()}
    about = {"version": 1, "base": "", "site": "Blog", "author": "Hannah Vale", "threads": threads}
    (site / "threads.json").write_text(json.dumps(about))
    return Config(
        site_url="https://blog.example.org",
        secret="",
        url="https://blog.example.org",
        origins=frozenset(),
        folder=tmp_path / "comments",
        site=tmp_path / "output",
    )


@pytest.fixture
def bring_in(config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Import:
    """Import a text as `comments.import` does; what it printed."""

    def import_text(text: str | Path, *pages: str) -> str:
        path = text if isinstance(text, Path) else tmp_path / "export.xml"
        if isinstance(text, str):
            path.write_text(text, encoding="utf-8")
        capsys.readouterr()
        comments_command.bring_in(config, str(path), pages)
        return capsys.readouterr().out

    return import_text


def stored(config: Config) -> list[dict[str, Any]]:
    with closing(store.connect(config.database)) as connection:
        return store.export(connection)


def bodies(config: Config) -> list[str]:
    return [row["body"] for row in stored(config)]


def test_a_wordpress_comment_keeps_name_date_words_and_state(
    config: Config, bring_in: Import
) -> None:
    printed = bring_in(
        wordpress(
            wp_comment(1, "First line.\nSecond &amp; last.\n\nNew one.", name="Pat O'Brien"),
            wp_comment(2, "Wait.", approved="0", name="R&amp;B", gmt="2018-03-05 05:06:07"),
        )
    )
    assert "Imported 2 comments: 1 published, 1 waiting." in printed
    first, second = stored(config)
    assert first["name"] == "Pat O'Brien"
    assert first["body"] == "First line.\nSecond & last.\n\nNew one."
    assert first["created"] == "2018-03-04T05:06:07Z"
    assert (first["thread"], first["status"]) == ("endings", "published")
    assert (second["name"], second["status"], second["decided"]) == ("R&B", "pending", None)


def test_no_mail_or_network_address_comes_along(
    config: Config, bring_in: Import, tmp_path: Path
) -> None:
    bring_in(wordpress(wp_comment(1)))
    bring_in(DISQUS.format(posts=post(1)))
    bring_in(isso(tmp_path / "isso.db", (1, None, 1, "Some words.", "Ada")))
    assert len(stored(config)) == 3
    raw = b"".join(path.read_bytes() for path in config.folder.rglob("*") if path.is_file())
    assert b"mail.example" not in raw
    assert b"203.0.113" not in raw
    assert b"site.example" not in raw


def test_what_is_published_is_handed_to_the_build_and_the_rest_is_not(
    config: Config, bring_in: Import
) -> None:
    bring_in(wordpress(wp_comment(1, "Seen."), wp_comment(2, "Unseen.", approved="0")))
    approved = config.approved.read_text("utf-8")
    assert "Seen." in approved
    assert "Unseen." not in approved


def test_spam_bin_and_pingbacks_stay_behind_and_are_counted(
    config: Config, bring_in: Import
) -> None:
    printed = bring_in(
        wordpress(
            wp_comment(1, "Kept."),
            wp_comment(2, approved="spam"),
            wp_comment(3, approved="trash"),
            wp_comment(4, kind="pingback"),
            wp_comment(5, "<img>"),
            wp_comment(6, kind="", body="Older exports name no kind."),
        )
    )
    assert bodies(config) == ["Kept.", "Older exports name no kind."]
    assert "Left out: 2 marked as spam or put in the bin." in printed
    assert "Left out: 1 from other websites' machines" in printed


def test_the_authors_own_comments_are_marked_as_hers_and_no_one_elses(
    config: Config, bring_in: Import
) -> None:
    bring_in(
        wordpress(
            wp_comment(1, "hers", user=1),
            wp_comment(2, "another writer's", user=2),
            wp_comment(3, "under her name only", name="hannah"),
        )
    )
    assert [row["body"] for row in stored(config) if row["by_author"]] == ["hers"]


def test_a_missing_date_in_utc_is_taken_from_the_local_one(
    config: Config, bring_in: Import
) -> None:
    bring_in(wordpress(wp_comment(1, gmt="0000-00-00 00:00:00", local="2017-02-03 04:05:06")))
    assert stored(config)[0]["created"] == "2017-02-03T04:05:06Z"


@pytest.mark.parametrize(
    "date", ["0001-01-01T00:00:00+05:00", "0001-01-01 00:00:00", "9999-12-31 23:59:59", "", "null"]
)
def test_a_date_that_can_not_be_is_that_of_the_import(
    config: Config, bring_in: Import, date: str
) -> None:
    bring_in(wordpress(wp_comment(1, gmt=date, local=date)))
    created = store.moment(stored(config)[0]["created"])
    assert abs(datetime.now(UTC) - created) < timedelta(hours=1)


@pytest.mark.parametrize("seconds", ["null", "yesterday", 1e300, -(10**14), 10**20])
def test_a_date_of_isso_that_can_not_be_is_that_of_the_import(
    config: Config, bring_in: Import, tmp_path: Path, seconds: object
) -> None:
    path = isso(tmp_path / "isso.db", (1, None, 1, "One.", "Ada"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE comments SET created = ?", (str(seconds),))
    bring_in(path)
    created = store.moment(stored(config)[0]["created"])
    assert abs(datetime.now(UTC) - created) < timedelta(hours=1)


def test_deep_answers_hang_on_the_top_one(config: Config, bring_in: Import) -> None:
    bring_in(
        wordpress(
            wp_comment(30, "deepest", parent=20, gmt="2018-03-01 00:00:00"),
            wp_comment(20, "deep", parent=10, gmt="2018-03-02 00:00:00"),
            wp_comment(10, "top", gmt="2018-03-03 00:00:00"),
        )
    )
    ids = {row["body"]: row["id"] for row in stored(config)}
    parents = {row["body"]: row["parent"] for row in stored(config)}
    assert parents == {"top": None, "deep": ids["top"], "deepest": ids["top"]}


def test_each_comment_counts_when_it_is_imported(
    bring_in: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comments, "progress", counted := Counted())
    bring_in(wordpress(wp_comment(1), wp_comment(2), wp_comment(3)))
    assert counted.all == [("Importing the comments", 3, 3)]


def test_answers_to_what_stays_behind_stand_on_their_own(config: Config, bring_in: Import) -> None:
    bring_in(
        wordpress(
            wp_comment(1, approved="spam"),
            wp_comment(2, "an answer", parent=1),
            wp_comment(3, "answer to the answer", parent=2),
            wp_comment(4, "answers nothing known", parent=99),
        )
    )
    parents = {row["body"]: row["parent"] for row in stored(config)}
    answer = next(row["id"] for row in stored(config) if row["body"] == "an answer")
    assert parents["an answer"] is None
    assert parents["answer to the answer"] == answer
    assert parents["answers nothing known"] is None


def test_comments_that_answer_each_other_in_a_circle_end_no_import(
    config: Config, bring_in: Import
) -> None:
    bring_in(wordpress(wp_comment(1, parent=2), wp_comment(2, parent=1), wp_comment(3, parent=3)))
    assert len(stored(config)) == 3


@pytest.mark.parametrize(
    ("link", "article"),
    [
        ("https://old.example.org/why-silence-helps/", "why-silence-helps"),
        ("https://old.example.org/what-happens-first", "first-session"),
        ("https://old.example.org/2019/05/What-Happens-First.html?utm=x#top", "first-session"),
        ("https://old.example.org/blog/first-session/index.php", "first-session"),
        ("https://old.example.org/end%69ngs/", "endings"),
    ],
)
def test_a_page_is_found_by_its_path_its_last_word_or_the_files_name(
    config: Config, bring_in: Import, link: str, article: str
) -> None:
    bring_in(wordpress(wp_comment(1), link=link, slug="something-else"))
    assert [row["thread"] for row in stored(config)] == [article]


def test_a_blog_that_moved_into_a_folder_is_found_too(config: Config, bring_in: Import) -> None:
    threads = config.site / ".insession" / "threads.json"
    moved = Config(
        **{**vars(config), "site_url": "https://example.org/blog", "secret": config.secret}
    )
    with_path = wordpress(wp_comment(1), link="https://example.org/blog/endings/", slug="x")
    export = threads.with_name("e.xml")
    export.write_text(with_path)
    comments_command.bring_in(moved, str(export), ())
    assert [row["thread"] for row in stored(config)] == ["endings"]


def test_old_addresses_that_the_ledger_knows_need_not_be_named(
    config: Config, bring_in: Import
) -> None:
    ledger = {"/2019/05/farewell/": "article:endings", "/?p=9": "article:first-session"}
    write_ledger(config.site.parent / "urls.json", ledger)
    bring_in(wordpress(wp_comment(1), link="https://old.example.org/2019/05/farewell/", slug="q"))
    bring_in(wordpress(wp_comment(2), link="https://old.example.org/?p=9", slug="r"))
    assert [row["thread"] for row in stored(config)] == ["endings", "first-session"]


def test_a_ledger_that_cannot_be_read_is_said(config: Config, bring_in: Import) -> None:
    (config.site.parent / "urls.json").write_text("{", encoding="utf-8")
    with pytest.raises(Refusal, match=r"urls\.json:1: this line can't be read"):
        bring_in(wordpress(wp_comment(1), link="https://old.example.org/a/", slug="a"))


def test_pages_that_are_no_articles_are_reported_and_can_be_named(
    config: Config, bring_in: Import
) -> None:
    export = wordpress(wp_comment(1), wp_comment(2), link="https://old.example.org/?p=9", slug="q")
    printed = bring_in(export)
    assert "https://old.example.org/?p=9 (2 comments)" in printed
    export = export.replace("https://old.example.org/?p=9", "https://old.example.org/2016/q/")
    printed = bring_in(export)
    assert "--page /2016/q=name-of-the-article" in printed
    assert not stored(config)
    printed = bring_in(export, "/2016/q/=first-session")
    assert "Imported 2 comments" in printed
    assert {row["thread"] for row in stored(config)} == {"first-session"}


def test_a_page_can_only_be_named_for_an_article_that_exists(bring_in: Import) -> None:
    with pytest.raises(Refusal, match="/a/=nothing"):
        bring_in(wordpress(wp_comment(1)), "/a/=nothing")


@pytest.mark.parametrize("service", ["wordpress", "disqus", "isso"])
def test_the_same_file_twice_adds_nothing_twice(
    config: Config, bring_in: Import, tmp_path: Path, service: str
) -> None:
    export: str | Path = {
        "wordpress": wordpress(wp_comment(1), wp_comment(2, parent=1)),
        "disqus": DISQUS.format(posts=post(1) + post(2, parent=1)),
        "isso": "",
    }[service]
    if service == "isso":
        export = isso(tmp_path / "isso.db", (1, None, 1, "One.", "A"), (2, 1, 1, "Two.", "B"))
    bring_in(export)
    before = stored(config)
    printed = bring_in(export)
    assert stored(config) == before
    assert len(before) == 2
    assert "Imported 0 comments" in printed
    assert "2 comments had been imported before" in printed


def test_what_she_deleted_does_not_come_back_and_new_answers_find_the_old_ones(
    config: Config, bring_in: Import
) -> None:
    bring_in(wordpress(wp_comment(1, "stays"), wp_comment(2, "goes")))
    ids = {row["body"]: row["id"] for row in stored(config)}
    commands.erase(config, str(ids["goes"]))
    newer = wordpress(
        wp_comment(1, "stays"),
        wp_comment(2, "goes"),
        wp_comment(3, "answers one", parent=1),
        wp_comment(4, "answers the other", parent=2),
    )
    bring_in(newer)
    parents = {row["body"]: row["parent"] for row in stored(config)}
    assert parents == {"stays": None, "answers one": ids["stays"], "answers the other": None}


def test_disqus_posts_come_along_and_its_bin_does_not(config: Config, bring_in: Import) -> None:
    printed = bring_in(
        DISQUS.format(
            posts=post(1, "<p>One<br>two</p><p>three</p>", name="Zoë &amp; Ann")
            + post(2, "<p>Reply</p>", parent=1)
            + post(3, deleted="true")
            + post(4, spam="true")
            + post(5, "<p>Waits</p>", more="<isApproved>false</isApproved>")
            + post(6, thread=200)
            + post(7, thread=999)
        )
    )
    rows = {row["body"]: row for row in stored(config)}
    assert set(rows) == {"One\ntwo\n\nthree", "Reply", "Waits"}
    top = rows["One\ntwo\n\nthree"]
    assert (top["name"], top["created"]) == ("Zoë & Ann", "2019-05-06T07:08:09Z")
    assert (top["thread"], top["status"]) == ("endings", "published")
    assert rows["Reply"]["parent"] == top["id"]
    assert rows["Waits"]["status"] == "pending"
    assert "Left out: 1 deleted." in printed
    assert "https://old.example.org/gone/ (1 comment)" in printed


def test_issos_comments_come_along_and_its_deleted_ones_do_not(
    config: Config, bring_in: Import, tmp_path: Path
) -> None:
    path = isso(
        tmp_path / "isso.db",
        (1, None, 1, "Some *emphasis*, 2 < 3.", "Tom &amp; Jo"),
        (2, 1, 1, "Reply", ""),
        (3, 2, 2, "Deep, waiting", "B"),
        (4, None, 4, "", "gone"),
        (5, 4, 1, "Answers a deleted one", "C"),
    )
    before = path.read_bytes()
    printed = bring_in(path)
    rows = {row["body"]: row for row in stored(config)}
    assert set(rows) == {
        "Some *emphasis*, 2 < 3.",
        "Reply",
        "Deep, waiting",
        "Answers a deleted one",
    }
    top = rows["Some *emphasis*, 2 < 3."]
    assert (top["name"], top["created"]) == ("Tom & Jo", "2019-05-06T07:08:10Z")
    assert rows["Reply"]["parent"] == rows["Deep, waiting"]["parent"] == top["id"]
    assert rows["Deep, waiting"]["status"] == "pending"
    assert rows["Answers a deleted one"]["parent"] is None
    assert "Left out: 1 deleted." in printed
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "start",
    [
        '<!DOCTYPE rss [<!ENTITY a "ha">]>',
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_xml_that_declares_entities_is_refused(
    config: Config, bring_in: Import, start: str
) -> None:
    hostile = wordpress(wp_comment(1)).replace("<rss", f"{start}<rss", 1)
    with pytest.raises(Refusal, match="DOCTYPE"):
        bring_in(hostile)
    assert not config.database.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not a complete XML file"),
        ("Dear diary", "not a complete XML file"),
        ("<html><body>Hi</body></html>", "must come from WordPress, Disqus or Isso"),
        ("<rss version='2.0'><channel><item/></channel></rss>", "must come from WordPress"),
        (wordpress(wp_comment(1))[:40], "not a complete XML file"),
    ],
)
def test_a_file_that_is_no_export_is_refused_in_a_sentence_and_changes_nothing(
    config: Config, bring_in: Import, text: str, words: str
) -> None:
    with pytest.raises(Refusal, match=words):
        bring_in(text)
    assert not config.database.exists()


def test_what_is_damaged_costs_itself_alone(bring_in: Import, config: Config) -> None:
    whole = wordpress(wp_comment(1, "a\x01b"))
    cut = whole.index("</item>") + len("</item>")
    said = bring_in(f"{whole[:cut]}<item><title>Cut off</title>")
    assert bodies(config) == ["ab"]
    assert "Left out: 1 that the file cuts off" in said


def test_another_programs_database_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE bookmarks (x)")
    with pytest.raises(Refusal, match="must come from"):
        read(other)
    with pytest.raises(Refusal, match="can't be read"):
        read(tmp_path / "missing.xml")


def test_an_import_that_fails_half_way_leaves_nothing(
    config: Config, bring_in: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(wordpress(wp_comment(1, "before")))
    real, calls = store.insert, []

    def fails_at_the_third(*args: Any, **more: Any) -> int:
        calls.append(args)
        if len(calls) == 3:
            raise sqlite3.OperationalError("disk I/O error")
        return real(*args, **more)

    monkeypatch.setattr(store, "insert", fails_at_the_third)
    many = wordpress(*(wp_comment(number, f"number {number}") for number in range(2, 9)))
    with pytest.raises(sqlite3.OperationalError):
        bring_in(many)
    assert bodies(config) == ["before"]
    monkeypatch.undo()
    assert "Imported 7 comments" in bring_in(many)


def test_a_long_name_or_text_is_not_lost(config: Config, bring_in: Import) -> None:
    bring_in(wordpress(wp_comment(1, "word " * 3000, name="n" * 200), wp_comment(2, "OK")))
    long, short = stored(config)
    assert len(long["name"]) == 60
    assert len(long["body"]) == 14_999
    assert short["body"] == "OK"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p>\n<p>Two <em>three</em></p>", "One\n\nTwo three"),
        ("a <3 b &lt;i&gt;", "a <3 b <i>"),
        (
            'See <a href="https://e.example/a?b=1&amp;c=2">this</a>.',
            "See this (https://e.example/a?b=1&c=2).",
        ),
        ('<a href="https://www.e.example/">e.example</a>', "e.example"),
        ('<a href="https://e.example/a">https://e.example/a</a>', "https://e.example/a"),
        ('<a href="javascript:alert(1)">click</a>', "click"),
        ('<a href="mailto:x@e.example">write</a>', "write (x@e.example)"),
        ("x<script>alert(1)</script><style>p{}</style>y", "xy"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<blockquote><p>She said</p></blockquote>\nYes.", "“She said”\n\nYes."),
        ('<img src="https://e.example/a.gif" alt="A cat">', "[A cat] (https://e.example/a.gif)"),
        ("<div>one<div>two</div></div>", "one\n\ntwo"),
        ("שלום &#128151;", "שלום 💗"),
        ("<p onclick=x>one<br/>two", "one\ntwo"),
        ("<b>" * 3000 + "deep", "deep"),
    ],
)
def test_html_becomes_the_words_a_reader_saw(html: str, text: str) -> None:
    assert from_html(html) == text


def test_markdown_stays_as_it_was_typed_unless_html_is_in_it() -> None:
    assert from_markdown("*a* <3 [b](https://e.example)\n\n> c") == (
        "*a* <3 [b](https://e.example)\n\n> c"
    )
    assert from_markdown("one <b>two</b>") == "one two"
