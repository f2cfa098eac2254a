"""The words of a text as a search compares them: without case, accents and signs.

The script that searches does the same with what is looked for (theme/static/js/search.js), so what
one of them learns the other has to learn, too; a test lets both read the same words.

Where no spaces stand between words, each two letters that stand together are one: what is looked
for is cut in the same way, so nothing has to be known of the language.
"""

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape
from unicodedata import category, normalize

from insession.content.languages import UNSPACED

WITHOUT_SPACES = re.compile(f"({UNSPACED}+)")

# Accents, the points of Hebrew and the vowel signs of Arabic with its long strokes; and what nobody
# sees inside a word. The marks of other scripts are letters of theirs.
UNWRITTEN = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u00ad\u200b-\u200d\u2060]"
)
ALIKE = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ς": "σ"}
    | {"ى": "ي", "ة": "ه"}
)
APOSTROPHES = "'’ʼ׳״\""  # or what Hebrew writes in their place
# It ends a word of one or two letters in l’angoisse and qu’elle, none in isn’t. The sign itself is
# what is looked for first: there are few.
ELIDED = re.compile(r"'(?:(?<=(?<![\w'])[^\W\d_]')|(?<=(?<![\w'])[^\W\d_]{2}'))(?=[^\W\d_]{3})")
# What English text has besides the signs of ASCII: nearly all of it is known at a glance.
PLAIN = {"’": "'", "“": " ", "”": " ", "–": " ", "—": " ", "…": " ", "\xa0": " "}
OFTEN = 3  # times that a word has to stand in a text to be one of those that it is about


class _Folded(dict[int, str]):
    """What each sign is in a word; found once."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if sign in APOSTROPHES:
            folded = "'"
        else:
            bare = UNWRITTEN.sub("", normalize("NFKD", sign))
            folded = normalize("NFC", bare.lower().translate(ALIKE))
            if any(category(each)[0] not in "LNM" for each in folded):
                folded = " "
        self[code] = folded
        return folded


_folded = _Folded()


def split_words(text: str) -> list[str]:
    """Return the words of a text, in their order."""
    for sign, plain in PLAIN.items():
        text = text.replace(sign, plain)
    is_plain = text.isascii()
    folded = text.translate(_folded)
    if not is_plain:
        folded = normalize("NFC", folded)
    if "'" in folded:
        folded = ELIDED.sub(" ", folded).replace("'", "")
    words = folded.split()
    return words if is_plain else [part for word in words for part in _parts(word)]


def _parts(word: str) -> list[str]:
    """Return a word, or each two letters of what stands without spaces."""
    if word.isascii() or not WITHOUT_SPACES.search(word):
        return [word]
    parts = []
    for place, part in enumerate(WITHOUT_SPACES.split(word)):
        if place % 2 and len(part) > 1:
            parts += [part[n : n + 2] for n in range(len(part) - 1)]
        elif part:
            parts.append(part)
    return parts


def plain_text(html: str) -> str:
    """Return the words of HTML without its tags."""
    return unescape(re.sub(r"<[^>]*>", " ", html))


def words_by_weight(title: str, named: Iterable[str], text: str) -> str:
    """Return each word once, in a line for each weight, the heaviest first.

    Those are the words of the title; those that are `named` or stand in the text often; the others.
    """
    counts = Counter(split_words(text))
    of_title = {*split_words(title)}
    often = {word for word, count in counts.items() if count >= OFTEN}
    often = often.union(split_words("\n".join(named))) - of_title
    # In no order: the index puts them into one, and to do so here would take a third of the time.
    return "\n".join(map(" ".join, (of_title, often, counts.keys() - often - of_title)))
