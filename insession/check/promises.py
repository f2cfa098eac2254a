"""What a therapist can't promise: cure, certainty, being the best; and advice about medicines.

A sentence that says the opposite (“no therapist can promise a cure”) raises nothing.
"""

import re
from collections.abc import Iterator

from insession.check.advice import Advice, Weight
from insession.check.sentences import Sentence
from insession.check.text import Known, Text

_CONDITION = (
    r"(?:(?:your|their|the|his|her|any|all|every) )?(?:depression|anxiety|trauma|grief|fears?"
    r"|phobias?"
    r"|insomnia|addictions?|panic(?: attacks?)?|OCD|PTSD|ADHD|autism|bipolar disorder"
    r"|mental illness"
    r"|pain|loneliness|sadness|stress|shyness|anger|problems?|symptoms)"
)
CURE = re.compile(
    rf"\bcur(?:e|es|ed|ing) (?:you|your|people|anyone|everyone|clients|patients|{_CONDITION})\b"
    rf"|\b(?:a|the|real|proven|permanent|lasting|complete|sure) cure for {_CONDITION}\b"
    r"|\byou(?:'ll| will| can)? (?:\w+ )?be (?:cured|healed|fixed)\b|\bcured (?:in|within|after"
    r"|by) \w+"
    r"|\b(?:free|rid) (?:yourself|you) (?:of|from) [^.]*\b(?:for good|forever|once and for all)\b"
    r"|\b(?:you|you'll) (?:will )?never (?:feel|be|have|suffer|worry)[^.]* again\b"
    r"|\b(?:permanent|permanently|instant|instantly|miracle|miraculous) (?:relief|results?|healing"
    r"|remove"
    r"|eliminate|end|heal|cure|overcome|recovery)s?\b",
    re.I,
)
CERTAINTY = re.compile(
    r"\bguarante(?:e|es|ed|eing)\b|\b(?:100|one hundred|hundred) ?(?:%|percent) (?:success"
    r"|effective|sure"
    r"|certain|recovery|safe|of (?:my|our))\w*|\bsuccess rates? of\b|\brisk[- ]free\b"
    r"|\bnever fails?\b"
    r"|\b(?:works?|helps?) (?:every time|for everyone|for everybody|always|without fail)\b"
    r"|\bI (?:can )?promise (?:you |that |you that )*(?:you|your|it|therapy|we|results|relief"
    r"|things|a)\b"
    r"|\byou(?:'ll| will) (?:\w+ )?(?:feel|be|sleep|get) (?:\w+ )?(?:better|well|happy|happier"
    r"|fine|healthy)"
    r" (?:in|within|after|by) (?:just |only )?[\w-]+ (?:sessions?|weeks?|days?|months?|hours?"
    r"|meetings?)\b",
    re.I,
)
TESTIMONIAL = re.compile(
    r"\b(?:client|patient) testimonials?\b|\btestimonials? (?:from|by|of) (?:\w+ )?(?:clients?"
    r"|patients?|people)\b"
    r"|\b(?:read|see|here are|our|my) (?:\w+ )?testimonials?\b|\b(?:five|5)[- ]star\b"
    r"|\brave reviews?\b"
    r"|\b(?:leave|write|post|give) (?:me |us )?(?:a|your|an) (?:\w+ )?(?:review|rating"
    r"|testimonial)s?\b"
    r"|\b(?:read|see|hear|find out) what (?:my|our|past|former|other) (?:\w+ )?(?:clients"
    r"|patients) "
    r"(?:\w+ )?(?:say|said|think)\b|\b(?:review|rate) me on\b|\bmy (?:clients|patients) (?:love"
    r"|rave|praise)\b",
    re.I,
)
_FIELD = (
    r"(?:psychodynamic|psychoanalytic|trauma|couples?|EMDR|CBT|anxiety|licensed|local|talk|family"
    r"|child"
    r"|qualified|private|mental|health|sex|grief|and|female|male|the|in|town)"
)
SUPERLATIVE = re.compile(
    r"\b(?:best|top|leading|finest|premier|foremost|number[- ]one|no\. ?1|top-rated|highest-rated"
    r"|award-winning|world-class|unrivall?ed|unmatched|renowned|world-renowned"
    r"|most (?:trusted|experienced|effective|sought-after|qualified|skilled|successful))"
    rf"(?: {_FIELD}){{0,3}} (?:therapists?|psychotherapists?|counsell?ors?|psychologists?|analysts?"
    r"|psychoanalysts?|practices?|practitioners?|clinicians?|psychotherapy|therapy|treatment|care"
    r"|experts?"
    r"|authority|specialists?)\b(?! for (?:you|one|this|that|each|every|any|your|him|her|someone"
    r"|a person))"
    r"|#1 \w+|\b(?:better|more effective) than (?:any|most|all)?(?: other)? ?(?:therapists?"
    r"|therapy|practices?)\b"
    r"|\b(?:better|more effective) than other (?:therapists?|therapies|practices?)\b",
    re.I,
)
_MEDICINE = (
    r"(?:medicines?|medications?|meds|pills?|tablets?|antidepressants?|SSRIs?|SNRIs?|lithium|Prozac"
    r"|Zoloft|Lexapro|Xanax|Ativan|Valium|Klonopin|Adderall|Ritalin|sertraline|fluoxetine"
    r"|escitalopram"
    r"|benzodiazepines?|benzos|mood stabili[sz]ers?|antipsychotics?|stimulants?|sleeping pills?"
    r"|St\.? John's wort|melatonin|ketamine|dose|dosage|prescriptions?)"
)
_OBJECT = (
    rf"(?: taking| using)?(?: (?:your|the|any|all|these|those|an?|some|more|less|of))* ?"
    rf"(?:\w+ )?{_MEDICINE}\b"
)
_STOP = (
    r"(?:stop|quit|drop|come off|go off|get off|give up|throw (?:away|out)|flush|skip|halve|double"
    r"|reduce"
    r"|cut (?:down(?: on)?|back(?: on)?|out)|lower|raise|increase|change|taper|wean yourself off"
    r"|discontinue)"
)
_TAKE = r"(?:take|start|try|use|begin|add|switch to)"
_TO_READER = (
    r"(?:^|[.;:] |, (?:and |then |so |just )?|\b(?:please|simply|just|then) "
    r"|\byou(?:'d better| (?:should|must|ought to|need to|have to|could|can)) (?:\w+ly )?(?:just )?"
    r"|\b(?:suggest|advise|recommend) (?:that )?you |\b(?:advise|tell|urge) \w+ to |\bit's (?:time"
    r"|safe|fine|ok) to )"
)
MEDICINE = re.compile(
    rf"{_TO_READER}(?P<say>{_STOP}{_OBJECT}|{_TAKE}{_OBJECT})"
    rf"|\b(?P<say2>(?:you don't need|no need for|you can do without) (?:your |the |any |those "
    rf"|these )?{_MEDICINE})\b",
    re.I,
)
NEGATED = re.compile(
    r"\b(?:no|not|never|nobody|no one|none|nothing|cannot|without|nor|neither|hardly|wary|beware"
    r"|careful"
    r"|doubts?|distrust|suspicious|skeptical|sceptical|anyone who|anybody who|whoever"
    r"|who (?:promises?|claims?)"
    r"|someone who|if (?:a|any|your|the|someone)|rather than|instead of|few|myth|ban|forbids?"
    r"|may not)\b|n't\b",
    re.I,
)
DENIED_AFTER = re.compile(
    r"^[^.,;]{0,40}?\b(?:is|are|was|would be|do|does|can)(?: not|n't| no| a myth| impossible"
    r"| forbidden| unethical| nonsense| hard to find| no such)\b",
    re.I,
)
NO_NEED = re.compile(r"\b(?:don't|do not|needn't|no) (?:need|have to)\b", re.I)
PRESCRIBER = re.compile(
    r"\b(?:doctors?|prescribers?|psychiatrists?|physicians?|pharmacists?|prescribed|GP)\b", re.I
)


