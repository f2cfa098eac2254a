"""What a reader sent: read strictly, cleaned of what only deceives or breaks the page.

Nothing here knows HTML. A comment is plain text, stored as written and escaped where it is shown.
"""

import re
import unicodedata
from collections.abc import Collection
from urllib.parse import parse_qsl

NAME_MOST, BODY_LEAST, BODY_MOST = 60, 3, 5_000
MARKS_MOST = 3  # accents on one letter; Hebrew and Vietnamese need no more

# Embeddings, overrides and isolates: they turn the text around them. (Unicode TR 36, 2.5)
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb\ufffe\uffff]")

# What people say who want to die, after the warning signs of the US National Institute of Mental
# Health (https://www.nimh.nih.gov/health/publications/warning-signs-of-suicide) and the questions
# of the Columbia scale (https://cssrs.columbia.edu); and threats to someone else's life. It marks
# a mail, it decides nothing: rather one mark too many.
DANGER = re.compile(
    r"""\b(?:
      suicid\w* | overdos\w* | self[ -]?harm\w*
    | kill(?:ing)?\ (?:my\ ?self|me|him|her|them) | (?:hurt|harm|cut)(?:t?ing)?\ my\ ?self
    | end(?:ing)?\ (?:my\ (?:own\ )?life|it\ all) | tak(?:e|ing)\ my\ (?:own\ )?life
    | (?:want(?:ed)?|wish|going|ready|plan(?:ning)?)\ to\ (?:die|be\ dead)
    | wish(?:ed)?\ (?:that\ )?i\ (?:was|were)\ dead | better\ off\ (?:dead|without\ me)
    | (?:not|don'?t|no\ longer)\ want\ to\ (?:live|be\ alive|wake\ up|be\ here)
    | (?:no|any)\ reason\ to\ (?:live|go\ on) | nothing\ to\ live\ for | can'?t\ go\ on
    | burden\ (?:to|on)\ (?:everyone|everybody|others|my\ \w+)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)


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
    kept, run = [], 0
    for sign in text:
        run = run + 1 if unicodedata.category(sign) in {"Mn", "Me"} else 0
        if run <= MARKS_MOST:
            kept.append(sign)
    return "".join(kept)


def clean_name(raw: str) -> str:
    """Return the name on one line; empty is a name too."""
    name = " ".join(clean(raw).split())
    if len(name) > NAME_MOST:
        raise Refused(f"The name is longer than {NAME_MOST} characters. Please shorten it.")
    return name


def clean_body(raw: str) -> str:
    """Return the comment, or refuse one that says nothing or too much."""
    body = clean(raw)
    if len(body) < BODY_LEAST or not any(unicodedata.category(c)[0] in "LNPS" for c in body):
        raise Refused("The comment is empty, or nearly. Please write a little more.")
    if len(body) > BODY_MOST:
        raise Refused(
            f"The comment is {len(body):,} characters long; {BODY_MOST:,} fit. Please shorten it."
        )
    return body


def speaks_of_danger(text: str) -> bool:
    """Whether words in it may mean that a life is in danger."""
    return DANGER.search(" ".join(text.replace("’", "'").split())) is not None
