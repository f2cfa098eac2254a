"""From what WordPress stores to whole HTML: blocks, classic paragraphs, reusable blocks.

A block stands between HTML comments (<!-- wp:paragraph -->) and is HTML already; in what stands
outside of blocks, as in all texts before 2018, an empty line makes a paragraph and a line end a
new line. Source: https://developer.wordpress.org/block-editor/explanations/architecture/key-concepts/
"""

import json
import re
from html import escape

from justhtml import JustHTML

from insession import load
from insession.importers import shortcodes
from insession.importers.todo_notes import Notes
from insession.importers.wxr import Export, Item

BLOCK = re.compile(r"<!--\s*(/?)wp:([\w/-]+)\s*(\{.*?\})?\s*(/?)-->", re.S)
REUSED = re.compile(r'<!--\s*wp:block\s*\{[^}]*"ref"\s*:\s*(\d+)[^}]*\}\s*/-->')
# Blocks that WordPress fills when a page is shown, and that mean nothing or have a place here.
SILENT_BLOCKS = {"more", "nextpage", "spacer", "separator", "footnotes", "post-title"}
MOST_REUSED = 100  # in one text; a block may hold others and, by a mistake, itself


def whole_html(item: Item, export: Export, notes: Notes) -> str:
    """Return the item's text as complete, well-formed HTML."""
    text = _with_reused(item.body, export, notes)
    text = shortcodes.replace(text, item, export, notes)
    html = _paragraphs(text, notes) + _footnotes(item)
    return JustHTML(html, fragment=True, sanitize=False).to_html(pretty=False)


def _with_reused(text: str, export: Export, notes: Notes) -> str:
    """Put each reusable block where it is used."""

    def body(found: re.Match[str]) -> str:
        if block := export.blocks.get(found[1]):
            return block.body
        said = "A reusable block isn't in this export. “All content” has it."
        return f"<p>{notes.mark(said)}</p>"

    for _ in range(MOST_REUSED):
        text, count = REUSED.subn(body, text, count=1)
        if not count:
            return text
    said = "Reusable blocks are left out from here on: there are too many, or one holds itself."
    return REUSED.sub(f"<p>{notes.mark(said)}</p>", text)


def _paragraphs(text: str, notes: Notes) -> str:
    """Make paragraphs of what stands outside of blocks."""
    parts, depth, end = [], 0, 0
    for found in BLOCK.finditer(text):
        piece = text[end : found.start()]
        parts.append(piece if depth else _in_paragraphs(piece))
        end = found.end()
        closes, name, closes_itself = found[1], found[2], found[4]
        if closes:
            depth = max(0, depth - 1)
        elif not closes_itself:
            depth += 1
        elif name.rpartition("/")[2] not in SILENT_BLOCKS:
            said = f"The block “{name}” can't come along."
            parts.append(f"<p>{notes.mark(said)}</p>")
    piece = text[end:]
    parts.append(piece if depth else _in_paragraphs(piece))
    return "".join(parts)


def _footnotes(item: Item) -> str:
    """WordPress's own footnotes (since 6.3) are kept apart from the text, as JSON."""
    try:
        found = json.loads(item.meta.get("footnotes") or "[]")
        pairs = [(str(note["id"]), str(note["content"])) for note in found]
    except (ValueError, TypeError, KeyError):
        return ""
    return "".join(
        f'<div class="imported-footnote" data-fn="{escape(id_)}">{content}</div>'
        for id_, content in pairs
    )


def _in_paragraphs(text: str) -> str:
    """Return what stands outside of blocks with the paragraphs that its empty lines mean."""
    load("docutils")
    from pelican.tools.pelican_import import decode_wp_content

    return str(decode_wp_content(text))
