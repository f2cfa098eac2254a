"""Words as a search compares them."""

import pytest

from insession.content.words import plain_text, split_words, words_by_weight

# What is written, and its words; the script has to cut it in the same way, too
# (tests/browser/test_search.py).
CUT = {
    "Why silence helps": "why silence helps",
    "Isn’t it? The therapist's “chair” – isn't": "isnt it the therapists chair isnt",
    "I'm here, we’ll see": "im here well see",
    "L’angoisse d'une nuit, qu’elle": "l angoisse d une nuit qu elle",
    "Café, CRÈME brûlée, Straße": "cafe creme brulee strasse",
    "İstanbul, ligne ﬁne": "istanbul ligne fine",
    "cafe\u0301 and na\xefve": "cafe and naive",
    "Łódź, Ærø, cœur": "lodz aero coeur",
    "ΣΟΦΟΣ σοφός": "σοφοσ σοφοσ",
    "Ёлка и йога": "елка и иога",
    "הַמְּטַפֶּלֶת שאלה: עו״ס, צ'ק": "המטפלת שאלה עוס צק",
    "الصَّمتُ في الجلســة، أنا": "الصمت في الجلسه انا",
    "沈黙は金": "沈黙 黙は は金",
    "ガラス と ｶﾞﾗｽ": "ガラ ラス と ガラ ラス",
    "心": "心",
    "VR治療 2026年": "vr 治療 2026 年",
    "ความเงียบ": "คว วา าม มเ เง งี ีย ยบ",
    "한국어 상담": "한국어 상담",
    "नमस्ते दुनिया": "नमस्ते दुनिया",
    "well-known, 24/7, a_b, C++": "well known 24 7 a b c",
    "co\xadoperate\u200b": "cooperate",
    "\u2066555-0142\u2069": "555 0142",
    "— … !": "",
    "": "",
}


@pytest.mark.parametrize("text", CUT)
def test_words_are_compared_without_case_accents_and_signs(text: str) -> None:
    assert " ".join(split_words(text)) == CUT[text]


def test_a_text_is_cut_as_well_if_it_is_plain_as_if_it_is_not() -> None:
    plain = "It isn't a 'quiet' room, he said; the chair's back (24/7)."
    assert split_words(f"{plain} ü") == [*split_words(plain), "u"]


def test_a_word_stands_once_where_it_weighs_most() -> None:
    text = "silence talk talk talk chair chair breath"
    lines = words_by_weight("Silence", ["On breath", "Breath and silence"], text).split("\n")
    assert [{*line.split()} for line in lines] == [
        {"silence"},
        {"on", "breath", "and", "talk"},
        {"chair"},
    ]


def test_html_leaves_its_words_alone() -> None:
    assert (
        plain_text('<p title="x">One &amp; two<br>three</p>').split() == "One & two three".split()
    )
