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
from typing import Any

from insession.comments import danger_words

SPELLINGS = {
    r"wanna": "want to",
    r"gonna": "going to",
    r"gotta": "have to",
    r"im": "i am",
    r"ive": "i have",
    r"id(?= (?:be|rather|like|just|kill|do|hurt|better|die|wan))": "i would",
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
CLAUSES = re.compile(", | but | though | although ")
FIGURES = re.compile(
    r"\b(?:embarrass\w*|mortif\w*|awkward\w*|cringe\w*|blush\w*|of shame|karaoke|boredom|"
    r"traffic jam|asked (?:me )?(?:if|whether|about))\b"
)
LOOKBEHIND = re.compile(r"\(\?<![^()]*\)")


_words = danger_words.read()
_spellings = [(re.compile(rf"\b{wrong}\b"), right) for wrong, right in SPELLINGS.items()]
_misspelt = re.compile(rf"\b(?:{'|'.join(SPELLINGS)})\b")


def speaks_of_danger(text: str) -> bool:
    """Whether words in it may mean that someone is in acute danger."""
    sentences = _sentences(text)
    past = LONG_PAST.search(" ".join(sentences)) is not None
    return any(_is_marked(sentence, past) for sentence in sentences)


def for_browsers() -> dict[str, list[Any]]:
    """Return the list for a script: `spellings` with what is meant, `wordings`, and `words`.

    What is denied, long past or in jest counts there, too: whoever searches for it is shown where
    to turn, and nothing is said of him. A browser of 2021 may not know how to look behind.
    """
    return {
        "spellings": [[wrong, right.replace("\\1", "$1")] for wrong, right in SPELLINGS.items()],
        "wordings": [LOOKBEHIND.sub("", wording.rule) for wording in _words.all],
        "words": danger_words.read_searched(),
    }


def _sentences(text: str) -> list[str]:
    """Return sentences in the one spelling that the rules know, a comma between clauses."""
    plain = re.sub("[’'‘`´]", "", text.lower())
    plain = re.sub(r"[.!?;:…]+|\n\s*\n", ".", plain)
    plain = _misspelt.sub(_correct, re.sub(r"[^\w,.😂🤣😅]+", " ", plain))
    parts = re.sub(r"\s*,[\s,]*", ", ", plain).split(".")
    return [sentence for part in parts if (sentence := part.strip(", "))]


def _correct(misspelt: re.Match[str]) -> str:
    for wrong, right in _spellings:
        if found := wrong.match(misspelt.string, misspelt.start()):
            return found.expand(right)
    return misspelt[0]


def _is_marked(sentence: str, past: bool) -> bool:
    whole = sentence.replace(",", "")
    parts = CLAUSES.split(sentence)
    if parts != [whole] and not LONG_PAST.search(whole):
        parts.append(whole)  # wordings with a comma inside
    if not any(_is_acute(part, past) for part in parts) or IN_JEST.search(whole):
        return False
    return not OF_OTHERS.search(whole) or OF_ONESELF.search(whole) is not None


def _is_acute(part: str, past: bool) -> bool:
    kinds = {kind for kind, found in _words.find(part) if kind != "meant" or _is_meant(part, found)}
    if not kinds or FIGURES.search(part):
        return False
    if STILL.search(part):
        return True
    return not LONG_PAST.search(part) and not (past and kinds == {"violence past"})


def _is_meant(part: str, found: re.Match[str]) -> bool:
    return not DENIED.search(DOUBLE.sub("", part[: found.start()]))
