"""Words that may mean that someone's life or safety is in danger, now.

A list of English wordings, matched clause by clause. It marks a comment for her eyes and decides
nothing: it misses much, and everything that is written in another language.

What is listed (danger_words.txt) follows
- the warning signs of the US National Institute of Mental Health: wanting to die, being a burden,
  no reason to live, no way out, unbearable pain, a plan or means, goodbyes, affairs in order
  (https://www.nimh.nih.gov/health/publications/warning-signs-of-suicide)
- the questions of the Columbia scale: the wish to be dead or not to wake up, thoughts, method,
  intent, plan, preparation (https://cssrs.columbia.edu)
- the Danger Assessment of J. C. Campbell for violence at home: blows, choking, weapons, threats to
  kill, control, children hurt (https://www.dangerassessment.org)
- signs of abuse of children, as Child Welfare Information Gateway lists them
  (https://www.childwelfare.gov)

What is denied, long past, said of a book or in jest isn't marked.
"""

import re
from pathlib import Path

WORDS = Path(__file__).with_name("danger_words.txt")

SPELLINGS = {
    r"wanna": "want to",
    r"gonna": "going to",
    r"gotta": "have to",
    r"im": "i am",
    r"ive": "i have",
    r"id(?= (?:be|rather|like|just|kill|do|hurt|better|die|want))": "i would",
    r"ill(?= (?:kill|do|be|hurt|never|end|just|die|not|take))": "i will",
    r"itd": "it would",
    r"(?:its|it s)": "it is",
    r"hes": "he is",
    r"shes": "she is",
    r"theyre": "they are",
    r"theres": "there is",
    r"(do|does|did|was|were|is|are|would|should|could|have|has)nt": r"\1 not",
    r"(?:cant|cannot)": "can not",
    r"wont": "will not",
    r"anymore": "any more",
    r"(?:my self|myslef|mysef|myselve?s?|meself)": "myself",
    r"(?:noone|no one)": "nobody",
    r"(?:su+icide|sucide|suicde|suiside|suicid|suicude)": "suicide",
    r"(?:sucidal|suicidle|suisidal)": "suicidal",
    r"(tak|think|kill|cutt|di|liv)in": r"\1ing",
    r"(?:kms|unalive myself)": "kill myself",
    r"(?:dad|daddy|stepdad|stepfather|papa)": "father",
    r"(?:mom|mum|mommy|stepmother|stepmom|mama)": "mother",
}
# Said of others, of books and of work, unless someone says "I am" with it.
OF_OTHERS = re.compile(
    r"\b(?:novels?|films?|movies?|books?|chapter|series|episode|character|hero|heroine|songs?|lyrics|"
    r"dissertation|thesis|articles?|hotline|lifeline|prevention|clients?|patients?|training|research|"
    r"workshop|statistics|awareness|poem|opera|history|volunteer|colleagues|shelter|survivor)\b"
)
OF_ONESELF = re.compile(r"\bi (?:am|want|have|feel|will|cut|keep|think|can not|just|do not)\b")
LONG_PAST = re.compile(
    r"\b(?:years? (?:ago|back|later|earlier|since)|decades? (?:ago|later)|used to|"
    r"long ago|back then|when i was (?:a|an|in|at|little|younge?r?|small|\w+teen|\w+ty|\d+)|"
    r"when we were (?:little|kids|small|young)|as a (?:child|kid|teen\w*|boy|girl|student)|"
    r"in (?:19|20)\d\d|in my (?:teens|twenties|thirties|youth|childhood)|"
    r"in (?:high )?(?:college|school)|in the (?:past|eighties|nineties)|"
    r"growing up|grew up|at (?:\w+teen|twenty|the age of)|"
    r"(?:first|former) (?:husband|wife|marriage)|(?:two|three|four|five|six|ten|\w+ty) years now)\b"
)
STILL = re.compile(
    r"\b(?:again|now|still|tonight|today|yesterday|last (?:night|week)|these days|lately|"
    r"came back)\b"
)
# A "not" just before; but "can't stop thinking of it" denies nothing.
DENIED = re.compile(
    r"\b(?:not|never|no longer|nor|neither|stopped|without|nobody|instead of|"
    r"far from)(?: \w+){0,2} $"
)
DOUBLE = re.compile(r"\b(?:can not|could not|not) (?:stop|help|sleep|trust|breathe|know|bear)\b")
IN_JEST = re.compile(
    r"\b(?:lol|haha+|lmao|rofl|just kidding|jk|so funny|hilarious|figure of speech)\b|[😂🤣😅]"
)
FIGURES = re.compile(
    r"\b(?:embarrass\w*|mortif\w*|awkward\w*|cringe\w*|blush\w*|of shame|karaoke|boredom|"
    r"traffic jam|asked (?:me )?(?:if|whether|about))\b"
)


