"""What is wrong with a feed, by the specifications of RSS 2.0 and Atom 1.0.

`problems(xml)` takes the bytes of a feed and returns a sentence for each fault. Each rule is one
function that yields what is wrong in one place. Its docstring names its source: RFC 4287 (Atom),
"RSS" for the RSS 2.0 specification, "profile" for the RSS board's best-practices profile. Where
some readers get a choice wrong (relative addresses, HTML in titles), the safe one is demanded.
"""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

from tests.site.feed_parts import (
    ATOM,
    ATTRIBUTES,
    CREATOR,
    ELEMENTS,
    ENCODED,
    PATHS,
    TEXTS,
    WEB,
    Place,
    html_faults,
    is_absolute,
    is_rfc_822,
    is_rfc_3339,
    places,
)

XHTML_DIV = "{http://www.w3.org/1999/xhtml}div"


def counted(place: Place) -> Iterator[str]:
    """RSS, elements of channel, item, image; RFC 4287, 3.2, 4.1.1, 4.1.2; guid by the profile."""
    once, at_most_once, often = (names.split() for names in ELEMENTS[place.kind])
    for name in once:
        if not any((each.text or "").strip() or len(each) for each in place.all(name)):
            yield f"<{name}> is missing or empty"
    found = Counter(child.tag.removeprefix(place.own) for child in place.element)
    yield from (f"<{name}> more than once" for name in once + at_most_once if found[name] > 1)
    unknown = found.keys() - {*once, *at_most_once, *often}
    yield from (f"no place for <{name}>" for name in sorted(unknown) if not name.startswith("{"))
    if "".join(filter(None, (place.element.text, *(c.tail for c in place.element)))).strip():
        yield "text between its elements"


def ordered(place: Place) -> Iterator[str]:
    """Profile, item; RFC 4287, 4.1.1: entries come last. Profile: description, then encoded."""
    tags = [child.tag.removeprefix(place.own) for child in place.element]
    for entry in ("item", "entry"):
        if entry in tags and set(tags[tags.index(entry) :]) != {entry}:
            yield f"something comes after the first <{entry}>"
    if ENCODED in tags and "description" in tags[tags.index(ENCODED) :]:
        yield "description comes after content:encoded"


def valued(place: Place) -> Iterator[str]:
    """RSS and RFC 4287, 2, 3.2.3, 4.2.7: languages, numbers, media types, e-mail addresses.

    A person without a public e-mail address goes into dc:creator (profile).
    """
    for each in place.element:
        name = each.tag.removeprefix(place.own)
        if name in TEXTS and not len(each) and not TEXTS[name].fullmatch(each.text or ""):
            yield f'<{name}> can\'t be "{each.text}"'
    for element in [place.element, *place.all(f"{ATOM}link")]:
        for name in ATTRIBUTES.keys() & element.attrib.keys():
            if not ATTRIBUTES[name].fullmatch(element.get(name, "")):
                yield f'{name} can\'t be "{element.get(name)}"'


def dated(place: Place) -> Iterator[str]:
    """RSS, pubDate, lastBuildDate: RFC 822; RFC 4287, 3.3: RFC 3339."""
    wrong = [said for said in place.texts("pubDate lastBuildDate") if not is_rfc_822(said)]
    wrong += [said for said in place.texts("updated published") if not is_rfc_3339(said)]
    yield from (f'"{said}" is not a date as it is written here' for said in wrong)


def unique(place: Place) -> Iterator[str]:
    """RSS, guid; RFC 4287, 4.2.6: no two entries of a feed have the same id."""
    entries = place.all("item entry")
    ids = Counter(each.findtext("guid") or each.findtext(f"{ATOM}id") for each in entries)
    yield from (f'id "{each}" more than once' for each, n in ids.items() if each and n > 1)


def rss_version(place: Place) -> Iterator[str]:
    """RSS, "What is RSS?": the version must be said."""
    if place.element.get("version") != "2.0":
        yield "version is not 2.0"


def rss_addresses(place: Place) -> Iterator[str]:
    """Profile, "URLs": absolute, in ASCII, with a scheme that every reader follows."""
    said = place.texts("link docs comments url")
    wrong = (url for url in said if not (is_absolute(url, WEB) and url.isascii()))
    yield from (f'address "{url}" is not absolute, or not in ASCII' for url in wrong)


def rss_self_link(place: Place) -> Iterator[str]:
    """Profile, atom:link: a feed says its own address, once, and no other type than its own."""
    links = place.links("self")
    if len(links) != 1 or not is_absolute(links[0].get("href"), WEB):
        yield "needs one atom:link rel=self with an absolute href"
    elif links[0].get("type") not in (None, "application/rss+xml"):
        yield "its atom:link rel=self is of another type than application/rss+xml"


