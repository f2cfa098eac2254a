"""What could show who a client is: where a case is told, and which details it gives away.

General statements (“clients often ask”, “the patient does the telling”) are no case. What counts
as identifying follows 45 CFR 164.514(b)(2), the list of what must be removed before health
information may be called de-identified: https://www.ecfr.gov/current/title-45/section-164.514
"""

import re
from collections.abc import Iterator

from insession.check import identifiers
from insession.check.advice import Advice, Weight
from insession.check.sentences import Sentence
from insession.check.text import Known, Text
from insession.front_matter import ArticleHeader

_ADJECTIVE = (
    r"(?:(?:young|old|older|elderly|middle-aged|former|recent|new|past|certain|long-term|first"
    r"|retired|married|single|divorced|\d+-year-old|\w+-year-old|female|male|trans) )*"
)
_PATIENT = r"(?:client|patient|analysand)"
_ANYBODY = (
    rf"(?:{_PATIENT}|person|man|woman|boy|girl|couple|teenager|student|mother|father|teacher|nurse"
    r"|doctor|lawyer|colleague's patient)"
)
_ONE = rf"\b(?:an?|one|another|my|this) {_ADJECTIVE}"
_I_SEE = (
    r"(?: who| whom| that)? I(?:'ve| have| had)? (?:once |recently |am |was )?"
    r"(?:see|saw|seen|seeing|treat|treated|treating|(?:work|worked|working) with|met)\b"
)
_DID = (
    r"(?: once| recently| lately| last \w+)? (?:told|said|came|asked|described|cried|wept|arrived"
    r"|began"
    r"|started|brought|left|lost|wrote|called|confessed|showed|sat|looked|remembered|walked|dreamed"
    r"|dreamt|admitted|refused|stopped|returned|was|had)\b"
)
# One real person of her practice, spoken of in the singular.
CASE = re.compile(
    rf"{_ONE}{_ANYBODY}(?: of mine\b| in my (?:practice|office|care|caseload|consulting room)\b"
    rf"|{_I_SEE})"
    rf"|{_ONE}{_PATIENT}(?:, [^,]+,)?{_DID}"
    rf"|\bone of my {_PATIENT}s{_DID}"
    rf"|\b(?:someone|somebody){_I_SEE}"
    rf"|\bI (?:once |recently )?(?:saw|treated|worked with|met with) an? {_ADJECTIVE}{_ANYBODY}\b"
    rf"|{_ONE}{_ANYBODY}(?: [\w'-]+){{0,4}} (?:came|comes) to (?:see )?me\b"
    rf"|\ban? {_ADJECTIVE}{_ANYBODY} (?:starts|started|begins|began|comes to|came to"
    rf"|enters) therapy\b",
    re.I,
)
# A person in therapy, real or not, near whom a detail would stand out.
PATIENT = re.compile(rf"{_ONE}{_PATIENT}\b(?!-)|\b(?:he|she) is (?:a|my) {_PATIENT}\b", re.I)
SUPPOSED = re.compile(
    r"\b(?:if|imagine|suppose|let's say|picture|may|might|would|whenever|Freud|Beck|Jung|Rogers)\b",
    re.I,
)
REACH = 3  # so many sentences after it still speak of the same person


def vignette_declared(text: Text, known: Known) -> Iterator[Advice]:
    """Where a case is told, the header says how the person is protected.

    Source: standard 4.07 of the APA's ethics code asks for disguise, consent or legal leave
    before a client is written about: https://www.apa.org/ethics/code
    """
    if not isinstance(text.header, ArticleHeader) or text.header.vignette:
        return
    for sentence in text.sentences if text.is_english(known) else ():
        if not sentence.is_quoted and (found := _case(sentence)):
            why = "Somebody may wonder whether this is about them, or about you and them."
            instead = (
                "a line in the header: “vignette: composite” if the person is invented or put "
                "together, “consented” if he or she agreed to this text, “none” if it is no case"
            )
            yield text.advice(sentence, found, Weight.HURTS, "vignette", why, instead)
            return


def identifying_details(text: Text, known: Known) -> Iterator[Advice]:
    """Name nothing by which one person could be found, unless the whole case is made up.

    Source: https://www.ecfr.gov/current/title-45/section-164.514
    """
    if not text.is_english(known) or getattr(text.header, "vignette", None) == "composite":
        return
    hers = frozenset(re.findall(r"\w+", known.practice.practice.area))
    near = 0
    for sentence in text.sentences:
        if sentence.is_quoted or sentence.kind == "heading":
            near = 0
            continue
        near = REACH if _case(sentence) else near - 1
        if near > 0 or PATIENT.search(_straight(sentence)):
            for found, why, instead in identifiers.found_in(_straight(sentence), near > 0, hers):
                yield text.advice(sentence, found, Weight.HURTS, "identifying-detail", why, instead)


def _case(sentence: Sentence) -> re.Match[str] | None:
    found = CASE.search(_straight(sentence))
    if found and SUPPOSED.search(found.string[: found.end()]):
        return None
    return found


def _straight(sentence: Sentence) -> str:
    return sentence.text.replace("’", "'")
