"""From a comment's HTML, as other services keep it, to the plain text that we keep."""

import html
import re
from collections.abc import Iterator
from typing import Any

from justhtml import JustHTML

BLOCKS = frozenset(
    "address article blockquote center details dd div dl dt figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section summary table tr ul".split()
)
SILENT = frozenset("head iframe noscript object script style template textarea title".split())
OWN_LINES = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
TAGS = re.compile(
    r"</?(?:a|b|blockquote|br|code|del|div|em|h[1-6]|i|img|ins|li|ol|p|pre|s|span|strong|u|ul)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
QUOTE, UNQUOTE = "\x02", "\x03"  # a reader's text has neither by then: control characters go first


def from_html(text: str) -> str:
    """Return HTML as plain text: paragraphs apart, links followed by their address."""
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text.replace("\r\n", "\n"))
    # WordPress keeps line ends as the reader typed them and makes paragraphs of them on display.
    if not OWN_LINES.search(text):
        text = text.replace("\n", "<br>")
    root = JustHTML(text, fragment=True, sanitize=False).root
    joined = "".join(_pieces(root))
    joined = re.sub(r"[^\S\n]*\n[^\S\n]*", "\n", re.sub(r"[^\S\n\xa0]+", " ", joined))
    joined = re.sub(rf"{QUOTE}\s*", "“", re.sub(rf"\s*{UNQUOTE}", "”", joined))
    return re.sub(r"\n{3,}", "\n\n", joined.replace("“”", "")).strip()


def from_markdown(text: str) -> str:
    """Return Markdown as it was typed, which reads well enough; HTML in it as plain text."""
    return from_html(text) if TAGS.search(text) else text


def name_from(text: str) -> str:
    """Return a name as it was typed: some services keep "A & B" as "A &amp; B"."""
    return html.unescape(text)


def _pieces(root: Any) -> Iterator[str]:
    """Walk without recursion: what strangers wrote may be nested ten thousand deep."""
    todo: list[Any] = [root]
    while todo:
        node = todo.pop()
        if isinstance(node, str):
            yield node
        elif node.name == "#text":
            yield re.sub(r"\s+", " ", node.data)
        elif node.name == "br":
            yield "\n"
        elif node.name == "img":
            yield _picture(node)
        elif node.name not in SILENT and node.children:
            before, after = _around(node)
            todo += [after, *reversed(node.children), before]


def _around(node: Any) -> tuple[str, str]:
    """What stands before and after an element's text."""
    if node.name == "a":
        return "", _address(node)
    if node.name == "li":
        return "\n- ", ""
    if node.name == "blockquote":
        return f"\n\n{QUOTE}", f"{UNQUOTE}\n\n"
    return ("\n\n", "\n\n") if node.name in BLOCKS else ("", "")


def _address(link: Any) -> str:
    """The address of a link in brackets, unless the link's text is that address already."""
    address = (link.attrs.get("href") or "").strip()
    shown = link.to_text(strip=True).rstrip("/…. ")
    bare = re.sub(r"^(?:https?://(?:www\.)?|mailto:)", "", address).rstrip("/")
    if not re.match(r"https?://\S+$|mailto:\S+$", address):
        return ""  # a place on the old page, or javascript:
    if re.sub(r"^https?://(?:www\.)?", "", shown) == bare:
        return ""
    return f" ({address.removeprefix('mailto:')})"


def _picture(image: Any) -> str:
    """What a picture shows, in words, and where it was."""
    address, words = image.attrs.get("src") or "", image.attrs.get("alt") or ""
    return f"[{words or 'picture'}] ({address})" if re.match(r"https?://\S+$", address) else words
