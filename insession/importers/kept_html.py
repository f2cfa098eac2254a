"""HTML that stays HTML in Markdown, because Markdown has no sign for it; only what it means stays.

No line of it is empty: an empty line would end it.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from insession.content.markdown import to_html
from insession.importers.normalize_html import BLOCKS
from insession.importers.parsing import parse, unmarked
from insession.importers.tables import fits_markdown, name_headings, spans
from insession.importers.todo_notes import MARK, Notes

SETTINGS = Path(__file__).parents[2] / "pelicanconf.py"
URL_SIGNS = "/:?#@!$&'()+,;=%~"
SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del", "kbd": "code", "samp": "code"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# Elements that begin a line: those that hold others of them, and those that hold words.
HOLDERS = {"table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl", "blockquote", "figure"}
LINES = {"caption", "td", "th", "li", "dt", "dd", "p", "pre", "figcaption", *HEADINGS}
INLINE = {"strong", "em", "del", "sub", "sup", "code", "a"}
ALONE = {"br", "img", "hr"}
SHAPES = {"table", "tr", "cell", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr"}
SHAPES |= HEADINGS
PARAGRAPHS = {"p", "div", "figure", "figcaption", "caption"}
EDGE = "\n"


def needs_html(element: Tag, markdown: str) -> bool:
    """Return whether the page would show something else if this Markdown stood for an element."""
    is_table = element.name == "table"
    if is_table or element.find("table"):
        tables = [element] if is_table else element.find_all("table")
        if is_table or not all(map(fits_markdown, tables)):
            return not all(map(fits_markdown, tables))
    if not element.find(BLOCKS) and element.name != "dl":
        return False
    text, _ = Notes().settle(markdown.strip("\n"), 0)
    return _shape(element) != _shape(parse(to_html(text, _options())))


@cache
def _options() -> dict[str, Any]:
    from pelican.settings import read_settings

    options: dict[str, Any] = read_settings(str(SETTINGS))["MARKDOWN"]
    return options


def _shape(element: Tag) -> list[str]:
    """The blocks of an element and the words in them, by which two ways of writing are compared.

    Whether words alone in a block are a paragraph in it means nothing.
    """
    found: list[str] = []
    for part in _parts(element):
        is_after_block = not found or found[-1].startswith(EDGE)
        if part == EDGE and is_after_block:
            continue
        if part.startswith(EDGE) and found[-1:] == [EDGE]:
            found.pop()
        if part.startswith(EDGE) or is_after_block:
            found.append(part)
        else:
            found[-1] += part
    return found[:-1] if found[-1:] == [EDGE] else found


def _parts(element: PageElement) -> Iterator[str]:
    """The edges of blocks, those of paragraphs without a name, and words without spaces."""
    if not isinstance(element, Tag):
        words = re.sub(r"\s|\u2060|\[\^\d+\]", "", MARK.sub("", str(element)))
        if words and type(element) is NavigableString:
            yield words
        return
    name = {"td": "cell", "th": "cell"}.get(element.name, element.name)
    if name == "img":
        yield f"{EDGE}img"
        yield from _parts(NavigableString(str(element.get("title") or "")))
        return
    edges = (EDGE, EDGE) if name in PARAGRAPHS else ()
    edges = (f"{EDGE}{name}", f"{EDGE}/{name}") if name in SHAPES else edges
    yield from edges[:1]
    for child in element.children:
        yield from _parts(child)
    yield from edges[1:]


def write_html(element: Tag) -> str:
    """Return an element as HTML without anything that only concerns its looks."""
    _write_out_notes(element)
    for table in [element, *element.find_all("table")]:
        if table.name == "table":
            name_headings(table)
    return re.sub(r"\n\s*\n", "\n", _written(element)).strip("\n")


def _write_out_notes(element: Tag) -> None:
    """Footnotes have no sign in HTML, so their words follow in brackets."""
    document = next((above for above in element.parents if isinstance(above, BeautifulSoup)), None)
    for reference in element.find_all("imported-reference"):
        number = str(reference["number"])
        note = document and document.find("imported-footnote", number=number)
        words = note.get_text(" ", strip=True) if isinstance(note, Tag) else ""
        reference.replace_with(NavigableString(f" ({words})" if words else ""))
        if isinstance(note, Tag):
            note.decompose()


def _written(node: PageElement) -> str:
    if not isinstance(node, Tag):
        return _text(node) if type(node) is NavigableString else ""
    name = SAME.get(node.name, node.name)
    inner = "".join(map(_written, node.children))
    if name == "imported-anchor":
        return f'<span id="{escape(str(node["id"]))}"></span>'
    if name == "img":
        return _picture(node)
    if name in ALONE:
        return f"<{name}>" if name == "br" else f"\n<{name}>\n"
    if name in INLINE:
        return f"<{name}{_attributes(node)}>{inner}</{name}>" if inner.strip() else inner
    if name == "div" and inner.strip():
        return inner if node.find([*BLOCKS, "img"]) else f"\n<p>{inner.strip()}</p>\n"
    if name in HOLDERS | LINES:
        inner = inner.strip("\n") if name == "pre" else inner.strip()
        if name in HOLDERS and "\n" in inner:
            inner = f"\n{inner}\n"
        around = "" if name in {"td", "th"} and "\n" not in inner else "\n"
        return f"{around}<{name}{_attributes(node)}>{inner}</{name}>{around}"
    return inner


def _text(text: NavigableString) -> str:
    if text.find_parent("pre"):
        return re.sub(r"\n(?=[ \t]*(?:\n|$))", "&#10;", escape(unmarked(str(text)), quote=False))
    if not text.strip() and text.parent and text.parent.name in HOLDERS:
        return ""
    return escape(unmarked(re.sub(r"[ \t\r\n]+", " ", text)), quote=False)


def _picture(image: Tag) -> str:
    source, alt = quote(str(image["src"]), safe=URL_SIGNS), str(image.get("alt") or "")
    written = f'<img src="{escape(source)}" alt="{escape(alt)}">'
    caption = escape(str(image.get("title") or ""), quote=False)
    return (
        f"\n<figure>{written}\n<figcaption>{caption}</figcaption>\n</figure>\n"
        if caption
        else written
    )


def _attributes(node: Tag) -> str:
    kept = {"href": quote(str(node["href"]), safe=URL_SIGNS)} if node.get("href") else {}
    kept |= spans(node) if node.name in {"td", "th"} else {}
    wanted = {"th": "scope", "ol": "start"}.get(node.name, "id" if node.name in HEADINGS else "")
    if wanted and node.get(wanted):
        kept[wanted] = str(node[wanted])
    return "".join(f' {key}="{escape(value)}"' for key, value in kept.items())
