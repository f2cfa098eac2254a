"""What could show who a client is: where a case is told, and which details it gives away.

General statements (“clients often ask”, “the patient does the telling”) are no case. What counts
as identifying follows 45 CFR 164.514(b)(2), the list of what must be removed before health
information may be called de-identified: https://www.ecfr.gov/current/title-45/section-164.514
"""

import re
from collections.abc import Iterator

from insession.check.patterns import identifiers
from insession.check.remark import Remark, Weight
from insession.check.text.sentences import Sentence
from insession.check.text.text import CheckedText, RuleContext
from insession.content.front_matter import ArticleHeader

_ADJECTIVE = (
    r"(?:(?:young|old|older|elderly|middle-aged|former|recent|new|past|certain|long-term|first"
    r"|retired|married|single|divorced|[\w-]+-year-old|female|male|trans) )*"
)
_PATIENT = r"(?:client|patient|analysand)"
_ANYBODY = (
    rf"(?:{_PATIENT}|person|man|woman|boy|girl|couple|teenager|student|mother|father|teacher|nurse"
    r"|doctor|lawyer|colleague's patient)"
)
_ONE = rf"\b(?:an?|one|another|my|this) {_ADJECTIVE}"
# Those one sees elsewhere: “a woman I saw on the train”, “a doctor I saw as a child”.
_ELSEWHERE = (
    r"(?! (?:as a (?:child|boy|girl)|for my|(?:at|on|in) (?:the|a|an|my|our) (?:\w+ )?(?:conference"
    r"|party|store|station|gym|airport|park|library|bus|train|subway|street|caf[eé]|door|elevator"
    r"|wedding|funeral|film|movie|play|painting|museum|lecture|class|course|seminar)))"
)
_AT_WORK = r"(?! (?:at|on) (?:the|a|an|my|our) )"
_I_SEE = (
    r"(?: who| whom| that)? I(?:'ve| have| had)? (?:once |recently |am |was )?"
    rf"(?:(?:see|saw|seen|seeing|treat|treated|treating)\b{_ELSEWHERE}"
    rf"|(?:work|worked|working) with\b{_AT_WORK})"
)
_DID = (
    r"(?: once| recently| lately| last \w+)? (?:told|said|came|asked|described|cried|wept|arrived"
    r"|began|started|brought|left|lost|wrote|called|confessed|showed|sat|looked|remembered|walked"
    r"|dreamed|dreamt|admitted|refused|stopped|returned|was|had)\b"
)
_LATELY = (
    r"\b(?:(?:last|this) (?:week|month|year|spring|summer|fall|autumn|winter|\w+day)|yesterday"
    r"|years ago|recently|the other day|one (?:day|morning|afternoon|evening))"
)
# One real person of her practice, spoken of in the singular.
CASE = re.compile(
    rf"{_ONE}{_PATIENT} of mine\b|\bone of my (?:\w+ )?{_PATIENT}s\b(?! (?:may|might|could|would))"
    rf"|{_ONE}{_ANYBODY}(?: in my (?:practice|office|care|caseload|consulting room)\b|{_I_SEE})"
    rf"|{_ONE}{_PATIENT}(?:, [^,]+,)?{_DID}"
    rf"|\b(?:someone|somebody){_I_SEE}"
    rf"|\bmy {_ADJECTIVE}{_PATIENT},? (?-i:[A-Z])\w*"
    rf"|\bI (?:once |recently )?(?:saw|treated|worked with) an? {_ADJECTIVE}{_ANYBODY}\b"
    rf"{_ELSEWHERE}"
    r"|\bI(?:'m| am|'ve been)? (?:see|seeing|treat|treating|work with|working with) an? "
    rf"{_ADJECTIVE}{_ANYBODY} (?:who|whose)\b"
    rf"|{_LATELY},? (?:an?|one|my) {_ADJECTIVE}{_PATIENT}\b(?! (?:may|might|can|could|would)\b)"
    rf"|\bwith (?:one|another) {_PATIENT}\b(?! at a time)"
    rf"|\bthe {_ADJECTIVE}{_ANYBODY} (?:who|whom) (?:comes|came|sits|sat) (?:to me|here|on \w+days?"
    r"|in that chair|every week|each week)\b"
    rf"|\b(?:an?|one|another) {_ADJECTIVE}{_ANYBODY}(?! of mine)(?: [\w'-]+){{0,4}} "
    r"(?:came|comes) to (?:see )?me\b"
    rf"|\ban? {_ADJECTIVE}{_ANYBODY} (?:started|began|came to|entered) therapy\b"
    r"|\bI(?:'ve| have) (?:seen|treated|worked with) an? "
    rf"{_ADJECTIVE}{_ANYBODY} (?:for (?:\w+ )?(?:weeks|months|years)|since)\b",
    re.I,
)
# A person in therapy, real or not, near whom a detail would stand out.
PATIENT = re.compile(
    rf"{_ONE}{_PATIENT}\b(?!-)|\bone of my {_PATIENT}s\b|\b(?:is|was) (?:an?|my) {_PATIENT}\b", re.I
)
SUPPOSED = re.compile(
    r"\b(?:if|whether|imagine|suppose|let's say|picture|may|might|would|whenever)\b", re.I
)
# What others have published is no secret of hers; and what she sees from her window no case.
PUBLISHED = re.compile(
    r"\b(?:study|studies(?! at)|trial|film|movie|novel|series|textbook|fairy tale|window"
    r"|supervisors?|Freud|Breuer|Beck|Jung|Rogers|Winnicott|Klein|Yalom|Bion|Ferenczi|Fromm\S*"
    r"|Erikson|Linehan|Lacan|Kohut|Bowlby|Searles)\b"
    r"|\b(?-i:[A-Z]\w+)'s (?:patient|client)\b|\b(?:patient|client) of (?-i:[A-Z])",
    re.I,
)
REACH = 3  # so many sentences after it still speak of the same person


def vignette_declared(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
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
            yield text.remark(sentence, found, Weight.HURTS, "vignette", why, instead)
            return


def identifying_details(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
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
        straight = sentence.straight
        near = REACH if _case(sentence) else near - 1
        if near > 0 or (PATIENT.search(straight) and not PUBLISHED.search(straight)):
            for found, why, instead in identifiers.found_in(straight, near > 0, hers):
                yield text.remark(sentence, found, Weight.HURTS, "identifying-detail", why, instead)


def _case(sentence: Sentence) -> re.Match[str] | None:
    found = CASE.search(sentence.straight)
    if found and (SUPPOSED.search(found.string[: found.end()]) or PUBLISHED.search(found.string)):
        return None
    return found
