"""`new --from FILE.docx`: a text from a word processor becomes a draft, and nothing is lost."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from insession.content.front_matter import read_file
from insession.importers.document_command import new_from
from insession.importers.document_pictures import clean_picture
from tests.importers.documents import (
    STYLES,
    field,
    paragraph,
    part,
    picture,
    point,
    relation,
    run,
    style,
    word_file,
)
from tests.support import article, write_content

Draft = Callable[..., str]


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """Bring in a document; the draft's body."""
    write_content(tmp_path, {"articles/a.md": article()})

    def make(data: bytes, name: str = "My text.docx", title: str = "A title") -> str:
        (tmp_path / name).write_bytes(data)
        assert new_from(str(tmp_path / name), title, content=str(tmp_path / "content")) == 0
        drafts = [p for p in (tmp_path / "content/articles").glob("*.md") if p.name != "a.md"]
        (path,) = drafts
        header, body = read_file(path, path.name, False)
        assert header.status == "draft"
        return body.strip()

    return make


def photo(colour: str = "red") -> bytes:
    """A photo that says where it was taken, and was held upright."""
    out, image = BytesIO(), Image.new("RGB", (40, 30), colour)
    exif = image.getexif()
    exif[0x0112], exif[0x010F] = 6, "SecretCamera"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(words)}</w:tc>"


LISTS = (
    (
        [point("one"), point("deep", 1), point("two")],
        "- one\n    - deep\n- two",
    ),
    (
        [point("a", 0, 2), point("b", 0, 2), paragraph("Between."), point("c", 0, 2)],
        "1. a\n2. b\n\nBetween.\n\n3. c",
    ),
    (
        [point("a", 0, 2), paragraph("Between."), point("x", 0, 3)],
        "1. a\n\nBetween.\n\n1. x",
    ),
    (
        [point("a"), paragraph("Still a.", "ListParagraph"), point("b")],
        "- a\n\n    Still a.\n\n- b",
    ),
    ([point("too deep", 3), point("b", 3)], "- too deep\n- b"),
    ([paragraph("• one"), paragraph("•\ttwo")], "- one\n- two"),
    ([paragraph("– one"), paragraph("– two")], "- one\n- two"),
    ([paragraph("1) one"), paragraph("2) two")], "1. one\n2. two"),
    ([paragraph("3. three"), paragraph("4. four")], "3. three\n4. four"),
    (
        [paragraph(each) for each in ("1) one", "• in it", "2) two")],
        "1. one\n    - in it\n2. two",
    ),
    (
        [paragraph(run("• one") + "<w:r><w:br/></w:r>" + run("• two"))],
        "- one\n- two",
    ),
    ([paragraph("– Alone, in a dialogue.")], "– Alone, in a dialogue."),
    ([paragraph("1984 was a book."), paragraph("1985 was a year.")], "1984 was a book."),
)


@pytest.mark.parametrize(("body", "markdown"), LISTS)
def test_lists_come_as_lists(draft: Draft, body: list[str], markdown: str) -> None:
    made = draft(word_file("".join([paragraph("Before."), *body, paragraph("After.")])))
    assert made.startswith(f"Before.\n\n{markdown}\n\n")