def cure(text: Text, known: Known) -> Iterator[Advice]:
    """Promise no cure and no lasting effect.

    Source: standard 5.01(b)(6) of the APA's ethics code, on statements about the degree of success
    of services: https://www.apa.org/ethics/code
    """
    why = "Nobody can know that beforehand, and it hurts those for whom it doesn’t come true."
    instead = "what therapy may do: “many people find that …”"
    yield from _unless_denied(text, known, CURE, "cure", why, instead)


def certainty(text: Text, known: Known) -> Iterator[Advice]:
    """Guarantee nothing.

    Source: standard 5.01 of the APA's ethics code: https://www.apa.org/ethics/code
    """
    why = "No therapist can be sure of that, and licensing boards read such words as misleading."
    instead = "“may”, “often”, or what research found, with its source"
    yield from _unless_denied(text, known, CERTAINTY, "guarantee", why, instead)


def testimonial(text: Text, known: Known) -> Iterator[Advice]:
    """Ask no client for praise, and show none.

    Source: standard 5.05 of the APA's ethics code: https://www.apa.org/ethics/code
    """
    why = "Someone in therapy isn’t free to say no, and praising you tells that he or she came."
    instead = "how you work, in your own words"
    yield from _unless_denied(text, known, TESTIMONIAL, "testimonial", why, instead)


