"""Titles and summaries as they stand in lists and in search results."""

from collections import defaultdict
from collections.abc import Iterator

from insession.check.remark import Remark, Weight
from insession.check.text.page import Card, CheckedPage, CheckedSite

SHORTEST, LONGEST = 25, 160  # characters


def summary_length(page: CheckedPage, site: CheckedSite) -> Iterator[Remark]:
    """A summary should fit into a search result, and say something.

    Sources: Google cuts a description to the width of the screen and sets no number
    (https://developers.google.com/search/docs/appearance/snippet); Microsoft's checker for pages
    asks for at most 150 characters
    (https://learn.microsoft.com/en-us/previous-versions/visualstudio/design-tools/expression-studio-4/ff723911(v=expression.40)),
    and Bing's toolkit for at least 25. A few more than 150 are let pass here.
    """
    summary, line = page.text.header.summary, page.text.line_of("summary")
    if len(summary) > LONGEST:
        cut = summary[:150].rsplit(" ", 1)[0]
        why = f"It has {len(summary)} letters and spaces; search results end after about 150."
        instead = f"say what matters most within this length: “{cut} …”"
        yield page.remark(Weight.SMALL, line, "summary-length", f"…{summary[-40:]}", why, instead)
    elif len(summary) < SHORTEST:
        why = "This says little to someone who finds it in a search result or a list."
        instead = "one or two sentences: what it is about, and for whom"
        yield page.remark(Weight.SMALL, line, "summary-length", summary, why, instead)


def twins(site: CheckedSite) -> Iterator[Remark]:
    """No two texts may have the same title or the same summary.

    Sources: WCAG 2.2, 2.4.2 with technique G88; and Google: the same description on several pages
    doesn't help (https://developers.google.com/search/docs/appearance/snippet).
    """
    for key in ("title", "summary"):
        same: defaultdict[str, list[Card]] = defaultdict(list)
        for card in site.cards:
            same[" ".join(getattr(card, key).casefold().split())].append(card)
        for cards in (found for found in same.values() if len(found) > 1):
            for card in cards:
                other = next(each for each in cards if each is not card).shown
                words, line = getattr(card, key), getattr(card, f"{key}_line")
                why = f"{other} has the same {key}, so nobody can tell the two apart in a list."
                instead = f"another {key} for one of the two"
                yield Remark(card.shown, Weight.HARD, line, f"same-{key}", words, why, instead)
