"""Her Markdown means what every other editor shows."""

import pytest

from insession.content.markdown import to_html
from tests.content.editors import shown_elsewhere, structure
from tests.content.test_markdown import options
from tests.content.varied_markdown import write_article

# What people write who come from another editor, of each kind that the specification has.
KINDS = {
    "paragraphs": [
        "One\ntwo\n\nthree",
        "  One\n     two",
        "One  \ntwo\\\nthree",
        "    a tab or four spaces begin code",
        "\tA paragraph that somebody has indented",
        "One\n    two, indented",
        "One\n\n\n\nTwo",
        "Word\n- \nword",
    ],
    "lists": [
        "Three things help:\n- breathing\n- walking\n- talking",
        "Points:\n\n- one\n  - sub a\n  - sub b\n- two",
        "- First point.\n\n    More about it.\n- Second point.",
        "- First point.\n\n  More about it.\n\n- Second point.",
        "* a\n + b\n  - c",
        "- a\n    - b\n        - c",
        "1. a\n   - b\n   - c\n2. d",
        "1. a\n\n   b\n\n       code\n\n2. c",
        "First:\n1. a\n2. b",
        "In\n1986. A great year",
        "1) a\n2) b\n3. c",
        "007. a\n008. b",
        "- a\n- b\n\n\n- c",
        "- a\n\n\n\n  b",
        "- a\n* b\n+ c",
        "- a\n> q\n- b",
        "- > a\n  > b\n- c",
        "- # a\n- b\n  ---\n  c",
        "- ```\n  code\n  ```\n- b",
        "-\n  a\n-\n- b",
        "- - a\n  - b\n- 1. c",
        "- a\nlazy\n- b",
        "- a\n\nb\n- c",
        "- a\n\n      code\n- b",
        "10. a\n    - b\n11. c",
        "100. a\n     - b",
        "-one\n-two",
        "- [ ] to do\n- [x] done",
        "- a\n\n[^1]: n\n\n- b[^1]",
    ],
    "quotations": [
        "He said:\n> well\n> then",
        "> a\nb\n\n> c",
        "> a\n>\n> b",
        "> a\n\n> b",
        "> - a\n> - b\n- c",
        "> # a\n> b\n> > c\n> d",
        ">a\n  > b\n    > c",
        "> ```\n> code\n\nno code",
        ">     code\n\n>    word",
        "> a\n---\n> b",
    ],
    "headings": [
        "## a\nb\n### c ###\nd",
        "a\n---\nb\n===\nc",
        "a\nb\n---",
        "#a\n\n####### b\n\n\\## c",
        "##\n\n## a \\##\n\n## b #c",
        "  ## a\n\n    ## b",
        "a\n##  b  ##  \nc",
        "> a\n===\n\n- b\n---",
    ],
    "code": [
        "a\n```\nb *c* <d> &amp;\n```\ne",
        "~~~ sh\na\n\n\nb\n~~~",
        "```\nnever closed\n\n- a",
        "  ```\n  a\n    b\n  ```",
        "````\n```\n````",
        "a ``b`c`` d ` e ` f ` g",
        "`a\nb` `` ` `` \\`c`",
        "    a\n\n\n    b\n\nc",
        "``` a`b\n```",
        "- a\n\n  ```\n  b\n\n  c\n  ```",
    ],
    "links": [
        "[a](b.md) [c]( <d e.md> 'f' ) [g](h(i).md) [j]()",
        "[a][b] [b][] [b] [c]\n\n[B]: d.md (e)",
        "[a *b `c]` d*](e.md)",
        "[a [b](c.md) d](e.md)",
        "![a *b*](c.png 'd') ![[a](b.md)](c.png)",
        "<https://a.org?b=c&d> <a@b.org> <not a link>",
        "[a](b\n'c\nd')",
        "[a]\n\n[a]:\nb.md\n'c'\nd",
        "[a\\]](b) [a](\\(b) [a](b&amp;c)",
        "*a [b*](c.md) **[d](e.md)**f",
        "[a] (b.md)",
        "https://www.example.org is no link",
    ],
    "emphasis": [
        "*a**b*[c](d.md)",
        "a*b*c a_b_c __d__e **f**g",
        "***a** b* ***c* d** **e*f***",
        "*a **b* c**",
        "** a** *b * c* d",
        "_(a)_. _a_b __a__, **“a”**b *a*“b”",
        "**Note:**a **Note:** a",
        "*a _b* c_ `*d*` \\*e* *f\\*",
        "****a**** **a*b*c**",
        "*a\nb* **c\n\nd**",
    ],
    "signs": [
        "\\*a\\* \\a \\\\ \\[b](c) \\& \\<d>",
        "&copy; &amp;copy; &nope; &#169; &#xA9; a & b AT&T; x<y>z < 3",
        "a -- b --- c ... 'd' \"e\"",
        "***\n---\n___\n * * *\n--\n-\n",
        "a  \n  b\\\n\\\nc",
    ],
    "tables": [
        "Fees:\n| a | b |\n|---|---|\n| c | d |",
        "a | b\n--|--\nc | d | e\nf\n\ng",
        "| a |\n|---|\n| b \\| c `d|e` |\n> f",
        "- a\n\n  | b | c |\n  |---|--:|\n  | d | *e* |",
        "| a | b |\n|---|\n| c | d |",
    ],
    "terms": [
        "Term\n: meaning",
        "Term\n\n:   meaning\n\n    more\n\n:   another\n\nOther *term*\n: - a\n  - b",
        "a: b\n\n: c",
        "A paragraph\nTerm\n: meaning",
    ],
    "footnotes": [
        "a[^1] b[^x]\n\n[^1]: note *c*\n\n    more\n\n    - d\n[^x]: other\n\nafter",
        "a[^1] b[^1]\n[^1]: right under a line",
        "- a[^1]\n\n  [^1]: in a list\n- b",
        "a[^none]",
    ],
    "HTML": [
        "a <b>*c*</b> <!-- d --> e<br>f",
        "<div>\n*a*\n</div>\n\n<div>\n\n*a*\n\n</div>",
        "<table>\n<tr><td>*a*</td></tr>\n</table>\nb",
        "<!-- a\n\n*b* -->\n*c*",
        "a\n<div>b</div>\nc",
        "<details>\n<summary>a</summary>\n\n- b\n\n</details>",
        "<del>\n\na\n\n</del>",
        "<pre>\n\n*a*\n</pre>\n*b*",
    ],
}
EXAMPLES = [(kind, text) for kind, texts in KINDS.items() for text in texts]

