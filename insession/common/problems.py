"""What is wrong with something a person wrote, said so that she can mend it.

Everything that refuses input makes a `Problem`. During a build they are collected in the
settings (`collected`), so that all of them can be shown at once, and raised together as
`Problems` before anything is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from insession.common.invisible import INVISIBLE


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where it is, what is wrong, and how to write it right.

    `file` is the path as she knows it (`content/articles/x.md`), `line` counts from 1
    (0: the file as a whole).
    """

    file: str
    line: int
    what: str
    how: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}\n    {self.how}"


class Problems(Exception):
    """Raised with every problem that was found; nothing has been written yet."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(listed(self.problems))


def listed(problems: Iterable[Problem]) -> str:
    """Return the problems as the text that a command prints: a blank line between each."""
    return "\n\n".join(str(problem) for problem in problems)


def collected(settings: dict[str, Any]) -> list[Problem]:
    """Return the list in which this build's plugins collect what they find."""
    found: list[Problem] = settings.setdefault("PROBLEMS", [])
    return found


def shown_path(path: str | Path, settings: dict[str, Any]) -> str:
    """Return a path inside content/ as she would write it: `content/articles/x.md`.

    What nobody sees in it, or can't be printed at all, is shown as a sign that is.
    """
    content = Path(settings["PATH"])
    path = Path(path)
    relative = path.relative_to(content) if path.is_relative_to(content) else path
    return f"{content.name}/{INVISIBLE.sub(chr(0xFFFD), relative.as_posix())}"
