"""Spelling, with Hunspell's American dictionary, British forms, and her own words.

Names (words with a capital inside a sentence), addresses, code and words with digits are left
alone; content/words.txt holds what the dictionary lacks, one word a line.
"""

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from insession.check.dictionaries import asked_once
from insession.check.patterns.clinical_terms import FIELD
from insession.check.remark import Remark, Weight
from insession.check.text.sentences import OTHER_LETTER, Sentence
from insession.check.text.text import CheckedText, RuleContext
from insession.content.practice import PracticeFile
from insession.content.text_file import read_text

if TYPE_CHECKING:
    from spylls.hunspell import Dictionary

# A whole word: no part of an address, a file's name or something with digits.
WORD = re.compile(
    r"(?<![\w./@#&-])[^\W\d_]+(?:'[^\W\d_]+)*(?![\w@#]|[./]\w)|(?<=[^\W\d_]-)[^\W\d_]+\b"
)
ENDING = re.compile(r"'(?:s|d|ll|re|ve)$")
# With these in front, every word is right: “retraumatize”, “polytrauma”, “nonadherence”.
PREFIX = re.compile(
    r"^(?:anti|counter|hyper|hypo|inter|intra|meta|micro|multi|neuro|non|over|peri|poly|post"
    r"|psycho|self|socio|trans|under)(?=[^\W\d_]{4})|^(?:co|de|mid|mis|pre|re|sub|super|un)"
    r"(?=[^\W\d_]{5})"
)
# British spellings and the American ones that the dictionary knows.
BRITISH = [
    (r"our(?=$|s$|ed$|ing$|ite|ful|less|able|al|hood|er|ly)", "or"),
    (r"is(?=e$|es$|ed$|ing$|er|ation)", "iz"),
    (r"ys(?=e$|es$|ed$|ing$|er)", "yz"),
    (r"ll(?=ed$|ing$|or|er|ous|ery)", "l"),
    (r"l(?=$|s$|ment)", "ll"),
    (r"tre(?=$|s$|d$)", "ter"),
    (r"bre(?=$|s$)", "ber"),
    (r"ae", "e"),
    (r"oe", "e"),
    (r"ogue(?=$|s$)", "og"),
    (r"(def|off|lic|pret)ence(?=$|s$|d$)", r"\1ense"),
    (r"is(?=e$|es$|ed$|ing$)", "ic"),
    (r"mme(?=$|s$)", "m"),
    (r"gement", "gment"),
    (r"grey", "gray"),
    (r"learnt$", "learned"),
    (r"dreamt$", "dreamed"),
    (r"spelt$", "spelled"),
    (r"que(?=$|s$)", "ck"),
    (r"axe$", "ax"),
    (r"mould", "mold"),
    (r"plough", "plow"),
    (r"tyre", "tire"),
    (r"pyjama", "pajama"),
    (r"scep", "skep"),
    (r"whilst$", "while"),
]

# A word as it stands in the dictionary: no name, no two words in one, and nothing coarse.
PLAINLY = {"capitalization": False, "compound_forms": False, "allow_nosuggest": False}


def read_words(path: Path) -> frozenset[str]:
    """Return the words of content/words.txt: one a line, # starts a note. Raises Problems.

    A missing file holds no words.
    """
    if not path.exists():
        return frozenset()
    lines = read_text(path, f"{path.parent.name}/{path.name}").split("\n")
    words = (line.partition("#")[0].strip().replace("’", "'") for line in lines)
    return frozenset(word for word in words if word)


def misspelling(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """A word that no dictionary has, with the nearest one that it has.

    Source: the dictionary en_US of Hunspell (SCOWL), http://wordlist.aspell.net
    """
    if not text.is_english(known):
        return
    hers = _words_of(known.practice) | _folded(known.words)
    told: set[str] = set()
    for sentence in text.sentences:
        for found in WORD.finditer(sentence.straight):
            word = found[0]
            bare = ENDING.sub("", word)
            if OTHER_LETTER.search(word):
                continue  # this dictionary is of English
            if word in told or {word.lower(), bare.lower()} & hers or _is_right(word, bare):
                continue
            opens = _opens(sentence, found.start())
            if bare != bare.lower() and not (opens and bare.istitle()):
                continue
            nearest = _nearest(bare.lower())
            if bare != bare.lower() and not _is_slip(bare.lower(), nearest):
                continue  # at the beginning of a sentence, a name looks like any other word
            told.add(word)
            why = "The dictionary doesn’t know this word."
            meant = f"“{nearest}”, or add" if nearest else "as a dictionary spells it, or add"
            instead = f"{meant} “{bare}” to content/words.txt if it is right"
            yield text.remark(sentence, found, Weight.SMALL, "spelling", why, instead)


@cache
def _dictionary() -> "Dictionary":
    from spylls.hunspell import Dictionary

    return Dictionary.from_files("en_US")


@asked_once
def _is_known(word: str) -> bool:
    return bool(_dictionary().lookup(word))


def _is_right(*forms: str) -> bool:
    return any(
        len(form) == 1
        or form.lower() in FIELD
        or _is_known(form)
        or _is_british(form.lower())
        or _is_known(PREFIX.sub("", form.lower()))
        or _is_known(_without_accents(form))
        for form in forms
    )


def _without_accents(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


@cache
def _is_british(word: str) -> bool:
    return any(
        _is_known(american)
        for pattern, letters in BRITISH
        if (american := re.sub(pattern, letters, word)) != word
    )


@asked_once
def _nearest(word: str) -> str:
    """Return the nearest word, or an empty string if none is one slip away.

    Hunspell's further suggestions, by likeness alone, take a hundred times as long, and find
    “nicotine” for “Winnicott”.
    """
    from spylls.hunspell.algo.suggest import Suggestion

    lookup, suggester = _dictionary().lookuper, _dictionary().suggester
    slips = suggester.edits(word)
    single = {slip.text for slip in slips if isinstance(slip, Suggestion) and slip.text.isalpha()}
    near = (other for other in sorted(single) if any(lookup.good_forms(other, **PLAINLY)))
    return max(near, key=lambda other: _nearness(word, other), default="")


def _nearness(word: str, other: str) -> tuple[bool, float]:
    """Rank what a slip explains (letters in another order, a letter doubled or not) first."""
    once = [re.sub(r"(.)\1", r"\1", form) for form in (word, other)]
    return sorted(word) == sorted(other) or once[0] == once[1], _likeness(word, other)


def _is_slip(word: str, nearest: str) -> bool:
    """Whether it is so near that a finger slipped: a letter too many, too few, or two changed."""
    return _likeness(word, nearest) > 0.87 or sorted(word) == sorted(nearest)


def _likeness(word: str, other: str) -> float:
    return SequenceMatcher(None, word, other, autojunk=False).ratio()


def _opens(sentence: Sentence, position: int) -> bool:
    """Whether a word at this position has its capital from the beginning of a sentence."""
    before = sentence.text[:position].rstrip("\"'“‘([ ")
    return not before or before[-1] in ".!?:…" or sentence.kind in {"heading", "cell"}


@cache
def _folded(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


def _words_of(practice: PracticeFile) -> frozenset[str]:
    """Return the words that practice.toml holds: her name, her place, her credential."""
    return frozenset(re.findall(r"[^\W\d_]+", practice.model_dump_json().lower()))
