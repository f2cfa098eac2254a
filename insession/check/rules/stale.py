"""What may have gone out of date: the review itself, and facts known to have changed."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from insession.check.remark import Remark, Weight
from insession.check.text.text import CheckedText, RuleContext

MONTHS = 24
MONTHS_OF_LAW = 12  # of a text that depends on a state, a licence or a country
PAST = re.compile(
    r"\b(?:former(?:ly)?|used to|until|old(?:er)?|once|previous(?:ly)?|no longer|ended|closed"
    r"|replaced"
    r"|historical(?:ly)?|what was (?:then )?called|was (?:then )?called|in (?:19\d\d|200\d"
    r"|201[0-2])"
    r"|at the time|back then|earlier|outdated|instead of|became|removed|dropped|folded)\b",
    re.I,
)


class Revision(NamedTuple):
    """What is looked for, what has changed, what holds now, and what else must be spoken of.

    `about` is looked for in the same sentence and in the one before.
    """

    pattern: re.Pattern[str]
    why: str
    instead: str
    about: re.Pattern[str]


def _change(pattern: str, why: str, instead: str, about: str = "") -> Revision:
    return Revision(re.compile(pattern, re.I), why, instead, re.compile(about, re.I))


CHANGES = [
    # https://kffhealthnews.org/news/article/988-suicide-crisis-lifeline-hotline-lgbtq-press-3-option-ended-states-backfill/
    _change(
        r"\bpress(?:ing)? (?:3|three)\b|\boption (?:3|three)\b"
        r"|\btext(?:ing)? (?:the word )?[\"“]?PRIDE[\"”]? to 988",
        "988 ended its own line for LGBTQ+ youth on July 17, 2025.",
        "“call or text 988”, and a line for LGBTQ+ people that you have checked today",
        about=r"\b(?:988|lifeline|crisis|LGBTQ?\w*|queer|trans|gay)\b",
    ),
    # https://988lifeline.org/
    _change(
        r"\bNational Suicide Prevention Lifeline\b|\b(?:1[-. ])?\(?800\)?[-. ]273[-. ](?:8255"
        r"|TALK)\b"
        r"|\bsuicidepreventionlifeline\.org\b",
        "Since July 2022 the lifeline has had a short number and another name.",
        "“988 Suicide & Crisis Lifeline”: call or text 988",
    ),
    # DSM-5 (2013) and DSM-5-TR (2022): https://en.wikipedia.org/wiki/DSM-5
    _change(
        r"\bDSM[- ]?(?:IV|4|III|3)(?:-(?:TR|R))?\b",
        "The manual has been revised twice since.",
        "“DSM-5-TR”, if the sentence still holds for it",
    ),
    _change(
        r"\bAsperger(?:'?s\b(?: syndrome| disorder)?| syndrome| disorder)",
        "Since DSM-5 (2013) it is no diagnosis of its own.",
        "“autism”, or how the person calls it himself or herself",
    ),
    _change(
        r"\bmultiple personality disorder\b",
        "The diagnosis has had another name since DSM-IV.",
        "“dissociative identity disorder”",
    ),
    _change(
        r"\bmanic[- ]depress(?:ion|ives?)\b(?: illness| disorder)?",
        "The diagnosis has another name now.",
        "“bipolar disorder”",
    ),
    # https://psychiatryonline.org/doi/10.1176/appi.pn.2013.4a19
    _change(
        r"\bgender identity disorder\b",
        "DSM-5 dropped this diagnosis, and many readers were hurt by it.",
        "“gender dysphoria”, where a diagnosis is meant",
    ),
]


def review_due(text: CheckedText, known: RuleContext, today: date) -> Iterator[Remark]:
    """Facts want a look every two years; the law of a place, and prices, every year.

    Source: the NHS tells its readers when a page was reviewed and will be again; its example gives
    three years, but prices, laws and telephone numbers change faster.
    https://service-manual.nhs.uk/design-system/patterns/reassure-users-that-a-page-is-up-to-date
    """
    dated = (key for key in ("reviewed", "modified", "date") if getattr(text.header, key, None))
    key = next(dated, "")
    if not key:
        return
    when: datetime = getattr(text.header, key)
    where = text.header.depends_on
    months = MONTHS_OF_LAW if where.state or where.licence or where.country else MONTHS
    if _months(when.date(), today) < months:
        return
    why = f"Nobody has looked at the facts in it since {when:%B} {when.year}."
    instead = f"after a look through it: “reviewed: {today:%Y-%m-%d}” in the header"
    words = f"{key}: {when:%Y-%m-%d}"
    yield Remark(text.shown, Weight.SMALL, text.line_of(key), "review-due", words, why, instead)


def out_of_date(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Numbers and names that have changed since many texts were written; the table has sources."""
    for pattern, why, instead, about in CHANGES if text.is_english(known) else ():
        for sentence, found in text.find(pattern):
            place = text.sentences.index(sentence)
            around = " ".join(near.text for near in text.sentences[max(place - 1, 0) : place + 1])
            if about.search(around) and not PAST.search(sentence.text):
                yield text.remark(sentence, found, Weight.MISLEADS, "out-of-date", why, instead)


def _months(start: date, end: date) -> int:
    """Whole months from one day to another."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
