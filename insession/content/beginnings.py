"""Titles that readers look for, each with questions to answer and sources worth reading.

Each is a file in skeletons/beginnings: its title, and below that what a new article says.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from insession.content.inventory import RefusedError

FOLDER = Path(__file__).resolve().parent / "skeletons" / "beginnings"


class Beginning(NamedTuple):
    """One of them; `skeleton` is its file, as `fill_in` takes it."""

    number: int
    title: str
    skeleton: str


@cache
def all_beginnings() -> tuple[Beginning, ...]:
    """Return them in the order of their files."""
    files = sorted(FOLDER.glob("*.md"))
    titles = [path.read_text(encoding="utf-8").partition("\n")[0] for path in files]
    return tuple(
        Beginning(number, title, f"{FOLDER.name}/{path.stem}")
        for number, (title, path) in enumerate(zip(titles, files, strict=True), 1)
    )


def find_beginning(typed: str) -> Beginning:
    """Return the one with this number, or with these words in its title. Raises RefusedError."""
    words = typed.casefold()
    found = [each for each in all_beginnings() if words == str(each.number)]
    if not found and not typed.isdecimal():
        found = [each for each in all_beginnings() if words in each.title.casefold()]
    if len(found) == 1:
        return found[0]
    what = f"“{typed}” fits several beginnings." if found else f"There is no beginning “{typed}”."
    raise RefusedError(f"{what} These are there; name one by its number:\n{listed_beginnings()}")


def listed_beginnings() -> str:
    """Return a line for each: its number and its title."""
    return "\n".join(f"{each.number:4}  {each.title}" for each in all_beginnings())
