"""What comes along with a pasted text is mended, and the page shows the same words."""

import random
import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup

from insession.check.fix.body import BodyLine, Lines, text_of
from insession.check.fix.pasted import mend_pasted, without_byline
from insession.content.markdown import to_html
from insession.content.text_file import find_texts
from pelicanconf import MARKDOWN
from tests.support import ROOT


def lines_of(text: str) -> Lines:
    return [BodyLine(number, row) for number, row in enumerate(text.split("\n"), 1)]


def mended(text: str) -> str:
    return text_of(mend_pasted(lines_of(text))[0])


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("\tThe door closed behind her.", "The door closed behind her."),
        ("    The door closed behind her.\n\nMore.", "The door closed behind her.\n\nMore."),
        ("\tThe door closed.\n\tShe sat down.", "The door closed.\n\nShe sat down."),
        ("\tThe door closed.\nThen she sat down.", "The door closed.\n\nThen she sat down."),
        ("The door closed.\n\tThen she sat down.", "The door closed.\n\nThen she sat down."),
        ("\t“May I come in?” she asked.", "“May I come in?” she asked."),
        ("\tA first line that goes\non in a second.", "A first line that goes\non in a second."),
        ("It helps:\n• one\n• two\nAnd more.", "It helps:\n\n- one\n- two\n\nAnd more."),
        ("•\tone\n•\ttwo", "- one\n- two"),
        ("·\xa0one\n\n·\xa0two", "- one\n\n- two"),
        ("– one\n– two", "- one\n- two"),
        ("\uf0b7\tone\no\tb\n\uf0a7\tc\n\uf0b7\td", "- one\n    - b\n        - c\n- d"),
        ("\t•\tone\n\t•\ttwo", "- one\n- two"),
        ("• one\n\t• below\n• two", "- one\n    - below\n- two"),
        ("> • one\n> • two", "> - one\n> - two"),
        ("• one\n  and on\n• two", "- one\n  and on\n- two"),
        ("* one\n• two", "* one\n* two"),
        ("\t1.\tone\n\t2.\ttwo", "1. one\n2. two"),
        ("\tDear Ann,\n\n\tI was glad to read that you came.\n\n\tYours,\n\tJane",
         "Dear Ann,\n\nI was glad to read that you came.\n\nYours,\n\nJane"),
        ("**1. What helps**\n\nText.", "## 1. What helps\n\nText."),
        ("**What helps**\n\nText.", "## What helps\n\nText."),
        ("__What helps?__\nSome text.", "## What helps?\n\nSome text."),
        ("## A\n\nText.\n\n**B**\n\nText.", "## A\n\nText.\n\n### B\n\nText."),
        ("See https://example.org/a_b(c).", "See <https://example.org/a_b(c)>."),
        ("(www.example.org), or", "([www.example.org](https://www.example.org)), or"),
        ("Write to me@example.org.", "Write to <me@example.org>."),
        ("A[^1].\n\n[^1]: https://example.org/x", "A[^1].\n\n[^1]: <https://example.org/x>"),
        ("A\xa0door, and\xa0 a chair.", "A door, and a chair."),
        ("One\n\xa0\nTwo", "One\n\nTwo"),
        ("-\xa0one\n-\xa0two", "- one\n- two"),
        ("psycho\xadthera\xadpy\u200b\u2060", "psychotherapy"),
        ("\u200eHello\u200f", "Hello"),
    ],
)  # fmt: skip
def test_what_came_along_is_mended(pasted: str, meant: str) -> None:
    assert mended(pasted) == meant
    assert mended(meant) == meant


@pytest.mark.parametrize(
    "text",
    [
        "    def door(room):\n        return room.close",
        "    $ python3 tasks.py preview",
        "    sit down\n    breathe",
        "- A point.\n\n    It goes on in a second paragraph.\n\n- Another.",
        "A[^1].\n\n[^1]: A note.\n\n    It goes on in a second paragraph.",
        "Term\n:   What it is.\n\n    It goes on in a second paragraph.",
        "```\n• one\nhttps://example.org\nsoft\xadhyphen **bold**\n```",
        "`https://example.org` and `a\xa0b` and ``• `c` \xad``",
        "<pre>\n• one\xa0\nhttps://example.org\n\n\tThe door closed.\n</pre>",
        "<!-- https://example.org\xa0 -->",
        "– May I come in?\n– Do.",
        "– a thought alone",
        "1.\tone\n2.\ttwo",
        "    Roses are red,\n    violets are blue",
        "**Note:** the door is open.",
        "**Please ring twice.**\n\nText.",
        "The end.\n\n**Hannah**",
        "**One**\n\n**Two**",
        "[here](https://example.org/a_(b)) <https://example.org> <me@example.org>",
        "[https://example.org](https://example.org)",
        "[a]: https://example.org\n\n![x](https://example.org/x.png) [a]",
        '<a href="https://example.org">https://example.org</a>',
        '<div class="x">\nhttps://example.org\n</div>',
        "5\xa0km, Dr.\xa0Vale, §\xa03, «\xa0non\xa0», 10\xa0000",
        "👩\u200d👩\u200d👧 and \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u05e9\u05dc\u05d5\u05dd \u200f(1)\u200f",
        "a line  \nafter a break",
        "1. one\n2. two\n\n* three\n+ four",
    ],
)
def test_what_was_typed_stays(text: str) -> None:
    assert mend_pasted(lines_of(text)) == (lines_of(text), [])


@pytest.mark.parametrize("folder", ["articles", "pages"])
def test_the_sample_has_nothing_to_mend(folder: str) -> None:
    for path in find_texts(ROOT / "content", folder):
        body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        assert mend_pasted(lines_of(body))[1] == []


