"""Each bad sentence is found by its rule, and no rule says a word about a good one."""

import pytest

from tests.check.texts import corpus, remarks, text

NAMES = ["language", "confidentiality", "promises", "others"]
BAD = [
    (rule, sentence)
    for name in NAMES
    for rule, sentences in corpus(name)["bad"].items()
    for sentence in sentences
]
GOOD = [sentence for name in NAMES for sentence in corpus(name)["good"]["all"]]
DECLARED = corpus("confidentiality")["declared"]


@pytest.mark.parametrize(("rule", "sentence"), BAD)
def test_a_bad_sentence_is_found_by_its_rule(rule: str, sentence: str) -> None:
    found = remarks(text(sentence))
    assert rule in {remark.rule for remark in found}, found


@pytest.mark.parametrize("sentence", GOOD)
def test_a_good_sentence_raises_nothing(sentence: str) -> None:
    assert remarks(text(sentence)) == []


@pytest.mark.parametrize("case", DECLARED, ids=[case["vignette"] for case in DECLARED])
def test_a_declaration_covers_what_it_can(case: dict[str, str]) -> None:
    found = remarks(text(case["sentence"], more=f"vignette: {case['vignette']}"))
    assert sorted({remark.rule for remark in found}) == case["raises"]


def test_a_remark_says_why_in_one_sentence_and_what_to_write() -> None:
    for _, sentence in BAD:
        for remark in remarks(text(sentence)):
            assert remark.why.count(".") >= 1, remark
            assert remark.why[0].isupper() or remark.why[0] in "“9", remark
            assert remark.why.endswith("."), remark
            assert remark.instead and not remark.instead.endswith("."), remark
            assert "'" not in remark.why + remark.instead, remark
