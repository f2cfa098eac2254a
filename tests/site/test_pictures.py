"""Her pictures on built pages: offered as each window needs them, and saying nothing of her."""

import os
import sys
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import Tag
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from insession.common import cores
from insession.common.problems import Problems
from insession.content import picture_forms, picture_store
from insession.content.pictures import look
from insession.publish.file_facts import read_files
from insession.publish.manifest import Changes, in_words
from insession.site.build import make_site
from insession.site.memory import Memory
from tests.comments.running import until
from tests.content.test_picture_forms import drawing, noise
from tests.content.test_pictures import (
    ANIMATED,
    PLACE,
    SRGB,
    XMP,
    exif,
    interlaced,
    text_chunks,
    with_chunk,
    with_segment,
)
from tests.support import PRACTICE, ROOT, BuiltSite, article, build_blog, build_content, one

WITH_PORTRAIT = PRACTICE.replace("[therapist]\n", '[therapist]\nportrait = "images/her.jpg"\n', 1)
WIDE = noise((500, 300))


def moving(kind: str, **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, kind, **ANIMATED, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    shown = (
        "![One](../images/wide.jpg 'A caption.')\n\n![Two](../images/small.webp) in a line.\n\n"
        "![Three](../images/lines.png)\n\n![Four](../images/moving.gif)\n\n"
        "<picture><source srcset='/images/small.webp' media='print'>"
        "<img src='../images/wide.jpg' alt='Five'></picture>\n"
    )
    return build_blog(
        tmp_path_factory.mktemp("pictures"),
        {
            "practice.toml": WITH_PORTRAIT,
            "articles/shown.md": article("Shown", "cover: none", shown).replace(
                "2026-03-04", "2026-03-03"
            ),
            "articles/covered.md": article(
                "Covered", "cover: images/cover.jpg\ncover_alt: A door.", "![x](../images/wide.jpg)"
            ),
            "articles/draft.md": article("Draft", "status: draft", "![x](../images/hidden.jpg)"),
            "images/wide.jpg": WIDE,
            "images/cover.jpg": noise((490, 300)),
            "images/her.jpg": noise((300, 300)),
            "images/small.webp": noise((200, 300), format="WEBP"),
            "images/lines.png": drawing("PNG"),
            "images/moving.gif": moving("GIF"),
            "images/hidden.jpg": noise((600, 400)),
        },
    )


def forms_of(element: Tag) -> list[tuple[str, int]]:
    """Return the addresses in a `srcset` with the width that is said of each."""
    pairs = [candidate.split() for candidate in element["srcset"].split(", ")]
    return [(address, int(width.removesuffix("w"))) for address, width in pairs]


def shown(built: BuiltSite, alt: str, path: str = "shown/") -> Tag:
    return one(built.page(path), f'main img[alt="{alt}"]')


def test_a_photo_is_offered_as_avif_and_in_its_own_format(built: BuiltSite) -> None:
    image = shown(built, "One")
    source = one(image.parent, "picture > source")
    assert source["type"] == "image/avif"
    assert [width for _, width in forms_of(source)] == [480, 500]
    assert [width for _, width in forms_of(image)] == [480, 500]
    assert (image["src"], image["width"], image["height"]) == ("/images/wide.jpg", "500", "300")
    for element, kind in ((source, "AVIF"), (image, "JPEG")):
        for address, width in forms_of(element):
            with Image.open(built.folder / address.lstrip("/")) as form:
                assert (form.format, form.width) == (kind, width)
    assert source["sizes"] == image["sizes"]
    assert one(image.find_parent("figure"), "figcaption").get_text() == "A caption."


def test_every_form_of_every_picture_is_there(built: BuiltSite) -> None:
    for path in built.pages():
        for element in built.page(path).select("[srcset]"):
            for candidate in element["srcset"].split(","):
                assert built.has(candidate.split()[0].lstrip("/")), candidate


def test_the_first_picture_is_loaded_at_once_and_the_others_later(built: BuiltSite) -> None:
    first, *others = built.page("shown/").select(".prose img")
    assert (first.get("loading"), first["fetchpriority"]) == (None, "high")
    assert others and all(image["loading"] == "lazy" for image in others)
    assert not any(image.get("fetchpriority") for image in others)
    cover = one(built.page("covered/"), ".cover img")
    assert (cover.get("loading"), cover["fetchpriority"]) == (None, "high")
    assert one(built.page("covered/"), ".prose img")["loading"] == "lazy"


def test_cover_and_portrait_are_offered_likewise(built: BuiltSite) -> None:
    for path in ("covered/", ""):
        source = one(built.page(path), "picture.cover > source")
        assert [width for _, width in forms_of(source)] == [480, 490]
    portrait = one(built.page("covered/"), ".author picture > img.portrait")
    assert portrait["loading"] == "lazy"
    assert forms_of(one(portrait.parent, "source")) == [("/images/her.jpg.300.avif", 300)]


def test_a_drawing_stays_one_file_with_a_calm_place(built: BuiltSite) -> None:
    image = shown(built, "Three")
    assert image.parent.name == "figure" and "srcset" not in image.attrs
    assert image["class"] == [look(drawing("PNG"), ".png").tone]
    assert f".{image['class'][0]}{{" in built.text("shown/")
    assert [path.name for path in (built.folder / "images").glob("lines*")] == ["lines.png"]
    assert (built.folder / "images/lines.png").stat().st_size <= len(drawing("PNG"))


def test_a_moving_picture_stands_still_for_who_asked_for_it(built: BuiltSite) -> None:
    source = one(shown(built, "Four").parent, "picture > source")
    assert source["media"] == "(prefers-reduced-motion: reduce)"
    for address, frames in ((source["srcset"], 1), (shown(built, "Four")["src"], 2)):
        with Image.open(built.folder / address.lstrip("/")) as image:
            assert image.n_frames == frames


def test_what_she_wrote_as_a_picture_element_stays_hers(built: BuiltSite) -> None:
    image = shown(built, "Five")
    assert image.parent.name == "picture" and image.parent.parent.name != "picture"
    assert "srcset" not in image.attrs
    assert one(image.parent, "source")["media"] == "print"


def test_no_form_is_made_of_what_no_reader_sees(built: BuiltSite) -> None:
    assert [path.name for path in (built.folder / "images").glob("hidden*")] == ["hidden.jpg"]


def test_a_feed_has_the_picture_alone(built: BuiltSite) -> None:
    feed = built.text("feeds/all.atom.xml")
    assert "/images/wide.jpg" in feed
    assert "480w" not in feed and "fetchpriority" not in feed


def test_what_is_published_is_verified(built: BuiltSite) -> None:
    facts = read_files(built.folder, "https://example.org", Memory(built.folder.parent), "code")
    assert "images/wide.jpg.480.avif" in facts
    assert [name for name, each in facts.items() if each.fault] == []
    new = tuple(name for name in facts if name.startswith("images/"))
    assert in_words(Changes(new=new)) == "7 new other files", "each picture counts once"


def test_no_style_attribute_is_on_any_page(built: BuiltSite) -> None:
    assert not any(built.page(path).select("[style]") for path in built.pages())


def test_a_picture_that_was_replaced_is_new_on_each_page(tmp_path: Path) -> None:
    """Even with the same size: its place has another colour."""
    covered = article("Covered", "cover: images/a.png\ncover_alt: A door.").replace("-04", "-05")
    files = {"articles/a.md": covered, "articles/b.md": article(body="![x](../images/a.png)")}

    def painted(colour: str) -> bytes:
        Image.new("RGB", (60, 40), colour).save(out := BytesIO(), "PNG")
        return out.getvalue()

    build_blog(tmp_path, files | {"images/a.png": painted("#ffffff")})
    built = build_blog(tmp_path, files | {"images/a.png": painted("#000040")})
    for path in ("", "a/", "b/"):
        image = one(built.page(path), 'main img[src="/images/a.png"]')
        assert image["class"] == ["deep-blue"], path


def test_a_build_makes_each_form_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        f"articles/{n}.md": article(f"Title {n}", body=f"![x](../images/{n}.jpg)") for n in "ab"
    } | {f"images/{n}.jpg": noise((300, 200 + ord(n))) for n in "ab"}
    before = build_blog(tmp_path, files)
    pictures = {path.name: path.read_bytes() for path in (before.folder / "images").iterdir()}
    assert len(pictures) == 4
    for name in ("make_forms", "look"):
        monkeypatch.setattr(picture_store, name, None)
    (tmp_path / "content/articles/a.md").write_text(article("Other"), encoding="utf-8")
    (tmp_path / "output/images/b.jpg").unlink()  # is written anew, and not made anew
    build_content(tmp_path / "content", tmp_path / "output")
    settings = {"PATH": str(tmp_path / "content")}
    make_site(tmp_path / "elsewhere", str(ROOT / "pelicanconf.py"), is_fresh=True, **settings)
    for folder in ("output", "elsewhere"):
        for name in pictures.keys() - {"a.jpg.300.avif"}:
            assert (tmp_path / folder / "images" / name).read_bytes() == pictures[name]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks")
