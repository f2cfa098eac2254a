"""Each bad sentence is found by its rule, and no rule says a word about a good one.

The files in corpus/ hold them; in a bad sentence «these marks» stand around the words that the
remark has to name.
"""

import re

import pytest

from tests.check.texts import corpus, remarks, text

NAMES = ["language", "confidentiality", "promises", "others"]
BAD = [
    (rule, sentence)
    for name in NAMES
    for rule, sentences in corpus(f"{name}-bad").items()
    for sentence in sentences
]
GOOD = [sentence for name in NAMES for sentence in corpus(f"{name}-good")["sentences"]]
PROSE = corpus("prose")
WHOLE_SENTENCES = {"long-sentence", "passives"}  # what they name is tested in test_words.py
DECLARED = corpus("confidentiality-declared")["declared"]


def unmarked(sentence: str) -> str:
    return re.sub("[«»]", "", sentence)


@pytest.mark.parametrize(("rule", "sentence"), BAD)
def test_a_bad_sentence_is_found_by_its_rule(rule: str, sentence: str) -> None:
    found = [remark for remark in remarks(text(unmarked(sentence))) if remark.rule == rule]
    named = re.findall("«(.*?)»", sentence)
    assert found
    assert [remark.words for remark in found] == named or rule in WHOLE_SENTENCES


@pytest.mark.parametrize("sentence", GOOD)
def test_a_good_sentence_raises_nothing(sentence: str) -> None:
    assert remarks(text(sentence)) == []


@pytest.mark.parametrize("name", PROSE)
def test_whole_paragraphs_of_good_prose_raise_nothing(name: str) -> None:
    assert remarks(text(PROSE[name])) == []


@pytest.mark.parametrize("case", DECLARED, ids=[case["vignette"] for case in DECLARED])
def test_a_declaration_covers_what_it_can(case: dict[str, str]) -> None:
    found = remarks(text(case["sentence"], more=f"vignette: {case['vignette']}"))
    assert sorted({remark.rule for remark in found}) == case["raises"]


def test_a_remark_says_why_in_one_sentence_and_what_to_write() -> None:
    for _, sentence in BAD:
        for remark in remarks(text(unmarked(sentence))):
            assert re.fullmatch(r"[A-Z“9][^.!?]*[^ ]\.", remark.why), remark
            assert remark.instead and not remark.instead.endswith("."), remark
            assert "'" not in remark.why + remark.instead, remark
