"""Social cards: what a messenger, a network or a feed reader shows beside a link to a page.

A PNG of 1200 × 630 (https://ogp.me/): the page's cover art, or the author's own cover, beside the
title, whose it is and the blog's name. resvg draws it, without any font of the computer's.
"""

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from html import escape
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pelican.contents import Content

from insession.output.art import HEIGHT as ART_HEIGHT
from insession.output.art import START, Choice, Parts, compose
from insession.output.art import WIDTH as ART_WIDTH

if TYPE_CHECKING:
    from PIL.Image import Image

FOLDER = "cards/"  # where they lie in the site
FRONT = "_"  # no text's address
WIDTH, HEIGHT = 1200, 630
PICTURE = 540  # px wide: a little more than 4 by 5, to which every place can be cut
EDGE = 64
TOP, BOTTOM = 92, HEIGHT - 62  # baselines of the blog's name and the author's
TITLE_TOP, TITLE_BOTTOM = 136, 512
SIZES = (78, 72, 66, 60, 54, 49, 44, 40, 36, 32, 28)
LARGE = 60  # px: what is larger takes no more than this part of the height
FEW_LINES = 0.8
WHOLE_WORDS = 44  # px: from there on a word that is too long is broken rather than set smaller
NAME_SIZES, NAMES_HIGH = (30, 27, 24, 21, 18, 15), 64  # px: the blog's and the author's name
PAPER, INK, QUIET = "#fbf8f3", "#2a2522", "#5c534b"
MOST = 60_000  # bytes
COLOURS = (256, 160, 96, 64, 40, 24, 12)  # of a card with a photo, until it is small enough


class SocialCard(NamedTuple):
    """What is on a card: words, and the picture: drawn, the author's (by its digest), or none."""

    title: str
    language: str
    is_right_to_left: bool
    byline: str
    blog: str
    art: Choice | None = None
    cover: str = ""


def card_of(text: Content | None) -> str:
    """Return the path of a text's card in the site, or of the front page's."""
    return f"{FOLDER}{text.slug if text else FRONT}.png"


@cache
def code() -> str:
    """Return the digest of what a card is drawn with, besides what is on it."""
    from insession.output.card_text import PACKAGES

    found = blake2b(digest_size=16)
    for name in ("cards.py", "card_text.py", "art.py"):
        found.update(Path(__file__).with_name(name).read_bytes())
    for name in (*PACKAGES, "pillow"):
        found.update(f"{name} {version(name)}".encode())
    return found.hexdigest()


def draw(card: SocialCard, parts: Parts, cover: bytes | None = None) -> bytes:
    """Return the card as a PNG; `cover` is the author's picture as it is published."""
    from PIL import Image
    from resvg_py import svg_to_bytes  # which takes long to load, as fonts do

    from insession.output.card_text import ITALIC, fonts_of

    words = f"{card.title}{card.byline}{card.blog}"
    fonts = [*fonts_of(words, card.language), ITALIC]
    png = svg_to_bytes(
        svg_string=_svg(card, parts),
        skip_system_fonts=True,
        font_files=[str(font.path) for font in fonts],
    )
    if not cover and len(png) <= MOST:
        return png
    image = Image.open(BytesIO(png)).convert("RGB")
    if cover:
        image.paste(_fitted(cover), (_picture_at(card), 0))
    return _small(image)


def _svg(card: SocialCard, parts: Parts) -> str:
    right = _picture_at(card)
    drawn = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>']
    if card.art:
        scale, middle = HEIGHT / ART_HEIGHT, right + PICTURE / 2
        left = middle - ART_WIDTH * scale / 2
        inside = compose(parts, card.art, "day").decode().strip()
        inside = inside.removeprefix(START).removesuffix("</svg>")
        # What is too wide is painted over: cutting it out would take as long as drawing it.
        paper = 0 if right else PICTURE
        drawn += [
            f'<g transform="translate({left:g} 0)scale({scale:g})">{inside}</g>',
            f'<rect x="{paper}" width="{WIDTH - PICTURE}" height="{HEIGHT}" fill="{PAPER}"/>',
        ]
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">',
            *drawn,
            *_words(card),
            "</svg>",
        ]
    )


def _picture_at(card: SocialCard) -> int:
    """Return where the picture begins: at the side to which lines run."""
    return 0 if card.is_right_to_left else WIDTH - PICTURE


def _words(card: SocialCard) -> Iterator[str]:
    from insession.output.card_text import shown

    width = WIDTH - 2 * EDGE - (PICTURE if card.art or card.cover else 0)
    right = WIDTH - EDGE if card.is_right_to_left else EDGE + width
    for text, base, look in (
        (card.blog, TOP, f'font-style="italic" fill="{INK}"'),
        (card.byline, BOTTOM, f'fill="{QUIET}"'),
    ):
        text = shown(text, card.language)
        size, step, found = _set(text, card.language, width, NAME_SIZES, NAMES_HIGH)
        for number, line in enumerate(found, 1 - len(found)):
            y = base + number * step
            yield _line(card, line, right - width, right, y, f'font-size="{size}" {look}')
    title = shown(card.title, card.language)
    size, step, found = _set(title, card.language, width, SIZES, TITLE_BOTTOM - TITLE_TOP)
    for number, line in enumerate(found):
        y = TITLE_TOP + step * (number + 0.5) + 0.35 * size
        look = f'font-size="{size}" font-weight="600" fill="{INK}"'
        yield _line(card, line, right - width, right, y, look)


def _set(
    text: str, language: str, width: int, sizes: tuple[int, ...], high: int
) -> tuple[int, float, list[str]]:
    """Return the largest size in which a text has room, the step between lines, and the lines."""
    from insession.output.card_text import fonts_of, lines

    leading = max(font.leading for font in fonts_of(text, language))
    for size in sizes:
        found, are_whole = lines(text, language, width, size)
        room = high * (FEW_LINES if size > LARGE else 1.0)
        if len(found) * size * leading <= room and (are_whole or size <= WHOLE_WORDS):
            break
    return size, size * leading, found[: int(high / (size * leading))]


def _line(card: SocialCard, text: str, left: float, right: float, y: float, look: str) -> str:
    """Return one line. resvg knows no `direction`: an isolate and the anchor stand for it."""
    from insession.output.card_text import fonts_of

    families = ", ".join(f"'{font.family}'" for font in fonts_of(text, card.language))
    at = f'x="{left:g}"'
    if card.is_right_to_left:
        text, at = f"\u2067{text}\u2069", f'x="{right:g}" text-anchor="end"'
    return f'<text {at} y="{y:g}" font-family="{families}" {look}>{escape(text)}</text>'


def _fitted(cover: bytes) -> "Image":
    """Return a photo as the card shows it."""
    from PIL import Image, ImageOps

    with Image.open(BytesIO(cover)) as picture:
        shown = Image.new("RGBA", picture.size, PAPER)
        shown.alpha_composite(picture.convert("RGBA"))
    return ImageOps.fit(shown.convert("RGB"), (PICTURE, HEIGHT), Image.Resampling.LANCZOS)


def _small(card: "Image") -> bytes:
    """Return a card as a PNG, in as many colours as it can have."""
    from PIL import Image

    for colours in COLOURS:
        out = BytesIO()
        few = card.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(out, "PNG", optimize=True)
        if out.tell() <= MOST:
            break
    return out.getvalue()
