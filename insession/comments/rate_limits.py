"""Who may post, and how often. No address is kept, only hashes whose salt lives until midnight.

All of this is in the memory of the service and never on a disk: it ends with the process.

Who sends is counted by networks of rising size, each with more room than the one within it: so
what one of them does shuts out nobody beside it. An IPv6 reader has a /64 at least, a household
often a /56, a site a /48 (RFC 6177); a provider has a /32 and hands those out.
"""

import hashlib
import ipaddress
import secrets
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from socket import inet_ntoa
from typing import NamedTuple

from werkzeug.datastructures import Headers

from insession.comments.database import turn

DAY = 86_400
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
Times = defaultdict[str, deque[float]]  # when the comments of each came, the oldest first


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
    headers: Mapping[str, str] | Headers, origins: frozenset[str], own: str, proven: bool = False
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


class Origin(NamedTuple):
    """Where a comment of today came from, as names that say nothing of it (blocks.py)."""

    today: dict[str, str]  # with the salt of the day
    own: dict[str, str]  # with a salt of its own
    salt: bytes


@dataclass
class Visits:
    """The memory of who came. All threads use it, under `database.turn`.

    It is bounded by how many comments are taken from everyone in a day.
    """

    salts: dict[str, bytearray] = field(default_factory=dict)  # by days; one, but at midnight
    came: Times = field(default_factory=lambda: defaultdict(deque))  # from each network
    threads: dict[str, Times] = field(default_factory=dict)  # the same, of each thread
    said: dict[str, float] = field(default_factory=dict)  # fingerprints, and when they came last
    origins: dict[int, Origin] = field(default_factory=dict)  # by the numbers of comments


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
        first = value >> rest << rest
        # What ipaddress writes too, but for IPv4 it takes ten times as long.
        name = str(ipaddress.IPv6Address(first)) if is_six else inet_ntoa(first.to_bytes(4))
        found[size] = f"{name}/{bits[is_six]}"
    return found | {"everyone": ""}


def visitor(visits: Visits, places: Networks, at: float) -> Networks:
    """Return names for the networks that an address is in, which say nothing of it.

    They are good until midnight (UTC). `at` is the time of day.
    """
    salt = visits.salts.setdefault(day_of(at), bytearray(secrets.token_bytes(32)))
    found = {size: digest(salt, size, network) for size, network in places.items()}
    return found | {"everyone": EVERYONE}


def digest(salt: bytes | bytearray, size: str, network: str) -> str:
    """Return a name for a network that can't be read back without the salt."""
    return hashlib.blake2b(f"{size} {network}".encode(), key=salt, digest_size=16).hexdigest()


def fingerprint(who: Networks, *said: object) -> str:
    """Return a name for what a visitor said, to know it again when it is sent twice."""
    key = who["host"].encode()
    return hashlib.blake2b(repr(said).encode(), key=key, digest_size=16).hexdigest()


def too_many(visits: Visits, who: Networks, thread: str, at: float, limits: Limits) -> int | None:
    """Return in how many seconds to come again, or None if one more comment is welcome.

    `at`, here and below, is of a clock that no one sets (time.monotonic).
    """
    for size, rates in limits.networks:
        came = visits.came.get(who[size], ())
        for rate in rates:
            if wait := _wait(came, rate, at):
                return wait
    crowd: Mapping[str, deque[float]] = visits.threads.get(thread, {})
    own = crowd.get(who["network"], ())
    for most, seconds in limits.thread:
        if _size(crowd, at - seconds) >= most and (wait := _wait(own, (SHARE, seconds), at)):
            return wait
    return None


def _wait(came: Sequence[float], rate: Rate, at: float) -> int | None:
    """Return when the oldest of as many as are welcome is over, if there are so many."""
    most, seconds = rate
    if len(came) < most or came[-most] <= at - seconds:
        return None
    return max(1, int(came[-most] + seconds - at) + 1)


def _size(crowd: Mapping[str, deque[float]], since: float) -> int:
    """Return how many comments a thread has got, where each network counts for its share only."""
    return sum(at > since for came in crowd.values() for at in islice(reversed(came), SHARE))


def record_visit(visits: Visits, who: Networks, thread: str, said: str, at: float) -> None:
    """Count one comment: for each network that it came from, and once for the thread."""
    for name in who.values():
        visits.came[name].append(at)
    visits.threads.setdefault(thread, defaultdict(deque))[who["network"]].append(at)
    visits.said[said] = at


def forget(visits: Visits, day: str, at: float) -> None:
    """Forget what is older than a day; on another day, all that was made with the salt before."""
    with turn:
        for other in visits.salts.keys() - {day}:
            visits.salts.pop(other)[:] = bytes(32)  # overwritten: without it the names say nothing
            everyone = visits.came.pop(EVERYONE, deque())
            for memory in (visits.came, visits.threads, visits.said, visits.origins):
                memory.clear()
            visits.came[EVERYONE] = everyone
        oldest = visits.came.get(EVERYONE)
        if oldest and oldest[0] <= at - DAY:
            _forget_until(visits, at - DAY)


def _forget_until(visits: Visits, last: float) -> None:
    for times in (visits.came, *visits.threads.values()):
        for name, came in list(times.items()):
            while came and came[0] <= last:
                came.popleft()
            if not came:
                del times[name]
    visits.threads = {thread: times for thread, times in visits.threads.items() if times}
    visits.said = {said: at for said, at in visits.said.items() if at > last}


def day_of(at: float) -> str:
    """The day (UTC) of a time."""
    return datetime.fromtimestamp(at, UTC).date().isoformat()
