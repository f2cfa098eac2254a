"""What a therapist can't promise: cure, certainty, being the best.

A question, or a sentence that says the opposite (“no therapist can promise a cure”), raises
nothing.
"""

import re
from collections.abc import Iterator

from insession.check.patterns.promise import (
    CERTAINTY,
    CURE,
    GUARANTEED,
    NOT_HERS,
    OTHERS,
    SIGNATURE,
    SUPERLATIVE,
    TESTIMONIAL,
    praise_of,
)
from insession.check.remark import Remark, Weight
from insession.check.text.sentences import Sentence
from insession.check.text.text import CheckedText, RuleContext

NEGATED = re.compile(
    r"\b(?:no|not|never|nobody|no one|none|nothing|cannot|without|nor|neither|hardly|wary|beware"
    r"|careful|doubts?|distrust|suspicious|skeptical|sceptical|anyone who|anybody who|whoever"
    r"|who (?:promises?|claims?)|someone who|if (?:a|any|your|the|someone)|rather than|instead of"
    r"|few|myth|ban|forbids?|may not|hoped?|hoping|wish(?:ed)?)\b|n't\b",
    re.I,
)
DENIED_AFTER = re.compile(
    r"[^.,;]{0,40}?(?:\b(?:is|are|was|would be|do|does|can)(?: not| no| a myth| impossible"
    r"| forbidden| unethical| nonsense| hard to find| no such)\b|n't\b)",
    re.I,
)


def cure(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Promise no cure and no lasting effect.

    Source: standard 5.01(b)(6) of the APA's ethics code, on statements about the degree of success
    of services: https://www.apa.org/ethics/code
    """
    why = "Nobody can know that beforehand, and it hurts those for whom it doesn’t come true."
    instead = "what therapy may do: “many people find that …”"
    for sentence, found in _claims(text, known, CURE):
        yield text.remark(sentence, found, Weight.MISLEADS, "cure", why, instead)


def certainty(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Guarantee nothing but what the law does.

    Source: standard 5.01 of the APA's ethics code: https://www.apa.org/ethics/code
    """
    why = "No therapist can be sure of that, and licensing boards read such words as misleading."
    instead = "“may”, “often”, or what research found, with its source"
    for sentence, found in _claims(text, known, CERTAINTY):
        if not (found[0].lower().startswith("guarant") and GUARANTEED.search(sentence.text)):
            yield text.remark(sentence, found, Weight.MISLEADS, "guarantee", why, instead)


def testimonial(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Ask no client for praise, and show none.

    Source: standard 5.05 of the APA's ethics code: https://www.apa.org/ethics/code
    """
    why = "Someone in therapy isn’t free to say no, and praising you tells that he or she came."
    instead = "how you work, in your own words"
    claims = [*_claims(text, known, TESTIMONIAL)]
    if text.is_english(known):
        signed = ((each, SIGNATURE.search(each.straight)) for each in text.sentences)
        claims += [(sentence, found) for sentence, found in signed if found]
        claims += text.find(praise_of(known.practice.therapist.name))
    for sentence, found in claims:
        yield text.remark(sentence, found, Weight.MISLEADS, "testimonial", why, instead)


def superlative(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Compare yourself with nobody.

    Source: standard 5.01 of the APA's ethics code: https://www.apa.org/ethics/code
    """
    why = "It can’t be shown, and a frightened reader may believe it."
    instead = "what you are trained in, and for how long"
    for sentence, found in _claims(text, known, SUPERLATIVE):
        last_word = found.start() + max(found[0].rfind(" "), found[0].rfind("-")) + 1
        about_another = NOT_HERS.match(found.string, last_word)
        if not (about_another or OTHERS.search(_before(found))):
            yield text.remark(sentence, found, Weight.MISLEADS, "superlative", why, instead)


def _claims(
    text: CheckedText, known: RuleContext, pattern: re.Pattern[str]
) -> Iterator[tuple[Sentence, re.Match[str]]]:
    """Yield the matches in sentences that neither ask nor say the opposite."""
    for sentence, found in text.find(pattern) if text.is_english(known) else ():
        denied = NEGATED.search(_before(found)) or DENIED_AFTER.match(found.string, found.end())
        if not (denied or _asks(sentence)):
            yield sentence, found


def _before(found: re.Match[str]) -> str:
    """Return what stands before the claim, from the last semicolon on."""
    return found.string[: found.start()].rpartition(";")[2]


def _asks(sentence: Sentence) -> bool:
    return sentence.text.rstrip("\"”’')").endswith("?")
