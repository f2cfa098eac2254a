"""Where a remark points, what isn't read, and the rules that look at a whole text."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from insession.check.own_words import OwnWords, read_own_words
from insession.check.remark import Remark
from insession.check.rules.readability import measure, table
from insession.check.slips import COARSE
from insession.check.text.text import CheckedText, read_text_file, text_from
from insession.common.problems import Problems
from tests.check.texts import KNOWN, SHOWN, remarks, text
from tests.support import ROOT, article

OURS = sorted((ROOT / "content" / "articles").glob("*.md"))
PAGES = sorted((ROOT / "content" / "pages").glob("*.md"))


def only(found: list[Remark]) -> Remark:
    assert len(found) == 1, found
    return found[0]


def line_of(whole: str, words: str) -> int:
    return whole[: whole.index(words)].count("\n") + 1


@pytest.mark.parametrize("path", [*OURS, *PAGES], ids=lambda path: path.stem)
def test_the_sample_blog_gets_no_remark(path: Path) -> None:
    hers = replace(KNOWN, words=read_own_words(ROOT / "content" / "words.txt").words)
    read = read_text_file(path, path.name, is_page=path in PAGES)
    assert remarks(read, hers) == []


@pytest.mark.parametrize(
    "body",
    [
        "One line.\n\nHe committed suicide.",
        "A paragraph that goes on\nover lines, and then he *committed\nsuicide*, they said.",
        "- one\n- two, where he committed suicide\n- three",
        "| a | b |\n|---|---|\n| one | he committed suicide |",
        "A note.[^1]\n\n[^1]: He committed suicide.",
        "<div markdown>\n\nHe committed suicide.\n\n</div>",
        "<p>\nHe\ncommitted suicide.</p>",
        "![a picture of how he committed suicide](/images/x.jpg)",
        "`code` and ![a window](x.jpg),\nthen he committed suicide",
    ],
)
def test_a_remark_points_to_the_line_of_the_words(body: str) -> None:
    whole = article(body=body)
    found = [remark for remark in remarks(text(body)) if remark.rule == "suicide-wording"]
    assert only(found).line == line_of(whole, "committed")


def test_a_title_and_a_summary_are_read_too() -> None:
    whole = article(more="content_note: He committed suicide.", body="Good.")
    found = only(remarks(text("Good.", more="content_note: He committed suicide.")))
    assert found.line == line_of(whole, "committed")


@pytest.mark.parametrize(
    "body",
    [
        "`recieve committed suicide`",
        "```\nHe committed suicide, wich is wierd.\n```",
        "<!-- He committed suicide. -->\n\nGood.",
        "<https://example.org/recieve/addicts>",
        "[good](https://example.org/recieve/addicts)",
        "> A lunatic, an addict and a cripple meet.",
        "She said “he committed suicide” and stopped.",
        "I like *Prozac Nation* and *Confessions of an English Opium-Eater: An Addict*.",
    ],
)
def test_what_she_doesnt_say_herself_is_left_alone(body: str) -> None:
    assert remarks(text(body)) == []


def test_a_text_in_another_language_is_left_alone() -> None:
    german = (
        "Die Angst kommt in der Nacht, und sie geht am Morgen. Wie ein Addict committed suicide."
    )
    assert remarks(text(german, more="lang: de")) == []
    assert remarks(text(german)) != []


def test_her_own_words_are_right(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text(
        "# hers\nNuture  # a clinic\nBrunhilda’s\n\n", encoding="utf-8", newline="\r\n"
    )
    sentence = text("We nuture, they say, and then the nuture ends.")
    assert only(remarks(sentence)).words == "nuture"
    assert remarks(sentence, replace(KNOWN, words=read_own_words(words).words)) == []


def test_without_a_list_of_words_there_are_none(tmp_path: Path) -> None:
    assert read_own_words(tmp_path / "words.txt") == OwnWords()


def test_a_list_of_words_that_cant_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_bytes(b"caf\xe9\n")
    with pytest.raises(Problems, match=r"words\.txt"):
        read_own_words(tmp_path / "words.txt")


def test_a_wrong_word_is_said_once_with_the_nearest_right_one() -> None:
    found = only(remarks(text("You recieve it. You recieve it again.")))
    assert found.instead.startswith("“receive”, or add “recieve” to content/words.txt")


@pytest.mark.parametrize(
    ("dates", "today", "rule"),
    [
        ("", date(2026, 1, 1), None),
        ("reviewed: 2026-03-01", date(2028, 2, 29), None),
        ("reviewed: 2026-03-01", date(2028, 3, 1), "review-due"),
        ("reviewed: 2026-03-01", date(2040, 1, 1), "review-due"),
    ],
)
def test_facts_want_a_look_every_two_years(dates: str, today: date, rule: str | None) -> None:
    found = remarks(text("Good.", more=dates), today=today)
    assert [remark.rule for remark in found] == ([rule] if rule else [])
    if rule:
        assert f"reviewed: {today}" in found[0].instead


HARD = (
    "Notwithstanding considerable methodological heterogeneity, contemporary psychotherapeutic "
    "investigations consistently demonstrate comparable effectiveness across theoretically "
    "dissimilar interventions, necessitating reconsideration of fundamental presuppositions. "
) * 6
EASY = "I sit. You talk. The rain falls on the roof. We wait for the end of it. " * 10


def named(name: str, body: str) -> CheckedText:
    return text_from(article(body=body), Path(name), name, is_page=False)


def test_a_hard_text_is_said_to_be_hard_and_an_easy_one_isnt() -> None:
    assert "grade" in {remark.rule for remark in remarks(text(HARD))}
    assert remarks(text(EASY)) == []


def test_the_table_has_the_hardest_text_first() -> None:
    rows = table([measure(named("easy.md", EASY)), measure(named("hard.md", HARD))])
    assert [row.file for row in rows] == ["hard.md", "easy.md"]
    assert rows[0].grade > 12 > 5 > rows[1].grade


def test_a_row_counts_words_the_longest_sentence_and_passives() -> None:
    body = "One two three.\n\nThe form is read by me, and a time is set by you.\n\n> Quoted words."
    row = measure(text(body))
    assert (row.words, row.longest, row.passives) == (16, 13, 2)
    assert row.longest_line == line_of(article(body=body), "The form")


def test_an_empty_text_has_no_grade() -> None:
    assert measure(text("![](x.jpg)")).grade == 0


def test_a_long_sentence_is_named_by_its_beginning() -> None:
    found = only(remarks(text("And so we wait for the rain " + "and for the sun " * 12 + "again.")))
    assert (found.rule, found.words) == ("long-sentence", "And so we wait for the …")


def test_passives_are_named_together() -> None:
    found = only(remarks(text("The form is read, the fee is agreed on, and a time was set.")))
    assert (found.rule, found.words) == ("passives", "is read, is agreed, was set")


def test_remarks_sort_by_file_then_by_what_could_hurt() -> None:
    found = sorted(remarks(text("You recieve it. Her father is an addict. I guarantee results.")))
    assert [remark.rule for remark in found] == ["addiction-wording", "guarantee", "spelling"]
    assert {remark.file for remark in found} == {SHOWN}


@pytest.mark.parametrize(
    "body",
    [
        f"{'我们常常以为，沉默是空的，可是往往装着很多东西，' * 20}所以我会等。",
        f"{'はじめての面接では、これまでのことをうかがい、' * 30}それから始めます。",
        "การบำบัดเป็นพื้นที่ปลอดภัย " * 60,
        f"{'Мы часто думаем, что молчание пусто, ' * 20}и ждем.",
        "אנחנו חושבים ששתיקה היא ריקה " * 20,
    ],
)
def test_what_is_in_another_script_is_neither_counted_nor_spelled(body: str) -> None:
    """Also where nothing says its language; in some scripts a clause would be one word."""
    assert remarks(text(body)) == []
    assert measure(text(body)).words == 0
    mixed = text(f"She said 沉默 and waited{' and waited' * 30}.\n\nYou recieve 沉默.")
    assert {remark.rule for remark in remarks(mixed)} == {"long-sentence", "spelling"}
    assert measure(text("Le café était naïf.")).words == 4


@pytest.mark.parametrize("word", ["creap", "shitt", "pissd", "dickk", "fukc", "crapp", "bicth"])
def test_nothing_coarse_is_proposed(word: str) -> None:
    for remark in remarks(text(f"We have {word} here.")):
        assert not COARSE & {*re.findall(r"\w+", remark.instead.partition(", or add")[0])}


def test_two_words_are_proposed_where_either_may_be_meant() -> None:
    found = only(remarks(text("She is alway there, and I know it.")))
    assert found.instead.startswith("“always” or “away”, or add “alway”")


@pytest.mark.parametrize("word", ["'tis", "’tis", "'Twas", "’twere", "'twill"])
def test_a_word_that_lost_its_beginning_is_right(word: str) -> None:
    assert remarks(text(f"And so they say that {word} better to wait for a day.")) == []
    assert remarks(text("And so they say that twere better to wait for a day."))