# What CommonMark shows otherwise, and why our page doesn't.
WANTED = {
    "the picture doesn't vanish because its file's name has spaces": (
        '![Two chairs](two chairs.jpg "Chairs")',
        [
            "<p>",
            '![Two chairs](two chairs.jpg "Chairs")',
            "</p>",
        ],
        ["<p>", "<img>", "</p>"],
    ),
    "a link to a file with spaces leads there": (
        "[The form](../downloads/my form.pdf)",
        ["<p>", "[The form](../downloads/my form.pdf)", "</p>"],
        ["<p>", "<a>", "The form", "</a>", "</p>"],
    ),
    "a caption may quote somebody": (
        '![A chair](chair.jpg "He said "sit" and sat")',
        ["<p>", '![A chair](chair.jpg "He said "sit" and sat")', "</p>"],
        ["<p>", "<img>", "</p>"],
    ),
    "Chinese and Japanese have no spaces beside what is stressed": (
        "これは**「静」**です",
        ["<p>", "これは**「静」**です", "</p>"],
        ["<p>", "これは", "<strong>", "「静」", "</strong>", "です", "</p>"],
    ),
    "a note that nothing refers to is shown, and check names it": (
        "Words.\n\n[^1]: A note.",
        ["<p>", "Words.", "</p>"],
        ["<p>", "Words.", "</p>", "<ol>", "<li>", "<p>", "A note.", "</p>", "</li>", "</ol>"],
    ),
    "a word's language may begin a paragraph on a line of its own": (
        '<span lang="de">\n*Sehnsucht*\n</span>\nis a word.',
        ["<span>", "*Sehnsucht*", "</span>", "is a word."],
        ["<p>", "<span>", "<em>", "Sehnsucht", "</em>", "</span>", "is a word.", "</p>"],
    ),
    "a picture in HTML stands where one in Markdown would": (
        '<img src="line.png" alt="">',
        ["<img>"],
        ["<p>", "<img>", "</p>"],
    ),
    "HTML can say that Markdown is in it": (
        '<div class="poem" markdown="1">\n*One*\n</div>',
        ["*One*"],
        ["<p>", "<em>", "One", "</em>", "</p>"],
    ),
    "an abbreviation is explained where it stands": (
        "CBT helps.\n\n*[CBT]: cognitive behavioral therapy",
        ["<p>", "CBT helps.", "</p>", "<p>", "*[CBT]: cognitive behavioral therapy", "</p>"],
        ["<p>", "<abbr>", "CBT", "</abbr>", "helps.", "</p>"],
    ),
    "a heading and a paragraph can have a name": (
        "## Endings {#ends}\n\nWords.\n{: .lead}",
        ["<h2>", "Endings {#ends}", "</h2>", "<p>", "Words. {: .lead}", "</p>"],
        ["<h2>", "Endings", "</h2>", "<p>", "Words.", "</p>"],
    ),
    "[TOC] is the table of contents": (
        "[TOC]\n\n## Endings",
        ["<p>", "[TOC]", "</p>", "<h2>", "Endings", "</h2>"],
        ["<ul>", "<li>", "<a>", "Endings", "</a>", "</li>", "</ul>", "<h2>", "Endings", "</h2>"],
    ),
    "numbers of notes are those of their order at the end": (
        "One[^b] two[^a]\n\n[^a]: A\n[^b]: B",
        ["<p>", "One", "<sup>", "<a>", "1", "</a>", "</sup>", "two", "<sup>", "<a>", "2"],
        ["<p>", "One", "<sup>", "<a>", "2", "</a>", "</sup>", "two", "<sup>", "<a>", "1"],
    ),
}


