"""Pictures of a document: what can be shown, without what cameras and phones wrote into them."""

import base64
import binascii
import re
import struct
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_to_bytes

from insession.content.metadata import without_metadata
from insession.content.picture_forms import in_srgb
from insession.content.pictures import FORMATS, MOST_PIXELS, orientation
from insession.importers.media import UNREADABLE
from insession.importers.todo_notes import Notes

if TYPE_CHECKING:
    from PIL import Image

LARGEST = 50_000_000  # bytes
DATA = re.compile(r"data:image/[\w.+-]+((?:;[\w=-]+)*),(.*)", re.S | re.I)
READ = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP")  # what Pillow reads with no other program
SRGB = b"sRGB"
Crop = tuple[float, float, float, float]  # how much is cut off: left, top, right, bottom
WHOLE: Crop = (0, 0, 0, 0)
SAVED_AS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif"}
SAVE = "save it as JPG or PNG, put it into content/images and name it here: ![](../images/NAME.jpg)"


@dataclass
class PictureFolder:
    """Pictures of one document, laid into a folder under the name of its text, one after another.

    `home` is the address under which they are known until they have their place.
    """

    folder: Path
    home: str
    notes: Notes
    stem: str = "picture"

    def html(self, data: bytes, alt: str, crop: Crop = WHOLE) -> str:
        """Return an element for a picture, or the mark of a note that it is left out."""
        made = clean_picture(data, crop)
        if isinstance(made, str):
            words = f" (Picture: {escape(alt)})" if alt else ""
            return self.notes.mark(f"A picture is left out: {made}.") + words
        kind, clean = made
        known = (path for path in sorted(self.folder.iterdir()) if path.read_bytes() == clean)
        path = next(known, None)
        if path is None:
            path = self.folder / f"{len([*self.folder.iterdir()]) + 1}{SAVED_AS[kind]}"
            path.write_bytes(clean)
        return f'<img src="{self.home}{path.name}" alt="{escape(alt)}">'


def clean_picture(data: bytes, crop: Crop = WHOLE) -> tuple[str, bytes] | str:
    """Return a picture's kind and its bytes without metadata, or why it can't be shown.

    What was cut off in the document is cut off for good: it may be what nobody should see. One that
    was turned by the camera is turned for good; one of a kind that no page shows is saved as PNG.
    """
    from PIL import Image

    if data[:4] in (b"\x01\x00\x00\x00", b"\xd7\xcd\xc6\x9a"):
        return f"Windows alone can show it (EMF, WMF); {SAVE}"
    if data[:1000].lstrip().startswith(b"<"):
        return f"it is a drawing (SVG); {SAVE}"
    if data[4:8] == b"ftyp":
        return f"it is a HEIC or AVIF file; {SAVE}"
    try:
        with Image.open(BytesIO(data), formats=READ) as image:
            if image.width * image.height > MOST_PIXELS:
                return "it is far too large"
            kind = "JPEG" if image.format == "MPO" else str(image.format)
            image.load()
            profile = image.info.get("icc_profile") or b""
            is_plain = (
                orientation(image) == 1 and crop == WHOLE and (not profile or SRGB in profile)
            )
            plain = without_metadata(data, kind) if is_plain and kind in FORMATS.values() else None
            return (kind, plain) if plain is not None else _saved(image, kind, crop)
    except (*UNREADABLE, EOFError, KeyError, IndexError, TypeError, struct.error):
        return f"it is broken, or of a kind that can't be read; {SAVE}"


def _saved(image: "Image.Image", kind: str, crop: Crop) -> tuple[str, bytes]:
    """Return a picture upright, cut as it was in the document, in the colours of screens."""
    from PIL import ImageOps

    upright, out = in_srgb(ImageOps.exif_transpose(image)), BytesIO()
    if crop != WHOLE:
        wide, high = upright.size
        left, top = round(crop[0] * wide), round(crop[1] * high)
        right, bottom = round((1 - crop[2]) * wide), round((1 - crop[3]) * high)
        upright = upright.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    kept = upright.info.get("transparency")
    upright.info = {} if kept is None else {"transparency": kept}
    if kind == "JPEG":
        upright.save(out, kind, quality=92)
        return kind, out.getvalue()
    modes = {"1", "L", "LA", "P", "RGB", "RGBA"}
    (upright if upright.mode in modes else upright.convert("RGB")).save(out, "PNG")
    return "PNG", out.getvalue()


def picture_data(address: str, folder: Path) -> bytes | str:
    """Return the bytes of a picture of a web page, or why it has none.

    It is in the page itself, or a file in the page's folder; nothing is fetched.
    """
    if found := DATA.fullmatch(address.strip()):
        try:
            is_base64 = found[1].lower().endswith(";base64")
            raw = unquote_to_bytes(found[2])
            return base64.b64decode(raw, validate=False) if is_base64 else raw
        except (binascii.Error, ValueError):
            return "it is broken"
    if re.match(r"(?:https?:)?//", address, re.I):
        return f"it is on another website ({address}), and nothing is fetched from there"
    path = folder / unquote(address.removeprefix("file://").partition("?")[0]).replace("\\", "/")
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
        if not inside or not path.is_file():
            return f"{Path(path).name} is not beside the file"
        if path.stat().st_size > LARGEST:
            return "it is far too large"
        return path.read_bytes()
    except (OSError, ValueError):
        return "its name can't be read"