WORDS = {
    "cut runs are one": (
        run("Silence ") + run("can ", "<w:b/>") + run("help", "<w:b/>") + run(" here."),
        "Silence **can help** here.",
    ),
    "bold with italics": (
        run("a ") + run("b ", "<w:b/>") + run("c", "<w:b/><w:i/>"),
        "a **b *c***",
    ),
    "bold switched off": (run("plain", '<w:b w:val="0"/>'), "plain"),
    "by style": (run("a ") + run("b", '<w:rStyle w:val="Strong"/>'), "a **b**"),
    "struck": (run("a ") + run("b", "<w:strike/>"), "a <del>b</del>"),
    "small": (run("H") + run("2", '<w:vertAlign w:val="subscript"/>'), "H<sub>2</sub>"),
    "looks only": (run("a", '<w:color w:val="FF0000"/><w:sz w:val="20"/>'), "a"),
    "signs of Markdown": (run("2 * 3 * 4 [x] {a} _b_"), r"2 \* 3 \* 4 \[x\] \{a\} \_b\_"),
    "soft hyphen": (run("si\u00adlence") + "<w:r><w:softHyphen/></w:r>", "silence"),
    "hyphen": (run("Well") + "<w:r><w:noBreakHyphen/></w:r>" + run("being"), "Well-being"),
    "old link": (field(r'HYPERLINK "https://a.example/?b=1" \o "tip"', run("a")), "[a](https://a.example/?b=1)"),
    "link to a place": (field(r'HYPERLINK "https://a.example" \l "p"', run("a")), "[a](https://a.example#p)"),
    "simple field": (f'<w:fldSimple w:instr=" PAGEREF x ">{run("12")}</w:fldSimple>', "12"),
    "typed address": (run("see www.example.org."), "see [www.example.org](https://www.example.org)."),
    "symbol": ('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>' + run("b"), "→b"),
    "symbol as text": (
        run("\uf0fc 😊", '<w:rFonts w:ascii="Wingdings"/>'),
        "✓ 😊",
    ),
    "emoji": (
        "<w:r><mc:AlternateContent><mc:Choice Requires='x'><x/></mc:Choice><mc:Fallback>"
        "<w:t>😊</w:t></mc:Fallback></mc:AlternateContent></w:r>",
        "😊",
    ),
    "line end": (run("a") + "<w:r><w:br/></w:r>" + run("b"), "a<br>\nb"),
    "content control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('a')}</w:sdtContent></w:sdt>", "a"),
    "placeholder": (
        f"{run('a')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}"
        "</w:sdtContent></w:sdt>",
        "a",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_words_come_as_they_are_meant(draft: Draft, name: str) -> None:
    inner, markdown = WORDS[name]
    assert draft(word_file(paragraph(inner))) == markdown


def test_headings_are_known_in_any_language_and_begin_below_the_title(draft: Draft) -> None:
    styles = STYLES + (
        style("Überschrift 2", "berschrift2")
        + style("My own", "Own", '<w:basedOn w:val="Heading1"/>')
        + style("Odd", "Odd", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
    )
    body = "".join(
        paragraph("Before.") + paragraph(f"In {name}", name)
        for name in ("Own", "berschrift2", "Odd", "Titre3", "Heading1")
    )
    made = draft(word_file(body + paragraph("After."), styles=styles))
    found = re.findall(r"^(#+) In (\w+)$", made, re.M)
    assert found == [
        ("##", "Own"), ("###", "berschrift2"), ("####", "Odd"), ("####", "Titre3"),
        ("##", "Heading1"),
    ]  # fmt: skip


def test_a_bold_line_is_said_where_nobody_can_be_asked(
    draft: Draft, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [paragraph("Before."), paragraph(run("A bold line", "<w:b/>")), paragraph("After.")]
    assert draft(word_file("".join(lines))) == "Before.\n\n**A bold line**\n\nAfter."
    assert re.search(r"line \d+: “A bold line” looks like a heading", capsys.readouterr().out)


TITLES = {
    "Title": (paragraph("The one", "Title") + paragraph("Text."), "The one", "Text."),
    "heading": (paragraph("The one", "Heading1") + paragraph("Text."), "The one", "Text."),
    "bold": (paragraph(run("The one", "<w:b/>")) + paragraph("Text."), "The one", "Text."),
    "large": (
        paragraph(run("The one", '<w:sz w:val="36"/>')) + paragraph("Text."),
        "The one",
        "Text.",
    ),
    "none": (paragraph("Text that is long."), "My text", "Text that is long."),
}


@pytest.mark.parametrize("name", TITLES)
def test_the_title_is_found(draft: Draft, tmp_path: Path, name: str) -> None:
    inner, title, body = TITLES[name]
    assert draft(word_file(inner), title="") == body
    made = next(p for p in (tmp_path / "content/articles").glob("*.md") if p.name != "a.md")
    assert read_file(made, "", False)[0].title == title


def test_title_of_the_file_and_first_sentences_are_proposed(draft: Draft, tmp_path: Path) -> None:
    core = (
        '<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>From the file</dc:title></cp:coreProperties>"
    )
    body = paragraph("The first session is a talk. It binds nobody.")
    draft(word_file(body, files={"docProps/core.xml": core}), title="")
    header, _ = read_file(tmp_path / "content/articles/from-the-file.md", "", False)
    assert header.title == "From the file"
    assert header.summary == "The first session is a talk. It binds nobody."


def test_footnotes_and_endnotes_become_footnotes(draft: Draft) -> None:
    notes = {
        "word/footnotes.xml": part(
            "footnotes",
            f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>" + run(" A book."))}'
            f'</w:footnote><w:footnote w:id="9">{paragraph("Nobody cites me.")}</w:footnote>',
        ),
        "word/endnotes.xml": part(
            "endnotes", f'<w:endnote w:id="2">{paragraph("An end.")}</w:endnote>'
        ),
    }
    body = paragraph(
        run("One") + '<w:r><w:endnoteReference w:id="2"/></w:r>' + run(" two")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    )  # fmt: skip
    made = draft(word_file(body, files=notes))
    assert made == "One[^1] two[^2]\n\n[^1]: An end.\n\n[^2]: A book."


def test_tables_that_markdown_cannot_hold_stay_html(draft: Draft) -> None:
    plain = table(cell("a") + cell("b"), cell("c") + cell("d"))
    merged = table(
        cell("wide", '<w:gridSpan w:val="2"/>'),
        cell("tall", '<w:vMerge w:val="restart"/>') + cell("x"),
        cell("", "<w:vMerge/>") + cell("y"),
    )
    made = draft(word_file(plain + paragraph("Between.") + merged))
    assert "| a | b |\n| --- | --- |\n| c | d |" in made
    assert '<td colspan="2">wide</td>' in made
    assert '<td rowspan="2">tall</td><td>x</td>' in made


def test_pictures_come_clean_upright_and_under_the_texts_name(
    draft: Draft, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    links = relation("p1", "image", "media/image1.jpg") + relation("p2", "image", "media/b.png")
    files = {"word/media/image1.jpg": photo(), "word/media/b.png": photo("blue")}
    old = tmp_path / "content/images/a-title-1.jpg"
    old.parent.mkdir(parents=True, exist_ok=True)
    old.write_bytes(b"mine")
    body = (
        paragraph(picture("p1", "A window&#10;&#10;Description automatically generated"))
        + paragraph("What it shows.", "Caption")
        + paragraph(picture("p2", "IMG_2041.JPG"))
    )
    made = draft(word_file(body, links, files))
    assert made.split("\n\n") == [
        '![A window](../images/a-title-1-2.jpg "What it shows.")',
        "![](../images/a-title-2.jpg)",
    ]
    assert old.read_bytes() == b"mine"
    with Image.open(tmp_path / "content/images/a-title-1-2.jpg") as image:
        assert image.size == (30, 40)
    assert b"SecretCamera" not in (tmp_path / "content/images/a-title-1-2.jpg").read_bytes()
    said = capsys.readouterr().out
    assert "2 pictures in content/images" in said
    assert said.count("This picture has no description") == 1


def test_what_was_cut_off_a_picture_stays_cut_off(draft: Draft, tmp_path: Path) -> None:
    out, image = BytesIO(), Image.new("RGB", (100, 50), "red")
    image.paste("blue", (50, 0, 100, 50))
    image.save(out, "PNG")
    links, files = relation("p", "image", "media/a.png"), {"word/media/a.png": out.getvalue()}
    draft(word_file(paragraph(picture("p", "Red", crop='<a:srcRect r="50000"/>')), links, files))
    with Image.open(tmp_path / "content/images/a-title-1.png") as made:
        assert made.size == (50, 50)
        assert made.convert("RGB").getcolors() == [(2500, (255, 0, 0))]


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "PNG", "GIF", "WEBP", "JPEG"])
def test_pictures_of_any_kind_that_can_be_read_are_ones_that_can_be_shown(kind: str) -> None:
    out = BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, kind)
    made = clean_picture(out.getvalue())
    assert isinstance(made, tuple)
    assert made[0] == (kind if kind in {"PNG", "GIF", "WEBP", "JPEG"} else "PNG")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x01\x00\x00\x00EMF", "EMF"),
        (b"<svg/>", "SVG"),
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "broken"),
        (photo()[:200], "broken"),
        (b"", "broken"),
    ],
)
def test_pictures_that_cannot_be_shown_are_named(data: bytes, why: str) -> None:
    made = clean_picture(data)
    assert isinstance(made, str)
    assert why in made


