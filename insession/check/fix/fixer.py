"""Mends in a file what can be mended without changing what it says, and tells what it did.

The header gets the quotes that YAML needs, one of another program becomes ours, spaces at the end
of lines go (but not the two that make a line break in Markdown, and none in code), and so do
characters that nobody sees, in every file of hers. A file that can't be read as UTF-8 is not
touched. A second run changes nothing.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from insession.check.fix.body import BodyLine, text_of
from insession.check.fix.legacy_header import is_classic, read_classic
from insession.check.fix.pasted import mend_pasted, without_byline
from insession.check.fix.pasted_signs import kind_of, mend_signs
from insession.check.fix.rewrite_header import Row, rewrite_header
from insession.common.invisible import remove_escapes, remove_invisible, remove_references
from insession.common.problems import Problems
from insession.content.foreign_header import other_form, read_foreign, why_unreadable
from insession.content.front_matter import schema_of
from insession.content.text_file import replace_text
from insession.content.translate_header import translate
from insession.content.yaml_header import quoted, read_header

HEADER = re.compile(r"(\n*---[ \t]*\n)(.*?)^---[ \t]*$", re.S | re.M)
# What is said of many lines at once.
DONE = {
    "indent": "the tab or the spaces before this are gone",
    "sign": "signs that nobody sees are gone",
    "space": "spaces that hold words together are plain ones now",
}
FENCE = re.compile(r" {0,3}(```+|~~~+)")


@dataclass(frozen=True)
class Correction:
    """One thing that was mended: a line before and after, or (without those) what was done.

    `line` counts from 1 in the file as it was; 0 is the file as a whole.
    """

    file: str
    line: int
    what: str
    before: str = ""
    after: str = ""


class Fixed(NamedTuple):
    """What was changed in a file, what she should know besides, and where the text was before."""

    changes: list[Correction]
    left: str = ""
    old_addresses: tuple[str, ...] = ()


def fix_file(path: Path, shown: str, is_page: bool = False, author: str = "") -> Fixed:
    """Mend a file; `author` is the name that no text needs to have in it."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return Fixed([])  # the check says what is wrong with it
    if "\0" in text or path.is_symlink():
        return Fixed([])
    changes = []
    if raw.startswith(b"\xef\xbb\xbf"):
        changes.append(Correction(shown, 0, "an invisible mark at its beginning is gone"))
    ends = Counter(re.findall(r"\r\n|\r|\n", text))
    end = ends.most_common(1)[0][0] if ends else "\n"
    if len(ends) > 1:
        changes.append(Correction(shown, 0, "all its lines end in the same way now"))
    text, left = text.replace("\r\n", "\n").replace("\r", "\n"), ""
    is_markdown = path.suffix == ".md"
    for mend in (_without_invisible, *([_without_spaces] if is_markdown else [])):
        text, more = mend(text, shown)
        changes += more
    old: list[str] = []
    if is_markdown:
        text, more = _without_traces(text, shown, "" if is_page else author)
        changes += more
        if not is_classic(text):
            text, more = _with_quotes(text, shown)
            changes += more
        text, more, left, old = _with_our_header(text, path.stem, shown, is_page, author)
        changes += more
    if changes:
        try:
            replace_text(path, text.replace("\n", end).encode("utf-8"))
        except OSError as error:
            return Fixed(
                [], f"{shown} could not be changed: {(error.strerror or str(error)).lower()}."
            )
    return Fixed(changes, left, tuple(old))


def _with_our_header(
    text: str, stem: str, shown: str, is_page: bool, author: str
) -> tuple[str, list[Correction], str, list[str]]:
    """Rewrite a header of another program.

    Returns also what she should know about it, and the addresses at which the text was found.
    """
    header = read_classic(text) if is_classic(text) else read_foreign(text)
    if isinstance(header, str):
        return text, [], f"The header of {shown} was left as it was: {header}.", []
    if header is None and other_form(text) and (why := why_unreadable(text)):
        left = f"The header of {shown} was left as it was: {why[1]} (line {why[0]})."
        return text, [], left, []
    if header is None or (header.form == "YAML" and not _is_readable(header.block)):
        return text, [], "", []
    made = translate(header.data, schema_of(is_page).model_fields, stem, author)
    if not made.is_foreign and header.form == "YAML":
        return text, [], "", []
    rewritten = rewrite_header(header, made)
    if rewritten is None:
        return text, [], f"The header of {shown} was left as it was: it can't be read as YAML.", []
    text, rows = rewritten
    changes = []
    if header.form != "YAML":
        changes.append(
            Correction(shown, header.first_line, "the header stands between --- lines now")
        )
    for row in rows:
        changes.append(Correction(shown, row.line, _what(row), row.before, row.after))
    left = f"{shown}: {' '.join(made.remarks)}" if made.remarks else ""
    return text, changes, left, made.old_addresses


def _what(row: Row) -> str:
    """Say what became of a line that is gone."""
    first, *more = row.before.split("\n")
    words = f"“{first}{' …' if more else ''}”"
    return "" if row.after else f"{words} only told another program what to do; it is gone"


