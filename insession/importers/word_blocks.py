"""Blocks and words of a Word document, written as HTML: nested lists, merged marks, captions."""

import re
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from insession.importers.todo_notes import MARK

ORDER = ("del", "strong", "em", "code", "sub", "sup")
PICTURE = re.compile(r"(?:<a [^>]*>)?<img [^>]*>(?:</a>)?")
MOST_LEVELS = 6
Piece = tuple[tuple[str, ...], str]  # the elements around some HTML, the outermost first


class WordBlock(NamedTuple):
    """A paragraph, a table or a point of a list.

    `kind` is p, title, subtitle, heading, quote, pre, caption, table, item, or more: what belongs
    to the point above it.
    """

    kind: str
    html: str
    level: int = 0
    number: int | None = None  # of a point, unless it has a bullet
    indent: int = 0
    is_large: bool = False


def around(marks: Iterable[str], link: str) -> tuple[str, ...]:
    """Return the elements around words with these marks and this link."""
    known = set(marks)
    first = (f'a href="{escape(link)}"',) if link else ()
    return (*first, *(name for name in ORDER if name in known))


def write_words(pieces: list[Piece]) -> str:
    """Return pieces as HTML; neighbours that are set alike are one, whatever Word has cut."""
    out: list[str] = []
    opened: tuple[str, ...] = ()
    for at, (marks, html) in enumerate(pieces):
        if not html:
            continue
        if html == "<br>" or not html.strip():  # a space is bold only between bold words
            after = next((m for m, h in pieces[at + 1 :] if h.strip() and h != "<br>"), ())
            marks = opened[: _common(opened, after)]
        same = _common(opened, marks)
        out += [f"</{name.partition(' ')[0]}>" for name in reversed(opened[same:])]
        out += [f"<{name}>" for name in marks[same:]]
        out.append(html)
        opened = marks
    out += [f"</{name.partition(' ')[0]}>" for name in reversed(opened)]
    return "".join(out)


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    count = 0
    while one[: count + 1] == other[: count + 1] and count < len(one):
        count += 1
    return count


def write_blocks(blocks: list[WordBlock]) -> str:
    """Return blocks as HTML."""
    out: list[str] = []
    at = 0
    while at < len(blocks):
        block, end = blocks[at], at + 1
        kinds = {"item": {"item", "more"}}.get(block.kind, {block.kind})
        if block.kind in {"item", "quote", "pre"}:
            while end < len(blocks) and blocks[end].kind in kinds:
                end += 1
        group = blocks[at:end]
        if block.kind == "item":
            out.append(_list(group))
        elif block.kind == "quote":
            inner = "".join(f"<p>{each.html}</p>" for each in group)
            out.append(f"<blockquote>{inner}</blockquote>")
        elif block.kind == "pre":
            rows = "\n".join(each.html.replace("<br>", "\n") for each in group)
            out.append(f"<pre>{rows}</pre>")
        elif _is_picture(block) and end < len(blocks) and blocks[end].kind == "caption":
            caption = f"<figcaption>{blocks[end].html}</figcaption>"
            out.append(f"<figure>{block.html}{caption}</figure>")
            end += 1
        else:
            out.append(_alone(block))
        at = end
    return "".join(out)


def _alone(block: WordBlock) -> str:
    if block.kind == "table":
        return block.html
    if block.kind == "heading":
        level = min(block.level, 6)
        return f"<h{level}>{block.html}</h{level}>"
    names = {"title": ' class="document-title"', "subtitle": ' class="document-subtitle"'}
    attribute = names.get(block.kind, ' class="large"' if block.is_large else "")
    return f"<p{attribute}>{block.html}</p>"


def _is_picture(block: WordBlock) -> bool:
    return block.kind == "p" and bool(PICTURE.fullmatch(MARK.sub("", block.html).strip()))


def _list(blocks: list[WordBlock]) -> str:
    """Return points as lists in lists; a number that doesn't follow begins another list."""
    out: list[str] = []
    opened: list[
        tuple[str, int, int]
    ] = []  # each open list, its level, and the number that is next

    def close() -> None:
        out.append(f"</li></{opened.pop()[0]}>")

    for block in blocks:
        if block.kind == "more":
            out.append(f"<p>{block.html}</p>")
            continue
        while opened and opened[-1][1] > block.level:
            close()
        tag, is_new = "ul" if block.number is None else "ol", True
        if opened and (opened[-1][1] == block.level or len(opened) == MOST_LEVELS):
            follows = block.number is None or block.number == opened[-1][2]
            is_new = opened[-1][0] != tag or not follows
            if is_new:
                close()
            else:
                out.append("</li>")
        if is_new:
            start = "" if block.number in {None, 1} else f' start="{block.number}"'
            out.append(f"<{tag}{start}>")
            opened.append((tag, block.level, 0))
        opened[-1] = (tag, opened[-1][1], (block.number or 0) + 1)
        out.append(f"<li>{block.html}")
    while opened:
        close()
    return "".join(out)
