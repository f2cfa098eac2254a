"""The English dictionary: which words are right, and how often each is used.

Its words and counts are pyspellchecker's (SCOWL's words, counted in a large corpus of what people
say). American and British forms are both right, and so are the usual ways to make a word of words.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from insession.check.patterns.clinical_terms import FIELD

# With these in front, every word is right: “retraumatize”, “polytrauma”, “nonadherence”.
PREFIX = re.compile(
    r"^(?:anti|counter|hyper|hypo|inter|intra|meta|micro|multi|neuro|non|over|peri|poly|post"
    r"|psycho|self|socio|trans|under)(?=[^\W\d_]{4})|^(?:co|de|mid|mis|pre|re|sub|super|un)"
    r"(?=[^\W\d_]{5})"
)
# And with these behind: “okayness”, “Kafkaesque”, “winterish”. None where English changes the word
# (“happyness”, “lifes”, “familys”, “womens” are wrong), and no -ly (“truely”, “basicly”).
SUFFIX = re.compile(
    r"(?<=[^\W\d_]{4})(?:(?<!y)ness|less|ish|esque|like|wise|hood|ship"
    r"|(?<![fsxy])(?<!fe)(?<!child)(?<!person)(?<!m[ae]n)s)$"
)
# British spellings and the American ones that the dictionary knows.
BRITISH = [
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"our", "or"),
        (r"is(?=e$|es$|ed$|ing$|er|able|ation)", "iz"),
        (r"ys(?=e$|es$|ed$|ing$|er)", "yz"),
        (r"ll(?=ed$|ing$|or|er|ous|ery|en$)", "l"),
        (r"l(?=$|s$|ment)", "ll"),
        (r"tre(?=$|s$|d$|piece)", "ter"),
        (r"tr(?=ed$|ing$)", "ter"),
        (r"bre(?=$|s$|glass)", "ber"),
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
        (r"draught", "draft"),
        (r"tyre", "tire"),
        (r"pyjama", "pajama"),
        (r"scep", "skep"),
        (r"eing$", "ing"),
        (r"whilst$", "while"),
        (r"(?<=target|combat)t(?=ed$|ing$)", ""),
        (r"(?<=benefit)t(?=ed$|ing$)", ""),
        (r"(?<=focus)s(?=ed$|es$|ing$)", ""),
        (r"(?<=bias)s(?=ed$)", ""),
    )
]


@cache
def counts() -> dict[str, int]:
    """Return every word of the dictionary in small letters, with how often it was counted."""
    from spellchecker import SpellChecker

    return dict(SpellChecker("en", distance=1).word_frequency.dictionary)


def is_word(word: str) -> bool:
    """Whether a word (small letters, straight apostrophe) is right as it stands."""
    return any(
        len(form) == 1 or form in FIELD or form in counts() or SUFFIX.sub("", form) in counts()
        for form in _forms(word)
    )


def _forms(word: str) -> Iterator[str]:
    """The word, without its accents, in American, and without a prefix."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    yield from (word, plain)
    for form in (plain, PREFIX.sub("", plain)):
        yield form
        for pattern, letters in BRITISH:
            american = pattern.sub(letters, form)
            if american != form:
                yield american
