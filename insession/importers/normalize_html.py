"""Shapes that Markdown can hold: what HTML can say and Markdown can't is rearranged before."""

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from insession.importers.todo_notes import MARK

BLOCKS = (
    "address article aside blockquote div dl figure footer h1 h2 h3 h4 h5 h6 header hr ol p pre "
    "section table ul"
).split()
INLINE = "a b strong em i u s del ins span font small big mark code cite q abbr sub sup".split()
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def straighten(soup: BeautifulSoup) -> None:
    """Undo what only made a layout: spaces that bind, and bold or links around whole blocks."""
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


def plain_blocks(soup: BeautifulSoup) -> None:
    """Make paragraphs of the blocks that Markdown has no sign for: verses, sources, summaries."""
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


def figures(soup: BeautifulSoup) -> None:
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


def set_apart(soup: BeautifulSoup) -> None:
    """A picture among words stands in a paragraph of its own before them."""
    for image in soup.find_all("img"):
        paragraph = image.find_parent("p")
        if paragraph is None or image.find_parent(["td", "th"]):
            continue
        around = image.parent
        thing = around if around and around.name == "a" and len(around.contents) == 1 else image
        if MARK.sub("", paragraph.get_text()).strip() or len(paragraph.find_all("img")) > 1:
            own = soup.new_tag("p")
            paragraph.insert_before(own)
            own.append(thing.extract())


def drop_empty(soup: BeautifulSoup) -> None:
    """Take out line ends at the edge of a text, and elements that show nothing."""
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
        elif isinstance(sibling, NavigableString) and MARK.sub("", sibling).strip():
            return True
    return False
