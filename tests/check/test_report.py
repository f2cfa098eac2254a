"""The report reads like a colleague's pencil: file by file, what matters most first."""

import pytest

from insession.check.remark import Remark, Weight
from insession.check.report import as_text
from insession.check.result import Result

LONG = "This sentence is long enough that it can't stand on one line of a terminal, " * 2


def remark(file: str, weight: Weight, line: int, words: str = "", why: str = "Why.") -> Remark:
    return Remark(file, weight, line, "a-rule", words, why, "something else")


def report(*remarks: Remark, **more: object) -> str:
    return as_text(Result(articles=2, pages=1, remarks=tuple(sorted(remarks)), **more))


def test_the_file_with_the_gravest_remark_comes_first_and_in_it_the_gravest() -> None:
    text = report(
        remark("content/a.md", Weight.SMALL, 1, "one"),
        remark("content/b.md", Weight.SMALL, 1, "two"),
        remark("content/b.md", Weight.HURTS, 9, "three"),
        remark("content/c.md", Weight.BROKEN, 2, "four"),
    )
    order = ["b.md", "three", "two", "c.md", "four", "a.md", "one"]
    assert [*sorted(order, key=text.index)] == order


def test_a_remark_has_line_words_reason_and_what_to_write() -> None:
    text = report(remark("content/a.md", Weight.HURTS, 12, "some  words"))
    expected = [
        "content/a.md", "", "  line 12: “some words”", "    Why.", "    Better: something else", ""
    ]  # fmt: skip
    assert text.splitlines()[:6] == expected
    assert text.splitlines()[-2:] == [
        "I read 2 articles and 1 page.",
        "Nothing stands in the way of publishing; I have 1 remark.",
    ]


def test_no_line_is_longer_than_a_terminal_and_no_code_or_warning_is_shouted() -> None:
    text = report(remark("content/a.md", Weight.HARD, 3, LONG, LONG))
    assert max(map(len, text.splitlines())) <= 78
    assert "a-rule" not in text
    assert "warning" not in text.lower()
    assert "\033" not in text


def test_only_a_terminal_gets_bold_names_and_not_with_no_color(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    result = Result(articles=1, pages=0, remarks=(remark("content/a.md", Weight.HARD, 3),))
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\033[1mcontent/a.md\033[0m" in as_text(result, is_terminal=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\033" not in as_text(result, is_terminal=True)


def test_links_that_could_not_be_checked_are_named_but_are_no_remark() -> None:
    unasked = {f"https://{n}.example/": "it didn't answer in time" for n in range(10)}
    text = report(unasked=unasked)
    assert "10 links couldn't be checked: it didn't answer in time." in text
    assert "… and 2 more" in text
    assert "I have no remarks." in text
