"""A text says what it depends on, and `check` speaks when the practice is another one."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from insession.check.command import collect
from insession.check.remark import Remark, Weight
from insession.common.problems import Problems
from insession.content.front_matter import ArticleHeader, parse
from insession.content.practice import PracticeFile, read_practice
from tests.check.texts import KNOWN, remarks, text
from tests.support import PRACTICE, ROOT, article, write_content

NEW_YORK = (
    "depends_on:\n  country: US\n  state: New York\n  licence: LMHC\n  approach: psychodynamic"
)
OREGON = {
    'credentials = "LMHC"': 'credentials = "LCSW"',
    'licence_state = "New York"': 'licence_state = "Oregon"',
    'approach = "psychodynamic"': 'approach = "cognitive behavioral"',
    'region = "US"': 'emergency = "112"\n[[crisis.lines]]\nlabel = "Samaritans"\ncall = "116123"',
}


def practice(folder: Path, changes: dict[str, str]) -> PracticeFile:
    """The sample's practice.toml with these lines changed."""
    file = folder / "practice.toml"
    words = PRACTICE
    for line, other in changes.items():
        assert line in words
        words = words.replace(line, other)
    file.write_text(words, encoding="utf-8")
    return read_practice(file)


def remarked(folder: Path, more: str, changes: dict[str, str]) -> list[Remark]:
    """What is said of a text with these further lines of its header."""
    return remarks(text("Good.", more=more), replace(KNOWN, practice=practice(folder, changes)))


def test_a_text_for_this_practice_gets_no_remark(tmp_path: Path) -> None:
    assert remarked(tmp_path, NEW_YORK, {}) == []


def test_all_that_differs_is_said_at_once_with_its_line_and_what_to_write(tmp_path: Path) -> None:
    (found,) = remarked(tmp_path, NEW_YORK, OREGON)
    assert (found.rule, found.weight, found.line) == ("depends-on", Weight.MISLEADS, 8)
    assert found.words == "country: US, state: New York, licence: LMHC, approach: psychodynamic"
    for word in ("no country", "Oregon", "LCSW", "cognitive behavioral"):
        assert word in found.why
    assert "region in [crisis]" in found.instead
    assert "reviewed: 2026-11-25" in found.instead


@pytest.mark.parametrize(
    ("assumed", "line", "written", "holds"),
    [
        ("state: New York", 'licence_state = "New York"', 'licence_state = "NY"', True),
        ("state: NY", 'licence_state = "New York"', 'licence_state = "new york"', True),
        ("state: New York", 'licence_state = "New York"', 'licence_state = "NJ and NY"', True),
        ("state: Virginia", 'licence_state = "New York"', 'licence_state = "West Virginia"', False),
        ("state: New York", 'licence_state = "New York"', "", False),
        ("licence: LMHC", 'credentials = "LMHC"', 'credentials = "PhD, L.M.H.C."', True),
        ("licence: LMHC", 'credentials = "LMHC"', 'credentials = "LMHCA"', False),
        (
            "approach: psychodynamic",
            'approach = "psychodynamic"',
            'approach = "Psychodynamic and relational"',
            True,
        ),
        ("country: GB", 'language = "en-US"', 'language = "en-GB"', False),  # region = "US"
    ],
)
def test_the_same_thing_may_be_written_in_several_ways(
    tmp_path: Path, assumed: str, line: str, written: str, holds: bool
) -> None:
    found = remarked(tmp_path, f"depends_on:\n  {assumed}", {line: written})
    assert ([remark.rule for remark in found] == []) is holds


@pytest.mark.parametrize(
    ("language", "region", "country"),
    [
        ("en-US", True, "US"),
        ("es", True, "US"),
        ("en-GB", False, "GB"),
        ("zh-Hant-TW", False, "TW"),
        ("en", False, None),
        ("en-US", False, None),  # with lines of another country
    ],
)
def test_the_country_is_that_of_the_crisis_lines_or_of_the_language(
    tmp_path: Path, language: str, region: bool, country: str | None
) -> None:
    changes = {'language = "en-US"': f'language = "{language}"'}
    if not region:
        changes['region = "US"'] = OREGON['region = "US"']
    assert practice(tmp_path, changes).country == country


def test_a_draft_misleads_nobody_yet(tmp_path: Path) -> None:
    (found,) = remarked(tmp_path, f"{NEW_YORK}\nstatus: draft", OREGON)
    assert found.weight == Weight.SMALL


@pytest.mark.parametrize(("today", "due"), [(date(2027, 2, 28), False), (date(2027, 3, 1), True)])
def test_the_law_of_a_place_wants_a_look_every_year(today: date, due: bool) -> None:
    there = text("Good.", more="reviewed: 2026-03-01\ndepends_on:\n  state: New York")
    assert ("review-due" in {remark.rule for remark in remarks(there, today=today)}) is due
    approach = text("Good.", more="reviewed: 2026-03-01\ndepends_on:\n  approach: psychodynamic")
    assert remarks(approach, today=today) == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("depends_on: New York", ("depends_on", "two spaces in")),
        ("depends_on:", ("depends_on is empty",)),
        ("depends_on:\n  license: LMHC", ("license", "Did you mean licence?")),
        ("depends_on:\n  country: USA", ("USA", "US, GB, DE")),
        ("depends_on:\n  state:", ("state is empty", "state: New York")),
        ("depends_on:\n  state: [NY, NJ]", ("state must be text",)),
    ],
)
def test_what_is_written_wrong_is_said_with_how_it_is_right(
    lines: str, words: tuple[str, ...]
) -> None:
    with pytest.raises(Problems) as refused:
        parse(article(more=lines), "content/articles/x.md", ArticleHeader)
    (problem,) = refused.value.problems
    assert problem.line in (7, 8)
    assert all(word in f"{problem.what} {problem.how}" for word in words), problem


def test_the_sample_under_another_practice_is_remarked_on_text_by_text(tmp_path: Path) -> None:
    content = ROOT / "content"
    files = {
        path.relative_to(content).as_posix(): path.read_bytes()
        for path in content.rglob("*")
        if path.is_file()
    }
    content = write_content(tmp_path, files)
    practice(content, OREGON)
    found = collect(settings_file=str(ROOT / "publishconf.py"), PATH=str(content))
    named = {remark.file for remark in found.remarks if remark.rule == "depends-on"}
    speaking = {  # of a law, a licence, a number to call or a way to work
        f"content/{name}"
        for name, words in files.items()
        if name.endswith(".md")
        and any(
            word in words.decode()
            for word in ("New York", "988", "911", "HIPAA", "CFR", "Medicaid", "psychodynamic")
        )
    }
    assert named >= speaking
    assert len(speaking) >= 8
