"""What came along when a text was pasted, which the page shows in another way than she sees it."""

from collections.abc import Iterator
from itertools import groupby

from insession.check.fix.body import BodyLine
from insession.check.fix.pasted import mend_pasted
from insession.check.remark import Remark, Weight
from insession.check.text.text import CheckedText, RuleContext

# By the kind of what --fix would mend: how much hangs on it, why, and what to write.
KINDS = {
    "indent": (
        Weight.BROKEN,
        "A paragraph that begins with a tab or four spaces is shown as code, in one long line.",
        "the same without them",
    ),
    "point": (
        Weight.BROKEN,
        "Points that begin with a sign of their own are shown one after another, as one paragraph.",
        "a hyphen and a space at the start of each: - breathing",
    ),
    "heading": (
        Weight.HARD,
        "A bold line looks like a heading, but screen readers and the contents don’t know it as "
        "one (WCAG 1.3.1).",
        "## and a space in front of it, without the stars",
    ),
    "address": (
        Weight.BROKEN,
        "This address is no link, so it can’t be followed.",
        "< and > around it, or better words that say where it leads: [my page](https://…)",
    ),
    "space": (
        Weight.SMALL,
        "A space from a word processor or a page keeps lines from breaking between these words.",
        "a plain space",
    ),
    "sign": (
        Weight.SMALL,
        "Signs that nobody sees stand here, such as soft hyphens; searching and reading aloud trip "
        "over them.",
        "the same without them",
    ),
}
LONGEST = 60


def traces(text: CheckedText, known: RuleContext) -> Iterator[Remark]:
    """Name what `check --fix` would mend in a text, once for each kind.

    Sources: https://spec.commonmark.org/0.31.2/#indented-code-blocks, and for headings
    https://www.w3.org/WAI/WCAG22/Techniques/failures/F2.
    """
    rows = enumerate(text.body.split("\n"), text.first_line)
    changes = mend_pasted([BodyLine(number, row) for number, row in rows])[1]
    for kind, same in groupby(sorted(changes, key=lambda each: each.kind), lambda each: each.kind):
        found = sorted({each.number: each for each in same}.values())
        weight, why, instead = KINDS[kind]
        words = " ".join(found[0].before.split())
        words = words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
        if len(found) > 1:
            more = ", ".join(str(each.number) for each in found[1:])
            why += f" So it is on {'lines' if len(found) > 2 else 'line'} {more}, too."
        instead += " (“python3 tasks.py check --fix” does it for you)"
        yield Remark(text.shown, weight, found[0].number, f"pasted-{kind}", words, why, instead)
