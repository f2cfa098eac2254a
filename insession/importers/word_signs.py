"""Signs of Word's fonts that have pictures in the place of letters, as signs of Unicode."""

import re

from insession.common.invisible import UNSEEN, remove_invisible
from insession.importers.todo_notes import cleaned

WINGDINGS = {
    0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "❑", 0x76: "❖",
    0x9E: "·", 0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
    0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
SYMBOL = {
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°",
    0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…",
    0xDE: "⇒", 0xD3: "©", 0xD2: "®", 0xD4: "™", 0xE3: "©",
}  # fmt: skip
# The Greek letters stand where the Latin ones do.
GREEK = dict(
    zip(
        b"ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprstufcyw",
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω",
        strict=True,
    )
)
FONTS = {"wingdings": WINGDINGS, "symbol": SYMBOL | GREEK}


def sign_of(font: str, code: str) -> str:
    """Return the sign that a font has at a place (a hexadecimal number), or "" if none is known."""
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= place <= 0xF0FF:  # where Windows puts what isn't Unicode
        place -= 0xF000
    known = FONTS.get(font.lower())
    if known is None:
        return chr(place) if 0xA0 < place < 0xD800 and font else ""
    return known.get(place, "")


def readable(text: str, font: str = "") -> str:
    """Return words without what nobody sees; signs of fonts of signs are what they look like."""
    if re.search("[\uf000-\uf0ff]", text):  # a font of signs, such as Wingdings
        text = "".join(
            sign_of(font, f"{ord(each):X}") or "•" if "\uf000" <= each <= "\uf0ff" else each
            for each in text
        )
    return UNSEEN.sub("", remove_invisible(cleaned(text)))
