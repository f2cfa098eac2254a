"""Cover art: pictures composed from the parts that are drawn by hand in theme/art/.

A place is an SVG of 1600 × 1000 in which `<use href="#one"/>` and `#two` stand for the two things
of a pair, `#prop` for a third, `#sky` and `#weather` for the hour. On its root stands what it may
be drawn with (`data-pairs`, `data-props`); the same, and `data-hours`, on a part says when that is
drawn. Colours are names of palette.toml; the things of a pair are drawn in `lit`, `body`, `shade`
and `pale`, and one of the two is clay, the other green.

A picture is by day or in the evening, a file for each: WebKit has no `prefers-color-scheme` in an
SVG that an <img> shows (https://bugs.webkit.org/show_bug.cgi?id=199134).
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

WIDTH, HEIGHT = 1600, 1000
START = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
MIRRORED = f"matrix(-1 0 0 1 {WIDTH} 0)"
TIMES = ("day", "evening")
PAINT = {"fill", "stroke"}
TONES = {"lit", "body", "shade", "pale"}
SIZES = ("96", "98", "100", "102", "104")  # of the things of a pair, per cent
PLACES = 3  # for each topic
FOLDER = "covers/"  # where pictures lie in the site
OWN = "data-"  # begins attributes that are ours and not SVG's


class Choice(NamedTuple):
    """What one picture shows, each by its name."""

    place: str
    hour: str
    pair: str
    prop: str
    first: str  # the colour of the first of the pair, clay or green
    size: str
    other_size: str
    side: str  # from which the light comes: left, as it is drawn, or right


class Parts(NamedTuple):
    """What lies in theme/art/: each file's text by its name, such as “pairs/cups”."""

    files: dict[str, str]
    palette: dict[str, tuple[str, str]]  # each colour by day, and in the evening
    digest: str

    def __hash__(self) -> int:
        """Return that of the digest, which says all of it."""
        return hash(self.digest)

    def names(self, folder: str) -> list[str]:
        """Return what there is of places, hours, pairs or props."""
        return [name.split("/")[1] for name in self.files if name.startswith(f"{folder}/")]

    def listed(self, place: str, kind: str) -> list[str]:
        """Return which pairs, props or hours a place may be drawn with."""
        listed = _root(self.files[f"places/{place}"]).get(OWN + kind)
        return listed.split() if listed else self.names(kind)


def read_parts(folder: Path) -> Parts:
    """Read theme/art/. Raises OSError."""
    paths = sorted(folder.glob("*/*.svg"), key=lambda path: path.as_posix())
    files = {f"{path.parent.name}/{path.stem}": path.read_text("utf-8") for path in paths}
    palette = (folder / "palette.toml").read_text("utf-8")
    colours = {name: (day, evening) for name, (day, evening) in tomllib.loads(palette).items()}
    return Parts(files, colours, _digest(palette, *files, *files.values())[:10])


def choose(parts: Parts, topic: str, id_: str) -> Choice:
    """Return what an article's picture shows: its topic has three places, its id decides the rest.

    Of several the one wins whose digest is the least. So a part that is drawn later changes only
    the pictures in which it wins.
    """
    return choose_at(parts, _pick(_places_of(parts, topic), id_, "place"), "", id_)


@cache
def _places_of(parts: Parts, topic: str) -> list[str]:
    return sorted(parts.names("places"), key=lambda place: _digest(topic, place))[:PLACES]


def choose_at(parts: Parts, place: str, hour: str, id_: str) -> Choice:
    """Return what a picture of this place shows, at an hour or at any."""
    return Choice(
        place,
        hour or _pick(parts.listed(place, "hours"), id_, "hour"),
        _pick(parts.listed(place, "pairs"), id_, "pair"),
        _pick(parts.listed(place, "props"), id_, "prop"),
        _pick(("clay", "green"), id_, "first"),
        _pick(SIZES, id_, "size"),
        _pick(SIZES, id_, "other size"),
        _pick(("left", "right"), id_, "side"),
    )


def published_as(parts: Parts, choice: Choice) -> dict[str, str]:
    """Return the picture's paths in the site, by day and in the evening.

    A path says all that the file is made from, so that browsers may keep it for good.
    """
    name = "-".join(choice)
    return {time: f"{FOLDER}{name}-{time}.{parts.digest}.svg" for time in TIMES}


def picture_at(path: str) -> tuple[Choice, str]:
    """Return what the picture at one of these paths shows, and at which of the TIMES."""
    *choice, time = path.rsplit("/", 1)[1].split(".")[0].split("-")
    return Choice(*choice), time


