"""Blocks of Markdown that can be nothing else, such as most paragraphs, written without a parser.

That is quick, and the parser would say the same (`tests/content/test_markdown.py`).
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

# With one of these a block may reach over an empty line: HTML, fenced code, a tab.
OPAQUE = ("<", "```", "~~~", "\t", "\r")
# A line that can't begin anything: it starts with a word.
LINE = r"""[*_("'“‘]{0,2}[^\W\d_].*"""
HEADING = re.compile(rf"(#{{1,6}}) +({LINE})(?<![# ])")
PARAGRAPH, QUOTE, POINTS = (
    re.compile(rf"{begin}{LINE}(?:\n{begin}{LINE})*") for begin in ("", "> ", "- ")
)
EMPTY = re.compile(r"\n(?:[ ]*\n)+")
# What nothing but a mark has in it. In a block without any other, these are the marks: one star or
# two on each side of words, and a link to a plain address.
SIGN = re.compile(r"[*_`\\&\[\]]")
WORDS = r"[^*_`\\&\[\]]+"
STARS = rf"\*(\*?)(?=[^\W_])({WORDS})(?:(?<=[^\W_])\*\1(?!\*)|(?<!\s)\*\1(?=[\s.,;:!?)]|$))"
MARK = re.compile(rf"{STARS}|\[(?<!!\[)(?!\^)({WORDS})\]\(([\w./#:-]+)\)")


def cut(text: str) -> Iterator[Element | str]:
    """Yield in order each plain block as an element, and what lies between them as a text."""
    if any(sign in text for sign in OPAQUE):
        yield text
        return
    start = end = 0  # of what isn't plain
    blocks = [*_blocks(text)]
    for (block, after), (following, _) in zip(blocks, [*blocks[1:], ("", 0)], strict=True):
        # What is indented, another point or the meaning of a term belongs to what is above it.
        is_apart = not following.startswith((" ", ":", "~"))
        if block.startswith("- ") and (start < end or following.startswith("-")):
            is_apart = False
        element = _write_plain(block) if is_apart else None
        if element is not None:
            if start < end:
                yield text[start:end]
            yield element
            start = after
        end = after
    if start < end:
        yield text[start:end]


def _blocks(text: str) -> Iterator[tuple[str, int]]:
    """Yield what stands between empty lines, and where it ends, with those below it."""
    start = 0
    for empty in EMPTY.finditer(text):
        yield text[start : empty.start()], empty.end()
        start = empty.end()
    yield text[start:], len(text)


def _write_plain(block: str) -> Element | None:
    """Return a paragraph, heading, quotation or list with plain marks; None for any other block."""
    if " \n" in block:  # a line is broken here
        return None
    if PARAGRAPH.fullmatch(block):
        return _with_marks("p", block)
    if heading := HEADING.fullmatch(block):
        return _with_marks(f"h{len(heading[1])}", heading[2])
    if QUOTE.fullmatch(block):
        return _around("blockquote", [_with_marks("p", block[2:].replace("\n> ", "\n"))])
    if POINTS.fullmatch(block):
        return _around("ul", [_with_marks("li", line[2:]) for line in block.split("\n")])
    return None


def _around(tag: str, parts: list[Element | None]) -> Element | None:
    element, known = Element(tag), [part for part in parts if part is not None]
    element.extend(known)
    return element if len(known) == len(parts) else None


def _with_marks(tag: str, words: str) -> Element | None:
    """Return an element with these words; None if there are other marks in them."""
    text, *marks = MARK.split(words.rstrip())
    if SIGN.search("\0".join([text, *marks[4::5]])):
        return None
    element = Element(tag)
    element.text = text
    for place in range(0, len(marks), 5):
        star, stressed, name, address, tail = marks[place : place + 5]
        child = Element("a", href=address) if name else Element("strong" if star else "em")
        child.text, child.tail = stressed or name, tail
        element.append(child)
    return element
