"""What is written for people: links lead somewhere, the index of decisions has them all."""

import re
from pathlib import Path

import pytest

from tests.support import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs/decisions").glob("0*.md"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_link_to_a_file_leads_to_one(path: Path) -> None:
    text = re.sub(r"^```.*?^```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.M | re.S)
    links = re.findall(r"\]\((?!\w+:|#)([^)#]+)", text)
    assert not [link for link in links if not (path.parent / link).exists()]


def test_a_path_that_the_guide_for_developers_names_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    tops = "|".join(p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith("."))
    paths = re.findall(rf"`((?:{tops})/[\w./-]+)`", text)
    paths = [path for path in paths if "NAME" not in path]
    assert paths
    places = [ROOT, ROOT / "insession"]
    assert not [path for path in paths if not any((place / path).exists() for place in places)]


@pytest.mark.parametrize("path", DECISIONS, ids=name)
def test_a_decision_is_short_dated_and_in_the_index(path: Path) -> None:
    number = DECISIONS.index(path) + 1
    assert path.name.startswith(f"{number:04}-")
    title, _, date, *rest = path.read_text("utf-8").splitlines()
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", date)
    assert [line for line in rest if line.startswith("#")] == [
        "## Context",
        "## Decision",
        "## Consequences",
    ]
    assert len(rest) <= 22
    index = (ROOT / "docs/decisions/README.md").read_text("utf-8")
    assert f"| {number:04} | [{title.removeprefix('# ')}]({path.name}) | {date} |" in index


def test_the_changelog_has_each_day_once_the_newest_first() -> None:
    days = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert days == sorted({*days}, reverse=True)
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", day) for day in days)
