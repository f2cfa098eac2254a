"""content/words.txt: the words that are right, and the remarks that she wants to hear nowhere."""

import re
from pathlib import Path
from typing import NamedTuple

from insession.common.problems import Problem, Problems
from insession.content.remark_names import known_remark
from insession.content.text_file import read_text

SILENCE = re.compile(r"silence:\s*(\S*)\s*(?:#\s*(.*))?", re.I)


class OwnWords(NamedTuple):
    """What content/words.txt says: words, and names of remarks."""

    words: frozenset[str] = frozenset()
    silenced: frozenset[str] = frozenset()


def read_own_words(path: Path) -> OwnWords:
    """Read content/words.txt: one word a line, or “silence: NAME  # why”. Raises Problems.

    What follows a # is a note; a missing file holds no words.
    """
    if not path.exists():
        return OwnWords()
    shown = f"{path.parent.name}/{path.name}"
    words: set[str] = set()
    silenced: set[str] = set()
    problems: list[Problem] = []
    for number, line in enumerate(read_text(path, shown).split("\n"), start=1):
        if found := SILENCE.fullmatch(line.strip()):
            name, reason = found[1], found[2] or ""
            try:
                silenced.add(_silenced(name, reason.strip()))
            except ValueError as error:
                what, _, how = str(error).partition(" | ")
                problems.append(Problem(shown, number, what, how))
        elif word := line.partition("#")[0].strip().replace("’", "'"):
            words.add(word)
    if problems:
        raise Problems(problems)
    return OwnWords(frozenset(words), frozenset(silenced))


def _silenced(name: str, reason: str) -> str:
    known = known_remark(name)
    if not reason:
        raise ValueError(
            f"silence: {name} has no reason. | "
            f"Write why, behind a #: silence: {name}  # I write as I speak"
        )
    return known
