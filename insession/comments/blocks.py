"""Who and what she doesn't take for a while: an address, the network around it, a word.

No address is kept for it. In memory, as all of rate_limits.py, are two names for where each comment
of today came from: one with the salt of the day, by which comments from one place are known as
such, and one with a salt of its own. A block takes over that second one into the store, until it
ends; all the others are gone at midnight, as ever. From what is older than today nothing can be
blocked.
"""

import re
import secrets
import sqlite3
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from insession.comments import Refusal, store
from insession.comments.rate_limits import DAY, Networks, Origin, Visits, digest
from insession.comments.sanitize import Refused

PLACES = ("host", "network")
DAYS = (1, 7, 30)  # for how long she can block
WORD_LEAST, WORD_MOST = 2, 60
MOST = 200  # blocks at once


@dataclass(frozen=True)
class Block:
    """What isn't taken, and until when; `value` is a word, or the salted name of a place."""

    id: int
    kind: str
    value: str
    salt: bytes | None
    since: float
    until: float


def note_origin(visits: Visits, number: int, who: Networks, places: Networks) -> None:
    """Keep in memory, until midnight, where a comment came from, as names that say nothing."""
    salt = secrets.token_bytes(16)
    own = {size: digest(salt, size, places[size]) for size in PLACES}
    visits.origins[number] = Origin({size: who[size] for size in PLACES}, own, salt)


def forget(connection: sqlite3.Connection, at: float) -> None:
    """Delete the blocks that are over.

    None lasts longer than she can choose, also if the clock was wrong when it began.
    """
    sql = "FROM block WHERE until <= ?1 OR until > ?1 + ?2"
    values = (at, DAYS[-1] * DAY + 1)
    if connection.execute(f"SELECT 1 {sql} LIMIT 1", values).fetchone():
        connection.execute(f"DELETE {sql}", values)


def active(connection: sqlite3.Connection, at: float) -> list[Block]:
    """Return the blocks that hold now, the newest first."""
    sql = (
        "SELECT id, kind, value, salt, since, until FROM block "
        "WHERE until > ?1 AND until <= ?1 + ?2 ORDER BY id DESC"
    )
    return [Block(*row) for row in connection.execute(sql, (at, DAYS[-1] * DAY + 1))]


def stopping(
    connection: sqlite3.Connection, places: Networks, texts: Sequence[str], at: float
) -> Block | None:
    """Return a block because of which a comment isn't taken, if there is one."""
    blocks = active(connection, at)
    if not blocks:
        return None
    for block in blocks:
        if block.kind == "word":
            if any(holds(text, block.value) for text in texts):
                return block
        elif block.salt and digest(block.salt, block.kind, places[block.kind]) == block.value:
            return block
    return None


def holds(text: str, word: str) -> bool:
    """Whether a word (or several) stands in a text, in whatever case and spacing.

    It has to stand alone, except in scripts that put words together or need no spaces.
    """
    word, text = _plain(word), _plain(text)
    start, end = (r"(?<!\w)" if _stands_alone(word[0]) else ""), r"(?!\w)"
    found = re.escape(word)
    return re.search(start + found + (end if _stands_alone(word[-1]) else ""), text) is not None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _stands_alone(sign: str) -> bool:
    return unicodedata.category(sign) in {"Ll", "Lu", "Lt", "Nd", "Mn"}


def clean_word(raw: str) -> str:
    """Return a word that can be blocked, or refuse it in words to her."""
    word = " ".join(raw.split())
    if not WORD_LEAST <= len(word) <= WORD_MOST or not any(map(str.isalnum, word)):
        raise Refused(
            f"Write a word or a few, {WORD_LEAST} to {WORD_MOST} characters long: "
            "what is in all these comments and in no others."
        )
    return word


def block_word(connection: sqlite3.Connection, word: str, days: int, at: float) -> None:
    """Take no comment that holds this word, for so many days."""
    _add(connection, "word", word, None, days, at)


def block_place(
    connection: sqlite3.Connection,
    visits: Visits,
    number: int,
    kind: str,
    days: int,
    at: float,
) -> None:
    """Take nothing more from where a comment of today came from, for so many days."""
    origin = visits.origins.get(number)
    if not origin:
        raise Refusal(FORGOTTEN)
    _add(connection, kind, origin.own[kind], origin.salt, days, at)


FORGOTTEN = (
    "Where this comment came from is forgotten by now: at midnight (UTC), and when the service "
    "starts, nothing is known any more. "
    "If more come from there, you can block the place from one of those."
)


def _add(
    connection: sqlite3.Connection, kind: str, value: str, salt: bytes | None, days: int, at: float
) -> None:
    with store.transaction(connection):
        forget(connection, at)
        if kind == "word":  # a longer or shorter time for the same word takes its place
            known = [block for block in active(connection, at) if block.kind == "word"]
            for block in (block for block in known if _plain(block.value) == _plain(value)):
                lift(connection, block.id)
        if connection.execute("SELECT count(*) FROM block").fetchone()[0] >= MOST:
            raise Refusal(f"{MOST} blocks hold already; lift some first.")
        sql = "INSERT INTO block (kind, value, salt, since, until) VALUES (?, ?, ?, ?, ?)"
        connection.execute(sql, (kind, value, salt, at, at + days * DAY))


def lift(connection: sqlite3.Connection, number: int) -> bool:
    """End a block; False where there was none."""
    return connection.execute("DELETE FROM block WHERE id = ?", (number,)).rowcount > 0


def from_same_place(visits: Visits, number: int, kind: str) -> set[int]:
    """Return the comments of today that came from the same place as this one."""
    with store.turn:
        origin, all_origins = visits.origins.get(number), list(visits.origins.items())
    if not origin:
        return set()
    return {other for other, its in all_origins if its.today[kind] == origin.today[kind]}


def holding(connection: sqlite3.Connection, word: str) -> dict[str, list[int]]:
    """Return by their status the comments of readers that hold a word."""
    found: dict[str, list[int]] = {"pending": [], "published": [], "kept": []}
    sql = "SELECT id, status, name, body FROM comment WHERE NOT by_author ORDER BY id"
    for number, status, name, body in connection.execute(sql):
        if holds(name, word) or holds(body, word):
            found[status].append(number)
    return found
