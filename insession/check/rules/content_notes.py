"""A text about suicide says so before it begins, or says first where help is."""

from collections.abc import Iterator

from insession.check.patterns.suicide import ABOUT, CRISIS_LINE, NOT_ABOUT
from insession.check.remark import Remark, Weight
from insession.check.text.text import CheckedText, RuleContext

OFTEN = 3  # so many sentences about it make it what the text is about
TOP = 200  # words, in which somebody who came for help should have found it


def suicide_unannounced(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Tell a reader at risk what is coming, or whom to turn to, before it comes.

    Source: https://reportingonsuicide.org
    """
    if not text.is_english(known) or getattr(text.header, "content_note", None):
        return
    about = [each for each in text.sentences if ABOUT.search(NOT_ABOUT.sub("", each.straight))]
    is_named = any(each.kind == "heading" for each in about)
    if not (is_named or len(about) >= OFTEN) or _has_help(text):
        return
    first = about[0]
    found = ABOUT.search(first.straight)
    if found:
        numbers = [each.call for each in known.practice.crisis.all_lines if each.call]
        line = f"call {numbers[0]}" if numbers else "call …"
        why = "Someone who thinks of it may read this alone and at night."
        instead = (
            "a line in the header: “content_note: This piece speaks of suicide.”, or within the "
            f"first lines whom to turn to: “If you think of ending your life, {line}”"
        )
        yield text.remark(first, found, Weight.HURTS, "suicide-unannounced", why, instead)


def _has_help(text: CheckedText) -> bool:
    """Whether a crisis line stands in the first words of the body."""
    count = 0
    for sentence in text.sentences:
        if sentence.line >= text.first_line:
            if CRISIS_LINE.search(sentence.straight):
                return True
            count += len(sentence.text.split())
            if count > TOP:
                break
    return False