def test_pictures_are_made_on_all_cores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make_forms(*arguments: object) -> object:
        (tmp_path / f"pid-{os.getpid()}").touch()
        until(lambda: len([*tmp_path.glob("pid-*")]) == 2)  # or one process could do it all
        return picture_forms.make_forms(*arguments)

    monkeypatch.setattr(picture_store, "make_forms", make_forms)
    monkeypatch.setattr(cores.os, "cpu_count", lambda: 2)
    files = {f"images/{n}.png": image_file("PNG", size=(n, 9)) for n in (7, 8)}
    built = build_blog(tmp_path, files | {"articles/a.md": article()})
    assert built.has("images/7.png") and built.has("images/8.png")
    assert (tmp_path / f"pid-{os.getpid()}").exists()


def image_file(
    kind: str, mode: str = "RGB", size: tuple[int, int] = (90, 60), **more: object
) -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, kind, **more)
    return out.getvalue()


def two_in_one() -> bytes:
    """Return what some phones make: a JPEG with another one behind it (MPO)."""
    out, behind = BytesIO(), Image.new("RGB", (60, 40), "red")
    with Image.open(BytesIO(noise((240, 160)))) as image:
        image.save(out, "MPO", save_all=True, append_images=[behind], exif=exif())
    return out.getvalue()


