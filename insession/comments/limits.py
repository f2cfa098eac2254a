"""Who may post, and how often. No address is kept, only a hash whose salt lives until midnight.

All of this is in the memory of the service and never on a disk: it ends with the process.
"""

import hashlib
import ipaddress
import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from insession.comments.database import turn

DAY = 86_400
MEMORY = (
    "PRAGMA secure_delete = ON",
    "CREATE TABLE visit (address TEXT, thread TEXT, said TEXT, at REAL)",
    "CREATE INDEX visit_by_address ON visit (address, at)",
    "CREATE INDEX visit_by_thread ON visit (thread, at)",
    "CREATE TABLE salt (day TEXT PRIMARY KEY, value BLOB NOT NULL)",
)
Rate = tuple[int, float]  # so many comments in so many seconds


@dataclass(frozen=True)
class Limits:
    """How many comments are taken from one address, and in one thread from everybody."""

    address: tuple[Rate, ...] = ((5, 600), (20, DAY))
    thread: tuple[Rate, ...] = ((60, 3_600), (300, DAY))


def comes_from(
    headers: Mapping[str, str], origins: frozenset[str], own: str, proven: bool = False
) -> bool:
    """Whether a page of one of these sites made this request.

    By what browsers say and no page can forge: https://fetch.spec.whatwg.org/#origin-header,
    https://www.w3.org/TR/fetch-metadata/. Where a browser says neither, `proven` does: whether
    the form carries what we have signed for this very visitor.
    """
    origin, site = headers.get("Origin"), headers.get("Sec-Fetch-Site")
    if origin in {None, "null"}:  # set so, or a page of ours whose referrer policy is no-referrer
        return site == "same-origin" or (site is None and proven)
    if origin not in origins:
        return False
    return site in ({None, "same-origin"} if origin == own else {None, "same-site", "cross-site"})


def open_visits() -> sqlite3.Connection:
    """Return an empty memory of who came. All threads use it, under `database.turn`."""
    visits = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    for statement in MEMORY:
        visits.execute(statement)
    return visits


def visitor(visits: sqlite3.Connection, address: str, at: float) -> str:
    """Return a name for this address that is good until midnight (UTC) and says nothing of it.

    `at` is the time of day. An IPv6 address counts as its network: one reader has many.
    """
    try:
        parsed = ipaddress.ip_address(address)
        if parsed.version == 6:
            address = str(ipaddress.ip_network((int(parsed), 64), strict=False))
    except ValueError:
        pass  # a name, as from a socket: it serves as well
    day, fresh = day_of(at), secrets.token_bytes(32)
    visits.execute("INSERT OR IGNORE INTO salt (day, value) VALUES (?, ?)", (day, fresh))
    (salt,) = visits.execute("SELECT value FROM salt WHERE day = ?", (day,)).fetchone()
    return hashlib.blake2b(address.encode(), key=salt, digest_size=16).hexdigest()


def fingerprint(who: str, *said: object) -> str:
    """Return a name for what a visitor said, to know it again when it is sent twice."""
    return hashlib.blake2b(repr(said).encode(), key=who.encode(), digest_size=16).hexdigest()


def said_before(visits: sqlite3.Connection, who: str, said: str) -> bool:
    """Whether this visitor has sent this very comment today."""
    sql = "SELECT 1 FROM visit WHERE address = ? AND said = ?"
    return visits.execute(sql, (who, said)).fetchone() is not None


def too_many(
    visits: sqlite3.Connection, who: str, thread: str, at: float, limits: Limits
) -> int | None:
    """Return in how many seconds to come again, or None if one more comment is welcome.

    `at`, here and below, is of a clock that no one sets (time.monotonic).
    """
    by_address = "SELECT count(*), min(at) FROM visit WHERE address = ? AND at > ?"
    by_thread = "SELECT count(*), min(at) FROM visit WHERE thread = ? AND at > ?"
    return _wait(visits, by_address, who, at, limits.address) or _wait(
        visits, by_thread, thread, at, limits.thread
    )


def _wait(
    visits: sqlite3.Connection, sql: str, key: str, at: float, rates: Iterable[Rate]
) -> int | None:
    for most, seconds in rates:
        count, oldest = visits.execute(sql, (key, at - seconds)).fetchone()
        if count >= most:
            return max(1, int((oldest or at) + seconds - at) + 1)
    return None


def record_visit(visits: sqlite3.Connection, who: str, thread: str, said: str, at: float) -> None:
    """Count one comment."""
    sql = "INSERT INTO visit (address, thread, said, at) VALUES (?, ?, ?, ?)"
    visits.execute(sql, (who, thread, said, at))


def forget(visits: sqlite3.Connection, day: str, at: float) -> None:
    """Delete what is older than a day, the salts of other days, and all that was made with them.

    What is left of those days counts how many comments an article had.
    """
    with turn:
        visits.execute("DELETE FROM visit WHERE at <= ?", (at - DAY,))
        if visits.execute("DELETE FROM salt WHERE day <> ?", (day,)).rowcount:
            visits.execute("UPDATE visit SET address = NULL, said = NULL")


def day_of(at: float) -> str:
    """The day (UTC) of a time."""
    return datetime.fromtimestamp(at, UTC).date().isoformat()
