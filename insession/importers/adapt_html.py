"""Changes the HTML of a text into what this site publishes and Markdown can say.

Whatever can't come along is taken out and noted at its place; words always stay.
"""

import re
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Comment

from insession.importers.normalize_html import (
    HEADINGS,
    backgrounds,
    drop_empty,
    figures,
    plain_blocks,
    rows_of_code,
    set_apart,
    straighten,
)
from insession.importers.old_urls import absolute
from insession.importers.parsing import attribute, parse
from insession.importers.players import page_of
from insession.importers.rewrite_links import Desk, settle_link, settle_picture
from insession.importers.tables import unfold_layouts
from insession.importers.todo_notes import MARK

SILENT = ("meta", "link", "title", "base", "wbr", "template")
TAKEN_OUT = {
    "script": "A program (script)",
    "style": "A style",
    "noscript": "What browsers without scripts were shown",
    "svg": "A drawing (svg)",
    "canvas": "A drawing (canvas)",
    "math": "A formula",
    "applet": "A program (applet)",
}
CONTROLS = "input button select textarea datalist label legend output progress meter".split()
ADDRESS = re.compile(r"https?://[^\s<>]+")


def adapt(html: str, desk: Desk) -> BeautifulSoup:
    """Return the document, changed."""
    soup = parse(html)
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    backgrounds(soup)
    _take_out(soup, desk)
    _players(soup, desk)
    _footnotes(soup)
    rows_of_code(soup)
    straighten(soup)
    unfold_layouts(soup)
    plain_blocks(soup)
    figures(soup)
    for image in soup.find_all("img"):
        settle_picture(image, desk)
    _bare_addresses(soup, desk)
    _inner_links(soup, desk)
    _headings(soup, desk)
    _anchors(soup, desk)
    for link in soup.find_all("a"):
        settle_link(link, desk)
    set_apart(soup)
    drop_empty(soup)
    return soup


def _inner_links(soup: BeautifulSoup, desk: Desk) -> None:
    """A link to a place within this text may be written with the text's whole address."""
    for link in soup.find_all("a", href=re.compile("#.")):
        address, _, name = attribute(link, "href").partition("#")
        place = (
            desk.old.find(absolute(address, desk.item.link or desk.old.home)) if address else None
        )
        if not address or place == desk.place:
            link["href"] = f"#{unquote(name)}"


def _linked(soup: BeautifulSoup) -> set[str]:
    """The names of the places within a text that its links lead to."""
    return {attribute(link, "href")[1:] for link in soup.find_all("a", href=re.compile("^#."))}


def _anchors(soup: BeautifulSoup, desk: Desk) -> None:
    """The places within the text that its links lead to, headings aside."""
    linked = _linked(soup)
    for element in soup.find_all(lambda e: not linked.isdisjoint({e.get("id"), e.get("name")})):
        name = next(
            n for n in (attribute(element, "id"), attribute(element, "name")) if n in linked
        )
        if name in desk.anchors or not re.fullmatch(r"[\w.-]+", name):
            continue
        desk.anchors.add(name)
        heading = element if element.name in HEADINGS else element.find_parent(HEADINGS)
        if heading is None and not element.get_text(strip=True):  # right above what it names
            words = element.find_next(string=lambda text: bool(MARK.sub("", text).strip()))
            heading = words.find_parent(HEADINGS) if words else None
        if heading is not None and not heading.get("id"):
            heading["id"] = name
            continue
        anchor = soup.new_tag("imported-anchor", id=name)
        if element.name in {"table", "ul", "ol", "img", "hr", "pre"}:
            element.insert_before(anchor)
            anchor.wrap(soup.new_tag("p"))
        else:
            element.insert(0, anchor)


def _take_out(soup: BeautifulSoup, desk: Desk) -> None:
    for element in soup.find_all([*TAKEN_OUT, *SILENT]):
        if element.decomposed:
            continue
        if element.name in TAKEN_OUT:
            desk.note(element, f"{TAKEN_OUT[element.name]} is left out.")
        element.decompose()
    for form in soup.find_all("form"):
        desk.note(form, "A form is left out; other words in it stay.")
        form.name = "div"
    for control in soup.find_all(CONTROLS):
        if not control.decomposed:
            control.decompose()


def _players(soup: BeautifulSoup, desk: Desk) -> None:
    """What plays or shows something of elsewhere becomes a plain link to it."""
    for element in soup.find_all(["iframe", "embed", "object", "audio", "video", "frame"]):
        if element.decomposed:
            continue
        inner = [element, *element.find_all(["source", "embed", "iframe"])]
        found = [attribute(e, "src") or attribute(e, "data") for e in inner]
        address = absolute(next(filter(None, found), ""), desk.item.link or desk.old.home)
        address = page_of(address)
        if not address.startswith("http"):
            desk.note(element, f"What was embedded here (<{element.name}>) is left out.")
            element.decompose()
            continue
        link = soup.new_tag("a", href=address)
        name = unquote(urlsplit(address).path).rpartition("/")[2]
        link.string = name if element.name in {"audio", "video"} and name else address
        desk.note(element, f"What was embedded here became a link: {link.string}")
        element.replace_with(link)
        link.wrap(soup.new_tag("p"))


def _footnotes(soup: BeautifulSoup) -> None:
    """WordPress's own footnotes and those of plugins, as [^1] with its words at the end."""
    words = {attribute(d, "data-fn"): d for d in soup.find_all(class_="imported-footnote")}
    for box in words.values():
        box.extract()
    places = soup.select("sup[data-fn], .imported-note")
    for number, place in enumerate(places, 1):
        is_note = "imported-note" in (place.get("class") or [])
        note_of = place if is_note else words.get(attribute(place, "data-fn"))
        if note_of is None:
            continue
        reference = soup.new_tag("imported-reference", number=str(number))
        place.replace_with(reference)
        note = soup.new_tag("imported-footnote", number=str(number))
        note.extend([child.extract() for child in list(note_of.children)])
        soup.append(note)


def _bare_addresses(soup: BeautifulSoup, desk: Desk) -> None:
    """An address alone in its paragraph was shown as a player or a card; it becomes a link."""
    for text in soup.find_all(string=ADDRESS):
        around = text.parent
        if around is None or around.get_text().strip() != text.strip():
            continue
        if around.name in {"p", "div"} and ADDRESS.fullmatch(text.strip()):
            link = soup.new_tag("a", href=text.strip())
            link.string = text.strip()
            text.replace_with(link)
            desk.note(link, f"What was embedded here became a link: {link['href']}")


def _headings(soup: BeautifulSoup, desk: Desk) -> None:
    """The title is the only h1, so a text's headings start at h2; those linked to keep their id."""
    linked = _linked(soup)
    found = [h for h in soup.find_all(HEADINGS) if h.get_text(strip=True) or h.find("img")]
    highest = min((int(heading.name[1]) for heading in found), default=2)
    for heading in found:
        heading.name = f"h{min(6, int(heading.name[1]) + 2 - highest)}"
        for bold in heading.find_all(["b", "strong", "br"]):
            if bold.name == "br":
                bold.replace_with(" ")
            else:
                bold.unwrap()
        for image in heading.find_all("img"):
            heading.insert_before(image.extract())
        name = attribute(heading, "id")
        if name in linked and re.fullmatch(r"[\w.-]+", name):
            desk.anchors.add(name)
        else:
            del heading["id"]
