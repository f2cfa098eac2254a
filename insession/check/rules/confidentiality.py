"""What could show who a client is: where a case is told, and which details it gives away.

General statements (“clients often ask”, “the patient does the telling”) are no case. What counts
as identifying follows 45 CFR 164.514(b)(2), the list of what must be removed before health
information may be called de-identified: https://www.ecfr.gov/current/title-45/section-164.514
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from insession.check.patterns import identifiers
from insession.check.patterns.case import (
    CASE,
    GENERAL,
    HINT,
    IN_THERAPY,
    MEDIUM,
    OF_HERSELF,
    OF_THEM,
    ONE_OF_THEM,
    OWN_LIFE,
    PAST,
    PATIENTS,
    PERSON,
    PUBLISHED,
    SETTING,
    SUPPOSED,
)
from insession.check.remark import Remark, Weight
from insession.check.text.sentences import Sentence
from insession.check.text.text import CheckedText, RuleContext
from insession.content.front_matter import ArticleHeader

IMAGINED_REACH = 6  # so many sentences after “Imagine Anna” are about nobody
REACH = 3  # so many sentences after it all speak of the same person
IMAGINED = re.compile(r"^\W*(?:imagine|suppose|picture|let's say|say)\b|\bhypothetical\b", re.I)


class Told(NamedTuple):
    """A sentence of hers: what opens a case in it, and whether it is about the person of one."""

    sentence: Sentence
    opens: re.Match[str] | None
    is_of_case: bool


def vignette_declared(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Where a case is told, the header says how the person is protected.

    Source: standard 4.07 of the APA's ethics code asks for disguise, consent or legal leave
    before a client is written about: https://www.apa.org/ethics/code
    """
    if not isinstance(text.header, ArticleHeader) or text.header.vignette:
        return
    for sentence, found, _ in _told(text.sentences) if text.is_english(known) else ():
        if found:
            why = "Somebody may wonder whether this is about them, or about you and them."
            instead = (
                "a line in the header: “vignette: composite” if the person is invented or put "
                "together, “consented” if he or she agreed to this text, “none” if it is no case"
            )
            yield text.remark(sentence, found, Weight.HURTS, "vignette", why, instead)
            return


def identifying_details(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Name nothing by which one person could be found, unless the whole case is made up.

    Source: https://www.ecfr.gov/current/title-45/section-164.514
    """
    if not text.is_english(known) or getattr(text.header, "vignette", None) == "composite":
        return
    hers = frozenset(re.findall(r"\w+", known.practice.practice.area))
    for sentence, _, tells_a_case in _told(text.sentences):
        straight = sentence.straight
        retold = PUBLISHED.search(straight) or MEDIUM.search(straight)
        near_one = IN_THERAPY.search(straight) and not retold
        if tells_a_case or near_one:
            details = identifiers.found_in(sentence.straight, tells_a_case, hers)
            for found, why, instead in details:
                yield text.remark(sentence, found, Weight.HURTS, "identifying-detail", why, instead)


@lru_cache(maxsize=1)
def _told(sentences: tuple[Sentence, ...]) -> tuple[Told, ...]:
    """Return her own sentences, with what opens a case, and whether they are about its person.

    A case goes on to the next heading: at first each sentence is about the person, later those
    that say “he” or “she”, or begin with a name, and aren't about herself or people in general.
    """
    near, is_open, imagined = 0, False, 0
    after_clients: re.Match[str] | None = None
    told: list[Told] = []
    for sentence in sentences:
        if sentence.is_quoted or sentence.kind == "heading":
            near, is_open, imagined = 0, False, 0
            continue
        straight = sentence.straight
        imagined = IMAGINED_REACH if IMAGINED.search(straight) else imagined - 1
        if imagined > 0:
            continue
        found = _case(sentence) or (ONE_OF_THEM.search(straight) if after_clients else None)
        after_clients = PATIENTS.search(straight)
        near, is_open = (REACH, True) if found else (near - 1, is_open)
        told.append(Told(sentence, found, near > 0 or (is_open and _is_theirs(straight))))
    return tuple(told)


def _is_theirs(straight: str) -> bool:
    """Whether a sentence after a case is about its person."""
    names_them = OF_THEM.search(straight) or identifiers.OPENS_WITH_NAME.match(straight)
    return bool(names_them) and not (
        OF_HERSELF.match(straight) or OWN_LIFE.search(straight) or PUBLISHED.search(straight)
    )


def _parts(sentence: Sentence, own: str) -> re.Match[str] | None:
    """Return where a sentence takes place, if one person did something in her room or hour."""
    if not (SETTING.search(own) and PERSON.search(own) and PAST.search(own)):
        return None
    return None if GENERAL.search(own) else next(sentence.find(SETTING), None)


def _case(sentence: Sentence) -> re.Match[str] | None:
    """Return what opens a case in a sentence that supposes nothing and retells nothing."""
    own = sentence.unquoted
    if not HINT.search(own):
        return None
    found = next(sentence.find(CASE), None) or _parts(sentence, own)
    before = own[: found.end()] if found else ""
    if not found or SUPPOSED.search(before) or MEDIUM.search(before):
        return None
    return None if PUBLISHED.search(own) or OWN_LIFE.search(own) else found
