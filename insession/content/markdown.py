"""Her Markdown as HTML, by converters that look for nothing that a text hasn't got."""

import re
import threading
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions import toc
from markdown.inlinepatterns import LINK_RE
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor
from markdown.util import ETX, STX, AtomicString

# Parts of Python-Markdown that find nothing in a text without this sign: half of the time goes into
# asking all of them about every paragraph. What isn't named here is always needed.
INLINE = {
    "backtick": "`",
    "escape": "\\",
    "reference": "]:",
    "link": "[",
    "image_link": "![",
    "image_reference": "]:",
    "short_reference": "]:",
    "short_image_ref": "]:",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
    "footnote": "[^",
}
BLOCKS = {"footnote": "[^", "abbr": "*[", "reference": "]:", "table": "|"}
TREE = {"attr_list": "{", "toc": "[TOC]", "unescape": "\\"}
LINES = {"fenced_code_block": "```", "html_block": "&"}
SIGNS = frozenset(sign for part in (INLINE, BLOCKS, TREE, LINES) for sign in part.values())
# Raw HTML is taken out first, and what stood before and after it may be a sign then; a tab becomes
# spaces, and any other end of a line \n; code may be fenced by ~~~, too.
OPAQUE = "<\t\r~"
UNEVEN = ("\t", "\r", " \n", STX, ETX)  # without them there is no white space to normalize
# A block that can be nothing but a paragraph: each of its lines begins with a word. Any other block
# begins a line with a sign, a number or spaces.
LINE = r"""[*_("'“‘]{0,2}[^\W\d_].*"""
PLAIN = re.compile(rf"{LINE}(?:\n{LINE})*")
# What nothing but a mark has in it. In a text without any other, these are the marks: one star or
# two on each side of words, and a link to a plain address.
SIGN = re.compile(rf"[*_`\\<&\[\]{STX}{ETX}]")
WORDS = rf"[^*_`\\<&\[\]{STX}{ETX}]+"
STARS = rf"\*(\*?)(?!\s)({WORDS})(?<!\s)\*\1(?!\*)"
MARK = re.compile(rf"{STARS}|\[(?<!!\[)(?!\^)({WORDS})\]\(([\w./#:-]+)\)")
LINK = re.compile(r"\[(?<!!\[)")  # as LINK_RE, but it begins with its sign, which is quick to find
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
MARKUP = re.compile(rf"[&<>{STX}{ETX}]")  # without any, a heading is named by its text as it stands
MOST = 32  # converters that are kept, one for each choice of parts

_own = threading.local()


class EvenLines(NormalizeWhitespace):
    """Looks first whether there is anything to do, which is quick."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with two empty ones behind them."""
        source = "\n".join([*lines, ""])
        if not any(sign in source for sign in UNEVEN):
            return [*lines, "", ""]
        even: list[str] = super().run(lines)
        return even


class PlainParagraph(ParagraphProcessor):
    """Asked first, because all others would be asked about most blocks in vain."""

    def test(self, parent: Element, block: str) -> bool:
        """Return whether no other part could want the block."""
        return PLAIN.fullmatch(block) is not None


class Inline(InlineProcessor):
    """Writes plain emphasis and plain links into the tree at once.

    Python-Markdown looks into each text for all other signs, and puts what it finds aside first.
    """

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Change the tree in place."""
        are_plain = [_write_marks(element) for element in list(tree.iter())]
        return tree if all(are_plain) else super().run(tree, ancestors)


def _write_marks(element: Element) -> bool:
    """Make elements of the marks in a text; return whether it has no others."""
    if not element.text or isinstance(element.text, AtomicString):  # which is code
        return not element.tail
    text, *marks = MARK.split(element.text)
    if element.tail or SIGN.search("".join([text, *marks[4::5]])):
        return False
    element.text = text
    for place in range(0, len(marks), 5):
        star, words, name, address, tail = marks[place : place + 5]
        child = Element("a", href=address) if name else Element("strong" if star else "em")
        child.text, child.tail = words or name, tail
        element.insert(place // 5, child)
    return True


class HeadingIds(toc.TocTreeprocessor):
    """Gives the headings their ids, without the table of contents that nobody asked for."""

    def run(self, doc: Element) -> None:
        """Set them in the tree."""
        used, counters = {element.get("id", "") for element in doc.iter()}, dict[str, int]()
        for heading in [element for element in doc.iter() if element.tag in HEADINGS]:
            self.set_level(heading)
            heading.attrib.pop("data-toc-label", None)  # its name in that table
            if "id" not in heading.attrib:
                name = unescape(self._name(heading))
                heading.set("id", toc.unique(self.slugify(name, self.sep), used, counters))

    def _name(self, heading: Element) -> str:
        text, may_have_notes = "".join(heading.itertext()), heading.find(".//sup") is not None
        if not may_have_notes and not MARKUP.search(text):
            return " ".join(text.split())
        name: str = toc.strip_tags(toc.render_inner_html(toc.remove_fnrefs(heading), self.md))
        return name


def to_html(text: str, options: dict[str, Any]) -> str:
    """Return Markdown as HTML; `options` are pelicanconf's MARKDOWN.

    Each thread keeps its converters: to make one takes as long as a short text.
    """
    is_opaque = any(sign in text for sign in OPAQUE)
    signs = SIGNS if is_opaque else frozenset(sign for sign in SIGNS if sign in text)
    if getattr(_own, "options", None) != options or len(_own.converters) == MOST:
        _own.options, _own.converters = options, {}
    # One that breaks off in the middle of a text isn't used again.
    converter = _own.converters.pop(signs, None) or _make(options, signs)
    html: str = converter.reset().convert(text)
    _own.converters[signs] = converter
    return html


def _make(options: dict[str, Any], signs: frozenset[str]) -> Markdown:
    """Return a converter for texts that have these signs."""
    made = Markdown(**options)
    made.block_level_elements = frozenset(made.block_level_elements)  # it is asked about each tag
    made.preprocessors.register(EvenLines(made), "normalize_whitespace", 30)
    of_tree, of_lines = made.treeprocessors, made.preprocessors
    registries = (made.inlinePatterns, made.parser.blockprocessors, of_tree, of_lines)
    for registry, parts in zip(registries, (INLINE, BLOCKS, TREE, LINES), strict=True):
        for name, sign in parts.items():
            if sign not in signs:
                registry.deregister(name)
    made.parser.blockprocessors.register(PlainParagraph(made.parser), "plain", 200)
    # As lists, because a registry lists all that it holds anew for each block and each element.
    made.parser.blockprocessors = [*made.parser.blockprocessors]
    if signs.isdisjoint({"<", "  \n"}):
        of_tree.register(Inline(made), "inline", 20)
    of_tree["inline"].inlinePatterns = [*made.inlinePatterns]
    for pattern in made.inlinePatterns:
        if pattern.pattern == LINK_RE:
            pattern.compiled_re = LINK
    if "toc" not in of_tree:
        extension = next(e for e in made.registeredExtensions if isinstance(e, toc.TocExtension))
        of_tree.register(HeadingIds(made, extension.getConfigs()), "toc", 5)
    return made
