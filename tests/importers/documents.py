"""Word documents as Word, Google Docs and LibreOffice write them, made of their XML."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def style(name: str, id_: str = "", inner: str = "", kind: str = "paragraph") -> str:
    return (
        f'<w:style w:type="{kind}" w:styleId="{id_ or name}"><w:name w:val="{name}"/>{inner}'
        "</w:style>"
    )


STYLES = "".join(
    [
        style("Normal").replace("<w:style ", '<w:style w:default="1" '),
        style("Title", inner="<w:rPr><w:b/></w:rPr>"),
        *(style(f"heading {n}", f"Heading{n}", "<w:rPr><w:b/></w:rPr>") for n in range(1, 5)),
        style("Quote", inner="<w:rPr><w:i/></w:rPr>"),
        style("List Paragraph", "ListParagraph", '<w:pPr><w:ind w:left="720"/></w:pPr>'),
        style("caption", "Caption", "<w:rPr><w:i/></w:rPr>"),
        style("toc 1", "TOC1"),
        style("Strong", inner="<w:rPr><w:b/></w:rPr>", kind="character"),
        style("Emphasis", inner="<w:rPr><w:i/></w:rPr>", kind="character"),
    ]
)


def level(depth: int, form: str = "bullet", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:pPr><w:ind w:left="{720 * (depth + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + "".join(level(n) for n in range(4))
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + "".join(level(n, "decimal" if n != 1 else "lowerLetter") for n in range(4))
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def run(words: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(inner: str = "", style: str = "", properties: str = "") -> str:
    """A paragraph; words alone become a run."""
    inner = inner if inner.startswith("<") or not inner else run(inner)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def point(words: str, depth: int = 0, number: int = 1) -> str:
    about = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(words, "ListParagraph", about)


def picture(name: str, descr: str = "", more: str = "", crop: str = "") -> str:
    """A picture in a run, as Word writes it."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{descr}">{more}'
        '</wp:docPr><a:graphic><a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name=""/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{name}"/>{crop}</pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def field(instruction: str, shown: str) -> str:
    """A field between its signs, the instruction cut in two as Word likes to."""
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    half = len(instruction) // 2
    said = "".join(
        f'<w:r><w:instrText xml:space="preserve">{each}</w:instrText></w:r>'
        for each in (instruction[:half], instruction[half:])
    )
    return sign("begin") + said + sign("separate") + shown + sign("end")


def relation(id_: str, kind: str, target: str, outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def relations(inner: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{HEAD}<Relationships xmlns="{space}">{inner}</Relationships>'


def part(name: str, inner: str) -> str:
    return f"{HEAD}<w:{name} {NAMESPACES}>{inner}</w:{name}>"


def word_file(
    body: str,
    links: str = "",
    files: Mapping[str, str | bytes] | None = None,
    styles: str = STYLES,
) -> bytes:
    """A document with this body; `links` are further relations, `files` further parts."""
    known = [
        relation("s", "styles", "styles.xml"),
        relation("n", "numbering", "numbering.xml"),
        relation("f", "footnotes", "footnotes.xml"),
        relation("e", "endnotes", "endnotes.xml"),
    ]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/'
        '2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": relations(relation("d", "officeDocument", "word/document.xml")),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations("".join(known) + links),
        "word/styles.xml": part("styles", styles),
        "word/numbering.xml": part("numbering", NUMBERING),
    } | dict(files or {})
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def save(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
