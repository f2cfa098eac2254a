"""The remarks as they are printed: how many of what weight, and then the gravest first.

The same remark in one text is said once. On a terminal, what is less grave and doesn't fit a few
screens is counted, and can be asked for with --only; nothing that could hurt somebody is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from insession.check.lines import WIDTH, count, in_bold, listed, wrapped
from insession.check.remark import Remark, Weight

FEW = 5  # so many need no overview
MOST_SHOWN = 40  # on a terminal: kinds of remarks, each about one text
MEANING = {
    Weight.HURTS: "could hurt a reader, or show who a client is",
    Weight.MISLEADS: "promises or states what isn’t so",
    Weight.BROKEN: "a part of the page doesn’t work for somebody",
    Weight.HARD: "is hard to read or to find",
    Weight.SMALL: "is worth a look",
}


def overview(remarks: Sequence[Remark]) -> Iterator[str]:
    """How many remarks of each weight there are, and in how many texts; nothing for a few."""
    if len(remarks) <= FEW:
        return
    files = len({remark.file for remark in remarks})
    yield f"I have {count(len(remarks), 'remark')} in {count(files, 'file')}:"
    yield ""
    yield "  remarks   files"
    for weight in Weight:
        same = [remark for remark in remarks if remark.weight is weight]
        if same:
            files = len({remark.file for remark in same})
            meaning = f"{weight.label}: {MEANING[weight]}"
            yield f"  {len(same):7,} {files:7,}   {meaning}"
    yield ""
    yield "One kind alone: python3 tasks.py check --only harm (or a name at the right)"
    yield ""


def remarks_by_weight(remarks: Sequence[Remark], bold: bool, everything: bool) -> Iterator[str]:
    """All remarks, the gravest first; of many, unless all are asked for, only some of each."""
    kinds = [
        [*kind]
        for _, kind in groupby(
            sorted(remarks, key=_kind), key=lambda remark: (remark.weight, remark.file, remark.rule)
        )
    ]
    shown = kinds if everything or len(kinds) <= MOST_SHOWN else _gravest(kinds)
    for weight, same in groupby(shown, key=lambda kind: kind[0].weight):
        if len(remarks) > FEW:
            yield from _title(weight, bold)
        for file, about in groupby(same, key=lambda kind: kind[0].file):
            yield from (in_bold(file, bold), "")
            for kind in about:
                yield from (*_kind_of_remark(kind), "")
    yield from _left_out(kinds, shown)


def _kind(remark: Remark) -> tuple[Weight, str, str, Remark]:
    return remark.weight, remark.file, remark.rule, remark


def _gravest(kinds: list[list[Remark]]) -> list[list[Remark]]:
    """Return all kinds that could hurt, and of the others as many as fit, of each weight some."""
    shown = [kind for kind in kinds if kind[0].weight is Weight.HURTS]
    others = [kind for kind in kinds if kind[0].weight is not Weight.HURTS]
    weights = {kind[0].weight for kind in others}
    each = max(MOST_SHOWN - len(shown), MOST_SHOWN // 2) // max(len(weights), 1)
    for weight in sorted(weights):
        shown += [kind for kind in others if kind[0].weight is weight][:each]
    return shown


def _title(weight: Weight, bold: bool) -> Iterator[str]:
    title = f"{weight.label}: {MEANING[weight]}"
    yield from (in_bold(title, bold), "─" * len(title), "")


def _kind_of_remark(same: list[Remark]) -> Iterator[str]:
    """What is said of one text by one rule: once, as far as it is the same."""
    whys, better = {each.why for each in same}, {each.instead for each in same}
    if len(whys) == len(better) == 1:
        yield from _place(same)
        if any(each.words for each in same):
            yield from wrapped(same[0].why, "    ")
        yield from _better(same[0].instead)
    elif len(whys) == 1:
        yield from _named(same[0].why, same[0].rule, "  ", "    ")
        for each in same:
            yield from wrapped(f"{_where(each)}. Better: {each.instead}", "    ", "      ")
    elif len(better) == 1:
        for each in same:
            yield from _place([each], with_name=each is same[0])
            if each.words:
                yield from wrapped(each.why, "    ")
        yield from _better(same[0].instead)
    else:
        said = dict.fromkeys((each.why, each.instead) for each in same)
        for number, what in enumerate(said):
            yield from ("",) if number else ()
            yield from _kind_of_remark([each for each in same if (each.why, each.instead) == what])


def _place(same: list[Remark], with_name: bool = True) -> Iterator[str]:
    """The lines and the words in question, or why, where it is about no words."""
    words = ", ".join(dict.fromkeys(f"“{_words(each)}”" for each in same if each.words))
    lines = listed(_lines(same))
    said = words or same[0].why
    said = f"{lines}: {said}" if lines else said
    name = same[0].rule if with_name else ""
    yield from _named(said, name, "  ", "    ")


def _better(instead: str) -> list[str]:
    return wrapped(f"Better: {instead}", "    ", "            ")


def _where(remark: Remark) -> str:
    line = f"line {remark.line}" if remark.line else ""
    return ": ".join(filter(None, (line, f"“{_words(remark)}”" if remark.words else "")))


def _words(remark: Remark) -> str:
    return " ".join(remark.words.split())


def _lines(same: Iterable[Remark]) -> list[int]:
    return sorted({each.line for each in same if each.line})


def _named(text: str, name: str, first: str, rest: str) -> Iterator[str]:
    """The text, with the remark's name at the end of the last line."""
    lines = wrapped(text, first, rest)
    if not name:
        yield from lines
        return
    room = WIDTH - len(lines[-1]) - len(name)
    if room >= 3:
        lines[-1] += " " * room + name
    else:
        lines.append(name.rjust(WIDTH))
    yield from lines


def _left_out(kinds: list[list[Remark]], shown: list[list[Remark]]) -> Iterator[str]:
    for weight in Weight:
        every, some = (
            sum(len(kind) for kind in which if kind[0].weight is weight) for which in (kinds, shown)
        )
        if every > some:
            more = count(every - some, "more remark")
            yield f"{more}: python3 tasks.py check --only {weight.label}"
    if len(shown) < len(kinds):
        yield ""
