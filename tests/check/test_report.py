"""The report reads like a colleague's pencil: what matters most first, and each thing once."""

import pytest

from insession.check.remark import Remark, Weight
from insession.check.report import as_text
from insession.check.result import Result

LONG = "This sentence is long enough that it can't stand on one line of a terminal, " * 2


def remark(file: str, weight: Weight, line: int, words: str = "", why: str = "Why.") -> Remark:
    return Remark(file, weight, line, "a-rule", words, why, "something else")


def report(*remarks: Remark, **more: object) -> str:
    return as_text(Result(articles=2, pages=1, remarks=tuple(sorted(remarks)), **more))


def test_the_gravest_remarks_of_all_files_come_first() -> None:
    text = report(
        remark("content/a.md", Weight.SMALL, 1, "one"),
        remark("content/b.md", Weight.SMALL, 1, "two"),
        remark("content/b.md", Weight.HURTS, 9, "three"),
        remark("content/c.md", Weight.BROKEN, 2, "four"),
    )
    order = ["b.md", "three", "c.md", "four", "a.md", "one", "two"]
    assert [*sorted(order, key=text.index)] == order


def test_a_remark_has_line_words_reason_and_what_to_write() -> None:
    text = report(remark("content/a.md", Weight.HURTS, 12, "some  words"))
    expected = [
        "content/a.md", "", f"  line 12: “some words”{'a-rule':>55}", "    Why.",
        "    Better: something else", ""
    ]  # fmt: skip
    assert text.splitlines()[:6] == expected
    assert text.splitlines()[-2:] == [
        "I read 2 articles and 1 page.",
        "Nothing stands in the way of publishing; I have 1 remark.",
    ]


def test_no_line_is_longer_than_a_terminal_and_no_warning_is_shouted() -> None:
    text = report(remark("content/a.md", Weight.HARD, 3, LONG, LONG))
    assert max(map(len, text.splitlines())) <= 78
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


def spelled(file: str, line: int, words: str, instead: str) -> Remark:
    return Remark(file, Weight.SMALL, line, "spelling", words, "It is unknown.", instead)


def test_many_remarks_begin_with_how_many_of_what_weight_in_how_many_files() -> None:
    found = [remark(f"content/{n}.md", Weight.HURTS, n) for n in (1, 2)]
    found += [remark("content/1.md", Weight.HARD, n) for n in range(1, 5)]
    lines = report(*found).splitlines()
    assert lines[0] == "I have 6 remarks in 2 files:"
    assert [row.split()[:3] for row in lines[3:5]] == [["2", "2", "harm:"], ["4", "1", "hard:"]]
    assert "6 remarks, 2 about harm" in lines[-1]
    assert not report(*found[:5]).startswith("I have")


def test_the_same_remark_in_one_text_is_said_once() -> None:
    text = report(*(remark("content/a.md", Weight.HURTS, n, f"word {n}") for n in (3, 9, 40)))
    assert text.count("Why.") == text.count("Better:") == 1
    assert "lines 3, 9 and 40: “word 3”, “word 9”, “word 40”" in text


def test_the_same_reason_is_said_once_with_what_is_better_for_each() -> None:
    text = report(
        spelled("content/a.md", 3, "teh", "“the”"), spelled("content/a.md", 5, "adn", "“and”")
    )
    assert text.count("It is unknown.") == 1
    assert "line 3: “teh”. Better: “the”" in text
    assert "line 5: “adn”. Better: “and”" in text


def test_what_is_better_is_said_once_with_the_reason_of_each() -> None:
    long = [
        remark("content/a.md", Weight.HARD, n, f"Word {n}", f"It has {n} words.") for n in (60, 70)
    ]
    text = report(*long)
    assert text.count("Better:") == text.count("a-rule") == 1
    assert text.index("It has 60 words.") < text.index("“Word 70”") < text.index("It has 70 words.")


MANY = [remark(f"content/{n:04}.md", Weight.HARD, 1) for n in range(900)]
MANY += [remark(f"content/{n:04}.md", Weight.HURTS, 2, f"harm {n}") for n in range(60)]
MANY += [spelled(f"content/{n:04}.md", 3, "teh", "“the”") for n in range(40)]


def test_of_a_thousand_remarks_a_terminal_shows_all_harm_and_some_of_the_rest() -> None:
    result = Result(articles=900, pages=1, remarks=tuple(sorted(MANY)))
    text = as_text(result, is_terminal=True)
    assert text.count("“harm ") == 60
    assert len(text.splitlines()) < 500
    assert "890 more remarks: python3 tasks.py check --only hard" in text
    assert "30 more remarks: python3 tasks.py check --only small" in text


@pytest.mark.parametrize("names", [["hard"], ["a-rule"], []])
def test_what_is_asked_for_or_goes_into_a_file_is_shown_whole(names: list[str]) -> None:
    result = Result(articles=900, pages=1, remarks=tuple(sorted(MANY)))
    result = result.only_named(names) if names else result
    text = as_text(result, is_terminal=bool(names))
    assert text.count("something else") >= len([r for r in MANY if r.weight is Weight.HARD])
    assert "more remarks" not in text


def test_no_line_of_a_thousand_remarks_is_too_long() -> None:
    result = Result(articles=900, pages=1, remarks=tuple(sorted(MANY)))
    for is_terminal in (True, False):
        lines = (
            as_text(result, is_terminal).replace("\033[1m", "").replace("\033[0m", "").splitlines()
        )
        assert max(map(len, lines)) <= 78


def test_silenced_remarks_are_counted() -> None:
    silenced = (remark("content/a.md", Weight.HURTS, 3, "an addict"),)
    text = report(silenced=silenced)
    assert "1 remark silenced with a reason: a-rule." in text
    assert "an addict" not in text
