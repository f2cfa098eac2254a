"""What a rule reads: one article or page, its header, and its sentences with their lines."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """A sentence of running text as a reader sees it, without Markdown's signs.

    `line` is where it starts in the file. `offset_line(position)` is the line of a character of
    `text`. `is_quoted` is true in a block quotation; words between quotation marks are inside
    `text` and a rule decides itself (see `outside_quotes`).
    """

    text: str
    line: int
    is_quoted: bool
