"""From the XML of a Word document to plain HTML: what it says, and nothing of how it looks.

What was deleted, hidden or written beside the text stays behind, for it may be confidential; what
has no place in Markdown is named. Source: ECMA-376, part 1, 17 (WordprocessingML).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from xml.etree.ElementTree import Element

from insession.importers.document_html import POINT
from insession.importers.document_pictures import Crop
from insession.importers.todo_notes import MARK, Notes
from insession.importers.word_blocks import Piece, WordBlock, around, write_blocks, write_words
from insession.importers.word_fields import Fields, link_of
from insession.importers.word_package import Relation, WordPackage, child, children
from insession.importers.word_shapes import shapes_in
from insession.importers.word_signs import readable, sign_of
from insession.importers.word_styles import Numbering, Styles, value
from insession.importers.word_tables import read_table

DELETED = {"w:del", "w:moveFrom"}
INSERTED = {"w:ins", "w:moveTo"}
AROUND = {"w:smartTag", "w:customXml", "w:dir", "w:bdo", "w:sdtContent"}
# What says nothing: places, properties, and marks of spelling and of revisions.
SILENT = {
    *("w:pPr", "w:rPr", "w:bookmarkEnd", "w:proofErr", "w:lastRenderedPageBreak", "w:sectPr"),
    *("w:commentRangeStart", "w:commentRangeEnd", "w:annotationRef", "w:footnoteRef"),
    *("w:endnoteRef", "w:separator", "w:continuationSeparator", "w:permStart", "w:permEnd"),
    *("w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart", "w:moveToRangeEnd"),
    *("w:customXmlInsRangeStart", "w:customXmlInsRangeEnd", "w:tblPr", "w:tblGrid", "w:trPr"),
    *("w:customXmlDelRangeStart", "w:customXmlDelRangeEnd", "w:tcPr", "w:tblPrEx", "w:softHyphen"),
    *("w:customXmlPr", "w:smartTagPr", "w:delText", "w:delInstrText", "w:pgNum", "x:ink"),
    *("w:bookmarkStart", "w:fldData", "w:rubyPr", "w:dirPr", "w:background"),
}
SHOWN = {"w:t", "w:sym", "w:drawing", "w:pict", "w:object", "w:footnoteReference"}
SHOWN |= {"w:endnoteReference", "w:ruby"}
BOX_ABOVE = "Words from a text box follow here; see whether this is their place."
SET_IN = "This paragraph is set in. If it is a quotation, write > before each of its paragraphs."
INDENTED = 567  # twips, a centimetre
LARGE = 28  # half points: words of this size alone in a line look like a heading
Picture = Callable[[bytes, str, Crop], str]  # HTML for a picture with its description


@dataclass
class WordReader:
    """What is known while one document is read; `stayed` counts what has no place in Markdown."""

    package: WordPackage
    notes: Notes
    picture: Picture
    styles: Styles
    numbering: Numbering
    links: dict[str, Relation]
    fields: Fields = field(default_factory=Fields)
    stayed: Counter[str] = field(default_factory=Counter)
    unknown: set[str] = field(default_factory=set)
    cited: list[str] = field(default_factory=list)  # footnotes (f2) and endnotes (e2) in order
    boxes: list[Element] = field(default_factory=list)  # of the paragraph at hand
    carried: list[Piece] = field(default_factory=list)  # of one whose end was deleted

    # Blocks

    def blocks(self, container: Element) -> list[WordBlock]:
        """Return the blocks in an element."""
        found: list[WordBlock] = []
        for each in container:
            tag = str(each.tag)
            if tag == "w:p":
                found += self._paragraph(each, found[-1] if found else None)
            elif tag == "w:tbl":
                html, deleted = read_table(each, lambda cell: write_blocks(self.blocks(cell)))
                self.stayed["deleted"] += deleted
                found += [WordBlock("table", html)] if html else []
            elif tag == "w:sdt":
                if self._is_contents(each):
                    self.stayed["contents"] += 1
                elif child(each, "w:sdtPr/w:showingPlcHdr") is None:
                    for inner in children(each, "w:sdtContent"):
                        found += self.blocks(inner)
            elif tag in INSERTED | AROUND:
                found += self.blocks(each)
            elif tag == "mc:AlternateContent":
                found += self.blocks(_chosen(each))
            elif tag in DELETED:
                self.stayed["deleted"] += 1
            elif tag == "w:altChunk":
                said = "Another document was put in here; it stayed behind."
                found.append(WordBlock("p", self.notes.mark(said)))
            elif tag in {"m:oMath", "m:oMathPara"}:
                found.append(WordBlock("p", self._equation(each)))
            elif tag not in SILENT:
                self.unknown.add(tag)
        return found

    def _is_contents(self, element: Element) -> bool:
        gallery = value(element, "w:sdtPr/w:docPartObj/w:docPartGallery")
        return gallery == "Table of Contents"

    def _paragraph(self, element: Element, before: WordBlock | None) -> list[WordBlock]:
        properties = child(element, "w:pPr")
        name = value(properties, "w:pStyle")
        kind, level = self.styles.kind(name, properties)
        outer, self.boxes = self.boxes, []
        pieces = [*self.carried, *self._inline(element, name, kind == "p", "")]
        boxes, self.boxes, self.carried = self.boxes, outer, []
        point = self.numbering.point(name, properties)
        more = self._boxes(boxes)
        mark = child(properties, "w:rPr")
        if any(child(mark, each) is not None for each in DELETED):
            self.carried = pieces  # the paragraph goes on in the next one
            return more
        html = write_words(pieces).strip()
        if not html:
            return more
        if kind == "contents":
            self.stayed["contents"] += 1
            return more
        left, right = self.styles.indent(name, properties)
        if point and kind == "heading":
            self.stayed["numbers"] += 1
        elif point:
            self.stayed["letters"] += "etter" in point.form or "oman" in point.form
            indent = left or point.indent
            return [WordBlock("item", html, point.level, point.number, indent), *more]
        is_after_point = kind == "p" and before is not None and before.kind in {"item", "more"}
        if before and is_after_point and left >= max(300, before.indent - 200):
            return [WordBlock("more", html, indent=before.indent), *more]
        if kind == "p" and left >= INDENTED and right >= INDENTED:
            kind = "quote"
        is_set_in = kind == "p" and left >= INDENTED and not POINT.match(MARK.sub("", html))
        if is_set_in and not (before and before.kind == "p" and before.indent >= INDENTED):
            html = self.notes.mark(SET_IN) + html
        is_large = kind == "p" and self._is_large(element, name)
        indent = left if is_set_in else 0
        return [WordBlock(kind, html, level, indent=indent, is_large=is_large), *more]

    def _is_large(self, element: Element, name: str) -> bool:
        runs = [
            run for run in element.iter("w:r") if "".join(t.text or "" for t in run.iter("w:t"))
        ]
        sizes = [self.styles.size(name, child(run, "w:rPr")) for run in runs]
        return bool(sizes) and min(sizes) >= LARGE

    def _boxes(self, boxes: list[Element]) -> list[WordBlock]:
        found: list[WordBlock] = []
        for box in boxes:
            inner = self.blocks(box)
            if inner and inner[0].kind != "table":
                html = self.notes.mark(BOX_ABOVE) + inner[0].html
                inner[0] = inner[0]._replace(html=html)
            found += inner
        return found

    # Words

    def _inline(self, element: Element, style: str, is_plain: bool, link: str) -> Iterator[Piece]:
        """Yield the words in an element, with the elements around them."""
        for each in element:
            tag = str(each.tag)
            if tag == "w:r":
                yield from self._run(each, style, is_plain, link)
            elif tag == "w:hyperlink":
                target = self._target(each)
                yield from self._inline(each, style, is_plain, target or link)
            elif tag == "w:fldSimple":
                target = link_of(each.get("w:instr", ""))
                yield from self._inline(each, style, is_plain, self._checked(target) or link)
            elif tag in DELETED:
                self.stayed["deleted"] += 1
            elif tag == "w:sdt":
                if child(each, "w:sdtPr/w:showingPlcHdr") is None:
                    yield from self._inline(each, style, is_plain, link)
            elif tag in INSERTED | AROUND:
                self.stayed["inserted"] += tag in INSERTED
                yield from self._inline(each, style, is_plain, link)
            elif tag == "mc:AlternateContent":
                yield from self._inline(_chosen(each), style, is_plain, link)
            elif tag in {"m:oMath", "m:oMathPara"}:
                yield around((), link), self._equation(each)
            elif tag == "w:bookmarkStart" and re.fullmatch(r"[\w.-]+", each.get("w:name", "")):
                yield (), f'<a id="{each.get("w:name")}"></a>'
            elif tag not in SILENT | {"w:sdtPr", "w:sdtEndPr", "w:subDoc"}:
                self.unknown.add(tag)

    def _run(self, run: Element, style: str, is_plain: bool, link: str) -> Iterator[Piece]:
        properties = child(run, "w:rPr")
        marks = self.styles.marks(style, properties, is_plain)
        is_hidden = "hidden" in marks
        font = value(properties, "w:rFonts", "w:ascii")
        if any(child(properties, each) is not None for each in DELETED):
            self.stayed["deleted"] += 1
            return
        is_said = False
        for part in _parts(run):
            is_field = part.tag in {"w:fldChar", "w:instrText"}
            if not is_field and (is_hidden or self.fields.is_hidden):
                has_words = part.tag in SHOWN
                is_said |= is_hidden and has_words
                self.stayed["contents"] += self.fields.is_contents and has_words
                continue
            html = self.fields.take(part) if is_field else self._part(part, font)
            if html and not is_hidden:
                shown = self._checked(self.fields.link) or link
                self._note_looks(properties, shown)
                yield around(marks, shown), html
        self.stayed["hidden"] += is_said

    def _note_looks(self, properties: Element | None, link: str) -> None:
        if value(properties, "w:u") not in {"", "none"} and not link:
            self.stayed["underlining"] += 1
        if value(properties, "w:highlight") not in {"", "none"}:
            self.stayed["highlighting"] += 1

    def _part(self, part: Element, font: str) -> str:
        """Return one thing in a run as HTML."""
        tag = str(part.tag)
        if tag == "w:t":
            return escape(readable(part.text or "", font), quote=False)
        if tag in {"w:tab", "w:ptab"}:
            return "\t"
        if tag in {"w:br", "w:cr"}:
            return "" if part.get("w:type") in {"page", "column"} else "<br>"
        if tag == "w:noBreakHyphen":
            return "-"
        if tag == "w:sym":
            return self._sign(part.get("w:font", ""), part.get("w:char", ""))
        if tag in {"w:footnoteReference", "w:endnoteReference"}:
            name = f"{tag[2]}{part.get('w:id', '')}"
            self.cited.append(name)
            return f'<sup data-fn="{escape(name)}">*</sup>'
        if tag == "w:commentReference":
            self.stayed["comments"] += 1
        elif tag in {"w:drawing", "w:pict", "w:object"}:
            return self._drawing(part)
        elif tag == "w:ruby":
            halves = [
                write_words([*self._inline(each, "", True, "")])
                for name in ("w:rubyBase", "w:rt")
                for each in children(part, name)
            ]
            return f"{halves[0]} ({halves[1]})" if len(halves) == 2 else "".join(halves)
        elif tag not in SILENT:
            self.unknown.add(tag)
        return ""

    def _sign(self, font: str, code: str) -> str:
        if sign := sign_of(font, code):
            return sign
        return self.notes.mark(f"A sign of the font {font or 'without a name'} is left out here.")

    def _equation(self, element: Element) -> str:
        words = "".join(each.text or "" for each in element.iter("m:t"))
        how = "An equation stood here. Its signs follow in a row: see how it can be said in words."
        return self.notes.mark(how) + escape(readable(words, ""), quote=False)

    # What is elsewhere in the file, or outside

    def _target(self, element: Element) -> str:
        relation = self.links.get(element.get("r:id", ""))
        place = element.get("w:anchor", "")
        if relation is None:
            return f"#{place}" if place else ""
        address = relation.target + (f"#{place}" if place and "#" not in relation.target else "")
        return self._checked(address if relation.is_outside else f"{relation.target}")

    def _checked(self, address: str) -> str:
        """Return an address that can be linked to; a file on her computer can't."""
        if re.match(r"www\.\S+\.", address, re.I):
            return f"https://{address}"
        if address and not re.match(r"#|[a-z][a-z0-9+.-]+:", address, re.I):
            self.stayed[f"A link to {address} is taken out: that is a file on your computer."] += 1
            return ""
        return address

    def _drawing(self, element: Element) -> str:
        found = shapes_in(element)
        self.boxes += found.boxes
        out = [self.notes.mark(words) for words in found.said]
        for shape in found.pictures:
            relation = self.links.get(shape.name)
            data = None
            if relation and not relation.is_outside:
                data = self.package.read(relation.target)
            if data is None:
                where = f" ({relation.target})" if relation and relation.is_outside else ""
                why = "it is not in the file" + (", and nothing is fetched" if where else "")
                out.append(self.notes.mark(f"A picture is left out{where}: {why}."))
                continue
            link = self.links.get(shape.link)
            html = self.picture(data, shape.alt, shape.crop)
            is_linked = link and link.is_outside and html.startswith("<img")
            out.append(
                f'<a href="{escape(link.target)}">{html}</a>' if link and is_linked else html
            )
        return "".join(out)


def _parts(run: Element) -> Iterator[Element]:
    """Yield what a run holds."""
    for part in run:
        if part.tag == "mc:AlternateContent":
            yield from _chosen(part)
        else:
            yield part


def _chosen(element: Element) -> Element:
    """Return the form of what is written in two: the newer one only where it is a drawing."""
    choice, other = child(element, "mc:Choice"), child(element, "mc:Fallback")
    is_drawing = choice is not None and any(
        each.tag in {"w:drawing", "w:txbxContent"} for each in choice.iter()
    )
    best = choice if is_drawing or other is None else other
    return best if best is not None else Element("none")
