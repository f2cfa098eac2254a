"""Digests of what pages are made of: equal digests, equal pages.

Everything that a template may be given has one. Of a text there are two: `card` for what other
pages show of it, and `whole` for all that its own page shows. What has no digest is refused, so
that nothing can change a page unnoticed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, tzinfo
from enum import Enum
from hashlib import blake2b
from pathlib import PurePath
from typing import Any

from pelican.contents import Content
from pelican.paginator import Page, Paginator
from pelican.urlwrappers import URLWrapper
from pydantic import BaseModel

SIZE = 16  # bytes
SHARED = {"settings", "_context"}  # by all contents
OWN = {"_content", "raw_body", "older", "newer", "comment_tree"}  # shown on a text's own page alone
# Set when a text is arranged among the others, which its words alone don't change.
ARRANGED = {"author", "authors", "category", "tags", "translations"}
UNSHOWN = {"_links", "written", "pictures", "translations", "_read", "_card"}
SIMPLE = {str, int, bool, type(None)}
PLAIN = (str, int, float, bool, type(None), bytes, date, re.Pattern, PurePath, Enum, tzinfo)


@dataclass(frozen=True)
class Read:
    """What reading gave a content: digests of all of it and of what lists show, its attributes."""

    key: str
    card: str
    attributes: frozenset[str]


def digest(*values: Any) -> str:
    """Return one digest of all these values. Raises TypeError for what has none."""
    return blake2b(canonical(values).encode("utf-8", "surrogatepass"), digest_size=SIZE).hexdigest()


def digest_of_bytes(data: bytes) -> str:
    """Return the digest of what a file holds."""
    return blake2b(data, digest_size=SIZE).hexdigest()


def canonical(value: Any) -> str:
    """Return a text that is the same for equal values, and no other's."""
    kind = type(value)
    if kind in SIMPLE:  # most values; the order of all these questions is for speed alone
        return f"{kind.__name__}:{value!r}"
    if kind is dict or isinstance(value, Mapping):
        pairs = [f"{canonical(key)}={canonical(each)}" for key, each in value.items()]
        return f"{{{','.join(sorted(pairs))}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(canonical, value))}]"
    if isinstance(value, PLAIN):
        return f"{kind.__name__}:{value!r}"
    if isinstance(value, set | frozenset):
        return f"{{{','.join(sorted(map(canonical, value)))}}}"
    if isinstance(value, Content):
        return card(value)
    if isinstance(value, URLWrapper):
        return canonical((kind.__name__, value.name, value.slug))  # the address is a setting
    if isinstance(value, BaseModel):
        return canonical((kind.__name__, dict(value), value.__pydantic_extra__))
    if isinstance(value, Page):
        return canonical(
            (value.number, value.url, value.save_as, value.object_list, value.paginator)
        )
    if isinstance(value, Paginator):
        return canonical((value.name, value.url, value.num_pages))
    if is_dataclass(value) and not isinstance(value, type):
        return canonical([getattr(value, field.name) for field in fields(value)])
    if callable(value):
        return f"{value.__module__}.{value.__qualname__}"
    raise TypeError(f"{type(value)} has no digest")


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
    """Return the digest of all that a text's own page, and its entry in a feed, show of it."""
    known = vars(content)
    is_settled = known["_read"].key and "{" not in known["_content"]  # no link to another text
    body = known["_read"].key if is_settled else content.content
    around = [known.get(name) for name in ("older", "newer", "comment_tree")]
    return digest(card(content), body, around)


def shown(known: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return those of a content's attributes that lists may show."""
    values = {name: known[name] for name in names if name not in SHARED | OWN | UNSHOWN}
    if "metadata" in values:
        metadata = values["metadata"]
        values["metadata"] = {k: v for k, v in metadata.items() if k != "raw_body"}
    return values
