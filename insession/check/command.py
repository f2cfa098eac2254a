"""The check: mends what it is asked to mend, reads the blog, and says what a colleague would."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pelican.settings import read_settings

from insession.check import report
from insession.check.findings import Findings, find_all
from insession.check.fix.fixer import Correction, fix_file
from insession.check.links.check_urls import Asking
from insession.check.links.external_links import asking_for, check_links
from insession.check.read_site import Reading, read_site, text_files
from insession.check.registry import SITE_RULES
from insession.check.remark import Remark, Weight
from insession.check.result import (
    Result,
)
from insession.check.rules.readability import table as reading_table
from insession.check.rules.spelling import read_words
from insession.check.select_files import UnknownFile, named_files
from insession.check.text.page import CheckedSite
from insession.check.text.text import CheckedText, RuleContext
from insession.common.problems import Problem, Problems, shown_path
from insession.content.leftovers import Written, find_leftovers, text_fields
from insession.plugins.stray_files import HERS


def check(
    files: Sequence[str] = (),
    strict: bool = False,
    fix: bool = False,
    as_json: bool = False,
    links: bool = False,
    settings_file: str = "publishconf.py",
) -> int:
    """Check, and print what was found.

    Returns 1 if something would stop a build, or with `strict` if there is any advice or anything
    of the sample that keeps the blog from being published; else 0.
    """
    try:
        result = collect(files, fix, links, settings_file)
    except UnknownFile as unknown:
        print(unknown)
        return 1
    print(report.as_json(result) if as_json else report.as_text(result))
    found = result.advice or any(entry.blocks for entry in result.sample)
    return 1 if result.problems or (strict and found) else 0


def collect(
    files: Sequence[str] = (),
    fix: bool = False,
    links: bool = False,
    settings_file: str = "publishconf.py",
    how: Asking | None = None,
    **changed: Any,
) -> Result:
    """Mend (if asked to) and read, and return what is to be said. Raises UnknownFile.

    `how` says how links are asked, `changed` are settings that differ from the file's.
    """
    settings = read_settings(settings_file, override=changed)
    texts = [*text_files(settings)]
    wanted = named_files(files, [*(shown for _, shown, _ in texts), *_others(settings)])
    changes: list[Correction] = []
    left: list[str] = []
    root = Path(settings["PATH"])
    hers = [(path, shown) for path, shown, _ in texts]
    hers += [(root / name, shown_path(root / name, settings)) for name in sorted(HERS)]
    for path, shown in hers if fix else ():
        if not files or shown in wanted:
            mended, reason = fix_file(path, shown)
            changes += mended
            left += [reason] if reason else []
    reading = read_site(settings_file, **changed)
    known, refused = _known(reading.site, Path(settings["PATH"]))
    problems = [*reading.problems, *refused]
    found = find_all(reading, known)
    advice = [*_advice(reading, found)]
    unasked: dict[str, str] = {}
    if links:
        more, unasked = check_links(reading.site, how or asking_for(reading.site))
        advice += more
    articles = {shown for _, shown, is_page in texts if not is_page}
    rows = reading_table(each.measure for each in found.values() if each.measure)
    written = [_written(page.text, page.text.shown not in articles) for page in reading.site.pages]
    file = root / "practice.toml"
    left_over = find_leftovers(file, known.practice, written, known.today) if known else []
    return Result(
        articles=len(articles),
        pages=len(texts) - len(articles),
        problems=tuple(p for p in problems if not files or p.file in wanted),
        elsewhere=tuple(p for p in problems if files and p.file not in wanted),
        sample=tuple(each for each in left_over if not files or each.file in wanted),
        advice=tuple(sorted({a for a in advice if not files or a.file in wanted})),
        unasked=unasked,
        reading=tuple(row for row in rows if not files or row.file in wanted),
        changes=tuple(changes),
        left=tuple(left),
        files=tuple(wanted),
    )


def _known(site: CheckedSite, content: Path) -> tuple[RuleContext | None, list[Problem]]:
    """What the rules for words may ask about; nothing if practice.toml is broken."""
    try:
        words, problems = read_words(content / "words.txt"), []
    except Problems as refused:
        words, problems = frozenset(), refused.problems
    return RuleContext(site.practice, words, date.today()) if site.practice else None, problems


def _advice(reading: Reading, found: dict[str, Findings]) -> Iterator[Remark]:
    site = reading.site
    for problem in reading.later:
        what = problem.what[:1].upper() + problem.what[1:]
        why = f"{what} It stops nothing as long as this is a draft."
        how = problem.how[:1].lower() + problem.how[1:]
        yield Remark(problem.file, Weight.BROKEN, problem.line, "draft-link", "", why, how)
    for each in found.values():
        yield from each.remarks
    for site_rule in SITE_RULES:
        yield from site_rule(site)


def _written(text: CheckedText, is_page: bool) -> Written:
    header = text.header
    is_draft, said = header.status == "draft", text_fields(header)
    return Written(text.path, text.shown, is_page, is_draft, header.reviewed, said, text.body)


def _others(settings: dict[str, Any]) -> Iterator[str]:
    """The files besides texts that something may be said about."""
    root = Path(settings["PATH"])
    yield shown_path(root / "practice.toml", settings)
    if (root / "words.txt").exists():
        yield shown_path(root / "words.txt", settings)
    for path in sorted((root / "images").rglob("*")):
        if path.is_file():
            yield shown_path(path, settings)