def test_each_change_has_the_line_of_the_file() -> None:
    text = "One.\n\tThen she sat down.\n\n**Three**\nText.\n\nUp:\n• four\n\nhttps://example.org"
    found = [(number, kind) for number, kind, *_ in mend_pasted(lines_of(text))[1]]
    assert sorted(found) == [(2, "indent"), (4, "heading"), (8, "point"), (10, "address")]


@pytest.mark.parametrize(
    ("byline", "is_gone"),
    [
        ("By Ruth Amsel", True),
        ("*by Ruth Amsel, LMHC*", True),
        ("Written by: **Ruth Amsel**", True),
        ("Author: Ruth Amsel", True),
        ("By Jo Guest", False),
        ("By Ruth Amsel’s door there is a bell.", False),
    ],
)
def test_a_byline_of_hers_that_the_page_has_goes(byline: str, is_gone: bool) -> None:
    lines, changes = without_byline(lines_of(f"{byline}\n\nText."), "Ruth Amsel")
    assert bool(changes) == is_gone
    assert text_of(lines) == ("Text." if is_gone else f"{byline}\n\nText.")
    assert without_byline(lines_of(f"Text.\n{byline}\nMore."), "Ruth Amsel")[1] == []


WORDS = "the door was open and she sat down by a window to wait for rain in spring".split()
MARK = "x = {1}"
CODE = ["let x = 1", "• a\xa0b", "https://code.example.org", "\tA sentence in code.", "**b**"]
TYPED = ["[here](https://example.org/x)", "<https://example.org>", "a_b_c", "1986.", "–", "· "]
BARE = ["https://example.org/a_b", "www.example.org,", "(me@example.org)"]


def sentence(chance: random.Random) -> str:
    words = chance.choices(WORDS, k=chance.randint(3, 14))
    for place in range(len(words)):
        word = words[place]
        signs = [f"{word}\xad{word}", f"{word}\u200b", f"{word}\xa0and", f"`{chance.choice(CODE)}`"]
        typed = [*[word] * 12, f"*{word}*", f"**{word}**", *TYPED]
        words[place] = chance.choice([*typed, *signs, *BARE])
    text = " ".join(words)
    return text[:1].upper() + text[1:] + chance.choice(".?!.….")


def piece(chance: random.Random) -> str:
    """One block of a text, as typed or as pasted."""
    rows = [sentence(chance) for _ in range(chance.randint(1, 3))]
    sign = chance.choice("•·–▪◦")
    indent = chance.choice(["", "", "\t", "    ", "  ", "\xa0"])
    return chance.choice(
        [
            "\n".join(rows),
            "\n\n".join(rows),
            "\n".join(f"{indent}{row}" for row in rows),
            "\n".join(
                f"{indent}{sign}{chance.choice([' ', chr(9), chr(160)])}{row}" for row in rows
            ),
            "\n".join(f"- {row}" for row in rows) + "\n    - below\n",
            "\n".join(f"{n}. {row}" for n, row in enumerate(rows, 1)),
            "\n".join(f"{n}) {row}" for n, row in enumerate(rows, 1)),
            f"- {rows[0]}\n\n    {rows[-1]}",
            "\n".join(f"> {row}" for row in rows),
            f"**{' '.join(chance.choices(WORDS, k=3)).capitalize()}**",
            f"## {' '.join(chance.choices(WORDS, k=3)).capitalize()}",
            "```\n" + "\n".join([MARK, *chance.choices(CODE, k=3)]) + "\n```",
            "~~~ py\n" + "\n".join([MARK, *chance.choices(CODE, k=3)]) + "\n~~~",
            f"    {MARK}\n    • y(z)",
            "<pre>\n" + "\n".join([MARK, *chance.choices(CODE, k=2)]) + "\n</pre>",
            "<div>\n" + rows[0] + "\n</div>",
            "| a | b |\n| --- | --- |\n| \xa0 | https://example.org |",
            "Term\n:   " + rows[0],
            "\xa0",
        ]
    )


def page_of(text: str) -> tuple[str, list[str], list[str]]:
    """The letters that a text's page shows, its blocks of code, and its code in running text."""
    page = BeautifulSoup(to_html(text, MARKDOWN), "html.parser")
    blocks = [each.get_text() for each in page.select("pre")]
    running = [each.get_text() for each in page.select(":not(pre) > code")]
    letters = "".join(re.findall(r"[^\W\d_]", re.sub(r"[\xad\u200b]", "", page.get_text())))
    return letters, [each for each in blocks if MARK in each], running


@pytest.mark.parametrize("seed", range(60))
def test_the_page_shows_the_same_words_and_a_second_run_changes_nothing(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(5):
        text = chance.choice(["\n\n", "\n\n", "\n"]).join(
            piece(chance) for _ in range(chance.randint(1, 6))
        )
        lines, changes = mend_pasted(lines_of(text))
        after = text_of(lines)
        (letters, blocks, running), was = page_of(after), page_of(text)
        assert (letters, blocks) == was[:2], f"{text!r}\n{after!r}"
        assert not Counter(was[2]) - Counter(running), f"{text!r}\n{after!r}"
        assert mend_pasted(lines_of(after)) == (lines_of(after), []), f"{text!r}\n{after!r}"
        rows, seen = text.split("\n"), set[int]()
        for number, _, before, _ in changes:
            assert number in seen or rows[number - 1] == before
            seen.add(number)
        assert [line.number for line in lines if line.number] == sorted(
            line.number for line in lines if line.number
        )
