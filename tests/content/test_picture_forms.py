"""The forms of a picture: as wide as a window needs, never more bytes than it came with."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from insession.content import picture_store
from insession.content.metadata import without_metadata
from insession.content.picture_forms import RECIPE, form_names, make_forms
from insession.content.picture_store import PictureStore
from insession.content.pictures import PictureFacts, look
from tests.content.test_pictures import PLACE, SRGB, XMP, exif, forms_of, text_chunks


def noise(size: tuple[int, int], **options: object) -> bytes:
    """Return a picture that is no drawing; a JPEG unless `format` says something else."""
    out = BytesIO()
    small = (max(1, size[0] // 3), max(1, size[1] // 3))
    image = Image.effect_noise(small, 90).resize(size).convert("RGB")
    image.save(out, **{"format": "JPEG", "quality": 90} | options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def test_a_photo_is_offered_in_widths_that_it_has(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(noise((980, 300)))
    forms = forms_of(tmp_path / "a.jpg")
    assert {name: opened(data).size[0] for name, data in forms.items()} == {
        ".480.avif": 480,
        ".480.jpg": 480,
        ".960.avif": 960,
        ".960.jpg": 960,
        ".980.avif": 980,
        "": 980,
    }
    assert {opened(data).format for data in forms.values()} == {"AVIF", "JPEG"}
    facts = PictureFacts("", "photo", 2000, 1500, "")
    assert facts.widths == [480, 960, 1440, 2000]
    assert facts._replace(width=480).widths == [480]
    assert facts._replace(width=40).widths == [40]


@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        (".jpg", {"quality": 95}),
        (".jpg", {"quality": 20}),
        (".jpg", {"quality": 20, "icc_profile": SRGB}),
        (".jpg", {"quality": 20, "exif": exif(6)}),
        (".png", {"format": "PNG"}),
        (".webp", {"format": "WEBP", "quality": 30}),
        (".webp", {"format": "WEBP", "lossless": True}),
    ],
)
def test_no_form_has_more_bytes_than_the_picture_came_with(suffix: str, options: dict) -> None:
    data = noise((490, 300), **options)
    facts = look(data, suffix)
    assert facts.kind == "photo"
    forms = dict(make_forms(data, suffix, facts, form_names(facts, suffix)))
    assert len(forms[f".{facts.width}.avif"]) <= len(forms[""]) <= len(data)
    assert len(forms[f".{facts.widths[0]}.avif"]) <= len(forms[f".{facts.widths[0]}{suffix}"] if
        len(facts.widths) > 1 else forms[""])  # fmt: skip
    assert opened(forms[""]).size == (facts.width, facts.height)


def drawing(kind: str, **options: object) -> bytes:
    image = Image.new("RGB", (900, 700), "white")
    for n in range(0, 900, 60):
        image.paste((n % 200, 90, 40), (n, n // 2, n + 30, 600))
    out = BytesIO()
    image.quantize(16).save(out, kind, **options) if kind != "WEBP" else image.save(
        out, kind, **options
    )
    return out.getvalue()


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".png", drawing("PNG", pnginfo=text_chunks())),
        (".webp", drawing("WEBP", lossless=True, xmp=XMP)),
        (".gif", drawing("GIF", comment=PLACE.encode())),
        (".jpg", noise((90, 60))),
    ],
)
def test_what_gains_nothing_stays_as_it_is(suffix: str, data: bytes) -> None:
    facts = look(data, suffix)
    assert (facts.kind, form_names(facts, suffix)) == ("drawing", [[""]])
    made = dict(make_forms(data, suffix, facts, [[""]]))[""]
    assert len(made) <= len(data)
    assert PLACE.encode() not in made
    if suffix != ".jpg":
        assert opened(made).convert("RGB").tobytes() == opened(data).convert("RGB").tobytes()


def test_a_form_is_the_same_whether_made_alone_or_with_others() -> None:
    data = noise((500, 320))
    facts = look(data, ".jpg")
    names = form_names(facts, ".jpg")
    together = dict(make_forms(data, ".jpg", facts, names))
    alone = [dict(make_forms(data, ".jpg", facts, [group])) for group in reversed(names)]
    assert {name: each for forms in alone for name, each in forms.items()} == together


def test_a_moving_picture_has_a_form_that_stands_still() -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], comment=PLACE.encode())
    facts = look(out.getvalue(), ".gif")
    forms = dict(make_forms(out.getvalue(), ".gif", facts, form_names(facts, ".gif")))
    assert [*forms] == ["", ".still.gif"]
    assert (opened(forms[""]).n_frames, opened(forms[".still.gif"]).n_frames) == (2, 1)
    assert opened(forms[".still.gif"]).convert("RGB").getpixel((5, 5))[0] > 200
    assert len(forms[""]) <= len(out.getvalue())


@pytest.mark.parametrize(
    ("colour", "tone"),
    [
        ("#f0e0d0", "pale-warm"), ("#404040", "deep-warm"), ("#204020", "deep-green"),
        ("#d0e0d0", "pale-green"), ("#a0c0f0", "pale-blue"), ("#102050", "deep-blue"),
    ],
)  # fmt: skip
def test_the_place_of_a_picture_has_a_colour_like_its_own(colour: str, tone: str) -> None:
    out = BytesIO()
    Image.new("RGB", (30, 20), colour).save(out, "PNG")
    assert look(out.getvalue(), ".png").tone == tone


def test_where_one_can_see_through_a_picture_its_place_has_no_colour() -> None:
    out = BytesIO()
    Image.new("RGBA", (30, 20), (200, 0, 0, 90)).save(out, "PNG")
    assert look(out.getvalue(), ".png").tone == ""


def test_a_deep_grey_picture_keeps_its_greys() -> None:
    image = Image.new("I;16", (300, 200))
    image.putdata([n % 300 * 218 for n in range(60_000)])
    out = BytesIO()
    image.save(out, "PNG")
    facts = look(out.getvalue(), ".png")._replace(kind="photo")
    forms = dict(make_forms(out.getvalue(), ".png", facts, form_names(facts, ".png")))
    for data in forms.values():
        left, middle, right = (opened(data).convert("L").getpixel((x, 9)) for x in (0, 150, 299))
        assert (left, middle, right) == pytest.approx((0, 127, 254), abs=4)


def test_a_cmyk_photo_keeps_its_colours() -> None:
    out = BytesIO()
    Image.new("RGB", (500, 400), (200, 40, 40)).convert("CMYK").save(out, "JPEG", quality=100)
    facts = look(out.getvalue(), ".jpg")._replace(kind="photo")
    for data in dict(make_forms(out.getvalue(), ".jpg", facts, form_names(facts, ".jpg"))).values():
        assert opened(data).mode == "RGB"
        assert opened(data).getpixel((100, 100)) == pytest.approx((200, 40, 40), abs=8)


def test_what_follows_a_pictures_end_is_left_behind() -> None:
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        out = BytesIO()
        Image.new("RGB", (30, 20), "red").save(out, kind)
        plain = without_metadata(out.getvalue() + PLACE.encode(), kind)
        assert plain is not None and PLACE.encode() not in plain
        assert opened(plain).convert("RGB").getpixel((3, 3))[0] > 240
        assert without_metadata(out.getvalue()[:20], kind) in (None, b"") or kind == "WEBP"


# What is kept of them


@pytest.fixture
def store(tmp_path: Path) -> PictureStore:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.jpg").write_bytes(noise((490, 200)))
    return PictureStore(tmp_path / "content", tmp_path / "kept")


def facts_of(store: PictureStore, name: str = "a.jpg") -> PictureFacts:
    facts = store.look([name])[name]
    assert isinstance(facts, PictureFacts)
    return facts


def test_a_form_is_made_once_wherever_the_folder_is_carried(
    store: PictureStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = facts_of(store)
    made = store.get("a.jpg", facts, ".480.avif")
    store.make_all("a.jpg", facts)
    monkeypatch.setattr(picture_store, "make_forms", None)
    monkeypatch.setattr(picture_store, "look", None)
    (tmp_path / "clone").mkdir()
    (tmp_path / "clone/b.jpg").write_bytes((tmp_path / "content/a.jpg").read_bytes())
    clone = PictureStore(tmp_path / "clone", (tmp_path / "kept").rename(tmp_path / "carried"))
    assert facts_of(clone, "b.jpg") == facts
    clone.make_all("b.jpg", facts)
    assert clone.get("b.jpg", facts, ".480.avif") == made


def test_what_is_damaged_is_made_again(store: PictureStore) -> None:
    facts = facts_of(store)
    store.make_all("a.jpg", facts)
    before = {path.name: path.read_bytes() for path in store.folder.iterdir()}
    for path in store.folder.iterdir():
        path.write_bytes(path.read_bytes()[: len(before[path.name]) // 2])
    assert facts_of(store) == facts
    store.make_all("a.jpg", facts)
    forms = {name for name in before if not name.endswith(".json")}
    assert {name: (store.folder / name).read_bytes() for name in forms} == {
        name: before[name] for name in forms
    }


def test_nothing_is_made_of_a_picture_that_was_changed_meanwhile(store: PictureStore) -> None:
    facts = facts_of(store)
    (store.root / "a.jpg").write_bytes(noise((510, 200)))
    with pytest.raises(FileNotFoundError):
        store.get("a.jpg", facts, "")
    assert facts_of(store).width == 510


def test_nothing_is_kept_of_a_picture_that_is_gone(store: PictureStore) -> None:
    (store.root / "b.jpg").write_bytes(noise((300, 200)))
    found = store.look(["a.jpg", "b.jpg"])
    for name in found:
        store.make_all(name, facts_of(store, name))
    facts = facts_of(store)
    store.forget_others({"a.jpg": facts})
    kept = {path.name.split("-")[0] for path in store.folder.iterdir()}
    assert kept == {facts.digest, "pictures.json"}


@pytest.mark.parametrize("seen", ["[]", "[1]", '[["a.jpg", [1, 2], "x"]]', "7"])
@pytest.mark.parametrize("facts", ["[]", '[["x"]]', "[[]]", "null"])
def test_whatever_is_kept_of_pictures_they_are_looked_at_again(
    store: PictureStore, seen: str, facts: str
) -> None:
    found = facts_of(store)
    kept = f'{{"recipe": "{RECIPE}", "seen": {seen}, "facts": {facts}}}'
    (store.folder / "pictures.json").write_text(kept, encoding="utf-8")
    assert facts_of(store) == found
