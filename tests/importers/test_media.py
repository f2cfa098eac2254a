"""Pictures and files: found under whatever name, taken once, and said where they are missing."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from insession.importers import wordpress, writer
from tests.importers.conftest import Imported, picture, put_media
from tests.importers.exports import HOME, Entry, attachment, empty_blog
from tests.support import Counted

Bring = Callable[..., Imported]
UPLOADS = f"{HOME}/wp-content/uploads"
FILE = "articles/a-title.md"


def image(address: str, alt: str = "One", more: str = "") -> str:
    """Return a picture in a paragraph of its own."""
    return f'<p><img src="{address}" alt="{alt}"{more}></p>\n\n'


def pictures(result: Imported) -> list[str]:
    """Return the files that came, but for the texts."""
    return [name for name in result.files() if not name.endswith(".md")]


@pytest.mark.parametrize(
    ("stored", "address", "here"),
    [
        ("2019/05/a.jpg", "2019/05/a.jpg", "images/2019/05/a.jpg"),
        ("a.jpg", "a-300x200.jpg", "images/a.jpg"),
        ("a-300x200.jpg", "a-300x200.jpg", "images/a-300x200.jpg"),
        ("a.jpg", "a-scaled.jpg", "images/a.jpg"),
        ("A B.JPG", "A%20B.JPG", "images/a-b.jpg"),
        ("Окно в сад.jpg", quote("Окно в сад.jpg"), "images/okno-v-sad.jpg"),
        ("窓.png", "窓.png", "images/chuang.png"),
        ("café.jpg", quote("CAFÉ.jpg"), "images/cafe.jpg"),
        ("cafe\u0301.jpg", quote("caf\u00e9.jpg"), "images/cafe.jpg"),
        ("caf\u00e9.jpg", quote("cafe\u0301.jpg"), "images/cafe.jpg"),
        ("🌱.jpg", quote("🌱.jpg"), "images/file.jpg"),
        ("a.b.c.jpg", "a.b.c.jpg", "images/a-b-c.jpg"),
        ("a.jpg", "a.jpg?w=600&amp;resize=1", "images/a.jpg"),
    ],
)
def test_a_picture_is_found_under_any_spelling_of_its_name(
    bring: Bring, tmp_path: Path, stored: str, address: str, here: str
) -> None:
    kind = "PNG" if stored.endswith("png") else "JPEG"
    media = put_media(tmp_path, {stored: picture(kind)})
    result = bring(Entry(1, body=image(f"{UPLOADS}/{address}")), media=media)
    assert result.body(FILE) == f"![One](../{here})"
    assert pictures(result) == [here]
    assert (result.content / here).read_bytes() == picture(kind)


def test_a_picture_that_is_used_often_is_copied_once(bring: Bring, tmp_path: Path) -> None:
    media = put_media(tmp_path, {"a.jpg": picture(), "a-300x200.jpg": picture()})
    body = image(f"{UPLOADS}/a.jpg") + image(f"{UPLOADS}/a-300x200.jpg")
    result = bring(Entry(1, body=body), Entry(2, slug="other", body=body), media=media)
    assert pictures(result) == ["images/a.jpg"]
    assert "1 picture." in result.said


def test_two_pictures_whose_names_become_the_same_both_come(bring: Bring, tmp_path: Path) -> None:
    red = picture(colour="red")
    media = put_media(tmp_path, {"a b.jpg": picture(), "a_b.jpg": red})
    body = image(f"{UPLOADS}/a b.jpg") + image(f"{UPLOADS}/a_b.jpg")
    result = bring(Entry(1, body=body), media=media)
    assert result.body(FILE) == "![One](../images/a-b.jpg)\n\n![One](../images/a-b-2.jpg)"
    assert (result.content / "images/a-b-2.jpg").read_bytes() == red


def test_a_picture_that_is_there_already_is_never_overwritten(bring: Bring, tmp_path: Path) -> None:
    media = put_media(tmp_path, {"a.jpg": picture(), "b.jpg": picture(colour="blue")})
    hers = empty_blog(tmp_path) / "images" / "a.jpg"
    hers.write_bytes(picture(colour="red"))
    (hers.parent / "b.jpg").write_bytes(picture(colour="blue"))
    bodies = image(f"{UPLOADS}/a.jpg") + image(f"{UPLOADS}/b.jpg")
    result = bring(Entry(1, body=bodies), media=media)
    assert hers.read_bytes() == picture(colour="red")
    assert result.body(FILE) == "![One](../images/a-2.jpg)\n\n![One](../images/b.jpg)"


@pytest.mark.parametrize(
    ("address", "why"),
    [
        (f"{UPLOADS}/lost.jpg", "it is not in "),
        ("https://other.example/sunset.jpg", "it is on another website"),
        ("data:image/gif;base64,R0lGODlhAQABAAAAACw=", "it is on another website"),
        (f"{UPLOADS}/broken.jpg", "it is not a picture"),
        (f"{UPLOADS}/scan.tif", "TIFF pictures can't be shown here; save it as JPG or PNG"),
        (f"{UPLOADS}/drawing.svg", ".svg pictures can't be shown here; save it as JPG or PNG"),
    ],
)
def test_a_picture_that_cannot_come_leaves_its_words_and_is_said(
    bring: Bring, tmp_path: Path, address: str, why: str
) -> None:
    media = put_media(tmp_path, {"scan.tif": picture("TIFF"), "drawing.svg": b"<svg/>"})
    (media / "broken.jpg").write_bytes(b"no picture")
    result = bring(Entry(1, body=f"<p>First.</p>{image(address, 'A sunset')}"), media=media)
    assert result.body(FILE) == "First.\n\n(Picture: A sunset)"
    assert "line 10: A picture is left out (" in result.said
    assert why in result.said
    assert pictures(result) == []
    result.build()


def test_without_a_media_folder_she_is_told_how_to_bring_pictures(bring: Bring) -> None:
    body = image(f"{UPLOADS}/a.jpg") + image(f"{UPLOADS}/b.jpg")
    result = bring(Entry(1, body=body))
    assert "2 files of the old blog stayed behind." in result.said
    assert "import again with --media" in result.said


def test_a_picture_without_description_is_said_with_its_line(bring: Bring, tmp_path: Path) -> None:
    media = put_media(tmp_path, {"a.jpg": picture()})
    result = bring(Entry(1, body=f"<p>One.</p>{image(f'{UPLOADS}/a.jpg', '')}"), media=media)
    assert "line 10: This picture has no description." in result.said
    assert result.text(FILE).split("\n")[9] == "![](../images/a.jpg)"


def test_a_picture_with_a_wrong_ending_gets_the_right_one(bring: Bring, tmp_path: Path) -> None:
    media = put_media(tmp_path, {"a.jpg": picture("PNG")})
    result = bring(Entry(1, body=image(f"{UPLOADS}/a.jpg")), media=media)
    assert pictures(result) == ["images/a.png"]
    assert result.build().page("a-title/").select_one(".prose img")["alt"] == "One"


def test_a_picture_is_found_wherever_it_is_served_from(bring: Bring, tmp_path: Path) -> None:
    media = put_media(tmp_path, {"a.jpg": picture()})
    lazy = image("data:image/gif;base64,R0", more=f' data-src="{UPLOADS}/a.jpg"')
    cdn = image(f"https://i0.wp.com/{UPLOADS.removeprefix('https://')}/a.jpg?ssl=1")
    hosted = image("https://old.files.wordpress.com/a.jpg?w=600")
    result = bring(Entry(1, body=lazy + cdn + hosted), media=media)
    assert result.body(FILE).split("\n\n") == ["![One](../images/a.jpg)"] * 3


def test_a_smiley_that_was_a_picture_is_a_sign_again(bring: Bring) -> None:
    body = 'So <img src="https://s.w.org/images/core/emoji/2/1f642.png" alt="🙂"> it is.'
    assert bring(Entry(1, body=body)).body(FILE) == "So 🙂 it is."


@pytest.mark.parametrize("folder", [".", "wp-content", "wp-content/uploads"])
def test_the_media_folder_may_be_named_from_further_up(
    bring: Bring, tmp_path: Path, folder: str
) -> None:
    put_media(tmp_path, {"2019/a.jpg": picture()})
    result = bring(Entry(1, body=image(f"{UPLOADS}/2019/a.jpg")), media=tmp_path / "site" / folder)
    assert pictures(result) == ["images/2019/a.jpg"]


def test_a_featured_image_becomes_the_cover_if_it_is_described(
    bring: Bring, tmp_path: Path
) -> None:
    media = put_media(tmp_path, {"a.jpg": picture(), "b.jpg": picture(colour="red")})
    result = bring(
        Entry(1, meta={"_thumbnail_id": "5"}),
        Entry(2, slug="other", meta={"_thumbnail_id": "6"}),
        attachment(5, "a.jpg", "A chair"),
        attachment(6, "b.jpg"),
        media=media,
    )
    assert result.header(FILE)[-2:] == ["cover: images/a.jpg", "cover_alt: A chair"]
    assert "cover:" not in result.text("articles/other.md")
    assert "Its featured image has no description, so it isn't shown." in result.said


def test_each_text_and_each_picture_counts_when_it_comes(
    bring: Bring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Counted()
    for module in (wordpress, writer):
        monkeypatch.setattr(module, "progress", counted)
    media = put_media(tmp_path, {"a.jpg": picture()})
    body = image(f"{UPLOADS}/a.jpg")
    bring(Entry(1, body=body), Entry(2, slug="other", body=body), media=media)
    assert counted.all == [("Importing the texts", 2, 2), ("Copying the pictures", 1, 1)]
