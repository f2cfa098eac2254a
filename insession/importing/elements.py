"""Changes the HTML of a text into what this site publishes and Markdown can say.

Whatever can't come along is taken out and noted at its place; words always stay.
"""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Comment, NavigableString, PageElement, Tag

from insession.importing.links import absolute
from insession.importing.notes import MARK
from insession.importing.parsing import parse
from insession.importing.references import Desk, settle_link, settle_picture

BLOCKS = (
    "address article aside blockquote div dl figure footer h1 h2 h3 h4 h5 h6 header hr ol p pre "
    "section table ul"
).split()
INLINE = "a b strong em i u s del ins span font small big mark code cite q abbr sub sup".split()
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
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
CONTROLS = "input button select textarea datalist output progress meter".split()
PLAYERS = (
    (
        re.compile(r"//www\.youtube(?:-nocookie)?\.com/embed/([\w-]+)"),
        "https://www.youtube.com/watch?v={}",
    ),
    (re.compile(r"//player\.vimeo\.com/video/(\d+)"), "https://vimeo.com/{}"),
)
ADDRESS = re.compile(r"https?://[^\s<>]+")


def adapt(html: str, desk: Desk) -> BeautifulSoup:
    """Return the document, changed."""
    soup = parse(html)
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    _take_out(soup, desk)
    _players(soup, desk)
    _footnotes(soup)
    _straighten(soup)
    _figures(soup)
    for image in soup.find_all("img"):
        settle_picture(image, desk)
    _bare_addresses(soup, desk)
    _headings(soup, desk)
    for link in soup.find_all("a"):
        settle_link(link, desk)
    _set_apart(soup)
    _drop_empty(soup)
    return soup


def _take_out(soup: BeautifulSoup, desk: Desk) -> None:
    for element in soup.find_all([*TAKEN_OUT, *SILENT]):
        if element.decomposed:
            continue
        if element.name in TAKEN_OUT:
            desk.note(element, f"{TAKEN_OUT[element.name]} is left out.")
        element.decompose()
    for form in soup.find_all("form"):
        desk.note(form, "A form is left out; its words stay.")
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
        found = [e.get("src") or e.get("data") for e in inner]
        address = absolute(next(filter(None, found), ""), desk.item.link)
        for pattern, page in PLAYERS:
            if player := pattern.search(address):
                address = page.format(player[1])
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
    words = {d["data-fn"]: d for d in soup.find_all(class_="imported-footnote")}
    for box in words.values():
        box.extract()
    places = soup.select("sup[data-fn], .imported-note")
    for number, place in enumerate(places, 1):
        box = place if "imported-note" in place.get("class", []) else words.get(place["data-fn"])
        if box is None:
            continue
        reference = soup.new_tag("imported-reference", number=str(number))
        place.replace_with(reference)
        note = soup.new_tag("imported-footnote", number=str(number))
        note.extend([child.extract() for child in list(box.children)])
        soup.append(note)


def _straighten(soup: BeautifulSoup) -> None:
    """Shapes that Markdown can't hold: blocks inside of bold, layout spaces, verse."""
    for text in soup.find_all(string=re.compile("\xa0")):
        if not text.find_parent("pre"):  # a space that binds is kept where French wants it
            text.replace_with(re.sub("(?<!«)\xa0(?![?!:;»%])", " ", text))
    for element in soup.find_all(INLINE):
        if element.find(BLOCKS):
            if element.name == "a":
                for block in element.find_all(BLOCKS):
                    block.unwrap()
            else:
                element.unwrap()
    for verse in soup.find_all("pre", class_="wp-block-verse"):
        verse.name = "p"
        for text in verse.find_all(string=re.compile("\n")):
            for row in text.split("\n"):
                text.insert_before(NavigableString(row), soup.new_tag("br"))
            text.extract()
    for button in soup.find_all("a", class_="wp-block-file__button"):
        button.decompose()  # a second link to the same file
    for source in soup.select("blockquote > cite"):
        source.name = "p"
        source.insert(0, "— ")
    for summary in soup.find_all("summary"):
        summary.name = "p"
        if summary.contents:
            bold = soup.new_tag("strong")
            bold.extend([child.extract() for child in list(summary.children)])
            summary.append(bold)


def _figures(soup: BeautifulSoup) -> None:
    """A picture with a caption; a gallery is one after the other."""
    for image in soup.find_all("img", title=True):
        del image["title"]  # in WordPress mostly the name of the file
    for figure in soup.find_all("figure"):
        images = figure.find_all("img")
        caption = figure.find("figcaption", recursive=False)
        if len(images) == 1 and caption and not figure.find("figure"):
            if caption.find("a"):  # a link can't stand in a Markdown title
                caption.name = "p"
                caption.extract()
                figure.insert_after(caption)
            else:
                images[0]["title"] = caption.get_text(" ", strip=True)
                caption.decompose()
        elif caption:
            caption.name = "p"
        figure.name = "div"


def _bare_addresses(soup: BeautifulSoup, desk: Desk) -> None:
    """An address alone in its paragraph was shown as a player or a card; it becomes a link."""
    for text in soup.find_all(string=ADDRESS):
        alone = text.parent is not None and text.parent.get_text().strip() == text.strip()
        if alone and text.parent.name in {"p", "div"} and ADDRESS.fullmatch(text.strip()):
            link = soup.new_tag("a", href=text.strip())
            link.string = text.strip()
            text.replace_with(link)
            desk.note(link, f"What was embedded here became a link: {link['href']}")


def _headings(soup: BeautifulSoup, desk: Desk) -> None:
    """The title is the only h1, so a text's headings start at h2; those linked to keep their id."""
    linked = {link["href"][1:] for link in soup.find_all("a", href=re.compile("^#."))}
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
        if heading.get("id") in linked and re.fullmatch(r"[\w.-]+", heading["id"]):
            desk.anchors.add(heading["id"])
        else:
            del heading["id"]


def _set_apart(soup: BeautifulSoup) -> None:
    """A picture among words stands in a paragraph of its own before them."""
    for image in soup.find_all("img"):
        paragraph = image.find_parent("p")
        if paragraph is None or image.find_parent(["td", "th"]):
            continue
        thing = (
            image.parent if image.parent.name == "a" and len(image.parent.contents) == 1 else image
        )
        if MARK.sub("", paragraph.get_text()).strip() or len(paragraph.find_all("img")) > 1:
            own = soup.new_tag("p")
            paragraph.insert_before(own)
            own.append(thing.extract())


def _drop_empty(soup: BeautifulSoup) -> None:
    for line_end in soup.find_all("br"):
        if not (_has_words(line_end.previous_siblings) and _has_words(line_end.next_siblings)):
            line_end.decompose()
    for element in reversed(soup.find_all([*HEADINGS, "p", "li", "blockquote", *INLINE])):
        if not element.get_text(strip=True) and not element.find(["img", "imported-reference"]):
            element.decompose()


def _has_words(siblings: Iterable[PageElement]) -> bool:
    """Whether anything is shown on this side of a line's end."""
    for sibling in siblings:
        if isinstance(sibling, Tag):
            shown = sibling.name in BLOCKS or sibling.get_text(strip=True) or sibling.find("img")
            if sibling.name == "img" or shown:
                return sibling.name not in BLOCKS
        elif MARK.sub("", sibling).strip():
            return True
    return False
