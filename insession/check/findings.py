"""What the rules find in each page: on all cores, and remembered until anything of it changes.

A rule for pages is given its page and, of the blog around it, what says who she is and the pages
that it looks up, one by one. So it is known which those were, and what is remembered is what it
would find again. A page is known by the digest of what it is made from, so that none is drawn or
read whose findings are known. What hangs on the day is found, and remembered, for itself.
"""

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import NamedTuple

from insession.check import dictionaries
from insession.check.dictionaries import Answers
from insession.check.read_site import Reading
from insession.check.remark import Remark
from insession.check.rules.readability import Measure, measure
from insession.check.text.page import Card, CheckedPage, CheckedSite, card_of
from insession.check.text.text import RuleContext
from insession.common.cores import on_all_cores
from insession.common.problems import Problem
from insession.common.progress import Advance
from insession.content.leftovers import Leftover, Written, leftovers_of, text_fields
from insession.content.samples import known as samples
from insession.output.digest import digest
from insession.site.memory import Memory

KIND, KIND_OF_DAY = "findings", "findings of a day"  # what they are called in the memory
WORTH_SHARING = 30  # so many pages take longer to check than other processes take to start


@dataclass(frozen=True)
class Findings:
    """What was found in a page; how hard its text is to read, unless it isn't in English.

    `looked_up` are the pages that were asked for, with their digests ("" for none); `card` is what
    the rules for the whole blog compare; `silenced` are the remarks that its header wants unsaid.
    """

    card: Card
    remarks: tuple[Remark, ...]
    measure: Measure | None
    looked_up: tuple[tuple[str, str], ...]
    silenced: tuple[str, ...] = ()


class FindingsOfDay(NamedTuple):
    """What was found in a text on a certain day, and what in it is still the sample's."""

    remarks: tuple[Remark, ...]
    leftovers: tuple[Leftover, ...]


class LookedUp(Mapping[str, CheckedPage]):
    """Pages by path or address, which notes what is asked for."""

    def __init__(self, pages: Mapping[str, CheckedPage]) -> None:
        self.pages = pages
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> CheckedPage:
        self.asked.add(name)
        return self.pages[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.pages)

    def __len__(self) -> int:
        return len(self.pages)


def find_all(
    reading: Reading, known: RuleContext | None
) -> tuple[dict[str, Findings], list[Problem]]:
    """Return what there is to say of each page, by its path in content/.

    And the problems of pages that couldn't be drawn; then all are taken as if there were none.
    """
    found = _recall(reading, known)
    missing = [path for path in reading.site.by_path if path not in found]
    if problems := reading.drawing.draw(missing):
        found = _recall(reading, known)
        missing = [path for path in reading.site.by_path if path not in found]
    keys, memory = _keys(reading, known), reading.memory

    def find_share(share: list[str], advance: Advance) -> tuple[dict[str, Findings], Answers]:
        results = {}
        for path in share:
            results[path] = _find(reading.site.by_path[path], reading, known)
            advance(1)
        return results, dictionaries.take_new()

    if missing:
        dictionaries.recall(memory, reading.theme)
    shares = on_all_cores("Checking the texts", find_share, missing, WORTH_SHARING)
    for results, _ in shares:
        found |= results
        made = [
            (path, keys[path], pickle.dumps(each)) for path, each in results.items() if path in keys
        ]
        memory.remember(KIND, made)
    dictionaries.remember(memory, reading.theme, [new for _, new in shares])
    return found, problems


def find_of_day(reading: Reading, known: RuleContext, today: date) -> dict[str, FindingsOfDay]:
    """Return what there is to say of each text today, by its path in content/."""
    memory: Memory = reading.memory
    around = digest(known, today, samples())
    texts = reading.keys
    keys = {path: digest(texts[path], around) for path in texts if texts[path]}
    found: dict[str, FindingsOfDay] = {}
    for path, data in memory.recall(KIND_OF_DAY, keys):
        found[path] = pickle.loads(data)  # noqa: S301  (our own, and whole by its digest)

    def find_share(share: list[str], advance: Advance) -> dict[str, FindingsOfDay]:
        results = {}
        for path in share:
            page = reading.site.by_path[path]
            results[path] = _find_of_day(page, known, today)
            page.forget()
            advance(1)
        return results

    missing = [path for path in reading.site.by_path if path not in found]
    for share in on_all_cores("Checking the day", find_share, missing, WORTH_SHARING):
        found |= share
    made = [(path, keys[path], pickle.dumps(found[path])) for path in missing if path in keys]
    memory.remember(KIND_OF_DAY, made)
    return found


def _keys(reading: Reading, known: RuleContext | None) -> dict[str, str]:
    site = reading.site
    around = digest(known, site.practice, site.practice_file, site.practice_words)
    return {
        page.relative: digest(
            reading.keys[page.relative], reading.drawing.mark(page.relative), around
        )
        for page in site.pages
        if reading.keys.get(page.relative)
    }


def _recall(reading: Reading, known: RuleContext | None) -> dict[str, Findings]:
    found = {}
    for path, data in reading.memory.recall(KIND, _keys(reading, known)):
        findings: Findings = pickle.loads(data)  # noqa: S301  (our own, and whole by its digest)
        if all(_mark(reading, name) == mark for name, mark in findings.looked_up):
            found[path] = findings
    return found


def _find(page: CheckedPage, reading: Reading, known: RuleContext | None) -> Findings:
    site = reading.site
    by_path, by_address = LookedUp(site.by_path), LookedUp(site.by_address)
    around = replace(site, pages=(), pictures=())
    vars(around).update(by_path=by_path, by_address=by_address)
    remarks = tuple(_remarks(page, around, known))
    is_measured = known and page.is_article and page.text.is_english(known)
    names = [f"path:{name}" for name in by_path.asked]
    names += [f"address:{name}" for name in by_address.asked]
    looked_up = tuple((name, _mark(reading, name)) for name in sorted(names))
    measured = measure(page.text) if is_measured else None
    if measured and not measured.words and not all(s.is_latin for s in page.text.sentences):
        measured = None  # it isn't in English, whatever its header says
    silenced = tuple(page.text.header.silence)
    found = Findings(card_of(page.text), remarks, measured, looked_up, silenced)
    asked = map(site.by_path.get, by_path.asked), map(site.by_address.get, by_address.asked)
    for each in filter(None, chain((page,), *asked)):
        each.forget()
    return found


def _remarks(page: CheckedPage, around: CheckedSite, known: RuleContext | None) -> Iterator[Remark]:
    from insession.check.registry import PAGE_RULES, TEXT_RULES

    for rule in PAGE_RULES:
        yield from rule(page, around)
    if known:
        for text_rule in TEXT_RULES:
            yield from text_rule(page.text, known)


def _find_of_day(page: CheckedPage, known: RuleContext, today: date) -> FindingsOfDay:
    from insession.check.registry import DATED_RULES

    text, header = page.text, page.text.header
    remarks = tuple(remark for rule in DATED_RULES for remark in rule(text, known, today))
    if header.status == "draft":
        return FindingsOfDay(remarks, ())
    where = text.path, text.shown, not page.is_article, False
    written = Written(*where, header.reviewed, text_fields(header), text.body)
    return FindingsOfDay(remarks, tuple(leftovers_of(written, today)))


def _mark(reading: Reading, name: str) -> str:
    """Return a digest of what stands on a page that was looked up; "" if there is none."""
    kind, _, place = name.partition(":")
    site = reading.site
    page = (site.by_path if kind == "path" else site.by_address).get(place)
    return digest(page.shown, reading.drawing.mark(page.relative)) if page else ""
