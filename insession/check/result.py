"""All that a check found, before anything is printed."""

from dataclasses import dataclass, field

from insession.check.fix.fixer import Correction
from insession.check.remark import Remark
from insession.check.rules.readability import Measure
from insession.common.problems import Problem
from insession.content.leftovers import Leftover


@dataclass(frozen=True)
class Result:
    """All that the check has to say: `files` are those it was asked about (none: all).

    `sample` is what is still the sample's.
    """

    articles: int
    pages: int
    problems: tuple[Problem, ...] = ()
    elsewhere: tuple[Problem, ...] = ()
    sample: tuple[Leftover, ...] = ()
    advice: tuple[Remark, ...] = ()
    unasked: dict[str, str] = field(default_factory=dict)
    reading: tuple[Measure, ...] = ()
    changes: tuple[Correction, ...] = ()
    left: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
