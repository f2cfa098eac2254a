"""What a reader sent: read strictly, cleaned of what only deceives or breaks the page.

Nothing here knows HTML. A comment is plain text, stored as written and escaped where it is shown.
"""

import re
import unicodedata
from collections.abc import Collection
from urllib.parse import parse_qsl

NAME_MOST, BODY_MOST = 60, 5_000
# Marks on one letter. Those for any script (accents, enclosing signs) build towers: Greek and
# Vietnamese need no more than three. A script's own are each written once: Hebrew with points and
# cantillation has up to five, Burmese and Khmer five, a Tibetan stack up to eight.
MARKS_MOST, OWN_MARKS_MOST = 3, 8
FOR_ANY_SCRIPT = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)
# Letters and symbols that are nothing but room: fillers of Hangul, the empty Braille cell, a note
# without a head. (Default_Ignorable_Code_Point in DerivedCoreProperties.txt, and their pictures)
BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\U0001d159")
ALONE = {"Lo", "So"}  # one ideograph or emoji is an answer; one Latin letter is a slip

# Embeddings, overrides and isolates: they turn the text around them. (Unicode TR 36, 2.5)
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb\ufffe\uffff]")


class Refused(ValueError):
    """Why this text isn't taken, as a sentence to the reader."""


def read_form(raw: bytes, required: Collection[str], optional: Collection[str]) -> dict[str, str]:
    """Return the fields of an urlencoded body: each at most once, none that isn't listed."""
    try:
        pairs = parse_qsl(
            raw.decode("utf-8"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=len(required) + len(optional),
        )
    except ValueError:
        raise Refused("What arrived isn’t a form that can be read here.") from None
    fields = dict(pairs)
    names = set(fields)
    if len(fields) < len(pairs) or set(required) - names or names - {*required, *optional}:
        raise Refused("What arrived isn’t the form of this page.")
    return fields


def clean(text: str) -> str:
    """Return text in one normal form, with plain line ends, without what is not to be seen."""
    text = re.sub("\r\n|[\r\u0085\u2028\u2029]", "\n", text)
    text = TURNING.sub("", UNSEEN.sub("", text))
    return unicodedata.normalize("NFC", _few_marks(text)).strip()


def _few_marks(text: str) -> str:
    """Return text without the marks that are too many for one letter."""
    if not any(unicodedata.category(sign) in {"Mn", "Me"} for sign in set(text)):
        return text
    kept: list[str] = []
    count = 0
    own: set[str] = set()
    for sign in text:
        category = unicodedata.category(sign)
        if category not in {"Mn", "Me"}:
            kept.append(sign)
            if category != "Cf":  # what is unseen begins no new letter
                count, own = 0, set()
        elif FOR_ANY_SCRIPT.match(sign):
            count += 1
            if count <= MARKS_MOST:
                kept.append(sign)
        elif sign not in own and len(own) < OWN_MARKS_MOST:
            own.add(sign)
            kept.append(sign)
    return "".join(kept)


def _is_seen(text: str) -> bool:
    """Whether there are letters, digits, symbols or punctuation that leave ink."""
    return any(unicodedata.category(c)[0] in "LNPS" and c not in BLANK for c in text)


def clean_name(raw: str) -> str:
    """Return the name on one line; empty is a name too, and so is one that nobody can see."""
    name = " ".join(clean(raw).split())
    if not _is_seen(name):
        return ""
    if len(name) > NAME_MOST:
        raise Refused(f"The name is longer than {NAME_MOST} characters. Please shorten it.")
    return name


def clean_body(raw: str) -> str:
    """Return the comment, or refuse one that says nothing or too much."""
    body = clean(raw)
    if not _is_seen(body) or (len(body) == 1 and unicodedata.category(body) not in ALONE):
        raise Refused("The comment is empty, or nearly. Please write a little more.")
    if len(body) > BODY_MOST:
        raise Refused(
            f"The comment is {len(body):,} characters long; {BODY_MOST:,} fit. Please shorten it."
        )
    return body
