"""Her Markdown as HTML, by converters that look for nothing that a text hasn't got."""

import re
import threading
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions.toc import TocExtension, TocTreeprocessor

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
# Raw HTML is taken out first, and what stood before and after it may be a sign then; a tab becomes
# spaces, and any other end of a line \n; code may be fenced by ~~~, too.
OPAQUE = "<\t\r~"
# A block that can be nothing but a paragraph: each of its lines begins with a word. Any other block
# begins a line with a sign, a number or spaces.
LINE = r"""[*_("'“‘]{0,2}[^\W\d_].*"""
PLAIN = re.compile(rf"{LINE}(?:\n{LINE})*")
MOST = 32  # converters that are kept, one for each choice of parts

_own = threading.local()


class PlainParagraph(ParagraphProcessor):
    """Asked first, because all others would be asked about most blocks in vain."""

    def test(self, parent: Element, block: str) -> bool:
        """Return whether no other part could want the block."""
        return PLAIN.fullmatch(block) is not None


class HeadingIds(TocTreeprocessor):
    """Gives the headings their ids, without the table of contents that nobody asked for."""

    def build_toc_div(self, toc_list: list[Any]) -> Element:
        """Return no table."""
        return Element("div")

    def replace_marker(self, root: Element, elem: Element) -> None:
        """Look for no place for it."""


def to_html(text: str, options: dict[str, Any]) -> str:
    """Return Markdown as HTML; `options` are pelicanconf's MARKDOWN.

    Each thread keeps its converters: to make one takes as long as a short text.
    """
    parts = () if any(sign in text for sign in OPAQUE) else (INLINE, BLOCKS, TREE, LINES)
    needless = tuple(tuple(n for n, sign in part.items() if sign not in text) for part in parts)
    if getattr(_own, "options", None) != options or len(_own.converters) == MOST:
        _own.options, _own.converters = options, {}
    # One that breaks off in the middle of a text isn't used again.
    converter = _own.converters.pop(needless, None) or _make(options, needless)
    html: str = converter.reset().convert(text)
    _own.converters[needless] = converter
    return html


def _make(options: dict[str, Any], needless: tuple[tuple[str, ...], ...]) -> Markdown:
    made = Markdown(**options)
    of_tree, of_lines = made.treeprocessors, made.preprocessors
    registries = (made.inlinePatterns, made.parser.blockprocessors, of_tree, of_lines)
    for registry, names in zip(registries, needless, strict=False):
        for name in names:
            registry.deregister(name)
    made.parser.blockprocessors.register(PlainParagraph(made.parser), "plain", 200)
    # As a list, because a registry lists all that it holds anew for each block.
    made.parser.blockprocessors = [*made.parser.blockprocessors]
    if "toc" not in made.treeprocessors:
        toc = next(each for each in made.registeredExtensions if isinstance(each, TocExtension))
        made.treeprocessors.register(HeadingIds(made, toc.getConfigs()), "toc", 5)
    return made
