"""The words on a social card: in which font each script is set, and where a line ends.

All fonts come in wheels, so that a card is the same on each computer: Source Serif 4, in which the
blog is set (Latin, Greek, Cyrillic), Frank Ruhl Libre (Hebrew), Amiri (Arabic), Noto Serif JP and
SC (Japanese, Chinese). What none of them has is left out of a card.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from PIL import ImageFont


class Font(NamedTuple):
    """A font: how SVG calls it, where its file lies, and which signs it is there for."""

    family: str
    package: str
    file: str
    signs: str  # a class of a regular expression
    weight: int = 0  # of a title, where the font has several
    has_sizes: bool = False  # whether letters look otherwise where they are small
    leading: float = 1.16  # from line to line

    @property
    def path(self) -> Path:
        """Its file."""
        return Path(str(files(self.package))) / self.file


HAN = "\u2e80-\u2fdf\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
KANA = "\u3040-\u30ff\u31f0-\u31ff"
LATIN = Font(
    "Source Serif 4",
    "fontpkg_source_serif_4",
    "files/SourceSerif4[opsz,wght].ttf",
    "\u0020-\u024f\u0300-\u052f\u1e00-\u1fff\u2000-\u22ff",
    600,
    has_sizes=True,
)
ITALIC = LATIN._replace(file="files/SourceSerif4-Italic[opsz,wght].ttf")
HEBREW = Font(
    "Frank Ruhl Libre",
    "fontpkg_frank_ruhl_libre",
    "files/FrankRuhlLibre[wght].ttf",
    "\u0590-\u05ff\ufb1d-\ufb4f",
    500,
)
ARABIC = Font(
    "Amiri",
    "fontpkg_amiri",
    "files/Amiri-Bold.ttf",
    "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
    leading=1.5,
)
JAPANESE = Font(
    "Noto Serif JP", "pylopdf_fonts_jp", "NotoSerifJP-Regular.otf", HAN + KANA, leading=1.3
)
CHINESE = Font("Noto Serif SC", "pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf", HAN, leading=1.3)
FONTS = (LATIN, HEBREW, ARABIC, JAPANESE, CHINESE)
PACKAGES = (*(font.package for font in FONTS), "resvg_py")

WITHOUT_SPACES = f"{HAN}{KANA}"
# What begins no line, and what ends none (JLREQ 3.1.7 and 3.1.8).
NOT_FIRST = "＝、。，．・：；？！）］｝〉》」』】〕ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…"
NOT_LAST = "（［｛〈《「『【〔"
# A piece that no line is broken in, with the space before it.
PIECE = re.compile(
    rf" ?[{NOT_LAST}]*(?:[ァ-ヺー]+|[{WITHOUT_SPACES}])[{NOT_FIRST}]*"
    rf"| ?(?:(?![{WITHOUT_SPACES}])[^ ])+?(?:(?<=[-–—/])|(?=[{WITHOUT_SPACES} ]|$))"
    r"| "
)
# What is read in one breath where there are no spaces; a text with spaces is one phrase.
PHRASE = re.compile(
    rf"(?:(?![{WITHOUT_SPACES}]).|[{WITHOUT_SPACES}])+?[、。？！：；，]+[」』）]*|.+$"
)
LONGEST_PHRASE = 14
MEASURED = 100  # px: from there on no width is rounded


def fonts_of(text: str, language: str) -> list[Font]:
    """Return the fonts that a text needs, Latin's first; `language` decides between Han's."""
    fonts = [font for font in (LATIN, HEBREW, ARABIC) if re.search(f"[{font.signs}]", text)]
    if re.search(f"[{WITHOUT_SPACES}]", text):
        is_chinese = language.lower().startswith("zh")
        fonts.append(CHINESE if is_chinese and not re.search(f"[{KANA}]", text) else JAPANESE)
    return fonts or [LATIN]


def shown(text: str, language: str) -> str:
    """Return a text without the signs that no font has."""
    signs = "".join(font.signs for font in fonts_of(text, language))
    return re.sub(" +", " ", re.sub(f"[^{signs}]", "", text)).strip()


def lines(text: str, language: str, width: float, size: int) -> tuple[list[str], bool]:
    """Return a text in as few lines as it takes, of about the same length; and whether it's whole.

    `width` is that of the longest line and `size` that of the type, in pixels. Whole are its
    words, or between Han and Kana what stands between two signs of punctuation.
    """
    if measure(text, language, size) <= width:
        return [text], True
    phrases = PHRASE.findall(text)
    if re.search(f"[{WITHOUT_SPACES}]", text) and _fit(phrases, language, width, size):
        return phrases, True
    whole = PIECE.findall(text)
    pieces = list(_pieces(whole, language, width, size))
    widths = [measure(piece, language, size) for piece in pieces]
    found = _balanced(pieces, widths, width)
    return found, len(pieces) == len(whole) and len(phrases) == 1


def _fit(phrases: list[str], language: str, width: float, size: int) -> bool:
    """Whether each phrase is a line."""
    is_short = max(map(len, phrases)) <= LONGEST_PHRASE
    return is_short and max(measure(each, language, size) for each in phrases) <= width


def _pieces(whole: list[str], language: str, width: float, size: int) -> Iterator[str]:
    """Yield what lines are broken between; a word that is wider than any line, in parts."""
    for piece in whole:
        while measure(piece, language, size) > width and len(piece) > 1:
            fitting = next(
                n
                for n in range(len(piece) - 1, 0, -1)
                if n == 1 or measure(piece[:n], language, size) <= width
            )
            yield piece[:fitting]
            piece = piece[fitting:]
        yield piece


def _balanced(pieces: list[str], widths: list[float], width: float) -> list[str]:
    """Return as few lines as it takes, and of those the ones that differ least in length."""
    best: list[tuple[float, float, int]] = [(0, 0, 0)]  # lines, what is left over, the last's begin
    for end in range(1, len(pieces) + 1):
        wide, found = 0.0, (float("inf"), 0.0, 0)
        for begin in range(end - 1, -1, -1):
            wide += widths[begin]
            if wide > width and begin < end - 1:
                break
            number, left, _ = best[begin]
            found = min(found, (number + 1, left + (width - wide) ** 2, begin))
        best.append(found)
    lines, end = list[str](), len(pieces)
    while end:
        begin = best[end][2]
        lines.append("".join(pieces[begin:end]).strip())
        end = begin
    return lines[::-1]


def measure(text: str, language: str, size: int) -> float:
    """Return how wide a text is, in pixels; at most, for what isn't as bold as a title."""
    return sum(_measure(text, font, size) for font in fonts_of(text, language))


@cache
def _measure(text: str, font: Font, size: int) -> float:
    signs = "".join(re.findall(f"[{font.signs}]", text))
    loaded = _loaded(font, size if font.has_sizes else 0)
    return float(loaded.getlength(signs)) * size / MEASURED


@cache
def _loaded(font: Font, size: int) -> ImageFont.FreeTypeFont:
    loaded = ImageFont.truetype(font.path, MEASURED, layout_engine=ImageFont.Layout.BASIC)
    if font.weight:
        # In the order of the font's own table, whatever its file's name says.
        loaded.set_variation_by_axes([font.weight, size] if size else [font.weight])
    return loaded