def superlative(text: Text, known: Known) -> Iterator[Advice]:
    """Compare yourself with nobody.

    Source: standard 5.01 of the APA's ethics code: https://www.apa.org/ethics/code
    """
    why = "It can’t be shown, and a frightened reader may believe it."
    instead = "what you are trained in, and for how long"
    yield from _unless_denied(text, known, SUPERLATIVE, "superlative", why, instead)


def medicine(text: Text, known: Known) -> Iterator[Advice]:
    """Leave starting, stopping and changing a medicine to who prescribes it.

    Source: stopping suddenly can bring withdrawal, relapse and suicidal thoughts:
    https://quality.healthfinder.fl.gov/health-encyclopedia/HIE/60/000570
    """
    why = "A reader may do it today, and stopping or changing a medicine suddenly can be dangerous."
    instead = "“talk with whoever prescribes it before you change anything”"
    for sentence in text.sentences if text.is_english(known) else ():
        for found in sentence.find(MEDICINE):
            part = "say" if found["say"] else "say2"
            before = NO_NEED.sub("", found.string[: found.start(part)])
            alone = re.search(r"\bwithout\b", found.string) or NO_NEED.search(found.string)
            asked = PRESCRIBER.search(found.string) and not alone
            if not (asked or NEGATED.search(before)):
                remark = text.advice(sentence, found, Weight.HURTS, "medicine", why, instead)
                yield _only(remark, sentence.text[slice(*found.span(part))])


def _only(remark: Advice, words: str) -> Advice:
    return Advice(**(vars(remark) | {"words": words}))


def _unless_denied(
    text: Text, known: Known, pattern: re.Pattern[str], rule: str, why: str, instead: str
) -> Iterator[Advice]:
    for sentence in text.sentences if text.is_english(known) else ():
        for found in sentence.find(pattern):
            if not _is_denied(sentence, found):
                yield text.advice(sentence, found, Weight.MISLEADS, rule, why, instead)


def _is_denied(sentence: Sentence, found: re.Match[str]) -> bool:
    before, after = found.string[: found.start()], found.string[found.end() :]
    asks = sentence.text.rstrip("\"”’')").endswith("?")
    return bool(asks or NEGATED.search(before) or DENIED_AFTER.search(after))
