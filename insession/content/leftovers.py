"""What is still the sample's in a blog, as one list to work through, first things first.

First comes what readers would act on, which keeps the blog from being published: values that the
sample invented, addresses and numbers that are examples, its articles, and pages that she hasn't
looked through. Then what is hers to say, and last the facts that may be true of her as well.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any

from insession.common.problems import Problems
from insession.content.practice import PracticeFile, line_of
from insession.content.samples import (
    is_sample_review,
    is_sample_value,
    is_untouched,
    share_of_sample,
    values_of,
    words_of,
)
from insession.content.text_file import read_text
from insession.content.toml_file import key_line

# Nobody can be reached there: RFC 2606, RFC 6761, and the numbers for invented people in North
# America (https://nationalnanpa.com/number_resource_info/555_numbers.html).
EXAMPLE = re.compile(
    r"(?<![\w-])(?:[\w-]+\.)*(?:example\.(?:com|net|org)|[\w-]+\.example)(?![\w-]|\.\w)"
    r"|(?:(?<!\d)(?:\+?1[ .-]?)?\(?[2-9]\d\d\)?[ .-]?|(?<!\d)(?<!\d[ .-]))555[ .-]?01\d\d(?!\d)",
    re.I,
)
HINT = re.compile(r"\.example|example\.(?:com|net|org)|555[ .-]?01", re.I)  # a quick first look
CODE = re.compile(r"^[ >]*(```|~~~).*?^[ >]*\1|`[^`\n]+`", re.S | re.M)
MOSTLY = 0.5
WIDTH, LONGEST = 78, 40

# Readers do nothing because of these, though they are the sample's own words.
TITLES = {"site.title", "site.tagline"}
# These may be true of her, too.
FACTS = {
    *("site.language", "site.language_models", "site.timezone", "therapist.credentials"),
    *("therapist.credentials_spelled_out", "therapist.licence_state", "therapist.approach"),
    *("therapist.pronouns", "practice.area", "practice.accepting_clients"),
}
FACT_SECTIONS = ("crisis.", "articles.")
# Who she is and how she is reached comes first.
ORDER = {"therapist": 1, "practice": 2, "offer": 3, "site": 4, "crisis": 5, "articles": 6}

VALUE = "Values that the sample invented: write your own. “python3 tasks.py start” asks for each."
EXAMPLES = "Examples, where nobody can be reached: write the real ones, or take them out."
ARTICLE = (
    "Articles of the sample: write over them, remove them, or keep them back with a line "
    "“status: draft”. “python3 tasks.py start” removes those that you don’t want."
)
PAGE = (
    "Pages of the sample: change what isn’t so in your practice; then say in the header that "
    "you have looked it through: reviewed: {today:%Y-%m-%d}"
)
WORDS = "What the sample says of topics and words: say it as you would, or take it out."
FACT = "As in the sample, which may be true of you as well: change what isn’t."


@dataclass(frozen=True)
class Leftover:
    """One thing that is still the sample's: where, what, how to make it hers.

    `blocks` says whether it keeps the blog from being published.
    """

    file: str
    line: int
    what: str
    how: str
    blocks: bool = True


@dataclass(frozen=True)
class Written:
    """A text as it is asked about: its file, and that path as she knows it; what its header says.

    `reviewed` is the day that the header names, `fields` what else of it readers see.
    """

    path: Path
    shown: str
    is_page: bool
    is_draft: bool
    reviewed: datetime | None
    fields: tuple[str, ...]
    body: str


def text_fields(header: Any) -> tuple[str, ...]:
    """Return what readers see of a header, or of anything with the same attributes."""
    said = (getattr(header, name, None) for name in ("title", "summary", "content_note"))
    sources = getattr(header, "sources", None) or ()
    urls = (source["url"] if isinstance(source, dict) else source.url for source in sources)
    return (*(text for text in said if text), *urls)


def find_leftovers(
    file: Path, practice: PracticeFile, texts: Iterable[Written], today: date
) -> list[Leftover]:
    """Return what is still the sample's in practice.toml (`file`), beside it and in the texts."""
    published = [text for text in texts if not text.is_draft]
    return in_order(
        file, practice, [entry for text in published for entry in leftovers_of(text, today)]
    )


def in_order(file: Path, practice: PracticeFile, of_texts: Iterable[Leftover]) -> list[Leftover]:
    """Return what is the sample's in practice.toml, beside it and in texts, as one list."""
    return joined(leftovers_of_practice(file, practice), of_texts)


def leftovers_of_practice(file: Path, practice: PracticeFile) -> list[Leftover]:
    """Return what is the sample's in practice.toml (`file`), topics.toml and glossary.toml."""
    values = _values(practice, _read(file), f"{file.parent.name}/{file.name}")
    return [*values, *_words(file.parent)]


