"""A picture file: whether it can be used, how large it is shown, and what a page needs to know.

Pillow is loaded for a picture that nobody has looked at yet: most builds need none.
"""

import struct
import warnings
from functools import cache
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from insession.content.metadata import is_lossless_webp, without_words

if TYPE_CHECKING:
    from PIL import Image

# What Pillow warns of means nothing to her: what is wrong with a picture is said as a problem.
warnings.filterwarnings("ignore", module=r"PIL\.")

FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".gif": "GIF"}
# Kinds that browsers or readers of metadata treat too differently to publish.
OTHER_PICTURES = {".heic", ".heif", ".tif", ".tiff", ".bmp", ".svg", ".avif", ".psd"}
LONGEST_SIDE = 2000  # px: the widest a picture is shown, 960 px, on a screen of double density
WIDTHS = (480, 960, 1440)  # px in which a photo is offered besides its full width
ORIENTATION = 0x0112  # EXIF: how the camera was held
MOST_PIXELS = 60_000_000
MOST_MOVING_PIXELS = 600_000_000  # in all frames together

# A drawing, or a screenshot, that AVIF makes no smaller: few bytes for its pixels without loss.
DRAWING = 2.0  # bits a pixel; photos take 8 and more
SMALL = 8 * 1024  # bytes: whatever it is, nothing is gained


class UnusableError(ValueError):
    """What is wrong with a picture, in words for her."""


class PictureFacts(NamedTuple):
    """What is known of a picture; `width` and `height` are those of its published form.

    `kind` is "photo", "drawing" or "moving"; `tone` the name of a calm colour like its own, for its
    place while it loads, and empty where one can see through it.
    """

    digest: str  # of its bytes
    kind: str
    width: int
    height: int
    tone: str

    @property
    def widths(self) -> list[int]:
        """Those in which it is offered, if it is a photo: never wider than it is."""
        return [*(width for width in WIDTHS if width < self.width), self.width]


def look(data: bytes, suffix: str) -> PictureFacts:
    """Return what is known of the picture in a file's bytes.

    All of it is decoded, so what is broken is found here. Raises what `refusals` names.
    """
    with open_picture(data, suffix) as image:
        pixels = image.width * image.height
        width, height = _published_size(image)
        if is_moving(image):
            frames = getattr(image, "n_frames", 1)
            if pixels * frames > MOST_MOVING_PIXELS:
                raise UnusableError("it moves for too long, or is too large for that")
            for frame in range(frames):
                image.seek(frame)
                image.load()
            kind = "moving"
        else:
            is_lossless = image.format == "PNG" or is_lossless_webp(data)
            is_drawing = is_lossless and len(data) * 8 < pixels * DRAWING
            is_photo = image.format != "GIF" and len(data) > SMALL and not is_drawing
            kind = "photo" if is_photo else "drawing"
            image.draft(None, (64, 64))  # a JPEG is decoded as small as that, but all of it
            image.load()
        digest = blake2b(data, digest_size=16).hexdigest()
        return PictureFacts(digest, kind, width, height, _tone(image))


def open_picture(data: bytes, suffix: str) -> "Image.Image":
    """Open a picture, if it is what its name's ending says and not too large. Raises as `look`."""
    from PIL import Image, UnidentifiedImageError

    kind = FORMATS[suffix]
    try:
        image = Image.open(BytesIO(without_words(data) if kind == "PNG" else data))
    except UnidentifiedImageError:
        if data[4:8] == b"ftyp":  # ISO 14496-12, on which HEIF is built
            raise UnusableError("it is really a HEIC file, as iPhones make them") from None
        raise
    if image.width * image.height > MOST_PIXELS:
        raise UnusableError("it is far too large")
    # A phone's JPEG may hold a second picture (MPO); the first is the one that is meant.
    if image.format != kind and (image.format, kind) != ("MPO", "JPEG"):
        a = "an" if str(image.format)[0] in "AEIOU" else "a"
        raise UnusableError(f"it is really {a} {image.format} file")
    return image


@cache
def shown_size(path: Path, _mtime: float) -> tuple[int, int]:
    """Return width and height as published: upright and scaled down. Raises OSError, ValueError."""
    with open_picture(path.read_bytes(), path.suffix.lower()) as image:
        return _published_size(image)


def _published_size(image: "Image.Image") -> tuple[int, int]:
    width, height = image.size
    if is_moving(image):
        return width, height
    if orientation(image) >= 5:  # it lies on its side
        width, height = height, width
    scale = min(1.0, LONGEST_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def orientation(image: "Image.Image") -> int:
    """Return how the camera was held, 1 to 8 (EXIF 2.32); 1 where nothing sensible is said."""
    try:
        found = image.getexif().get(ORIENTATION)
    except (SyntaxError, ValueError, OSError, struct.error):
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def is_moving(image: "Image.Image") -> bool:
    """Whether it has several frames; a second picture in a phone's JPEG is none."""
    return image.format not in {"JPEG", "MPO"} and getattr(image, "n_frames", 1) > 1


def _tone(image: "Image.Image") -> str:
    """Return the name of the calm colour that is nearest to the picture's middle colour."""
    from PIL import Image

    if image.has_transparency_data:
        return ""
    middle = image.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    if not isinstance(middle, tuple):  # what Pillow returns of one channel
        return ""
    red, green, blue = middle
    hue = "blue" if blue > max(red, green) else "green" if green > red else "warm"
    return f"{'pale' if red * 0.3 + green * 0.59 + blue * 0.11 > 128 else 'deep'}-{hue}"


def refusals() -> tuple[type[Exception], ...]:
    """Return what `look` and `shown_size` raise: `except` asks once something is raised."""
    from PIL import Image

    return KeyError, OSError, SyntaxError, ValueError, Image.DecompressionBombError


def reason_refused(error: Exception) -> str:
    """Say in her words why `look` or `shown_size` raised."""
    from PIL import Image, UnidentifiedImageError

    if isinstance(error, Image.DecompressionBombError):
        return "it is far too large"
    if isinstance(error, UnidentifiedImageError):
        return "it is not a picture, or a broken one"
    return str(error) if isinstance(error, UnusableError) else "it is broken"
