"""Sentences with the line of every character, and what of them stands in quotation marks."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Kind = Literal["text", "heading", "item", "note", "cell", "picture"]

# After these a full stop doesn't end the sentence.
SHORT = frozenset(
    "dr mr mrs ms mx prof rev st jr sr vs cf eg ie approx dept eds fig inc ltd co nos pp vol ch "
    "jan feb apr jun jul aug sept oct nov u.s u.k n.y e.g i.e a.m p.m ph.d".split()
)
END = re.compile(r"""[.!?…]+["'”’)\]]*(?=\s+["'“‘(\[]*[A-Z0-9À-Þ])""")
LAST_WORD = re.compile(r"[\w.'’]*$")
# "…", “…”, '…' or ‘…’; the double ones may stay open to the end, as when a speech goes on.
QUOTATION = re.compile(
    r"""(?<!\w)"(?=\S)[^"]*(?:"|\Z)|“[^”]*(?:”|\Z)"""
    r"""|(?<!\w)‘[^‘’]*(?:’\w[^‘’]*)*’(?!\w)|(?<!\w)'(?=\S)[^']*(?:'\w[^']*)*'(?!\w)"""
)
OPENED = re.compile(r"""(?<!\w)["“](?=\S)""")
CLOSED = re.compile(r"""(?<=\S)["”](?!\w)""")
LONGEST_SPEECH = 12  # paragraphs; what stays open longer was never closed
# A letter of another script than the Latin one, in which English is written: 沉, ש, Ж.
OTHER_LETTER = re.compile(
    r"[^\W\d_\u0000-\u02af\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\ufb00-\ufb06]"
)
LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Sentence:
    """A sentence as a reader sees it, without Markdown's signs.

    `line` is where it starts in the file; `is_quoted` is true in a block quotation. Words between
    quotation marks and in titles are inside `text`; `find` leaves them out.
    """

    text: str
    line: int
    kind: Kind = "text"
    is_quoted: bool = False
    breaks: tuple[int, ...] = ()
    quotations: tuple[tuple[int, int], ...] = field(default=(), repr=False)

    @cached_property
    def straight(self) -> str:
        """The text with straight apostrophes, as patterns have them; positions stay the same."""
        return self.text.replace("’", "'")

    @cached_property
    def unquoted(self) -> str:
        """The straight text with blanks where something is quoted; positions stay the same."""
        words = self.straight
        for start, end in self.quotations:
            words = (
                words[: max(start, 0)] + " " * (min(end, len(words)) - max(start, 0)) + words[end:]
            )
        return words

    @cached_property
    def is_latin(self) -> bool:
        """Whether most of its letters are Latin: of other scripts, some have no spaces at all."""
        others = len(OTHER_LETTER.findall(self.text))
        return others == 0 or 2 * others <= len(LETTER.findall(self.text))

    def line_at(self, position: int) -> int:
        """Return the file's line on which the character at this position stands."""
        return self.line + bisect_right(self.breaks, position)

    def in_quotes(self, position: int) -> bool:
        """Whether the character at this position is said by somebody else."""
        return self.is_quoted or any(start <= position < end for start, end in self.quotations)

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield the matches outside quotations; an apostrophe in `pattern` is a straight one."""
        for found in pattern.finditer(self.straight):
            if not self.in_quotes(found.start()):
                yield found


def sentences_of(
    text: str,
    line: int,
    breaks: tuple[int, ...] = (),
    kind: Kind = "text",
    is_quoted: bool = False,
    titles: tuple[tuple[int, int], ...] = (),
    speech: int = 0,
) -> Iterator[Sentence]:
    """Cut one paragraph into sentences.

    `speech` is where a speech ends that began in an earlier paragraph.
    `breaks` are the positions in `text` at which a further line of the file begins; `titles` of
    books and films count as quotations.
    """
    quotations = [found.span() for found in QUOTATION.finditer(text, speech)]
    quotations += [*titles, (0, speech)] if speech else titles
    for start, end in _cuts(text):
        inside = tuple(place - start for place in breaks if start < place < end)
        quoted = tuple((a - start, b - start) for a, b in quotations if b > start and a < end)
        first = line + bisect_right(breaks, start)
        yield Sentence(text[start:end], first, kind, is_quoted, inside, quoted)


def speeches(texts: Sequence[str]) -> dict[int, int]:
    """Return where a speech ends that an earlier paragraph began and left open, by paragraph.

    Where each paragraph of a speech opens anew, as is the custom, nothing needs to be known.
    """
    ends: dict[int, int] = {}
    for number, text in enumerate(texts):
        if not _stays_open(text, ends.get(number, 0)):
            continue
        for later, other in enumerate(texts[number + 1 :][:LONGEST_SPEECH], number + 1):
            opened, closed = OPENED.search(other), CLOSED.search(other)
            if opened and (not closed or opened.start() < closed.start()):
                break
            if closed:
                ends |= {between: len(texts[between]) for between in range(number + 1, later)}
                ends[later] = closed.end()
                break
    return ends


def _stays_open(text: str, start: int) -> bool:
    """Whether a paragraph ends inside a speech that begins in it."""
    opened = [*OPENED.finditer(text, start)]
    return bool(opened) and not CLOSED.search(text, opened[-1].end())


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    start = len(text) - len(text.lstrip())
    for found in END.finditer(text):
        word = LAST_WORD.search(text[max(found.start() - 20, 0) : found.start()])
        last = word[0] if word else ""
        initial = len(last) == 1 and last.isupper() and last != "I"
        if found[0] == "." and (last.lower() in SHORT or initial):
            continue
        yield start, found.end()
        start = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip())
    if text[start:].strip():
        yield start, len(text.rstrip())
