"""`--comments`: readers' words come to the articles' new ids, in the state they were in."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from insession.cli.commands import collect
from insession.importers.command import bring_in
from tests.importers.exports import HOME, Entry, comment, empty_blog, write_export

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Import entries with their comments; returns what was said."""
    monkeypatch.setenv("INSESSION_COMMENTS_FOLDER", str(tmp_path / "comments"))
    monkeypatch.setenv("INSESSION_SITE_URL", "https://blog.example.org")
    empty_blog(tmp_path)

    def import_entries(*entries: Entry) -> str:
        export = write_export(tmp_path, *entries)
        assert bring_in("wordpress", str(export), True, "", tmp_path) == 0
        return capsys.readouterr().out

    return import_entries


def stored(folder: Path) -> list[tuple[str, str, str, str | None]]:
    """Return article, words, state and what is answered, of each comment."""
    columns = "c.thread, c.body, c.status, p.body"
    query = f"SELECT {columns} FROM comment c LEFT JOIN comment p ON p.id = c.parent ORDER BY c.id"  # noqa: S608
    (database,) = (folder / "comments").glob("*.sqlite*")
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def test_answers_and_their_state_come_under_the_new_id(run: Run, tmp_path: Path) -> None:
    comments = (
        comment(1, "A"), comment(2, "B", 1), comment(3, "C", 2), comment(4, "D", 1, "0"),
        comment(5, "E", 0, "spam"), comment(6, "F", 0, "trash"), comment(7, "G", 6),
    )  # fmt: skip
    said = run(Entry(1, slug="%d1%82%d0%b8%d1%88%d0%b8%d0%bd%d0%b0", comments=comments))
    assert stored(tmp_path) == [
        ("tishina", "A", "published", None),
        ("tishina", "G", "published", None),
        ("tishina", "B", "published", "A"),
        ("tishina", "C", "published", "A"),
        ("tishina", "D", "pending", "A"),
    ]
    assert "Imported 5 comments: 4 published, 1 waiting." in said
    assert "Left out: 2 marked as spam or put in the bin." in said


def test_a_second_run_adds_no_comment_and_says_so(run: Run, tmp_path: Path) -> None:
    run(Entry(1, comments=(comment(1, "A"),)))
    said = run(Entry(1, comments=(comment(1, "A"), comment(2, "B", 1))))
    assert [row[1] for row in stored(tmp_path)] == ["A", "B"]
    assert "Imported 1 comment: 1 published, 0 waiting." in said
    assert "1 comment had been imported before" in said


def test_addresses_that_are_numbers_are_told_apart(run: Run, tmp_path: Path) -> None:
    entries = [
        Entry(n, slug=name, link=f"{HOME}/?p={n}", comments=(comment(n, name),))
        for n, name in enumerate(("one", "two", "three"), 1)
    ]
    run(*entries)
    assert {row[0]: row[1] for row in stored(tmp_path)} == {n: n for n in ("one", "two", "three")}


def test_nobodys_mail_address_is_kept(run: Run, tmp_path: Path) -> None:
    run(Entry(1, comments=(comment(1, "A"),)))
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".xml"]
    assert not [path for path in files if b"secret@mail" in path.read_bytes()]


def test_without_the_word_no_comment_comes(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = write_export(tmp_path, Entry(1, comments=(comment(1, "A"),)))
    assert bring_in("wordpress", str(export), False, "", tmp_path) == 0
    assert "comment" not in capsys.readouterr().out.replace("export.xml", "")
    assert not (tmp_path / "comments").exists()


@pytest.mark.parametrize(
    "entry",
    [
        Entry(1, password="sesame"),  # noqa: S106  (an example)
        Entry(1, status="private"),
        Entry(1, status="draft"),
        Entry(1, status="pending"),
        Entry(1, status="future", date="2019-01-01 10:00:00"),
    ],
)
def test_what_only_some_could_read_does_not_become_public_by_its_comments(
    run: Run, tmp_path: Path, entry: Entry
) -> None:
    said = run(replace(entry, comments=(comment(1, "For some"), comment(2, "Spam", 0, "spam"))))
    assert [row[2] for row in stored(tmp_path)] == ["pending"]
    assert "0 published, 1 waiting" in said
    assert "For some" not in (tmp_path / "comments" / "approved.json").read_text("utf-8")


def test_comments_of_an_article_that_is_a_draft_here_wait(run: Run, tmp_path: Path) -> None:
    run(Entry(1))
    file = tmp_path / "content" / "articles" / "a-title.md"
    file.write_text(file.read_text("utf-8").replace("topic:", "status: draft\ntopic:"), "utf-8")
    run(Entry(1, comments=(comment(1, "A"),)))
    assert [row[2] for row in stored(tmp_path)] == ["pending"]


def test_an_old_address_can_be_named_as_the_report_suggests(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trashed = Entry(2, slug="other", status="trash", comments=(comment(1, "A"),))
    said = run(Entry(1), trashed)
    suggested = said.rpartition("for instance: --page ")[2].split("=")[0].strip()
    export = tmp_path / "export.xml"
    pages = [f"{suggested}=a-title"]
    assert bring_in("wordpress", str(export), True, "", tmp_path, pages) == 0
    assert [row[0] for row in stored(tmp_path)] == ["a-title"]
    assert "Imported 1 comment" in capsys.readouterr().out


def test_the_command_takes_the_page_that_it_suggests() -> None:
    import_ = collect()["import"]
    assert "page" in {argument.name for argument in import_.get_arguments()}
