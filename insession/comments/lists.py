"""Lists of comments for her pages, a part at a time, however many there are."""

import sqlite3
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from insession.comments import danger, store
from insession.comments.store import Comment

PAGE = 50  # comments on one page
LOOKED_AT = 200  # comments that are read for words of danger at once


@dataclass(frozen=True)
class ListPage:
    """One page of a list: its comments, how many there are in all, and which page it is."""

    comments: list[Comment]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.count // PAGE))


def waiting(connection: sqlite3.Connection, page: int) -> ListPage:
    """Return comments that wait for her: those with words of danger first, then the oldest."""
    look_for_danger(connection)
    found = connection.execute(
        "SELECT id FROM comment LEFT JOIN looked ON looked.comment = id WHERE status = 'pending' "
        "ORDER BY danger IS NOT 1, created, id LIMIT ? OFFSET ?",
        (PAGE, (page - 1) * PAGE),
    )
    sql = "SELECT count(*) FROM comment WHERE status = 'pending'"
    return _part(connection, found, connection.execute(sql), page)


def search(connection: sqlite3.Connection, status: str, words: str, page: int) -> ListPage:
    """Return published or kept comments with all of these words in name or text, newest first."""
    wanted = _folded(words).split()

    def has_all(name: str, body: str) -> bool:
        text = _folded(f"{name} {body}")
        return all(word in text for word in wanted)

    connection.create_function("has_all", 2, has_all, deterministic=True)
    where = "FROM comment WHERE status = ?" + (" AND has_all(name, body)" if wanted else "")
    found = connection.execute(
        f"SELECT id {where} ORDER BY created DESC, id DESC LIMIT ? OFFSET ?",
        (status, PAGE, (page - 1) * PAGE),
    )
    count = connection.execute(f"SELECT count(*) {where}", (status,))
    return _part(connection, found, count, page)


def _part(
    connection: sqlite3.Connection,
    found: Iterable[tuple[int]],
    count: Iterable[tuple[int]],
    page: int,
) -> ListPage:
    comments = [store.get(connection, number) for (number,) in found]
    [(total,)] = count
    return ListPage([comment for comment in comments if comment], total, page)


def _folded(text: str) -> str:
    """Return text as it is compared: without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if unicodedata.category(c) != "Mn")


def look_for_danger(connection: sqlite3.Connection) -> None:
    """Read what waits and came past the form, such as an import, for words of danger."""
    unread = connection.execute(
        "SELECT id, name, body FROM comment WHERE status = 'pending' "
        "AND id NOT IN (SELECT comment FROM looked) LIMIT ?",
        (LOOKED_AT,),
    ).fetchall()
    for number, name, body in unread:
        note_danger(connection, number, danger.speaks_of_danger(f"{name}\n{body}"))


def note_danger(connection: sqlite3.Connection, number: int, marked: bool) -> None:
    """Keep whether there are words of danger in a comment: to look for them takes a while."""
    sql = "INSERT OR REPLACE INTO looked (comment, danger) SELECT id, ? FROM comment WHERE id = ?"
    connection.execute(sql, (marked, number))


def is_marked(connection: sqlite3.Connection, number: int) -> bool:
    """Whether words of danger were found in a comment."""
    sql = "SELECT 1 FROM looked WHERE comment = ? AND danger = 1"
    return connection.execute(sql, (number,)).fetchone() is not None
