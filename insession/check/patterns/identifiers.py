"""What points to one person: name, initial, age, date, employer, school, small place.

After 45 CFR 164.514(b)(2): https://www.ecfr.gov/current/title-45/section-164.514
"""

import re
from collections.abc import Iterator

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_NAME = r"(?-i:[A-Z][a-zà-þ]+(?:-[A-Z][a-z]+)?)"
_NAMES = rf"{_NAME}(?: (?:(?-i:[A-Z])\.|{_NAME}))*"
_LETTERS = r"(?-i:[A-Z]\.(?:[A-Z]\.)?)"
_PATIENT = r"(?:client|patient|analysand|woman|man|boy|girl|teenager|student)"
_SEX = (
    r"(?:(?:a|my|an) (?:\w+ )?(?:client|patient|analysand|woman I|man I|person I)"
    r"|one of my (?:client|patient)s)"
)
# Where “In Paris, a patient” begins no name.
_NO_PLACE = (
    r"(?<!\bin )(?<!\bat )(?<!\bon )(?<!\bto )(?<!\bfor )(?<!\bwith )(?<!\bfrom )(?<!\bafter )"
    r"\b(?!(?:in|at|on|to|for|with|from|after) )"
)
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_TEENS = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_AGE = rf"(?:\d{{1,3}}|{_TENS}(?:-\w+)?|{_TEENS}|six|seven|eight|nine)"
_TOLD = (
    r"(?:told|said|says|cried|came|asked|began|started|felt|left|lives|lived|works|worked|wept"
    r"|smiled"
    r"|laughed|sat|looked|wanted|knew|thought|had|was|is)"
)
_SCHOOL = r"(?:High School|Middle School|School|College|University|Academy|Elementary|Institute)"

NAME = re.compile(
    rf"\b{_PATIENT}s?(?: of mine| I \w+)?,? (?:named |called |by the name of )?"
    r"(?:(?:Mrs?|Ms|Mx)\.? )?"
    rf"(?!Mrs?\b|Ms\b|Mx\b)(?P<a>{_NAMES})"
    rf"|{_NO_PLACE}(?P<b>{_NAMES}), {_SEX}|\b(?:named|called) (?P<c>{_NAMES})"
    rf"|\bname(?:,| is| was) (?P<d>{_NAMES})"
    rf"|\b(?:Mrs?|Ms|Mx)\.? (?P<e>{_NAMES}) (?:is|was) an? {_PATIENT}",
    re.I,
)
NAME_ALONE = re.compile(
    rf"(?<!call her )(?<!call him )(?<!call them )\b(?P<a>{_NAME})(?:, {_AGE},)? {_TOLD}\b"
)
# “Chen, 34, sat on the couch.”
OPENS_WITH_NAME = re.compile(rf"{_NAME}(?:,| {_TOLD}\b)")
INITIAL = re.compile(
    rf"\b(?:{_PATIENT},? |Mrs?\.? |Ms\.? |Mx\.? |Dr\.? )(?P<a>{_LETTERS})(?=[\s,;:'—]|$)"
    rf"|\b(?P<b>{_LETTERS}), {_SEX}|\bcall (?:her|him|them) (?P<c>{_LETTERS})",
    re.I,
)
AGE = re.compile(
    rf"\b{_AGE}[- ]years?[- ]old\b|\baged? {_AGE}\b(?! (?:or|and|to) )|\bage of {_AGE}\b"
    rf"|(?<!\bI )\b(?:is|was) (?:only |just |barely |almost |nearly |already )?{_AGE}\b(?=[.,;]|$)"
    rf"|(?<!\bI )\b(?:just )?(?:turned|turning) {_AGE}\b(?! \w+s\b)"
    rf"|\bhe's {_AGE}\b(?=[.,;]|$)"
    rf"|\b(?:{_PATIENT}s?|of mine|I see|{_NAME}), (?P<only>\d\d)\b(?=[,.]| and\b)",
    re.I,
)
DATE = re.compile(
    rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:, \d{{4}})?|\b\d{{1,2}}(?:st|nd|rd"
    rf"|th)? (?:of )?{_MONTH}\b"
    rf"|\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b|\bin {_MONTH} (?:of )?\d{{4}}\b",
)
SCHOOL = re.compile(rf"\b(?:{_NAME} ){{1,4}}{_SCHOOL}\b|\b(?:University|College) of {_NAMES}")
EMPLOYER = re.compile(
    rf"\b(?:attends?|attended|studies at|studied at|student at|enrolled at|graduated from) "
    rf"(?P<school>{_NAMES}|(?-i:[A-Z]{{2,5}})\b)"
    rf"|\b(?:mayor|principal|pastor|rabbi|dean|director|president|sheriff) of (?P<head>{_NAMES})"
    rf"|\b(?P<troupe>(?:{_NAME} )+(?:Philharmonic|Orchestra|Symphony|Ballet|Opera|Choir))\b"
    rf"|\b(?:works?|worked|working|employed|job|nurse|teacher|teaches|taught|manager|partner"
    rf"|engineer"
    rf"|lawyer|analyst|cashier|accountant|professor|position|intern) (?:at|for"
    rf"|with) (?:the )?(?P<a>{_NAMES})"
)
PLACE = re.compile(
    r"\b(?:town|village|hamlet|neighborhood|neighbourhood|suburb|borough) "
    rf"(?:of|near|in) (?P<a>{_NAMES})"
    rf"|\b(?:on|at|near|from) (?P<street>{_NAME} (?:Street|Avenue|Road|Lane|Boulevard|Square|Park))\b"
    rf"|\b(?:lives?|lived|living|grew up|raised|born|resides?|house|home|apartment|moved|commutes) "
    rf"(?:near |outside )?(?:in|to|from|on|at|near|outside) (?:the )?(?P<b>{_NAMES})"
    rf"|\b(?P<c>{_NAMES}, (?-i:[A-Z]{{2}}))\b"
)

