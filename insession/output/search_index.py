"""The index of the search: the texts of one language, and which words stand in which of them.

It is a module for the browser, so that a page may load it that may load scripts and nothing else.

`words` are all words in their order, one a line, and `places` says in the same line in which texts
a word stands. Each place is one number: four times the texts that are skipped since the last, and
the word's weight there. A number is written with a last digit to the base of 56, and digits to the
base of 32 before it where it has any: so it is one sign for most places.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

WEIGHTS = (2, 1, 0)  # of the lines of `words_by_weight`
LAST, BEFORE = 56, 32  # how many digits there are of either kind
FIRST_LAST, FIRST_BEFORE = 35, 93  # ASCII from # to Z and from ] to |, without " and \\


class Entry(NamedTuple):
    """A text that can be found: what is shown of it, and its words (insession/content/words.py).

    `topic` is the name of its topic, or empty.
    """

    address: str
    title: str
    summary: str
    topic: str
    headings: tuple[str, ...]
    words: str


def make_index(language: str, direction: str, entries: Iterable[Entry]) -> bytes:
    """Return the index of texts in one language, which runs in this direction."""
    entries = [*entries]
    places = find_places(entries)
    signs = [digits(number) for number in range(4 * len(entries))]  # none is larger
    index = {
        "language": language,
        "direction": direction,
        "texts": [[e.address, e.title, e.summary, e.topic, *e.headings] for e in entries],
        "words": "\n".join(places),
        "places": "\n".join([_written(each, signs) for each in places.values()]),
    }
    return f"export default {json.dumps(index, ensure_ascii=False)};\n".encode()


def find_places(entries: Iterable[Entry]) -> dict[str, list[int]]:
    """Return each word, in their order, with its places: 4 × the number of a text + its weight."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for weight, line in zip(WEIGHTS, entry.words.split("\n"), strict=True):
            place = 4 * number + weight
            for word in line.split():
                found[word].append(place)
    return {word: found[word] for word in sorted(found)}


def _written(places: list[int], signs: list[str]) -> str:
    """Return the places of a word as they are written, by what each number is written as."""
    # With its weight made 3, a place is one less than that of the next text without any weight.
    pairs = pairwise((-1, *places))
    return "".join([signs[place - (before | 3) - 1] for before, place in pairs])


def digits(number: int) -> str:
    """Return a number as it is written in the index."""
    before, last = divmod(number, LAST)
    written = chr(FIRST_LAST + last)
    while before:
        before, digit = divmod(before, BEFORE)
        written = chr(FIRST_BEFORE + digit) + written
    return written
