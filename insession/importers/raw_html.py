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
from insession.importers.players import players_apart
from insession.importers.reused_blocks import BLOCK, with_reused
from insession.importers.todo_notes import Notes
from insession.importers.wxr import Export, Item

# A comment, or a tag, whose attributes may have any sign in their quotation marks. A quotation mark
# that is never closed ends with the tag.
TAG = re.compile(
    r"<!--.*?-->|</?[a-zA-Z](?:[^<>\"'=]|=\s*\"[^\"]*\"|=\s*'[^']*'|=|(?<!=)[\"'])*>|</?[a-zA-Z][^<>]*>",
    re.S,
)
# Blocks that WordPress fills when a page is shown, and that mean nothing or have a place here.
SILENT_BLOCKS = {"more", "nextpage", "spacer", "separator", "footnotes", "post-title"}


def whole_html(item: Item, export: Export, notes: Notes) -> str:
    """Return the item's text as complete, well-formed HTML."""
    text = with_reused(item.body, export, notes)
    text = shortcodes.replace(text, item, export, notes)
    html = _paragraphs(text, notes) + _footnotes(item)
    return JustHTML(html, fragment=True, sanitize=False).to_html(pretty=False)


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

    return str(decode_wp_content(players_apart(TAG.sub(_on_one_line, text))))


def _on_one_line(found: re.Match[str]) -> str:
    """A tag's own line ends mean nothing, and no sign within quotation marks ends it."""
    tag = " ".join(found[0].split()) if "\n" in found[0] else found[0]
    inner = tag[1:-1]
    if tag.startswith("<!--") or not re.search("[<>]", inner):
        return tag
    return f"<{inner.replace('<', '&lt;').replace('>', '&gt;')}>"
