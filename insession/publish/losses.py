"""What publishing would take from readers: always named, and asked about where it may be unmeant.

Three things can lie behind a page that is there now and wouldn't be any more. Its text was removed
here, or made a draft: then it is named, and that is all. It came from another computer, and this
one has never had it (lineage.py): then publishing stops. Or nobody knows: then it is a question.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from insession.common.problems import Problem
from insession.content.url_ledger import Ledger, is_reserved, read_kept, read_ledger
from insession.publish.built_site import SiteBuild
from insession.publish.git_history import find_past
from insession.publish.lineage import NAME, Release, ReleaseMemory, marks, of_page, read, remembered
from insession.publish.manifest import PAGE, Changes, Digests, count_pages, is_aside
from insession.publish.registry import target_of
from insession.publish.target_config import Setting

LASTING = "theme/"  # scripts and fonts, whose names change with each version
FEW = 2  # texts that may be removed at once, however small the blog is
CATCH_UP = (
    "Catch up first: type “git pull --rebase” if your texts are under git; if they aren't,\n"
    "    docs/recovery.md (“Two computers”) says how. To publish all the same, type:\n"
    "    python3 tasks.py publish --yes"
)
WANTED = "If that is what you want, type: python3 tasks.py publish --yes"


@dataclass(frozen=True)
class Now:
    """What is published now, `before`, what would be, and what this computer remembers of it."""

    setting: Setting
    site: SiteBuild
    before: Digests
    changes: Changes
    memory: ReleaseMemory

    @cached_property
    def release(self) -> Release:
        """What the published release was made from; nothing if it doesn't say it."""
        mark = self.before.get(NAME, "")
        if self.memory.knows(mark) and not self.memory.had:  # so after an undo it isn't whole
            sources = self.memory.sources.values()
            return {mark: (of_page(page), title) for mark, page, title in sources}
        text = target_of(self.setting).read(self.setting, NAME) if mark else ""
        return read(text) or {}

    @cached_property
    def past(self) -> dict[str, str]:
        """The file of each source that this computer doesn't have now, but once has had."""
        here = {mark: file for file, (mark, _, _) in self.site.made_from.items()}
        had = {mark: file for file, (mark, _, _) in self.memory.sources.items()}
        had |= dict.fromkeys(self.memory.had - had.keys(), "")
        wanted = self.release.keys() - here.keys()
        lost = wanted - had.keys()
        lost |= {mark for mark in wanted & had.keys() if not had[mark]}
        found = find_past(self.site.content, {*lost}) if lost else {}
        return {mark: found.get(mark) or had[mark] for mark in wanted & (found.keys() | had.keys())}

    @cached_property
    def unknown(self) -> list[str]:
        """What the release was made from, and this computer has neither now nor has ever had."""
        return sorted(self.release.keys() - marks(self.site.made_from) - self.past.keys())

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each page that is listed."""
        by_page = {page: title for page, title in self.release.values() if title}
        return {page: by_page.get(of_page(page), "") for page in self.before}

    @cached_property
    def addresses(self) -> Ledger:
        """Every address that was ever published, and the text that it belongs to."""
        return read_ledger(self.site.ledger)

    @cached_property
    def removed(self) -> frozenset[str]:
        """The pages that would be gone because she has removed their texts here, or made drafts."""
        kept = read_kept(self.site.ledger).texts
        owners = {_page_at(address): owner for address, owner in self.addresses.items()}
        files = {of_page(page): kept[owner].file for page, owner in owners.items() if owner in kept}
        files |= {of_page(page): file for file, (_, page, _) in self.memory.sources.items()}
        files |= {self.release[mark][0]: file for mark, file in self.past.items() if file}
        files = {page: files.get(of_page(page), "") for page in self.changes.gone}
        paths = {page: self.site.content / file for page, file in files.items() if file}
        drafts = self.site.drafts
        return frozenset(page for page, at in paths.items() if not at.exists() or at in drafts)

    @cached_property
    def renamed(self) -> frozenset[str]:
        """The new pages of texts that are published now at another address."""
        published = {owner for url, owner in self.addresses.items() if _page_at(url) in self.before}
        pages = {_page_at(url) for owner, url in self.site.addresses.items() if owner in published}
        return frozenset(pages.intersection(self.changes.new))

    @cached_property
    def siblings(self) -> dict[str, frozenset[str]]:
        """The pages that a text has had, for each of them: an old one leads to the newest."""
        pages: dict[str, set[str]] = {}
        for address, owner in self.addresses.items():
            pages.setdefault(owner, set()).add(_page_at(address))
        return {_page_at(url): frozenset(pages[owner]) for url, owner in self.addresses.items()}

    def name(self, path: str) -> str:
        """Return what is published at a path as she knows it: its address, and its title."""
        title = self.titles.get(path)
        return f"/{path.removesuffix('index.html')}" + (f" “{title}”" if title else "")

    def strangers(self) -> Iterator[str]:
        """Yield a line for each file that only another computer has had."""
        pages, others = {of_page(page): page for page in self.before}, 0
        for mark in self.unknown:
            page = pages.get(self.release[mark][0], "")
            if page:
                fate = "taken down" if page in self.changes.gone else "changed back"
                yield f"{fate}: {self.name(page)}"
            others += not page
        if others:
            files = "1 more file" if others == 1 else f"{others} more files"
            yield f"{files}: practice.toml, pictures, or texts that aren't listed"

    def returning(self) -> Iterator[str]:
        """Yield a line for each page that another computer has taken down."""
        if not self.release or self.memory.knows(self.before.get(NAME, "")):
            return
        theirs = {page for page, _ in self.release.values()}
        for file, (_, page, _) in sorted(self.memory.sources.items()):
            is_new = page in self.changes.new and file in self.site.made_from
            if page and is_new and of_page(page) not in theirs:
                yield f"published again: {self.name(page)}"

    def unexplained(self) -> Iterator[str]:
        """Yield a line for each page that would be gone though nobody has removed its text here."""
        strangers = {self.release[mark][0] for mark in self.unknown}
        known = self.removed | {page for page in self.changes.gone if of_page(page) in strangers}
        for page in filter(_is_hers, self.changes.gone):
            if page not in known and known.isdisjoint(self.siblings.get(page, ())):
                waits = " (its text has a date to come)" if page in self.site.kept_back else ""
                yield f"{self.name(page)}{waits}"


def place_of(setting: Setting) -> str:
    """Return what a place to publish to is called in this computer's memory."""
    values = {key: setting.values[key] for key in sorted(setting.values) if key != "release"}
    return json.dumps(values, ensure_ascii=False)


