"""`new --from`: what is no document, or a hostile one, is refused in words; and web pages."""

import base64
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from insession.content.front_matter import read_file
from insession.importers import document_command, word_package
from insession.importers.document_command import new_from
from tests.importers.documents import HEAD, paragraph, part, picture, relation, run, word_file
from tests.importers.test_documents import photo
from tests.support import article, write_content

WORD = paragraph("Words.")


def packed(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")
    return out.getvalue()


def with_password() -> bytes:
    """A document whose parts are packed with a password, by the flag that says so."""
    data = bytearray(word_file(WORD))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(sign)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(sign, place + 4)
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTITIES = f'{HEAD}<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + part(
    "document", f"<w:body>{WORD}</w:body>"
).removeprefix(HEAD)
REFUSED = {
    "an old Word": (OLE + b"WordDocument", "old Word"),
    "a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "a password on its parts": (with_password(), "password"),
    "rich text": (rb"{\rtf1 Words}", "RTF"),
    "OpenDocument": (packed("mimetype", "content.xml"), ".odt"),
    "Pages": (packed("Index/Document.iwa"), "Export"),
    "a table": (packed("xl/workbook.xml"), "table"),
    "a zip": (packed("a.docx"), "zip"),
    "another zip": (packed("a.bin"), "no Word document"),
    "a PDF": (b"%PDF-1.7", "PDF"),
    "a text": (b"Some words.", "content/articles"),
    "nothing": (b"", "empty"),
    "half a file": (word_file(WORD)[:300], "damaged"),
    "broken XML": (word_file(WORD, files={"word/document.xml": "<w:document"}), "damaged"),
    "another XML": (word_file(WORD, files={"word/document.xml": "<html/>"}), "no Word document"),
    "entities": (word_file(WORD, files={"word/document.xml": ENTITIES}), "isn't safe"),
    "depth": (word_file("<w:sdt>" * 2000 + "</w:sdt>" * 2000), "without end"),
}


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    write_content(tmp_path, {"articles/a.md": article()})
    return tmp_path


def bring(blog: Path, data: bytes, name: str = "text.docx") -> int:
    (blog / name).write_bytes(data)
    return new_from(str(blog / name), "A title", content=str(blog / "content"))


