"""The index of the search: what it says, and how small it is."""

import json
import re
from collections.abc import Iterator

import brotli
import pytest

from benchmarks.articles import write_articles
from insession.content.words import words_by_weight
from insession.output.search_index import Entry, digits, find_places, make_index
from insession.publish.web_servers.server_files import QUALITY

MOST = 110_000  # bytes of a thousand articles, as they are sent


def entry(words: str, address: str = "a/", **shown: str) -> Entry:
    """A text with these words, a line for each weight."""
    return Entry(address, shown.get("title", "A"), "About it.", "Topic", ("One",), words)


def read(index: bytes) -> dict:
    """What the module says."""
    text = index.decode()
    assert text.startswith("export default {") and text.endswith("};\n")
    return json.loads(text.removeprefix("export default ").removesuffix(";\n"))


def numbers(written: str) -> Iterator[int]:
    """The numbers behind their digits, read as the script reads them."""
    number = 0
    for sign in written:
        if (code := ord(sign)) > 92:
            number = number * 32 + code - 93
        else:
            yield number * 56 + code - 35
            number = 0


def places(index: dict) -> dict[str, list[tuple[int, int]]]:
    """Each word with its texts, and its weight in each."""
    found = {}
    for word, line in zip(index["words"].split("\n"), index["places"].split("\n"), strict=True):
        text, found[word] = -1, []
        for number in numbers(line):
            text += (number >> 2) + 1
            found[word].append((text, number & 3))
    return found


@pytest.mark.parametrize("number", [0, 1, 55, 56, 57, 1791, 1792, 1793, 40_000, 10**7])
def test_a_number_is_read_as_it_was_written(number: int) -> None:
    assert [*numbers(digits(number) + digits(3))] == [number, 3]
    assert json.dumps(digits(number)) == f'"{digits(number)}"'  # nothing needs a second sign


def test_an_index_says_in_which_texts_a_word_stands_and_what_it_weighs() -> None:
    entries = [entry("one\ntwo\nfour"), entry("\n\n"), entry("two\nfour\none")]
    index = read(make_index("en", "ltr", entries))
    assert places(index) == {
        "four": [(0, 0), (2, 1)],
        "one": [(0, 2), (2, 0)],
        "two": [(0, 1), (2, 2)],
    }
    assert index["texts"][0] == ["a/", "A", "About it.", "Topic", "One"]
    assert (index["language"], index["direction"]) == ("en", "ltr")


def test_an_index_without_words_is_none_the_less_one() -> None:
    assert read(make_index("en", "ltr", []))["texts"] == []


def test_words_are_in_one_order_whatever_the_texts() -> None:
    found = find_places([entry("b\nz\nä a")])
    assert [*found] == sorted(found)


def thousand() -> list[Entry]:
    """A thousand articles as benchmarks write them."""
    found = []
    for each in write_articles(1000):
        headings = tuple(re.findall("(?m)^## (.*)$", each.body))
        named = [each.summary, each.topic, *each.tags, *headings]
        words = words_by_weight(each.title, named, each.body)
        found.append(Entry(f"{each.slug}/", each.title, each.summary, each.topic, headings, words))
    return found


def test_a_thousand_articles_are_one_small_file() -> None:
    index = make_index("en", "ltr", thousand())
    assert len(brotli.compress(index, mode=brotli.MODE_TEXT, quality=QUALITY)) <= MOST
