"""The store keeps what it was given, all of it or nothing, and gives back only what may be seen."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from insession.comments import Refusal, database, published_writer, rate_limits, signed_links, store
from insession.comments.config import Config
from insession.comments.rate_limits import Visits
from tests.comments.running import write_site

posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows has no modes of files")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = store.connect(tmp_path / "comments.sqlite3")
    yield opened
    opened.close()


def add(connection: sqlite3.Connection, body: str = "Some words", **more: object) -> int:
    """Store a comment as the service does."""
    values = {"thread": "silence", "parent": None, "name": "Pat"} | more
    return store.add(
        connection,
        values["thread"],
        values["parent"],
        values["name"],
        body,
        withdraw_hash=signed_links.withdraw_hash(signed_links.new_withdraw_token()),
        write_mail=lambda comment: (f"About {comment.id}", comment.body, False),
    )


def settings(folder: Path) -> Config:
    """Return the settings of a service in this folder, beside a site."""
    site = write_site(folder)
    return Config("https://b.example", "", "https://b.example", frozenset(), folder, site)


def everything(folder: Path) -> bytes:
    """Return every byte of the store's files."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("comments.sqlite3*")))


@posix_only
def test_only_its_owner_can_read_the_store(connection: sqlite3.Connection, tmp_path: Path) -> None:
    add(connection)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("comments.sqlite3*")}
    assert modes == {0o600}


def test_the_store_survives_a_power_cut_by_its_settings(connection: sqlite3.Connection) -> None:
    def asked(pragma: str) -> object:
        return connection.execute(f"PRAGMA {pragma}").fetchone()[0]

    assert (asked("journal_mode"), asked("synchronous")) == ("wal", 2)
    assert (asked("foreign_keys"), asked("user_version")) == (1, len(database.MIGRATIONS))


@pytest.mark.parametrize("_", range(20))
def test_many_may_open_a_new_store_at_once(tmp_path: Path, _: int) -> None:
    def open_it() -> None:
        store.connect(tmp_path / "new.sqlite3").close()

    with ThreadPoolExecutor(16) as threads:
        opened = [threads.submit(open_it) for _ in range(16)]
    for one in opened:
        one.result()


