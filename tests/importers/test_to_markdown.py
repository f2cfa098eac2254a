"""Words stay the words they were: nothing in them is taken for a sign of Markdown."""

from collections.abc import Callable

import pytest

from tests.importers.conftest import Imported
from tests.importers.exports import Entry
from tests.support import one, words

Bring = Callable[..., Imported]
FILE = "articles/a-title.md"
SENTENCES = (
    "# not a heading", "1. not a list", "10.", "- not one either", "+ nor this", "> no quotation",
    "1) not a list", "~ not a meaning",
    "*stars* and _lines_ and __more__", "a_b_c and 5 * 3 * 2", "`ticks` and ``` three",
    "[a](b) and ![c](d) and [^1]", "a \\ b \\* c", "{practice.phone} and {.class} and {: #id }",
    "=====", "***", "~~~", "| a | b |", ": a term", "*[HTML]: an abbreviation", "a&amp;b",
    "&lt;script&gt; &lt;b&gt;", "&amp;amp; &amp;copy;", "see http://a.example/b_c_d", "a@b.example",
    "[id]: https://a.example", "    four spaces", "ends with two  ", "100 % – 5 °C … “so” it’s",
)  # fmt: skip


def test_signs_of_markdown_in_words_stay_words(bring: Bring) -> None:
    body = "".join(f"<p>{sentence}</p>\n\n" for sentence in SENTENCES)
    result = bring(Entry(1, body=f"<!-- wp:paragraph -->{body}<!-- /wp:paragraph -->"))
    prose = one(result.build().page("a-title/"), "article .prose")
    shown = [words(paragraph).replace("\u2060", "") for paragraph in prose.select("p")]
    plain = [s.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for s in SENTENCES]
    assert shown == [" ".join(sentence.split()) for sentence in plain]
    assert {element.name for element in prose.find_all(True)} == {"p"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_computer_make_the_same_paragraphs(bring: Bring, end: str) -> None:
    body = end.join(["One", "two", "", "Three.", "", "<ul>", "<li>four</li>", "</ul>"])
    result = bring(Entry(1, body=body))
    assert result.body(FILE) == "One<br>\ntwo\n\nThree.\n\n- four"
    assert b"\r" not in (result.content / FILE).read_bytes()


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<b>bold </b>word", "**bold** word"),
        ("<em><strong>both</strong></em>", "***both***"),
        ("<!-- wp:html --><b><p>One.</p><p>Two.</p></b><!-- /wp:html -->", "One.\n\nTwo."),
        ('<a href="https://a.example/x y">z</a>', "[z](https://a.example/x%20y)"),
        ("a&nbsp;b", "a b"),
        ("« mot&nbsp;»", "« mot\xa0»"),
        ("<h2><strong>Bold</strong><br>title</h2>", "## Bold title"),
        ("<p></p><p>&nbsp;</p><h3></h3>One.", "One."),
        ("<dl><dt>Word</dt><dd>Meaning</dd></dl>", "Word\n:   Meaning"),
        ("One.<!-- hidden -->", "One."),
        ("<ul><li>a<pre>code</pre></li></ul>", "- a\n\n    ```\n    code\n    ```"),
        ("<ul><li><pre>a\n  b</pre>c</li></ul>", "-   ```\n    a\n      b\n    ```\n\n    c"),
        (
            '<ol start="998"><li>a</li><li>b<ul><li>c</li></ul></li></ol>',
            "998. a\n999. b\n     - c",
        ),
        ("<b>Note:</b>word", "<strong>Note:</strong>word"),
        ("a<i>“b”</i> <i>c.</i> d", "a<em>“b”</em> *c.* d"),
        ("<i>a</i><i>b</i><b>c</b>", "*a*<em>b</em><strong>c</strong>"),
        ("<b><i>a.</i></b>b", "<strong>*a.*</strong>b"),
        ("<b>never <i>closed", "**never *closed***"),
    ],
)
def test_html_becomes_the_plainest_markdown(bring: Bring, html: str, markdown: str) -> None:
    assert bring(Entry(1, body=html)).body(FILE) == markdown


def test_headings_start_below_the_title_and_keep_their_order(bring: Bring) -> None:
    result = bring(Entry(1, body="<h1>A</h1>\n\n<h2>B</h2>\n\n<h1>C</h1>"))
    assert result.body(FILE) == "## A\n\n### B\n\n## C"


def test_a_title_and_a_summary_are_plain_words(bring: Bring) -> None:
    body = "<h2>Start</h2><p>First <b>sentence</b>. [gallery]</p>"
    result = bring(Entry(1, 'Is <i>this</i> &amp; that: a "title" #1?', body))
    assert result.header(FILE)[0] == "title: 'Is this & that: a \"title\" #1?'"
    assert result.header(FILE)[2] == "summary: First sentence."
