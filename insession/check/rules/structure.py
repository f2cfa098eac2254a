"""How a text is put together: its headings, and links to a place within a page."""

import difflib
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from justhtml.dom import Element

from insession.check.remark import Remark, Weight
from insession.check.text.page import CheckedPage, CheckedSite, file_of

RANKS = {f"h{rank}": rank for rank in range(1, 7)}
HEADING = re.compile(
    r"^ {0,3}#{1,6}(?!\S).*$|^[^\n]+\n {0,3}(?:=+|-+)[ \t]*$|<h[1-6](?![\w-])", re.M | re.I
)


def heading_order(page: CheckedPage, site: CheckedSite) -> Iterator[Remark]:
    """A heading must not skip a rank on the way down; a text's own headings start with ##.

    Source: WCAG 2.2 technique H42, G141, and
    https://www.w3.org/WAI/tutorials/page-structure/headings/
    """
    before = 1  # the page's title
    for heading, line in _headings(page):
        rank = RANKS[str(heading.name)]
        if rank > before + 1:
            above = "the title" if before == 1 else f"a heading with {'#' * before}"
            words = " ".join(heading.to_text().split())
            why = f"This heading has {'#' * rank} and comes after {above}, so a rank is left out; "
            why += "people who listen to the page look for what is missing."
            instead = f"{'#' * (before + 1)} {words}"
            yield page.remark(Weight.BROKEN, line, "heading-order", words, why, instead)
        before = rank


def empty_headings(page: CheckedPage, site: CheckedSite) -> Iterator[Remark]:
    """A heading without words is read out as a heading to nothing.

    Source: WCAG 2.2, 1.3.1 and 2.4.6 (https://www.w3.org/WAI/WCAG22/Understanding/headings-and-labels)
    """
    for heading, line in _headings(page):
        pictures = heading.query("img[alt]")
        if not heading.to_text().strip() and not any((p.attrs or {}).get("alt") for p in pictures):
            why = "This heading has no words, so it leads nowhere."
            instead = "write the words of the heading, or take the line away"
            yield page.remark(Weight.BROKEN, line, "empty-heading", "#", why, instead)


def anchors(page: CheckedPage, site: CheckedSite) -> Iterator[Remark]:
    """A link to a part of a page (`other.md#part`) must name a part that is there.

    A wrong one doesn't stop a build: the link still opens the page, at its top.
    Source: the HTML standard, fragments
    (https://html.spec.whatwg.org/multipage/browsing-the-web.html#scroll-to-fragid).
    """
    for link in page.named("a", "area"):
        address = (link.attrs or {}).get("href") or ""
        part = unquote(address.partition("#")[2])
        if not part or part.lower() == "top":
            continue
        target = _target(page, site, address)
        if target is None or not target.built:
            continue
        if part in target.anchors:
            continue
        if part.startswith("fnref:"):  # the way back that our Markdown gives each note
            yield _uncited(page, f"[^{part.removeprefix('fnref:')}]")
            continue
        ids = [(heading.attrs or {}).get("id") or "_" for heading in target.named(*RANKS)]
        places = [each for each in ids if not each.startswith("_")]  # those without words
        near = difflib.get_close_matches(part, [*places, *target.anchors], n=1, cutoff=0.5)
        where = "this text" if target is page else target.text.shown
        why = f"There is no part “{part}” in {where}, so the link stops at the top of the page."
        start = address.partition("#")[0]
        instead = f"{start}#{near[0]}" if near else _offered(start, places)
        line = page.line_of(address) or page.text.first_line
        yield page.remark(Weight.BROKEN, line, "anchor", address, why, instead)


def _uncited(page: CheckedPage, note: str) -> Remark:
    why = "Nothing in the text leads to this note, so nobody knows what it belongs to."
    instead = f"{note} behind the words that it belongs to, or take the note away"
    line = page.line_of(f"{note}:") or page.text.first_line
    return page.remark(Weight.BROKEN, line, "anchor", note, why, instead)


def _offered(start: str, places: list[str]) -> str:
    if not places:
        return f"a link to the page alone: {start}" if start else "take the link away"
    return "one of its headings: " + ", ".join(f"{start}#{place}" for place in places[:5])


def _target(page: CheckedPage, site: CheckedSite, address: str) -> CheckedPage | None:
    """The text that a link leads to, if it is one of this site's."""
    if address.startswith("#"):
        return page
    try:
        if urlsplit(address).netloc or urlsplit(address).scheme:
            return None
    except ValueError:
        return None
    path = file_of(address)
    if path.startswith("/") and not path.endswith(".md"):
        base = site.practice.site.base_path if site.practice else ""
        return site.by_address.get(path.removeprefix(base).strip("/"))
    folder = "" if path.startswith("/") else posixpath.dirname(page.relative)
    return site.by_path.get(posixpath.normpath(posixpath.join(folder, path.lstrip("/"))))


def _headings(page: CheckedPage) -> Iterator[tuple[Element, int]]:
    """Each heading of the text with its line; the one above the footnotes isn't hers."""
    found = [h for h in page.named(*RANKS) if (h.attrs or {}).get("class") != "notes-title"]
    lines = [page.line_at(match.start()) for match in HEADING.finditer(page.prose)]
    for number, heading in enumerate(found):
        words = " ".join(heading.to_text().split())
        line = lines[number] if len(lines) == len(found) else page.line_of(words)
        yield heading, line or page.text.first_line