def joined(values: Iterable[Leftover], of_texts: Iterable[Leftover]) -> list[Leftover]:
    """Return what is the sample's in practice.toml and in the texts as one list, in order."""
    values = [*values]
    found = [*(value for value in values if value.blocks), *of_texts]
    ranks = (VALUE, EXAMPLES, ARTICLE)  # and then the pages
    found.sort(key=lambda entry: ranks.index(entry.how) if entry.how in ranks else len(ranks))
    return found + [value for value in values if not value.blocks]


def _values(practice: PracticeFile, toml: str, shown: str) -> Iterator[Leftover]:
    """Yield the values that are the sample's, and at the end those that may be hers as well."""
    facts = []
    any_invented = False
    for key, value in sorted(values_of(practice), key=lambda pair: ORDER[pair[0].split(".")[0]]):
        line = line_of(toml, tuple(key.split(".")))
        is_example = isinstance(value, str) and EXAMPLE.search(value)
        if is_sample_value(key, value):
            if key in FACTS or key.startswith(FACT_SECTIONS):
                facts.append((line, key))
                continue
            blocks = key not in TITLES
            any_invented |= blocks
            yield Leftover(shown, line, f"{key}: “{_short(value)}”", VALUE, blocks)
        elif is_example:
            yield Leftover(shown, line, f"{key}: “{_short(value)}”", EXAMPLES)
    if any_invented and facts:
        names = ", ".join(key.partition(".")[2] for _, key in facts)
        yield Leftover(shown, facts[0][0], names, FACT, blocks=False)


def _words(content: Path) -> Iterator[Leftover]:
    """Yield the topics and the words of the glossary of which only the sample says anything."""
    with suppress(Problems):  # which others say
        for path, of_file in groupby(words_of(content), key=itemgetter(0)):
            if names := [name for _, name, said in of_file if is_untouched(said)]:
                line = key_line(_read(path), names[0])
                shown = f"{content.name}/{path.name}"
                yield Leftover(shown, line, ", ".join(names), WORDS, blocks=False)


def leftovers_of(text: Written, today: date) -> Iterator[Leftover]:
    """Yield what is still the sample's in a text that is to be published."""
    if share_of_sample(text.body) > MOSTLY:
        if not text.is_page:
            yield Leftover(text.shown, 1, f"“{_short(text.fields[0])}”", ARTICLE)
            return
        if not text.reviewed or is_sample_review(text.reviewed):
            yield Leftover(text.shown, 1, f"“{_short(text.fields[0])}”", PAGE.format(today=today))
    for example in _examples((*text.fields, text.body)):
        line = _line_with(text.path, example)
        yield Leftover(text.shown, line, f"“{example}”", EXAMPLES)


@lru_cache(maxsize=4096)
def _examples(said: tuple[str, ...]) -> tuple[str, ...]:
    """Return each example of an address or number in a text, outside code, once."""
    whole = "\n".join(said)
    if not HINT.search(whole):
        return ()
    prose = CODE.sub("", whole)
    return tuple(dict.fromkeys(found[0] for found in EXAMPLE.finditer(prose)))


def _line_with(path: Path, wanted: str) -> int:
    """Return the first line that says this and is no note in a header; 0 if none does."""
    rows = enumerate(_read(path).splitlines(), 1)
    return next((n for n, row in rows if wanted in row and not row.startswith("#")), 0)


def _read(path: Path) -> str:
    """Return a file's text to find lines in; "" while it is broken, which others say."""
    try:
        return read_text(path, path.name)
    except Problems:
        return ""


# In words


HEADINGS = {
    True: "Still the sample’s, and to be done before you can publish:",
    False: "Still the sample’s, though it keeps nothing back:",
}


def grouped(found: Iterable[Leftover]) -> Iterator[tuple[str, list[tuple[str, list[Leftover]]]]]:
    """Yield the two parts of the list: a heading, and pairs of how and all that it is said of."""
    for blocks, entries in groupby(found, key=attrgetter("blocks")):
        same_way = groupby(entries, key=attrgetter("how"))
        yield HEADINGS[blocks], [(how, [*same]) for how, same in same_way]


def listed_leftovers(found: Iterable[Leftover]) -> str:
    """Return the list as a command prints it, at most 78 columns wide; "" if nothing is left."""
    rows: list[str] = []
    number = 0
    for heading, groups in grouped(found):
        rows += [heading, ""]
        for how, entries in groups:
            rows += textwrap.wrap(how, WIDTH, break_on_hyphens=False)
            for entry in entries:
                number += 1
                row = f"{number:3}. {entry.file}:{entry.line}  {entry.what}"
                rows += textwrap.wrap(row, WIDTH, subsequent_indent=" " * 5, break_on_hyphens=False)
            rows.append("")
    return "\n".join(rows)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
