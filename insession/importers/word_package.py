"""A Word document as what it is, a zip of XML files (ECMA-376), read with distrust.

What is no Word document is refused, with what to do instead. No part is read without a limit, no
address outside the file is followed, and nothing is ever unpacked to a path that the file names.
"""

import posixpath
import zipfile
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from insession.common.problems import Problem, Problems

LARGEST = 100_000_000  # bytes of the file
LARGEST_PART = 30_000_000  # bytes of one part, unpacked
MOST_PARTS = 5_000
MOST_ELEMENTS = 1_500_000
DEEPEST = 200  # elements in elements; Word's own are rarely thirty
# The names by which parts are known, in the form of Word since 2007 and in the strict one.
PREFIXES = {
    "schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "schemas.openxmlformats.org/drawingml/2006/main": "a",
    "purl.oclc.org/ooxml/drawingml/main": "a",
    "schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "purl.oclc.org/ooxml/drawingml/picture": "pic",
    "schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "purl.oclc.org/ooxml/officeDocument/math": "m",
    "schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "schemas.openxmlformats.org/package/2006/relationships": "rel",
    "purl.org/dc/elements/1.1/": "dc",
    "urn:schemas-microsoft-com:vml": "v",
}
SAVE = "In Word, LibreOffice, Pages or Google Docs, save or export it as a Word document (.docx)"
HOW = f"{SAVE}, and name that file."
WHOLE = (
    "Open it in the program that wrote it, save it as a Word document (.docx) anew, and try again."
)


class Relation(NamedTuple):
    """What a part leads to: another part by its name, or an address outside."""

    kind: str
    target: str
    is_outside: bool


def children(element: Element | None, tag: str) -> list[Element]:
    """Return the children of this short name, which ElementTree's own paths don't take."""
    return [each for each in element if each.tag == tag] if element is not None else []


def child(element: Element | None, path: str) -> Element | None:
    """Return the first element at a path of short names, w:pPr/w:ind, if there is one."""
    for tag in path.split("/"):
        element = next(iter(children(element, tag)), None)
    return element


def refused(name: str, what: str, how: str = HOW) -> Problems:
    """Return what to raise for a file that can't be read."""
    return Problems([Problem(name, 0, what, how)])


@dataclass
class WordPackage:
    """An opened document; `name` is the file's."""

    name: str
    archive: zipfile.ZipFile

    def read(self, part: str) -> bytes | None:
        """Return the bytes of a part, None if there is none. Raises Problems."""
        try:
            with self.archive.open(part) as opened:
                data = opened.read(LARGEST_PART + 1)
        except KeyError:
            return None
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError):
            raise refused(self.name, "this file is damaged.", WHOLE) from None
        except RuntimeError:  # what zipfile raises where a password is asked for
            raise refused(self.name, "this file is locked by a password.", UNLOCK) from None
        except Exception as error:  # what the ways of packing raise is not one kind
            raise refused(self.name, f"this file is damaged ({error}).", WHOLE) from None
        if len(data) > LARGEST_PART:
            raise refused(self.name, "what is packed in it is far too large for a text.", SMALLER)
        return data

    def tree(self, part: str) -> Element | None:
        """Return a part's XML with short names (w:p), None if there is none. Raises Problems."""
        data = self.read(part)
        if data is None:
            return None
        try:
            root: Element = fromstring(data, forbid_dtd=True)
        except DefusedXmlException:
            what = "it holds what no Word document has: definitions for its XML."
            raise refused(self.name, f"this file isn't safe to read: {what}", WHOLE) from None
        except (ParseError, ValueError, LookupError):
            raise refused(self.name, "this file is damaged.", WHOLE) from None
        _shorten(root, self.name)
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """Return what a part leads to, by the names that it uses."""
        folder, _, file = part.rpartition("/")
        root = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for each in children(root, "rel:Relationship"):
            target, outside = each.get("Target", ""), each.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target)))[1:]
            kind = each.get("Type", "").rpartition("/")[2]
            found[each.get("Id", "")] = Relation(kind, target, outside)
        return found

    @cached_property
    def document(self) -> str:
        """The name of the part with the words. Raises Problems."""
        roots = [each for each in self.relations("").values() if each.kind == "officeDocument"]
        names = [each.target for each in roots if not each.is_outside] + ["word/document.xml"]
        there = set(self.archive.namelist())
        for name in names:
            if name in there:
                return name
        raise refused(self.name, *_kind_of_zip(self.archive))

    @cached_property
    def links(self) -> dict[str, Relation]:
        """What the part with the words leads to."""
        return self.relations(self.document)

    def part(self, kind: str) -> str:
        """Return the name of the part of this kind (styles, numbering, footnotes …), or ""."""
        found = (each.target for each in self.links.values() if each.kind == kind)
        return next(found, "")

    @property
    def title(self) -> str:
        """The title among what the file says of itself, or ""."""
        found = child(self.tree("docProps/core.xml"), "dc:title")
        return " ".join((found.text or "").split()) if found is not None else ""


