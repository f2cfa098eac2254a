"""What the check found, as a kind colleague would pencil it, or as JSON for programs."""

import json
import os
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from insession.check.fix.fixer import Correction
from insession.check.lines import count, in_bold, listed, wrapped
from insession.check.remark import Weight
from insession.check.report_remarks import overview, remarks_by_weight
from insession.common.problems import Problem
from insession.content.leftovers import listed_leftovers

if TYPE_CHECKING:
    from insession.check.remark import Remark
    from insession.check.result import Result
    from insession.check.rules.readability import Measure

MOST_LINKS = 8
HARDEST = 10  # rows of the table, of many


def as_json(result: "Result") -> str:
    """Return everything as one JSON object; keys may be added to it, but none changes.

    `version` is 2; `problems` have file, line, what, how; `remarks` have file, line, rule, weight
    (hurts, misleads, broken, hard, small), words, why, instead; `reading` has a row of measures
    for each article; `fixed` has file, line, what, before, after; `sample` (what is still the
    sample's) has file, line, what, how, blocks; `silenced` has remarks that she wants unsaid.
    """
    return json.dumps(
        {
            "version": 2,
            "problems": [vars(problem) for problem in result.problems],
            "remarks": [_as_fields(remark) for remark in result.remarks],
            "reading": [vars(row) for row in result.reading],
            "fixed": [vars(change) for change in result.changes],
            "sample": [vars(entry) for entry in result.sample],
            "silenced": [_as_fields(remark) for remark in result.silenced],
        },
        ensure_ascii=False,
        indent=2,
    )


def _as_fields(remark: "Remark") -> dict[str, Any]:
    return vars(remark) | {"weight": remark.weight.name.lower()}


def as_text(result: "Result", is_terminal: bool | None = None) -> str:
    """Return everything as text of at most 78 columns; the last line sums it up.

    On a terminal, of very many remarks some of each weight, unless they are asked for.
    """
    on_terminal = sys.stdout.isatty() if is_terminal is None else is_terminal
    bold = on_terminal and "NO_COLOR" not in os.environ
    everything = not on_terminal or bool(result.only or result.files)
    parts = [*_mended(result, bold)]
    if result.problems:
        parts += ["Mend these first; with them, nothing can be published.", ""]
        parts += _by_file(result.problems, _problem, bold)
        if result.remarks:
            parts += ["And, for when that is done:", ""]
    parts += [listed_leftovers(result.sample)] if result.sample and not result.only else []
    parts += overview(result.remarks)
    parts += remarks_by_weight(result.remarks, bold, everything)
    parts += _unasked(result.unasked)
    parts += [] if result.only else _table(result.reading, everything)
    return "\n".join([*parts, *_silenced(result.silenced), *_summary(result)])


def _by_file(found: Iterable[Any], rows: Any, bold: bool) -> Iterator[str]:
    for file, remarks in groupby(found, key=lambda one: one.file):
        yield in_bold(file, bold)
        yield ""
        for remark in remarks:
            yield from rows(remark)
            yield ""


def _problem(problem: Problem) -> Iterator[str]:
    yield from wrapped(f"{_place(problem.line)}{problem.what}", "  ", "    ")
    yield from wrapped(problem.how, "    ")


def _place(line: int) -> str:
    return f"line {line}: " if line else ""


def _unasked(links: dict[str, str]) -> Iterator[str]:
    """Links that are neither right nor wrong, by why that is so."""
    for why in dict.fromkeys(links.values()):
        same = sorted(address for address in links if links[address] == why)
        yield from wrapped(f"{count(len(same), 'link')} couldn't be checked: {why}.", "")
        yield from (f"  {address}" for address in same[:MOST_LINKS])
        if len(same) > MOST_LINKS:
            yield f"  … and {len(same) - MOST_LINKS} more"
        yield ""


def _table(rows: "Sequence[Measure]", everything: bool) -> Iterator[str]:
    """How each article reads, the hardest first; of many, only those."""
    if not rows:
        return
    shown = rows if everything or len(rows) <= 2 * HARDEST else rows[:HARDEST]
    yield from wrapped("How the articles read, the hardest first:", "")
    yield ""
    yield f"  {'':42} {'words':>6} {'grade':>6} {'longest':>8} {'passive':>8}"
    for row in shown:
        name = textwrap.shorten(row.title, 42, placeholder=" …")
        yield f"  {name:42} {row.words:6} {row.grade:6} {row.longest:8} {row.passives:8}"
    if len(shown) < len(rows):
        yield f"  … and {count(len(rows) - len(shown), 'easier one')}"
    yield ""
    yield "  longest: words in the longest sentence; passive: how often it says “was done”"
    yield ""


def _silenced(remarks: "Sequence[Remark]") -> Iterator[str]:
    """How many remarks she has silenced, so that none is forgotten."""
    if remarks:
        names = ", ".join(sorted({remark.rule for remark in remarks}))
        said = f"{count(len(remarks), 'remark')} silenced with a reason: {names}."
        yield from (*wrapped(said, ""), "")


def _mended(result: "Result", bold: bool) -> Iterator[str]:
    if result.changes:
        yield "I have mended this:"
        yield ""
        yield from _by_file(_together(result.changes), _change, bold)
    for reason in result.left:
        yield from wrapped(reason, "")
        yield ""


def _together(changes: Iterable[Correction]) -> Iterator[Any]:
    """Say the same thing about several lines once."""
    for (file, what), same in groupby(changes, key=lambda change: (change.file, change.what)):
        group = [*same]
        if what:
            yield Correction(
                file, group[0].line, what, after=listed([c.line for c in group if c.line])
            )
        else:
            yield from group


def _change(change: Correction) -> Iterator[str]:
    if change.what:
        place = f"{change.after}: " if change.after else ""
        yield from wrapped(f"{place}{change.what}", "  ", "    ")
    else:
        before = change.before or "(nothing stood here)"
        yield from wrapped(f"line {change.line}: {before}", "  ", "    ")
        yield from wrapped(f"now: {change.after}", "    ", "         ")


def _summary(result: "Result") -> list[str]:
    """What was read, and on the last line, in one sentence, what came of it."""
    if result.files:
        read = result.files[0] if len(result.files) == 1 else f"{len(result.files)} files"
    else:
        read = f"{count(result.articles, 'article')} and {count(result.pages, 'page')}"
    remarks = count(len(result.remarks), "remark") if result.remarks else "no remarks"
    harm = sum(remark.weight is Weight.HURTS for remark in result.remarks)
    if harm and len(result.remarks) > harm:
        remarks += f", {harm} about harm"
    if result.only:
        remarks += f" on {' and '.join(result.only)}"
    blocking = sum(entry.blocks for entry in result.sample)
    if result.problems:
        came = f"{count(len(result.problems), 'thing')} would stop a build; {remarks} besides."
    elif result.elsewhere:
        files = sorted({problem.file for problem in result.elsewhere})
        return [
            f"I read {read}. I have {remarks} about it.",
            f"It could be published, but for what is wrong in {', '.join(files[:3])}.",
        ]
    elif blocking:
        things = "1 thing is" if blocking == 1 else f"{blocking} things are"
        came = f"{things} still the sample’s and can’t be published; I have {remarks}."
    else:
        came = f"Nothing stands in the way of publishing; I have {remarks}."
    return [f"I read {read}.", came]
