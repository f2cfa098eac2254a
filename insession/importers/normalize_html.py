"""Shapes that Markdown can hold: what HTML can say and Markdown can't is rearranged before."""

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from insession.importers.parsing import attribute
from insession.importers.todo_notes import MARK

BLOCKS = (
    "address article aside blockquote div dl figure footer h1 h2 h3 h4 h5 h6 header hr ol p pre "
    "section table ul"
).split()
INLINE = "a b strong em i u s del ins span font small big mark code cite q abbr sub sup".split()
SHOWN = ("img", "imported-reference", "imported-anchor")  # what isn't empty though it has no words
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


HOLDERS = (*BLOCKS, "li", "dt", "dd", "td", "th")


def straighten(soup: BeautifulSoup) -> None:
    """Undo what only made a layout: spaces that bind, and bold or links around whole blocks."""
    for text in soup.find_all(string=re.compile("\xa0")):
        if not text.find_parent("pre"):  # a space that binds is kept where French wants it
            text.replace_with(re.sub("(?<!«)\xa0(?![?!:;»%])", " ", text))
    for element in soup.find_all(INLINE):
        if element.find(BLOCKS):
            if element.name == "a" and element.get("href"):
                _link_within(element, soup)
            element.unwrap()


def _link_within(link: Tag, soup: BeautifulSoup) -> None:
    """A link around whole blocks becomes one in each of them that has words or a picture."""
    for block in [*link.find_all(HOLDERS), link]:
        run: list[PageElement] = []
        for child in [*block.contents, None]:
            if child is not None and not (isinstance(child, Tag) and _is_block(child)):
                run.append(child)
                continue
            if any(_is_shown(part) for part in run):
                inner = soup.new_tag("a", href=attribute(link, "href"))
                run[0].insert_before(inner)
                inner.extend([part.extract() for part in run])
            run = []


def _is_block(element: Tag) -> bool:
    return element.name in HOLDERS or element.find(BLOCKS) is not None


def _is_shown(node: PageElement) -> bool:
    if isinstance(node, Tag):
        return node.name == "img" or bool(node.find("img") or node.get_text(strip=True))
    return bool(MARK.sub("", str(node)).strip())


def backgrounds(soup: BeautifulSoup) -> None:
    """A picture behind or beside words, of a cover block, becomes a picture before them."""
    for element in soup.find_all(style=re.compile(r"background(?:-image)?\s*:[^;]*url\(")):
        found = re.search(r"url\(\s*['\"]?(.+?)['\"]?\s*\)", attribute(element, "style"))
        if (
            not found
            or element.find("img")
            or not re.search(r"\bwp-block-", " ".join(element.get("class") or []))
        ):
            continue
        alt = attribute(element, "aria-label") if element.get("role") == "img" else ""
        element.insert(0, soup.new_tag("img", src=found[1], alt=alt))


def rows_of_code(soup: BeautifulSoup) -> None:
    """Lines that end by an element, in what keeps its lines."""
    for pre in soup.find_all("pre"):
        for line_end in pre.find_all("br"):
            line_end.replace_with("\n")
        for row in pre.find_all(["p", "div", "li"]):
            row.append("\n")
            row.unwrap()
    for code in soup.find_all(["code", "kbd", "samp"]):
        if code.find("br") and not code.find_parent("pre"):
            _code_of_lines(code, soup)


def _code_of_lines(code: Tag, soup: BeautifulSoup) -> None:
    """Code within words has no lines in Markdown, so it stands below them."""
    for line_end in code.find_all("br"):
        line_end.replace_with("\n")
    text, around = re.sub(r"\n[\r\n]+", "\n", code.get_text()).strip("\n"), code.parent
    if around is None or around.name in INLINE or around.name in HEADINGS:
        code.string = text.replace("\n", " ")
        return
    pre = soup.new_tag("pre")
    pre.string = text
    if around.name == "p":
        rest = soup.new_tag("p")
        rest.extend([part.extract() for part in list(code.next_siblings)])
        around.insert_after(pre, rest)
        code.decompose()
    else:
        code.replace_with(pre)


def plain_blocks(soup: BeautifulSoup) -> None:
    """Make paragraphs of the blocks that Markdown has no sign for: verses, sources, summaries."""
    for pre in soup.find_all("pre"):
        # What is linked or set apart in it is more than code.
        if "wp-block-verse" in (pre.get("class") or []) or pre.find(["a", "img"]):
            _verse(pre, soup)
    for button in soup.find_all("a", class_="wp-block-file__button"):
        # Mostly a second link to the same file, by WordPress's own word for it: “Download”.
        before = button.find_previous_sibling("a", href=attribute(button, "href"))
        if before and len(button.get_text().split()) < 2:
            button.decompose()
        elif before:
            button.wrap(soup.new_tag("p"))
    for source in soup.select("blockquote > cite"):
        source.name = "p"
        source.insert(0, "— ")
    for summary in soup.find_all("summary"):
        summary.name = "p"
        if summary.contents:
            bold = soup.new_tag("strong")
            bold.extend([child.extract() for child in list(summary.children)])
            summary.append(bold)


def _verse(verse: Tag, soup: BeautifulSoup) -> None:
    """Lines of their own, as far to the right as they were."""
    verse.name = "p"
    for text in verse.find_all(string=re.compile("\n|  ")):
        first, *rows = text.split("\n")
        text.insert_before(NavigableString(first))
        for row in rows:
            indent = len(row) - len(row.lstrip(" \t"))
            text.insert_before(soup.new_tag("br"), "\xa0" * indent + row.lstrip(" \t"))
        text.extract()


def figures(soup: BeautifulSoup) -> None:
    """A picture with a caption; a gallery is one after the other."""
    for image in soup.find_all("img", title=True):
        del image["title"]  # in WordPress mostly the name of the file
    for old in soup.select(
        ".blocks-gallery-grid, .blocks-gallery-item, .wp-caption, .gallery-item"
    ):
        old.name = "figure" if "wp-caption" in (old.get("class") or []) else "div"
    for words in soup.select("p.wp-caption-text"):
        words.name = "figcaption"
    for figure in soup.find_all("figure"):
        images = figure.find_all("img")
        caption = figure.find("figcaption", recursive=False)
        if len(images) == 1 and caption and not figure.find("figure"):
            # A link can't stand in a Markdown title, and beside other words a title isn't shown.
            if caption.find("a") or figure.find_parent(["li", "td", "th", "dd"]):
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
        if not element.get_text(strip=True) and not element.find(
            ["img", "imported-reference", "imported-anchor"]
        ):
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
