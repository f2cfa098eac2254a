"""What is to be said about a text, kept at its place until its line is known.

A note leaves a mark in the text that no reader could write (private signs of Unicode, which are
taken out of what is imported first). When the Markdown is finished, `settle` takes the marks out
and tells on which line each of them stood.
"""

import re

START, END = "\ue000", "\ue001"
MARK = re.compile(f"{START}(\\d+){END}")
AT_START = re.compile(f"^(\\s*)(?:{START}\\d+{END})+ *")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\uf8ff\ufeff]")


class Notes:
    """The notes on one text, in the order in which they were made."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def mark(self, words: str) -> str:
        """Keep a note; return the mark to put where it belongs."""
        self.words.append(words)
        return f"{START}{len(self.words) - 1}{END}"

    def settle(self, text: str, first_line: int) -> tuple[str, list[tuple[int, str]]]:
        """Return the text without marks, and each note with its line in the file.

        `first_line` is the text's own. A mark alone in its paragraph leaves no gap. A note whose
        mark went away with what it was about is told for the text's first line.
        """
        rows: list[str] = []
        found: dict[int, int] = {}
        for row in text.split("\n"):
            line = len(rows) + first_line
            found |= {int(number): line for number in MARK.findall(row)}
            rest = MARK.sub("", AT_START.sub(r"\1", row))
            alone = rest != row and not rest.strip(" >-*")
            if alone or (not rest.strip() and rows[-1:] == [""]):
                continue
            rows.append(rest.rstrip())
        clean = "\n".join(rows).rstrip("\n")
        last = first_line + clean.count("\n")
        lines = [min(found.get(number, first_line), last) for number in range(len(self.words))]
        return clean, sorted(zip(lines, self.words, strict=True), key=lambda note: note[0])


def cleaned(text: str) -> str:
    """Return a text without control signs and without the signs that marks are made of."""
    return FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
