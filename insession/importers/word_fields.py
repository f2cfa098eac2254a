"""Fields of a Word document: what Word works out, such as a link, a number or a table of contents.

A field is written between three signs: begin, its instruction, separate, what is shown, end.
Source: ECMA-376, part 1, 17.16.
"""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from insession.importers.word_package import child
from insession.importers.word_styles import switch

WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\\[a-z*@#!])|(\S+)', re.I)


def link_of(instruction: str) -> str:
    """Return what a field links to, or ""."""
    words = [(found[1] or found[3] or "", found[2]) for found in WORD.finditer(instruction)]
    if not words or words[0][0].upper() != "HYPERLINK":
        return ""
    address = place = switched = ""
    for word, name in words[1:]:
        if name:
            switched = name.lower()
            continue
        if switched == r"\l":
            place = word
        elif switched not in {r"\o", r"\t"} and not address:
            address = word.replace("\\\\", "\\")
        switched = ""
    return f"{address}#{place}" if place and "#" not in address else address


@dataclass
class _Field:
    instruction: str = ""
    is_shown: bool = False  # what follows is what it shows
    checkbox: str = ""

    @property
    def name(self) -> str:
        return (self.instruction.split() or [""])[0].upper()


@dataclass
class Fields:
    """The fields that are open at a place."""

    _open: list[_Field] = field(default_factory=list)
    _is_whole: bool = True

    def look_through(self, root: Element) -> None:
        """Find out whether each field has its end: otherwise none hides anything."""
        kinds = [each.get("w:fldCharType", "") for each in root.iter("w:fldChar")]
        self._is_whole = kinds.count("begin") == kinds.count("end")

    @property
    def is_contents(self) -> bool:
        """Whether this is a table of contents, or an index."""
        return any(each.name in {"TOC", "INDEX"} and each.is_shown for each in self._open)

    @property
    def is_hidden(self) -> bool:
        """Whether what stands here isn't shown."""
        is_inside = any(not each.is_shown for each in self._open)
        return self._is_whole and (is_inside or self.is_contents)

    @property
    def link(self) -> str:
        """What the words here are linked to, or ""."""
        links = (link_of(each.instruction) for each in reversed(self._open) if each.is_shown)
        return next(filter(None, links), "")

    def take(self, part: Element) -> str:
        """Read a sign of a field; return what is shown for it."""
        if part.tag == "w:instrText":
            if self._open and not self._open[-1].is_shown:
                self._open[-1].instruction += part.text or ""
            return ""
        kind = part.get("w:fldCharType", "")
        if kind == "begin":
            self._open.append(_Field(checkbox=_checkbox(part)))
        elif kind == "separate" and self._open:
            self._open[-1].is_shown = True
        elif kind == "end" and self._open:
            done = self._open.pop()
            return done.checkbox if done.name == "FORMCHECKBOX" else ""
        return ""


def _checkbox(part: Element) -> str:
    box = child(part, "w:ffData/w:checkBox")
    is_checked = switch(box, "w:checked")
    is_checked = switch(box, "w:default") if is_checked is None else is_checked
    return "☒" if is_checked else "☐"
