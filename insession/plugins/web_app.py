"""site.webmanifest, for who keeps the blog on a home screen, with icons of her monogram.

Sources: https://www.w3.org/TR/appmanifest/, and Apple's name for an icon that its devices ask for
by themselves, apple-touch-icon.png.
"""

import json
from functools import partial
from io import BytesIO
from pathlib import Path

from pelican import signals
from pelican.generators import ArticlesGenerator

from insession.content.languages import direction
from insession.content.practice import PracticeFile
from insession.output.writer import Writer

MANIFEST = "site.webmanifest"
ICONS = {"icon-192.png": 192, "icon-512.png": 512}  # path → size in pixels
FOR_APPLE = {"apple-touch-icon.png": 180}
LETTERS = 0.42  # of an icon's width: what systems cut to a circle keeps (W3C, “maskable”)
HIGHEST = "\u017f"  # up to here the theme's serif has all letters; other scripts have the sign


def manifest(file: PracticeFile, base: str, paper: str) -> bytes:
    """Return the manifest of a blog at `base` on its host."""
    site = file.site
    icons = [
        {
            "src": f"{base}/{path}",
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for path, size in ICONS.items()
        for purpose in ("any", "maskable")
    ]
    known = {
        "name": site.title,
        "description": site.tagline,
        "lang": site.language,
        "dir": direction(site.language),
        "id": f"{base}/",
        "start_url": f"{base}/",
        "scope": f"{base}/",
        "display": "minimal-ui",
        "background_color": paper,
        "theme_color": paper,
        "icons": icons,
    }
    return f"{json.dumps(known, ensure_ascii=False, indent=1)}\n".encode()


def icon(monogram: str, size: int, font: Path, ground: str, ink: str) -> bytes:
    """Return an icon as PNG: the monogram, or two chairs where the font lacks a letter of it."""
    from PIL import Image, ImageDraw, ImageFont  # here, because only a new monogram needs it

    picture = Image.new("RGB", (size, size), ground)
    draw, middle = ImageDraw.Draw(picture), size / 2
    if all(letter <= HIGHEST for letter in monogram):
        letters = ImageFont.truetype(font, 100)
        left, top, right, bottom = letters.getbbox(monogram)
        scale = 100 * size * LETTERS / max(right - left, bottom - top)
        letters = ImageFont.truetype(font, scale)
        left, top, right, bottom = letters.getbbox(monogram)
        place = middle - (left + right) / 2, middle - (top + bottom) / 2
        draw.text(place, monogram, fill=ink, font=letters)
    else:
        for left, top in ((0.27, 0.32), (0.53, 0.42)):
            corners = (left * size, top * size, (left + 0.2) * size, 0.7 * size)
            draw.rounded_rectangle(
                corners, 0.1 * size, fill=ink, corners=(True, True, False, False)
            )
    data = BytesIO()
    picture.save(data, "PNG", optimize=True)
    return data.getvalue()


def add_manifest(generator: ArticlesGenerator, writer: Writer) -> None:
    """Hand the manifest and the icons to the writer."""
    file, context = generator.settings["PRACTICE"], generator.context
    paper, ground = context["PAPER"]["light"], context["ACTION"]
    make = partial(manifest, file, generator.settings["SITEURL"], paper)
    writer.add(MANIFEST, make, lambda: ())
    font = Path(generator.settings["THEME"], "static", "fonts", "serif.woff2")
    letters = file.therapist.monogram
    for path, size in (ICONS | FOR_APPLE).items():
        writer.add(path, partial(icon, letters, size, font, ground, paper), lambda: ())


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(add_manifest)
