"""A file that is no export, or a harmful one: refused in words, and nothing is written."""

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from insession.importers import writer, wxr
from insession.importers.command import bring_in
from tests.importers.conftest import Imported, picture, put_media
from tests.importers.exports import HOME, WXR, Entry, attachment, empty_blog, write_export

Bring = Callable[..., Imported]
HEAD = '<?xml version="1.0"?>\n'
LAUGHS = (
    HEAD
    + '<!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {n} "{f"&{p};" * 10}">' for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><rss><channel><item><title>&i;</title></item></channel></rss>"
)
OUTSIDE = HEAD + '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>'
DEEP = HEAD + "<rss><channel>" + "<a>" * 10_000 + "</a>" * 10_000 + "</channel></rss>"
WHOLE = WXR.format(home=HOME, version="1.2", items=Entry(1).xml())


def refused(result: Imported, *said: str) -> None:
    assert result.code == 1
    assert "Nothing was imported." in result.said
    assert "Traceback" not in result.said
    for words in said:
        assert words in result.said
    assert result.files() == []
    names = {path.name for path in result.root.iterdir()}
    assert not names & {"urls.json", "imported.json", "import-report.txt", ".import.new"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (LAUGHS, "it has a DOCTYPE in it"),
        (OUTSIDE, "it has a DOCTYPE in it"),
        (DEEP, "it is nested deeper than any export is"),
        (WHOLE[: len(WHOLE) // 2], "the file isn't whole"),
        ("", "the file isn't whole"),
        ("Dear diary", "isn't XML"),
        ("<!DOCTYPE html><html><body>Log in</body></html>", "it is a web page"),
        ("\n <html><body>502 Bad Gateway</body></html>", "it is a web page"),
        (HEAD + "<rss><channel><item/></channel></rss>", "it doesn't come from WordPress"),
        (HEAD + "<feed/>", "it doesn't come from WordPress"),
        ('<?xml version="1.0" encoding="no-such"?><rss/>', "it doesn't come from WordPress"),
        (gzip.compress(WHOLE.encode()), "it is compressed (gzip)"),
        (b"\xff\xd8\xff\xe0 a picture", "isn't XML"),
        (b"SQLite format 3\0", "isn't XML"),
    ],
)
def test_what_is_no_whole_and_harmless_export_is_refused_in_words(
    bring: Bring, tmp_path: Path, data: str | bytes, said: str
) -> None:
    file = tmp_path / "export.xml"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    refused(bring(file=file), "export.xml", said)


def test_a_broken_line_is_named(bring: Bring, tmp_path: Path) -> None:
    file = tmp_path / "export.xml"
    file.write_text("<rss>\n<channel>\n<a></b>\n</channel></rss>", encoding="utf-8")
    refused(bring(file=file), "export.xml:3: ", "choose Tools, Export")


def test_a_zip_is_to_be_unpacked_first(bring: Bring, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as packed:
        packed.writestr("export.xml", WHOLE)
    refused(bring(file=tmp_path / "export.zip"), "Unpack it first")


def test_a_file_that_is_far_too_large_is_not_even_read(
    bring: Bring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wxr, "read_parts", lambda *_, **__: pytest.fail("it was read"))
    file = tmp_path / "export.xml"
    with file.open("wb") as large:
        large.truncate(wxr.LARGEST * wxr.MB + 1)
    refused(bring(file=file), "larger than 100 MB", "Export it in parts")


def test_a_missing_file_or_folder_is_said(bring: Bring, tmp_path: Path) -> None:
    refused(bring(file=tmp_path / "none.xml"), "none.xml", "Check the name")
    refused(bring(file=tmp_path), "Check the name")
    refused(bring(Entry(1), media=tmp_path / "none"), "there is no such folder", "uploads")


def test_a_text_nested_without_end_is_named(bring: Bring) -> None:
    body = "<div>" * 5_000 + "deep" + "</div>" * 5_000
    refused(bring(Entry(1, "The deep one", body)), "“The deep one”", "nested without end")


@pytest.mark.parametrize(
    "slug", ["../../escape", "..%2f..%2fescape", "/etc/passwd", "a\\..\\b", "con", "C:evil"]
)
def test_a_name_never_leads_out_of_content(bring: Bring, slug: str) -> None:
    result = bring(Entry(1, slug=slug, link=f"{HOME}/{slug}/"))
    assert result.code == 0
    (name,) = result.files()
    assert name.startswith("articles/")
    assert name.count("/") == 1
    assert name != "articles/con.md"
    written = {path.name for path in result.root.iterdir()} - {"content", "export.xml"}
    assert written == {"imported.json", "import-report.txt", "urls.json"}


def test_a_picture_is_taken_from_the_media_folder_only(bring: Bring, tmp_path: Path) -> None:
    empty_blog(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "secret.jpg").write_bytes(picture())
    media = put_media(tmp_path, {"ok.jpg": picture()})
    (media / "link.jpg").symlink_to(tmp_path / "site" / "secret.jpg")
    pictures = "".join(
        f'<p><img src="{HOME}/wp-content/uploads/{name}" alt="One"></p>'
        for name in ("../../secret.jpg", "%2e%2e/%2e%2e/secret.jpg", "link.jpg", "ok.jpg")
    )
    result = bring(Entry(1, body=pictures), media=media)
    assert [name for name in result.files() if "images" in name] == ["images/ok.jpg"]


def test_scripts_in_links_and_attributes_do_not_come_along(bring: Bring) -> None:
    body = (
        '<p onclick="x()"><a href="javascript:alert(1)">one</a> <a href=" JaVa\tScript:x">two</a> '
        '<a href="data:text/html,x">three</a> <img src="data:image/png;base64,AA" alt="four" '
        'onerror="x()"> <a href="//x.example/%22%3E%3Cscript%3E">five</a> '
        '<a href="https://[broken">six</a></p>&lt;script&gt;alert(1)&lt;/script&gt;'
    )
    result = bring(Entry(1, body=body))
    text = result.body("articles/a-title.md")
    assert "javascript" not in text.lower()
    assert "onclick" not in text
    assert "data:" not in text
    assert "&lt;script>" in text
    site = result.build()
    assert site.page("a-title/").select(".prose script") == []
    assert [a["href"] for a in site.page("a-title/").select(".prose p a")] == [
        "https://x.example/%22%3E%3Cscript%3E"
    ]


def test_private_signs_cannot_forge_a_note(bring: Bring) -> None:
    result = bring(
        Entry(1, body="<p>\ue0005\ue001 and \ue0000\ue001</p>", excerpt="\ue0000\ue001 x")
    )
    assert result.body("articles/a-title.md") == "5 and 0"


def test_a_failure_half_way_leaves_nothing(
    bring: Bring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    media = put_media(tmp_path, {"a.jpg": picture()})
    empty_blog(tmp_path)
    monkeypatch.setattr(writer, "write_record", full)
    body = f'<img src="{HOME}/wp-content/uploads/a.jpg" alt="One">'
    refused(bring(Entry(1, body=body), attachment(2, "a.jpg"), media=media), "No space left")


def test_a_record_that_cannot_be_read_is_refused(bring: Bring, tmp_path: Path) -> None:
    (tmp_path / "imported.json").write_text("[]", encoding="utf-8")
    result = bring(Entry(1))
    assert result.code == 1
    assert "imported.json: this file can't be read." in result.said


def test_another_word_than_wordpress_is_answered_kindly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring_in("tumblr", "x.xml", False, "", tmp_path) == 1
    assert (
        "From “tumblr” nothing can be imported yet, only from WordPress" in capsys.readouterr().err
    )


def test_another_encoding_is_read_if_the_file_names_it(bring: Bring, tmp_path: Path) -> None:
    text = WHOLE.replace("UTF-8", "ISO-8859-1").replace("Some words.", "Caf\xe9.")
    (tmp_path / "export.xml").write_bytes(text.encode("latin-1"))
    assert bring(file=tmp_path / "export.xml").body("articles/a-title.md") == "Café."


def test_an_unknown_version_is_read_by_its_names(bring: Bring, tmp_path: Path) -> None:
    for version in ("1.0", "1.1", "1.2"):
        file = write_export(
            tmp_path, Entry(int(version[2]) + 1, slug=f"v{version}"), version=version
        )
        assert bring(file=file).code == 0
    assert len(list((tmp_path / "content" / "articles").iterdir())) == 3
