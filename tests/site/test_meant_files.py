"""A name that is nearly right: the file that is meant is asked for, and é is one letter."""

from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pytest
from PIL import Image

from insession.common.problems import Problems
from insession.content.ids import Ids, default_id, permanent_ids
from insession.content.meant_file import did_you_mean, find_meant
from insession.content.text_file import name_on_disk
from insession.content.url_ledger import Kept, Published, write_ledger
from tests.support import ROOT, article, build_blog, one, write_content

PICTURE = (ROOT / "content/images/two-chairs.png").read_bytes()
with BytesIO() as data:
    Image.new("RGB", (30, 20), "red").save(data, "JPEG")
    PHOTO = data.getvalue()
E_ONE, E_TWO = normalize("NFC", "é"), normalize("NFD", "é")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("../images/IMG_0042.jpg", "../images/IMG_0042.JPG"),
        ("../images/img_0042.JPG", "../images/IMG_0042.JPG"),
        ("../Images/IMG_0042.JPG", "../images/IMG_0042.JPG"),
        ("IMG_0042.JPG", "../images/IMG_0042.JPG"),
        ("images/IMG_0042.JPG", "../images/IMG_0042.JPG"),
        ("/images/img_0042.jpg", "../images/IMG_0042.JPG"),
        ("../../IMG_0042.JPG", "../images/IMG_0042.JPG"),
        ("../images/IMG_0042.jpeg", "../images/IMG_0042.JPG"),
        ("../images/IMG-0042.JPG", "../images/IMG_0042.JPG"),
        ("../images/two-chairs.png", "../images/two%20chairs.png"),
        ("../images/windwo.png", "../images/walks/window.png"),
        ("../images/window.jpg", "../images/walks/window.png"),
        (f"../images/CAF{E_TWO.upper()}.png", f"../images/caf{E_ONE}.png"),
    ],
)
def test_the_picture_that_is_meant_is_asked_for(written: str, meant: str, tmp_path: Path) -> None:
    names = ("IMG_0042.JPG", "two chairs.png", "walks/window.png", f"caf{E_ONE}.png")
    pictures = {f"images/{name}": PICTURE for name in names if name.endswith(".png")}
    files = pictures | {"images/IMG_0042.JPG": PHOTO}
    with pytest.raises(Problems) as found:
        build_blog(tmp_path, files | {"articles/a.md": article(body=f"Hello.\n\n![x]({written})")})
    (problem,) = found.value.problems
    assert (problem.file, problem.line) == ("content/articles/a.md", 11)
    assert problem.how == f"Did you mean {meant}?"


def test_a_text_a_cover_a_portrait_and_a_recording_are_asked_for_as_well(tmp_path: Path) -> None:
    practice = (ROOT / "content/practice.toml").read_text(encoding="utf-8")
    files = {
        "practice.toml": practice.replace("pronouns", 'portrait = "images/ME.png"\npronouns', 1),
        "images/Me.png": PICTURE,
        "images/door.png": PICTURE,
        "downloads/My Voice.mp3": b"ID3",
        "articles/on-silence.md": article("On silence"),
        "articles/a.md": article(
            more="cover: images/Door.png\ncover_alt: A door\naudio: downloads/my-voice.mp3",
            body="[One](On-Silence.md) and [two](../articles/on_silence.md), [gone](rain.md)",
        ),
    }
    with pytest.raises(Problems) as found:
        build_blog(tmp_path, files)
    how = {problem.what.split(" ")[-1]: problem.how for problem in found.value.problems}
    said = [problem.how for problem in found.value.problems]
    assert "Did you mean images/Me.png?" in said
    assert "Did you mean images/door.png?" in said
    assert "Did you mean downloads/My Voice.mp3?" in said
    assert said.count("Did you mean on-silence.md?") == 2
    assert "Check the name, or remove it here." in said
    assert len(how) >= 5


def test_another_number_is_no_slip_of_the_pen(tmp_path: Path) -> None:
    content = write_content(tmp_path, {"images/IMG_0043.png": PICTURE, "images/door.png": PICTURE})
    assert find_meant(content, "images/IMG_0042.png") == []
    assert find_meant(content, "images/doors.png") == ["images/door.png"]
    assert did_you_mean(content, "images/door.png") == ""


@pytest.mark.parametrize(("on_disk", "written"), [(E_ONE, E_TWO), (E_TWO, E_ONE)])
def test_an_e_with_its_accent_is_one_letter_however_it_is_coded(
    on_disk: str, written: str, tmp_path: Path
) -> None:
    mixed = f"caf{E_TWO}/m{E_ONE}moire"
    files = {
        f"images/{mixed}.png": PICTURE,
        f"downloads/r{on_disk}sum{on_disk}.pdf": b"%PDF",
        f"downloads/v{on_disk}rit{on_disk}.mp3": b"ID3",
        f"articles/caf{on_disk}.md": article("At the café"),
        "articles/a.md": article(
            more=f"cover: images/caf{written}/m{written}moire.png\ncover_alt: A café\n"
            f"audio: downloads/v{written}rit{written}.mp3",
            body=f"![x](../images/caf{written}/m{written}moire.png)\n"
            f"[guide](../downloads/r{written}sum{written}.pdf) [text](caf{written}.md)",
        ),
    }
    built = build_blog(tmp_path, files)
    page = built.page("a/")
    assert one(page, ".prose img")["width"]
    assert [link["href"] for link in page.select(".prose a[href*=cafe]")] == ["/cafe/"]
    assert name_on_disk(tmp_path / "content", f"images/caf{written}/m{written}moire.png") == (
        f"images/{mixed}.png"
    )


@pytest.mark.parametrize(("on_disk", "in_ledger"), [(E_ONE, E_TWO), (E_TWO, E_ONE)])
def test_a_text_is_the_same_on_a_disk_that_codes_its_name_in_another_way(
    on_disk: str, in_ledger: str, tmp_path: Path
) -> None:
    content = write_content(tmp_path, {f"articles/caf{on_disk}.md": article()})
    ledger = tmp_path / "urls.json"
    texts = {f"article:caf{E_ONE}": Published(f"articles/caf{in_ledger}.md", "")}
    write_ledger(ledger, {"/cafe/": f"article:caf{E_ONE}"}, Kept(texts=texts))
    assert permanent_ids(content, ledger) == Ids()
    assert default_id(f"caf{on_disk}.md") == f"caf{E_ONE}"


def test_a_heic_is_named_and_how_to_save_it_is_said(tmp_path: Path) -> None:
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    files = {"images/a.HEIC": heic, "images/b.jpg": heic, "articles/a.md": article()}
    with pytest.raises(Problems) as found:
        build_blog(tmp_path, files)
    assert [problem.file for problem in found.value.problems] == [
        "content/images/a.HEIC",
        "content/images/b.jpg",
    ]
    assert all("HEIC" in problem.what for problem in found.value.problems)
    assert all("File, Export" in problem.how for problem in found.value.problems)
