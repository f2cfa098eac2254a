"""One picture file: what size it is shown in, and what of it is published.

Pillow is loaded for a picture that nobody has looked at yet: most builds need none.
"""

import os
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".gif": "GIF"}
# Kinds that browsers or readers of metadata treat too differently to publish.
OTHER_PICTURES = {".heic", ".heif", ".tif", ".tiff", ".bmp", ".svg", ".avif", ".psd"}
LONGEST_SIDE = 2000  # px: the widest a picture is shown, 960 px, on a screen of double density
MOST_PIXELS = 60_000_000


@cache
def shown_size(path: Path, _mtime: float) -> tuple[int, int]:
    """Return width and height as published: upright and scaled down. Raises OSError, ValueError."""
    from PIL import Image

    with Image.open(path) as image:
        width, height = image.size
        if _is_animated(image):
            return width, height
        if image.getexif().get(0x0112, 1) >= 5:  # EXIF orientation: lies on its side
            width, height = height, width
    scale = min(1.0, LONGEST_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def published(path: Path) -> bytes:
    """Return the picture as it is published. Raises OSError or ValueError if it can't be read."""
    from PIL import Image, ImageOps

    kind = FORMATS[path.suffix.lower()]
    with Image.open(path) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ValueError("it is far too large")
        # A phone's JPEG may hold a second picture (MPO); the first is the one that is meant.
        if image.format != kind and (image.format, kind) != ("MPO", "JPEG"):
            raise ValueError(f"it is really a {image.format} file")
        out = BytesIO()
        if _is_animated(image):
            image.info.pop("comment", None)
            image.save(out, kind, save_all=True, exif=b"", xmp=b"")
            return out.getvalue()
        upright = _in_srgb(ImageOps.exif_transpose(image))
        size = shown_size(path, path.stat().st_mtime)
        if upright.size != size:
            upright = upright.convert("RGBA") if upright.mode == "P" else upright
            upright = upright.resize(size, Image.Resampling.LANCZOS)
        kept = upright.info.get("transparency")
        upright.info = {} if kept is None else {"transparency": kept}
        options: dict[str, Any] = {"JPEG": {"quality": 85, "progressive": True}}.get(kind, {})
        upright.save(out, kind, optimize=True, **options)
        return out.getvalue()


class PictureCache:
    """Published forms of pictures, kept in a folder: making one takes a good part of a second."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._used: set[str] = set()

    def published(self, path: Path) -> Path:
        """Return the file that holds the picture as it is published. Raises as `published`."""
        found = path.stat()
        known = f"{path} {found.st_mtime_ns} {found.st_size} {LONGEST_SIDE}"
        name = f"{sha256(known.encode()).hexdigest()}{path.suffix.lower()}"
        kept = self.folder / name
        self._used.add(name)
        if not kept.is_file():
            data = published(path)
            self.folder.mkdir(parents=True, exist_ok=True)
            fresh = kept.with_name(f"{name}.{os.getpid()}")  # another build may be at it, too
            fresh.write_bytes(data)
            fresh.replace(kept)
        return kept

    def forget_others(self) -> None:
        """Remove what no picture of this site was published as."""
        if self.folder.is_dir():
            for entry in list(os.scandir(self.folder)):
                if entry.name not in self._used:
                    Path(entry.path).unlink(missing_ok=True)


def _is_animated(image: "Image.Image") -> bool:
    return image.format not in {"JPEG", "MPO"} and getattr(image, "n_frames", 1) > 1


def _in_srgb(image: "Image.Image") -> "Image.Image":
    """Apply the embedded colour profile, since it is removed with the rest of the metadata."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA"}:
        return image.convert("RGB") if image.mode == "CMYK" else image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB")) or image
    except ImageCms.PyCMSError:
        return image


def refusals() -> tuple[type[Exception], ...]:
    """Return what `published` and `shown_size` raise: `except` asks once something is raised."""
    from PIL import Image

    return KeyError, OSError, SyntaxError, ValueError, Image.DecompressionBombError


def reason_refused(error: Exception) -> str:
    """Say in her words why `published` or `shown_size` raised."""
    from PIL import Image, UnidentifiedImageError

    if isinstance(error, Image.DecompressionBombError):
        return "it is far too large"
    if isinstance(error, UnidentifiedImageError):
        return "it is not a picture, or a broken one"
    return str(error) if type(error) is ValueError else "it is broken"