RARE_JOB = re.compile(
    r"\b(?:works|worked|working|job|trained|training|employed) as an? (?P<job>[\w-]+"
    r"(?: (?!(?:and|or|but|in|at|on|for|with|to|by|near|who|when|while|here|there|now|every|all)\b)[\w-]+)?)\b",
    re.I,
)
COMMON_JOBS = frozenset(
    "nurse teacher lawyer attorney engineer doctor manager waiter waitress server cook chef cashier clerk "
    "secretary assistant accountant driver bartender carpenter electrician plumber mechanic nanny writer "
    "programmer developer designer consultant salesman saleswoman salesperson student social worker "
    "cleaner paralegal therapist counselor child kid team volunteer group couple unit parent mother "
    "father freelancer contractor temp receptionist barista tutor aide guard".split()
)
# “three blocks from me”, “next door to my office”
NEARBY = re.compile(
    r"\b(?:\w+ )(?:blocks?|doors?|houses?|streets?|minutes|miles?) (?:away )?from (?:me|my \w+|us|here)\b"
    r"|\b(?:next door to|around the corner from|across the street from|down the (?:street|road|hall) from) (?:me|my \w+|us)\b",
    re.I,
)
HE = re.compile(
    r"\b(?:he|his|him|himself|man|boy|husband|father|son|brother|widower|guy|gentleman|Mr)\b", re.I
)
SHE = re.compile(
    r"\b(?:she|her|hers|herself|woman|girl|wife|mother|daughter|sister|widow|lady|Mrs|Ms)\b", re.I
)
DECADES = (
    "twenties",
    "thirties",
    "forties",
    "fifties",
    "sixties",
    "seventies",
    "eighties",
    "nineties",
)

# Words with a capital that name nobody.
NOBODY = frozenset(
    "I He She They We You It The This That These Those Who What When Where Why How There Then "
    "Here One Two Each Every Everyone Somebody Someone Nobody Nothing Something Everything "
    "Another Both And But So Yet Or If As At In On For From With After Before Until Now Once "
    "Later Today Perhaps Therapy Treatment Silence Her His My Our Their Your Its All Some Most "
    "Many Few Much Such Only God Christmas Easter Monday Tuesday Wednesday Thursday Friday "
    "Saturday Sunday January February March April May June July August September October November "
    "December English Spanish American Work Life Love Anger Grief Anxiety Depression Sleep Money "
    "Time Home School Recently Yesterday Usually Sometimes Often Suddenly Eventually Finally "
    "Lately Tonight Years Months Weeks Days Again Still Even Like While Since Because Although "
    "Though Instead Also Unlike Being Afterward Meanwhile".split()
)
# A state or a country points to nobody (164.514(b)(2)(i)(B) starts below the state).
WIDE = frozenset(
    "America United States States Alabama Alaska Arizona Arkansas California Colorado Connecticut "
    "Delaware Florida Georgia Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine "
    "Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada "
    "Hampshire Jersey Mexico York Carolina Dakota Ohio Oklahoma Oregon Pennsylvania Rhode Island "
    "Tennessee Texas Utah Vermont Virginia Washington Wisconsin Wyoming New North South West East "
    "Canada England Scotland Wales Ireland Britain Kingdom Europe Africa Asia Australia Zealand "
    "France Germany Italy Spain Portugal Poland Russia Ukraine China Japan Korea India Pakistan "
    "Iran Iraq Israel Turkey Egypt Nigeria Kenya Brazil Argentina Chile Colombia Peru Cuba Haiti "
    "Jamaica Vietnam Philippines Sweden Norway Denmark Finland Netherlands Belgium Austria "
    "Switzerland Greece Midwest Northeast".split()
)
Found = tuple[re.Match[str], str, str]


