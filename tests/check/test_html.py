"""Tags and notes that aren't closed are found on their line, and nothing else is."""

from dataclasses import replace

import pytest

from insession.check.rules.html import lost_comments, unclosed_tags, whole_page
from tests.check.pages import page, said, site

GOOD = [
    "Plain *words* and **strong** ones, 1 < 2, AT&T, <https://example.org>.",
    "`<b>` in code, and\n\n```\n<i>\n<div>\n```\n\n    <section>\n",
    "<b>bold</b> and <i>italic <b>both</b></i><br>next <br/> line <img src=x alt=a>",
    "<details>\n<summary>More</summary>\n\nwords *in* it\n\n</details>",
    "<ul><li>one<li>two</ul>\n\n<table><tr><td>x<td>y</table>\n\n<p>a paragraph",
    "Word\n:   what it means\n\nA note.[^1]\n\n[^1]: The note.\n\n| A | B |\n| - | - |\n| 1 | 2 |",
    "<!-- a note to myself -->\n\nText <!-- and\nanother --> goes on.",
    '<div markdown="1">\n\n## A heading\n\n</div>',
    "How to write a note: `<!--`, and in entities &lt;!--.",
]


@pytest.mark.parametrize("body", GOOD)
def test_good_html_raises_nothing(body: str) -> None:
    for rule in (unclosed_tags, lost_comments, whole_page):
        assert said(rule, body) == []


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("A <b>bold word.\n\nMore.", 1, "<b>"),
        ("<b>one</b>\n\nand\n\n<b>two\n\nthree", 5, "<b>"),
        ("`<b>`\n\nand <b>two", 3, "<b>"),
        ("One\n\n<div class=box>\nOpen\n\nMore.", 3, "<div class=box>"),
        ("One\n\n<textarea>\nSwallowed", 3, "<textarea>"),
        ("One <em>two *three* four", 1, "<em>"),
        ("A <d> that is no tag", 1, "<d>"),
        ("One\n\ntext </div> more", 3, "</div>"),
        ("One\n\n</section>\n\nmore", 3, "</section>"),
        ("One\n\n<div>x\n\n</div", 3, "<div>"),
    ],
)
def test_a_tag_that_does_not_match_is_found_on_its_line(body: str, line: int, words: str) -> None:
    assert (line, words) in said(unclosed_tags, body)


def test_tags_closed_in_the_wrong_order_are_said_once() -> None:
    assert said(unclosed_tags, "<b><i>x</b></i>") == [(1, "<i>")]
    assert said(unclosed_tags, "<b>two\n\nthree </b>") == [(1, "<b>")]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("One\n\n<!-- never closed\n\nMore.", 3),
        ("One <!-- never closed", 1),
        ("<!-- first\n\nlost\n\n<!-- second -->\n\nMore.", 1),
        ("<div>\n<!-- in a box\n</div>\n\nMore.", 2),
    ],
)
def test_a_note_that_is_never_closed_is_found(body: str, line: int) -> None:
    assert [found for found, _ in said(lost_comments, body)] == [line]


def test_a_page_that_swallows_its_end_is_found() -> None:
    good = page("Some text.")
    assert [*whole_page(good, site(good))] == []
    broken = replace(good, draw=lambda: good.built.replace("</main>", "<select></main>"))
    assert [remark.rule for remark in whole_page(broken, site(broken))] == ["broken-page"]