def much_text() -> PngInfo:
    info = PngInfo()
    info.add_text("Comment", PLACE * 200_000, zip=True)
    return info


XMP_HEAD = b"http://ns.adobe.com/xmp/extension/\0"
ODD: dict[str, bytes] = {
    **{f"turned-{n}.jpg": noise((240, 160), exif=exif(n), xmp=XMP) for n in range(1, 9)},
    "commented.jpg": noise((240, 160), comment=PLACE.encode(), icc_profile=SRGB),
    "with-more-behind.jpg": noise((240, 160)) + PLACE.encode(),
    "cmyk.jpg": image_file("JPEG", "CMYK", exif=exif()),
    "grey.jpg": image_file("JPEG", "L"),
    "deep.png": image_file("PNG", "I;16", pnginfo=text_chunks()),
    "alpha.png": image_file("PNG", "RGBA", exif=exif()),
    "alpha.webp": image_file("WEBP", "RGBA", exif=exif(), xmp=XMP),
    "grey-alpha.png": image_file("PNG", "LA", pnginfo=text_chunks()),
    "profile.png": noise((240, 160), format="PNG", icc_profile=SRGB, pnginfo=text_chunks()),
    "lossless.webp": noise((240, 160), format="WEBP", lossless=True, exif=exif(), xmp=XMP),
    "moving.gif": moving("GIF", comment=PLACE.encode()),
    "moving.png": moving("PNG", exif=exif(), pnginfo=text_chunks()),
    "moving.webp": moving("WEBP", exif=exif(), xmp=XMP),
    "dot.png": image_file("PNG", size=(1, 1), pnginfo=text_chunks()),
    "dot.jpg": image_file("JPEG", size=(1, 1), exif=exif()),
    "very-wide.jpg": image_file("JPEG", "L", (12_000, 30), exif=exif()),
    "very-wide.png": image_file("PNG", "1", (12_000, 1)),
    "LOUD.JPG": noise((240, 160), exif=exif()),
    "progressive.jpg": noise((240, 160), progressive=True, exif=exif()),
    "in-passes.png": with_chunk(interlaced(), b"tEXt", b"Author\0" + PLACE.encode()),
    "two-in-one.jpg": two_in_one(),
    "see-through.png": image_file("PNG", "P", transparency=0, pnginfo=text_chunks()),
    "much-said.jpg": with_segment(noise((240, 160)), 0xE1, XMP_HEAD + PLACE.encode() * 3000),
    "much-said.png": image_file("PNG", pnginfo=much_text()),
}


