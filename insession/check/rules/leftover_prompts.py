"""What `new` asked her to write and what still stands there: readers would see it."""

import re
from collections.abc import Iterator
from functools import cache

from insession.check.remark import Remark, Weight
from insession.check.text.text import CheckedText, RuleContext
from insession.content.inventory import OLD_TOPIC
from insession.content.new import SKELETONS, SUMMARY
from insession.content.schema import Location


def left_prompts(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """A prompt that is still in the text is no text of hers.

    Source: insession/content/skeletons, with which `new` begins a file.
    """
    for key, written, why, instead in _header_prompts(text):
        line = text.header_lines.get(key, 1)
        yield Remark(text.shown, Weight.BROKEN, line, "prompt", written, why, instead)
    rows = enumerate(text.body.splitlines(), text.first_line)
    left = [(line, row.strip()) for line, row in rows if row.strip() in _prompts()]
    if left:
        line, prompt = left[0]
        more = f", and {len(left) - 1} more do" if len(left) > 1 else ""
        why = f"This prompt of the new file still stands here{more}."
        words = f"{' '.join(prompt.split()[1:8])} …"
        instead = "your own words, or nothing"
        yield Remark(text.shown, Weight.BROKEN, line, "prompt", words, why, instead)


def _header_prompts(text: CheckedText) -> Iterator[tuple[Location, str, str, str]]:
    """Yield each value of the header that stood in the new file: where, what, why, what instead."""
    header = text.header
    if _same(header.summary, SUMMARY):
        why = "This is what stood in the new file; readers would see it in lists."
        yield ("summary",), header.summary, why, "one or two sentences: what it is about, for whom"
    topic = getattr(header, "topic", "")
    if _same(topic, OLD_TOPIC):
        why = "This is what stood in the new file; it would become a page of its own."
        yield ("topic",), topic, why, "a word or two for what this and later articles are about"
    for number, source in enumerate(header.sources):
        for key, written in (("title", source.title), ("url", source.url)):
            if any(_same(written, prompt) for prompt in _source_prompts()):
                why = (
                    "This only shows how a source is written; readers would see it below the text."
                )
                yield ("sources", number, key), written, why, "the source itself, or nothing"


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


@cache
def _source_prompts() -> frozenset[str]:
    """Return the titles and addresses that show how a source is written."""
    texts = [path.read_text(encoding="utf-8") for path in SKELETONS.glob("*.md")]
    row = re.compile(r"^# +(?:- )?(?:title|url): (\S.*)$", re.M)
    return frozenset(found for text in texts for found in row.findall(text))


@cache
def _prompts() -> frozenset[str]:
    """Return the lines that are prompts, of every kind of new file."""
    texts = [path.read_text(encoding="utf-8") for path in SKELETONS.rglob("*.md")]
    rows = [row.strip() for text in texts for row in text.splitlines()]
    return frozenset(row for row in rows if row.startswith(">"))
