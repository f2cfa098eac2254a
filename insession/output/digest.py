"""Digests of what pages are made of: equal digests, equal pages.

Everything that a template may be given has one. Of a text there are two: `card` for what other
pages show of it, and `whole` for all that its own page shows. What has no digest is refused, so
that nothing can change a page unnoticed.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, tzinfo
from enum import Enum
from hashlib import blake2b, sha256
from pathlib import PurePath
from typing import Any

from pelican.contents import Article, Content
from pelican.paginator import Page, Paginator
from pelican.urlwrappers import URLWrapper
from pydantic import BaseModel

from insession.output.contents import FOUND_IN

SIZE = 16  # bytes
SHARED = {"settings", "_context"}  # by all contents
OWN = {"_content", "raw_body", "parts", "comment_tree"}  # shown on a text's own page alone
# Set when a text is arranged among the others, which its words alone don't change.
ARRANGED = {"author", "authors", "category", "tags", "translations"}
UNSHOWN = {
    *("_links", "written", "pictures", "translations", "_read", "_card"),
    *("headings", "is_long", "key_words", "search_words"),
}
LEFT_OUT = SHARED | OWN | UNSHOWN
PLAIN = (str, int, float, bool, type(None), date, re.Pattern, PurePath, Enum, tzinfo)

# A link to a file as Pelican has it.
MARKED = re.compile(r"\{(filename|static)\}/([^?#&%;]*)(?:[?#].*)?")


@dataclass(frozen=True)
class Read:
    """What reading gave a content: its attributes, and digests.

    `key` is that of what it was read from, `card` of what lists show and `body` of its text.
    """

    key: str
    card: str
    body: str
    attributes: frozenset[str]


def digest(*values: Any) -> str:
    """Return one digest of all these values. Raises TypeError for what has none."""
    return blake2b(canonical(values).encode("utf-8", "surrogatepass"), digest_size=SIZE).hexdigest()


def digest_of_bytes(data: bytes) -> str:
    """Return the digest of what a file holds."""
    return sha256(data).hexdigest()[: 2 * SIZE]  # which processors of today find themselves


def canonical(value: Any) -> str:
    """Return a text that is the same for equal values, and no other's."""
    return _ways[type(value)](value)


class _Ways(dict[type, Callable[[Any], str]]):
    """In which values of each type are written: found out for the first of them."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        return self.setdefault(kind, _way(kind))


_ways = _Ways()


def _way(kind: type) -> Callable[[Any], str]:
    if kind is str:  # whose length says where it ends; to quote a text takes long
        return lambda value: f"str:{len(value)}:{value}"
    if issubclass(kind, PLAIN):
        name = kind.__name__
        return lambda value: f"{name}:{value!r}"
    for parent, write in WAYS.items():
        if issubclass(kind, parent):
            return write
    if is_dataclass(kind):
        names = [field.name for field in fields(kind)]
        return lambda value: canonical([getattr(value, name) for name in names])
    return _function


def _function(value: Any) -> str:
    if callable(value):
        return f"{value.__module__}.{value.__qualname__}"
    raise TypeError(f"{type(value)} has no digest")


def _mapping(value: Mapping[Any, Any]) -> str:
    ways = _ways  # not by way of canonical: most of what has a digest lies in a mapping or a list
    pairs = [f"{ways[type(k)](k)}={ways[type(v)](v)}" for k, v in value.items()]
    return f"{{{','.join(sorted(pairs))}}}"


def _list(value: Iterable[Any]) -> str:
    ways = _ways
    return f"[{','.join([ways[type(each)](each) for each in value])}]"


def _page_of_a_list(page: Page) -> str:
    """Found once: it is given to its neighbours, too."""
    known = vars(page)
    if "_digest" not in known:
        shown = page.number, page.url, page.save_as, page.object_list, page.paginator
        known["_digest"] = digest(*shown)
    return f"Page:{known['_digest']}"


WAYS: dict[type, Callable[[Any], str]] = {
    Mapping: _mapping,
    Content: lambda content: card(content),
    # The address of a word is a setting.
    URLWrapper: lambda word: f"{type(word).__name__}({word.name!r},{word.slug!r})",
    BaseModel: lambda model: canonical(
        (type(model).__name__, dict(model), model.__pydantic_extra__)
    ),
    Page: _page_of_a_list,
    Paginator: lambda list_: canonical((list_.name, list_.url, list_.num_pages)),
    bytes: lambda data: f"bytes:{digest_of_bytes(data)}",
    **dict.fromkeys((list, tuple), _list),
    **dict.fromkeys(
        (set, frozenset), lambda value: f"{{{','.join(sorted(map(canonical, value)))}}}"
    ),
}


def card(content: Content) -> str:
    """Return the digest of what lists and neighbours show of a text, as it is arranged now."""
    known = vars(content)
    if "_card" not in known:
        read: Read = known["_read"]
        arranged = (known.keys() - read.attributes) | (ARRANGED & known.keys())
        known["_card"] = digest(read.card, content.url, shown(known, arranged))
    made: str = known["_card"]
    return made


def whole(content: Content) -> str:
    """Return the digest of all that a text's own page, and its entry in a feed, show of it.

    BESIDE are functions that say what else an article shows, by its words among all others.
    """
    known = vars(content)
    targets = _targets(content)
    body = content.content if targets is None else (known["_read"].body, targets)
    around = [known.get(name) for name in ("parts", "comment_tree")]
    is_article = isinstance(content, Article)
    beside = [find(content) for find in content._context.get("BESIDE", ()) if is_article]
    names = sorted(known.get("pictures", ()))
    pictures = [content._context["pictures"].get(name) for name in names]
    return digest(card(content), body, around, beside, pictures)


def _targets(content: Content) -> list[str] | None:
    """Return the address to which each link to another file leads, for that is all that changes.

    None where a link isn't plainly one, or leads nowhere.
    """
    html, (read_from, links) = content._content, content._links
    marked = [MARKED.fullmatch(value) for _, value in links if value.startswith("{")]
    if read_from is not html or html.count("{") != len(marked):
        return None
    found = [content._context[FOUND_IN[link[1]]].get(link[2]) if link else None for link in marked]
    return None if None in found else [target.url for target in found if target]


def shown(known: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return those of a content's attributes that lists may show."""
    values = {name: known[name] for name in names if name not in LEFT_OUT}
    if "metadata" in values:
        metadata = values["metadata"]
        values["metadata"] = {k: v for k, v in metadata.items() if k != "raw_body"}
    return values
