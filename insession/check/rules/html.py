"""Raw HTML in her text: tags and notes that are never closed.

Markdown lets HTML through as it is written, so one tag that is never closed can change, or
swallow, all that follows it on the page.
"""

from collections.abc import Iterator

from justhtml import JustHTML
from justhtml.dom import Node

from insession.check.remark import Remark, Weight
from insession.check.text.page import CheckedPage, CheckedSite

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# Elements whose end tag the HTML standard lets one leave out.
MAY_STAY_OPEN = frozenset(
    "p li dt dd rt rp optgroup option thead tbody tfoot tr td th colgroup".split()
)
# Inside these everything is text, other tags too, until they are closed.
SWALLOW = frozenset("textarea title script style iframe noembed noframes xmp plaintext".split())


def unclosed_tags(page: CheckedPage, site: CheckedSite) -> Iterator[Remark]:
    """Tags that are opened and not closed where they can be, and the other way round.

    Source: the HTML standard, parsing (https://html.spec.whatwg.org/multipage/parsing.html).
    """
    opened = _opened(page)
    for name, offset in opened:
        swallows = name in SWALLOW
        why = "It is opened here and not closed in the same paragraph, so it spreads over "
        why += "what follows." if not swallows else "the rest, which disappears from the page."
        instead = f"write </{name}> where it should end, or take <{name}> away"
        line, words = page.line_of_tag(offset), page.tag_at(offset)
        yield page.remark(Weight.BROKEN, line, "unclosed-tag", words, why, instead)
    seen = {name for name, _ in opened}
    for error in page.parsed.errors:
        offset = _offset(page.html, error.line or 1, error.column or 1)
        if error.code == "unexpected-end-tag":
            words = page.tag_at(offset)
            name = words.strip("</> \n")
            if name.lower() in seen:
                continue  # has been said: it is opened in one place and closed in another
            why = "It closes something that isn't open here, so it can end a part of the page."
            instead = f"take it away, or write <{name}> where it should begin"
            line = page.line_of_tag(offset)
            yield page.remark(Weight.BROKEN, line, "stray-end-tag", words, why, instead)
        elif error.code == "eof-in-tag":
            start = page.html.rfind("<", 0, offset)
            line = page.line_of(page.html[start:].split("\n")[0])
            why = "This tag lacks its >, so all that follows it disappears from the page."
            instead = "write the > at its end, or &lt; if you mean the sign itself"
            words = page.html[start:].split("\n")[0]
            yield page.remark(Weight.BROKEN, line, "unclosed-tag", words, why, instead)


def lost_comments(page: CheckedPage, site: CheckedSite) -> Iterator[Remark]:
    """Notes in <!-- --> that are never closed: they hide too much, or show on the page.

    Source: the HTML standard, comments (https://html.spec.whatwg.org/multipage/syntax.html#comments):
    a comment ends at the first -->, and must not hold another <!--.
    """
    instead = "write --> where the note ends"
    if any(error.code == "eof-in-comment" for error in page.parsed.errors):
        start = page.html.rfind("<!--")
        line = page.line_of("<!--", page.html.count("<!--", 0, start + 4))
        why = "This note to yourself is never closed, so everything after it disappears."
        yield page.remark(Weight.BROKEN, line, "open-comment", _row(page, line), why, instead)
    for comment in _comments(page.parsed.root):
        if "<!--" in comment:
            first = comment.strip().split("\n")[0]
            line = page.line_of(first) or page.text.first_line
            why = "A second note begins before this one is closed, and all between them is hidden."
            yield page.remark(Weight.BROKEN, line, "open-comment", _row(page, line), why, instead)
    start = page.prose.rfind("<!--")
    if start >= 0 and "-->" not in page.prose[start:] and "&lt;!--" in page.html:
        line = page.line_at(start)
        why = "This note to yourself is never closed, so readers see it on the page."
        yield page.remark(Weight.BROKEN, line, "open-comment", _row(page, line), why, instead)


def whole_page(page: CheckedPage, site: CheckedSite) -> Iterator[Remark]:
    """The built page must hold together: nothing of the text may swallow what stands after it.

    A net below the other rules. Source: the HTML standard, parsing
    (https://html.spec.whatwg.org/multipage/parsing.html).
    """
    if not page.built or page.parsed.errors or _opened(page):
        return  # has been said
    parsed = JustHTML(page.built, sanitize=False, collect_errors=True)
    footers = parsed.root.query("body > footer")
    if parsed.errors or not footers:
        why = "Something in this text breaks the page around it, so its end isn't shown right."
        instead = "take the HTML in this text away, one tag after the other, and check again"
        yield page.remark(Weight.BROKEN, page.text.first_line, "broken-page", "", why, instead)


def _opened(page: CheckedPage) -> list[tuple[str, int]]:
    """Name and place of each element that is never closed; a browser may repeat one later on."""
    found = (
        (str(element.name), element.origin_offset)
        for element in page.elements
        if element._end_tag_start is None  # where its end tag stands; justhtml tells it only here
        and element.origin_offset is not None
        and element.name not in VOID | MAY_STAY_OPEN
    )
    return list(dict.fromkeys(found))


def _comments(root: Node) -> Iterator[str]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.name == "#comment":
            yield str(node.data)
        waiting += reversed(getattr(node, "children", None) or [])


def _offset(html: str, line: int, column: int) -> int:
    """Return the position in the HTML of a line and column, which count from 1."""
    return sum(len(row) + 1 for row in html.split("\n")[: line - 1]) + column - 1


def _row(page: CheckedPage, line: int) -> str:
    """A line of her file, shortened."""
    rows = page.text.body.split("\n")
    row = rows[line - page.text.first_line].strip() if line else ""
    return row if len(row) <= 60 else f"{row[:59]}…"
