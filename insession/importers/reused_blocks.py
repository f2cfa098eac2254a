"""WordPress's reusable blocks (synced patterns): each is put where it is used, with its own words.

Source of the form: https://developer.wordpress.org/news/2024/06/21/an-introduction-to-overrides-in-synced-patterns/
"""

import json
import re
from typing import Any

from bs4 import Tag

from insession.importers.parsing import parse
from insession.importers.todo_notes import Notes
from insession.importers.wxr import Export

BLOCK = re.compile(r"<!--\s*(/?)wp:([\w/-]+)\s*(\{.*?\})?\s*(/?)-->", re.S)
USED = re.compile(r"<!--\s*wp:(?:core/)?block\s+(\{(?:(?!-->).)*\})\s*/-->", re.S)
MOST = 100  # in one text; a block may hold others and, by a mistake, itself


def with_reused(text: str, export: Export, notes: Notes) -> str:
    """Put each reusable block where it is used."""

    def body(found: re.Match[str]) -> str:
        values = read_attributes(found[1])
        if block := export.blocks.get(str(values.get("ref"))):
            return _overridden(block.body, values.get("content"))
        said = "A reusable block isn't in this export. “All content” has it."
        return f"<p>{notes.mark(said)}</p>"

    for _ in range(MOST):
        text, count = USED.subn(body, text, count=1)
        if not count:
            return text
    said = "Reusable blocks are left out from here on: there are too many, or one holds itself."
    return USED.sub(f"<p>{notes.mark(said)}</p>", text)


def read_attributes(written: str | None) -> dict[str, Any]:
    """Return what a block's comment says of it; nothing if it isn't whole."""
    try:
        values = json.loads(written or "{}")
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}


def _overridden(body: str, changes: Any) -> str:
    """Return a reusable block in which the named blocks have other words."""
    if not isinstance(changes, dict):
        return body
    parts, end = [], 0
    for found in BLOCK.finditer(body):
        metadata = read_attributes(found[3]).get("metadata")
        name = metadata.get("name") if isinstance(metadata, dict) else None
        closing = re.compile(rf"<!--\s*/wp:{re.escape(found[2])}\s*-->").search(body, found.end())
        if found.start() < end or closing is None or not isinstance(changes.get(name), dict):
            continue
        html = _changed(body[found.end() : closing.start()], changes[name])
        parts += [body[end : found.end()], html]
        end = closing.start()
    return "".join([*parts, body[end:]])


def _changed(html: str, values: dict[str, Any]) -> str:
    """Return a block's HTML with other words, or another address, in its innermost element."""
    tree = parse(html)
    link, picture = tree.find("a"), tree.find("img")
    holder = link if "text" in values else tree.find(True)
    words = values.get("text", values.get("content"))
    if isinstance(holder, Tag) and isinstance(words, str):
        holder.clear()
        holder.append(parse(words))
    for element, key in ((link, "href"), (picture, "src")):
        if isinstance(element, Tag) and isinstance(values.get("url"), str):
            element[key] = values["url"]
    if isinstance(picture, Tag) and isinstance(values.get("alt"), str):
        picture["alt"] = values["alt"]
    return str(tree)
