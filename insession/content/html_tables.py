"""Tables that stand in a text as HTML, because they hold what Markdown's can't."""

import re
from html import escape, unescape

from markdown.postprocessors import Postprocessor

OURS = re.compile(r'(<div [^<>]*class="table-scroll"[^<>]*><table\b.*?</table></div>)', re.S)
EDGE = re.compile(r"<(/?)table\b[^<>]*>", re.I)
NAME = re.compile(r"<(caption|th)\b[^<>]*>(.*?)</\1>", re.S | re.I)
TAG = re.compile("<[^<>]*>")


class HtmlTables(Postprocessor):
    """Lets them scroll like those of Markdown; a table within another scrolls with it."""

    def run(self, text: str) -> str:
        """Return the HTML with a box around each of them."""
        if "<table" not in text:
            return text
        return "".join(
            part if OURS.fullmatch(part) else _with_boxes(part) for part in OURS.split(text)
        )


def _with_boxes(text: str) -> str:
    parts, start, depth = [], 0, 0
    for edge in EDGE.finditer(text):
        if not edge[1]:
            if depth == 0:
                parts.append(text[start : edge.start()])
                start = edge.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                parts.append(_box(text[start : edge.end()]))
                start = edge.end()
    return "".join([*parts, text[start:]])


def _box(table: str) -> str:
    names = [unescape(TAG.sub(" ", found[2])) for found in NAME.finditer(table)]
    columns = ", ".join(" ".join(words.split()) for words in names if words.strip())
    name = f"Table: {columns}" if columns else "Table"
    opening = f'<div aria-label="{escape(name)}" class="table-scroll" role="region" tabindex="0">'
    return f"{opening}{table}</div>"
