"""Titles that readers look for: listed, chosen, and made into a draft."""

import re
from pathlib import Path

import pytest

from insession.check.rules.leftover_prompts import left_prompts
from insession.check.text.text import read_text_file
from insession.content import new
from insession.content.beginnings import all_beginnings
from insession.content.front_matter import ArticleHeader, read_file
from tests.check.texts import KNOWN
from tests.support import PRACTICE, article, build_content, write_content

BEGINNINGS = all_beginnings()
NUMBERS = [str(each.number) for each in BEGINNINGS]


def start(folder: Path, beginning: str | bool, title: str = "", **more: str) -> int:
    return new.new(title, content=str(folder / "content"), beginning=beginning, **more)


def drafts(folder: Path) -> list[Path]:
    return sorted((folder / "content" / "articles").glob("*.md"))


def test_they_are_listed_by_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_content(tmp_path, {})
    assert start(tmp_path, True) == 0
    said = capsys.readouterr().out
    assert re.findall(r"^ *(\d+)  (.+)$", said, re.M) == [
        (str(b.number), b.title) for b in BEGINNINGS
    ]
    assert len(BEGINNINGS) == 10
    assert "tasks.py new --beginning 1" in said
    assert drafts(tmp_path) == []


@pytest.mark.parametrize("number", NUMBERS)
def test_each_becomes_a_draft_with_questions_and_sources(tmp_path: Path, number: str) -> None:
    write_content(tmp_path, {"articles/a.md": article()})  # a blog that has a topic
    assert start(tmp_path, number) == 0
    (path,) = (path for path in drafts(tmp_path) if path.name != "a.md")
    header, body = read_file(path, path.name, is_page=False)
    assert isinstance(header, ArticleHeader)
    assert header.title == BEGINNINGS[int(number) - 1].title
    assert (header.status, header.summary, header.sources) == ("draft", new.SUMMARY, [])
    assert body.count("?") >= 3 and body.count("\n## ") >= 3
    remarks = list(left_prompts(read_text_file(path, path.name, False), KNOWN))
    assert len(remarks) == 2


def test_what_is_only_suggested_works_without_its_sign(tmp_path: Path) -> None:
    practice = PRACTICE.replace('licence_state = "New York"', 'licence_state = "Maine"')
    content = write_content(tmp_path, {"practice.toml": practice})
    for number in NUMBERS:
        assert start(tmp_path, number) == 0
    for path in drafts(tmp_path):
        text = re.sub(
            r"^# (?=date:|topic:|tags:|content_note:|reviewed:|depends_on:|sources:|  )", "",
            path.read_text("utf-8"), flags=re.M,
        )  # fmt: skip
        path.write_text(text.replace("status: draft\n", ""), "utf-8")
        header, _ = read_file(path, path.name, is_page=False)
        assert len(header.sources) >= 2
        assert header.depends_on.state in (None, "Maine")
        assert header.depends_on.country in (None, "US")
    site = build_content(content, tmp_path / "output")
    assert site.has("awake-at-three-in-the-morning/")


def test_one_is_known_by_words_of_its_title_and_may_get_another(tmp_path: Path) -> None:
    write_content(tmp_path, {})
    assert start(tmp_path, "Chatbot", "Talking to a machine") == 0
    (path,) = drafts(tmp_path)
    header, body = read_file(path, path.name, is_page=False)
    assert (path.stem, header.title) == ("talking-to-a-machine", "Talking to a machine")
    assert "## What it can't hold" in body


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("11", "There is no beginning “11”."),
        ("0", "There is no beginning “0”."),
        ("anger", "There is no beginning “anger”."),
        ("therapy", "“therapy” fits several beginnings."),
    ],
)
def test_what_fits_none_or_several_is_answered_with_those_there_are(
    tmp_path: Path, typed: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_content(tmp_path, {})
    assert start(tmp_path, typed) == 1
    told = capsys.readouterr().err
    assert said in told
    assert "10  Awake at three in the morning" in told
    assert drafts(tmp_path) == []


def test_a_beginning_has_no_kind_and_is_no_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write_content(tmp_path, {})
    assert start(tmp_path, "1", kind="book") == 1
    assert "Leave out --page and --kind" in capsys.readouterr().err
    assert new.new("", True, content=str(content), beginning="1") == 1
    assert "Leave out --page and --kind" in capsys.readouterr().err


def test_one_that_is_written_already_is_refused_with_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_content(tmp_path, {})
    assert start(tmp_path, "1") == 0
    assert start(tmp_path, "1") == 1
    assert "already belongs to content/articles/is-it-bad-enough-for-therapy.md" in (
        capsys.readouterr().err
    )
