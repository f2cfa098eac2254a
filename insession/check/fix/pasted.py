"""What comes along when a text is pasted from a word processor or a page, and means nothing.

Indented paragraphs, which Markdown takes for code; points that begin with a sign of their own; bold
lines in the place of headings; addresses that lead nowhere; signs that nobody sees. Each mend is
made only if the page shows the same words before and after. The check names what --fix mends.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from insession.check.fix.body import (
    BodyChange,
    BodyLine,
    Lines,
    blocks,
    code_lines,
    shown,
    text_of,
)
from insession.check.fix.pasted_signs import link_addresses, without_signs

INDENT = re.compile(r"(?:\t| {4})[ \t]*(?=\S)")
ENDS = re.compile(r"[.!?…。！？:][\"”’'»)\]*_]*(?:\[\^[^\]]+\])?[ \t]*$")
# How a sentence begins, and signs that code is full of.
BEGINS = re.compile(r"[\"“”‘’'«„(*_¿¡]*[^\W\d_]")
CODE_SIGN = re.compile(r"[{}<>=;|\\$#`@]|\w\(|\)\.|::|--|  \S")
POINT = re.compile(
    r"(?P<quote>(?:> ?)*)(?P<indent>[ \t\xa0]*)"
    r"(?P<sign>[•·‣◦▪▫●○■□◆➢➤►\uf0b7\uf0a7\uf0d8]|–(?=\s)|o(?=\t)|\d{1,3}[.)](?=\t))"
    r"[^\S\n]*(?=\S)"
)
DEPTH = {"o": 1, "◦": 1, "○": 1, "▪": 2, "▫": 2, "■": 2, "□": 2, "\uf0a7": 2}
ITEM = re.compile(r"\s*([-*+]|\d{1,9}[.)])\s")
BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_`\[\]<>|]+?)(?<=\S)\1[ \t]*")
HEADING = re.compile(r"(#{1,6})\s")
WORDS_OF_A_HEADING = 10
EDGE = 3  # lines from either end, among which a byline stands
ROUNDS = 4  # one mend can make room for another

Mend = Callable[[Lines], tuple[Lines, list[BodyChange]]]


def mend_pasted(lines: Lines) -> tuple[Lines, list[BodyChange]]:
    """Mend the text below a header; return its lines, and what was done to which."""
    changes: list[BodyChange] = []
    for _ in range(ROUNDS):
        before = lines
        for mend in MENDS:
            mended, more = mend(lines)
            if more and _is_shown_alike(lines, mended):
                lines, changes = mended, changes + more
        if lines == before:
            break
    return lines, changes


def _is_shown_alike(lines: Lines, mended: Lines) -> bool:
    """Whether the page shows the same words, and the same code but for what was none."""
    (words, code), (words_after, code_after) = shown(_plain(lines)), shown(_plain(mended))
    lost = Counter(code) - Counter(code_after)
    return words == words_after and (
        all(_is_no_code(each.strip("\n").split("\n")) for each in lost)
        if lost
        else code == code_after
    )


def _is_no_code(rows: list[str]) -> bool:
    filled = [f"    {row}" for row in rows if row.strip()]
    is_list = all(map(_point, filled))
    return is_list or _are_prose(filled, is_wrapped=True) or _is_letter([r.strip() for r in rows])


def _plain(lines: Lines) -> str:
    """A text whose points are no words: Word writes some of them with an o."""
    return re.sub(r"^([ \t\xa0>]*)o(?=\t)", r"\1•", text_of(lines), flags=re.M)


def without_indents(lines: Lines) -> tuple[Lines, list[BodyChange]]:
    """Take the tab, or the four spaces, from before paragraphs that are prose."""
    if not any(INDENT.match(line.text) for line in lines):
        return lines, []
    mended, apart = dict[int, str](), set[int]()
    for start, end, depth in blocks(lines, "code_block"):
        rows = [n for n in range(start, end) if lines[n].text.strip()]
        is_wrapped = end < len(lines) and bool(lines[end].text.strip())
        is_letter = depth == 0 and _is_letter([lines[n].text.strip() for n in range(start, end)])
        if is_letter or (depth == 0 and _are_prose([lines[n].text for n in rows], is_wrapped)):
            mended |= {n: lines[n].text.strip() for n in rows}
            are_whole = is_letter or all(ENDS.search(lines[n].text) for n in rows)
            apart |= {*rows[1:], end} if are_whole else set()
    for start, end, depth in blocks(lines, "paragraph_open"):
        for n in range(start + 1, end if depth == 0 else 0):
            row = lines[n].text
            if INDENT.match(row) and ENDS.search(lines[n - 1].text) and _is_sentence(row.strip()):
                mended[n] = row.strip()
                apart.add(n)
    return _changed(lines, mended, apart, "indent")


def _are_prose(rows: list[str], is_wrapped: bool) -> bool:
    """Whether an indented block can be nothing but paragraphs."""
    rows = [row.strip() for row in rows]
    if is_wrapped and len(rows) == 1 and not ENDS.search(rows[0]):
        return _is_sentence(rows[0]) and len(rows[0].split()) >= 5
    *_, last = rows
    are_whole = all(ENDS.search(row) or len(row) > 90 for row in rows)
    is_one = all(len(row.split()) >= 5 for row in rows[:-1]) and ENDS.search(last)
    if are_whole:
        return all(_is_sentence(row) for row in rows)
    return bool(is_one) and _is_sentence(rows[0]) and not any(map(CODE_SIGN.search, rows))


def _is_letter(rows: list[str]) -> bool:
    """Whether an indented block is paragraphs with short lines between them, as in a letter."""
    paragraphs = [part.split("\n") for part in re.split(r"\n{2,}", "\n".join(rows).strip())]
    prose = [part for part in paragraphs if _are_prose(part, is_wrapped=False)]
    first = [BEGINS.match(row) for row in rows if row]
    are_words = all(found and not found[0][-1].islower() for found in first)
    has_sentence = any(len(" ".join(part).split()) >= 6 for part in prose)
    return (
        len(paragraphs) > 1 and has_sentence and are_words and not any(map(CODE_SIGN.search, rows))
    )


def _is_sentence(row: str) -> bool:
    """Whether a line begins as a sentence does, and no sign in it is one of code."""
    first = BEGINS.match(row)
    if not first or first[0][-1].islower():
        return False
    is_long = len(row.split()) >= 3 or (not row.isascii() and len(row) >= 8)
    return is_long and not CODE_SIGN.search(row)


def with_points(lines: Lines) -> tuple[Lines, list[BodyChange]]:
    """Write points that begin with a sign such as • as Markdown does."""
    if not any(_point(line.text) for line in lines):
        return lines, []
    code = code_lines(lines, with_html=True)
    for start, end, depth in blocks(lines, "code_block"):
        rows = [n for n in range(start, end) if lines[n].text.strip()]
        if depth == 0 and all(_point(lines[n].text) for n in rows):
            code -= {*rows}
    mended, apart = dict[int, str](), set[int]()
    for run in _runs(lines, code):
        mended |= _listed(lines, run)
        above, below = lines[run[0] - 1].text if run[0] else "", run[-1] + 1
        if above.strip(" >") and not ITEM.match(above) and run[0] - 1 not in code:
            apart.add(run[0])
        below_text = lines[below].text if below < len(lines) else ""
        if BEGINS.match(below_text) and not below_text[:1].islower():
            apart.add(below)
    return _changed(lines, mended, apart, "point")


def _runs(lines: Lines, code: set[int]) -> Iterator[list[int]]:
    """Yield the places of points that stand together, with nothing but empty lines in between."""
    run: list[int] = []
    for n, line in enumerate([*lines, BodyLine(0, "end")]):
        if n < len(lines) and n not in code and _point(line.text):
            run.append(n)
        elif run and n < len(lines) and lines[n - 1].text.strip() and _goes_on(line.text):
            continue
        elif line.text.strip() and run:
            signs = [_point(lines[each].text) for each in run]
            are_dashes = all(found and found["sign"] == "–" for found in signs)
            # A dash can open what somebody says.
            is_said = len(run) < 2 or any(re.search(r"[?!]\s*$", lines[e].text) for e in run)
            if not (are_dashes and is_said):
                yield run
            run = []


def _goes_on(row: str) -> bool:
    """Whether a line right below a point belongs to it."""
    return (bool(row.strip()) and row[0] in " \t") or row[:1].islower()


def _listed(lines: Lines, run: list[int]) -> dict[int, str]:
    """Return the lines of a run of points as a list of Markdown."""
    found = [(n, _point(lines[n].text)) for n in run]
    signs = [(n, point) for n, point in found if point]
    widths = sorted({_width(point) for _, point in signs})
    shallow = min(DEPTH.get(point["sign"], 0) for _, point in signs)
    above = ITEM.match(lines[run[0] - 1].text) if run[0] else None
    hyphen = above[1] if above and above[1] in "-*+" else "-"
    listed, last = {}, -1
    for n, point in signs:
        by_sign = DEPTH.get(point["sign"], 0) - shallow
        depth = min(max(widths.index(_width(point)), by_sign), last + 1)
        last = depth
        mark = point["sign"] if point["sign"][0].isdigit() else hyphen
        listed[n] = f"{point['quote']}{'    ' * depth}{mark} {lines[n].text[point.end() :]}"
    return listed


def _point(row: str) -> re.Match[str] | None:
    """Return how a point begins that Markdown doesn't know; a number at the left edge it does."""
    point = POINT.match(row)
    is_list = point and point["sign"][0].isdigit() and _width(point) < 4
    return None if is_list else point


