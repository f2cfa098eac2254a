"""Characters that nobody sees and that no page, feed or header can carry.

Word's line break (U+000B) and other control characters, line ends that no editor shows as one
(U+2028), and what isn't a character at all (U+FFFE). They come along when a text is pasted.
Sources: https://www.w3.org/TR/xml/#charsets,
https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream
"""

import re
import unicodedata
from collections.abc import Iterator

NONCHARACTERS = "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}-{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
INVISIBLE = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef{NONCHARACTERS}]"
)
BREAKS = "\x0b\x0c\u2028\u2029"  # between two words, which must stay apart
# What comes along in a name or a number that is copied from a page or a phone: it shows nothing,
# and parts or turns what stands around it (Default_Ignorable_Code_Point; Unicode TR 36, 2.5).
UNSEEN = re.compile(
    "[\xad\u034f\u115f\u1160\u180e\u200b\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0]"
)
JOINERS = re.compile("(?<![^\x00-\x7f])[\u200c\u200d]+")  # where they join no letters or emoji
DIRECTIONS = re.compile("[\u200e\u200f]")  # of use only beside words from right to left
# `&#8;` in Markdown. Those from 128 to 159 every browser reads as Windows means them.
REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+))(?:;|(?![0-9a-fA-F;]))")
# "\x0b" between double quotes, in a header (YAML) and in practice.toml.
QUOTED = re.compile(r'"(?:\\.|[^"\\\n])*"')
ESCAPE = re.compile(
    r"(\\\\)|\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([abefvLP0]))"
)
LETTERS = dict(zip("abefvLP0", "\x07\x08\x1b\x0c\x0b\u2028\u2029\x00", strict=True))
HOW = "Remove it; “python3 tasks.py check --fix” does that for you."


def find_invisible(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line of each invisible character, from 1, and what is wrong there."""
    if text.replace("\n", "").isprintable():  # said ten times as quickly, and nearly always so
        return
    last = 0
    for found in INVISIBLE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        if line != last:  # one message for a line
            row = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
            yield line, describe(found[0], INVISIBLE.sub("", row))
        last = line


def describe(sign: str, before: str = "") -> str:
    """Say that an invisible character stands behind some words."""
    words = " ".join(before.split()[-3:])
    place = f" after “{words}”" if words else ""
    return f"an invisible character (U+{ord(sign):04X}) stands here{place}."


def remove_invisible(text: str) -> str:
    """Return the text without them, and with a space for each that stood between two words."""
    text = re.sub(f" *[{BREAKS}]+ *(?=(.?))", lambda m: " " if m[1] else "", text)
    return INVISIBLE.sub(lambda found: _meant(found[0]), text)


def one_line(text: str) -> str:
    """Return what was typed as one line, without anything that nobody sees."""
    text = UNSEEN.sub("", remove_invisible(re.sub(r"[\t\r\n]+", " ", text)))
    if not any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in DIRECTIONS.sub("", text)):
        text = DIRECTIONS.sub("", text)
    return JOINERS.sub("", text).strip()


def _meant(sign: str) -> str:
    """Return what Windows means by the codes from 128 to 159: quotation marks and dashes."""
    is_windows = "\x80" <= sign <= "\x9f"
    return bytes([ord(sign)]).decode("cp1252", "ignore") if is_windows else ""


def invisible_references(html: str) -> Iterator[str]:
    """Yield each reference such as `&#8;` to a character that can't stand in a page."""
    for found in REFERENCE.finditer(html):
        if _is_invisible(_number(found)):
            yield found[0]


def remove_references(row: str) -> str:
    """Return a line of Markdown without them; in code they are what is meant."""

    def visible(found: re.Match[str]) -> str:
        if found[0].startswith("`") or not _is_invisible(_number(found)):
            return found[0]
        return " " if _is_break(_number(found)) else ""

    return re.sub(f"`[^`]+`|{REFERENCE.pattern}", visible, row)


def _number(found: re.Match[str]) -> int:
    return int(found[1], 16) if found[1] else int(found[2])


def remove_escapes(row: str) -> str:
    r"""Return a line of a header, or of practice.toml, whose quoted text has none as \x0b."""
    return QUOTED.sub(lambda quoted: ESCAPE.sub(_visible, quoted[0]), row)


def _visible(found: re.Match[str]) -> str:
    if found[1]:
        return found[0]
    code = next((part for part in found.groups()[1:4] if part), "")
    number = int(code, 16) if code else ord(LETTERS[found[5]])
    if number <= 0x10FFFF and not _is_invisible(number):
        return found[0]
    return " " if _is_break(number) else ""


def _is_invisible(number: int) -> bool:
    """Whether a code stands for one of them, or for nothing at all."""
    if 0x80 <= number <= 0x9F:
        return False
    return number > 0x10FFFF or INVISIBLE.match(chr(number)) is not None


def _is_break(number: int) -> bool:
    return number in map(ord, BREAKS)
