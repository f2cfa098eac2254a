"""Tables of an imported text: those that only made a layout, and those that Markdown can hold.

A table of Markdown is one row of headings and then rows of as many cells, with words alone in them.
"""

from bs4 import BeautifulSoup, Tag

from insession.importers.normalize_html import BLOCKS
from insession.importers.parsing import attribute

PARTS = ("caption", "thead", "tbody", "tfoot", "tr", "td", "th")
MOST = 1000  # as browsers have it
LONG = 200  # signs: a cell with more, in a row alone, is text that stands beside other text


def unfold_layouts(soup: BeautifulSoup) -> None:
    """Put what stands in a table of one row or column, but is no table, one below the other."""
    for table in reversed(soup.find_all("table")):
        for cell in _own(table, ("td", "th")):
            _unwrap_only_block(cell)
        rows = [_own(row, ("td", "th"), table) for row in _own(table, ("tr",))]
        cells = [cell for row in rows for cell in row]
        is_one = len(rows) < 2 or all(len(row) < 2 for row in rows)
        is_long = any(cell.find(BLOCKS) or len(cell.get_text()) > LONG for cell in cells)
        has_picture = any(cell.find("img") for cell in cells)
        if len(cells) < 2 or (is_one and (is_long or has_picture)):
            for part in _own(table, PARTS):
                part.name = "p" if part.name == "caption" else "div"
            table.name = "div"


def fits_markdown(table: Tag) -> bool:
    """Return whether Markdown's table shows the same."""
    rows = [_own(row, ("td", "th"), table) for row in _own(table, ("tr",))]
    cells = [cell for row in rows for cell in row]
    return (
        len(rows) > 1
        and len({len(row) for row in rows}) == 1
        and not _own(table, ("tfoot",))
        and sum(len(_own(head, ("tr",), table)) for head in _own(table, ("thead",))) < 2
        and len({cell.name for cell in rows[0]}) == 1
        and any(_has_content(cell) for cell in rows[0])
        and not any(cell.name == "th" for row in rows[1:] for cell in row)
        and not any(cell.find(BLOCKS) or spans(cell) for cell in cells)
        and not any("|" in code.get_text() for code in table.find_all("code"))
        and not table.find_parent("table")
    )


def name_headings(table: Tag) -> None:
    """Say of each heading whether it is that of its column or of its row (WCAG 1.3.1)."""
    for row in _own(table, ("tr",)):
        cells = _own(row, ("td", "th"), table)
        is_head = bool(row.find_parent("thead")) or all(cell.name == "th" for cell in cells)
        for cell in cells:
            if cell.name == "th":
                cell["scope"] = "col" if is_head else "row"


def spans(cell: Tag) -> dict[str, str]:
    """Return over how many rows and columns a cell reaches, where it is more than one.

    None of the rows means all that follow; more than a thousand are none that anybody wrote.
    """
    found = {name: attribute(cell, name).strip() for name in ("rowspan", "colspan")}
    numbers = {name: int(n[:5]) for name, n in found.items() if n.isascii() and n.isdigit()}
    is_one = {("rowspan", 1), ("colspan", 1), ("colspan", 0)}
    return {name: str(min(n, MOST)) for name, n in numbers.items() if (name, n) not in is_one}


def _own(element: Tag, names: tuple[str, ...], table: Tag | None = None) -> list[Tag]:
    """The parts of a table in an element, without those of tables within it."""
    of = table or element
    return [part for part in element.find_all(names) if part.find_parent("table") is of]


def _unwrap_only_block(cell: Tag) -> None:
    """A paragraph or box alone in its cell says no more than the cell does."""
    while True:
        children = [c for c in cell.contents if isinstance(c, Tag) or str(c).strip()]
        only = children[0] if len(children) == 1 else None
        if not isinstance(only, Tag) or only.name not in {"p", "div"}:
            return
        only.unwrap()


def _has_content(cell: Tag) -> bool:
    return bool(cell.get_text(strip=True) or cell.find("img"))