def test_opening_the_store_twice_leaves_the_first_its_locks(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    add(connection)
    store.connect(tmp_path / "comments.sqlite3").close()
    code = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT * FROM comment')"
    subprocess.run([sys.executable, "-c", code, tmp_path / "comments.sqlite3"], check=True)
    assert (tmp_path / "comments.sqlite3-wal").exists()
    assert add(connection) == 2


def test_a_store_of_a_newer_version_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "comments.sqlite3"
    store.connect(path).close()
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {len(database.MIGRATIONS) + 1}")
    newer.close()
    with pytest.raises(Refusal, match="newer In Session"):
        store.connect(path)


def test_a_comment_comes_with_its_mail_or_not_at_all(connection: sqlite3.Connection) -> None:
    def broken(comment: store.Comment) -> tuple[str, str]:
        raise RuntimeError("no mail")

    with pytest.raises(RuntimeError):
        store.add(connection, "silence", None, "", "x", withdraw_hash="h", write_mail=broken)
    assert store.export(connection) == []
    number = add(connection)
    assert connection.execute("SELECT comment, subject FROM outbox").fetchall() == [
        (number, f"About {number}")
    ]


def test_an_id_is_never_given_twice(connection: sqlite3.Connection) -> None:
    first = add(connection)
    assert store.delete(connection, first)
    assert add(connection) > first


def test_only_published_comments_are_shown_in_the_order_of_their_time(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    one = store.insert(connection, "silence", "", "late", created="2026-02-01T00:00:00Z")
    two = store.insert(connection, "silence", "Ann", "early", created="2026-01-01T00:00:00Z")
    three = store.insert(connection, "first", "", "else", created="2026-01-02T00:00:00Z")
    add(connection, "waits")
    kept = add(connection, "kept")
    for number in (one, two, three):
        store.decide(connection, number, "published")
    store.decide(connection, kept, "kept")
    config = settings(tmp_path)
    assert published_writer.write(connection, config)
    path = config.approved
    shown = json.loads(path.read_text("utf-8"))
    assert shown["version"] == 1
    assert list(shown["threads"]) == ["first", "silence"]
    assert [entry["body"] for entry in shown["threads"]["silence"]] == ["early", "late"]
    assert shown["threads"]["silence"][0] == {
        "id": two,
        "parent": None,
        "name": "Ann",
        "body": "early",
        "created": "2026-01-01T00:00:00Z",
        "by_author": False,
    }


def test_approved_json_is_left_alone_when_nothing_changed(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    config = settings(tmp_path)
    path = config.approved
    published_writer.write(connection, config)
    before = path.stat().st_mtime_ns
    add(connection)
    assert not published_writer.write(connection, config)
    assert path.stat().st_mtime_ns == before
    assert [file.name for file in tmp_path.glob("approved.json*")] == ["approved.json"]


def test_her_reply_is_published_at_once_and_stands_below_the_first_comment(
    connection: sqlite3.Connection,
) -> None:
    first = add(connection)
    with pytest.raises(Refusal, match="publish it first"):
        store.reply(connection, first, "Hannah", "Thank you.")
    store.decide(connection, first, "published")
    reply = store.get(connection, store.reply(connection, first, "Hannah", "Thank you."))
    assert reply
    assert (reply.parent, reply.status, reply.by_author) == (first, "published", True)
    second = store.get(connection, store.reply(connection, reply.id, "Hannah", "And more."))
    assert second
    assert second.parent == first
    with pytest.raises(Refusal, match="no comment 99"):
        store.reply(connection, 99, "Hannah", "x")


def test_replies_stay_when_what_they_answer_is_removed(connection: sqlite3.Connection) -> None:
    first = add(connection)
    store.decide(connection, first, "published")
    reply = store.reply(connection, first, "Hannah", "Thank you.")
    store.delete(connection, first)
    assert [(c.id, c.parent) for c in store.published(connection)] == [(reply, first)]


def test_withdrawing_works_once_and_takes_the_unsent_mail_along(
    connection: sqlite3.Connection,
) -> None:
    token = signed_links.withdraw_hash("my token")
    mail = {"withdraw_hash": token, "write_mail": lambda comment: ("s", "b", False)}
    number = store.add(connection, "silence", None, "", "body", **mail)
    assert "my token" not in str(connection.execute("SELECT * FROM comment").fetchall())
    gone = store.withdraw(connection, token)
    assert gone
    assert gone.id == number
    assert store.withdraw(connection, token) is None
    assert connection.execute("SELECT count(*) FROM outbox").fetchone() == (0,)


def test_what_is_removed_is_in_no_byte_of_the_files(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    numbers = [add(connection, f"Unmistakable words {n} " * 50) for n in range(20)]
    store.decide(connection, numbers[3], "published")
    assert b"Unmistakable" in everything(tmp_path)
    found = store.remove(connection, [*numbers, 999, 10**19])
    assert [comment.id for comment in found] == numbers
    assert database.is_due(connection)
    assert database.sweep(connection)
    assert not database.is_due(connection)
    assert b"Unmistakable" not in everything(tmp_path)
    assert connection.execute("SELECT id FROM removed").fetchall() == [(n,) for n in numbers]


def test_an_export_holds_everything_but_the_tokens(connection: sqlite3.Connection) -> None:
    first = add(connection, "one", name="")
    add(connection, "two", thread="first")
    store.decide(connection, first, "kept")
    rows = store.export(connection)
    assert [(row["body"], row["status"]) for row in rows] == [("one", "kept"), ("two", "pending")]
    assert "withdraw" not in rows[0]
    assert [row["body"] for row in store.export(connection, "first")] == ["two"]


@pytest.fixture
def visits() -> Visits:
    return Visits()


def test_an_address_is_known_only_by_a_hash_that_changes_daily(visits: Visits) -> None:
    noon = 1_790_000_000.0
    today = rate_limits.visitor(visits, rate_limits.networks("203.0.113.7"), noon)
    (salt,) = visits.salts.values()
    rate_limits.record_visit(visits, today, "silence", "said", 0)
    assert today == rate_limits.visitor(visits, rate_limits.networks("203.0.113.7"), noon + 60)
    other = rate_limits.visitor(visits, rate_limits.networks("203.0.113.8"), noon)
    assert {size for size in today if today[size] != other[size]} == {"host", "household"}
    tomorrow = rate_limits.visitor(
        visits, rate_limits.networks("203.0.113.7"), noon + rate_limits.DAY
    )
    assert set(today.values()) & set(tomorrow.values()) == {rate_limits.EVERYONE}
    rate_limits.forget(visits, rate_limits.day_of(noon + rate_limits.DAY), 60)
    assert len(visits.salts) == 1
    assert salt == bytes(32), "overwritten, not only let go of"
    assert today != rate_limits.visitor(visits, rate_limits.networks("203.0.113.7"), noon)
    assert visits.came.keys() == {rate_limits.EVERYONE}
    assert not visits.threads and not visits.said
