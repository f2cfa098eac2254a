"""What the rules find in each page: on all cores, and remembered until anything of it changes.

A rule for pages is given its page and, of the blog around it, what says who she is and the pages
that it looks up, one by one. So it is known which those were, and what is remembered is what it
would find again.
"""

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b

from insession.check.read_site import Reading
from insession.check.registry import PAGE_RULES, TEXT_RULES
from insession.check.remark import Remark
from insession.check.rules.readability import Measure, measure
from insession.check.text.page import CheckedSite, Page
from insession.check.text.text import RuleContext
from insession.common.cores import on_all_cores
from insession.common.progress import Advance
from insession.output.digest import digest

KIND = "findings"  # what they are called in the memory
WORTH_SHARING = 30  # so many pages take longer to check than other processes take to start


@dataclass(frozen=True)
class Findings:
    """What was found in a page; how hard its text is to read, unless it isn't in English.

    `looked_up` are the pages that were asked for, with their digests ("" for none).
    """

    remarks: tuple[Remark, ...]
    measure: Measure | None
    looked_up: tuple[tuple[str, str], ...]


class LookedUp(Mapping[str, Page]):
    """Pages by path or address, which notes what is asked for."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self.pages = pages
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Page:
        self.asked.add(name)
        return self.pages[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.pages)

    def __len__(self) -> int:
        return len(self.pages)


def find_all(reading: Reading, known: RuleContext | None) -> dict[str, Findings]:
    """Return what there is to say of each page, by its path in content/."""
    site, memory = reading.site, reading.memory
    around = digest(known, site.practice, site.practice_file, site.practice_words)
    keys = {
        page.relative: digest(reading.keys[page.relative], page.built, around)
        for page in site.pages
        if reading.keys.get(page.relative)
    }
    found: dict[str, Findings] = {}
    for path, data in memory.recall(KIND, keys):
        findings: Findings = pickle.loads(data)  # noqa: S301  (our own, and whole by its digest)
        if all(_mark(site, name) == mark for name, mark in findings.looked_up):
            found[path] = findings

    def find_share(share: list[Page], advance: Advance) -> list[tuple[str, Findings]]:
        results = []
        for page in share:
            results.append((page.relative, _find(page, site, known)))
            advance(1)
        return results

    missing = [page for page in site.pages if page.relative not in found]
    for results in on_all_cores("Checking the texts", find_share, missing, WORTH_SHARING):
        found |= results
        made = [(path, keys[path], pickle.dumps(each)) for path, each in results if path in keys]
        memory.remember(KIND, made)
    return found


def _find(page: Page, site: CheckedSite, known: RuleContext | None) -> Findings:
    by_path, by_address = LookedUp(site.by_path), LookedUp(site.by_address)
    around = replace(site, pages=(), pictures=())
    vars(around).update(by_path=by_path, by_address=by_address)
    remarks = tuple(_remarks(page, around, known))
    is_measured = known and page.is_article and page.text.is_english(known)
    asked = [f"path:{name}" for name in by_path.asked]
    asked += [f"address:{name}" for name in by_address.asked]
    looked_up = tuple((name, _mark(site, name)) for name in sorted(asked))
    return Findings(remarks, measure(page.text) if is_measured else None, looked_up)


def _remarks(page: Page, around: CheckedSite, known: RuleContext | None) -> Iterator[Remark]:
    for rule in PAGE_RULES:
        yield from rule(page, around)
    if known:
        for text_rule in TEXT_RULES:
            yield from text_rule(page.text, known)


def _mark(site: CheckedSite, name: str) -> str:
    """Return a digest of what stands on a page that was looked up; "" if there is none."""
    kind, _, place = name.partition(":")
    page = (site.by_path if kind == "path" else site.by_address).get(place)
    return blake2b(f"{page.text.shown} {page.built}".encode()).hexdigest() if page else ""
