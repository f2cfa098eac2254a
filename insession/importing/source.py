"""From what WordPress stores to whole HTML: blocks, classic paragraphs, reusable blocks.

A block stands between HTML comments (<!-- wp:paragraph -->) and is HTML already; in what stands
outside of blocks, as in all texts before 2018, an empty line makes a paragraph and a line end a
new line. Source: https://developer.wordpress.org/block-editor/explanations/architecture/key-concepts/
"""

import json
import re
from html import escape

from justhtml import JustHTML
from pelican.tools.pelican_import import decode_wp_content

from insession.importing import shortcodes
from insession.importing.export import Export, Item
from insession.importing.notes import Notes

BLOCK = re.compile(r"<!--\s*(/?)wp:([\w/-]+)\s*(\{.*?\})?\s*(/?)-->", re.S)
REUSED = re.compile(r'<!--\s*wp:block\s*\{[^}]*"ref"\s*:\s*(\d+)[^}]*\}\s*/-->')
# Blocks that WordPress fills when a page is shown, and that mean nothing or have a place here.
SILENT_BLOCKS = {"more", "nextpage", "spacer", "separator", "footnotes", "post-title"}
MOST_REUSED = 20


def whole_html(item: Item, export: Export, notes: Notes) -> str:
    """Return the item's text as complete, well-formed HTML."""
    text = item.body
    for _ in range(MOST_REUSED):  # a reusable block may hold others, and, by a mistake, itself
        text, count = REUSED.subn(lambda found: _reused(found, export), text, count=1)
        if not count:
            break
    text = shortcodes.replace(text, item, export, notes)
    html = _paragraphs(text, notes) + _footnotes(item)
    return JustHTML(html, fragment=True, sanitize=False).to_html(pretty=False)


def _reused(found: re.Match[str], export: Export) -> str:
    block = export.blocks.get(found[1])
    return block.body if block else found[0].replace("wp:block", "wp:missing-block")


def _paragraphs(text: str, notes: Notes) -> str:
    """Make paragraphs of what stands outside of blocks."""
    parts, depth, end = [], 0, 0
    for found in BLOCK.finditer(text):
        piece = text[end : found.start()]
        parts.append(piece if depth else decode_wp_content(piece))
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
    parts.append(piece if depth else decode_wp_content(piece))
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
