"""One remark at the edge of the page: where, which words, why, and what to write instead."""

from dataclasses import dataclass
from enum import IntEnum


class Weight(IntEnum):
    """How much hangs on it; what could hurt somebody comes first."""

    HURTS = 1  # it could hurt a reader, or show who a client is
    MISLEADS = 2  # it promises or states what isn't so
    BROKEN = 3  # a part of the page doesn't work for somebody
    HARD = 4  # it is hard to read
    SMALL = 5  # it is worth a look

    @property
    def label(self) -> str:
        """Its name, as it is typed after --only."""
        return "harm" if self is Weight.HURTS else self.name.lower()


@dataclass(frozen=True, order=True)
class Remark:
    """A remark; sorted by file, then by weight, then by line.

    `file` is the path as she knows it, `line` counts from 1 (0: the file as a whole). `words` are
    those in question, as written (may be empty). `why` is one sentence, `instead` says what to
    write. `rule` is a short name for machines: "suicide-wording".
    """

    file: str
    weight: Weight
    line: int
    rule: str
    words: str
    why: str
    instead: str
