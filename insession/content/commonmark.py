"""Markdown as every other editor shows it (https://spec.commonmark.org/0.31.2/).

An extension of Python-Markdown, named in pelicanconf's MARKDOWN: markdown-it-py reads the text, and
this makes of it the tree of elements that Python-Markdown's other extensions change and write.
`commonmark_rules.py` says what is read beyond CommonMark.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.util import ETX, STX, AtomicString, Registry, code_escape

from insession.common.invisible import invisible_references
from insession.content.footnotes import Footnotes
from insession.content.plain_blocks import cut

if TYPE_CHECKING:
    from markdown_it.token import Token

MARKS = re.compile(f"[{STX}{ETX}]")  # Python-Markdown's own, for what it has put aside
ENTITY = re.compile(r"&(?=(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.I)
# An escaped sign that a later part would take for its own: typography its quotation marks.
ESCAPED = {'"': "&#34;", "'": "&#39;", "\\": "&#92;", "&": "&amp;"}
LANGUAGE = re.compile(r"\{?[\s.]*([\w#+.-]+)")


class CommonMarkParser(BlockParser):
    """Takes the place of Python-Markdown's own parser, and of its inline patterns."""

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802 (Python-Markdown's name)
        """Return the tree of a text."""
        text = MARKS.sub("", "\n".join(lines)).replace("\r\n", "\n").replace("\r", "\n")
        root = Element(self.md.doc_tag)
        environment = dict[str, Any]()
        parts = _read(text, environment)
        labels = environment.get("footnotes", {}).get("refs", ())
        tree = Tree(self.md, Footnotes([label[1:] for label in labels]))
        for part in parts:
            if isinstance(part, Element):
                root.append(part)
            else:
                tree.grow(root, part)
        for extension in self.md.registeredExtensions:
            if isinstance(extension, AbbrExtension):
                extension.abbrs.update(environment.get("abbreviations", {}))
        tree.notes.append_to(root)
        self.root = ElementTree(root)
        return self.root


def _read(text: str, environment: dict[str, Any]) -> "list[Element | list[Token]]":
    """Return what stands in a text, in order: plain blocks as elements, all else as tokens."""
    parts: list[Any] = [*cut(text.strip("\n"))]
    if all(isinstance(part, Element) for part in parts):
        return parts
    from insession.content.commonmark_rules import make_parser  # takes longer than most texts

    parser, read = make_parser(), []
    for part in parts:
        tokens = part
        if isinstance(part, str):
            parser.block.parse(part, parser, environment, tokens := [])
        read.append(tokens)
    for tokens in read:  # only now all references are known
        for token in () if isinstance(tokens, Element) else tokens:
            if token.type == "inline":
                parser.inline.parse(token.content, parser, environment, token.children)
    return read


class Tree:
    """Elements made of markdown-it-py's tokens, and the footnotes found on the way."""

    def __init__(self, md: Markdown, notes: Footnotes) -> None:
        """Begin with the notes that are known by their labels."""
        self.md, self.notes = md, notes

    def grow(self, parent: Element, tokens: "Sequence[Token]") -> None:
        """Append to an element all that the tokens stand for."""
        open_ones = [parent]
        for token in tokens:
            here = open_ones[-1]
            if token.nesting == 1:
                open_ones.append(self._open(here, token))
            elif token.nesting == -1:
                open_ones.pop()
            elif token.type == "inline":
                self.grow(here, token.children or [])
            else:
                self._leaf(here, token)

    def _open(self, here: Element, token: "Token") -> Element:
        if token.hidden:  # a paragraph in a list whose points stand close together
            return here
        if token.type == "footnote_reference_open":
            return self.notes.define(token.meta["label"])
        return SubElement(here, token.tag, _attributes(token))

    def _leaf(self, here: Element, token: "Token") -> None:
        """Append what has nothing in it but its own content."""
        kind = token.type
        if kind == "text":
            _add(here, _literal(token.content))
        elif kind == "softbreak":
            _add(here, "\n")
        elif kind == "text_special":
            _add(here, _special(token))
        elif kind == "code_inline":
            SubElement(here, "code").text = AtomicString(code_escape(token.content))
        elif kind in {"fence", "code_block"}:
            code = SubElement(SubElement(here, "pre"), "code")
            code.text = AtomicString(code_escape(token.content))
            if language := LANGUAGE.match(token.info):
                code.set("class", f"language-{language[1]}")
        elif kind == "image":
            image = SubElement(here, "img", _attributes(token))
            image.set("alt", _literal("".join(_words(token.children or []))))
        elif kind == "html_inline":
            _add(here, self.md.htmlStash.store(token.content))
        elif kind == "html_block":
            _add(here, f"\n{self.md.htmlStash.store(token.content.rstrip())}\n")
        elif kind == "footnote_ref":
            here.append(self.notes.refer(token.meta["label"]))
        else:
            SubElement(here, token.tag)  # <br>, <hr>


def _add(here: Element, text: str) -> None:
    if len(here):
        here[-1].tail = (here[-1].tail or "") + text
    else:
        here.text = (here.text or "") + text


def _attributes(token: "Token") -> dict[str, str]:
    """Return them; a number that stands for nothing seen stays one, and is named by the reader."""
    values = {name: str(value) for name, value in token.attrs.items()}
    return {n: v if any(invisible_references(v)) else _literal(v) for n, v in values.items()}


def _literal(text: str) -> str:
    """Return a text in which &amp; isn't what the serializer takes for a character's name."""
    return ENTITY.sub("&amp;", text) if "&" in text else text


def _special(token: "Token") -> str:
    """Return what was escaped, or a character's name as it is written."""
    if token.info == "entity":
        return token.markup
    sign = token.content
    if len(sign) > 1:  # a \ before what needs none
        return sign
    return ESCAPED.get(sign) or f"{STX}{ord(sign)}{ETX}"


def _words(tokens: "Sequence[Token]") -> Iterator[str]:
    """Yield what is said in a picture's description."""
    for token in tokens:
        if token.type == "image":
            yield from _words(token.children or [])
        elif token.type in {"softbreak", "hardbreak"}:
            yield "\n"
        elif token.type != "html_inline":
            yield token.content


class CommonMarkExtension(Extension):
    """Puts the parser in the place of Python-Markdown's own."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Leave to Python-Markdown what comes after parsing."""
        md.parser = CommonMarkParser(md)
        md.preprocessors = Registry()
        md.treeprocessors.deregister("inline")


def makeExtension(**options: object) -> CommonMarkExtension:  # noqa: N802 (Python-Markdown's name)
    """Return the extension; Python-Markdown looks for this name."""
    return CommonMarkExtension(**options)
