"""The list danger_words.txt, searched fast: few of its wordings can stand in a clause at all.

Each wording needs certain words. By how those begin, the few that a clause may hold are found at
once; only these are looked for, and each is compiled when it is first looked for.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

SEARCHED = "searched"  # the heading of words that a search is begun with, in any language
FILE = Path(__file__).with_name("danger_words.txt")
LEAST, MOST = 3, 4  # letters by whose first ones a word is known
WORD = re.compile(rf"\b[a-z]{{{LEAST},{MOST}}}")
# Words that are in every other clause: a wording is better known by its other words.
COMMON = frozenset(
    "abou all and any are been can coul for from gett goin got had have her him how just know like "
    "make not now our out says see she the thin this time too very want was were what when who "
    "will with woul you".split()
)

# What the list is written in, as far as it matters which words a wording can't do without.
ANCHOR = re.compile(r"\\b|[\^$]")
VARYING = re.compile(r"\\[wd][+*]?|[^()?*+}][?*+]")  # a sign that may be another, or missing
LOOKAROUND = re.compile(r"\(\?<?[=!][^()]*\)")
OPTIONAL = re.compile(r"\(\?:([^()]*)\)(?:[?*]|\{0,\d\})\??")
GROUP = re.compile(r"(?:(^|(?<= )))?\(\?:([^()]*)\)(?:\{1,\d\})?(?![?*{])")
SOMETHING = "\0"
Stems = frozenset[str]


class DangerWording(NamedTuple):
    """An expression of the list, in full, and the heading it stands under."""

    kind: str
    rule: str


class Wordings:
    """All wordings, by what they need."""

    def __init__(self, wordings: list[DangerWording]) -> None:
        self.all = wordings
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        for number, wording in enumerate(wordings):
            for stem in needs(wording.rule) or {""}:
                self._by_stem[stem].append(number)

    def possible(self, clause: str) -> list[DangerWording]:
        """Return the wordings that may be in a clause, in their order."""
        numbers = {*self._by_stem.get("", ())}
        for word in WORD.findall(clause):
            for stem in (word, word[:LEAST]):
                if stem in self._by_stem:
                    numbers.update(self._by_stem[stem])
        return [self.all[number] for number in sorted(numbers)]

    def find(self, clause: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Yield what is found under each heading, as one expression of all of it would find it."""
        there: dict[str, list[re.Pattern[str]]] = defaultdict(list)
        for kind, rule in self.possible(clause):
            if (pattern := compiled(rule)).search(clause):
                there[kind].append(pattern)
        for kind, rules in there.items():
            at = 0
            while found := [match for rule in rules if (match := rule.search(clause, at))]:
                first = min(found, key=re.Match.start)  # of several there, what is listed first
                yield kind, first
                at = first.end()


def read_searched() -> list[str]:
    """Return the words with which somebody in danger may begin a search."""
    return _read_lines()[SEARCHED]


def _read_lines() -> dict[str, list[str]]:
    """Return the lines under each heading of the file."""
    parts = re.split(r"(?m)^== (.+)\n", FILE.read_text("utf-8"))
    return {
        kind: [line for line in part.splitlines() if line and not line.startswith("#")]
        for kind, part in zip(parts[1::2], parts[2::2], strict=True)
    }


def read() -> Wordings:
    """Return what comments are searched for."""
    lines = _read_lines()
    lists = dict(line.split(" = ", 1) for line in lines.pop("lists"))
    del lines[SEARCHED]
    return Wordings(
        [
            DangerWording(kind, _in_full(rule, lists))
            for kind, rules in lines.items()
            for rule in rules
        ]
    )


def _in_full(rule: str, lists: dict[str, str]) -> str:
    rule = rule.replace("~", r"(?:\w+ ){0,3}")
    for name, words in lists.items():
        rule = rule.replace(f"<{name}>", words)
    return rule


@cache
def compiled(rule: str) -> re.Pattern[str]:
    """Return the expression for a wording, which begins with a word."""
    return re.compile(rf"\b(?:{rule})")


def needs(rule: str) -> Stems:
    """Return how words begin of which at least one is in whatever a wording finds.

    Nothing, if that can't be said. Groups are taken from the innermost outwards: one that may be
    missing is left out, another is replaced by a sign that stands for what it needs.
    """
    known: dict[str, Stems] = {}
    rule = VARYING.sub(SOMETHING, ANCHOR.sub("", rule))
    while "(" in rule:
        before = rule
        rule = OPTIONAL.sub(_without, LOOKAROUND.sub("", rule), count=1)
        if rule == before and (group := GROUP.search(rule)):
            sign = chr(0xE000 + len(known))  # of no one's language
            known[sign] = _of_any(group[2], known, begins=group[1] is not None)
            rule = rule[: group.start()] + sign + rule[group.end() :]
        elif rule == before:
            return frozenset()
    return _of_any(rule, known, begins=True)


def _without(optional: re.Match[str]) -> str:
    """Leave out whole words before another, so that this one begins where they did."""
    are_words = all(each.endswith(" ") for each in optional[1].split("|"))
    before = optional.string[: optional.start()]
    return "" if are_words and (not before or before[-1] in " :|") else SOMETHING


def _of_any(alternatives: str, known: dict[str, Stems], begins: bool) -> Stems:
    """Return what all alternatives together need; `begins`: whether they begin with a word."""
    found = [_of_one(each, known, begins) for each in alternatives.split("|")]
    return frozenset().union(*found) if all(found) else frozenset()


def _of_one(rule: str, known: dict[str, Stems], begins: bool) -> Stems:
    """Return, of all that must be there, what tells most."""
    words = re.findall(rf"(?<= )[a-z]{{{LEAST},{MOST}}}", f" {rule}" if begins else rule)
    needed = [frozenset({word}) for word in words]
    needed += [known[sign] for sign in rule if known.get(sign)]
    return min(needed, key=lambda stems: (len(stems & COMMON), len(stems)), default=frozenset())
