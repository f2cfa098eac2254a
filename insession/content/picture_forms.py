"""The forms in which a picture is published: upright, in sRGB, without a word about itself.

A form's name is what its address has after the picture's own: "" is the picture as large as it is
ever shown, ".480.avif" a narrower one, ".still.gif" one that doesn't move. The same picture has the
same forms on every machine.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import partial
from hashlib import blake2b
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import __version__

from insession.content.metadata import is_lossless_webp, without_metadata
from insession.content.pictures import (
    DRAWING,
    FORMATS,
    LONGEST_SIDE,
    SMALL,
    PictureFacts,
    open_picture,
    orientation,
)

if TYPE_CHECKING:
    from PIL import Image

Open = Callable[[], "Image.Image"]
AVIF = ".avif"
ENDINGS = "|".join(FORMATS).replace(".", r"\.")
FURTHER_FORM = re.compile(
    rf"(?:{ENDINGS})\.(?:\d+\{AVIF}|(?:\d+|still)(?:{ENDINGS}))", re.IGNORECASE
)
# With more threads the bytes would depend on how many cores there are.
AVIF_OPTIONS: dict[str, Any] = {"subsampling": "4:2:0", "max_threads": 1}
QUALITIES = (60, 45, 30)  # the next, where the picture as it came is as small
# The widest one is for screens so dense that nobody sees what a slow search for savings changes.
SPEED, SPEED_OF_WIDEST, WIDE = 6, 8, 1440
OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85, "progressive": True, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 80},
    "GIF": {"optimize": True},
}
PHOTO_AS_PNG = {"compress_level": 6}  # to search for the best takes seconds, and saves a hundredth
DEEP = {"I;16", "I;16B", "I;16L", "I"}  # more than 256 levels of grey
CODE = 2  # to be counted up when other bytes are made, or other things found out
# What all forms, and what is known of a picture, depend on besides its own bytes.
SETTINGS = (
    *(CODE, __version__, AVIF_OPTIONS, QUALITIES, SPEED, SPEED_OF_WIDEST, OPTIONS),
    *(LONGEST_SIDE, DRAWING, SMALL),
)
RECIPE = blake2b(repr(SETTINGS).encode(), digest_size=4).hexdigest()


def form_names(picture: PictureFacts, suffix: str) -> list[list[str]]:
    """Return the names of all forms of a picture, those together that are made together."""
    if picture.kind == "photo":
        *narrower, widest = picture.widths
        groups = [[f".{width}{AVIF}", f".{width}{suffix}"] for width in narrower]
        return [*groups, [f".{widest}{AVIF}", ""]]
    return [[""], [f".still{suffix}"]] if picture.kind == "moving" else [[""]]


def is_further_form(path: str) -> bool:
    """Whether a file of a site is a form of a picture other than the picture itself."""
    start = path.rfind(".", 0, path.rfind(".", 0, path.rfind(".")))
    return start > 0 and FURTHER_FORM.fullmatch(path, start) is not None


def make_forms(
    data: bytes, suffix: str, picture: PictureFacts, groups: Collection[list[str]]
) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of these forms of the picture in `data`. Raises as `look`."""
    source = partial(open_picture, data, suffix)
    kind = FORMATS[suffix]
    if picture.kind == "moving":
        for group in groups:
            yield group[0], (_still if group[0] else _moving)(source, data, kind)
        return
    whole = _upright(source, (picture.width, picture.height))
    for group in groups:
        is_whole = group[-1] == ""
        if picture.kind == "drawing":
            yield "", _full(source, data, whole, kind, is_photo=False)
            continue
        width = int(group[0].split(".")[1])
        image = whole
        if width < picture.width:
            height = max(1, round(picture.height * width / picture.width))
            image = _scaled(whole, (width, height))
        make = partial(_full, source, data) if is_whole else _encoded
        same = make(image, kind, is_photo=True)
        yield group[0], _avif(image, len(same))
        yield group[1], same


