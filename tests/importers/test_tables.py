"""Tables of the old blog: nothing of them is dropped, slides into another column or shows signs."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag

from tests.importers.conftest import Imported
from tests.importers.exports import Entry

Bring = Callable[..., Imported]
Rows = list[list[str]]


def rows_of(table: Tag) -> Rows:
    """Return the words of each cell, and where a cell reaches over others."""
    return [
        [
            "".join(f"{n}={c[n]} " for n in ("rowspan", "colspan") if c.has_attr(n))
            + " ".join(c.get_text(" ").split())
            for c in row.find_all(["td", "th"])
            if c.find_parent("tr") is row
        ]
        for row in table.find_all("tr")
        if row.find_parent("table") is table
    ]


def table(*rows: str) -> str:
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


HEAD = "<th>Day</th><th>What</th>"


@pytest.mark.parametrize(
    ("html", "rows"),
    [
        (table("<td>Fees</td>", "<td>First hour</td><td>120 dollars</td>"),
         [["Fees"], ["First hour", "120 dollars"]]),
        (table(HEAD, "<td>Mon</td>", "<td>Tue</td><td>a</td><td>b</td>"),
         [["Day", "What"], ["Mon"], ["Tue", "a", "b"]]),
        (table(HEAD, "<td rowspan='2'>Monday</td><td>groups</td>", "<td>couples</td>"),
         [["Day", "What"], ["rowspan=2 Monday", "groups"], ["couples"]]),
        (table("<td colspan='99999999'>All</td><td rowspan=0>b</td>", "<td>c</td><td>d</td>"),
         [["colspan=1000 All", "rowspan=0 b"], ["c", "d"]]),
        (table("<th colspan=2>Both</th>", "<td>a</td><td>b</td>"),
         [["colspan=2 Both"], ["a", "b"]]),
        (f"<table><thead><tr>{HEAD}</tr></thead><tbody><tr><td>a</td><td>b</td></tr></tbody>"
         "<tfoot><tr><td>Sum</td><td>1</td></tr></tfoot></table>",
         [["Day", "What"], ["a", "b"], ["Sum", "1"]]),
        (table(HEAD, "<td>Mon</td><td>9 to 12<br>14 to 18</td>"),
         [["Day", "What"], ["Mon", "9 to 12 14 to 18"]]),
        (table(HEAD, "<td>Mon</td><td><ul><li>one</li><li>two</li></ul></td>"),
         [["Day", "What"], ["Mon", "one two"]]),
        (table(HEAD, "<td>Mon</td><td><p>one</p><p>two</p></td>"),
         [["Day", "What"], ["Mon", "one two"]]),
        (table(HEAD, "<td>Mon</td><td>" + table("<td>x</td><td>y</td>", "<td>1</td><td>2</td>")
               + "</td>"),
         [["Day", "What"], ["Mon", "x y 1 2"]]),
        (table(HEAD, "<th>Mon</th><td>a</td>"), [["Day", "What"], ["Mon", "a"]]),
        (table("<td></td><td></td>", "<td>a</td><td>b</td>"), [["", ""], ["a", "b"]]),
        (table(HEAD, "<td>a</td><td><code>x|y</code></td>"), [["Day", "What"], ["a", "x|y"]]),
        (table(HEAD, "<td>*a* | b</td><td>{practice.phone} &lt;b&gt; _c_</td>"),
         [["Day", "What"], ["*a* | b", "{practice.phone} <b> _c_"]]),
        (table("<td>Fee</td><td>120</td>"), [["Fee", "120"]]),
        (f"<ul><li>See {table(HEAD, '<td rowspan=2>a</td><td>b</td>', '<td>c</td>')}</li></ul>",
         [["Day", "What"], ["rowspan=2 a", "b"], ["c"]]),
        (f"<blockquote>{table(HEAD, '<td>a</td><td>b</td>')}</blockquote>",
         [["Day", "What"], ["a", "b"]]),
    ],
)  # fmt: skip
def test_a_table_shows_what_it_showed(bring: Bring, html: str, rows: Rows) -> None:
    page = bring(Entry(1, body=f"Before.\n\n{html}\n\nAfter.")).shown()
    found = page.find("table")
    assert isinstance(found, Tag)
    assert [[cell.replace("\u2060", "") for cell in row] for row in rows_of(found)] == rows
    assert found.find_parent("div", class_="table-scroll")
    assert not set(page.get_text()) & set("\\<>") - set("".join(map("".join, rows)))
    assert "---" not in page.get_text()
    assert [p.get_text() for p in page.find_all("p")][-1] == "After."


def test_lines_and_lists_in_a_cell_stay_apart(bring: Bring) -> None:
    cells = "<td>9 to 12<br>14 to 18</td><td><ul><li>one</li><li>two</li></ul></td>"
    page = bring(Entry(1, body=table(HEAD, cells))).shown()
    assert page.select_one("td br")
    assert [li.get_text() for li in page.select("td li")] == ["one", "two"]


def test_headings_say_whether_they_are_of_a_column_or_a_row(bring: Bring) -> None:
    page = bring(Entry(1, body=table(HEAD, "<th>Mon</th><td>a</td>"))).shown()
    assert [th["scope"] for th in page.find_all("th")] == ["col", "col", "row"]


@pytest.mark.parametrize(
    "html",
    [
        table("<td><p>Left.</p><p>More.</p></td><td><p>Right.</p></td>"),
        table("<td><h2>Left.</h2>More.</td>", "<td><p>Right.</p></td>"),
        table(f"<td>Left.</td><td>{table('<td>More.</td>')}<p>Right.</p></td>"),
        table("<td>Left.</td>").replace("Left.", "Left.<p>More.</p>Right."),
    ],
)
def test_a_table_that_was_a_layout_becomes_text(bring: Bring, html: str) -> None:
    page = bring(Entry(1, body=html)).shown()
    assert not page.find(["table", "td", "div"])
    assert page.get_text(" ").split() == ["Left.", "More.", "Right."]


def test_a_plain_table_stays_one_of_markdown(bring: Bring) -> None:
    html = "<table><caption>Fees</caption>" + table(HEAD, "<td>a</td><td><b>b</b></td>")[7:]
    body = bring(Entry(1, body=html)).body("articles/a-title.md")
    assert body == "Fees\n\n| Day | What |\n| --- | --- |\n| a | **b** |"


def test_links_pictures_and_notes_work_in_a_table_of_html(bring: Bring) -> None:
    html = table(
        "<td rowspan=2><a href='https://a.example/x?a=1&amp;b=2' onclick='x()'>a</a></td>"
        "<td style='color:red'><b>b</b>[efn_note]A source.[/efn_note]</td>",
        "<td>c</td>",
    )
    result = bring(Entry(1, body=html))
    page: BeautifulSoup = result.shown()
    assert page.select_one('td a[href="https://a.example/x?a=1&b=2"]:not([onclick])')
    assert "A source." in page.get_text()
    assert "style" not in result.body("articles/a-title.md")
