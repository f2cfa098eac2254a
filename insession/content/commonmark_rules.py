"""How markdown-it-py reads her Markdown: as CommonMark, and what is written beyond it.

Beyond it are tables, footnotes (`[^1]`), explained terms (`: meaning`) and abbreviations
(`*[CBT]: …`). Otherwise than CommonMark it reads what would show signs there although it is plain
what they mean; these functions are the list.
"""

import re
from functools import cache
from types import SimpleNamespace
from typing import Any

from markdown.util import BLOCK_LEVEL_ELEMENTS
from markdown_it import MarkdownIt
from markdown_it.common.html_blocks import block_names
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.emphasis import tokenize
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

# Lists within lists and the like, each of which counts twice: what is deeper would be left out.
DEEPEST = 200
ALL = ["paragraph", "reference", "blockquote"]  # which a block ends that begins below them
ABBREVIATION = re.compile(r"\*\[([^\]\n]+)\] ?:[ \t]*(\S.*)")
BLOCKS = frozenset([*block_names, *BLOCK_LEVEL_ELEMENTS])
# What holds words, and no paragraphs.
OF_WORDS = frozenset("address dd dt h1 h2 h3 h4 h5 h6 legend li p summary td th".split())
WITHOUT_CONTENT = frozenset(("img", "br", "input", "wbr"))
TAG = re.compile(r"</?([a-z][a-z0-9-]*)", re.I)
WITH_MARKDOWN = re.compile(
    r"""(<(\w+)\b[^>]*?) \s+ markdown (?: = (?: "\w*" | '\w*' | \w+ ) )? (?=[\s>]) ([^>]*>)
    [ \t]* (?: (\S.*) (</\2>) \s* )? $""",
    re.I | re.X,
)
END = re.compile(r"""\s*\)|\s+["'(]""")
# A path, or the name of a file, with spaces in it: up to the bracket, or to a title before it.
SPACED = re.compile(
    r"""(?! [<#] ) (?= [^\n()]*/ | [^\n()]*\.\w{2,5}\b )
    ( (?: [^\n()<>] | \([^\n()<>]*\) )*? [^\s()<>] )
    (?= [ \t]*\) | [ \t]+ (?: "[^\n]*" | '[^\n]*' ) [ \t]*\) )""",
    re.X,
)
CLOSED = re.compile(r"\s*\)")
QUOTING = re.compile(r"""(["'])(.*?)\1(?=[ \t]*\))""")
# Letters and signs of Chinese, Japanese and Korean, which stand without spaces.
WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


@cache
def make_parser() -> MarkdownIt:
    """Return the parser; it keeps nothing of a text."""
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table")
    parser.use(footnote_plugin, inline=False, move_to_end=False).use(deflist_plugin)
    parser.block.ruler.before("list", "abbreviation", abbreviation, {"alt": [*ALL, "list"]})
    parser.block.ruler.at("html_block", html, {"alt": ALL})
    parser.inline.ruler.at("emphasis", emphasis)
    # Addresses stay as they are written: links are followed by them, and messages name them.
    vars(parser).update(normalizeLink=str, normalizeLinkText=str, validateLink=lambda _: True)
    helpers: Any = SimpleNamespace(
        parseLinkLabel=parseLinkLabel, parseLinkDestination=address, parseLinkTitle=title
    )
    parser.helpers = helpers
    return parser


def abbreviation(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    """Read `*[CBT]: cognitive behavioral therapy`, which shows nothing at its place."""
    found = None if state.is_code_block(line) else ABBREVIATION.fullmatch(_text(state, line))
    if found and not silent:
        state.env.setdefault("abbreviations", {})[found[1].strip()] = found[2].strip()
        state.line = line + 1
    return found is not None


def html(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    """Read a block of HTML.

    A picture alone is a paragraph, as in Markdown, and so are `<span>` and the like with a line of
    text below them. What stands in `<div markdown="1">` is Markdown from its first line on.
    """
    text = _text(state, line)
    if (tag := TAG.match(text)) and tag[1].lower() not in BLOCKS:
        is_alone = line + 1 >= last or state.isEmpty(line + 1)
        if tag[1].lower() in WITHOUT_CONTENT or not is_alone:
            return False
    found = None if state.is_code_block(line) else WITH_MARKDOWN.match(text)
    if not found:
        return html_block(state, line, last, silent)
    if silent:
        return True
    opening, name, rest, words, closing = found.groups()
    state.push("html_block", "", 0).content = opening + rest
    if words:
        holds_paragraphs = name.lower() not in OF_WORDS
        if holds_paragraphs:
            state.push("paragraph_open", "p", 1)
        _push_inline(state, words, line)
        if holds_paragraphs:
            state.push("paragraph_close", "p", -1)
        state.push("html_block", "", 0).content = closing
    state.line = line + 1
    return True


def emphasis(state: StateInline, silent: bool) -> bool:
    """Read *, also beside a sign of Chinese or Japanese: `**「静」**です`."""
    start, known = state.pos, len(state.delimiters)
    found = tokenize(state, silent)
    before, after = state.src[max(start - 1, 0) : start], state.src[state.pos : state.pos + 1]
    if found and state.src[start] == "*" and WIDE.search(before + after):
        for mark in state.delimiters[known:]:
            mark.open = mark.open or bool(after.strip())
            mark.close = mark.close or bool(before.strip())
    return found


def address(text: str, start: int, end: int) -> Any:
    """Read where a link leads to: also `my picture.jpg`, as people name files."""
    read = parseLinkDestination(text, start, end)
    is_whole = read.ok and END.match(text, read.pos, end)
    if not is_whole and (found := SPACED.match(text, start, end)):
        read.ok, read.pos, read.str = True, found.end(), found[1]
    return read


def title(text: str, start: int, end: int, before: Any = None) -> Any:
    """Read a caption: also `"As he said: "no""`, whose last quotation mark ends it."""
    read = parseLinkTitle(text, start, end, before)
    is_cut = read.ok and not before and not CLOSED.match(text, read.pos, end)
    if is_cut and (found := QUOTING.match(text, start, end)):
        read.pos, read.str = found.end(), found[2]
    return read


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _push_inline(state: StateBlock, words: str, line: int) -> None:
    token = state.push("inline", "", 0)
    token.content, token.children, token.map = words.strip(), [], [line, line + 1]
