"""What the check found, as a kind colleague would pencil it, or as JSON for programs."""

import json
import os
import sys
import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from insession.check.fix.fixer import Correction
from insession.check.remark import Remark
from insession.common.problems import Problem
from insession.content.leftovers import listed_leftovers

if TYPE_CHECKING:
    from insession.check.result import Result
    from insession.check.rules.readability import Measure

WIDTH = 78
MOST_LINKS = 8


def as_json(result: "Result") -> str:
    """Return everything as one JSON object; keys may be added to it, but none changes.

    `version` is 2; `problems` have file, line, what, how; `remarks` have file, line, rule, weight
    (hurts, misleads, broken, hard, small), words, why, instead; `reading` has a row of measures
    for each article; `fixed` has file, line, what, before, after; `sample` (what is still the
    sample's) has file, line, what, how, blocks.
    """
    return json.dumps(
        {
            "version": 2,
            "problems": [vars(problem) for problem in result.problems],
            "remarks": [vars(r) | {"weight": r.weight.name.lower()} for r in result.remarks],
            "reading": [vars(row) for row in result.reading],
            "fixed": [vars(change) for change in result.changes],
            "sample": [vars(entry) for entry in result.sample],
        },
        ensure_ascii=False,
        indent=2,
    )


def as_text(result: "Result", is_terminal: bool | None = None) -> str:
    """Return everything as text of at most 78 columns; the last line sums it up."""
    bold = sys.stdout.isatty() if is_terminal is None else is_terminal
    bold = bold and "NO_COLOR" not in os.environ
    parts = [*_mended(result, bold)]
    if result.problems:
        parts += ["Mend these first; with them, nothing can be published.", ""]
        parts += _by_file(result.problems, _problem, bold)
        if result.remarks:
            parts += ["And, for when that is done:", ""]
    parts += [listed_leftovers(result.sample)] if result.sample else []
    parts += _by_file(_most_important_first(result.remarks), _remark, bold)
    parts += _unasked(result.unasked)
    parts += _table(result.reading)
    return "\n".join([*parts, *_summary(result)])


def _most_important_first(remarks: Iterable[Remark]) -> list[Remark]:
    """Keep the remarks of a file together; the file with the gravest comes first."""
    gravest: dict[str, int] = {}
    for remark in remarks:
        gravest[remark.file] = min(remark.weight, gravest.get(remark.file, remark.weight))
    return sorted(remarks, key=lambda remark: (gravest[remark.file], remark))


def _by_file(found: Iterable[Any], rows: Any, bold: bool) -> Iterator[str]:
    for file, remarks in groupby(found, key=lambda one: one.file):
        yield f"\033[1m{file}\033[0m" if bold else file
        yield ""
        for remark in remarks:
            yield from rows(remark)
            yield ""


def _problem(problem: Problem) -> Iterator[str]:
    yield from _wrapped(f"{_place(problem.line)}{problem.what}", "  ", "    ")
    yield from _wrapped(problem.how, "    ")


def _remark(remark: Remark) -> Iterator[str]:
    words = " ".join(remark.words.split())
    if words:
        yield from _wrapped(f"{_place(remark.line)}“{words}”", "  ", "    ")
        yield from _wrapped(remark.why, "    ")
    else:
        yield from _wrapped(f"{_place(remark.line)}{remark.why}", "  ", "    ")
    yield from _wrapped(f"Better: {remark.instead}", "    ", "            ")


def _place(line: int) -> str:
    return f"line {line}: " if line else ""


def _unasked(links: dict[str, str]) -> Iterator[str]:
    """Links that are neither right nor wrong, by why that is so."""
    for why in dict.fromkeys(links.values()):
        same = sorted(address for address in links if links[address] == why)
        yield from _wrapped(f"{_count(len(same), 'link')} couldn't be checked: {why}.", "")
        yield from (f"  {address}" for address in same[:MOST_LINKS])
        if len(same) > MOST_LINKS:
            yield f"  … and {len(same) - MOST_LINKS} more"
        yield ""


def _table(rows: "Iterable[Measure]") -> Iterator[str]:
    """How each article reads, the hardest first."""
    rows = [*rows]
    if not rows:
        return
    yield from _wrapped("How the articles read, the hardest first:", "")
    yield ""
    yield f"  {'':42} {'words':>6} {'grade':>6} {'longest':>8} {'passive':>8}"
    for row in rows:
        name = textwrap.shorten(row.title, 42, placeholder=" …")
        yield f"  {name:42} {row.words:6} {row.grade:6} {row.longest:8} {row.passives:8}"
    yield ""
    yield "  longest: words in the longest sentence; passive: how often it says “was done”"
    yield ""


def _mended(result: "Result", bold: bool) -> Iterator[str]:
    if result.changes:
        yield "I have mended this:"
        yield ""
        yield from _by_file(_together(result.changes), _change, bold)
    for reason in result.left:
        yield from _wrapped(reason, "")
        yield ""


def _together(changes: Iterable[Correction]) -> Iterator[Any]:
    """Say the same thing about several lines once."""
    for (file, what), same in groupby(changes, key=lambda change: (change.file, change.what)):
        group = [*same]
        if what:
            yield Correction(
                file, group[0].line, what, after=_listed([c.line for c in group if c.line])
            )
        else:
            yield from group


def _change(change: Correction) -> Iterator[str]:
    if change.what:
        place = f"{change.after}: " if change.after else ""
        yield from _wrapped(f"{place}{change.what}", "  ", "    ")
    else:
        before = change.before or "(nothing stood here)"
        yield from _wrapped(f"line {change.line}: {before}", "  ", "    ")
        yield from _wrapped(f"now: {change.after}", "    ", "         ")


def _listed(lines: list[int]) -> str:
    if len(lines) < 2:
        return f"line {lines[0]}" if lines else ""
    return f"lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}"


def _summary(result: "Result") -> list[str]:
    """What was read, and on the last line, in one sentence, what came of it."""
    if result.files:
        read = result.files[0] if len(result.files) == 1 else f"{len(result.files)} files"
    else:
        read = f"{_count(result.articles, 'article')} and {_count(result.pages, 'page')}"
    remarks = _count(len(result.remarks), "remark") if result.remarks else "no remarks"
    blocking = sum(entry.blocks for entry in result.sample)
    if result.problems:
        came = f"{_count(len(result.problems), 'thing')} would stop a build; {remarks} besides."
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


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _wrapped(text: str, first: str, rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