def _width(point: re.Match[str]) -> int:
    return len(point["indent"].expandtabs(4))


def with_headings(lines: Lines) -> tuple[Lines, list[BodyChange]]:
    """Make headings of paragraphs that are a bold line and no more."""
    if not any(BOLD.fullmatch(line.text) for line in lines):
        return lines, []
    mended, apart = dict[int, str](), set[int]()
    levels = {
        n: len(found[1]) for n, line in enumerate(lines) if (found := HEADING.match(line.text))
    }
    code, nested = code_lines(lines, with_html=True), [*blocks(lines, "paragraph_open")]
    for start, end, depth in nested:
        bold = BOLD.fullmatch(lines[start].text)
        if not bold or depth or not _is_heading(bold[2]):
            continue
        after = next((line.text for line in lines[start + 1 :] if line.text.strip()), "")
        if not after or BOLD.fullmatch(after) or HEADING.match(after):
            continue
        if end > start + 1 and (not BEGINS.match(after) or after[:1].islower()):
            continue
        above = [level for n, level in levels.items() if n < start and n not in code]
        level = min(above[-1] + 1, 6) if above else 2
        mended[start] = f"{'#' * level} {bold[2]}"
        apart |= {start + 1} if end > start + 1 else set()
    return _changed(lines, mended, apart, "heading")


