"""A Word document as a whole: its text, its notes, and what stands beside the text."""

import re
from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element

from insession.importers.stayed_behind import what_stayed
from insession.importers.todo_notes import Notes
from insession.importers.word_blocks import write_blocks, write_words
from insession.importers.word_fields import Fields
from insession.importers.word_package import WordPackage, child, children
from insession.importers.word_reader import Picture, WordReader
from insession.importers.word_signs import readable
from insession.importers.word_styles import Numbering, Styles


def read_word(package: WordPackage, notes: Notes, picture: Picture) -> tuple[str, list[str]]:
    """Return the document as HTML, and sentences on what stayed behind. Raises Problems."""
    styles = Styles(_tree(package, "styles"))
    numbering = Numbering(_tree(package, "numbering"), styles)
    reader = WordReader(package, notes, picture, styles, numbering, package.links)
    root = package.tree(package.document)
    body = child(root, "w:body")
    if root is None or body is None:
        return "", []
    reader.fields.look_through(root)
    html = write_blocks(reader.blocks(body)) + write_words(reader.carried)
    html += "".join(_notes(reader))
    return html, [*what_stayed(reader.stayed), *_unknown(reader), *_margins(package)]


def _tree(package: WordPackage, kind: str) -> Element | None:
    name = package.part(kind)
    return package.tree(name) if name else None


def _notes(reader: WordReader) -> Iterator[str]:
    """Yield each footnote and endnote that the text names, as adapt_html.py takes it."""
    found: dict[str, tuple[Element, str]] = {}
    for kind in ("footnote", "endnote"):
        name = reader.package.part(f"{kind}s")
        for note in children(_tree(reader.package, f"{kind}s"), f"w:{kind}"):
            found[f"{kind[0]}{note.get('w:id', '')}"] = (note, name)
    for name in dict.fromkeys(reader.cited):
        if name not in found:
            continue
        note, part = found[name]
        reader.links, reader.fields = reader.package.relations(part), Fields()
        reader.fields.look_through(note)
        html = write_blocks(reader.blocks(note))
        only = re.fullmatch(r"<p(?: [^>]*)?>((?:(?!<p).)*)</p>", html, re.S)
        yield f'<div class="imported-footnote" data-fn="{escape(name)}">'
        yield f"{only[1] if only else html}</div>"


def _unknown(reader: WordReader) -> Iterator[str]:
    if reader.unknown:
        names = ", ".join(sorted(name.rpartition(":")[2] for name in reader.unknown))
        yield f"Some things in it are unknown here and stayed behind ({names}): compare the texts."


def _margins(package: WordPackage) -> Iterator[str]:
    """Say which words stood at the head and foot of pages."""
    for kind, where in (("header", "At the head"), ("footer", "At the foot")):
        parts = sorted({each.target for each in package.links.values() if each.kind == kind})
        said = []
        for part in parts:
            root = package.tree(part)
            if root is None:
                continue
            texts = (each.text or "" for each in root.iter("w:t"))
            words = " ".join(readable(" ".join(texts)).split())
            if re.search(r"[^\W\d]{2}", words) and words not in said:
                said.append(words)
        if said:
            shown = "”, “".join(each if len(each) < 80 else f"{each[:79]}…" for each in said)
            yield f"{where} of its pages stood “{shown}”, which stayed behind."
