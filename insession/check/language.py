"""Wording that can hurt: about mental illness, suicide, addiction and disability.

Words between quotation marks, in a block quotation, or named as words (“the term …”, “instead of
…”) are under discussion and raise nothing; so do clinical words used rightly.
"""

import re
from collections.abc import Iterator

from insession.check import wordings, wordings_of_risk
from insession.check.advice import Advice, Weight
from insession.check.text import Known, Text

# What stands before words that are talked about rather than used.
UNDER_DISCUSSION = re.compile(
    r"\b(?:words?|terms?|labels?|phrases?|called|instead of|rather than|avoid(?:s|ing)?"
    r"|(?:don't|do not|never|not) (?:say|write|use))(?: (?:of|as|the|an?|like|such as))*[ ,:]*$",
    re.I,
)


def suicide_wording(text: Text, known: Known) -> Iterator[Advice]:
    """Speak of suicide without crime, success or method.

    Source: https://reportingonsuicide.org and https://www.samaritans.org/mediaguidelines
    """
    yield from _remarks(text, known, wordings_of_risk.SUICIDE, "suicide-wording")


def illness_wording(text: Text, known: Known) -> Iterator[Advice]:
    """Name the person before the illness, and mock nobody.

    Source: https://apastyle.apa.org/style-grammar-guidelines/bias-free-language/disability
    and https://ncdj.org/style-guide/
    """
    yield from _remarks(text, known, wordings.ILLNESS, "illness-wording")


def diagnosis_as_metaphor(text: Text, known: Known) -> Iterator[Advice]:
    """Use the name of an illness for the illness only.

    Source: https://ncdj.org/style-guide/
    """
    yield from _remarks(text, known, wordings.METAPHORS, "diagnosis-as-metaphor")


def addiction_wording(text: Text, known: Known) -> Iterator[Advice]:
    """Speak of addiction as of any other illness.

    Source: https://nida.nih.gov/research-topics/addiction-science/words-matter-preferred-language-talking-about-addiction
    """
    yield from _remarks(text, known, wordings_of_risk.ADDICTION, "addiction-wording")


def disability_wording(text: Text, known: Known) -> Iterator[Advice]:
    """Speak of disability plainly, without pity or insult.

    Source: https://ncdj.org/style-guide/
    and https://apastyle.apa.org/style-grammar-guidelines/bias-free-language/disability
    """
    yield from _remarks(text, known, wordings.DISABILITY, "disability-wording")


def _remarks(
    text: Text, known: Known, table: list[wordings.Wording], rule: str
) -> Iterator[Advice]:
    if not text.is_english(known):
        return
    for sentence in text.sentences:
        for pattern, why, instead in table:
            for found in sentence.find(pattern):
                if not UNDER_DISCUSSION.search(found.string[: found.start()]):
                    yield text.advice(sentence, found, Weight.HURTS, rule, why, instead)
