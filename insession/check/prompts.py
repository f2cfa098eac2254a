"""What `new` asked her to write and what still stands there: readers would see it."""

from collections.abc import Iterator
from functools import cache

from insession.check.advice import Advice, Weight
from insession.check.text import Known, Text
from insession.new import SKELETONS, SUMMARY


def left_prompts(text: Text, known: Known) -> Iterator[Advice]:
    """A prompt that is still in the text is no text of hers.

    Source: insession/skeletons, with which `new` begins a file.
    """
    if text.header.summary == SUMMARY:
        why = "This is what stood in the new file; readers would see it in lists."
        instead = "one or two sentences: what it is about, and for whom"
        line = text.line_of("summary")
        yield Advice(text.shown, Weight.BROKEN, line, "prompt", SUMMARY, why, instead)
    rows = enumerate(text.body.splitlines(), text.first_line)
    left = [(line, row.strip()) for line, row in rows if row.strip() in _prompts()]
    if left:
        line, prompt = left[0]
        more = f", and {len(left) - 1} more do" if len(left) > 1 else ""
        why = f"This prompt of the new file still stands here{more}."
        words = f"{' '.join(prompt.split()[1:8])} …"
        instead = "your own words, or nothing"
        yield Advice(text.shown, Weight.BROKEN, line, "prompt", words, why, instead)


@cache
def _prompts() -> frozenset[str]:
    """Return the lines that are prompts, of every kind of new file."""
    texts = [path.read_text(encoding="utf-8") for path in SKELETONS.rglob("*.md")]
    rows = [row.strip() for text in texts for row in text.splitlines()]
    return frozenset(row for row in rows if row.startswith(">"))
