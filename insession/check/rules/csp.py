"""What the site's policy keeps out of a text, and what no reader could open."""

import ipaddress
from collections.abc import Iterator
from urllib.parse import urlsplit

from insession.check.remark import Remark, Weight
from insession.check.text.page import CheckedPage, CheckedSite
from insession.common.html import tags

PLAYERS = {
    "iframe": "a window onto another page",
    "frame": "a window onto another page",
    "embed": "an embedded player",
    "object": "an embedded player",
    "applet": "an embedded player",
}
BLOCKED = {"script", "style", *PLAYERS}
LOADED = ("src", "poster", "data", "srcset")


def blocked_by_policy(page: CheckedPage, site: CheckedSite) -> Iterator[Remark]:
    """HTML that the site's Content-Security-Policy keeps from working.

    Source: Content Security Policy Level 3 (https://www.w3.org/TR/CSP3/): script-src, style-src,
    frame-src, object-src, form-action and base-uri.
    """
    for tag, attributes, offset in _her_tags(page):
        handlers = [name for name in attributes if name.startswith("on")]
        is_blocked = tag in {"form", "base"} or (tag == "meta" and "http-equiv" in attributes)
        if not (handlers or is_blocked or "style" in attributes or tag in BLOCKED):
            continue
        line, words = _place(page, attributes, offset)
        if "style" in attributes:
            why = "The site allows no colours or sizes of one's own, so this has no effect."
            instead = "take style=… away; *emphasis* and **strong words** work"
            yield page.remark(Weight.SMALL, line, "inline-style", words, why, instead)
        if tag == "script" or handlers:
            why = "The site runs no program that stands in a text, so nothing will happen here."
            what = f"take {handlers[0]}=… away" if handlers else "take it away, with its </script>"
            yield page.remark(Weight.BROKEN, line, "script", words, why, what)
        elif tag == "style":
            why = "The site allows no styles in a text, so this has no effect."
            instead = "take it away, with its </style>"
            yield page.remark(Weight.SMALL, line, "inline-style", words, why, instead)
        elif tag in PLAYERS:
            why = f"{PLAYERS[tag].capitalize()} stays empty here: no reader is to be followed."
            instead = "a link to it: [Watch the talk](https://www.example.org/talk)"
            yield page.remark(Weight.BROKEN, line, "embed", words, why, instead)
        elif is_blocked:
            why = "The site doesn't allow this in a text, so it won't work."
            instead = "take it away; readers reach you through your contact page"
            yield page.remark(Weight.BROKEN, line, "blocked-html", words, why, instead)


def asks_others(page: CheckedPage, site: CheckedSite) -> Iterator[Remark]:
    """Pictures, sounds and styles that would be fetched from another company's server.

    Source: Content Security Policy Level 3 (https://www.w3.org/TR/CSP3/), img-src, media-src,
    style-src and font-src; and this site's promise that no request goes to a third party.
    """
    for tag, attributes, offset in _her_tags(page):
        if tag in PLAYERS or tag == "script":
            continue  # has been said
        names = (*LOADED, "href") if tag == "link" else LOADED
        loaded = [attributes.get(name) or "" for name in names]
        foreign = [address for address in loaded if address and site.is_foreign(address)]
        if foreign:
            line, words = _place(page, attributes, offset)
            thing = "picture" if tag in {"img", "source"} else "file"
            why = f"This {thing} lies with someone else, who would learn of every reader."
            home = "images" if thing == "picture" else "downloads"
            instead = f"save it into content/{home} (if you may use it) and name it from there"
            yield page.remark(Weight.BROKEN, line, "other-site", foreign[0] or words, why, instead)


def own_computer(page: CheckedPage, site: CheckedSite) -> Iterator[Remark]:
    """Links that lead to her own computer or network, where no reader can follow.

    Source: RFC 6761 (localhost) and RFC 6890 (addresses that aren't reachable from outside).
    """
    for link in page.named("a", "area"):
        address = (link.attrs or {}).get("href") or ""
        if is_private(address):
            why = "This address is only on your own computer or network; readers can't open it."
            line = page.line_of(address) or page.text.first_line
            instead = "a link to the file itself: how-therapy-ends.md"
            yield page.remark(Weight.BROKEN, line, "own-computer", address, why, instead)


def is_private(address: str) -> bool:
    """Whether a web address names this computer or a private network."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or not host:
        return False
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host.split(".")[-1] in {"localhost", "local", "internal", "lan", "localdomain"}


def _her_tags(page: CheckedPage) -> Iterator[tuple[str, dict[str, str | None], int]]:
    """Each start tag of the HTML with its attributes and where it stands in the HTML."""
    offset, small = -1, page.html.lower()
    for tag, attributes in tags(page.html):
        offset = small.find(f"<{tag}", offset + 1)
        yield tag, attributes, offset


def _place(page: CheckedPage, attributes: dict[str, str | None], offset: int) -> tuple[int, str]:
    """The line in her file of a tag, and the tag as it is written."""
    words = page.tag_at(offset)
    address = next((str(attributes[name]) for name in LOADED if attributes.get(name)), "")
    line = page.line_of(words) and page.line_of_tag(offset)
    return line or page.line_of(address) or page.text.first_line, words