def _read_words() -> dict[str, re.Pattern[str]]:
    """Return what is listed: for each heading one expression that finds any of its wordings."""
    parts = re.split(r"(?m)^== (.+)\n", WORDS.read_text("utf-8"))
    lines = {
        name: [line for line in part.splitlines() if line and not line.startswith("#")]
        for name, part in zip(parts[1::2], parts[2::2], strict=True)
    }
    lists = dict(line.split(" = ", 1) for line in lines.pop("lists"))
    return {name: _compile("|".join(rules), lists) for name, rules in lines.items()}


def _compile(rules: str, lists: dict[str, str]) -> re.Pattern[str]:
    rules = rules.replace("~", r"(?:\w+ ){0,3}")
    for name, words in lists.items():
        rules = rules.replace(f"<{name}>", words)
    return re.compile(rf"\b(?:{rules})")


_words = _read_words()
_spellings = [(re.compile(rf"\b{wrong}\b"), right) for wrong, right in SPELLINGS.items()]
_misspelt = re.compile(rf"\b(?:{'|'.join(SPELLINGS)})\b")


def speaks_of_danger(text: str) -> bool:
    """Whether words in it may mean that someone is in acute danger."""
    sentences = _sentences(text)
    past = LONG_PAST.search(" ".join(sentences)) is not None
    return any(_is_marked(sentence, past) for sentence in sentences)


def _sentences(text: str) -> list[str]:
    """Return sentences in the one spelling that the rules know, a comma between clauses."""
    plain = re.sub("[’'‘`´]", "", text.lower())
    parts = re.split(r"[.!?;:…]+|\n\s*\n", plain)
    return [spelt for part in parts if (spelt := _spell(part))]


def _spell(part: str) -> str:
    spelt = " ".join(re.sub(r"[^\w,😂🤣😅]+", " ", part).split())
    if _misspelt.search(spelt):  # seldom, and one look is cheaper than one for each
        for wrong, right in _spellings:
            spelt = wrong.sub(right, spelt)
    return re.sub(r"\s*,[\s,]*", ", ", spelt).strip(", ")


def _is_marked(sentence: str, past: bool) -> bool:
    whole = sentence.replace(",", "")
    if IN_JEST.search(whole) or (OF_OTHERS.search(whole) and not OF_ONESELF.search(whole)):
        return False
    parts = re.split(", | but | though | although ", sentence)
    if parts != [whole] and not LONG_PAST.search(whole):
        parts.append(whole)  # wordings with a comma inside
    return any(_is_acute(part, past) for part in parts)


def _is_acute(part: str, past: bool) -> bool:
    recent = STILL.search(part) is not None
    if FIGURES.search(part) or (LONG_PAST.search(part) and not recent):
        return False
    if _words["hopeless"].search(part) or _words["violence"].search(part):
        return True
    if _words["violence past"].search(part) and (recent or not past):
        return True
    return any(_is_meant(part, found) for found in _words["meant"].finditer(part))


def _is_meant(part: str, found: re.Match[str]) -> bool:
    return not DENIED.search(DOUBLE.sub("", part[: found.start()]))
