"""Words for pictures, their weight, and pictures that nobody uses."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from insession.check.rules.pictures import alt_text, heavy_pictures, orphaned_pictures
from insession.check.text.page import Picture
from tests.check.pages import page, said, site


@pytest.mark.parametrize(
    "body",
    [
        "![Two chairs by a window](../images/two-chairs.png)",
        "![Two chairs](../images/two-chairs.png)",
        "![window](../images/window.jpg)",
        "![Picture window with rain](../images/a.png)",
        "![Image of a hand on a door](../images/a.png)",
        "![The number 988 on a sign](../images/s.png)",
        '<img src="../images/line.png" alt="">',
        "`![](x.png)`",
    ],
)
def test_words_for_a_picture_raise_nothing(body: str) -> None:
    assert said(alt_text, body) == []


@pytest.mark.parametrize(
    "alt",
    ["", " ", "image", "Picture", "a photo", "photo 2", "IMG_1234", "DSC00017", "0001", "image.png",
     "two-chairs.png", "two-chairs", "screenshot", "the picture.", "untitled"],
)  # fmt: skip
def test_what_is_no_text_for_a_picture_is_found(alt: str) -> None:
    found = said(alt_text, f"One\n\n![{alt}](../images/two-chairs.png)")
    assert found == [(3, alt.strip() or "../images/two-chairs.png")]


def test_a_picture_in_html_needs_an_alt_though_it_may_be_empty() -> None:
    body = (
        '![](../images/a.png)\n\n<img src="../images/a.png" alt="">\n\n<img src="../images/a.png">'
    )
    assert said(alt_text, body) == [(1, "../images/a.png"), (5, "../images/a.png")]


def test_the_words_for_a_cover_are_read_too() -> None:
    good = page("x", more="cover: images/a.jpg\ncover_alt: Rain on a window")
    bad = page("x", more="cover: images/a.jpg\ncover_alt: image")
    assert [*alt_text(good, site(good))] == []
    assert [(a.line, a.words) for a in alt_text(bad, site(bad))] == [(8, "image")]
    without = page("x", more="cover: none")
    assert [*alt_text(without, site(without))] == []


@pytest.fixture
def picture(tmp_path: Path) -> Callable[..., Picture]:
    """Make a picture of a size; `published` is what readers load of it."""

    def make(name: str, size: tuple[int, int] = (40, 30), published: int = 1000) -> Picture:
        out = BytesIO()
        Image.new("L", size).save(out, "PNG")
        (tmp_path / name).write_bytes(out.getvalue())
        return Picture(f"content/images/{name}", tmp_path / name, published)

    return make


def test_a_picture_that_is_slow_on_a_phone_is_found(picture: Callable[..., Picture]) -> None:
    whole = type(site())((), (picture("a.png"), picture("b.png", published=3_300_000)))
    assert [(a.file, "3.1 MB" in a.why) for a in heavy_pictures(whole)] == [
        ("content/images/b.png", True)
    ]


def test_a_picture_far_larger_than_it_is_shown_is_found(picture: Callable[..., Picture]) -> None:
    whole = type(site())((), (picture("a.png", (4032, 30)), picture("b.png", (6500, 30))))
    assert [(a.file, a.rule) for a in heavy_pictures(whole)] == [
        ("content/images/b.png", "large-picture")
    ]


def test_a_file_that_is_no_picture_is_left_to_the_build(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no picture")
    whole = type(site())((), (Picture("content/images/a.png", tmp_path / "a.png"),))
    assert [*heavy_pictures(whole)] == []


def test_a_picture_that_nobody_names_is_found(picture: Callable[..., Picture]) -> None:
    texts = (
        page("![One](../images/one%20two.png) and ![x](../images/my-b.png)"),
        page("x", more="cover: images/cover.png\ncover_alt: A cover"),
    )
    pictures = [picture(name) for name in ("one two.png", "cover.png", "b.png", "my-b.png")]
    found = orphaned_pictures(replace(site(*texts), pictures=tuple(pictures), practice=None))
    assert [a.file for a in found] == ["content/images/b.png"]
