"""The check: mends what it is asked to mend, reads the blog, and says what a colleague would."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.settings import read_settings

from insession.check import report
from insession.check.findings import find_all, find_of_day
from insession.check.fix.fixer import Correction, fix_file
from insession.check.fix.old_addresses import note_addresses
from insession.check.own_words import OwnWords, read_own_words
from insession.check.read_site import read_site, text_files
from insession.check.remark import Remark, Weight
from insession.check.result import Result
from insession.check.rules.readability import table
from insession.check.select_files import UnknownFile, UnknownRemark, named_files, named_remarks
from insession.check.site_rules import SITE_RULES
from insession.check.text.page import CheckedSite
from insession.check.text.text import RuleContext
from insession.common.problems import Problem, Problems, shown_path
from insession.content.leftovers import in_order
from insession.content.practice import read_practice
from insession.plugins.stray_files import HERS
from insession.site.site import WITH_DRAFTS, Site

if TYPE_CHECKING:
    from insession.check.links.check_urls import Asking


def check(
    files: Sequence[str] = (),
    strict: bool = False,
    fix: bool = False,
    as_json: bool = False,
    links: bool = False,
    only: str = "",
    settings_file: str = "publishconf.py",
) -> int:
    """Check, and print what was found; of the remarks, `only` those of these names, if any.

    Returns 1 if something would stop a build, or with `strict` if there is any remark or anything
    of the sample that keeps the blog from being published; else 0.
    """
    try:
        wanted = named_remarks(only)
        result = collect(files, fix, links, settings_file)
    except (UnknownFile, UnknownRemark) as unknown:
        print(unknown)
        return 1
    if wanted:
        result = result.only_named(wanted)
    print(report.as_json(result) if as_json else report.as_text(result))
    found = result.remarks or any(entry.blocks for entry in result.sample)
    return 1 if result.problems or (strict and found) else 0


def collect(
    files: Sequence[str] = (),
    fix: bool = False,
    links: bool = False,
    settings_file: str = "publishconf.py",
    how: "Asking | None" = None,
    **changed: Any,
) -> Result:
    """Mend (if asked to) and read, and return what is to be said. Raises UnknownFile.

    `how` says how links are asked, `changed` are settings that differ from the file's.
    """
    settings = read_settings(settings_file, override=changed)
    changes: list[Correction] = []
    left: list[str] = []
    wanted: list[str] = []
    if files or fix:
        texts = [*text_files(settings)]
        wanted = named_files(files, [*(shown for _, shown, _ in texts), *_others(settings)])
        changes, left = _mend(settings, texts, wanted) if fix else ([], [])
    site = Site(Path(), settings_file, WITH_DRAFTS | changed)
    try:
        site.refresh()
        result = examine(site, settings, links=links, how=how)
    finally:
        site.close()
    result = replace(result, changes=tuple(changes), left=tuple(left))
    return result.about(wanted) if wanted else result


def examine(
    engine: Site, settings: dict[str, Any], *, links: bool = False, how: "Asking | None" = None
) -> Result:
    """Return what is to be said of a site that was read and arranged with its drafts."""
    reading = read_site(engine, settings)
    root, today = Path(settings["PATH"]), date.today()
    known, own, refused = _known(reading.site, root)
    found, undrawn = find_all(reading, known)
    of_day = find_of_day(reading, known, today) if known else {}
    pages = [page.relative for page in reading.site.pages]
    site = replace(reading.site, cards=tuple(found[page].card for page in pages))
    remarks = [*_remarks_on(reading.later), *(r for rule in SITE_RULES for r in rule(site))]
    remarks += [remark for each in found.values() for remark in each.remarks]
    remarks += [remark for each in of_day.values() for remark in each.remarks]
    silenced = {page.shown: found[page.relative].silenced for page in reading.site.pages}
    unasked: dict[str, str] = {}
    if links:
        from insession.check.links.external_links import asking_for, check_links

        more, unasked = check_links(site, how or asking_for(site))
        remarks += more
    remarks = sorted({*remarks})
    quiet = {r for r in remarks if r.rule in own.silenced or r.rule in silenced.get(r.file, ())}
    left_over = [entry for page in pages if known for entry in of_day[page].leftovers]
    return Result(
        articles=reading.counts["article"],
        pages=reading.counts["page"],
        problems=(*reading.problems, *undrawn, *refused),
        sample=tuple(in_order(root / "practice.toml", known.practice, left_over)) if known else (),
        remarks=tuple(remark for remark in remarks if remark not in quiet),
        silenced=tuple(remark for remark in remarks if remark in quiet),
        unasked=unasked,
        reading=tuple(table(each.measure for each in found.values() if each.measure)),
    )


def _mend(
    settings: dict[str, Any], texts: list[tuple[Path, str, bool]], wanted: list[str]
) -> tuple[list[Correction], list[str]]:
    """Mend these files of hers (none: all). Returns what was changed, and what to know besides."""
    root = Path(settings["PATH"])
    others = ((root / name, shown_path(root / name, settings), False) for name in sorted(HERS))
    changes: list[Correction] = []
    left: list[str] = []
    addresses = {}
    author = _author(root)
    for path, shown, is_page in [*texts, *others]:
        if not wanted or shown in wanted:
            fixed = fix_file(path, shown, is_page, author)
            changes += fixed.changes
            left += [fixed.left] if fixed.left else []
            if fixed.old_addresses:
                addresses[path.relative_to(root).as_posix()] = fixed.old_addresses
    if addresses:
        left += note_addresses(root, root.parent / settings["LEDGER"], addresses)
    return changes, left


def _author(root: Path) -> str:
    """The name that no text needs to have in it; "" while practice.toml can't be read."""
    try:
        return read_practice(root / "practice.toml").therapist.name
    except Problems:
        return ""


def _known(site: CheckedSite, content: Path) -> tuple[RuleContext | None, OwnWords, list[Problem]]:
    """What the rules may ask about (nothing if practice.toml is broken), and words.txt."""
    try:
        own, problems = read_own_words(content / "words.txt"), []
    except Problems as refused:
        own, problems = OwnWords(), refused.problems
    known = RuleContext(site.practice, own.words) if site.practice else None
    return known, own, problems


def _remarks_on(later: Iterable[Problem]) -> Iterator[Remark]:
    """Yield a remark for each problem that a draft has only once it is none."""
    for problem in later:
        what = problem.what[:1].upper() + problem.what[1:]
        why = f"{what} It stops nothing as long as this is a draft."
        how = problem.how[:1].lower() + problem.how[1:]
        yield Remark(problem.file, Weight.BROKEN, problem.line, "draft-link", "", why, how)


def _others(settings: dict[str, Any]) -> Iterator[str]:
    """The files besides texts that something may be said about."""
    root = Path(settings["PATH"])
    yield shown_path(root / "practice.toml", settings)
    for name in sorted(HERS - {"practice.toml"}):
        if (root / name).exists():
            yield shown_path(root / name, settings)
    for path in sorted((root / "images").rglob("*")):
        if path.is_file():
            yield shown_path(path, settings)
