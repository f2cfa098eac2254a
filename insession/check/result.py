"""All that a check found, before anything is printed."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from insession.check.fix.fixer import Correction
from insession.check.remark import Remark
from insession.check.rules.readability import Measure
from insession.common.problems import Problem
from insession.content.leftovers import Leftover


@dataclass(frozen=True)
class Result:
    """All that the check has to say: `files` are those it was asked about (none: all).

    `sample` is what is still the sample's, `silenced` what she wants unsaid, with a reason. `only`
    are the names that it was asked for (none: all).
    """

    articles: int
    pages: int
    problems: tuple[Problem, ...] = ()
    elsewhere: tuple[Problem, ...] = ()
    sample: tuple[Leftover, ...] = ()
    remarks: tuple[Remark, ...] = ()
    unasked: dict[str, str] = field(default_factory=dict)
    reading: tuple[Measure, ...] = ()
    changes: tuple[Correction, ...] = ()
    left: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    silenced: tuple[Remark, ...] = ()
    only: tuple[str, ...] = ()

    def about(self, files: Collection[str]) -> "Result":
        """Return what there is to say of these files; problems of others are `elsewhere`."""
        return replace(
            self,
            problems=tuple(each for each in self.problems if each.file in files),
            elsewhere=tuple(each for each in self.problems if each.file not in files),
            sample=tuple(each for each in self.sample if each.file in files),
            remarks=tuple(each for each in self.remarks if each.file in files),
            silenced=tuple(each for each in self.silenced if each.file in files),
            reading=tuple(row for row in self.reading if row.file in files),
            files=tuple(files),
        )

    def only_named(self, names: Collection[str]) -> "Result":
        """Return the result with remarks of these weights or names alone."""
        remarks = tuple(
            each for each in self.remarks if {each.weight.label, each.rule}.intersection(names)
        )
        return replace(self, remarks=remarks, only=tuple(names))
