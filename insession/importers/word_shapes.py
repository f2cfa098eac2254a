"""Drawings in a Word document: pictures, text boxes, and what can't come along."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

# What Word writes under the descriptions that it makes by itself.
BY_ITSELF = re.compile(
    r"\s*(?:Description automatically generated(?: with \w+ confidence)?"
    r"|AI-generated content may be incorrect)\.?\s*",
    re.I,
)
FILE_NAME = re.compile(r"[\w -]+\.(?:jpe?g|png|gif|webp|heic|tiff?|bmp|emf|wmf|svg)", re.I)
NO_WORDS = re.compile(r"(?:picture|image|grafik|bild|graphic|imagen|immagine)? ?\d*", re.I)
SAID = {
    "chart": "A chart can't come along: save it as a picture in Word, and put that in here.",
    "relIds": "A diagram (SmartArt) can't come along: save it as a picture, and put that in here.",
    "shape": "A drawing can't come along: save it as a picture in Word, and put that in here.",
    "object": "What another program had put in here can't come along.",
}


class ShapePicture(NamedTuple):
    """A picture: the name by which the part leads to it, what one sees, and its link."""

    name: str
    alt: str
    link: str


@dataclass
class Shapes:
    """What is in a drawing."""

    pictures: list[ShapePicture] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def find_outer(element: Element, tag: str, edge: str = "") -> Iterator[Element]:
    """Yield elements of this name within another one, but none within itself or the edge."""
    for each in element:
        if each.tag == tag:
            yield each
        elif each.tag not in {edge, "mc:Fallback", "w:del", "w:moveFrom"}:
            yield from find_outer(each, tag, edge)


def shapes_in(drawing: Element) -> Shapes:
    """Return what is in a drawing (w:drawing, w:pict, w:object)."""
    found = Shapes(boxes=[*find_outer(drawing, "w:txbxContent")])
    alts = {
        tag: [*find_outer(drawing, tag, "w:txbxContent")]
        for tag in ("wp:docPr", "pic:cNvPr", "a:hlinkClick", "v:shape")
    }
    whole = _alt(alts["wp:docPr"][0]) if alts["wp:docPr"] else ""
    links = [each.get("r:id", "") for each in alts["a:hlinkClick"]]
    link = links[0] if links else ""
    blips = [*find_outer(drawing, "a:blip", "w:txbxContent")]
    for at, blip in enumerate(blips):
        own = _alt(alts["pic:cNvPr"][at]) if at < len(alts["pic:cNvPr"]) else ""
        alt = whole or own if len(blips) == 1 else own or whole
        found.pictures.append(
            ShapePicture(blip.get("r:embed") or blip.get("r:link") or "", alt, link)
        )
    for at, data in enumerate(find_outer(drawing, "v:imagedata", "w:txbxContent")):
        alt = alts["v:shape"][at].get("alt", "") if at < len(alts["v:shape"]) else ""
        found.pictures.append(ShapePicture(data.get("r:id", ""), clean_alt(alt), ""))
    if drawing.tag == "w:object":
        found.said.append(SAID["object"])
    elif not found.pictures and not found.boxes:
        names = {str(each.tag).rpartition(":")[2] for each in drawing.iter()}
        kind = next((each for each in ("chart", "relIds") if each in names), "shape")
        found.said.append(SAID[kind])
    return found


def _alt(element: Element) -> str:
    return clean_alt(element.get("descr", "")) or clean_alt(element.get("title", ""))


def clean_alt(text: str) -> str:
    """Return a description; none where it is a file's name, or says nothing."""
    text = " ".join(BY_ITSELF.sub(" ", text).split())
    return "" if FILE_NAME.fullmatch(text) or NO_WORDS.fullmatch(text) else text
