"""Reads the file that WordPress exports (WXR 1.0 to 1.2), whoever has sent it.

WordPress writes it in wp-admin/includes/export.php; the namespace changes with its version, so
only the names count. Nothing is looked up outside the file, what could do harm is refused, and what
is damaged is healed (heal_xml.py) or, an entry at a time, left out and said.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urljoin
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException

from insession.common.problems import Problem, Problems
from insession.common.progress import progress
from insession.importers.heal_xml import Part, TooDeepError, read_parts
from insession.importers.packed import Packed, pack
from insession.importers.todo_notes import cleaned

LARGEST = 100  # MB: tens of thousands of texts; pictures are not in the file
MB = 1_000_000
KEPT_META = {"_thumbnail_id", "_wp_attachment_image_alt", "footnotes"}
AGAIN = "In WordPress choose Tools, Export, All content, and save the file again."
# What files start with (in small letters) that are no export, and what to do about them.
OTHER_KINDS = (
    (b"\x1f\x8b", "it is compressed (gzip).", "Unpack it first, then import the file in it."),
    (b"pk\x03\x04", "it is compressed (zip).", "Unpack it first, then import the .xml file in it."),
    (b"<!doctype html", "it is a web page and no export.", AGAIN),
    (b"<html", "it is a web page and no export.", AGAIN),
)


@dataclass(frozen=True)
class Item:
    """One entry of the export: a post, a page, an attachment, a reusable block, or another."""

    id: str
    kind: str
    status: str
    title: str
    link: str
    guid: str
    slug: str
    date: str
    modified: str
    packed: Packed
    excerpt: str
    parent: str
    has_password: bool
    takes_comments: bool
    categories: tuple[tuple[str, str], ...]  # nicename and name
    tags: tuple[tuple[str, str], ...]
    file_url: str
    meta: dict[str, str]
    healed: tuple[str, ...] = ()  # sentences on what was damaged in it
    # Of a text in Markdown: more old addresses, its file, its language, and more of its header.
    aliases: tuple[str, ...] = ()
    file: str = ""
    language: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> str:
        """Its text, as WordPress keeps it."""
        return self.packed.text


@dataclass
class Export:
    """Everything in the file: where the blog was, its texts, attachments and reusable blocks."""

    home: str = ""
    lists: tuple[str, str] = ("category", "tag")  # where it had those of categories and tags
    name: str = ""  # of the file or folder, where the blog's address can't be told
    language: str = ""
    texts: list[Item] = field(default_factory=list)
    attachments: dict[str, Item] = field(default_factory=dict)
    blocks: dict[str, Item] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)  # of categories, by nicename
    others: list[str] = field(default_factory=list)  # kinds of entries that are none of these
    damaged: list[str] = field(default_factory=list)  # sentences on what can't be read


def read_export(path: Path) -> Export:
    """Read an export, piece by piece. Raises Problems if it isn't a whole and harmless one."""
    try:
        if path.stat().st_size > LARGEST * MB:
            how = "Export it in parts: in Tools, Export choose Posts and a span of dates."
            raise _refused(path, 0, f"it is larger than {LARGEST} MB.", how)
        with path.open("rb") as file:
            start = file.read(1000).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
            for sign, what, how in OTHER_KINDS:
                if start.startswith(sign):
                    raise _refused(path, 0, what, how)
            file.seek(0)
            return _read(file, path)
    except OSError as error:
        why = (error.strerror or "it can't be opened").lower()
        raise _refused(path, 0, f"{why}.", "Check the name and the folder.") from None
    except DefusedXmlException:
        what = "it has a DOCTYPE in it, which no export has and which could do harm."
        raise _refused(path, 0, what, AGAIN) from None
    except TooDeepError:
        raise _refused(path, 0, "it is nested deeper than any export is.", AGAIN) from None