def compose(parts: Parts, choice: Choice, time: str) -> bytes:
    """Return the picture at one of the TIMES."""
    place = _root(parts.files[f"places/{choice.place}"])
    drawn = _draw(place, parts, choice, TIMES.index(time), "")
    if choice.side == "right":
        drawn = f'<g transform="{MIRRORED}">{drawn}</g>'
    return f"{START}{drawn}</svg>\n".encode()


def _draw(parent: Element, parts: Parts, choice: Choice, time: int, colour: str) -> str:
    """Return what is in an element. Its tones are those of `colour`, clay or green."""
    drawn = []
    for piece in _pieces(parent, parts, time, colour):
        if isinstance(piece, str):
            drawn.append(piece)
        elif all(getattr(choice, what) in names for what, names in _conditions(piece)):
            size, inside = "", ""
            if name := _used(piece):
                part, own, size = _part(parts, choice, name)
                inside = _draw(part, parts, choice, time, own)
            elif len(piece):
                inside = _draw(piece, parts, choice, time, colour)
            drawn.append(_written(piece, parts, time, colour, size, inside))
    return "".join(drawn)


# Pictures differ in a few elements, and what is the same in all of them is written once.
@cache
def _pieces(parent: Element, parts: Parts, time: int, colour: str) -> list[str | Element]:
    """Return what is in an element: as text what is in each picture, and the other elements."""
    pieces: list[str | Element] = []
    for is_in_each, children in groupby(parent, _is_in_each):
        if is_in_each:
            pieces.append("".join(_plain(child, parts, time, colour) for child in children))
        else:
            pieces += children
    return pieces


def _is_in_each(element: Element) -> bool:
    return not (_conditions(element) or _used(element)) and all(map(_is_in_each, element))


def _plain(element: Element, parts: Parts, time: int, colour: str) -> str:
    inside = "".join(_plain(child, parts, time, colour) for child in element)
    return _written(element, parts, time, colour, "", inside)


@cache
def _conditions(element: Element) -> list[tuple[str, list[str]]]:
    """Return the hours, pairs and props with which alone an element is drawn."""
    named = ((what, element.get(f"{OWN}{what}s")) for what in ("hour", "pair", "prop"))
    return [(what, names.split()) for what, names in named if names is not None]


def _used(element: Element) -> str:
    """Return the name of what a <use> stands for; nothing for another element."""
    return element.get("href", "").removeprefix("#")


def _written(element: Element, parts: Parts, time: int, colour: str, size: str, inside: str) -> str:
    tag, attributes = element.tag.rpartition("}")[2], dict(element.attrib)
    if attributes.pop("href", ""):
        tag = "g"
    if size not in {"", "100"}:
        scale = f"scale({int(size) / 100:g})"
        attributes["transform"] = attributes.get("transform", "") + scale
    for name in PAINT & attributes.keys():
        attributes[name] = _painted(attributes[name], parts, time, colour)
    written = "".join(
        f' {name}="{value}"' for name, value in attributes.items() if not name.startswith(OWN)
    )
    return f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>"


def _part(parts: Parts, choice: Choice, name: str) -> tuple[Element, str, str]:
    """Return what stands for `name` in a place, its colour and its size, if it has one."""
    if name == "prop":
        return _root(parts.files[f"props/{choice.prop}"]), "", ""
    if name in {"sky", "weather"}:
        return _group(parts.files[f"hours/{choice.hour}"], name), "", ""
    other = "green" if choice.first == "clay" else "clay"
    colour, size = (choice.first, choice.size) if name == "one" else (other, choice.other_size)
    return _group(parts.files[f"pairs/{choice.pair}"], name), colour, size


def _painted(value: str, parts: Parts, time: int, colour: str) -> str:
    """Return a colour by its name, or tone, as SVG knows it."""
    if value == "none":
        return value
    return parts.palette[f"{colour}-{value}" if value in TONES and colour else value][time]


@cache
def _root(text: str) -> Element:
    """Return what a file holds, to be read and never changed."""
    return ElementTree.fromstring(text)  # noqa: S314 (the theme's own)


def _group(text: str, id_: str) -> Element:
    return next(group for group in _root(text) if group.get("id") == id_)


def _pick(names: Iterable[str], id_: str, what: str) -> str:
    return min(names, key=lambda name: _digest(id_, what, name))


def _digest(*words: str) -> str:
    return blake2b("\0".join(words).encode(), digest_size=16).hexdigest()
