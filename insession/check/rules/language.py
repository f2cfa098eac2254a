"""Wording that can hurt: about mental illness, suicide, addiction and disability.

Words between quotation marks, in a block quotation or in a title, and words named as words (“the
term …”, “instead of …”, “… is a word that hurts”) are under discussion and raise nothing; so do
clinical words used rightly, and the names of organizations.
"""

import re
from collections.abc import Iterator

from insession.check.patterns import risk, stigma
from insession.check.remark import Remark, Weight
from insession.check.text.sentences import Sentence
from insession.check.text.text import CheckedText, RuleContext

# What stands before words that are talked about rather than used.
UNDER_DISCUSSION = re.compile(
    r"(?:\b(?:words?|terms?|labels?|phrases?|called|calls?|call \w+|say|saying"
    r"|instead of|rather than|avoid(?:s|ing)?|so-called"
    r"|(?:don't|do not|never|not) (?:say|write|use))"
    r"|, not)(?: (?:of|as|the|an?|like|such as|themselves|himself|herself))*[ ,:]*$"
    r"|\b(?:words|terms|labels) (?:[\w-]+,? ){1,4}(?:and|or|nor) (?:an? )?$"
    r"|\bcall(?:s|ed|ing)? (?:him|her|your|my|them)sel(?:f|ves) (?:an? )?(?:\w+ )?$",
    re.I,
)
DISCUSSED = re.compile(
    r"[\"'”’]?(?: \w+)? (?:is|are|was|were|remains) (?:\w+ ){0,3}(?:words?|terms?|labels?|phrase"
    r"|insults?|slurs?)\b",
    re.I,
)
SMALL = {"a", "an", "and", "for", "in", "of", "on", "the", "to"}


def suicide_wording(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Speak of suicide without crime, success or method.

    Source: https://reportingonsuicide.org and https://www.samaritans.org/mediaguidelines
    """
    yield from _remarks(text, known, risk.SUICIDE, "suicide-wording")


def illness_wording(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Name the person before the illness, and mock nobody.

    Source: https://apastyle.apa.org/style-grammar-guidelines/bias-free-language/disability
    and https://ncdj.org/style-guide/
    """
    yield from _remarks(text, known, stigma.ILLNESS, "illness-wording")


def diagnosis_as_metaphor(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Use the name of an illness for the illness only.

    Source: https://ncdj.org/style-guide/
    """
    yield from _remarks(text, known, stigma.METAPHORS, "diagnosis-as-metaphor")


def addiction_wording(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Speak of addiction as of any other illness.

    Source: https://nida.nih.gov/research-topics/addiction-science/words-matter-preferred-language-talking-about-addiction
    """
    yield from _remarks(text, known, risk.ADDICTION, "addiction-wording")


def disability_wording(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Speak of disability plainly, without pity or insult.

    Source: https://ncdj.org/style-guide/
    and https://apastyle.apa.org/style-grammar-guidelines/bias-free-language/disability
    """
    yield from _remarks(text, known, stigma.DISABILITY, "disability-wording")


def _remarks(
    text: CheckedText, known: RuleContext, table: list[stigma.Wording], rule: str
) -> Iterator[Remark]:
    if not text.is_english(known):
        return
    told: set[tuple[Sentence, int]] = set()  # where there is a remark already; one is enough
    for pattern, why, instead, unless in table:
        for sentence, found in text.find(pattern):
            is_right = unless and unless.search(found.string[: found.start()])
            places = {(sentence, position) for position in range(*found.span())}
            if not (is_right or _is_discussed(found) or _is_name(sentence, found) or told & places):
                told |= places
                yield text.remark(sentence, found, Weight.HURTS, rule, why, instead)


def _is_discussed(found: re.Match[str]) -> bool:
    """Whether the words are talked about rather than used."""
    before = UNDER_DISCUSSION.search(found.string[: found.start()])
    return bool(before or DISCUSSED.match(found.string, found.end()))


def _is_name(sentence: Sentence, found: re.Match[str]) -> bool:
    """Whether every word has a capital inside a sentence: Alcoholics Anonymous."""
    words = [word for word in re.findall(r"[^\W\d_]+", found[0]) if word.lower() not in SMALL]
    opens = not found.string[: found.start()].strip(" \"'“‘(")
    capitals = all(word[0].isupper() and not word.isupper() for word in words)
    return capitals and not opens and sentence.kind != "heading"