def found_in(sentence: str, tells_a_case: bool, known_places: frozenset[str]) -> Iterator[Found]:
    """Yield each identifying detail: the match, why it matters, what to write instead.

    `known_places` are the words of the place where the practice is, which says nothing new. Bare
    first names and dates are looked for only where a case is told.
    """
    they, their, someone = _pronouns(sentence)
    names = [NAME, NAME_ALONE] if tells_a_case else [NAME]
    told = {_words(found) for place in (EMPLOYER, PLACE) for found in place.finditer(sentence)}
    for pattern in names:
        for found in pattern.finditer(sentence):
            if not _words(found) <= NOBODY | WIDE and _words(found) not in told:
                told.add(_words(found))
                why = "A name can be recognized, even a changed one that is close to it."
                yield found, why, f"no name: “{they}”, “{someone}”"
                break
    for found in INITIAL.finditer(sentence):
        yield found, "An initial with a story is often enough to guess.", f"no initial: “{they}”"
    for found in AGE.finditer(sentence):
        yield found, "An exact age narrows it down to few people.", _decade(found[0], their)
    for found in DATE.finditer(sentence) if tells_a_case else ():
        why = "A date ties the story to something others may know of."
        yield found, why, "“one spring”, “some years ago”"
    for found in SCHOOL.finditer(sentence):
        yield found, "A school has few people with this story.", "“a school”, “a student”"
    for found in EMPLOYER.finditer(sentence):
        if not _words(found) <= NOBODY and not SCHOOL.search(sentence, found.start()):
            yield found, "Colleagues may recognize the story.", "“in an office”, “in a hospital”"
    for found in RARE_JOB.finditer(sentence) if tells_a_case else ():
        if not {*found["job"].lower().split()} & COMMON_JOBS:
            yield (
                found,
                "Few people have this work, and others know who does.",
                "a wider word, or leave it out: “in a clinic”",
            )
    for found in NEARBY.finditer(sentence) if tells_a_case else ():
        yield found, "Neighbors may know whom you mean.", "“lives nearby”"
    for found in PLACE.finditer(sentence):
        if not _words(found) <= NOBODY | WIDE | known_places and not SCHOOL.search(found[0]):
            yield found, "In a small place everybody knows whom you mean.", "“in a small town”"


def _pronouns(sentence: str) -> tuple[str, str, str]:
    """Return “he”, “his” and “a man”, or the like, for the one person a sentence is about."""
    he, she = len(HE.findall(sentence)), len(SHE.findall(sentence))
    if he == she:
        return "they", "their", "someone"
    return ("he", "his", "a man") if he > she else ("she", "her", "a woman")


def _decade(age: str, their: str) -> str:
    """Return what to write for an exact age: “in her thirties”, “a teenager”, “a child”."""
    number, spelled = re.search(r"\d+", age), re.search(_TENS, age, re.I)
    tens = int(number[0]) // 10 if number else 0
    if spelled:
        tens = 2 + next(n for n, name in enumerate(DECADES) if name[:-3] == spelled[0].lower()[:-1])
    elif re.search(_TEENS, age, re.I):
        tens = 1
    if tens >= 2:
        return f"“in {their} {DECADES[min(tens, 9) - 2]}”"
    return "“a teenager”" if tens == 1 else "“a child”"


def _words(found: re.Match[str]) -> frozenset[str]:
    said = next(part for part in found.groups() if part)
    return frozenset(re.findall(r"[^\W\d_]+", said))