def _read(file: IO[bytes], path: Path) -> Export:
    export, is_wordpress, size = Export(), False, path.stat().st_size
    with progress("Reading the export (MB)", max(1, size // MB)) as advance:
        done = 0
        for part in read_parts(file):
            if part.entry and (element := _parsed(part, path, export)) is not None:
                _sort(_item(element, export.home, part.notes), export)
            elif not part.entry:
                is_wordpress |= _read_around(part, path, export)
            advance(file.tell() // MB - done)
            done = file.tell() // MB
    if not file.tell() or (export.damaged and not export.texts):
        raise _refused(path, 0, "the file isn't whole: no text in it can be read.", AGAIN)
    if not is_wordpress:
        raise _refused(path, 0, "it doesn't come from WordPress.", AGAIN)
    return export


def _parsed(part: Part, path: Path, export: Export) -> Element | None:
    """Return an entry; None if it can't be read, which is said."""
    which = f"“{part.title}” ({path.name}, from line {part.line} on)"
    if not part.is_whole:
        export.damaged.append(
            f"The file ends in the middle of {which}, and so does this import. Export once more, "
            "and import that file, too: it adds what is missing."
        )
        return None
    try:
        return part.parse()
    except (ParseError, ValueError) as error:
        line = part.line + getattr(error, "position", (1,))[0] - 1
        export.damaged.append(
            f"{which} is left out: it is damaged on line {line}. Save it anew in WordPress, export "
            "once more, and import that file, too: it adds what is missing."
        )
        return None


def _read_around(part: Part, path: Path, export: Export) -> bool:
    """Read what the file says of the blog as a whole; whether it is WordPress's own."""
    try:
        root = part.parse()
    except (ParseError, ValueError, IndexError) as error:
        line = part.line + getattr(error, "position", (1,))[0] - 1
        what = "the file isn't whole, or isn't XML: this line can't be read."
        raise _refused(path, line, what, AGAIN) from None
    is_wordpress = False
    for element in root.iterfind("./channel/*"):
        name = local(element)
        is_wordpress |= name == "wxr_version"
        if name == "base_blog_url" or (name == "link" and not export.home):
            export.home = (element.text or "").strip()
        elif name == "language":
            export.language = (element.text or "").strip()
        elif name == "category":
            nicename = unquote(_text(element, "category_nicename"))
            export.parents[nicename] = unquote(_text(element, "category_parent"))
    if not part.is_whole and not export.damaged:
        export.damaged.append(
            "The file isn't whole: it ends too early. Export once more, and import that file, too: "
            "it adds what is missing."
        )
    return is_wordpress


def _sort(item: Item, export: Export) -> None:
    if item.kind in {"post", "page"}:
        export.texts.append(item)
    elif item.kind == "attachment":
        export.attachments[item.id] = item
    elif item.kind == "wp_block":
        export.blocks[item.id] = item
    else:
        export.others.append(item.kind)


def _item(element: Element, home: str, healed: Iterable[str]) -> Item:
    categories = [child for child in element if local(child) == "category"]
    bodies = [child for child in element if local(child) == "encoded"]
    meta = (child for child in element if local(child) == "postmeta")
    pairs = [(_text(pair, "meta_key"), _text(pair, "meta_value")) for pair in meta]
    return Item(
        id=_text(element, "post_id"),
        kind=_text(element, "post_type") or "post",
        status=_text(element, "status") or "publish",
        title=_text(element, "title"),
        link=_whole(_text(element, "link"), home),
        guid=_text(element, "guid"),
        slug=unquote(_text(element, "post_name")),
        date=_text(element, "post_date"),
        modified=_text(element, "post_modified"),
        packed=pack(cleaned("".join(b.text or "" for b in bodies if "excerpt" not in b.tag))),
        excerpt=cleaned("".join(b.text or "" for b in bodies if "excerpt" in b.tag)),
        parent=_text(element, "post_parent"),
        has_password=bool(_text(element, "post_password")),
        takes_comments=_text(element, "comment_status") != "closed",
        categories=tuple(_named(categories, "category")),
        tags=tuple(_named(categories, "post_tag")),
        file_url=_text(element, "attachment_url"),
        meta={key: value for key, value in pairs if key in KEPT_META},
        healed=tuple(healed),
    )


def _whole(link: str, home: str) -> str:
    """Return a text's address; Squarespace writes it without the blog's own."""
    try:
        return urljoin(f"{home}/", link) if link and home else link
    except ValueError:
        return link


def _named(categories: list[Element], domain: str) -> Iterator[tuple[str, str]]:
    for category in categories:
        name = " ".join(unescape(cleaned(category.text or "")).split())  # stored as HTML
        if category.get("domain") == domain and name:
            yield unquote(category.get("nicename", "")), name


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def _text(element: Element, name: str) -> str:
    child = next((child for child in element if local(child) == name), None)
    return "" if child is None else cleaned(child.text or "").strip()


def _refused(path: Path, line: int, what: str, how: str) -> Problems:
    return Problems([Problem(path.name, line, f"this file can't be imported: {what}", how)])