def rss_guid(place: Place) -> Iterator[str]:
    """RSS, guid: an address unless isPermaLink is "false"."""
    for guid in place.all("guid"):
        permanent = guid.get("isPermaLink", "true")
        if permanent not in ("true", "false") or guid.attrib.keys() - {"isPermaLink"}:
            yield 'guid takes isPermaLink="true" or "false" and nothing else'
        elif permanent == "true" and not is_absolute(guid.text, WEB):
            yield f'guid "{guid.text}" is no address: it needs isPermaLink="false"'


def rss_enclosure(place: Place) -> Iterator[str]:
    """RSS, enclosure: url, length and type, all three; the url is absolute."""
    for each in place.all("enclosure"):
        if each.attrib.keys() != {"url", "length", "type"} or not is_absolute(each.get("url"), WEB):
            yield "enclosure takes an absolute url, a length and a type"
        elif not all(ATTRIBUTES[name].fullmatch(each.get(name, "")) for name in ("length", "type")):
            yield "length or type of an enclosure can't be that"


def rss_title_or_description(place: Place) -> Iterator[str]:
    """RSS, elements of item: at least one of the two."""
    if not "".join(place.texts("title description")).strip():
        yield "neither title nor description"


def rss_text(place: Place) -> Iterator[str]:
    """Profile, "Character data": HTML in items' descriptions only, harmless and absolute."""
    html, plain = f"description {ENCODED}", f"title category {CREATOR}"
    for said in place.texts(html if place.kind == "item" else ""):
        yield from html_faults(said)
    for said in place.texts(plain if place.kind == "item" else f"description {plain}"):
        if not said.strip() or re.search(r"</?[A-Za-z]|&#?\w+;", said):
            yield f'"{said}" should be plain text'


def atom_addresses(place: Place) -> Iterator[str]:
    """RFC 4287, 3.2.2, 4.2.2 to 4.2.8: ids are absolute, and so is all where no base is said."""
    said = place.texts("id icon logo uri") + [each.get("href") for each in place.all("link")]
    attributes = [each.attrib for each in place.all("category generator")]
    said += [each[name] for each in attributes for name in ("scheme", "uri") if name in each]
    yield from (f'address "{url}" is not absolute' for url in said if not is_absolute(url))


def atom_links(place: Place) -> Iterator[str]:
    """RFC 4287, 4.1.1, 4.1.2: the feed's self, no two alternates alike, an entry's substance."""
    links = [(each.get("type"), each.get("hreflang")) for each in place.links("alternate")]
    if len(links) > len(set(links)):
        yield "two links rel=alternate of the same type and language"
    if place.kind == "feed" and len(place.links("self")) != 1:
        yield "needs one link rel=self"
    if place.kind == "entry" and not (links or place.all("content")):
        yield "neither content nor a link rel=alternate"


def atom_author(place: Place) -> Iterator[str]:
    """RFC 4287, 4.1.1: the feed has an author, or else every entry has."""
    entries = place.all("entry")
    if not place.all("author") and not all(each.findall(f"{ATOM}author") for each in entries):
        yield "neither the feed nor every entry has an author"


def atom_text(place: Place) -> Iterator[str]:
    """RFC 4287, 3.1, 4.1.3, 4.2.2: the types of text, what HTML may hold, a category's term."""
    for said in place.all("title subtitle rights summary content"):
        kind = said.get("type", "text")
        if kind not in ("text", "html", "xhtml") or said.get("src"):
            yield "text that is neither text, html nor xhtml, or is kept elsewhere"
        elif [child.tag for child in said] != ([XHTML_DIV] if kind == "xhtml" else []):
            yield "XHTML needs one div, other text no elements"
        elif kind != "text":
            html = said.text if kind == "html" else ElementTree.tostring(said, "unicode")
            yield from html_faults(html or "")
    if not all(category.get("term") for category in place.all("category")):
        yield "<category> without a term"


RSS_COMMON = (counted, ordered, valued, dated, rss_addresses, rss_text)
ATOM_COMMON = (counted, valued, dated, atom_addresses, atom_links, atom_text)
RULES = {
    "rss": (counted, rss_version),
    "channel": (*RSS_COMMON, rss_self_link, unique),
    "image": (counted, rss_addresses),
    "item": (*RSS_COMMON, rss_guid, rss_enclosure, rss_title_or_description),
    "feed": (*ATOM_COMMON, ordered, atom_author, unique),
    "entry": ATOM_COMMON,
    "author": (counted, valued, atom_addresses),
    "contributor": (counted, valued, atom_addresses),
}


def problems(xml: bytes) -> list[str]:
    """A sentence for each fault of the feed; none where it is valid."""
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314  our own build wrote it
    except ElementTree.ParseError as error:
        return [f"it is not well-formed XML: {error}"]
    if root.tag not in PATHS:
        return [f"<{root.tag}> begins neither an RSS nor an Atom feed"]
    found = [] if xml.startswith(b"<?xml") else ["it does not begin with an XML declaration"]
    checks = ((place, rule) for place in places(root) for rule in RULES[place.kind])
    return found + [f"{place.name}: {fault}" for place, rule in checks for fault in rule(place)]
