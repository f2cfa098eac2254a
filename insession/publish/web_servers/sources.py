"""What a page loads and where it sends anything, read off its HTML: what its policy must allow.

https://www.w3.org/TR/CSP3/
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from insession.common.csp import SELF, style_source
from insession.common.html import tags

Sources = dict[str, frozenset[str]]  # directive of a policy → what it allows

STYLE = re.compile(r"<style>(.*?)</style>", re.S)
# The tags that load or send; a page has few of them, and reading only these takes a tenth.
LOADING = re.compile(
    r"<(?:audio|form|img|link|script|source|track|video)\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.I
)
CSS_URL = re.compile(r"@font-face\s*\{[^}]*url\(|(url\()")


def sources(html: str, url: str) -> Sources:
    """Return what a page needs: its stylesheet, and files and forms of the site's own.

    What a text of hers asks from other sites is left out, and so are styles in it: the check tells
    her.
    """
    head = html.partition("<body")[0]
    found: dict[str, set[str]] = {"style-src": {style_source(css) for css in STYLE.findall(head)}}
    for css in STYLE.findall(head):
        for picture in CSS_URL.findall(css):
            found.setdefault("img-src" if picture else "font-src", set()).add(SELF)
    for tag, attributes in (each for start in LOADING.findall(html) for each in tags(start)):
        for directive, address in _needs(tag, {k: v or "" for k, v in attributes.items()}):
            if source := _source(address, url, directive):
                found.setdefault(directive, set()).add(source)
    return {directive: frozenset(found[directive]) for directive in found if found[directive]}


def _needs(tag: str, attributes: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Yield the directive and the address of what a tag loads or sends to."""
    if tag == "script" and "src" in attributes:
        yield "script-src", attributes["src"]
    elif tag == "img" or (tag == "source" and "srcset" in attributes):
        yield "img-src", attributes.get("src", "")
    elif tag in {"audio", "video", "source", "track"}:
        yield "media-src", attributes.get("src", "")
        if "poster" in attributes:
            yield "img-src", attributes["poster"]
    elif tag == "link" and "icon" in attributes.get("rel", "").split():
        yield "img-src", attributes.get("href", "")
    elif tag == "link" and attributes.get("rel") == "manifest":
        yield "manifest-src", attributes.get("href", "")
    elif tag == "link" and attributes.get("as") == "font":
        yield "font-src", attributes.get("href", "")
    elif tag == "form" and "comment-form" in attributes.get("class", "").split():
        yield "form-action", attributes.get("action", "")
        yield "connect-src", attributes.get("action", "")


def _source(address: str, url: str, directive: str) -> str:
    """Return how a policy names where an address leads, "" if it is none of our business."""
    try:
        parts, own = urlsplit(address), urlsplit(url)
    except ValueError:
        return ""  # no browser asks for it
    if parts.scheme == "data":
        return "data:" if directive == "img-src" else ""
    if not parts.netloc or (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
        return SELF
    is_service = directive in {"form-action", "connect-src"}
    return f"{parts.scheme}://{parts.netloc}" if is_service else ""
