"""Tells by its words whether a text is one that was published before, whatever its file is called.

A sketch of a text is kept in the ledger: of all its runs of eight letters the few whose checksums
are the smallest. Two texts have as much of their sketches in common as of their runs (A. Broder,
On the resemblance and containment of documents, 1997); nobody can read the text out of it.
"""

import heapq
import re
import unicodedata
from functools import lru_cache
from zlib import crc32

SIZE = 16  # bytes of a run: eight letters
KEPT = 32  # checksums
ALIKE = 0.5  # so much in common makes it the same text: nine tenths of the words, or more
CLOSE = 0.8


def sketch(body: str) -> str:
    """Return the sketch of a text, "" if it has no words."""
    plain = unicodedata.normalize("NFKC", body).casefold()
    letters = re.sub(r"[\W_]+", "", plain).encode("utf-16-be")
    if not letters:
        return ""
    last = max(len(letters) - SIZE, 0)
    sums = {crc32(letters[at : at + SIZE]) for at in range(0, last + 1, 2)}
    return "".join(f"{number:08x}" for number in heapq.nsmallest(KEPT, sums))


def are_alike(one: str, other: str) -> bool:
    """Whether two sketches are of the same text, or of one in which a little was changed."""
    return _likeness(one, other) >= ALIKE


def are_close(one: str, other: str) -> bool:
    """Whether two sketches are of nearly the same words."""
    return _likeness(one, other) >= CLOSE


def _likeness(one: str, other: str) -> float:
    first, second = _numbers(one), _numbers(other)
    if first.isdisjoint(second):
        return 0.0
    if len(first) < KEPT or len(second) < KEPT:  # a text of few words: only if they are the same
        return float(first == second)
    smallest = {*sorted(first | second)[:KEPT]}
    return len(smallest & first & second) / KEPT


@lru_cache(4096)
def _numbers(written: str) -> frozenset[str]:
    return frozenset(written[at : at + 8] for at in range(0, len(written), 8))