def test_colours_of_phones_become_those_of_screens() -> None:
    out, image = BytesIO(), Image.new("RGB", (8, 8), "red")
    image.save(out, "JPEG", icc_profile=ImageCms.ImageCmsProfile(
        ImageCms.createProfile("XYZ")).tobytes())  # fmt: skip
    made = clean_picture(out.getvalue())
    assert isinstance(made, tuple)
    with Image.open(BytesIO(made[1])) as clean:
        assert "icc_profile" not in clean.info


def test_a_paragraph_that_is_set_in_may_be_a_quotation(
    draft: Draft, capsys: pytest.CaptureFixture[str]
) -> None:
    set_in = paragraph("Said.", properties='<w:ind w:left="720"/>')
    assert draft(word_file(paragraph("Before.") + set_in * 2)) == "Before.\n\nSaid.\n\nSaid."
    assert capsys.readouterr().out.count("If it is a quotation") == 1


def test_what_is_deleted_hidden_or_beside_the_text_stays_behind_and_is_said(
    draft: Draft, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    styles = STYLES + style("Secret", inner="<w:rPr><w:vanish/></w:rPr>", kind="character")
    deleted = '<w:del w:id="1"><w:r><w:delText>SECRET</w:delText></w:r></w:del>'
    hidden_note = '<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    moved = f'<w:moveFrom w:id="3">{run("SECRET")}</w:moveFrom>'
    body = "".join(
        [
            paragraph(run("Seen ") + run("SECRET", "<w:vanish/>") + deleted + moved + hidden_note),
            paragraph(run("SECRET", '<w:rStyle w:val="Secret"/>') + run("and this")),
            paragraph(f'<w:ins w:id="2">{run("Inserted.")}</w:ins>'),
            paragraph('<w:r><w:commentReference w:id="0"/></w:r>' + run("Commented.")),
            paragraph(run("Cut "), properties='<w:rPr><w:del w:id="4"/></w:rPr>'),
            paragraph("in two."),
            f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{cell('SECRET')}</w:tr></w:tbl>",
            '<w:sectPr><w:headerReference r:id="h"/></w:sectPr>',
        ]
    )
    secret = paragraph("SECRET")
    files = {
        "word/comments.xml": part("comments", f'<w:comment w:id="0">{secret}</w:comment>'),
        "word/header1.xml": part("hdr", paragraph("Jo Example, LMHC")),
        "word/footnotes.xml": part("footnotes", f'<w:footnote w:id="2">{secret}</w:footnote>'),
    }  # fmt: skip
    made = draft(word_file(body, relation("h", "header", "header1.xml"), files, styles))
    assert "SECRET" not in (tmp_path / "content/articles/a-title.md").read_text("utf-8")
    assert made == "Seen\n\nand this\n\nInserted.\n\nCommented.\n\nCut in two."
    said = capsys.readouterr().out
    assert "SECRET" not in said
    for words in ("Comments in the margin", "deleted", "Hidden", "accepted", "“Jo Example, LMHC”"):
        assert words in said


def test_what_has_no_place_in_markdown_is_named_at_its_line(
    draft: Draft, capsys: pytest.CaptureFixture[str]
) -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic>"
        f"<a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{paragraph('In a box.')}"
        "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{paragraph('In a box.')}"
        "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    chart = "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart/></a:graphicData>"
    chart += "</a:graphic></wp:inline></w:drawing></w:r>"
    body = "".join(
        [
            paragraph(run("Beside.") + box),
            paragraph(chart + run("Below a chart.")),
            paragraph("<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>"),
            paragraph(run("Under", '<w:u w:val="single"/>') + run("lined.")),
            "<w:altChunk r:id='x'/>",
            paragraph(picture("away")),
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
            f"</w:docPartObj></w:sdtPr><w:sdtContent>{paragraph('Contents 1')}"
            "</w:sdtContent></w:sdt>",
            paragraph("<w:unheardOf/>" + run("End.")),
        ]
    )
    links = relation("away", "image", "https://tracker.example/a.png", outside=True)
    made = draft(word_file(body, links))
    assert made == "Beside.\n\nIn a box.\n\nBelow a chart.\n\nE=mc\n\nUnderlined.\n\nEnd."
    said = capsys.readouterr().out
    for words in (
        *("text box", "chart", "equation", "Underlining", "Another document", "unheardOf"),
        *("tracker.example", "table of contents"),
    ):
        assert words in said


def test_a_quotation_is_one_and_a_line_of_stars_a_line(draft: Draft) -> None:
    body = (
        paragraph("Said.", "Quote")
        + paragraph("Again.", "Quote")
        + paragraph("* * *")
        + paragraph("Set in.", properties='<w:ind w:left="720" w:right="720"/>')
        + paragraph("End.")
    )
    assert draft(word_file(body)) == "> Said.\n>\n> Again.\n\n---\n\n> Set in.\n\nEnd."


def test_a_link_within_the_text_still_leads_there(draft: Draft) -> None:
    body = (
        paragraph(f'<w:hyperlink w:anchor="why">{run("see why")}</w:hyperlink>')
        + paragraph('<w:bookmarkStart w:id="1" w:name="why"/>' + run("Why"), "Heading1")
        + paragraph("Because.")
    )
    assert draft(word_file(body)) == "[see why](#why)\n\n## Why {#why}\n\nBecause."


def test_the_nearest_topic_is_proposed(draft: Draft, tmp_path: Path) -> None:
    money = article("Fees").replace("topic: Starting therapy", "topic: Money")
    money += "\nInsurance and deductible and sliding scale and superbill.\n"
    write_content(tmp_path, {"articles/a.md": article(), "articles/fees.md": money})
    (tmp_path / "t.docx").write_bytes(word_file(paragraph("Your insurance and its deductible.")))
    assert new_from(str(tmp_path / "t.docx"), "New", content=str(tmp_path / "content")) == 0
    header, _ = read_file(tmp_path / "content/articles/new.md", "", False)
    assert getattr(header, "topic", "") == "Money"


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_content(tmp_path, {"articles/a-title.md": article("Mine")})
    before = (tmp_path / "content/articles/a-title.md").read_bytes()
    (tmp_path / "t.docx").write_bytes(word_file(paragraph("Other.")))
    assert new_from(str(tmp_path / "t.docx"), "A title", content=str(tmp_path / "content")) == 1
    assert (tmp_path / "content/articles/a-title.md").read_bytes() == before
    assert "content/articles/a-title.md" in capsys.readouterr().err


def test_the_same_document_makes_the_same_draft(draft: Draft, tmp_path: Path) -> None:
    links, files = relation("p", "image", "media/a.jpg"), {"word/media/a.jpg": photo()}
    data = word_file(paragraph("One.") + paragraph(picture("p")), links, files)
    first = draft(data)
    (tmp_path / "content/articles/a-title.md").unlink()
    assert draft(data) == first
    assert len([*(tmp_path / "content/images").iterdir()]) == 1  # the very picture is there
