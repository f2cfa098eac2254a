"""Lines of at most 78 columns, for what is printed of a check."""

import textwrap

WIDTH = 78


def wrapped(text: str, first: str, rest: str | None = None) -> list[str]:
    """Break a text into lines; the first begins with `first`, the others with `rest`."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def count(number: int, word: str) -> str:
    """Return “1 remark”, “2 remarks”."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def listed(lines: list[int]) -> str:
    """Return “line 3”, “lines 3, 5 and 8”; nothing for no line."""
    if len(lines) < 2:
        return f"line {lines[0]}" if lines else ""
    return f"lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}"


def in_bold(text: str, bold: bool) -> str:
    """Return the text as a terminal shows it in bold, or as it is."""
    return f"\033[1m{text}\033[0m" if bold else text
