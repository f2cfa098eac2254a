"""What a Word document's styles and lists mean: a heading, a quotation, a point, a number.

Word writes the names of its own styles in English whatever its language, and other programs don't
always: so a heading is also known by its level in the outline, which every program writes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from insession.importers.word_package import child, children

OFF = {"0", "false", "off", "none"}
# “Heading 2” in the languages in which programs write it.
HEADING = re.compile(
    r"(?:heading|ü?berschrift|titre|t[íi]?tulo|titolo|kop|rubrik|overskrift|otsikko|"
    r"nag[łl]?[óo]?wek|заголовок|nadpis|cabe[çc]alho|encabezado|intestazione|見出し|标题|標題|제목)"
    r"[ _]?(?:niveau |nivel )?([1-9])(?: ?char)?",
    re.I,
)
KINDS = {
    "title": "title titel titre título titulo titolo otsikko tytuł název заголовок",
    "subtitle": (
        "subtitle untertitel sous-titre soustitre subtítulo subttulo sottotitolo undertitel"
    ),
    "quote": (
        "quote intensequote blocktext blockquote quotations blockquotation zitat intensiveszitat "
        "citation citationintense cita citadestacada citazione citazioneintensa citat"
    ),
    "pre": "htmlpreformatted preformattedtext macro macrotext code sourcecode",
    "caption": "caption beschriftung légende legende didascalia leyenda illustration bildtext",
}
KIND_OF = {name: kind for kind, names in KINDS.items() for name in names.split()}
CONTENTS = re.compile(r"toc(?: ?heading| ?\d)|contents ?(?:heading|\d)|table of figures", re.I)
CODE = {"htmlcode", "sourcetext", "htmltypewriter", "verbatimchar", "codechar"}
TOGGLES = {"b": "strong", "i": "em", "vanish": "hidden", "strike": "del", "dstrike": "del"}


def value(element: Element | None, path: str, name: str = "w:val") -> str:
    """Return an attribute of what is found at a path in an element, or ""."""
    found = child(element, path)
    return found.get(name, "") if found is not None else ""


def switch(element: Element | None, name: str) -> bool | None:
    """Return whether a property is on, off, or not spoken of."""
    found = child(element, name)
    return None if found is None else found.get("w:val", "1").lower() not in OFF


def number(text: str) -> int:
    """Return a number as Word writes it, 0 for what is none."""
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else 0


class ParagraphStyle(NamedTuple):
    """What a paragraph is: title, subtitle, heading, quote, pre, caption, contents or p."""

    kind: str
    level: int = 0


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None) -> None:
        found = children(root, "w:style")
        self._by_id = {each.get("w:styleId", ""): each for each in found}
        defaults = (each for each in found if each.get("w:default") in {"1", "true"})
        self._default = next(
            (each.get("w:styleId", "") for each in defaults if each.get("w:type") == "paragraph"),
            "",
        )

    def chain(self, name: str) -> Iterator[Element]:
        """Yield a style and those that it builds upon."""
        seen: set[str] = set()
        while name and name not in seen and name in self._by_id:
            seen.add(name)
            yield self._by_id[name]
            name = value(self._by_id[name], "w:basedOn")

    def kind(self, name: str, properties: Element | None) -> ParagraphStyle:
        """Return what a paragraph of this style is."""
        level = value(properties, "w:outlineLvl")
        if level.isdecimal() and int(level) < 9:
            return ParagraphStyle("heading", int(level) + 1)
        for style in self.chain(name):
            names = (value(style, "w:name"), style.get("w:styleId", ""))
            for each in names:
                if kind := _kind_by_name(each):
                    return kind
            level = value(style, "w:pPr/w:outlineLvl")
            if level.isdecimal():
                return ParagraphStyle("heading", int(level) + 1) if int(level) < 9 else PLAIN
        return _kind_by_name(name) or PLAIN if name not in self._by_id else PLAIN

    def marks(self, paragraph: str, run: Element | None, is_plain: bool) -> set[str]:
        """Return how words are set: strong, em, del, hidden, code, sub, sup.

        A toggle in the style of a word turns that of the paragraph round, and what stands at the
        word itself decides (ECMA-376, 17.7.3). What a heading looks like means nothing.
        """
        name, marks = value(run, "w:rStyle"), set()
        for toggle, mark in TOGGLES.items():
            own = switch(run, f"w:{toggle}")
            if own is None:
                by_style = self._toggle(name, toggle)
                around = (is_plain or mark == "hidden") and self._toggle(paragraph, toggle)
                own = by_style != around if mark != "hidden" else by_style or around
            if own:
                marks.add(mark)
        if switch(run, "w:specVanish") or switch(run, "w:webHidden"):
            marks.add("hidden")
        align = value(run, "w:vertAlign")
        marks |= {align[:3]} & {"sub", "sup"}
        names = {_plain(value(style, "w:name")) for style in self.chain(name)}
        return marks | ({"code"} if names & CODE else set())

    def _toggle(self, name: str, toggle: str) -> bool:
        found = (switch(child(style, "w:rPr"), f"w:{toggle}") for style in self.chain(name))
        return next((each for each in found if each is not None), False)

    def size(self, name: str, run: Element | None) -> int:
        """Return how large words are set, in half points; 0 where nothing is said."""
        sizes = [value(run, "w:sz")]
        sizes += [value(style, "w:rPr/w:sz") for style in self.chain(name or self._default)]
        return next((number(each) for each in sizes if each), 0)

    def numbering(self, name: str) -> Element | None:
        """Return what a style says of its list, if it has one."""
        found = (child(style, "w:pPr/w:numPr") for style in self.chain(name))
        return next((each for each in found if each is not None), None)

    def list_of(self, name: str) -> str:
        """Return the number of the list that a style of lists stands for."""
        return value(next(self.chain(name), None), "w:pPr/w:numPr/w:numId")

    def indent(self, name: str, properties: Element | None) -> tuple[int, int]:
        """Return how far a paragraph stands in from the left and from the right."""
        places = [properties, *(child(style, "w:pPr") for style in self.chain(name))]

        def side(*names: str) -> int:
            found = (value(each, "w:ind", f"w:{one}") for each in places for one in names)
            return next((number(each) for each in found if each), 0)

        return side("left", "start"), side("right", "end")


PLAIN = ParagraphStyle("p")


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).lower()


def _kind_by_name(name: str) -> ParagraphStyle | None:
    if found := HEADING.fullmatch(name.strip()):
        return ParagraphStyle("heading", int(found[1]))
    if CONTENTS.fullmatch(name.strip()):
        return ParagraphStyle("contents")
    kind = KIND_OF.get(_plain(name)) or KIND_OF.get(name.strip().lower())
    return ParagraphStyle(kind) if kind else None


class Point(NamedTuple):
    """A point of a list: how deep, and its number, or None where it has a bullet."""

    level: int
    number: int | None
    indent: int
    form: str


@dataclass
class Numbering:
    """The lists of a document, counted while it is read from top to bottom."""

    root: Element | None
    styles: Styles
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def point(self, style: str, properties: Element | None) -> Point | None:
        """Return which point of a list a paragraph is, if it is one."""
        own = child(properties, "w:numPr")
        by_style = self.styles.numbering(style)
        name = value(own, "w:numId") or value(by_style, "w:numId")
        level = number(value(own, "w:ilvl") or value(by_style, "w:ilvl"))
        if not name or name == "0" or self.root is None:
            return None
        one = self._find("w:num", "w:numId", name)
        abstract = self._abstract(one)
        if one is None or abstract is None:
            return None
        set_apart = _with(one, "w:lvlOverride", "w:ilvl", str(level))
        form = child(set_apart, "w:lvl")
        if form is None:
            form = _with(abstract, "w:lvl", "w:ilvl", str(level))
        kind = value(form, "w:numFmt") or "decimal"
        if kind == "none":
            return None
        indent = number(
            value(form, "w:pPr/w:ind", "w:left") or value(form, "w:pPr/w:ind", "w:start")
        )
        if kind == "bullet":
            return Point(level, None, indent, kind)
        return Point(level, self._count(one, abstract, level), indent, kind)

    def _count(self, one: Element, abstract: Element, level: int) -> int:
        counts = self._counts.setdefault(abstract.get("w:abstractNumId", ""), {})
        name = one.get("w:numId", "")
        if name not in self._begun:
            self._begun.add(name)
            for each in children(one, "w:lvlOverride"):
                if value(each, "w:startOverride"):
                    counts.pop(number(each.get("w:ilvl", "")), None)
        first = value(_with(one, "w:lvlOverride", "w:ilvl", str(level)), "w:startOverride")
        first = first or value(_with(abstract, "w:lvl", "w:ilvl", str(level)), "w:start") or "1"
        counts[level] = counts[level] + 1 if level in counts else number(first)
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return counts[level]

    def _abstract(self, one: Element | None) -> Element | None:
        for _ in range(9):  # one list may stand for another, by a style
            found = self._find("w:abstractNum", "w:abstractNumId", value(one, "w:abstractNumId"))
            style = value(found, "w:numStyleLink")
            if not style:
                return found
            one = self._find("w:num", "w:numId", self.styles.list_of(style))
        return None

    def _find(self, tag: str, key: str, name: str) -> Element | None:
        return _with(self.root, tag, key, name)


def _with(element: Element | None, tag: str, key: str, name: str) -> Element | None:
    found = (each for each in children(element, tag) if each.get(key) == name)
    return next(found, None)
