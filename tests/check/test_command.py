"""`python3 tasks.py check`: what it reads, what it says, and how it ends."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from insession.check import command as check_command
from insession.check.command import collect
from insession.check.report import as_json, as_text
from insession.check.result import Result
from insession.check.select_files import UnknownFile, named_files
from insession.cli import main
from tests.support import CONTACT, HER_PRACTICE, PRACTICE, ROOT, article, write_content

SETTINGS = str(ROOT / "publishconf.py")
SUMMARY = "How to reach me, and what happens after you call, in a few plain words."
FINE = {
    "practice.toml": HER_PRACTICE,
    "articles/a.md": article("One title", body="## Words\n\nSome text, and [more](b.md#silence)."),
    "articles/b.md": article("Another title", body="## Silence\n\nSome more text.").replace(
        "A short summary of what this article is about.", "What the other article is about."
    ),
    "pages/contact.md": CONTACT.replace("How to reach me.", SUMMARY),
}


def checked(folder: Path, files: dict[str, str | bytes], *names: str, **options: Any) -> Result:
    content = write_content(folder, FINE | files)
    return collect(names, settings_file=SETTINGS, PATH=str(content), **options)


def test_a_good_blog_gets_no_remark(tmp_path: Path) -> None:
    result = checked(tmp_path, {})
    assert (result.problems, result.remarks) == ((), ())
    assert as_text(result).endswith(
        "I read 2 articles and 1 page.\nNothing stands in the way of publishing; I have no remarks."
    )


def test_the_sample_blog_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    on_the_day = type("Day", (), {"today": staticmethod(lambda: date(2026, 12, 1))})
    monkeypatch.setattr(check_command, "date", on_the_day)  # its law wants a look every year
    result = collect(settings_file=SETTINGS, PATH=str(ROOT / "content"))
    assert (result.problems, result.remarks) == ((), ())


def test_what_stops_a_build_comes_first_and_the_rest_is_still_read(tmp_path: Path) -> None:
    bad = {
        "articles/a.md": article(body="See [x](none.md).\n\n### Deep"),
        "articles/b.md": "no header",
    }
    result = checked(tmp_path, bad)
    assert [(p.file, p.line) for p in result.problems] == [
        ("content/articles/a.md", 9), ("content/articles/b.md", 1)
    ]  # fmt: skip
    assert "heading-order" in {remark.rule for remark in result.remarks}
    text = as_text(result)
    assert text.startswith("Mend these first; with them, nothing can be published.\n")
    assert text.index("none.md") < text.index("Deep")
    assert "2 things would stop a build" in text.splitlines()[-1]


def test_a_broken_practice_file_is_said_and_the_pages_are_still_read(tmp_path: Path) -> None:
    files = {"practice.toml": "[site", "articles/a.md": article(body="### Deep")}
    result = checked(tmp_path, files)
    assert result.problems[0].file == "content/practice.toml"
    assert [remark.words for remark in result.remarks if remark.rule == "heading-order"] == ["Deep"]


def test_what_is_wrong_with_topics_and_the_glossary_is_said(tmp_path: Path) -> None:
    wrong = {"topics.toml": 'Other = "A"', "glossary.toml": "[a]"}
    result = checked(tmp_path, {"articles/a.md": article(), **wrong})
    found = [(problem.file, problem.line) for problem in result.problems]
    assert found == [("content/glossary.toml", 1), ("content/topics.toml", 1)]


def test_drafts_are_read_too_but_stop_nothing(tmp_path: Path) -> None:
    draft = article("A draft", "status: draft", "[x](none.md) and [y](a.md#nowhere) <b>")
    result = checked(tmp_path, {"articles/d.md": draft.replace("A short", "A draft's short")})
    assert result.problems == ()
    rules = {remark.rule for remark in result.remarks if remark.file == "content/articles/d.md"}
    assert {"draft-link", "anchor", "unclosed-tag"} <= rules


def test_one_file_can_be_asked_about(tmp_path: Path) -> None:
    files = {"articles/a.md": article(body="### Deep"), "articles/c.md": "no header"}
    result = checked(tmp_path, files, "a.md")
    assert (result.problems, {a.file for a in result.remarks}) == ((), {"content/articles/a.md"})
    assert [problem.file for problem in result.elsewhere] == ["content/articles/c.md"]
    assert "for what is wrong in content/articles/c.md." in as_text(result)


KNOWN = ["content/articles/x.md", "content/articles/y-z.md", "content/pages/x.md",
         "content/practice.toml"]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("content/articles/x.md", ["content/articles/x.md"]),
        ("articles/x.md", ["content/articles/x.md"]),
        ("content\\articles\\x.md", ["content/articles/x.md"]),
        ("./content/articles/x.md", ["content/articles/x.md"]),
        ("C:\\Users\\me\\blog\\content\\articles\\x.md", ["content/articles/x.md"]),
        ("x.md", ["content/articles/x.md", "content/pages/x.md"]),
        ("Y-Z", ["content/articles/y-z.md"]),
        ("content/pages/", ["content/pages/x.md"]),
        ("practice.toml", ["content/practice.toml"]),
    ],
)
def test_a_file_may_be_typed_in_many_ways(word: str, meant: list[str]) -> None:
    assert named_files([word], KNOWN) == meant


def test_an_unknown_file_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(UnknownFile, match=r"“y-y\.md”.* Did you mean content/articles/y-z\.md\?"):
        named_files(["y-y.md"], KNOWN)
    with pytest.raises(UnknownFile, match=r"^There is no text “\?\?\?” in content/\.$"):
        named_files(["???"], KNOWN)


def test_fix_mends_then_checks_and_a_second_run_mends_nothing(tmp_path: Path) -> None:
    header = "Title: One: two\nDate: 2026-03-04\nCategory: Topic\nSummary: Long enough a summary."
    classic = f"{header}\n\nText."
    result = checked(tmp_path, {"articles/c.md": classic}, fix=True)
    assert result.problems == ()
    text = as_text(result)
    assert text.startswith("I have mended this:\n\ncontent/articles/c.md\n")
    assert 'line 1: Title: One: two\n    now: title: "One: two"' in text
    again = collect(settings_file=SETTINGS, PATH=str(tmp_path / "content"), fix=True)
    assert again.changes == ()


def test_fix_touches_only_the_files_that_were_named(tmp_path: Path) -> None:
    untouched = FINE["articles/b.md"] + "space \n"
    checked(tmp_path, {"articles/b.md": untouched}, "a.md", fix=True)
    assert (tmp_path / "content/articles/b.md").read_text(encoding="utf-8") == untouched


def test_the_json_has_its_documented_form(tmp_path: Path) -> None:
    files = {"articles/a.md": article("One title", body="### Deep"), "articles/c.md": "no header"}
    found = json.loads(as_json(checked(tmp_path, files)))
    assert [*found] == ["version", "problems", "remarks", "reading", "fixed", "sample", "silenced"]
    assert found["version"] == 2
    assert {*found["problems"][0]} == {"file", "line", "what", "how"}
    (deep,) = [a for a in found["remarks"] if a["rule"] == "heading-order"]
    assert {*deep} == {"file", "line", "rule", "weight", "words", "why", "instead"}
    assert (deep["weight"], deep["line"], deep["words"]) == ("broken", 9, "Deep")
    assert {row["file"] for row in found["reading"]} == {
        "content/articles/a.md", "content/articles/b.md"
    }  # fmt: skip


def test_what_is_still_the_samples_is_listed_before_the_remarks(tmp_path: Path) -> None:
    files = {"practice.toml": PRACTICE, "articles/a.md": article("One title", body="### Deep")}
    result = checked(tmp_path, files)
    assert {entry.file for entry in result.sample} == {"content/practice.toml"}
    text = as_text(result)
    assert text.index("“Hannah Vale”") < text.index("Deep")
    assert "still the sample’s and can’t be published" in text.splitlines()[-1]
    listed = json.loads(as_json(result))["sample"]
    (name,) = [entry for entry in listed if "Hannah Vale" in entry["what"]]
    assert {*name} == {"file", "line", "what", "how", "blocks"}
    line = 1 + [row.startswith("name = ") for row in PRACTICE.splitlines()].index(True)
    assert (name["line"], name["blocks"]) == (line, True)


@pytest.mark.parametrize("strict", [False, True])
def test_what_is_still_the_samples_counts_for_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, strict: bool
) -> None:
    result = checked(tmp_path, {"practice.toml": PRACTICE})
    monkeypatch.setattr(check_command, "collect", lambda *_: result)
    assert check_command.check(strict=strict) == int(strict)


@pytest.mark.parametrize(
    ("body", "strict", "code"),
    [("Fine.", True, 0), ("### Deep", False, 0), ("### Deep", True, 1), ("[x](none.md)", False, 1)],
)
def test_the_exit_code_tells_errors_from_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, strict: bool, code: int
) -> None:
    result = checked(tmp_path, {"articles/a.md": article("One title", body=body)})
    monkeypatch.setattr(check_command, "collect", lambda *_: result)
    assert check_command.check(strict=strict) == code


def test_the_command_takes_files_and_options_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[object] = []
    monkeypatch.setattr(check_command, "check", lambda *typed: taken.extend(typed) or 0)
    main.run(["check", "--strict", "a.md", "b.md", "--links"])
    assert taken == [["a.md", "b.md"], True, False, False, True, ""]
    taken.clear()
    main.run(["check", "--only", "harm,spelling", "a.md", "--json"])
    assert taken == [["a.md"], False, False, True, False, "harm,spelling"]
    taken.clear()
    main.run(["check"])
    assert taken == [(), False, False, False, False, ""]


def test_json_stands_alone_on_the_standard_output() -> None:
    command = "import sys; from insession.cli.main import run; sys.exit(run(sys.argv[1:]))"
    typed = [sys.executable, "-c", command, "check", "how-therapy-ends.md", "--json"]
    environment = os.environ | {"PYTHONUTF8": "1"}
    done = subprocess.run(typed, cwd=ROOT, env=environment, capture_output=True, check=True)
    assert json.loads(done.stdout)["problems"] == []


@pytest.mark.parametrize(("only", "code"), [("", 1), ("broken", 1), ("harm", 0), ("speling", 1)])
def test_strict_counts_the_remarks_that_were_asked_for(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    only: str,
    code: int,
) -> None:
    result = checked(tmp_path, {"articles/a.md": article("One title", body="### Deep")})
    monkeypatch.setattr(check_command, "collect", lambda *_: result)
    assert check_command.check(strict=True, only=only) == code
    assert ("Did you mean spelling?" in capsys.readouterr().out) == (only == "speling")
