"""Her Markdown as HTML, by converters that look for nothing that a text hasn't got."""

import re
import threading
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import toc

# Parts of Python-Markdown that find nothing in a text without this sign.
TREE = {"attr_list": "{", "toc": "[TOC]", "unescape": "\\"}
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
MARKUP = re.compile(r"[&<>\x02\x03]")  # without any, a heading is named by its text as it stands

_own = threading.local()


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
    signs = frozenset(sign for sign in TREE.values() if sign in text)
    if getattr(_own, "options", None) != options:
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
    for name, sign in TREE.items():
        if sign not in signs:
            made.treeprocessors.deregister(name)
    if "toc" not in made.treeprocessors:
        extension = next(e for e in made.registeredExtensions if isinstance(e, toc.TocExtension))
        made.treeprocessors.register(HeadingIds(made, extension.getConfigs()), "toc", 5)
    return made
