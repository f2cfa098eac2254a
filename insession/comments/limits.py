"""Who may post, and how often. No address is kept, only hashes whose salt lives until midnight.

All of this is in the memory of the service and never on a disk: it ends with the process.

Who sends is counted by networks of rising size, each with more room than the one within it: so
what one of them does shuts out nobody beside it. An IPv6 reader has a /64 at least, a household
often a /56, a site a /48 (RFC 6177); a provider has a /32 and hands those out.
"""

import hashlib
import ipaddress
import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from insession.comments.database import turn

DAY = 86_400
MEMORY = (
    "PRAGMA secure_delete = ON",
    "CREATE TABLE visit (address TEXT, thread TEXT, said TEXT, at REAL)",
    "CREATE INDEX visit_by_address ON visit (address, at)",
    "CREATE INDEX visit_by_thread ON visit (thread, at)",
    "CREATE INDEX visit_by_time ON visit (at)",
    "CREATE TABLE salt (day TEXT PRIMARY KEY, value BLOB NOT NULL)",
    """CREATE TABLE origin (
        comment INTEGER PRIMARY KEY, host TEXT, network TEXT,
        salt BLOB, own_host TEXT, own_network TEXT
    )""",  # what blocks.py needs
)
SIZES = {  # how many bits of an address, IPv4 and IPv6, name the network of this size
    "host": (32, 64),
    "household": (32, 56),
    "network": (24, 48),
    "provider": (16, 32),
    "everyone": (0, 0),
}
EVERYONE = "everyone"  # the name of all together, which no midnight has to change
SHARE = 5  # comments in a thread that one network has, however crowded it is by others
Rate = tuple[int, float]  # so many comments in so many seconds
Networks = dict[str, str]  # a name for each network that an address is in, by its size


@dataclass(frozen=True)
class Limits:
    """How many comments are taken from one network of each size, and in a thread from all.

    A class behind one address can write at once; so can several in a building, and so on upwards.
    """

    networks: tuple[tuple[str, tuple[Rate, ...]], ...] = (
        ("host", ((40, 600), (80, DAY))),
        ("household", ((60, 600), (120, DAY))),
        ("network", ((120, 600), (240, DAY))),
        ("provider", ((480, 600), (960, DAY))),
        ("everyone", ((5_000, DAY),)),
    )
    thread: tuple[Rate, ...] = ((60, 3_600), (300, DAY))
    mails: int | None = 5  # that an hour brings before they become one; None: each comment's own


def comes_from(
    headers: Mapping[str, str], origins: frozenset[str], own: str, proven: bool = False
) -> bool:
    """Whether a page of one of these sites made this request.

    By what browsers say and no page can forge: https://fetch.spec.whatwg.org/#origin-header,
    https://www.w3.org/TR/fetch-metadata/. Where a browser says neither, `proven` does: whether
    the form carries what we have signed for this very visitor. Asked by another of our names, as
    the preview is by http://localhost, a page of ours says same-origin, too.
    """
    origin, site = headers.get("Origin"), headers.get("Sec-Fetch-Site")
    if origin in {None, "null"}:  # set so, or a page of ours whose referrer policy is no-referrer
        return site == "same-origin" or (site is None and proven)
    if origin not in origins:
        return False
    return site in {None, "same-origin"} or (origin != own and site in {"same-site", "cross-site"})


def open_visits() -> sqlite3.Connection:
    """Return an empty memory of who came. All threads use it, under `database.turn`."""
    visits = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    for statement in MEMORY:
        visits.execute(statement)
    return visits