def memory_of(setting: Setting) -> ReleaseMemory:
    """Return what this computer remembers of the place to which it publishes."""
    return remembered(setting.root, place_of(setting))


def stops(now: Now) -> list[Problem]:
    """Return what another computer has published, or taken down, and this one doesn't know."""
    if not (lines := [*now.strangers(), *now.returning()]):
        return []
    what = "something was published, or taken down, from another computer, which this one hasn't "
    what += f"seen. Publishing would undo that:{_rows(lines)}"
    return [Problem("content/", 0, what, CATCH_UP)]


def questions(now: Now, built: Digests) -> list[Problem]:
    """Return what has to be confirmed."""
    found = []
    if lines := [*now.unexplained()]:
        what = f"these pages would be gone, and their texts were not removed here:{_rows(lines)}"
        found.append(Problem("content/", 0, what, WANTED))
    gone = [page for page in now.changes.gone if _is_hers(page)]
    texts = {min(now.siblings.get(page, ()), default=page) for page in gone}
    if len(texts) > max(FEW, sum(map(_is_hers, now.before)) / 10):
        had, has = count_pages(now.before), count_pages(built)
        what = f"the blog would have {has} pages; it has {had} now.{_rows(map(now.name, gone))}"
        found.append(Problem("content/", 0, what, WANTED))
    return found


def taken_down(now: Now) -> list[str]:
    """Return a line for each page and file that readers would find no more."""
    gone = [path for path in now.changes.gone if not is_aside(path, now.changes.gone)]
    return [f"taken down: {now.name(path)}" for path in gone if not path.startswith(LASTING)]


def _is_hers(path: str) -> bool:
    """Whether this is the page of a text, or leads to one; not a list."""
    return path.endswith(PAGE) and not (is_reserved(path) or is_aside(path, ()))


def _page_at(address: str) -> str:
    return f"{address.removeprefix('/')}index.html" if address.endswith("/") else address[1:]


def _rows(lines: Iterable[str]) -> str:
    return "".join(f"\n      {line}" for line in lines)
