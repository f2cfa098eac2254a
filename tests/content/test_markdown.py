"""Her Markdown: what is written without a parser is what the parser would say."""

import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pelican.settings import read_settings

from insession.content import plain_blocks
from insession.content.markdown import to_html
from tests.support import ROOT

TEXTS = sorted([*(ROOT / "content").rglob("*.md"), *(ROOT / "docs").rglob("*.md")])
PIECES = [
    *"*_`\\[](){}!:|<>&# \t\n",
    *("word", "**", "***", "two words", "  \n", "\n\n", "``", "\\*", "&amp;", "&#8212;", "HTML"),
    *("[a](b.md)", "[a][c]", "\n[c]: https://example.org 'T'\n\n", "![i](j.png)", "![i][c]"),
    *("<https://example.org>", "<a@example.org>", "<b>", "</b>", "<div>", "</div>\n\n"),
    *('<div markdown="1">\n\n', "<!-- c -->", "<?php ?>", "\n# h\n", "\n## h {#x}\n", "\n===\n"),
    *("\n---\n", "\n> q\n", "\n- l\n", "\n1. o\n", "    code\n", "\n    - n\n", "```\nx\n```\n"),
    *("[^1]", "\n[^1]: note\n\n", "\n*[HTML]: Hyper\n", "\nterm\n: def\n", "{.cls}", "{: #id }"),
    *(
        "\n| a | b |\n|---|:-:|\n| c | d |\n",
        "a | b\n--|--\nc | d\n",
        "~~~ {.py}\nx\n~~~\n",
        "[TOC]",
        *("“so”\n", "(a)\nword", "_x_ y\n", "word\n", "word\n===\n", "- l\n\n    word\n\n"),
        *("- a\n- b\n\n", "> q\n> r\n\n", "- word\n\n", "(b).", "“", "\n\n\n"),
        *("静", "「", "」", "’", "\u00a0", "😀", "\u2003\n", "1", "~", "$", "é"),
        *("*two words*", "**very**", "# h\n\n", "(b.md)"),
        *("\n***\n", "1. a\n\n    word\n", "> word\nword\n", "a\n: b\n\nword\n", "\r"),
    ),
]


@cache
def options() -> dict[str, Any]:
    return read_settings(str(ROOT / "pelicanconf.py"))["MARKDOWN"]


def by_parser(text: str) -> str:
    """Return what comes out if nothing is written without the parser."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plain_blocks, "OPAQUE", ("",))
        return to_html(text, options())


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_is_read_as_by_the_parser_alone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert to_html(text, options()) == by_parser(text)


@pytest.mark.parametrize("seed", range(10))
def test_any_markdown_is_read_as_by_the_parser_alone(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(40):
        known = chance.sample(PIECES, chance.randint(3, 12))
        text = "".join(chance.choices(known, k=chance.randint(2, 20)))
        assert to_html(text, options()) == by_parser(text), text


def test_nothing_of_one_text_is_in_the_next() -> None:
    first = (
        "[a][c] HTML[^1]\n\n[c]: https://example.org\n\n*[HTML]: Hyper\n\n[^1]: A note.\n\n## H\n"
    )
    second = (
        "[a][c] HTML[^1]\n\n[d]: https://example.org\n\n*[TEXT]: Hyper\n\n[^2]: A note.\n\n## H\n"
    )
    to_html(first, options())
    assert to_html(second, options()) == by_parser(second)


def test_a_text_that_cannot_be_read_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "> > a *text*"
    expected = to_html(text, options())
    with monkeypatch.context() as patched, pytest.raises(RecursionError):
        patched.setattr("insession.content.commonmark.Tree.grow", _fail)
        to_html(text, options())
    assert to_html(text, options()) == expected


def _fail(*_: object) -> None:
    raise RecursionError
