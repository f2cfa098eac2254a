"""A table in HTML scrolls in a box like one of Markdown."""

from bs4 import BeautifulSoup
from pelican.settings import read_settings

from insession.content.markdown import to_html
from tests.support import ROOT


def page(text: str) -> BeautifulSoup:
    """Return a text's HTML."""
    options = read_settings(str(ROOT / "pelicanconf.py"))["MARKDOWN"]
    return BeautifulSoup(to_html(text, options), "html.parser")


def test_each_table_has_one_box_and_a_table_within_it_none() -> None:
    inner = "<table><tr><td>in</td></tr></table>"
    raw = f"<table>\n<tr><th>A &amp; <b>B</b></th></tr>\n<tr><td>{inner}</td></tr>\n</table>"
    shown = page(f"| C |\n| --- |\n| d |\n\n{raw}\n\nWords.\n\n{inner}")
    boxes = shown.select(".table-scroll")
    assert [box["aria-label"] for box in boxes] == ["Table: C", "Table: A & B", "Table"]
    assert [len(box.find_all("table")) for box in boxes] == [1, 2, 1]
    assert all(box["tabindex"] == "0" for box in boxes)
    assert [p.get_text() for p in shown.find_all("p")] == ["Words."]


def test_a_table_that_is_only_named_or_never_closed_changes_nothing() -> None:
    assert not page("Write `<table>` for one.").select(".table-scroll")
    assert "open" in page("<table><tr><td>open").get_text()


def test_a_picture_that_is_a_link_is_a_figure_with_its_caption() -> None:
    figure = page('[![A chair](a.jpg "My chair")](https://x.example/)').find("figure")
    assert figure
    assert figure.select_one('a[href="https://x.example/"] > img:not([title])')
    assert figure.figcaption and figure.figcaption.get_text() == "My chair"
