"""Changing tags in HTML: what is not meant to change stays as it was, to the letter."""

import random

import pytest

from insession.common import html as module
from insession.common.html import Attributes, rewrite_tags, tags

TRICKY = [
    "",
    "plain text, no tags",
    "5 < 6 and 7 > 3 & <3",
    "&nbsp;&copy;&amp;copy;&#8217;&#x2019;&unknown; &",
    "<!-- <img src=a> -- > --><p>x</p>",
    "<!-- never closed <img src=b>",
    "<!doctype html><?php echo '<img>' ?><![CDATA[ <img> ]]>",
    "<script>if (a<b && c>d) { x = '<img src=\"y\">' }</script>",
    "<style>p > a::before { content: '<img>' }</style>",
    "<p class='one' id=two data-x hidden>x</P >",
    '<p title="a > b" lang=\'en\'\n   dir="ltr"\t>\r\nx</p>\r\n',
    "<br><br/><br /><BR>",
    "<a href='it&apos;s.html?a=1&amp;b=2&c=3'>x</a>",
    "Zoë 🙂 \u2028 \u0085 \x0c <em>é</em>",
    "<p>unclosed <b>and <i>crossed</b></i>",
    "</p></nothing>",
    "<p",
    '<a href="',
    "< p >not a tag</ p>",
    "<textarea>&lt;b&gt;</textarea><title>a &amp; b</title>",
    "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>",
    "<p>a\rb</p>\r<p>c</p>",
]
VALUES = ["x", "", "a > b", "5 < 6", "“so” & 'so'", "&amp;", "a\nb", 'say "hi"']


def leave(tag: str, attributes: Attributes) -> None:
    """Change nothing."""


def mark_pictures(tag: str, attributes: Attributes) -> Attributes | None:
    return attributes | {"data-seen": "1"} if tag == "img" else None


@pytest.mark.parametrize("html", TRICKY)
def test_what_is_left_alone_stays_to_the_letter(html: str) -> None:
    assert rewrite_tags(html, leave) == html


@pytest.mark.parametrize("html", [html for html in TRICKY if html.endswith((">", "s", "n"))])
def test_one_changed_tag_among_others_changes_nothing_else(html: str) -> None:
    if "never closed" in html:
        html = ""
    changed = rewrite_tags(f'{html}\n<img src="x">\n{html}', mark_pictures)
    assert changed == f'{html}\n<img src="x" data-seen="1">\n{html}'


@pytest.mark.parametrize("seed", range(5))
def test_the_tags_of_a_changed_text_are_those_that_stand_in_it(seed: int) -> None:
    chance = random.Random(seed)
    pieces = [
        *TRICKY,
        "<p>",
        "</p>",
        '<img src="a&amp;b">',
        '<a href="c" title="d">',
        "<br />",
        "é",
    ]

    def change(tag: str, attributes: Attributes) -> Attributes | None:
        is_changed = chance.random() < 0.5
        return attributes | {"title": chance.choice(VALUES)} if is_changed else None

    for _ in range(200):
        written = chance.choices([*pieces[-6:], chance.choice(pieces)], k=9)
        changed = rewrite_tags("".join(written), change)
        known = module._start_tags(changed)
        module._start_tags.cache_clear()
        module._rewritten = "", []
        assert known == module._start_tags(changed), changed


@pytest.mark.parametrize(
    ("html", "changed"),
    [
        ("<IMG SRC=a.png>", '<img src="a.png" data-seen="1">'),
        ("<img src='a.png' hidden/>", '<img src="a.png" hidden data-seen="1" />'),
        ('<img alt="a &gt; b">', '<img alt="a &gt; b" data-seen="1">'),
        ('<img alt="a > b">', '<img alt="a &gt; b" data-seen="1">'),
        ("<img alt='say \"hi\"'>", '<img alt="say &quot;hi&quot;" data-seen="1">'),
        ('<img alt="&amp;lt;">', '<img alt="&amp;lt;" data-seen="1">'),
        ('<img\n  src="a"\n  alt="b\nc"\n>', '<img src="a" alt="b\nc" data-seen="1">'),
        ("é🙂\n<i>🙂</i><img>", 'é🙂\n<i>🙂</i><img data-seen="1">'),
        ("<img><img>", '<img data-seen="1"><img data-seen="1">'),
        ("<pre>a\r\n\r\n</pre><img>", '<pre>a\r\n\r\n</pre><img data-seen="1">'),
    ],
)
def test_a_changed_tag_is_written_safely(html: str, changed: str) -> None:
    assert rewrite_tags(html, mark_pictures) == changed


@pytest.mark.parametrize(
    "html", ["<!-- <img> -->", "<script>'<img>'</script>", "<style>'<img>'</style>", "&lt;img&gt;"]
)
def test_what_only_looks_like_a_tag_is_none(html: str) -> None:
    assert rewrite_tags(html, mark_pictures) == html


def test_attributes_are_read_as_a_browser_reads_them() -> None:
    (found,) = tags("<A HREF='a?x=1&amp;y=2' title=\"&lt;&#8217;\" download>")
    assert found == ("a", {"href": "a?x=1&y=2", "title": "<’", "download": None})


def test_the_first_of_two_equal_attributes_counts_as_in_a_browser() -> None:
    (found,) = tags('<a href="javascript:alert(1)" href="https://example.org/">')
    assert found[1]["href"] == "javascript:alert(1)"


PIECES = """<b> </b> <a href="x.md"> </a> <img src="a&amp;b" alt=""> <br /> <hr/> <i hidden> <B> <p
    <abbr title="a>b"> <p lang='en'> <a href="x?a&b"> <td class="a" class="b"> <script> </script>
    <textarea> <!-- --> <? ?> &amp; &#8217; &# &x & < > " ' = / word""".split()
COMMENT = "<!---->"  # with it, nothing is plain any more, and Python's parser reads all


@pytest.mark.parametrize("seed", range(20))
def test_plain_tags_are_read_as_all_others_are(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(100):
        html = " ".join(chance.choices(PIECES, k=chance.randint(1, 8)))
        assert [*tags(html)] == [*tags(COMMENT + html)], html
        marked = rewrite_tags(html, mark_pictures)
        assert COMMENT + marked == rewrite_tags(COMMENT + html, mark_pictures), html
