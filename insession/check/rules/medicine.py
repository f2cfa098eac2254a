"""Advice about medicines, which belongs to whoever prescribes them."""

import re
from collections.abc import Iterator

from insession.check.patterns.medicine import MEDICINE, NAMED, ORDER_IT, TOLD
from insession.check.remark import Remark, Weight
from insession.check.text.sentences import Sentence
from insession.check.text.text import CheckedText, RuleContext

DENIED = re.compile(
    r"\b(?:no|not|never|nobody|no one|none|nothing|cannot|without|nor|neither|hardly|beware|careful"
    r"|who (?:promises?|claims?|says?|tells?)|if (?:a|any|the|someone) \w+ (?:says|tells|promises)"
    r"|(?:rather than|instead of)(?= *$)|myth|may not|whether|hop(?:ed?|ing)|wish(?:ed)?|before you"
    r"|decided?|want(?:ed)?)\b|n't\b",
    re.I,
)
NO_NEED = re.compile(
    r"\b(?:don't|do not|needn't|no|why not)(?: (?:need|have to|be afraid|hesitate|harm|reason))?\b"
    r"(?= to\b| in\b| \w+ing\b|$| )(?<!\bno)|\bno (?:need|harm|reason)\b",
    re.I,
)
PRESCRIBER = re.compile(
    r"\b(?:doctors?|prescribers?|psychiatrists?|physicians?|pharmacists?|prescrib(?:ed|es)|GP)\b",
    re.I,
)
ASK = re.compile(r"\b(?:ask|talk|tell|call|see|speak|check)\b", re.I)
ALONE = re.compile(r"\b(?:without|but you|ignore|no matter what|even if|despite|against)\b", re.I)
UNLIKE = re.compile(
    r"\b(?:not|neither|nothing (?!beats|works|is as)|nobody|no (?!better\b|side\b|harm\b))\b|n't\b",
    re.I,
)
COMPARISONS = {"same", "natural", "wonders", "beats"}
CLAIMS = COMPARISONS | {
    "lifts",
    "swear",
    "harm",
    "best",
    "dose",
    "longer",
    "timing",
    "bad",
    "masks",
    "unneeded",
}


def medicine(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Leave starting, stopping and changing a medicine to who prescribes it.

    Source: stopping suddenly can bring withdrawal, relapse and suicidal thoughts:
    https://quality.healthfinder.fl.gov/health-encyclopedia/HIE/60/000570
    """
    why = "A reader may do it today, and stopping or changing a medicine suddenly can be dangerous."
    instead = "“talk with whoever prescribes it before you change anything”"
    for sentence, found in _advice(text) if text.is_english(known) else ():
        yield text.remark(sentence, found, Weight.HURTS, "medicine", why, instead)


def _advice(text: CheckedText) -> Iterator[tuple[Sentence, re.Match[str]]]:
    """Yield the first advice in each sentence: with the medicine's name, or with “it” after one."""
    if next(text.find(NAMED), None) is None:
        return
    was_named = False
    for sentence in text.sentences:
        named = NAMED.search(sentence.straight)
        if named or was_named:
            patterns = (MEDICINE, ORDER_IT) if named else (ORDER_IT,)
            matches = (each for pattern in patterns for each in sentence.find(pattern))
            if found := next((each for each in matches if _is_hers(sentence, each)), None):
                yield sentence, found
        was_named = bool(named)


def _is_hers(sentence: Sentence, found: re.Match[str]) -> bool:
    """Whether it is her own advice: nothing asked, denied, told of somebody or left to a doctor."""
    kind = found.lastgroup or ""
    before = found.string[: found.start(kind)]
    if kind in COMPARISONS:
        before = found.string[: found.end()]
    denied = (UNLIKE if kind in CLAIMS else DENIED).search(NO_NEED.sub("", before))
    asked = PRESCRIBER.search(found.string) and (kind not in CLAIMS or ASK.search(found.string))
    alone = ALONE.search(found.string) or NO_NEED.search(found.string)
    told = kind in CLAIMS and TOLD.search(found.string)
    asks = sentence.text.rstrip("\"”’')").endswith("?")
    is_question = asks and "why not" not in found.string.lower()
    return not (denied or told or is_question or (asked and not alone))
