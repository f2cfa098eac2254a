"""Where the site goes: the setting PUBLISH of publishconf.py.

    PUBLISH = {"target": "folder", "folder": "../my-site"}

Passwords and keys never stand there; the programs that send know where to find them.
"""

from dataclasses import dataclass, field
from pathlib import Path

from insession.common.problems import Problem, Problems


@dataclass(frozen=True)
class Setting:
    """The setting: its `values`, the `root` of the project, the file and line where it stands."""

    values: dict[str, str] = field(default_factory=dict)
    root: Path = Path()
    file: str = "publishconf.py"
    line: int = 0

    def refused(self, what: str, how: str, place: str = "") -> Problems:
        """Return what a target raises: what doesn't work, and what to do.

        `place` is where, if it isn't the setting that is wrong.
        """
        return Problems([Problem(place or self.file, 0 if place else self.line, what, how)])
