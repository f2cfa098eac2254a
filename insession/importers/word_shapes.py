"""Drawings in a Word document: pictures, text boxes, and what can't come along."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from insession.importers.word_package import child
from insession.importers.word_styles import number

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
    "cut": "A picture that was cut in Word is left out: save it as a picture and put that in here.",
    "object": "What another program had put in here can't come along.",
}


class ShapePicture(NamedTuple):
    """A picture: the name by which the part leads to it, what one sees, and its link."""

    name: str
    alt: str
    link: str
    crop: tuple[float, float, float, float] = (0, 0, 0, 0)


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
    fills = [*find_outer(drawing, "pic:blipFill", "w:txbxContent")]
    for at, fill in enumerate(fills):
        blip = child(fill, "a:blip")
        own = _alt(alts["pic:cNvPr"][at]) if at < len(alts["pic:cNvPr"]) else ""
        alt = whole or own if len(fills) == 1 else own or whole
        name = blip.get("r:embed") or blip.get("r:link") or "" if blip is not None else ""
        found.pictures.append(ShapePicture(name, alt, link, _crop(child(fill, "a:srcRect"))))
    for at, data in enumerate(find_outer(drawing, "v:imagedata", "w:txbxContent")):
        alt = alts["v:shape"][at].get("alt", "") if at < len(alts["v:shape"]) else ""
        if any(key.startswith("crop") for key in data.attrib):
            found.said.append(SAID["cut"])
        else:
            found.pictures.append(ShapePicture(data.get("r:id", ""), clean_alt(alt), ""))
    if drawing.tag == "w:object":
        found.said.append(SAID["object"])
    elif not (found.pictures or found.boxes or found.said):
        names = {str(each.tag).rpartition(":")[2] for each in drawing.iter()}
        kind = next((each for each in ("chart", "relIds") if each in names), "shape")
        found.said.append(SAID[kind])
    return found


def _crop(rectangle: Element | None) -> tuple[float, float, float, float]:
    """Return how much of a picture is cut off at each side, as parts of it."""
    sides = (rectangle.get(side, "") if rectangle is not None else "" for side in "ltrb")
    left, top, right, bottom = (min(max(number(each) / 100_000, 0), 0.99) for each in sides)
    return left, top, right, bottom


def _alt(element: Element) -> str:
    return clean_alt(element.get("descr", "")) or clean_alt(element.get("title", ""))


def clean_alt(text: str) -> str:
    """Return a description; none where it is a file's name, or says nothing."""
    text = " ".join(BY_ITSELF.sub(" ", text).split())
    return "" if FILE_NAME.fullmatch(text) or NO_WORDS.fullmatch(text) else text
