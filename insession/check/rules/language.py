"""Wording that can hurt: about mental illness, suicide, addiction and disability.

Words between quotation marks, in a block quotation or in a title, and words named as words (“the
term …”, “instead of …”, “… is a word that hurts”) are under discussion and raise nothing; so do
clinical words used rightly, and the names of organizations.
"""

import re
from collections.abc import Collection, Iterator

from insession.check.patterns import addiction, stigma, suicide
from insession.check.patterns.labels import OF_HIMSELF
from insession.check.remark import Remark, Weight
from insession.check.rules.suggestions import fit
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
OF_SELF_TOO = {"illness-wording", "addiction-wording", "disability-wording"}
NEAR = 3  # so many sentences around one about suicide may be about it, too
Place = tuple[Sentence, int]
SMALL = {"a", "an", "and", "for", "in", "of", "on", "the", "to"}


def suicide_wording(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Speak of suicide without crime, success or method.

    Source: https://reportingonsuicide.org and https://www.samaritans.org/mediaguidelines
    """
    near = {
        other
        for place, sentence in enumerate(text.sentences)
        if suicide.SUICIDAL.search(sentence.straight)
        for other in text.sentences[max(place - NEAR, 0) : place + NEAR + 1]
    }
    told: set[Place] = set()
    yield from _remarks(text, known, suicide.SUICIDE, "suicide-wording", told)
    yield from _remarks(text, known, suicide.NEAR_SUICIDE, "suicide-wording", told, near)


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
    yield from _remarks(text, known, addiction.ADDICTION, "addiction-wording")


def disability_wording(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Speak of disability plainly, without pity or insult.

    Source: https://ncdj.org/style-guide/
    and https://apastyle.apa.org/style-grammar-guidelines/bias-free-language/disability
    """
    yield from _remarks(text, known, stigma.DISABILITY, "disability-wording")


def _remarks(
    text: CheckedText,
    known: RuleContext,
    table: list[stigma.Wording],
    rule: str,
    told: set[Place] | None = None,
    among: Collection[Sentence] | None = None,
) -> Iterator[Remark]:
    """Yield a remark for each wording of a table, among all sentences or these.

    `told` is where there is a remark already: one is enough.
    """
    if not text.is_english(known) or among == set():
        return
    told = set() if told is None else told
    for pattern, why, instead, unless in table:
        for sentence, found in text.find(pattern):
            before = found.string[: found.start()]
            places = {(sentence, position) for position in range(*found.span())}
            if among is not None and sentence not in among:
                continue
            is_right = unless and unless.search(before)
            of_self = rule in OF_SELF_TOO and OF_HIMSELF.search(before)
            is_other = _is_discussed(found) or _is_name(sentence, found)
            if not (is_right or of_self or is_other or told & places):
                told |= places
                better = fit(instead, sentence, found)
                yield text.remark(sentence, found, Weight.HURTS, rule, why, better)


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