def _without_traces(text: str, shown: str, author: str) -> tuple[str, list[Correction]]:
    """Mend what came along when the text below the header was pasted."""
    header = read_classic(text) if is_classic(text) else read_foreign(text)
    if header is None or isinstance(header, str) or not text.endswith(header.body):
        return text, []
    head = text[: len(text) - len(header.body)]
    rows, changes = head.split("\n"), []
    for number, row in enumerate(rows):
        rows[number] = mend_signs(row)
        if rows[number] != row:
            changes.append(Correction(shown, number + 1, DONE[kind_of(row)]))
    first = len(rows)
    lines = [BodyLine(n, row) for n, row in enumerate(header.body.split("\n"), first)]
    lines, more = mend_pasted(lines)
    lines, byline = without_byline(lines, author)
    for number, kind, before, after in sorted([*more, *byline]):
        what = DONE.get(
            kind, "" if after else f"“{before.strip()}” is gone; the page says it itself"
        )
        signs = () if what else (before.strip(), after.strip())
        changes.append(Correction(shown, number, what, *signs))
    changes.sort(key=lambda change: (not change.what, change.what))
    return "\n".join(rows) + text_of(lines), changes


def _is_readable(block: str) -> bool:
    """Whether nothing in a header can be lost, such as one of two lines with the same key."""
    try:
        read_header(block, "", 0)
    except Problems:
        return False
    return True


def _without_invisible(text: str, shown: str) -> tuple[str, list[Correction]]:
    """Take away what nobody sees, however it is written there."""
    header = HEADER.match(text)
    header_ends = text.count("\n", 0, header.end()) if header else -1
    rows, changes = text.split("\n"), []
    for number, is_code in enumerate([*_code(rows, header_ends)]):
        row = remove_invisible(rows[number])
        if number <= header_ends or shown.endswith(".toml"):
            row = remove_escapes(row)
        elif shown.endswith(".md") and not is_code:
            row = remove_references(row)
        if row != rows[number]:
            rows[number] = row
            changes.append(Correction(shown, number + 1, "what nobody sees in it is gone"))
    return "\n".join(rows), changes


def _without_spaces(text: str, shown: str) -> tuple[str, list[Correction]]:
    """Take spaces away from the end of lines, and give the last line its end."""
    header = HEADER.match(text)
    header_ends = text.count("\n", 0, header.end()) if header else -1
    rows, changes = text.split("\n"), []
    for number, is_code in enumerate(_code(rows, header_ends)):
        row = rows[number]
        trimmed = row.rstrip(" \t")
        is_break = trimmed and number > header_ends and row.expandtabs(4).endswith("  ")
        if row != trimmed and not is_code and not is_break:
            rows[number] = trimmed
            changes.append(Correction(shown, number + 1, "spaces at its end are gone"))
    if rows[-1] and any(rows):
        changes.append(Correction(shown, len(rows), "the last line has its end now"))
        rows.append("")
    return "\n".join(rows), changes


def _code(rows: list[str], header_ends: int) -> Iterator[bool]:
    """Tell for each row whether it is code, in which every space counts."""
    fence, in_pre = "", False
    for number, row in enumerate(rows):
        if number <= header_ends:
            yield False
            continue
        opened = FENCE.match(row)
        in_pre = in_pre or re.search(r"<(pre|textarea)\b", row, re.I) is not None
        yield bool(fence) or in_pre or row.startswith(("    ", "\t"))
        if re.search(r"</(pre|textarea)>", row, re.I):
            in_pre = False
        if opened and not fence:
            fence = opened[1]
        elif opened and row.strip().startswith(fence) and not row.strip().strip(fence[0]):
            fence = ""


def _with_quotes(text: str, shown: str) -> tuple[str, list[Correction]]:
    """Mend the header's lines one by one, as the messages about them say; or none of them."""
    header = HEADER.match(text)
    if not header:
        return text, []
    rows = header[2].split("\n")
    first = text.count("\n", 0, header.start(2)) + 1
    before = rows.copy()
    for _ in range(2 * len(rows)):
        try:
            read_header("\n".join(rows), shown, 0)
            break
        except Problems as found:
            problem = found.problems[0]
            row = rows[problem.line]
            mended = _mended(row, problem.how)
            if not mended or mended == row:
                return text, []
            rows[problem.line] = mended
    else:
        return text, []
    changes = [
        Correction(shown, first + number, "", old, new)
        for number, (old, new) in enumerate(zip(before, rows, strict=True))
        if old != new
    ]
    return text[: header.start(2)] + "\n".join(rows) + text[header.end(2) :], changes


def _mended(row: str, how: str) -> str:
    """Return the row as the message about it says, or "" if that takes a person."""
    if "\t" in row:
        indent = row[: len(row) - len(row.lstrip())].replace("\t", "  ")
        return indent + re.sub(r"\t+", " ", row.strip())
    if how.startswith("Put the text in quotes: "):
        return quoted(row)
    return how.removeprefix("Write: ") if how.startswith("Write: ") else ""
