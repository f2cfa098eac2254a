"""The text below a header, by its lines, and what in it is code."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple

from markdown_it.token import Token

from insession.common.invisible import DIRECTIONS, UNSEEN
from insession.content.commonmark_rules import make_parser
from insession.content.markdown import to_html
from pelicanconf import MARKDOWN

CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)((?:[^\n]|\n(?!\s*\n))+?)(?<!`)\1(?!`)")
RAW = re.compile(r"<(pre|code|kbd|samp|script|style|textarea)\b.*?</\1\s*>|<!--.*?-->", re.S | re.I)
LETTERS = re.compile(r"[^\W\d_]+")
CODE_TAGS = {"pre", "code"}
BLOCKS = re.compile("p|li|h[1-6]|d[tdl]|t[rhd]|[ou]l|div|section|blockquote|pre|br|hr|figure")


class BodyLine(NamedTuple):
    """A line, and the number that it had in the file (0: it is new)."""

    number: int
    text: str


Lines = list[BodyLine]


class BodyChange(NamedTuple):
    """What was mended on a line: what it was, and the line before and after."""

    number: int
    kind: str
    before: str
    after: str


def text_of(lines: Lines) -> str:
    """Return the lines as a text."""
    return "\n".join(line.text for line in lines)


@lru_cache(4)
def tokens_of(text: str) -> tuple[Token, ...]:
    """Return a text's blocks, as a page has them."""
    return tuple(make_parser().parse(text))


def blocks(lines: Lines, kind: str) -> Iterator[tuple[int, int, int]]:
    """Yield first line, end and depth of each block of a kind."""
    for token in tokens_of(text_of(lines)):
        if token.type == kind and token.map:
            yield token.map[0], _end(lines, *token.map), token.level


def _end(lines: Lines, start: int, end: int) -> int:
    while end > start + 1 and not lines[end - 1].text.strip():
        end -= 1
    return end


def code_lines(lines: Lines, with_html: bool = False) -> set[int]:
    """Return the places of all lines in which nothing may be changed."""
    kinds = ("fence", "code_block", *(["html_block"] if with_html else []))
    return {n for kind in kinds for start, end, _ in blocks(lines, kind) for n in range(start, end)}


def code_spans(lines: Lines) -> list[tuple[int, int]]:
    """Return where code begins and ends in the text."""
    text = text_of(lines)
    spans = [found.span() for pattern in (CODE_SPAN, RAW) for found in pattern.finditer(text)]
    code, start = code_lines(lines), 0
    for place, line in enumerate(lines):
        end = start + len(line.text) + 1
        spans += [(start, end)] if place in code else []
        start = end
    return spans


class _Shown(HTMLParser):
    """What a page shows: its words, and what stands in code."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.code: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep apart what stands in blocks of their own, and in code."""
        if BLOCKS.fullmatch(tag):
            self.parts.append(" ")
        if tag in CODE_TAGS:
            self.code += [] if self._depth else [""]
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        """Leave code."""
        self._depth -= tag in CODE_TAGS and self._depth > 0

    def handle_data(self, data: str) -> None:
        """Take the text."""
        self.parts.append(data)
        if self._depth:
            self.code[-1] += data


def shown(text: str) -> tuple[list[str], list[str]]:
    """Return the words that the page of a Markdown text shows, and each piece of code in it."""
    parser = _Shown()
    parser.feed(to_html(text, MARKDOWN))
    parser.close()
    seen = UNSEEN.sub("", DIRECTIONS.sub("", "".join(parser.parts)))
    return LETTERS.findall(seen), parser.code
