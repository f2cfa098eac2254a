"""Typographic signs: where SmartyPants sets them, and nowhere else."""

import random
import re
from pathlib import Path

import pytest
from markdown import Markdown
from pelican.settings import read_settings
from smartypants import Attr, smartypants

from insession.plugins.typography import phrases, typeset
from tests.support import ROOT

TEXTS = [*(ROOT / "content").rglob("*.md"), *(ROOT / "docs").rglob("*.md")]
STYLE = Attr.q | Attr.d | Attr.e | Attr.u
PIECES = [
    *"'''\"\"\"  aasS.-!,()[{\\`;:?x\n\u00a0é—”",
    *("<b>", "</b>", "<em>", "</em>", '<a href="x">', "</a>", "<code>", "</code>", "<pre>"),
    *("'s ", "'80s", "&nbsp;", "&mdash;", "&amp;", "&gt;", "&#8217;", "&#8220;", "&#38;"),
    *("...", "--", ". . .", "\\'", '\\"'),
]


def as_smartypants(html: str) -> str:
    """Return it with what SmartyPants takes for opening quotation marks set right before."""
    html = re.sub(r"(</(?:a|b|em)>)'(?=(?:s|d|m|t|ll|re|ve)\b)", r"\1’", html)
    return smartypants(re.sub(r"(^|\s)'(?=\d\ds\b)", r"\1’", html), STYLE)


@pytest.mark.parametrize("seed", range(20))
def test_any_text_is_set_as_smartypants_sets_it(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(200):
        html = "".join(chance.choices(PIECES, k=chance.randint(1, 14)))
        assert typeset(html) == as_smartypants(html), html


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_whole_text_is_set_as_smartypants_sets_it(path: Path) -> None:
    markdown = read_settings(str(ROOT / "pelicanconf.py"))["MARKDOWN"]
    html = Markdown(**markdown).convert(path.read_text(encoding="utf-8"))
    assert typeset(html) == as_smartypants(html)


@pytest.mark.parametrize(
    ("written", "typeset_so"),
    [
        ("\"It's 'quiet' here,\" she said -- then...", "“It’s ‘quiet’ here,” she said — then…"),
        ("<a>Ann</a>'s and the '90s", "<a>Ann</a>’s and the ’90s"),
        ('<em>"Well</em>"', "<em>“Well</em>”"),
        ("'<b>x</b>'", "‘<b>x</b>’"),
        ("<code>'a' -- \"b\"</code> 'a'", "<code>'a' -- \"b\"</code> ‘a’"),
        ("<code>a</pre>'b'</code>'c'", "<code>a</pre>'b'</code>‘c’"),
        ("<!-- it's -- \"here\" -->it's", '<!-- it\'s -- "here" -->it’s'),
        ("<i title=\"a > 'b'\">c</i>", '<i title="a &gt; &#x27;b&#x27;">c</i>'),
        (
            "It's rock 'n' roll, 'tis true, in '68 and 5'10\" tall.",
            "It’s rock ’n’ roll, ’tis true, in ’68 and 5’10” tall.",
        ),
        (
            "Rock 'N' Roll, 'til '99; '02–'03 (the '70s)",
            "Rock ’N’ Roll, ’til ’99; ’02–’03 (the ’70s)",
        ),
        ("<em>'68</em> or '68, the clients' rooms", "<em>’68</em> or ’68, the clients’ rooms"),
        ("He said 'no' to 'em", "He said ‘no’ to ’em"),
        (
            "the word 'til' and '20 years ago,' he said",
            "the word ‘til’ and ‘20 years ago,’ he said",
        ),
        ("'12'", "‘12’"),
        ("<code>['10', '20'] 'tis</code> 6'2\"", "<code>['10', '20'] 'tis</code> 6’2”"),
        ("5'10&#34; &#39;90", "5’10&#34; &#39;90"),
        ("nothing to set", "nothing to set"),
        ("", ""),
    ],
)
def test_signs_are_set_in_running_text_only(written: str, typeset_so: str) -> None:
    assert typeset(written) == typeset_so


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Plain words, for people who wonder.", ["Plain words,", "for people who wonder."]),
        ("On love and loss; on time", ["On love", "and loss;", "on time"]),
        ("What helps — or not", ["What helps —", "or not"]),
        ("Sandcastles in Orlando, 3.5 miles away", ["Sandcastles in Orlando,", "3.5 miles away"]),
        ("מילים פשוטות, למי שתוהה", ["מילים פשוטות,", "למי שתוהה"]),
        ("Words", ["Words"]),
    ],
)
def test_a_sentence_is_broken_between_its_phrases(sentence: str, parts: list[str]) -> None:
    assert phrases(sentence) == parts
