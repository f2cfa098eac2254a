"""Points of a list that are more than a line: each keeps what stood in it, and its place."""

from collections.abc import Callable

import pytest
from bs4 import Tag

from tests.importers.conftest import Imported
from tests.importers.exports import Entry

Bring = Callable[..., Imported]
SHAPES = ["ul", "ol", "li", "blockquote", "table", "pre", "dl", "dd", "dt", "h2", "h3", "h4"]


def shape(element: Tag) -> list[object]:
    """Return the lists and other blocks in an element, each with its own, and all words."""
    found: list[object] = []
    for child in element.children:
        if isinstance(child, Tag):
            inner = shape(child)
            found += [[child.name, *inner]] if child.name in SHAPES else inner
        elif child.strip():
            found += child.split()
    return found


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ol><li><h3>Sit</h3><p>Breathe.</p></li><li><h3>Look</h3><p>Up.</p></li></ol>",
         [["ol", ["li", ["h2", "Sit"], "Breathe."], ["li", ["h2", "Look"], "Up."]]]),
        ("<ul><li><p>One.</p><p>More.</p></li><li><p>Two.</p></li></ul>",
         [["ul", ["li", "One.", "More."], ["li", "Two."]]]),
        ("<ul><li>She:<blockquote>No.</blockquote></li><li>Then.</li></ul>",
         [["ul", ["li", "She:", ["blockquote", "No."]], ["li", "Then."]]]),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", [["ul", ["li", "a"]], ["ul", ["li", "b"]]]),
        ("<ul><li>a<ul><li>b</li></ul>more</li><li>c</li></ul>",
         [["ul", ["li", "a", ["ul", ["li", "b"]], "more"], ["li", "c"]]]),
        ("<ul><li>a<pre>one\n\n  two</pre></li><li>b</li></ul>",
         [["ul", ["li", "a", ["pre", "one", "two"]], ["li", "b"]]]),
        ("<ul><li><ul><li>a</li></ul></li><li>b</li></ul>",
         [["ul", ["li", ["ul", ["li", "a"]]], ["li", "b"]]]),
        ("<ol start=99><li>a</li><li><p>b</p><p>c</p></li><li>d</li></ol>",
         [["ol", ["li", "a"], ["li", "b", "c"], ["li", "d"]]]),
        ("<ul><li>a<table><tr><th>b</th><th>c</th></tr><tr><td>d</td><td>e</td></tr></table></li>"
         "<li>f</li></ul>",
         [["ul", ["li", "a", ["table", "b", "c", "d", "e"]], ["li", "f"]]]),
        ("<ul><li>a<ul><li>b</li></ul><ul><li>c</li></ul></li></ul>",
         [["ul", ["li", "a", ["ul", ["li", "b"]], ["ul", ["li", "c"]]]]]),
        ("<blockquote><p>a</p><ul><li>b</li></ul><p>c</p></blockquote>",
         [["blockquote", "a", ["ul", ["li", "b"]], "c"]]),
        ("<blockquote>a<blockquote>b</blockquote>c</blockquote>",
         [["blockquote", "a", ["blockquote", "b"], "c"]]),
        ("<ol><li>a<ol><li>b<p>c</p></li></ol></li><li>d</li></ol>",
         [["ol", ["li", "a", ["ol", ["li", "b", "c"]]], ["li", "d"]]]),
        ("<dl><dt>a</dt><dd><p>b</p><ul><li>c</li></ul></dd></dl>",
         [["dl", ["dt", "a"], ["dd", "b", ["ul", ["li", "c"]]]]]),
        ("<ul><li>a<br>b</li><li><hr>c</li></ul>", [["ul", ["li", "a", "b"], ["li", "c"]]]),
    ],
)  # fmt: skip
def test_a_point_keeps_all_that_stood_in_it(
    bring: Bring, html: str, expected: list[object]
) -> None:
    stored = f"<!-- wp:html -->{html}<!-- /wp:html -->"
    assert shape(bring(Entry(1, body=stored)).shown()) == expected


def test_a_link_around_a_heading_stays_with_it(bring: Bring) -> None:
    html = '<a href="https://a.example/"><h2>One</h2><p>Two <b>three</b></p></a>'
    page = bring(Entry(1, body=f"<!-- wp:html -->{html}<!-- /wp:html -->")).shown()
    links = page.select('h2 a[href="https://a.example/"], p a[href="https://a.example/"]')
    assert [link.get_text() for link in links] == ["One", "Two three"]