def networks(address: str) -> Networks:
    """Return the network of each size that an address is in, as text."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:  # a name, as from a socket: it serves as well
        return {size: address for size in SIZES if size != "everyone"} | {"everyone": ""}
    if isinstance(parsed, ipaddress.IPv6Address):
        parsed = parsed.ipv4_mapped or parsed
    is_six, value = parsed.version == 6, int(parsed)
    found = {}
    for size, bits in SIZES.items():
        rest = parsed.max_prefixlen - bits[is_six]
        found[size] = f"{type(parsed)(value >> rest << rest)}/{bits[is_six]}"
    return found | {"everyone": ""}


def visitor(visits: sqlite3.Connection, address: str, at: float) -> Networks:
    """Return names for the networks of this address that say nothing of it.

    They are good until midnight (UTC). `at` is the time of day.
    """
    day, fresh = day_of(at), secrets.token_bytes(32)
    visits.execute("INSERT OR IGNORE INTO salt (day, value) VALUES (?, ?)", (day, fresh))
    (salt,) = visits.execute("SELECT value FROM salt WHERE day = ?", (day,)).fetchone()
    found = {size: digest(salt, size, network) for size, network in networks(address).items()}
    return found | {"everyone": EVERYONE}


def digest(salt: bytes, size: str, network: str) -> str:
    """Return a name for a network that can't be read back without the salt."""
    return hashlib.blake2b(f"{size} {network}".encode(), key=salt, digest_size=16).hexdigest()


def fingerprint(who: Networks, *said: object) -> str:
    """Return a name for what a visitor said, to know it again when it is sent twice."""
    key = who["host"].encode()
    return hashlib.blake2b(repr(said).encode(), key=key, digest_size=16).hexdigest()


def said_before(visits: sqlite3.Connection, who: Networks, said: str) -> bool:
    """Whether this visitor has sent this very comment today."""
    sql = "SELECT 1 FROM visit WHERE address = ? AND said = ?"
    return visits.execute(sql, (who["host"], said)).fetchone() is not None


def too_many(
    visits: sqlite3.Connection, who: Networks, thread: str, at: float, limits: Limits
) -> int | None:
    """Return in how many seconds to come again, or None if one more comment is welcome.

    `at`, here and below, is of a clock that no one sets (time.monotonic).
    """
    for size, rates in limits.networks:
        for rate in rates:
            if wait := _wait(visits, rate, at, who[size]):
                return wait
    for most, seconds in limits.thread:
        if _crowd(visits, thread, at - seconds) >= most and (
            wait := _wait(visits, (SHARE, seconds), at, who["network"], thread)
        ):
            return wait
    return None


def _wait(
    visits: sqlite3.Connection, rate: Rate, at: float, network: str, thread: str = ""
) -> int | None:
    """Return when the oldest of as many as are welcome is over, if there are so many."""
    most, seconds = rate
    which, values = "address = ? AND at > ?", [network, at - seconds]
    if thread:
        which, values = f"{which} AND thread = ?", [*values, thread]
    sql = f"SELECT at FROM visit WHERE {which} ORDER BY at DESC LIMIT 1 OFFSET ?"  # noqa: S608
    found = visits.execute(sql, (*values, most - 1)).fetchone()
    return max(1, int(found[0] + seconds - at) + 1) if found else None


def _crowd(visits: sqlite3.Connection, thread: str, since: float) -> int:
    """Return how many comments a thread has got, where each network counts for its share only."""
    sql = (
        "SELECT total(min(of_one, ?)) FROM (SELECT count(*) AS of_one FROM visit "
        "WHERE thread = ? AND at > ? GROUP BY address)"
    )
    return int(visits.execute(sql, (SHARE, thread, since)).fetchone()[0])


def record_visit(
    visits: sqlite3.Connection, who: Networks, thread: str, said: str, at: float
) -> None:
    """Count one comment: for each network that it came from, and once for the thread."""
    rows = [
        (name, thread if size == "network" else None, said if size == "host" else None, at)
        for size, name in who.items()
    ]
    sql = "INSERT INTO visit (address, thread, said, at) VALUES (?, ?, ?, ?)"
    visits.executemany(sql, rows)


def forget(visits: sqlite3.Connection, day: str, at: float) -> None:
    """Delete what is older than a day; on another day, all that was made with the salt before."""
    with turn:
        visits.execute("DELETE FROM visit WHERE at <= ?", (at - DAY,))
        if visits.execute("DELETE FROM salt WHERE day <> ?", (day,)).rowcount:
            visits.execute("DELETE FROM visit WHERE address <> ?", (EVERYONE,))
            visits.execute("DELETE FROM origin")


def day_of(at: float) -> str:
    """The day (UTC) of a time."""
    return datetime.fromtimestamp(at, UTC).date().isoformat()
