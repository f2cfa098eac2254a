"""Her Markdown: what a converter leaves out is never missed."""

import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown
from markdown.util import ETX
from pelican.settings import read_settings

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
        *("*two words*", "**very**", "# h\n\n", "(b.md)"),
        *("\n***\n", "1. a\n\n    word\n", "> word\nword\n", "a\n: b\n\nword\n", "\r"),
    ),
]


@cache
def options() -> dict[str, Any]:
    return read_settings(str(ROOT / "pelicanconf.py"))["MARKDOWN"]


def compare(text: str) -> None:
    expected = by_all_parts(text)
    # Of *a**b*[c](d.md) Python-Markdown 3.11.3 leaves one of its own marks, with a number.
    if ETX not in expected:
        assert to_html(text, options()) == expected, text


def by_all_parts(text: str) -> str:
    return Markdown(**options()).convert(text)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_is_read_as_by_a_converter_with_all_parts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert to_html(text, options()) == by_all_parts(text)


@pytest.mark.parametrize("seed", range(10))
def test_any_markdown_is_read_as_by_a_converter_with_all_parts(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(40):
        known = chance.sample(PIECES, chance.randint(3, 12))
        text = "".join(chance.choices(known, k=chance.randint(2, 20)))
        compare(text)


def test_nothing_of_one_text_is_in_the_next() -> None:
    first = (
        "[a][c] HTML[^1]\n\n[c]: https://example.org\n\n*[HTML]: Hyper\n\n[^1]: A note.\n\n## H\n"
    )
    second = (
        "[a][c] HTML[^1]\n\n[d]: https://example.org\n\n*[TEXT]: Hyper\n\n[^2]: A note.\n\n## H\n"
    )
    to_html(first, options())
    assert to_html(second, options()) == by_all_parts(second)


def test_a_text_that_cannot_be_read_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "> > a *text*"
    expected = to_html(text, options())
    with monkeypatch.context() as patched, pytest.raises(RecursionError):
        patched.setattr("markdown.blockprocessors.BlockQuoteProcessor.clean", _fail)
        to_html(text, options())
    assert to_html(text, options()) == expected


def _fail(*_: object) -> None:
    raise RecursionError
