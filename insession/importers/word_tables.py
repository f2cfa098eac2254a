"""Tables of a Word document as HTML; cells that were merged reach over rows and columns."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from insession.importers.word_package import child
from insession.importers.word_shapes import find_outer
from insession.importers.word_styles import number, switch, value

WIDEST = 100  # columns
BOLD = re.compile(r"<p[^>]*><strong>(?:(?!</?(?:strong|p)\b).)*</strong></p>", re.S)
Cell = dict[str, str]  # its HTML, and over how many rows and columns it reaches


def read_table(element: Element, write: Callable[[Element], str]) -> tuple[str, int]:
    """Return a table ("" if it has no row), and how many rows and cells of it were deleted."""
    rows: list[list[Cell]] = []
    over: dict[int, Cell] = {}  # the cell that reaches down, by its column
    heads = deleted = 0
    for row in find_outer(element, "w:tr", "w:tc"):
        properties = child(row, "w:trPr")
        if child(properties, "w:del") is not None:
            deleted += 1
            continue
        column = min(max(0, number(value(properties, "w:gridBefore"))), WIDEST)
        cells = [{"colspan": str(column), "html": ""}] if column else []
        for cell in find_outer(row, "w:tc", "w:tbl"):
            about = child(cell, "w:tcPr")
            is_deleted = child(about, "w:cellDel") is not None
            deleted += is_deleted
            html = "" if is_deleted else write(cell)
            column = _add(cells, over, column, about, html)
        is_head = switch(properties, "w:tblHeader") or (not rows and _all_bold(cells))
        heads += bool(is_head and heads == len(rows))
        rows.append(cells)
    return _write_table(rows, heads) if rows else "", deleted


def _add(
    cells: list[Cell], over: dict[int, Cell], column: int, about: Element | None, html: str
) -> int:
    """Add a cell to its row, or to the one above that it is merged with; return the next column."""
    wide = max(1, min(number(value(about, "w:gridSpan")), WIDEST))
    merge = child(about, "w:vMerge")
    above = over.get(column)
    if merge is not None and merge.get("w:val", "continue") == "continue" and above:
        above["rowspan"] = str(int(above.get("rowspan", "1")) + 1)
        above["html"] += html
        return column + wide
    made = {"html": html} | ({"colspan": str(wide)} if wide > 1 else {})
    cells.append(made)
    over.pop(column, None)
    if merge is not None:
        over[column] = made
    return column + wide


def _all_bold(cells: list[Cell]) -> bool:
    words = [cell["html"] for cell in cells if cell["html"]]
    return len(words) > 1 and all(BOLD.fullmatch(each) for each in words)


def _write_table(rows: list[list[Cell]], heads: int) -> str:
    out = ["<table>"]
    for at, row in enumerate(rows):
        name = "th" if at < heads else "td"
        part = "thead" if at < heads else "tbody"
        if at in {0, heads}:
            out.append(f"<{part}>")
        out.append("<tr>")
        for cell in row:
            spans = "".join(
                f' {key}="{cell[key]}"' for key in ("colspan", "rowspan") if key in cell
            )
            html = re.sub("</?strong>", "", cell["html"]) if name == "th" else cell["html"]
            out.append(f"<{name}{spans}>{html}</{name}>")
        out.append("</tr>")
        if at + 1 in {heads, len(rows)}:
            out.append(f"</{part}>")
    return "".join([*out, "</table>"])
