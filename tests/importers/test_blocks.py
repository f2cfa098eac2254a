"""Each block of WordPress's editor becomes the Markdown that this site reads."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importers.conftest import Imported, picture, put_media
from tests.importers.exports import HOME, Entry, attachment

Bring = Callable[..., Imported]
UPLOADS = f"{HOME}/wp-content/uploads"
FILE = "articles/a-title.md"


def block(name: str, html: str, more: str = "") -> str:
    """Return a block as WordPress stores it."""
    return f"<!-- wp:{name} {more + ' ' if more else ''}-->\n{html}\n<!-- /wp:{name} -->\n\n"


@pytest.mark.parametrize(
    ("stored", "markdown"),
    [
        (
            block("paragraph", "<p>One <em>word</em>, <strong>two</strong>.</p>", '{"align":"x"}'),
            "One *word*, **two**.",
        ),
        (
            block("heading", "<h2>First</h2>") + block("heading", "<h4>Below</h4>"),
            "## First\n\n#### Below",
        ),
        (block("heading", "<h1>Too large</h1>"), "## Too large"),
        (
            block(
                "list",
                "<ul><!-- wp:list-item --><li>one<!-- wp:list --><ol><!-- wp:list-item -->"
                "<li>within</li><!-- /wp:list-item --></ol><!-- /wp:list --></li>"
                "<!-- /wp:list-item --><!-- wp:list-item --><li>two</li>"
                "<!-- /wp:list-item --></ul>",
            ),
            "- one\n    1. within\n- two",
        ),
        (block("list", '<ol start="4"><li>four</li><li>five</li></ol>'), "4. four\n5. five"),
        (
            block("quote", "<blockquote><p>Words.</p><cite>Someone</cite></blockquote>"),
            "> Words.\n>\n> — Someone",
        ),
        (
            block("quote", "<blockquote><p>One.</p></blockquote>")
            + block("pullquote", "<figure><blockquote><p>Other.</p></blockquote></figure>"),
            "> One.\n\n<!-- -->\n\n> Other.",
        ),
        (
            block(
                "table",
                "<figure><table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr>"
                "<td>1 | 2</td><td>3<br>4</td></tr></tbody></table>"
                "<figcaption>Numbers</figcaption></figure>",
            ),
            "| A | B |\n| --- | --- |\n| 1 \\| 2 | 3<br>4 |\n\nNumbers",
        ),
        (
            block("code", "<pre><code>if a &lt; b:\n    *x*</code></pre>"),
            "```\nif a < b:\n    *x*\n```",
        ),
        (block("preformatted", "<pre>a ``` b</pre>"), "````\na ``` b\n````"),
        (block("verse", "<pre class='wp-block-verse'>one\ntwo</pre>"), "one<br>\ntwo"),
        (
            block(
                "columns",
                block("column", block("paragraph", "<p>Left.</p>"))
                + block("column", block("paragraph", "<p>Right.</p>")),
            ),
            "Left.\n\nRight.",
        ),
        (
            block("buttons", '<div><a class="b" href="https://a.example/">Write</a></div>'),
            "[Write](https://a.example/)",
        ),
        (
            block("details", "<details><summary>What?</summary><p>That.</p></details>"),
            "**What?**\n\nThat.",
        ),
        (
            block("paragraph", "<p>Before.</p>")
            + block("more", "<!--more-->")
            + block("nextpage", "<!--nextpage-->")
            + block("spacer", '<div style="height:100px" aria-hidden="true"></div>')
            + block("paragraph", "<p>After.</p>"),
            "Before.\n\nAfter.",
        ),
        (block("separator", "<hr/>") + block("paragraph", "<p>After.</p>"), "---\n\nAfter."),
        (block("html", "<div><p>By <b>hand</b></p></div>"), "By **hand**"),
        (
            block("paragraph", "<p>H<sub>2</sub>O, <s>old</s>, <mark>new</mark></p>"),
            "H<sub>2</sub>O, <del>old</del>, new",
        ),
    ],
)
def test_a_block_becomes_markdown_without_a_remark(
    bring: Bring, stored: str, markdown: str
) -> None:
    result = bring(Entry(1, body=stored))
    assert result.body(FILE) == markdown
    assert "Please look" not in result.said


def test_pictures_galleries_and_files_come_with_captions(bring: Bring, tmp_path: Path) -> None:
    names = ("a.jpg", "b.jpg", "c.jpg")
    media = put_media(tmp_path, {name: picture(colour=f"#0{n}0") for n, name in enumerate(names)})
    (media / "guide.pdf").write_bytes(b"%PDF-1.4")
    stored = block(
        "image",
        f'<figure><a href="{UPLOADS}/a.jpg"><img src="{UPLOADS}/a-300x200.jpg" alt="A chair"/></a>'
        "<figcaption>It is <em>old</em></figcaption></figure>",
    )
    stored += block(
        "gallery",
        "".join(
            block("image", f'<figure><img src="{UPLOADS}/{name}" alt="One {name[0]}"/></figure>')
            for name in names[1:]
        )
        + "<figcaption>Two of them</figcaption>",
    )
    stored += block(
        "file",
        f'<div><a href="{UPLOADS}/guide.pdf">A guide</a>'
        f'<a href="{UPLOADS}/guide.pdf" class="wp-block-file__button" download>Download</a></div>',
    )
    result = bring(Entry(1, body=stored), media=media)
    assert result.body(FILE).split("\n\n") == [
        '![A chair](../images/a.jpg "It is old")',
        "![One b](../images/b.jpg)",
        "![One c](../images/c.jpg)",
        "Two of them",
        "[A guide](../downloads/guide.pdf)",
    ]
    assert "3 pictures, 1 other file." in result.said
    assert "Please look" not in result.said


def test_a_description_is_taken_from_the_media_library(bring: Bring, tmp_path: Path) -> None:
    media = put_media(tmp_path, {"a.jpg": picture()})
    stored = block(
        "image", f'<figure><img src="{UPLOADS}/a.jpg" alt="" class="wp-image-7"></figure>'
    )
    result = bring(Entry(1, body=stored), attachment(7, "a.jpg", "Two chairs"), media=media)
    assert result.body(FILE) == "![Two chairs](../images/a.jpg)"


def test_what_was_embedded_becomes_a_link_and_is_said_with_its_line(bring: Bring) -> None:
    stored = block("paragraph", "<p>See:</p>") + block(
        "embed", "<figure><div>\nhttps://www.youtube.com/watch?v=abc\n</div></figure>"
    )
    result = bring(Entry(1, body=stored))
    assert result.body(FILE) == "See:\n\n<https://www.youtube.com/watch?v=abc>"
    assert "line 10: What was embedded here became a link: https://www.youtube" in result.said
    assert result.text(FILE).split("\n")[9] == "<https://www.youtube.com/watch?v=abc>"


def test_a_reusable_block_is_put_where_it_was_used(bring: Bring) -> None:
    shared = Entry(9, "Shared", block("paragraph", "<p>I call back.</p>"), kind="wp_block")
    body = '<!-- wp:block {"ref":9} /-->\n\n<!-- wp:block {"ref":99} /-->'
    result = bring(Entry(1, body=body), shared)
    assert result.body(FILE) == "I call back."
    assert "line 8: A reusable block isn't in this export." in result.said


def test_a_reusable_block_that_holds_itself_ends(bring: Bring) -> None:
    loop = Entry(9, "Loop", 'Again. <!-- wp:block {"ref":9} /-->' * 2, kind="wp_block")
    result = bring(Entry(1, body='<!-- wp:block {"ref":9} /-->'), loop)
    assert result.code == 0
    assert "there are too many, or one holds itself." in result.said


def test_a_block_that_wordpress_fills_itself_is_said(bring: Bring) -> None:
    result = bring(Entry(1, body=block("paragraph", "<p>One.</p>") + "<!-- wp:calendar /-->"))
    assert result.body(FILE) == "One."
    assert "line 8: The block “calendar” can't come along." in result.said
