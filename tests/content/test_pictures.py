"""What of a picture is published: upright, no larger than needed, and nothing of its metadata."""

import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from insession.content.picture_forms import form_names, make_forms
from insession.content.pictures import look, reason_refused, refusals, shown_size
from tests.support import ROOT

PLACE = "14 Lighthouse Street"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{PLACE}</x:xmpmeta>'.encode()
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
ANIMATED = {"save_all": True, "append_images": [Image.new("RGB", (60, 40), "blue")]}


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: how it was held, who it belongs to, and where it was."""
    data = Image.Exif()
    data[0x0112], data[0x010E], data[0x013B] = orientation, PLACE, PLACE
    place = data.get_ifd(0x8825)
    place[1], place[2], place[29] = "N", (40.0, 41.0, 12.0), PLACE
    return data


def text_chunks() -> PngInfo:
    info = PngInfo()
    info.add_text("Author", PLACE)
    info.add_text("Comment", PLACE, zip=True)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return info


def forms_of(path: Path) -> dict[str, bytes]:
    """Return all forms of a picture by their names."""
    data, suffix = path.read_bytes(), path.suffix
    picture = look(data, suffix)
    return dict(make_forms(data, suffix, picture, form_names(picture, suffix)))


def published(path: Path) -> bytes:
    """Return the picture as large as it is ever shown."""
    return forms_of(path)[""]


def size_of(path: Path) -> tuple[int, int]:
    return shown_size(path, path.stat().st_mtime_ns)


def opened(path: Path) -> Image.Image:
    image = Image.open(BytesIO(published(path)))
    image.load()
    return image


@pytest.mark.parametrize(
    ("name", "options"),
    [
        (
            "a.jpg",
            {"exif": exif(), "xmp": XMP, "comment": PLACE.encode(), "icc_profile": SRGB},
        ),
        ("a.png", {"exif": exif(), "pnginfo": text_chunks(), "icc_profile": SRGB}),
        ("a.webp", {"exif": exif(), "xmp": XMP, "icc_profile": SRGB}),
        ("a.gif", {"comment": PLACE.encode()}),
        ("moving.gif", ANIMATED | {"comment": PLACE.encode()}),
        ("moving.png", ANIMATED | {"exif": exif(), "pnginfo": text_chunks()}),
        ("moving.webp", ANIMATED | {"exif": exif(), "xmp": XMP}),
    ],
)
def test_a_published_picture_says_nothing_of_who_took_it_and_where(
    tmp_path: Path, name: str, options: dict
) -> None:
    path = tmp_path / name
    Image.new("RGB", (60, 40), "red").save(path, **options)
    with Image.open(path) as before:
        assert PLACE in repr(before.info) + repr(dict(before.getexif())), "the test is no test"
    data = published(path)
    assert PLACE.encode() not in data
    assert b"exif" not in data.lower()
    image = Image.open(BytesIO(data))
    image.load()
    assert not image.getexif()
    assert not {"comment", "xmp", "exif", "Author", "Comment", "XML:com.adobe.xmp"} & {*image.info}


@pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright_however_the_phone_was_held(
    tmp_path: Path, orientation: int, kind: str
) -> None:
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    scene = Image.new("RGB", (90, 60), "white")
    scene.paste((250, 0, 0), (0, 0, 45, 30))  # red at the upper left
    scene.paste((0, 0, 250), (45, 30, 90, 60))  # blue at the lower right
    stored = scene.transpose(undo[orientation]) if orientation in undo else scene
    path = tmp_path / f"x.{kind}"
    stored.save(path, exif=exif(orientation), quality=95)
    image = opened(path).convert("RGB")
    assert image.size == size_of(path) == (90, 60)
    red, blue, white = (image.getpixel(place) for place in ((20, 15), (70, 45), (70, 15)))
    assert red[0] > 200 > 60 > red[2]
    assert blue[2] > 200 > 60 > blue[0]
    assert min(white) > 200


def chunk(name: bytes, data: bytes) -> bytes:
    """Return a part of a PNG."""
    crc = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc)


def with_chunk(png: bytes, name: bytes, data: bytes) -> bytes:
    """Return a PNG with one part more, behind its head."""
    return png[:33] + chunk(name, data) + png[33:]


def with_segment(jpeg: bytes, marker: int, data: bytes) -> bytes:
    """Return a JPEG with one segment more, at its start."""
    return jpeg[:2] + struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data + jpeg[2:]


def tiff(*fields: bytes) -> bytes:
    """Return EXIF with these fields."""
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(fields)) + b"".join(fields) + b"\0\0\0\0"


def interlaced(size: int = 16) -> bytes:
    """Return a PNG that comes in seven passes (Adam7), which Pillow doesn't write."""
    starts = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2))
    rows = [
        b"\0" + bytes(8 * x for x in range(left, size, across))
        for left, top, across, down in (*starts, (0, 1, 1, 2))
        for _ in range(top, size, down)
    ]
    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 1)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"".join(rows)))
    return b"\x89PNG\r\n\x1a\n" + parts + chunk(b"IEND", b"")


