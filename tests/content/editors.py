"""What any other editor shows of a Markdown text, and what our page does, to be compared.

Both as lines, one for each element and each text: without attributes, without what only our pages
have (links to sections, boxes around tables and pictures) and without differences of space.
"""

import re
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

OTHER = MarkdownIt("commonmark", {"maxNesting": 200}).enable("table")
OTHER.use(footnote_plugin, inline=False).use(deflist_plugin)
OTHER.validateLink = lambda url: True  # type: ignore[method-assign]
VOID = {"br", "hr", "img", "input", "col", "wbr", "source", "area"}
LEFT_OUT = {"section", "div"}  # a figure stands for the paragraph of its picture


def shown_elsewhere(markdown: str) -> list[str]:
    """Return what markdown-it-py shows."""
    return structure(OTHER.render(markdown))


class _Structure(HTMLParser):
    """Writes the elements of a page, one a line."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.text, self.silent, self.code = "", "", 0
        self.feed(html)
        self.close()
        self._end_text()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = dict(attrs).get("class") or ""
        if self.silent:
            return
        if re.search(r"section-link|footnote-backref|notes-title|footnotes-sep", classes) or (
            tag == "figcaption"  # which elsewhere is the picture's title
        ):
            self.silent = "" if tag in VOID else tag
        elif tag not in LEFT_OUT:
            tag = {"h1": "h2", "figure": "p"}.get(tag, tag)
            self._end_text()
            self.lines.append(f"<{tag}>")
            self.code += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            self.silent = "" if tag == self.silent else self.silent
        elif tag not in LEFT_OUT and tag not in VOID:
            tag = {"h1": "h2", "figure": "p"}.get(tag, tag)
            self._end_text()
            self.lines.append(f"</{tag}>")
            self.code -= tag == "pre"

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.text += data

    def _end_text(self) -> None:
        text = self.text.rstrip() if self.code else " ".join(self.text.split())
        if text:
            self.lines.append(re.sub(r"^\[(\d+)(?::\d+)?\]$", r"\1", text))  # the number of a note
        self.text = ""


def structure(html: str) -> list[str]:
    """Return elements and texts, but no paragraph that has only the way back from a note."""
    return "\0".join(_Structure(html).lines).replace("\0<p>\0</p>", "").split("\0")
