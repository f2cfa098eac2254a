"""The short way to clean HTML makes what the parser makes, or leaves it to the parser."""

import random

import pytest

from insession.output.parsed_html import parse_and_clean
from insession.output.plain_html import clean_plain

URL = "https://x.example.org/a/"
TAGS = """a abbr b bdi br cite code dd div dl dt em figure figcaption h2 hr img li ol p script
section span style sup svg table tbody td th tr ul video""".split()
PLAIN = ["word ", "&amp; ", "&lt;b&gt;", "&quot;", '"', "'", "\n", "é", "\xa0", "א", "&#160;", "–"]
ODD = ["&nbsp;", "&amp", "<", ">", "\u200b", "\ufe0f", "\x0c", "\r\n", "\0", "<!-- x -->", "&#65;"]
ATTRIBUTES = [
    *(' id="x"', ' class="y"', ' href="/a"', ' href="b?x=1&amp;y=2"', ' href="#c"', ' href=""'),
    *(' href="mailto:a@b.example"', ' href="javascript:alert(1)"', ' href="//y.example"'),
    *(' href="HTTP://y.example/é"', ' href="https://a@b.example/"', ' href=" /x"', ' href="\\x"'),
    *(' src="a.png"', ' srcset="a.png 2x"', ' alt=""', ' width="3"', ' loading="lazy"', " hidden"),
    *(' class="section-link" href="#x"', ' title="&quot;"', ' onclick="x"', " id='x'"),
    *(' lang="he"', ' cite="/x"', ' start="3"', ' style="x"', ' colspan="2"', ' scope="row"'),
]
FORMS = {
    "table": "<tbody><tr><td>{}</td>\n<th>{}</th></tr></tbody>",
    "dl": "<dt>{}</dt> <dd>{}</dd>",
    "ul": "<li>{}</li>\n<li>{}</li>",
}


def some_html(chance: random.Random, depth: int = 0) -> str:
    """HTML that is mostly well written."""
    parts = []
    for _ in range(chance.randint(0, 3) if depth < 5 else 0):
        tag, words = chance.choice(TAGS), chance.choice(PLAIN if chance.random() < 0.97 else ODD)
        written = "".join(chance.sample(ATTRIBUTES, k=chance.choice([0, 0, 0, 1, 2])))
        form = FORMS.get(tag, "{}{}") if chance.random() < 0.9 else "{}{}"
        inside = form.format(some_html(chance, depth + 1), some_html(chance, depth + 1))
        end = f"</{tag}>" if chance.random() < 0.98 else f"</{chance.choice(TAGS)}>"
        ending = "" if tag in {"br", "hr", "img"} else inside + end
        parts += [words, f"<{tag}{written}>{ending}"]
    return "".join(parts)


@pytest.mark.parametrize("seed", range(2))
def test_both_ways_make_the_same(seed: int, thorough: bool) -> None:
    chance, plain = random.Random(seed), 0
    for _ in range(20_000 if thorough else 400):
        html = some_html(chance)
        found = clean_plain(html, URL)
        if found is not None:
            plain += 1
            assert found == parse_and_clean(html, URL), html
    assert plain > 50


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p class="x">A <em>b</em> &amp; “c”.</p>', "<p>A <em>b</em> &amp; “c”.</p>"),
        ('<a href="/b/?c=1&amp;d=2">e</a>', '<a href="https://x.example.org/b/?c=1&amp;d=2">e</a>'),
        ('<h2 id="a">B<a class="section-link" href="#a"></a></h2>', '<h2 id="a">B</h2>'),
        ("<p>A&#160;<a href='#b'>&#8617;</a></p>", None),
        ("<table><tr><td>a</td></tr></table>", None),  # a browser adds a tbody
        ("<p><ul><li>a</li></ul></p>", None),
        ("<p>a<div>b</div></p>", None),
        ('<a href="#a"><em><a href="#b">c</a></em></a>', None),
        ("<ul><li><li>a</li></li></ul>", None),
        ("<script>a</script>", None),
        ('<a href="javascript:a()">b</a>', None),
        ('<a href="java&#115;cript:a()">b</a>', None),
        ('<p id="a" id="b">c</p>', None),
        ("<em>a", None),
        ("a</em>", None),
        ("a > b", None),
        ("a\u200bb", None),
    ],
)
def test_what_is_plain(html: str, expected: str | None) -> None:
    assert clean_plain(html, URL) == expected
    assert expected is None or parse_and_clean(html, URL) == expected