def _is_heading(words: str) -> bool:
    is_short = len(words.split()) <= WORDS_OF_A_HEADING
    begins = BEGINS.match(re.sub(r"^\d{1,2}[.):]\s+", "", words))
    return is_short and bool(begins) and words[-1] not in ".,;:!"


def _changed(
    lines: Lines, mended: dict[int, str], apart: set[int], kind: str
) -> tuple[Lines, list[BodyChange]]:
    """Return the lines with those in `mended`, and an empty line above each in `apart`."""
    made: Lines = []
    changes = []
    for n, line in enumerate(lines):
        if n in apart and line.text.strip() and made and made[-1].text.strip(" >"):
            made.append(BodyLine(0, ""))
        made.append(line._replace(text=mended.get(n, line.text)))
        if made[-1].text != line.text:
            changes.append(BodyChange(line.number, kind, line.text, made[-1].text))
    return made, changes


def without_byline(lines: Lines, author: str) -> tuple[Lines, list[BodyChange]]:
    """Take away a line that says no more than that she wrote it, which the page says by itself."""
    byline = re.compile(
        r"[*_—–\s-]*(?:(?:article|post|text|words|written|posted|published)\s+)?(?:by|author):?\s+[*_]*"
        rf"{re.escape(author)}(?:,[ ]?[\w .,-]{{0,40}})?[*_.\s]*",
        re.I,
    )
    filled = [n for n, line in enumerate(lines) if line.text.strip()]
    for n in filled[:EDGE] + filled[-EDGE:]:
        around = "".join(lines[m].text.strip() for m in (n - 1, n + 1) if 0 <= m < len(lines))
        if author and not around and byline.fullmatch(lines[n].text):
            change = BodyChange(lines[n].number, "byline", lines[n].text, "")
            return [*lines[:n], *lines[n + 2 :]], [change]
    return lines, []


MENDS: tuple[Mend, ...] = (
    without_indents,
    with_points,
    without_signs,
    with_headings,
    link_addresses,
)
