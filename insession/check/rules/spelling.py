"""Spelling: words that are most likely a slip, and what was meant.

Names (words with a capital inside a sentence), capitals, addresses, code and words with digits are
left alone, and so are words that the dictionary lacks and that are near no common one. What is
right all the same stands in content/words.txt, one word a line.
"""

import re
from collections.abc import Iterator
from functools import cache

from insession.check import slips
from insession.check.dictionaries import asked_once
from insession.check.dictionary import is_word
from insession.check.remark import Remark, Weight
from insession.check.text.sentences import OTHER_LETTER, Sentence
from insession.check.text.text import CheckedText, RuleContext
from insession.content.practice import PracticeFile

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
# An address, a file's name, a tag, something with digits or several words in one.
NO_WORD = re.compile(r"\S*(?:[@_#&\d/\\]|\w[.:]\w|www\.)\S*")
ENDING = re.compile(r"'(?:s|d|ll|re|ve)?$")
NAME_AFTER = re.compile(r" [A-Z][\w.]")
SHORTEST_PART = 5  # of a word behind a hyphen: “winter-ish”, “she-ra”
FOREIGN = (
    3  # so many unknown words, and a third of all, are another language, unless most are slips
)
ELIDED = frozenset("tis twas twere twill".split())  # right behind an apostrophe
ENGLISH = frozenset("and are for have my not of that the they this was with you your".split())


def misspelling(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """A word that no dictionary has, where a slip of a common word is likely.

    Source: the words and counts of pyspellchecker, https://pyspellchecker.readthedocs.io
    """
    if not text.is_english(known):
        return
    hers = _words_of(known.practice) | _folded(known.words)
    told: set[str] = set()
    for sentence in text.sentences:
        for found in _unknown(sentence, hers):
            bare = ENDING.sub("", found[0])
            word = bare.lower()
            may_be_name = bare != word
            if may_be_name and not _opens(sentence, found, bare):
                continue
            meant = _meant_by_name(word) if may_be_name else _meant(word)
            if not meant or word in told or (may_be_name and _is_name(bare, text)):
                continue
            told.add(word)
            nearest = " or ".join(f"“{other}”" for other in meant).replace("'", "’")
            why = "The dictionary doesn’t know this word."
            instead = f"{nearest}, or add “{bare}” to content/words.txt if it is right"
            yield text.remark(sentence, found, Weight.SMALL, "spelling", why, instead)


def _unknown(sentence: Sentence, hers: frozenset[str]) -> list[re.Match[str]]:
    """Return the words of a sentence that no dictionary has, unless it is in another language."""
    straight = NO_WORD.sub(lambda found: " " * len(found[0]), sentence.straight)
    words = [*WORD.finditer(straight)]
    unknown = [word for word in words if not _is_right(word[0], hers)]
    small = [word for word in unknown if word[0].islower()]
    if len(small) >= FOREIGN and 3 * len(small) >= len(words):
        slips_of_english = sum(bool(_meant(ENDING.sub("", word[0]))) for word in small)
        if 2 * slips_of_english < len(small) or not any(w[0].lower() in ENGLISH for w in words):
            return []
    unknown = [word for word in unknown if not _is_elided(straight, word)]
    return [word for word in unknown if not _is_short_part(straight, word)]


def _is_right(word: str, hers: frozenset[str]) -> bool:
    forms = {word.lower(), ENDING.sub("", word.lower())}
    if forms & hers or OTHER_LETTER.search(word):
        return True  # this dictionary is of English
    return any(_is_known(form) for form in forms)


def _is_elided(straight: str, found: re.Match[str]) -> bool:
    return found[0].lower() in ELIDED and straight[: found.start()].endswith("'")


def _is_short_part(straight: str, found: re.Match[str]) -> bool:
    behind_hyphen = straight[: found.start()].endswith(("-", "‑", "–"))
    before_hyphen = straight[found.end() :].startswith(("-", "‑"))
    return (behind_hyphen or before_hyphen) and len(found[0]) < SHORTEST_PART


@asked_once
def _is_known(word: str) -> bool:
    return is_word(word)


@asked_once
def _meant(word: str) -> tuple[str, ...]:
    return slips.meant(word)


@asked_once
def _meant_by_name(word: str) -> tuple[str, ...]:
    return slips.meant_by_name(word)


def _opens(sentence: Sentence, found: re.Match[str], bare: str) -> bool:
    """Whether a word has its capital from the beginning of a sentence, and nothing else."""
    before = sentence.text[: found.start()].rstrip("\"'“‘([ ")
    if not bare.istitle() or found[0] != bare or NAME_AFTER.match(sentence.text, found.end()):
        return False  # “TOO”, “Winnicott’s”, “Rollo May”
    return not before or before[-1] in ".!?:…" or sentence.kind in {"heading", "cell"}


def _is_name(word: str, text: CheckedText) -> bool:
    """Whether the word has its capital inside a sentence of the text, too."""
    inside = re.compile(rf"[a-z,;] {word}\b")
    return any(inside.search(s.straight) for s in text.sentences if s.kind == "text")


@cache
def _folded(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


def _words_of(practice: PracticeFile) -> frozenset[str]:
    """Return the words that practice.toml holds: her name, her place, her credential."""
    return frozenset(re.findall(r"[^\W\d_]+", practice.model_dump_json().lower()))
