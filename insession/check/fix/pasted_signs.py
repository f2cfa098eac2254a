"""Signs that came along with a text, and addresses that lead nowhere."""

import re
import unicodedata
from bisect import bisect
from collections.abc import Callable
from functools import partial

from insession.check.fix.body import BodyChange, Lines, blocks, code_spans, text_of
from insession.common.invisible import JOINERS

SPACES = re.compile(r"[ \t]*\xa0[ \t\xa0]*")
# A space at which no line may break, where that is meant: 5 km, Dr. Vale, § 3, « non ».
SHORT = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|Mx|Prof|St|No|Nr|vol|pp?)\.|\b[A-Z]\.|[§¶«„№])$")
NOTHING = re.compile("[\xad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufffc]")
TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Between words of languages without spaces it says where a line may break.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff]")
SIGNS = re.compile(
    f"(?P<space>{SPACES.pattern})|{NOTHING.pattern}|{TURNS.pattern}|{JOINERS.pattern}"
)
RIGHT_TO_LEFT = {"R", "AL", "AN"}

ADDRESS = re.compile(
    r"(?<![\w/@.:=\"'<\[-])(?:(?P<url>https?://(?=[^/\s]*\w\.\w)|www\.(?=[\w-]+\.\w))"
    r"[^\s<>\"“”‘’`\[\]{}|\\^\xa0]+"
    r"|(?P<mail>[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+))"
)
TRAILING = re.compile(r"[.,;:!?'…»*_~]+$")
# In which an address is one already, or isn't text.
LINKED = re.compile(
    r"<a\b.*?</a\s*>|<[^<>\s][^<>]*>"
    r"|!?\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])"
    r"|^[ ]{0,3}\[(?!\^)[^\]\n]+\]:.*$|^\*\[.*$|\{[:%{].*?\}",
    re.S | re.M | re.I,
)


def without_signs(lines: Lines) -> tuple[Lines, list[BodyChange]]:
    """Take away what nobody sees, outside code, and make plain spaces of those that hold on."""
    text = text_of(lines)
    if not SIGNS.search(text):
        return lines, []
    spans, start = _Spans(code_spans(lines)), 0
    made, changes = [], []
    for line in lines:
        row = line.text
        after = mend_signs(row, partial(_has, spans, start))
        start += len(row) + 1
        made.append(line._replace(text=after))
        if after != row:
            changes.append(BodyChange(line.number, kind_of(row), row, after))
    return made, changes


def _has(spans: "_Spans", start: int, place: int) -> bool:
    return spans.has(start + place)


def kind_of(row: str) -> str:
    """Return what is mended in a line: nothing but spaces, or signs that nobody sees, too."""
    return "space" if len(SPACES.findall(row)) == len(SIGNS.findall(row)) else "sign"


def mend_signs(row: str, is_code: Callable[[int], bool] = lambda _: False) -> str:
    """Return a line without them; `is_code` says of a place whether it is code."""
    is_turned = any(unicodedata.bidirectional(sign) in RIGHT_TO_LEFT for sign in TURNS.sub("", row))

    def mend(found: re.Match[str]) -> str:
        before, after = row[: found.start()], row[found.end() :]
        if is_code(found.start()) or (is_turned and TURNS.match(found[0])):
            return found[0]
        if found["space"]:
            return _space(found[0], before, after)
        return found[0] if UNSPACED.search(before[-1:] + after[:1]) else ""

    return SIGNS.sub(mend, row)


def _space(space: str, before: str, after: str) -> str:
    """Return what should stand in the place of spaces one of which holds words together."""
    if not after:
        return "  " if before and space.endswith("  ") else ""
    if not before:
        return ""
    is_meant = (
        SHORT.search(before)
        or after[0] in "%‰€»:;?!–—"
        or (before[-1].isdigit() and after[0].isalnum())
    )
    return "\xa0" if is_meant else " "


def link_addresses(lines: Lines) -> tuple[Lines, list[BodyChange]]:
    """Make links of addresses that stand in the text as they are."""
    text = text_of(lines)
    links = _Spans([found.span() for found in LINKED.finditer(text)])
    if all(links.has(found.start()) for found in ADDRESS.finditer(text)):
        return lines, []
    html = {n for start, end, _ in blocks(lines, "html_block") for n in range(start, end)}
    code = _Spans(code_spans(lines))
    made, changes, start = [], [], 0
    for n, line in enumerate(lines):
        row, begin = line.text, start
        start += len(row) + 1

        def linked(found: re.Match[str], begin: int = begin) -> str:
            place = begin + found.start()
            return found[0] if links.has(place) or code.has(place) else _linked(found)

        after = row if n in html else ADDRESS.sub(linked, row)
        made.append(line._replace(text=after))
        if after != row:
            changes.append(BodyChange(line.number, "address", row, after))
    return made, changes


def _linked(found: re.Match[str]) -> str:
    """Return an address as a link of Markdown, and behind it what doesn't belong to it."""
    address = whole = found[0]
    while True:
        shorter = TRAILING.sub("", address)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            break
        address = shorter
    rest = whole[len(address) :]
    if found["url"] and found["url"].startswith("www"):
        if re.search(r"[_*()]", address) or "." not in address[4:]:
            return whole
        return f"[{address}](https://{address}){rest}"
    return f"<{address}>{rest}"


class _Spans:
    """Parts of a text, to ask whether a place is in one of them."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]
        self._ends: list[int] = []
        for _, end in self._spans:
            self._ends.append(max(end, self._ends[-1] if self._ends else 0))

    def has(self, place: int) -> bool:
        """Whether a place is inside one."""
        n = bisect(self._starts, place)
        return n > 0 and place < self._ends[n - 1]