def shown_here(markdown: str) -> list[str]:
    return structure(to_html(markdown, options()))


@pytest.mark.parametrize(("kind", "text"), EXAMPLES, ids=lambda value: repr(value)[1:-1][:40])
def test_each_kind_shows_what_every_editor_shows(kind: str, text: str) -> None:
    assert shown_here(text) == shown_elsewhere(text)


@pytest.mark.parametrize("hundred", [0, 100, 200])
def test_varied_articles_show_what_every_editor_shows(hundred: int) -> None:
    for seed in range(hundred, hundred + 100):
        article = write_article(seed)
        assert shown_here(article) == shown_elsewhere(article), article


@pytest.mark.parametrize("reason", WANTED)
def test_what_differs_is_wanted(reason: str) -> None:
    text, elsewhere, here = WANTED[reason]
    assert shown_elsewhere(text)[: len(elsewhere)] == elsewhere
    assert shown_here(text)[: len(here)] == here


def test_no_mark_of_python_markdown_is_left_on_a_page() -> None:
    html = to_html(
        "*a**b*[c](d.md) \x02klzzwxh:0005\x03 \x02wzxhzdk:0\x03 <b>\n\n<!-- e -->", options()
    )
    assert "\x02" not in html
    assert "\x03" not in html
    assert '<em>a**b</em><a href="d.md">c</a>' in html


def test_an_address_stays_as_it_is_written() -> None:
    html = to_html("[a](../artículos/ça va.md) ![b](<x y.png>) [c]({practice.website})", options())
    assert 'href="../artículos/ça va.md"' in html
    assert 'src="x y.png"' in html
    assert 'href="{practice.website}"' in html


def test_a_note_that_is_referred_to_twice_leads_back_to_both_places() -> None:
    html = to_html("a[^1] b[^1] c[^two]\n\n[^1]: One\n[^two]: - in a list", options())
    assert html.count('href="#fn:1"') == 2
    assert 'href="#fnref:1"' in html
    assert 'href="#fnref2:1"' in html
    assert 'href="#fnref:two"' in html


def test_lists_in_lists_lose_no_words() -> None:
    deep = "\n".join(f"{'  ' * level}- point {level}" for level in range(40))
    assert all(f"point {level}" in to_html(deep, options()) for level in range(40))