def files(blog: Path) -> list[str]:
    return sorted(p.name for p in (blog / "content").rglob("*") if p.is_file())


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_document_is_refused_in_words(
    blog: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    data, words = REFUSED[name]
    before = files(blog)
    assert bring(blog, data) == 1
    said = capsys.readouterr().err
    assert said.startswith("text.docx: ")
    assert words in said
    assert "Traceback" not in said
    assert files(blog) == before


def test_a_bomb_is_refused_before_it_is_unpacked(
    blog: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_package, "LARGEST_PART", 100_000)
    assert bring(blog, word_file(WORD * 20_000)) == 1
    assert "far too large" in capsys.readouterr().err


def test_a_file_that_is_not_there_or_too_large_is_said(
    blog: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert new_from(str(blog / "none.docx"), content=str(blog / "content")) == 1
    assert "there is no such file" in capsys.readouterr().err
    assert new_from(str(blog), content=str(blog / "content")) == 1
    assert "folder" in capsys.readouterr().err
    monkeypatch.setattr(document_command, "LARGEST", 10)
    assert bring(blog, word_file(WORD)) == 1
    assert "too large" in capsys.readouterr().err


def test_names_of_pictures_lead_nowhere(blog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (blog / "secret.jpg").write_bytes(photo())
    links = "".join(
        relation(f"p{at}", "image", target)
        for at, target in enumerate(
            ("../../../../../secret.jpg", str(blog / "secret.jpg"), "x.exe")
        )
    )
    body = "".join(paragraph(picture(f"p{at}", "A photo")) for at in range(3))
    assert bring(blog, word_file(body, links, {"word/x.exe": b"MZ"})) == 0
    assert files(blog) == ["a-title.md", "a.md", "practice.toml"]
    assert capsys.readouterr().out.count("A picture is left out") == 3


def test_a_link_that_could_do_harm_is_taken_out(
    blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    links = relation("a", "hyperlink", "javascript:alert(1)", True)
    links += relation("b", "hyperlink", "file:///C:/Clients/jo.docx", True)
    links += relation("c", "hyperlink", "other.docx", True)
    body = "".join(paragraph(f'<w:hyperlink r:id="{x}">{run("word")}</w:hyperlink>') for x in "abc")
    assert bring(blog, word_file(body, links)) == 0
    text = (blog / "content/articles/a-title.md").read_text("utf-8")
    assert text.endswith("\n\nword\n\nword\n\nword\n")
    assert capsys.readouterr().out.count("is taken out") == 3


def test_nothing_stays_if_the_draft_cannot_be_written(
    blog: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(document_command, "write", fail)
    before, links = files(blog), relation("p", "image", "media/a.jpg")
    data = word_file(paragraph(picture("p")), links, {"word/media/a.jpg": photo()})
    assert bring(blog, data) == 1
    assert "No space left" in capsys.readouterr().err
    assert files(blog) == before


def test_a_kind_or_a_beginning_is_refused(blog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new_from("x.docx", content=str(blog / "content"), is_other=True) == 1
    assert "--kind" in capsys.readouterr().err


def test_a_page_comes_without_topic(blog: Path) -> None:
    (blog / "fees.docx").write_bytes(word_file(paragraph("What I ask.")))
    made = new_from(str(blog / "fees.docx"), page=True, content=str(blog / "content"))
    assert made == 0
    header, body = read_file(blog / "content/pages/fees.md", "", True)
    assert (header.title, header.status, body.strip()) == ("fees", "draft", "What I ask.")


# Web pages that word processors save

GOOGLE = """<html><head><meta charset="utf-8"><style>.c1{font-weight:700}.c2{font-style:italic}
.c3{color:#000}</style></head><body class="c3"><p class="title"><span class="c3">Silence</span></p>
<p><span class="c3">It is </span><span class="c1">very </span><span class="c1">good</span><span
class="c2"> here</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><sup><a href="#cmnt1"
id="cmnt_ref1">[a]</a></sup>
<a href="https://www.google.com/url?q=https://a.example/x&amp;sa=D">a</a></p>
<ul class="lst-kix_a-0 start"><li><span>one</span></li></ul><ul class="lst-kix_a-1 start">
<li>deep</li></ul><ul class="lst-kix_a-0"><li>two</li></ul><h2 id="h.x">Why</h2><p>So.</p>
<hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;A book.</span></p></div>
<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>SECRET</span></p></div></body></html>"""
WORDS = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>Silence</title>
</head><body lang=EN-US><p class=MsoTitle>Silence</p><p class=MsoNormal>It is <b>good</b><a
href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in'><span style='font-family:Symbol'>·
<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span>one</p>
<p class=MsoListParagraphCxSpLast><span>·<span>&nbsp;&nbsp; </span></span>two</p>
<p class=MsoNormal><span style='display:none'>SECRET</span><del cite="mailto:Jo"
datetime="2026-01-01T10:00">SECRET</del>End.</p>
<div><br clear=all><hr><div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1"
name="_ftn1">[1]</a> A book.</p></div></div></body></html>"""
LIBRE = """<!DOCTYPE html><html><body><h1>Silence</h1><p>It is<a class="sdfootnoteanc"
name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> good.</p><ol start="3"><li><p>three
</p></li></ol><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym"
name="sdfootnote1sym" href="#sdfootnote1anc">1</a>A book.</p></div></body></html>"""
PAGES = {
    "Google": (
        GOOGLE,
        "It is **very good** *here*[^1] [a](https://a.example/x)\n\n- one\n    - deep\n- two\n\n"
        "## Why\n\nSo.\n\n[^1]: A book.",
    ),
    "Word": (WORDS, "It is **good**[^1].\n\n- one\n- two\n\nEnd.\n\n[^1]: A book."),
    "LibreOffice": (LIBRE, "It is[^1] good.\n\n3. three\n\n[^1]: A book."),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_web_page_of_an_editor_comes_as_what_it_says(
    blog: Path, name: str, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page, markdown = PAGES[name]
    (blog / "page.html").write_bytes(page.encode(encoding))
    assert new_from(str(blog / "page.html"), content=str(blog / "content")) == 0
    header, body = read_file(blog / "content/articles/silence.md", "", False)
    assert header.title == "Silence"
    assert body.strip() == markdown
    assert "SECRET" not in (blog / "content/articles/silence.md").read_text("utf-8")
    said = capsys.readouterr().out
    assert ("Comments" in said) == (name == "Google")
    assert ("Hidden" in said) == ("deleted" in said) == (name == "Word")


def test_pictures_of_a_web_page_are_those_beside_it_and_in_it(
    blog: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inside = base64.b64encode(photo("green")).decode()
    (blog / "page_files").mkdir()
    (blog / "page_files/image 1.jpg").write_bytes(photo())
    page = (
        f'<html><body><p>See.</p><p><img src="page_files/image%201.jpg" alt="Red"></p>'
        f'<p><img src="data:image/jpeg;base64,{inside}" alt="Green"></p>'
        '<p><img src="https://tracker.example/x.gif"></p><p><img src="../../../etc/passwd"></p>'
        '<p><img src="data:image/png;base64,%%%"></p></body></html>'
    )
    assert bring(blog, page.encode(), "page.html") == 0
    text = (blog / "content/articles/a-title.md").read_text("utf-8")
    assert "![Red](../images/a-title-1.jpg)" in text
    assert "![Green](../images/a-title-2.jpg)" in text
    said = capsys.readouterr().out
    assert said.count("A picture is left out") == 3
    assert len([*(blog / "content/images").iterdir()]) == 2
