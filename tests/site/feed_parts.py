"""What a feed is made of, for feed_validator.py: places, elements, dates, addresses, HTML."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

ATOM = "{http://www.w3.org/2005/Atom}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"

# Where the places of a feed are, by its root element and then by their kind.
PATHS = {
    "rss": {"rss": ".", "channel": "channel", "image": "channel/image", "item": "channel/item"},
    f"{ATOM}feed": {
        "feed": ".",
        "entry": f"{ATOM}entry",
        "author": f".//{ATOM}author",
        "contributor": f".//{ATOM}contributor",
    },
}
# For each kind, the elements that must be there once, may be there once, may be there often.
# Those that no feed of ours has any use for (cloud, textInput, …) are not here, and so
# are refused rather than checked.
ELEMENTS = {
    "rss": ("channel", "", ""),
    "channel": (
        "title link description",
        "language copyright managingEditor webMaster pubDate lastBuildDate generator docs ttl"
        " image",
        "category item",
    ),
    "image": ("url title link", "description", ""),
    "item": (
        "guid",
        f"title link description author comments pubDate enclosure {ENCODED}",
        "category",
    ),
    "feed": (
        "id title updated",
        "generator icon logo rights subtitle",
        "author category contributor link entry",
    ),
    "entry": (
        "id title updated",
        "content published rights summary",
        "author category contributor link",
    ),
    "author": ("name", "uri email", ""),
    "contributor": ("name", "uri email", ""),
}
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
MAIL = re.compile(r"[^\s@():]+@[^\s@():]+\.[^\s@():]+")
MAIL_AND_NAME = re.compile(MAIL.pattern + r"( \([^()]+\))?")
# What some elements and the attributes of links may say.
TEXTS = {"language": LANGUAGE, "ttl": re.compile("[1-9][0-9]*"), "email": MAIL}
TEXTS |= dict.fromkeys(("author", "managingEditor", "webMaster"), MAIL_AND_NAME)
ATTRIBUTES = {
    "{http://www.w3.org/XML/1998/namespace}lang": LANGUAGE,
    "hreflang": LANGUAGE,
    "type": re.compile(r"[\w.+-]+/[\w.+-]+(;.+)?"),
    "length": re.compile("[0-9]+"),
}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
RFC_822 = re.compile(
    rf"(?:({'|'.join(DAYS)}), )?(\d\d?) ({'|'.join(MONTHS)}) (\d{{4}}) "
    r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)? (?:GMT|UT|[ECMP][SD]T|[+-]\d{4})"
)
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
WEB = ("http", "https")
FOLLOWED = (*WEB, "mailto", "tel", "sms")
ACTIVE_TAGS = {
    *("script", "style", "link", "meta", "base", "iframe", "frame", "object", "embed"),
    *("form", "input", "button", "select", "textarea"),
}


class Place(NamedTuple):
    """One place of the feed: its kind, what a message calls it, its element."""

    kind: str
    name: str
    element: Element

    @property
    def own(self) -> str:
        """The prefix of the names in its own vocabulary; RSS has none."""
        return ATOM if self.element.tag.startswith(ATOM) else ""

    def all(self, names: str) -> list[Element]:
        """The children with one of the names: of its own vocabulary, or with their {prefix}."""
        wanted = {name if name.startswith("{") else self.own + name for name in names.split()}
        return [child for child in self.element if child.tag in wanted]

    def texts(self, names: str) -> list[str]:
        """What these children say."""
        return [child.text or "" for child in self.all(names)]

    def links(self, rel: str) -> list[Element]:
        """Its Atom links of this relation, which is "alternate" where they don't say."""
        return [link for link in self.all(f"{ATOM}link") if link.get("rel", "alternate") == rel]


def places(root: Element) -> Iterator[Place]:
    """Every place of the feed, itself first, that has rules."""
    for kind, path in PATHS[root.tag].items():
        for number, element in enumerate(root.iterfind(path), 1):
            yield Place(kind, f"{kind} {number}" if kind in ("item", "entry") else kind, element)


def is_rfc_822(said: str) -> bool:
    """Whether it is such a date, with a year of four digits and, where it has one, its weekday."""
    match = RFC_822.fullmatch(said)
    try:
        day = match and date(int(match[4]), MONTHS.index(match[3]) + 1, int(match[2]))
    except ValueError:  # the 31st of June
        return False
    return bool(day and match[1] in (None, DAYS[day.weekday()]))


def is_rfc_3339(said: str) -> bool:
    """Whether it is such a date, with a capital T and a zone."""
    try:
        return bool(RFC_3339.fullmatch(said) and datetime.fromisoformat(said))
    except ValueError:  # the 31st of June
        return False


def is_absolute(url: str | None, schemes: Iterable[str] = ()) -> bool:
    """Whether the address stands by itself, with one of the schemes where any are named."""
    try:
        scheme, host, *_ = urlsplit(url or "")
    except ValueError:
        return False
    complete = bool(host if scheme in WEB else scheme) and not re.search(r"\s", url or "")
    return complete and (not schemes or scheme in schemes)


def html_faults(html: str) -> list[str]:
    """What feed readers drop, refuse or can't resolve in the HTML."""
    reader = _HTMLReader()
    reader.feed(html)
    reader.close()
    return reader.faults


class _HTMLReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag.rpartition(":")[2] in ACTIVE_TAGS:  # XHTML comes with a prefix
            self.faults.append(f"<{tag}> in its HTML")
        for name, value in attrs:
            if name.startswith("on"):
                self.faults.append(f"event handler {name} in its HTML")
            if name == "style" and not re.fullmatch(r"text-align: ?\w+;?", value or ""):
                self.faults.append(f'style="{value}" in its HTML')
            if name in ("href", "src", "srcset", "poster", "cite"):
                several = re.split(r",\s+", value or "") if name == "srcset" else [value or ""]
                for url in (part.strip().partition(" ")[0] for part in several):
                    if not is_absolute(url, FOLLOWED):
                        self.faults.append(f'address "{url}" in its HTML is not absolute')