NONSENSE = {
    "a word": tiff(struct.pack("<HHI4s", 0x0112, 2, 4, b"six\0")),
    "99": tiff(struct.pack("<HHIHH", 0x0112, 3, 1, 99, 0)),
    "nothing": b"II",
    "what isn't there": b"II*\0\xff\xff\xff\xff",
}


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
@pytest.mark.parametrize("said", NONSENSE)
def test_a_picture_with_nonsense_for_metadata_stands_as_it_is(
    tmp_path: Path, said: str, kind: str
) -> None:
    path = tmp_path / f"x.{kind}"
    Image.new("RGB", (90, 60), "red").save(path)
    data, given = path.read_bytes(), NONSENSE[said]
    if kind == "jpg":
        data = with_segment(data, 0xE1, b"Exif\0\0" + given)
    elif kind == "png":
        data = with_chunk(data, b"eXIf", given)
    else:
        Image.new("RGB", (90, 60), "red").save(path, exif=b"Exif\0\0" + given)
        data = path.read_bytes()
    path.write_bytes(data)
    assert opened(path).size == size_of(path) == (90, 60)
    assert given not in published(path) or len(given) < 4


def test_nothing_is_said_to_programmers_of_a_picture(tmp_path: Path) -> None:
    data = with_segment(saved("JPEG"), 0xE1, b"Exif\0\0" + NONSENSE["what isn't there"])
    (tmp_path / "x.jpg").write_bytes(data)
    look_at_it = (
        "import sys; from pathlib import Path; from insession.content.pictures import look;"
        "look(Path(sys.argv[1]).read_bytes(), '.jpg')"
    )
    command = [sys.executable, "-c", look_at_it, str(tmp_path / "x.jpg")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert not done.stderr


@pytest.mark.parametrize("name", [b"tEXt", b"zTXt", b"iTXt"])
def test_however_much_is_written_into_a_png_it_is_only_left_out(
    tmp_path: Path, name: bytes
) -> None:
    much = PLACE.encode() * 200_000
    packed = b"\0" + zlib.compress(much)
    said = {b"tEXt": much, b"zTXt": packed, b"iTXt": b"\1\0\0\0" + packed[1:]}[name]
    path = tmp_path / "x.png"
    Image.new("RGB", (90, 60), "red").save(path)
    path.write_bytes(with_chunk(path.read_bytes(), name, b"Comment\0" + said))
    assert size_of(path) == (90, 60)
    assert len(published(path)) < 1000


def test_a_colour_that_one_can_see_through_stays_so_in_each_form(tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    image = Image.effect_noise((200, 200), 90).convert("RGB")
    image.paste((1, 2, 3), (0, 0, 100, 200))
    image.save(path, transparency=(1, 2, 3))
    for data in forms_of(path).values():
        made = Image.open(BytesIO(data)).convert("RGBA")
        assert made.getpixel((50, 100))[3] < 50 < 200 < made.getpixel((150, 100))[3]


def test_a_picture_that_comes_in_passes_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(interlaced())
    assert [opened(path).getpixel((x, 9)) for x in range(16)] == [8 * x for x in range(16)]


@pytest.mark.parametrize(
    "size", [(1, 1), (2000, 1500), (2001, 1500), (4032, 3024), (3001, 1999), (1333, 4001)]
)
def test_width_and_height_are_those_of_the_published_picture(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "x.png"
    Image.new("L", size).save(path)
    image = opened(path)
    assert image.size == size_of(path)
    assert max(image.size) == min(2000, max(size))
    assert image.width / image.height == pytest.approx(size[0] / size[1], rel=0.01)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        *((mode, "png") for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")),
        *((mode, "jpg") for mode in ("L", "RGB", "CMYK")),
        *((mode, "webp") for mode in ("RGB", "RGBA")),
        *((mode, "gif") for mode in ("L", "P")),
    ],
)
def test_every_kind_of_pixel_can_be_published(tmp_path: Path, mode: str, kind: str) -> None:
    path = tmp_path / f"x.{kind}"
    Image.new(mode, (2400, 1200)).save(path)
    image = opened(path)
    assert image.size == (2000, 1000)
    assert image.mode != "CMYK", "browsers differ in how they show it"


def test_a_transparent_picture_stays_transparent(tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(path)
    assert opened(path).convert("RGBA").getpixel((5, 5))[3] == 0
    Image.new("RGB", (20, 20), (9, 9, 9)).save(path, transparency=(9, 9, 9))
    assert opened(path).convert("RGBA").getpixel((5, 5))[3] == 0


def test_a_photo_in_another_colour_space_keeps_its_colours(tmp_path: Path) -> None:
    """The profile goes with the metadata, so the pixels have to be turned into sRGB first."""
    turned = SRGB.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    path = tmp_path / "x.png"
    Image.new("RGB", (8, 8), (220, 30, 30)).save(path, icc_profile=turned)
    image = opened(path)
    assert image.getpixel((2, 2)) == pytest.approx((30, 220, 30), abs=3)
    assert "icc_profile" not in image.info


@pytest.mark.parametrize("kind", ["gif", "png", "webp"])
def test_a_moving_picture_keeps_moving(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"x.{kind}"
    Image.new("RGB", (60, 40), "red").save(path, duration=120, loop=0, **ANIMATED)
    image = Image.open(BytesIO(published(path)))
    assert image.n_frames == 2
    image.seek(1)
    image.load()
    assert image.info["duration"] == 120
    assert image.convert("RGB").getpixel((5, 5))[2] > 200
    assert size_of(path) == image.size


def test_a_phones_photo_with_a_second_picture_inside_is_published_as_one(tmp_path: Path) -> None:
    """Many phones store a depth map or a preview after the photo (CIPA DC-007, "MPO")."""
    path = tmp_path / "x.jpg"
    Image.new("RGB", (60, 40), "red").save(path, "MPO", exif=exif(6), **ANIMATED)
    image = opened(path)
    assert (image.format, image.size) == ("JPEG", (40, 60))
    assert PLACE.encode() not in published(path)


def png_that_claims(width: int, height: int) -> bytes:
    """A small file that says it holds a huge picture."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [head, b"IDAT" + zlib.compress(b"\0" * 100), b"IEND"]
    signed = (struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(signed)


def jpeg(size: tuple[int, int] = (600, 600)) -> bytes:
    out = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def saved(kind: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, kind)
    return out.getvalue()


SPACE = zlib.compress(bytes(20_000_000))  # for a profile of colours


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("x.png", b"hello", "not a picture"),
        ("x.jpg", b"", "not a picture"),
        ("x.gif", b"GIF89a", "broken"),
        ("x.jpg", jpeg()[:2000], "broken"),
        ("x.jpg", jpeg()[:-500], "broken"),
        ("x.png", png_that_claims(40, 40), "broken"),
        ("x.png", png_that_claims(9000, 9000), "far too large"),
        ("x.png", png_that_claims(60000, 60000), "far too large"),
        ("x.png", png_that_claims(2**31 - 1, 2**31 - 1), "far too large"),
        ("x.png", jpeg(), "really a JPEG"),
        ("x.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "really a HEIC"),
        ("x.jpg", saved("AVIF"), "really an AVIF"),
        ("x.jpg", b"<!doctype html><p>Not found", "not a picture"),
        ("x.png", with_chunk(saved("PNG"), b"iCCP", b"x\0\0" + SPACE), "broken"),
        ("x.webp", b"RIFF\x10\0\0\0WEBPVP8 ", "broken"),
    ],
)
def test_a_picture_that_can_not_be_used_is_refused_in_her_words(
    tmp_path: Path, name: str, data: bytes, why: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(refusals()) as caught:
        published(path)
    assert why in reason_refused(caught.value)
