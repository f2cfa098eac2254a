"""Who may post, and how often. No address is stored, only a hash whose salt lives for a day."""

import hashlib
import ipaddress
import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

DAY = 86_400
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


def visitor(connection: sqlite3.Connection, address: str, at: float) -> str:
    """Return a name for this address that is good until midnight (UTC) and says nothing of it.

    Call it in a transaction. An IPv6 address counts as its network: one reader has many.
    """
    try:
        parsed = ipaddress.ip_address(address)
        if parsed.version == 6:
            address = str(ipaddress.ip_network((int(parsed), 64), strict=False))
    except ValueError:
        pass  # a name, as from a socket: it serves as well
    day = datetime.fromtimestamp(at, UTC).date().isoformat()
    fresh = secrets.token_bytes(32)
    connection.execute("INSERT OR IGNORE INTO salt (day, value) VALUES (?, ?)", (day, fresh))
    (salt,) = connection.execute("SELECT value FROM salt WHERE day = ?", (day,)).fetchone()
    return hashlib.blake2b(address.encode(), key=salt, digest_size=16).hexdigest()


def fingerprint(who: str, *said: object) -> str:
    """Return a name for what a visitor said, to know it again when it is sent twice."""
    return hashlib.blake2b(repr(said).encode(), key=who.encode(), digest_size=16).hexdigest()


def said_before(connection: sqlite3.Connection, who: str, said: str) -> bool:
    """Whether this visitor has sent this very comment today."""
    sql = "SELECT 1 FROM visit WHERE address = ? AND said = ?"
    return connection.execute(sql, (who, said)).fetchone() is not None


def too_many(
    connection: sqlite3.Connection, who: str, thread: str, at: float, limits: Limits
) -> int | None:
    """Return in how many seconds to come again, or None if one more comment is welcome."""
    by_address = "SELECT count(*), min(at) FROM visit WHERE address = ? AND at > ?"
    by_thread = "SELECT count(*), min(at) FROM visit WHERE thread = ? AND at > ?"
    return _wait(connection, by_address, who, at, limits.address) or _wait(
        connection, by_thread, thread, at, limits.thread
    )


def _wait(
    connection: sqlite3.Connection, sql: str, key: str, at: float, rates: Iterable[Rate]
) -> int | None:
    for most, seconds in rates:
        count, oldest = connection.execute(sql, (key, at - seconds)).fetchone()
        if count >= most:
            return max(1, int((oldest or at) + seconds - at) + 1)
    return None


def record_visit(
    connection: sqlite3.Connection, who: str, thread: str, said: str, at: float
) -> None:
    """Count one comment."""
    sql = "INSERT INTO visit (address, thread, said, at) VALUES (?, ?, ?, ?)"
    connection.execute(sql, (who, thread, said, at))


def forget(connection: sqlite3.Connection, at: float) -> None:
    """Delete the salts of other days, and with them the way back to any address."""
    day = datetime.fromtimestamp(at, UTC).date().isoformat()
    connection.execute("DELETE FROM salt WHERE day <> ?", (day,))
    connection.execute("DELETE FROM visit WHERE at < ?", (at - DAY,))
