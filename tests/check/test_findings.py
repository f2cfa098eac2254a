"""What was found is remembered, and found anew as soon as anything of it is another."""

import re
import shutil
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from insession.check import command, dictionaries, dictionary, findings
from insession.check.read_site import Reading, read_site
from insession.check.result import Result
from insession.check.rules import readability
from insession.check.text.page import CheckedPage
from insession.site.memory import Memory
from tests.support import CONTACT, PRACTICE, ROOT, article, write_content

SETTINGS = str(ROOT / "publishconf.py")
GO = "[there](two.md#part)"
Checks = Callable[[], tuple[Result, set[str]]]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {"practice.toml": PRACTICE, "pages/contact.md": CONTACT}
    files["articles/one.md"] = article("One title", body=f"You recieve it. {GO}")
    files["articles/two.md"] = article("Two titles", body="## Part\n\nText.")
    files["articles/three.md"] = article("Three", body="Text. [two](two.md)").replace("A ", "B ")
    files["articles/draft.md"] = article("Draft", "status: draft", "[no](gone.md)")
    return write_content(tmp_path, files)


@pytest.fixture
def checks(content: Path, monkeypatch: pytest.MonkeyPatch) -> Checks:
    """Check the blog; returns what was found, and the texts that were read for it."""
    read: set[str] = set()
    find, find_of_day = findings._find, findings._find_of_day

    def note(page: CheckedPage, *rest: Any) -> Any:
        read.add(page.relative)
        return find(page, *rest)

    def note_of_day(page: CheckedPage, *rest: Any) -> Any:
        read.add(f"{page.relative} today")
        return find_of_day(page, *rest)

    monkeypatch.setattr(findings, "_find", note)
    monkeypatch.setattr(findings, "_find_of_day", note_of_day)

    def run() -> tuple[Result, set[str]]:
        read.clear()
        return command.collect(settings_file=SETTINGS, PATH=str(content)), {*read}

    return run


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def rules(result: Result) -> set[tuple[str, str]]:
    return {(remark.file.rpartition("/")[2], remark.rule) for remark in result.remarks}


def test_what_was_found_is_remembered_and_the_same(checks: Checks) -> None:
    first, read = checks()
    assert {"articles/one.md", "articles/one.md today"} < read
    assert ("one.md", "spelling") in rules(first)
    assert ("draft.md", "draft-link") in rules(first)
    assert ("two.md", "same-summary") in rules(first)
    again, read = checks()
    assert (again, read) == (first, set())


def test_only_what_changed_is_read_and_who_looked_it_up(checks: Checks, content: Path) -> None:
    checks()
    change(content / "articles/two.md", "## Part", "## Another")
    result, read = checks()
    assert read == {"articles/two.md", "articles/two.md today", "articles/one.md"}
    assert ("one.md", "anchor") in rules(result)
    change(content / "articles/one.md", "recieve", "receive")
    result, read = checks()
    assert read == {"articles/one.md", "articles/one.md today"}
    assert ("one.md", "spelling") not in rules(result)


def test_nothing_is_kept_of_a_page_that_was_checked(
    checks: Checks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of thousands it would take more memory than a computer has."""
    readings: list[Reading] = []

    def read(*arguments: Any) -> Reading:
        readings.append(read_site(*arguments))
        return readings[-1]

    monkeypatch.setattr(command, "read_site", read)
    result, _ = checks()
    assert result.remarks
    (reading,) = readings
    plain = {each.name for each in fields(CheckedPage)}
    assert [vars(page).keys() - plain for page in reading.site.pages] == [set()] * 5
    assert not reading.drawing._html


def test_her_own_words_and_practice_are_asked_anew(checks: Checks, content: Path) -> None:
    checks()
    (content / "words.txt").write_text("recieve\n", encoding="utf-8")
    result, read = checks()
    assert "articles/one.md" in read
    assert ("one.md", "spelling") not in rules(result)
    text = (content / "practice.toml").read_text(encoding="utf-8")
    (content / "practice.toml").write_text(f"{text}\n# A note.\n", encoding="utf-8")
    assert "articles/one.md" in checks()[1]  # a rule tells lines of it


def test_on_another_day_only_what_hangs_on_the_day_is_asked(
    checks: Checks, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(content / "articles/two.md", "---\n\n", "reviewed: 2026-01-01\n---\n\n")
    result, _ = checks()
    assert ("two.md", "review-due") not in rules(result)
    later = type("Later", (date,), {"today": classmethod(lambda _: date(2029, 1, 1))})
    monkeypatch.setattr(command, "date", later)
    result, read = checks()
    assert all(name.endswith(" today") for name in read)
    assert ("two.md", "review-due") in rules(result)


@pytest.mark.parametrize("is_damaged", [True, False])
def test_a_damaged_memory_or_none_is_made_anew(
    checks: Checks, content: Path, is_damaged: bool
) -> None:
    first, read = checks()
    memory = Memory(content.parent)
    memory.path.write_bytes(b"no database" * 5000) if is_damaged else memory.forget()
    assert checks() == (first, read)


def test_another_rule_asks_everything_anew(
    checks: Checks, content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The code of all rules is a part of each text's key (insession/site/memory.py)."""
    _, read = checks()
    code = shutil.copytree(ROOT / "insession", tmp_path / "insession")
    rule = code / "check/rules/stale.py"
    rule.write_text(rule.read_text(encoding="utf-8") + "\n# another\n", encoding="utf-8")
    monkeypatch.setattr("insession.site.memory.CODE", code)
    assert checks()[1] == read


@pytest.mark.parametrize("name", ["article.html", "follow.html"])
def test_a_template_that_fails_is_told_with_its_line(
    content: Path, tmp_path: Path, name: str
) -> None:
    """Whether its pages are remembered or made anew each time."""
    follow = "---\ntitle: Follow\nsummary: How to hear of it.\ntemplate: follow\n---\n\nSo.\n"
    (content / "pages/follow.md").write_text(follow, encoding="utf-8")
    theme = shutil.copytree(ROOT / "theme", tmp_path / "theme")
    settings = {"settings_file": SETTINGS, "PATH": str(content), "THEME": str(theme)}
    before = command.collect(**settings)
    assert not before.problems
    template = theme / "templates" / name
    text = template.read_text(encoding="utf-8")
    failing = re.sub(r"(\{% block \w+ %\})", r"\1{{ nothing.at.all }}", text, count=1)
    template.write_text(failing, encoding="utf-8")
    broken = command.collect(**settings)
    ((file, line),) = {(problem.file, problem.line) for problem in broken.problems}
    assert file.endswith(name)
    assert line > 0
    assert ("one.md", "spelling") in rules(broken)
    template.write_text(text, encoding="utf-8")
    assert command.collect(**settings) == before


def test_a_dictionary_is_loaded_for_a_new_word_alone(
    checks: Checks, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionaries, "_known", {})
    checks()
    monkeypatch.setattr(dictionaries, "_known", {})  # as in another run
    monkeypatch.setattr(dictionary, "counts", lambda: 1 / 0)
    monkeypatch.setattr(readability, "_pronunciations", lambda: 1 / 0)
    change(content / "articles/one.md", "You recieve it.", "You it recieve.")
    assert ("one.md", "spelling") in rules(checks()[0])
    change(content / "articles/one.md", "it recieve", "suddenly recieve")
    with pytest.raises(ZeroDivisionError):
        checks()
