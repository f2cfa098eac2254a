"""The running text of a Markdown file: no code, no HTML, no addresses, each part with its lines.

It is read as a page is, by markdown-it-py, which tells the lines of each block; attributes such as
`{: .class}` are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from markdown_it.token import Token

from insession.check.text.sentences import Kind
from insession.content.commonmark_rules import make_parser

# A value of practice.toml, the attributes of attr_list, and the sign of a missing footnote.
MARKER = re.compile(r"\{[a-z_]+\.[a-z_]+\}|\[\^[^\]\n]+\]|\{:[^}\n]*\}|\{ *[#.][^}\n]*\}")
# A few words in a language of their own are left out: <span lang="de">…</span>
FOREIGN = re.compile(r"<(\w+)\b[^>]*\blang=[\"']?(?!en\b)", re.I)
SILENT = {"script", "style", "code", "pre"}
KINDS: dict[str, Kind] = {
    "heading": "heading",
    "list_item": "item",
    "dd": "item",
    "footnote_reference": "note",
    "td": "cell",
    "th": "cell",
    "dt": "heading",
}


@dataclass(frozen=True)
class Passage:
    """A paragraph, heading, item, cell, note or description of a picture.

    `breaks` are the positions in `text` at which a further line of the file begins; `titles` say
    where something *With a Capital* is stressed, as the title of a book is.
    """

    text: str
    line: int
    breaks: tuple[int, ...]
    kind: Kind
    is_quoted: bool
    titles: tuple[tuple[int, int], ...] = ()


def running_text(markdown: str, first_line: int) -> Iterator[Passage]:
    """Yield each part in order; the Markdown starts on the file's line `first_line`."""
    rows = markdown.split("\n")
    around: list[str] = []
    lines = (0, 0)
    for token in make_parser().parse(markdown):
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.nesting == 1:
            around.append(name)
        elif token.nesting == -1 and name in around:
            del around[len(around) - 1 - around[::-1].index(name)]
        lines = (token.map[0], token.map[1]) if token.map else lines
        is_quoted = "blockquote" in around
        line = first_line + lines[0]
        if token.type == "inline":
            kind: Kind = next((KINDS[name] for name in reversed(around) if name in KINDS), "text")
            source = "\n".join(rows[slice(*lines)])
            yield from _inline(token.children or [], source, line, kind, is_quoted)
        elif token.type == "html_block":
            text, breaks = _html_words(token.content)
            if text.strip():
                yield Passage(text, line, breaks, "text", is_quoted)


def _inline(
    tokens: list[Token], source: str, line: int, kind: Kind, is_quoted: bool
) -> Iterator[Passage]:
    """Put together the words of a paragraph; `source` is its Markdown, to find the lines by."""
    text, cursor, is_address, foreign, stressed = "", 0, False, "", 0
    breaks: list[int] = []
    titles: list[tuple[int, int]] = []
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            cursor = source.find("\n", cursor) + 1 or cursor
            text += " "
        elif token.type in {"text", "text_special"} and not (is_address or foreign):
            cursor = max(source.find(token.content, cursor), cursor)
            here = source.count("\n", 0, cursor)
            breaks += [len(text)] * (here - len(breaks))
            text += MARKER.sub("", token.content)
            cursor += len(token.content)
        elif token.type == "image":
            said = (token.content, str(token.attrs.get("title", "")))
            cursor = max(source.find(token.content, cursor), cursor)
            here = line + source.count("\n", 0, cursor)
            for words in said:
                if words.strip():
                    yield Passage(words, here, (), "picture", is_quoted)
        elif token.type in {"link_open", "link_close"} and token.markup == "autolink":
            is_address = token.type == "link_open"
        elif token.type == "em_open":
            stressed = len(text)
        elif token.type == "em_close" and text[stressed : stressed + 1].isupper():
            titles.append((stressed, len(text)))
        elif token.type == "html_inline":
            text += " " if re.match(r"<br\b", token.content) else ""
            if opened := FOREIGN.match(token.content):
                foreign = opened[1]
            elif token.content.startswith(f"</{foreign}"):
                foreign = ""
    if text.strip():
        yield Passage(text, line, tuple(breaks), kind, is_quoted, tuple(titles))


class _Words(HTMLParser):
    """Collects what is read in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.silent = "", 0
        self.breaks: list[int] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT and self.silent > 0

    def handle_data(self, data: str) -> None:
        self.breaks += [len(self.text)] * (self.getpos()[0] - 1 - len(self.breaks))
        for number, row in enumerate([] if self.silent else data.split("\n")):
            if number:
                self.text += " "
                self.breaks.append(len(self.text))
            self.text += MARKER.sub("", row)


def _html_words(html: str) -> tuple[str, tuple[int, ...]]:
    words = _Words(html)
    return words.text, tuple(words.breaks)
