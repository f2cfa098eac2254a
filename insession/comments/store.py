"""Where comments are kept: one SQLite file, plain functions over a connection.

A comment and the mail about it are written in one transaction, so that neither is there without
the other. An id is never given twice. `parent` may name a comment that is gone: its replies stay.
"""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

from insession.comments import Refusal, removed
from insession.comments.database import (
    as_stored,
    connect,
    moment,
    now,
    plausible,
    transaction,
    turn,
)

__all__ = ["Comment", "as_stored", "connect", "moment", "now", "transaction", "turn"]
MOST_ID = 10**15  # far more than SQLite will ever give
COLUMNS = "id, thread, parent, name, body, status, by_author, created, decided"


@dataclass(frozen=True)
class Comment:
    """One comment as it is stored; times are UTC, 2026-11-23T18:40:00Z."""

    id: int
    thread: str
    parent: int | None
    name: str
    body: str
    status: str
    by_author: bool
    created: str
    decided: str | None


def insert(connection: sqlite3.Connection, thread: str, name: str, body: str, **more: Any) -> int:
    """Store a comment as given, without a mail (for imports); return its id."""
    values = {"status": "pending", "arrived": now()} | more
    values |= {"thread": thread, "name": name, "body": body}
    values["created"] = plausible(more["created"]) if "created" in more else values["arrived"]
    names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    with transaction(connection):
        sql = f"INSERT INTO comment ({names}) VALUES ({marks})"  # noqa: S608  (our own names)
        return int(connection.execute(sql, values).lastrowid or 0)


def add(
    connection: sqlite3.Connection,
    thread: str,
    parent: int | None,
    name: str,
    body: str,
    *,
    withdraw_hash: str,
    write_mail: Callable[[Comment], tuple[str, str, bool]],
) -> int:
    """Store a reader's comment and the mail about it.

    `write_mail` gives its subject, its text, and whether it is urgent.
    """
    with transaction(connection):
        at = now()
        more = {"parent": parent, "withdraw": withdraw_hash, "arrived": at}
        number = insert(connection, thread, name, body, **more)
        comment = Comment(number, thread, parent, name, body, "pending", False, at, None)
        subject, text, urgent = write_mail(comment)
        connection.execute(
            "INSERT INTO outbox (comment, message_id, subject, body, created, urgent) "
            "VALUES (?,?,?,?,?,?)",
            (number, f"comment-{number}.{uuid4().hex}", subject, text, at, urgent),
        )
    return number


def _select(connection: sqlite3.Connection, where: str, *values: Any) -> list[Comment]:
    sql = f"SELECT {COLUMNS} FROM comment WHERE {where} ORDER BY created, id"  # noqa: S608
    rows = connection.execute(sql, values)
    return [
        Comment(number, thread, parent, name, body, status, bool(by_author), created, decided)
        for number, thread, parent, name, body, status, by_author, created, decided in rows
    ]


def get(connection: sqlite3.Connection, number: int) -> Comment | None:
    """Return one comment, or None where there is none with this id (any more)."""
    found = _select(connection, "id = ?", number) if 0 < number < MOST_ID else []
    return next(iter(found), None)


def pending(connection: sqlite3.Connection) -> list[Comment]:
    """Return all that wait for her, the oldest first."""
    return _select(connection, "status = 'pending'")


def published(connection: sqlite3.Connection, thread: str | None = None) -> list[Comment]:
    """Return what readers may see, in one thread or in all."""
    return _select(connection, "status = 'published' AND ?1 IN (thread, '')", thread or "")


def holds(
    connection: sqlite3.Connection, thread: str, parent: int | None, name: str, body: str
) -> bool:
    """Whether a comment with these words is there: not withdrawn, and not deleted."""
    sql = "SELECT 1 FROM comment WHERE thread = ? AND parent IS ? AND name = ? AND body = ?"
    return connection.execute(sql, (thread, parent, name, body)).fetchone() is not None


def by_token(connection: sqlite3.Connection, withdraw_hash: str) -> Comment | None:
    """Return the comment whose writer holds this token."""
    return next(iter(_select(connection, "withdraw = ?", withdraw_hash)), None)


def decide(connection: sqlite3.Connection, number: int, status: str) -> Comment | None:
    """Publish a comment or keep it privately; return it, or None where it is gone."""
    with transaction(connection):
        comment = get(connection, number)
        if comment and comment.status != status:
            sql = "UPDATE comment SET status = ?, decided = ? WHERE id = ?"
            connection.execute(sql, (status, now(), number))
        return get(connection, number)


def rewrite(connection: sqlite3.Connection, number: int, name: str, body: str) -> None:
    """Put other words in the place of a comment's own, which are gone then."""
    sql = "UPDATE comment SET name = ?, body = ? WHERE id = ?"
    connection.execute(sql, (name, body, number))


def delete(connection: sqlite3.Connection, number: int) -> bool:
    """Remove a comment and the mail about it for good; False where there was none."""
    return bool(remove(connection, [number]))


def remove(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[Comment]:
    """Remove comments and the mails about them for good; return those that were there.

    That they are removed is on the disk before it is done: no backup brings them back.
    """
    with transaction(connection):
        found = [comment for number in numbers if (comment := get(connection, number))]
        rows = [(comment.id,) for comment in found]
        connection.executemany("DELETE FROM comment WHERE id = ?", rows)
        if found:
            removed.write_down(connection)
    return found


def purge(connection: sqlite3.Connection, before: str) -> list[Comment]:
    """Remove what has waited, or been kept privately, since `before` or longer."""
    sql = """SELECT id FROM comment WHERE status IN ('pending', 'kept')
        AND coalesce(decided, arrived, created) < ? ORDER BY id"""
    with transaction(connection):
        numbers = [row[0] for row in connection.execute(sql, (before,)).fetchall()]
        return remove(connection, numbers)


def answerable(connection: sqlite3.Connection, number: int) -> Comment:
    """Return a comment that she can answer. Raises Refusal where it isn't there, or not shown."""
    comment = get(connection, number)
    if not comment:
        raise Refusal(f"There is no comment {number}.")
    if comment.status != "published":
        raise Refusal(f"Comment {number} isn’t published; publish it first, then answer it.")
    return comment


def reply(connection: sqlite3.Connection, parent: int, name: str, body: str) -> int:
    """Publish her own answer to a published comment; an answer to a reply stands beside it."""
    with transaction(connection):
        answered = answerable(connection, parent)
        more = {"parent": answered.parent or answered.id, "status": "published", "by_author": 1}
        return insert(connection, answered.thread, name, body, decided=now(), **more)


def withdraw(connection: sqlite3.Connection, withdraw_hash: str) -> Comment | None:
    """Remove the comment of the writer who holds this token; None the second time."""
    with transaction(connection):
        comment = by_token(connection, withdraw_hash)
        if comment:
            delete(connection, comment.id)
        return comment


def export(connection: sqlite3.Connection, thread: str | None = None) -> list[dict[str, Any]]:
    """Return every comment whatever its status, of one thread or of all, ready for JSON."""
    return [asdict(comment) for comment in _select(connection, "?1 IN (thread, '')", thread or "")]
