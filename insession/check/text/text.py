"""What a rule reads: one article or page, its header, and its sentences with their lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from insession.check.remark import Remark, Weight
from insession.check.text.sentences import Kind, Sentence, sentences_of, speeches
from insession.content.front_matter import Header, parse_with_lines, schema_of
from insession.content.practice import PracticeFile
from insession.content.schema import Location
from insession.content.text_file import read_text

ABBREVIATION = re.compile(r"^\*\[([^\]\n]+)\]:[ \t]*(.*)$", re.M)
SPOKEN = ("title", "summary", "content_note", "cover_alt")


@dataclass(frozen=True)
class RuleContext:
    """What a rule may ask about besides the text: who she is, and her own words."""

    practice: PracticeFile
    words: frozenset[str]


@dataclass(frozen=True)
class CheckedText:
    """One article or page. Every line counts from 1 in the file, whatever its line ends are.

    `shown` is the path as she knows it, `body` the Markdown, which starts on `first_line`.
    """

    shown: str
    path: Path
    header: Header
    header_lines: dict[Location, int]
    body: str
    first_line: int

    def line_of(self, key: str) -> int:
        """Return the line of a key of the header, or 1 if it isn't there."""
        return self.header_lines.get((key,), 1)

    def is_english(self, known: RuleContext) -> bool:
        """Whether it is in English: by its own header, or else by the site's language."""
        language = self.header.lang or known.practice.site.language
        return language.lower().split("-")[0] == "en"

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All that a reader reads, in order: title, summary, content note, and the body."""
        return tuple(self._sentences())

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[Sentence, re.Match[str]]]:
        """Yield the matches in each sentence, outside quotations.

        `^` and `$` in the pattern need re.M, since a look at the whole text tells first, and
        quickly, whether there is anything to be found.
        """
        if pattern.search(self._whole):
            for sentence in self.sentences:
                for found in sentence.find(pattern):
                    yield sentence, found

    @cached_property
    def _whole(self) -> str:
        return "\n".join(sentence.straight for sentence in self.sentences)

    def _sentences(self) -> Iterator[Sentence]:
        from insession.check.text.plain_text import running_text

        for key in SPOKEN:
            words = getattr(self.header, key, None)
            if words and (key,) in self.header_lines:
                kind: Kind = "heading" if key == "title" else "text"
                yield from sentences_of(words, self.line_of(key), kind=kind)
        parts = [*running_text(ABBREVIATION.sub("", self.body), self.first_line)]
        speech = speeches([part.text for part in parts])
        for number, part in enumerate(parts):
            yield from sentences_of(
                part.text,
                part.line,
                part.breaks,
                part.kind,
                part.is_quoted,
                part.titles,
                speech.get(number, 0),
            )

    def remark(
        self,
        sentence: Sentence,
        found: re.Match[str],
        weight: Weight,
        rule: str,
        why: str,
        instead: str,
    ) -> Remark:
        """Make a remark on a match in one of the sentences: on its named group, if it has one."""
        start, end = found.span(found.lastgroup or 0)
        words, line = sentence.text[start:end], sentence.line_at(start)
        return Remark(self.shown, weight, line, rule, words, why, instead)

    @cached_property
    def abbreviations(self) -> dict[str, str]:
        """What Markdown's `*[CBT]: cognitive behavioral therapy` explains to the reader."""
        return {found[1]: found[2] for found in ABBREVIATION.finditer(self.body)}


def read_text_file(path: Path, shown: str, is_page: bool) -> CheckedText:
    """Read an article or a page. Raises Problems as a build does."""
    return text_from(read_text(path, shown), path, shown, is_page)


def text_from(whole: str, path: Path, shown: str, is_page: bool) -> CheckedText:
    """Make a Text of a whole file's words (Unix line ends). Raises Problems."""
    header, body, lines = parse_with_lines(whole, shown, schema_of(is_page))
    first_line = whole.count("\n", 0, len(whole) - len(body)) + 1
    return CheckedText(shown, path, header, lines, body, first_line)
