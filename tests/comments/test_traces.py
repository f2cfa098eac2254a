"""What is forgotten leaves no trace: in no byte of the folder, not for an hour, not by accident."""

import gzip
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import brotli
import pytest

from insession.comments import commands, database
from insession.comments.config import from_environment
from insession.comments.published_reader import PublishedComment
from tests.comments.running import NO_LIMITS, MailServer, Running, until

SET_CLOCK = """
import pathlib, time
clock, offset = time.time, pathlib.Path({!r})
time.time = lambda: clock() + (float(offset.read_text() or 0) if offset.exists() else 0)
"""
YEAR = 365 * 86_400


def all_bytes(folder: Path) -> bytes:
    """Return every byte of every file in a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_nothing_about_who_came_is_on_the_disk(start: Callable[..., Running]) -> None:
    running = start()
    assert running.post("Who am I?", address="203.0.113.77").status == 303
    tables = {row[0] for row in running.rows("SELECT name FROM sqlite_master")}
    assert not tables & {"visit", "salt"}
    assert b"203.0.113" not in all_bytes(running.data)


def test_a_clock_set_ahead_and_back_blocks_no_article(
    start: Callable[..., Running], tmp_path: Path
) -> None:
    offset = tmp_path / "offset"
    few = 'rate_limits.Limits((("everyone", ((2, 60),)),), ())'
    few = f"settings = dataclasses.replace(settings, limits={few})\n"
    running = start(few + SET_CLOCK.format(str(offset)))
    offset.write_text(str(YEAR))
    assert running.post("Ahead by a year, one.").status == 303
    assert running.post("Ahead by a year, two.").status == 303
    offset.write_text("0")
    refused = running.post("Back again.")
    assert refused.status == 429
    assert int(refused.headers["Retry-After"]) <= 61


def test_what_was_withdrawn_deleted_or_erased_is_in_no_byte_within_a_minute(
    start: Callable[..., Running], away: MailServer
) -> None:
    running = start(NO_LIMITS, **away.environ)  # the mails wait: they are in the store, too
    texts = [f"Unmistakable-{number} words. " * 60 for number in range(12)]
    tokens = {text: posted(running, text) for text in texts}
    config = from_environment(running.environ)
    commands.publish(config, "1,2,3")
    assert running.submit("/comments/withdraw", {"t": tokens[texts[0]]}).status == 200
    commands.delete(config, "2")
    left = [b"Unmistakable-0 ", b"Unmistakable-1 "]
    until(lambda: not any(text in all_bytes(running.data) for text in left), 60)
    commands.erase(config, "3")
    assert b"Unmistakable-2 " not in all_bytes(running.data)
    assert b"Unmistakable-3 " in all_bytes(running.data)
    assert running.rows("PRAGMA integrity_check") == [("ok",)]


def test_a_reader_who_holds_the_old_pages_only_delays_it(start: Callable[..., Running]) -> None:
    running = start(NO_LIMITS)
    token = posted(running, "Unmistakable words. " * 60)
    with closing(sqlite3.connect(running.database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM comment").fetchone() == (1,)
        assert running.submit("/comments/withdraw", {"t": token}).status == 200
        assert posted(running, "Others go on writing meanwhile.")
        assert b"Unmistakable" in all_bytes(running.data)
        reader.execute("COMMIT")
    until(lambda: b"Unmistakable" not in all_bytes(running.data), 60)


def test_what_was_removed_just_before_the_end_is_gone_when_it_has_ended(
    start: Callable[..., Running],
) -> None:
    running = start(NO_LIMITS)
    token = posted(running, "Unmistakable words. " * 60)
    assert running.submit("/comments/withdraw", {"t": token}).status == 200
    assert running.stop() == 0
    assert b"Unmistakable" not in all_bytes(running.data)


def test_what_a_kill_has_left_is_gone_after_the_next_start(start: Callable[..., Running]) -> None:
    running = start(NO_LIMITS)
    token = posted(running, "Unmistakable words. " * 60)
    assert running.submit("/comments/withdraw", {"t": token}).status == 200
    running.kill()
    leftovers = (".approved.json.4242", ".trial-4242", "removed.json.17", "mail/.comment-1.eml.17")
    leftovers += (
        "backups/comments-2026-01-01-000000.sqlite3.part",
        "comments-before-restore-1.part",
    )
    for name in leftovers:
        path = running.data / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Unmistakable words.")
    (running.data / "backups" / "comments-2026-01-02-000000.sqlite3").touch()
    running.start()
    assert not [name for name in leftovers if (running.data / name).exists()]
    assert list((running.data / "backups").iterdir()) == []
    until(lambda: b"Unmistakable" not in all_bytes(running.data), 60)


def test_a_store_of_an_earlier_version_loses_its_addresses_and_traces(
    start: Callable[..., Running],
) -> None:
    running = start(NO_LIMITS)
    running.stop()
    for path in running.data.glob("comments.sqlite3*"):
        path.unlink()
    with closing(sqlite3.connect(running.database, isolation_level=None)) as old:
        old.execute("PRAGMA journal_mode = WAL")
        for statement in database.MIGRATIONS[0]:
            old.execute(statement)
        old.execute("INSERT INTO salt VALUES ('2026-11-29', CAST('Salt-of-a-day' AS BLOB))")
        old.execute("INSERT INTO visit VALUES ('Hash-of-an-address', 'silence', 'x', 0)")
        old.execute("INSERT INTO erased VALUES (7, '2026-11-29T00:00:00Z')")
        old.execute("PRAGMA user_version = 1")
    running.database.chmod(0o600)
    running.start()

    def is_gone() -> bool:
        raw = all_bytes(running.data)
        return b"Salt-of-a-day" not in raw and b"Hash-of-an-address" not in raw

    until(is_gone, 60)
    assert running.rows("SELECT id, created FROM removed") == [(7, None)]


def test_at_midnight_all_traces_go(start: Callable[..., Running], tmp_path: Path) -> None:
    offset = tmp_path / "offset"
    running = start(NO_LIMITS + SET_CLOCK.format(str(offset)))
    until(lambda: running.rows("SELECT done FROM trace") > [(0,)], 60)  # that of the start
    posted(running, "Some words that stay.")
    running.change("UPDATE outbox SET body = 'Unmistakable' || hex(randomblob(9000))")
    running.change("UPDATE outbox SET body = '', sent = '2026-01-01T00:00:00Z'")
    assert b"Unmistakable" in all_bytes(running.data)
    offset.write_text(str(86_400))
    until(lambda: b"Unmistakable" not in all_bytes(running.data), 60)


def test_a_name_that_was_struck_out_is_gone_too(start: Callable[..., Running]) -> None:
    running = start(NO_LIMITS)
    posted(running, "My therapist Unmistakable Person was kind.")
    running.change("UPDATE comment SET body = 'My therapist […] was kind.'")
    until(lambda: b"Unmistakable" not in all_bytes(running.data), 60)


def test_erasing_names_every_file_that_still_holds_the_text(
    start: Callable[..., Running], capsys: pytest.CaptureFixture[str]
) -> None:
    running = start(NO_LIMITS)
    text = 'Dr. "Unmistakable" & Søn said:\n\nA long second line about my life, as I see it.'
    posted(running, text)
    posted(running, "Thanks!")
    config = from_environment(running.environ)
    commands.publish(config, "1,2")
    commands.backup(config)
    folder, raw = running.data, text.encode()
    (backup,) = (folder / "backups").glob("*.sqlite3")
    mail = EmailMessage()
    mail.set_content(f"> {text}", cte="base64")
    page = PublishedComment(id=1, body=text, created="2026-01-01T00:00:00Z").html.encode()
    site = folder / "again"
    site.mkdir()
    held = {
        folder / "my copy": backup.read_bytes(),
        folder / "approved.json.old": (folder / "approved.json").read_bytes(),
        folder / "notes.txt": b"It said: " + raw,
        folder / "mail.eml": mail.as_bytes(),
        site / "page.html.gz": gzip.compress(page),
        site / "page.html.br": brotli.compress(page),
        site / "export.json": json.dumps({"body": text}).encode(),
    }
    for path, content in held.items():
        path.write_bytes(content)
    (folder / "other.txt").write_text("Nothing of it. Thanks!")
    capsys.readouterr()
    commands.erase(config, "1")
    printed = capsys.readouterr().out
    named = {Path(line.strip()) for line in printed.splitlines() if line.startswith("  ")}
    assert named == {*held, backup}
    capsys.readouterr()
    commands.erase(config, "2")
    printed = capsys.readouterr().out
    named = {Path(line.strip()) for line in printed.splitlines() if line.startswith("  ")}
    assert named == {folder / "my copy", folder / "approved.json.old", backup}


def posted(running: Running, text: str) -> str:
    """Post a comment; return the token of its writer."""
    answer = running.post(text.strip())
    assert answer.status == 303, answer.text
    return answer.headers["Location"].partition("?w=")[2]
