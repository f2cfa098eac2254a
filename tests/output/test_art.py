"""Cover art: what is chosen stays the same and is spread, and every picture there is, is sound."""

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from insession.output.art import (
    PLACES,
    SIZES,
    TIMES,
    TONES,
    Choice,
    choose,
    choose_at,
    compose,
    picture_at,
    published_as,
    read_parts,
)
from tests.support import ROOT

PARTS = read_parts(ROOT / "theme/art")
LARGEST = 3 * 1024  # bytes, compressed
SHAPES = {"svg", "g", "path", "circle", "ellipse", "rect"}
TRANSFORM = {"transform", "opacity"}
FORM = {"d", "cx", "cy", "r", "rx", "ry", "x", "y", "width", "height", "viewBox"}
FORM |= {"preserveAspectRatio", "fill-rule"}
LINE = {"stroke-width", "stroke-linecap", "stroke-linejoin"}
TOPICS = ["Starting therapy", "In the room", "Practical matters", "Grief", "Sleep", "沈黙"]
MANY = [choose(PARTS, topic, f"{topic} {n}") for topic in TOPICS for n in range(60)]


def possible(place: str) -> Iterator[Choice]:
    """Yield all that a place may be drawn with, the things of a pair as large as they get."""
    kinds = (PARTS.listed(place, kind) for kind in ("hours", "pairs", "props"))
    for hour, pair, prop in product(*kinds):
        for first, side in (("clay", "left"), ("green", "right")):
            yield Choice(place, hour, pair, prop, first, SIZES[-1], SIZES[0], side)


def tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def drawn_uses(parent: Element, choice: Choice) -> Iterator[str]:
    """Yield what each <use> that is drawn with this choice stands for."""
    told = {"hours": choice.hour, "pairs": choice.pair, "props": choice.prop}
    for child in parent:
        if all(told[kind] in child.get(f"data-{kind}", told[kind]).split() for kind in told):
            yield from [child.attrib["href"]] if tag(child) == "use" else drawn_uses(child, choice)


def test_an_article_keeps_its_picture() -> None:
    once, again = choose(PARTS, "Grief", "a"), choose(read_parts(ROOT / "theme/art"), "Grief", "a")
    assert once == again
    paths = published_as(PARTS, once)
    assert [picture_at(path) for path in paths.values()] == [(once, time) for time in TIMES]
    changed = published_as(PARTS._replace(digest="0"), once)
    assert not {*paths.values()} & {*changed.values()}


def test_a_topic_has_its_places_and_all_else_is_spread() -> None:
    by_topic = [MANY[start : start + 60] for start in range(0, len(MANY), 60)]
    assert all(len({choice.place for choice in of_one}) == PLACES for of_one in by_topic)
    assert {choice.hour for choice in MANY} == {*PARTS.names("hours")}
    most, expected = Counter(choice.hour for choice in MANY).most_common(1)[0][1], len(MANY) / 5
    assert most < 1.5 * expected
    assert len({*MANY}) > 0.9 * len(MANY)
    topics = [choose(PARTS, f"Topic {n}", f"{n}").place for n in range(200)]
    assert {*topics} == {*PARTS.names("places")}


@pytest.mark.parametrize("new", ["places/attic", "hours/noon", "pairs/zebras"])
def test_what_is_drawn_later_changes_only_pictures_that_show_it(new: str) -> None:
    kind, name = new.split("/")
    more = PARTS._replace(files=PARTS.files | {new: next(iter(PARTS.files.values()))})
    if kind == "pairs":
        bench = PARTS.files["places/bench"].replace('data-pairs="', f'data-pairs="{name} ', 1)
        more.files["places/bench"] = bench
    if kind == "places":
        more.files[new] = PARTS.files["places/room"]
    changed = 0
    for topic, number in product(TOPICS, range(60)):
        before, after = (choose(parts, topic, f"article-{number}") for parts in (PARTS, more))
        is_moved = kind == "places" and before.place != after.place
        assert before == after or name in after or is_moved
        changed += before != after
    assert changed < 0.4 * len(MANY)


def test_there_are_the_places_the_hours_and_the_pairs_of_one_world() -> None:
    counts = {kind: len(PARTS.names(kind)) for kind in ("places", "hours", "pairs")}
    assert counts["places"] >= 12
    assert counts["hours"] >= 5
    assert counts["pairs"] >= 12
    shown = {name for place in PARTS.names("places") for name in PARTS.listed(place, "pairs")}
    assert shown == {*PARTS.names("pairs")}


@pytest.mark.parametrize("name", PARTS.files)
def test_a_part_names_colours_of_the_palette_and_what_there_is(name: str) -> None:
    tones = TONES if name.startswith("pairs/") else set()
    known = {kind: {*PARTS.names(kind)} for kind in ("hours", "pairs", "props")}
    root = ElementTree.fromstring(PARTS.files[name])  # noqa: S314
    for element in root.iter():
        assert tag(element) in SHAPES | {"use"}
        paints = {element.get("fill"), element.get("stroke")} - {None, "none"}
        assert paints <= PARTS.palette.keys() | tones
        for kind, names in known.items():
            assert {*(element.get(f"data-{kind}") or "").split()} <= names, (kind, element.attrib)
        if tag(element) == "use":
            assert element.get("href") in {"#one", "#two", "#prop", "#sky", "#weather"}
    if name.startswith("pairs/"):
        assert [group.get("id") for group in root] == ["one", "two"]


@pytest.mark.parametrize("place", PARTS.names("places"))
def test_every_picture_is_small_and_holds_nothing_but_shapes_and_colours(place: str) -> None:
    colours = {colour for pair in PARTS.palette.values() for colour in pair}
    for choice, time in product(possible(place), TIMES):
        data = compose(PARTS, choice, time)
        assert len(gzip.compress(data, 6, mtime=0)) <= LARGEST, choice
        for element in ElementTree.fromstring(data).iter():  # noqa: S314
            assert tag(element) in SHAPES
            known = {"fill", "stroke"} | TRANSFORM | FORM | LINE
            assert element.attrib.keys() <= known
            for paint in ("fill", "stroke"):
                assert element.get(paint, "none") in colours | {"none"}
            assert not (element.text or element.tail or "").strip()
        assert not re.search(rb"url|href|//(?!www\.w3\.org/2000/svg)", data)


@pytest.mark.parametrize("place", PARTS.names("places"))
def test_a_picture_shows_one_pair_and_in_the_evening_a_warm_light(place: str) -> None:
    warm = PARTS.palette["lamplight"][1].encode()
    root = ElementTree.fromstring(PARTS.files[f"places/{place}"])  # noqa: S314
    for choice in possible(place):
        shown = Counter(drawn_uses(root, choice))
        assert shown["#one"] == shown["#two"] == 1, choice
        assert warm in compose(PARTS, choice, "evening"), choice


def test_the_first_and_the_second_change_their_colours_and_sizes() -> None:
    choice = choose_at(PARTS, "sill", "rain", "a")._replace(pair="cups", side="left")
    clay, green = (compose(PARTS, choice._replace(first=c), "day") for c in ("clay", "green"))
    assert clay != green
    assert Counter(re.findall(rb"#\w{6}", clay)) != Counter()
    small, large = (compose(PARTS, choice._replace(size=s), "day") for s in ("96", "104"))
    assert b"scale(0.96)" in small
    assert b"scale(1.04)" in large
    mirrored = compose(PARTS, choice._replace(side="right"), "day")
    assert b"matrix(-1 0 0 1 1600 0)" in mirrored