def _moving(source: Open, data: bytes, kind: str) -> bytes:
    out = BytesIO()
    with source() as image:
        image.info.pop("comment", None)
        image.save(out, kind, save_all=True, exif=b"", xmp=b"", icc_profile=b"")
    return _smallest(out.getvalue(), without_metadata(data, kind))


def _still(source: Open, _: bytes, kind: str) -> bytes:
    with source() as image:
        first = image.convert("RGBA") if image.has_transparency_data else image.convert("RGB")
        first.info = {}
        return _encoded(first.quantize() if kind == "GIF" else first, kind, is_photo=False)


def _full(source: Open, data: bytes, whole: "Image.Image", kind: str, *, is_photo: bool) -> bytes:
    """Return the picture in its own format: never more bytes than it came with at this size."""
    with source() as image:
        has_loss = kind == "WEBP" and not is_lossless_webp(data)
        made = _encoded(whole, kind, is_photo=is_photo or has_loss)
        if {*image.size} != {*whole.size}:
            return made
        is_turned = orientation(image) != 1
        is_other = is_turned or image.info.get("icc_profile") or image.mode in {"CMYK", *DEEP}
        if not is_other:
            return _smallest(made, without_metadata(data, kind))
        if kind == "JPEG" and len(made) > len(data):  # it came with less quality
            tables: dict[int, list[int]] = vars(image)["quantization"]
            used = {0: tables[0], 1: tables.get(1, tables[0])}
            made = _encoded(whole, kind, is_photo=True, quality=-1, qtables=used)
        return made


def _smallest(made: bytes, plain: bytes | None) -> bytes:
    return plain if plain is not None and len(plain) <= len(made) else made


def _upright(source: Open, size: tuple[int, int]) -> "Image.Image":
    """Return the picture as it is meant to be seen, in this size and in colours of sRGB."""
    from PIL import ImageOps

    with source() as image:
        lies = (image.width > image.height) != (size[0] > size[1])
        image.draft(None, size[::-1] if lies else size)  # a large JPEG is decoded smaller at once
        is_turned = orientation(image) != 1
        upright = in_srgb(ImageOps.exif_transpose(image) if is_turned else image)
        upright.load()
    if upright.mode in DEEP:
        upright = upright.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    kept = upright.info.get("transparency")
    upright = _scaled(upright, size)
    upright.info = {} if kept is None else {"transparency": kept}
    return upright


def _scaled(image: "Image.Image", size: tuple[int, int]) -> "Image.Image":
    from PIL import Image

    if image.size == size:
        return image
    if image.mode in {"P", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image.resize(size, Image.Resampling.LANCZOS)


def in_srgb(image: "Image.Image") -> "Image.Image":
    """Apply the embedded colour profile, since it is removed with the rest of the metadata."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "RGBA", "CMYK"}:
        source, mode = BytesIO(profile), "RGB" if image.mode == "CMYK" else image.mode
        try:
            srgb = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(
                image, ImageCms.ImageCmsProfile(source), srgb, outputMode=mode
            )
            image = turned or image
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile of something else, or a broken one
    return image.convert("RGB") if image.mode == "CMYK" else image


def _avif(image: "Image.Image", most: int) -> bytes:
    """Return the picture as AVIF, in fewer bytes than `most` if any of the qualities has them."""
    if "transparency" in image.info:  # one colour of it, which AVIF doesn't know
        image = image.convert("RGBA")
    data, speed = b"", SPEED_OF_WIDEST if image.width > WIDE else SPEED
    for quality in QUALITIES:
        out = BytesIO()
        image.save(out, "AVIF", quality=quality, speed=speed, **AVIF_OPTIONS)
        data = out.getvalue()
        if len(data) <= most:
            break
    return data


def _encoded(image: "Image.Image", kind: str, *, is_photo: bool, **others: Any) -> bytes:
    out, options = BytesIO(), OPTIONS[kind] | others
    if is_photo and kind == "PNG":
        options = PHOTO_AS_PNG
    elif kind == "WEBP" and not is_photo:
        options = {"lossless": True}
    image.save(out, kind, **options)
    return out.getvalue()
