"""Asks web addresses whether they still answer: few at once, politely, and not again for days.

One request at a time for each host with a pause between them, HEAD before GET, and Retry-After
obeyed (RFC 9110). How one request is made: safe_request.py.
"""

import ipaddress
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from insession.check.links.safe_request import Answer, request
from insession.common.progress import Advance, progress

FRESH = 7 * 24 * 3600  # seconds that a good answer is remembered
LONGEST_WAIT = 24 * 3600


@dataclass
class Asking:
    """How to ask. Tests allow 127.0.0.1 and need no pauses."""

    agent: str
    cache: Path
    is_allowed: Callable[[str], bool] = lambda address: ipaddress.ip_address(address).is_global
    at_once: int = 8
    pause: float = 1.0
    timeout: float = 10.0
    total: float = 120.0
    now: Callable[[], float] = time.time
    waits: dict[str, float] = field(default_factory=dict)


def ask_all(addresses: Iterable[str], how: Asking) -> dict[str, Answer]:
    """Ask each address, except those that answered well in the last days."""
    wanted = set(addresses)
    cached, how.waits = _read_cache(how)
    known = {address: answer for address, answer in cached.items() if address in wanted}
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for address in sorted(wanted - set(known)):
        by_host[urlsplit(address).hostname or ""].append(address)
    ends = time.monotonic() + how.total
    with (
        progress("Asking other websites", sum(map(len, by_host.values()))) as advance,
        ThreadPoolExecutor(how.at_once) as pool,
    ):

        def ask_host(host: str) -> list[tuple[str, Answer]]:
            return [*_ask_host(host, by_host[host], how, ends, advance)]

        rounds = pool.map(ask_host, by_host)
        asked = {address: answer for answers in rounds for address, answer in answers}
    if asked and all(answer.kind == "no host" for answer in asked.values()):
        offline = Answer("unsure", "no name could be looked up; is this computer online?")
        asked = dict.fromkeys(asked, offline)
    _write_cache(how, asked)
    return known | asked


def _ask_host(
    host: str, addresses: list[str], how: Asking, ends: float, advance: Advance
) -> Iterator[tuple[str, Answer]]:
    for number, address in enumerate(addresses):
        if how.waits.get(host, 0) > how.now():
            yield address, Answer("unsure", "the site asks to be left in peace for a while")
        elif time.monotonic() > ends:
            yield address, Answer("unsure", "there was no time left to ask")
        else:
            if number:
                time.sleep(how.pause)
            yield address, _ask(address, host, how)
        advance(1)


def _ask(address: str, host: str, how: Asking) -> Answer:
    """HEAD, and GET for those that don't know HEAD or answer it wrongly."""
    for number, method in enumerate(("HEAD", "GET")):
        if number:
            time.sleep(how.pause)
        answer = request(method, address, how.agent, how.timeout, how.is_allowed)
        if answer.wait:
            how.waits[host] = how.now() + min(answer.wait, LONGEST_WAIT)
        if answer.wait or answer.kind in {"works", "moved", "no host"}:
            break
    return answer


def _read_cache(how: Asking) -> tuple[dict[str, Answer], dict[str, float]]:
    try:
        kept = json.loads(how.cache.read_text(encoding="utf-8"))
        fresh = {
            address: Answer(entry["kind"], entry["detail"])
            for address, entry in kept["answers"].items()
            if how.now() - FRESH < entry["asked"] <= how.now()
        }
        waits = {host: float(until) for host, until in kept["waits"].items() if until > how.now()}
        return fresh, waits
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, {}  # none yet, or damaged: ask again


def _write_cache(how: Asking, asked: dict[str, Answer]) -> None:
    """Keep good answers; a broken link is asked again, so that a mended one is seen at once."""
    try:
        kept = json.loads(how.cache.read_text(encoding="utf-8"))["answers"]
        kept = {a: e for a, e in kept.items() if e["asked"] > how.now() - FRESH}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        kept = {}
    for address, answer in asked.items():
        if answer.kind in {"works", "moved"}:
            kept[address] = {"kind": answer.kind, "detail": answer.detail, "asked": how.now()}
    how.cache.parent.mkdir(parents=True, exist_ok=True)
    written = json.dumps({"answers": kept, "waits": how.waits}, indent=1, sort_keys=True)
    how.cache.write_text(written, encoding="utf-8")
