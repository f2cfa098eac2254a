"""Suggestions that fit into what stands there: its number, tense, article, capital and possessive.

A template of the tables says `{a person,people}` for one and several, and
`{die,dies,died,dying}` for the forms of a verb. `{of}` is what a label names: “schizophrenia” for
“schizophrenics”.
"""

import re

from insession.check.patterns.labels import CONDITIONS
from insession.check.text.sentences import Sentence

FORMS = re.compile(r"\{([^{}]+)\}")
ARTICLE = re.compile(r"\b(an?|the)(?: \w+)? $", re.I)
OWN_ARTICLE = re.compile(r"(an?|the) ", re.I)
POSSESSIVE = re.compile(r"'s? ((?:\w+ing |own )?\w+)")
# Past forms that don’t end in -ed.
PAST = frozenset("fell hung shot slit cut lost chose took kicked got".split())


def fit(template: str, sentence: Sentence, found: re.Match[str]) -> str:
    """Return a suggestion of a table for what was found in a sentence."""
    words = found[found.lastgroup or 0]
    before, after = found.string[: found.start(found.lastgroup or 0)], found.string[found.end() :]
    said = FORMS.sub(lambda forms: _form(forms[1], words, before), template)
    if said.startswith("“") and template.startswith("“{a "):
        said = _possessive(said, after)
    article = ARTICLE.search(before)
    is_taken = article and said.startswith(("“a ", "“the "))
    start = article.start() if article and is_taken else len(before)
    opens = not sentence.straight[:start].strip(" \"'“‘(")
    return f"{said[0]}{said[1:2].upper()}{said[2:]}" if opens and said.startswith("“") else said


def _form(forms: str, words: str, before: str) -> str:
    """Choose among the forms of a word by the words in question."""
    if forms == "of":
        names = (name for stem, name in CONDITIONS.items() if stem in words.lower())
        return next(names, _rest(words))
    several = forms.split(",")
    if len(several) == 4:
        verb = words.split()[0].lower()
        place = 2 if verb.endswith("ed") or verb in PAST else 1 if verb.endswith("s") else 0
        return several[3] if verb.endswith("ing") else several[place]
    one, many = several
    if words.lower().endswith("s"):
        return many
    article = OWN_ARTICLE.match(words) or ARTICLE.search(before)
    if article and article[1].lower() == "the" and one.startswith("a "):
        return f"the {one[2:]}"
    return one


def _rest(words: str) -> str:
    """Return the condition in “depression sufferers”, or else a place for it."""
    condition, _, _ = words.partition(" sufferer")
    return (condition if condition.isupper() else condition.lower()) if condition != words else "…"


def _possessive(said: str, after: str) -> str:
    """Turn “a person with …” into “the brain of a person with …” before “’s brain”."""
    whose = POSSESSIVE.match(after)
    return f"“the {whose[1]} of {said[1:]}" if whose else said