UNLOCK = "Open it, take its password away where you save it, save it, and try again."
SMALLER = "Copy its words into a new document, save that, and try again."


def open_package(data: bytes, name: str) -> WordPackage:
    """Open a Word document. Raises Problems if it is none, or one that can't be trusted."""
    if data[:4] != b"PK\x03\x04":
        raise refused(name, *_kind_of(data))
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise refused(name, "this file is damaged, or not whole.", WHOLE) from None
    if len(parts) > MOST_PARTS:
        raise refused(name, "it holds far more files than a Word document has.", WHOLE)
    package = WordPackage(name, archive)
    root = package.tree(package.document)
    if root is None or root.tag != "w:document":
        raise refused(name, "this is no Word document, or a damaged one.")
    return package


def _shorten(root: Element, file: str) -> None:
    """Give elements and attributes short names; refuse what no program writes."""
    short: dict[str, str] = {}
    level, count = [root], 0
    for depth in range(DEEPEST + 1):
        if not level:
            return
        if depth == DEEPEST or count > MOST_ELEMENTS:
            raise refused(file, "its parts are nested or many without end.", SMALLER)
        count += len(level)
        for element in level:
            tag = str(element.tag)
            element.tag = short.get(tag) or short.setdefault(tag, _short(tag))
            if element.attrib:
                known = element.attrib.items()
                element.attrib = {
                    short.get(key) or short.setdefault(key, _short(key)): value
                    for key, value in known
                }
        level = [child for element in level for child in element]


def _short(tag: str) -> str:
    space, _, name = tag.rpartition("}")
    space = space.lstrip("{").removeprefix("http://")
    return f"{PREFIXES.get(space, 'x')}:{name}" if space else name


def _kind_of(data: bytes) -> tuple[str, str]:
    """Say what a file is that is no Word document of today, and what to do."""
    start = data[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # Microsoft's compound file
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "this file is locked by a password.", UNLOCK
        return "this is a document of an old Word (.doc).", HOW
    if start.startswith(b"{\\rtf"):
        return "this is rich text (RTF).", HOW
    if start.startswith(b"%pdf"):
        return "this is a PDF, which knows no paragraphs.", "Name the document it was made from."
    if start.startswith(b"mime-version"):
        return "this is a web archive (.mht).", HOW
    if start.startswith(b"<?xml") and b"wordml" in start:
        return "this is Word's XML.", HOW
    if not data.strip():
        return "this file is empty.", "Was it saved, and is it the right one?"
    return "this is no Word document and no web page.", (
        f"{SAVE}, and name that file. A plain text or Markdown can be moved into content/articles; "
        "“python3 tasks.py check” says what its header needs."
    )


def _kind_of_zip(archive: zipfile.ZipFile) -> tuple[str, str]:
    names = archive.namelist()
    if "mimetype" in names and "content.xml" in names:
        how = (
            "In LibreOffice choose File, Save As, and as file type “Word 2007-365 (.docx)”; "
            "then name that file."
        )
        return "this is an OpenDocument file (.odt).", how
    if any(name.startswith(("Index/", "index.")) or name.endswith(".iwa") for name in names):
        how = "In Pages choose File, Export To, Word; then name that file."
        return "this is a document of Pages.", how
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        return "this is a table or a presentation, not a text.", "Name a Word document (.docx)."
    if any(name.lower().endswith((".html", ".htm", ".docx")) for name in names):
        how = "Unpack it, and name the document or web page in it."
        return "this is a packed folder (zip).", how
    return "this is no Word document, or a damaged one.", HOW
