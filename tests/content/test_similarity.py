"""A text is known again by its words, and only by them."""

import random

import pytest

from insession.content.similarity import are_alike, are_close, sketch
from tests.support import ROOT

SAMPLES = [
    path.read_text(encoding="utf-8").split("---", 2)[2]
    for path in sorted((ROOT / "content/articles").glob("*.md"))
]
OTHERS = {
    "ja": "沈黙はセラピーの中でとても大切な時間です。話さなくてもよいのです。" * 3,
    "he": "השתיקה היא חלק חשוב מן הטיפול, ואין צורך למלא אותה במילים כל הזמן.",
    "hi": "चुप्पी उपचार का एक महत्वपूर्ण हिस्सा है, और उसे शब्दों से भरना ज़रूरी नहीं है।",
}


@pytest.mark.parametrize("text", [*SAMPLES[:3], *OTHERS.values(), "Some text.", "x"])
def test_the_same_words_are_alike_however_they_are_written(text: str) -> None:
    other = (
        f"# A title\n\n{text}".removeprefix("# A title\n").replace("\n", "\r\n").replace(" ", "  ")
    )
    assert are_alike(sketch(text), sketch(other.upper() if text.isascii() else other))
    assert sketch(text) == sketch(f"**{text}**")


def test_different_texts_are_not_alike() -> None:
    sketches = [sketch(text) for text in [*SAMPLES, *OTHERS.values(), "Some text."]]
    pairs = [(a, b) for at, a in enumerate(sketches) for b in sketches[:at]]
    assert len(pairs) > 20
    assert not any(are_alike(a, b) for a, b in pairs)


@pytest.mark.parametrize("text", SAMPLES[:4])
def test_a_text_in_which_a_little_was_changed_is_the_same_and_half_of_one_is_not(text: str) -> None:
    chance = random.Random(7)
    words = text.split()
    for at in chance.sample(range(len(words)), len(words) // 25):
        words[at] = f"other{at}"
    assert are_alike(sketch(text), sketch(" ".join(words)))
    assert are_close(sketch(text), sketch(f"{text}\n\nOne more sentence at its end."))
    for at in chance.sample(range(len(words)), len(words) // 2):
        words[at] = f"another{at}"
    assert not are_alike(sketch(text), sketch(" ".join(words)))


def test_of_a_few_words_only_the_same_are_alike_and_nothing_is_like_nothing() -> None:
    assert not are_alike(sketch("Some text."), sketch("Some texts."))
    assert not are_alike(sketch(""), sketch(""))
    assert sketch("… — !") == ""