def test_odd_pictures_are_right_and_no_byte_says_who_took_them(tmp_path: Path) -> None:
    body = "\n\n".join(f"![{name}](../images/{name})" for name in ODD)
    files = {f"images/{name}": data for name, data in ODD.items()}
    built = build_blog(tmp_path, files | {"articles/odd.md": article(body=body)})
    made = [path for path in built.folder.rglob("*") if path.is_file()]
    assert len([path for path in made if path.parent.name == "images"]) > len(ODD)
    for path in made:
        data = path.read_bytes()
        assert PLACE.encode() not in data, path
        if path.parent.name == "images":
            assert not any(sign in data for sign in (b"Exif\0\0", b"ICC_PROFILE", b"iCCP", b"<x:"))
            with Image.open(path) as image:
                image.load()
                assert not image.getexif() and "icc_profile" not in image.info
    for name in ODD:
        image = shown(built, name, "odd/")
        with Image.open(built.folder / f"images/{name}") as picture:
            assert (int(image["width"]), int(image["height"])) == picture.size
            assert max(picture.size) <= 2000
    assert (shown(built, "turned-6.jpg", "odd/")["width"]) == "160"
    assert (shown(built, "very-wide.jpg", "odd/")["height"]) == "5"


def bomb() -> bytes:
    return moving("GIF")[:6] + b"\xff\xff\xff\xff" + moving("GIF")[10:]


BROKEN: dict[str, tuple[bytes, str]] = {
    "a.jpg": (noise((600, 600))[:-900], "broken"),
    "b.png": (noise((240, 160), format="PNG")[:-3000], "broken"),
    "c.webp": (noise((240, 160), format="WEBP")[:-3000], "broken"),
    "d.gif": (moving("GIF")[:-60], "broken"),
    "e.png": (noise((60, 60)), "JPEG"),
    "f.gif": (bomb(), "far too large"),
    "g.png": (b"", "not a picture"),
    "i.jpg.480.jpg": (noise((60, 60)), "smaller form"),
    "h.heic": (b"\0\0\0\x18ftypheic", "browser"),
    "j.jpg": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
}


def test_each_broken_picture_is_one_clear_problem(tmp_path: Path) -> None:
    files = {f"images/{name}": data for name, (data, _) in BROKEN.items()}
    files |= {
        f"articles/{name[0]}.md": article(f"Title {name}", body=f"![x](../images/{name})")
        for name in BROKEN
    }
    with pytest.raises(Problems) as caught:
        build_blog(tmp_path, files)
    found = {problem.file: problem for problem in caught.value.problems}
    assert len(caught.value.problems) == len(BROKEN)
    for name, (_, word) in BROKEN.items():
        problem = found[f"content/images/{name}"]
        assert word in problem.what
        how = ("save it again", "Save it as JPEG", "Give it a name")
        assert any(words in problem.how for words in how)
