"""Names struck out of a comment before everyone reads it."""

import re

MARK = "[…]"
NAMES_MOST = 20


def names_in(typed: str) -> list[str]:
    """Return the names in "Daniel, Dr. Weiss", the longest first."""
    names = dict.fromkeys(" ".join(part.split()) for part in re.split(r"[,;\n]", typed))
    return sorted(filter(None, names), key=len, reverse=True)[:NAMES_MOST]


def strike(text: str, names: list[str]) -> str:
    """Return the text with a mark for each of the names, in capitals or not.

    A name is struck out where it stands as a word of its own; where it never does, as in scripts
    without spaces or behind a Hebrew "and", wherever its letters stand.
    """
    for name in names:
        letters = re.escape(name).replace(r"\ ", r"\s+")
        whole = re.compile(rf"(?<!\w){letters}(?!\w)", re.IGNORECASE)
        found = whole if whole.search(text) else re.compile(letters, re.IGNORECASE)
        text = found.sub(MARK, text)
    return text


def holds(name: str, body: str, struck: str) -> bool:
    """Whether there is something to strike out for one name."""
    return any(strike(text, [struck]) != text for text in (name, body))
