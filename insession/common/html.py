"""Small changes to HTML that leave everything else as it was, to the letter."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser

Attributes = dict[str, str | None]
StartTag = tuple[int, str, str, Attributes]  # where it starts, how it is written, name, attributes

# A tag as Markdown writes it, and nearly everybody: a name, an attribute and its value in quotes.
VALUE = r'"[^"<>&]*(?:&(?:amp|lt|gt|quot|#39|#x27);[^"<>&]*)*"'
ATTRIBUTE = rf" ([a-z][a-z0-9-]*)(?:=({VALUE}))?"
TAG = re.compile(rf"<(?:/[a-z][a-z0-9]*|([a-z][a-z0-9]*)((?:{ATTRIBUTE})*) ?/?)>")
ATTRIBUTES = re.compile(ATTRIBUTE)
ODD_REFERENCE = re.compile(r"&(?!(?:#\d+|#[xX][\da-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);)")
# Elements in which < doesn't begin a tag.
WITHOUT_TAGS = frozenset(
    "iframe noembed noframes noscript plaintext script style textarea title xmp".split()
)


class _Tags(HTMLParser):
    """Collects each start tag with its place in the text, however the HTML is written."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[StartTag] = []
        self._line_starts = [0]
        for line in html.split("\n"):
            self._line_starts.append(self._line_starts[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        source = self.get_starttag_text() or ""
        found = self._line_starts[line - 1] + column, source, tag, _first_of_each(attrs)
        self.found.append(found)


def _first_of_each(pairs: list[tuple[str, str | None]]) -> Attributes:
    """Of two attributes with one name, the first counts, as in a browser."""
    last = dict(pairs)
    if len(last) == len(pairs):
        return last
    first = dict(reversed(pairs))
    return {name: first[name] for name, _ in pairs}


@lru_cache(maxsize=4)
def _start_tags(html: str) -> tuple[list[StartTag], bool]:
    """Find each start tag: at once where all are plainly written, else with Python's parser.

    Kept, because one plugin after another asks for the tags of a text; none changes what it gets.
    Says also whether they were plain.
    """
    rewritten, known = _rewritten  # in one step: other threads change it, too
    if html == rewritten:
        return known, True
    found = [*TAG.finditer(html)]
    is_plain = len(found) == html.count("<") and not ODD_REFERENCE.search(html)
    if not is_plain or not WITHOUT_TAGS.isdisjoint([tag[1] for tag in found]):
        return _Tags(html).found, False
    return [(tag.start(), tag[0], tag[1], _attributes(tag[2])) for tag in found if tag[1]], True


_rewritten: tuple[str, list[StartTag]] = ("", [])  # the text changed last, and its plain tags


@lru_cache(maxsize=1024)  # most tags stay as they are between one plugin and the next
def _attributes(source: str) -> Attributes:
    if not source:
        return {}
    pairs = ATTRIBUTES.findall(source)
    return _first_of_each(
        [(name, unescape(value[1:-1]) if value else None) for name, value in pairs]
    )


def tags(html: str) -> Iterator[tuple[str, Attributes]]:
    """Yield each start tag's name and attributes, with entities resolved."""
    for _, _, tag, attributes in _start_tags(html)[0]:
        yield tag, attributes


def rewrite_tags(html: str, change: Callable[[str, Attributes], Attributes | None]) -> str:
    """Return `html` with the attributes that `change(tag, attributes)` returns.

    `change` returns None to leave a tag alone.
    """
    global _rewritten
    parts, end, after, moved = [], 0, [], 0
    found, are_plain = _start_tags(html)
    for start, source, tag, attributes in found:
        changed = change(tag, attributes)
        if changed is None:
            after.append((start + moved, source, tag, attributes))
            continue
        closing = " />" if source.endswith("/>") else ">"
        written = "".join(
            f" {name}" if value is None else f' {name}="{escape(value)}"'
            for name, value in changed.items()
        )
        made = f"<{tag}{written}{closing}"
        parts += [html[end:start], made]
        after.append((start + moved, made, tag, changed))
        end, moved = start + len(source), moved + len(made) - len(source)
    if not parts:
        return html
    html = "".join([*parts, html[end:]])
    if are_plain:  # whoever asks next needn't look for them again
        _rewritten = html, after
    return html


def split_at(html: str, name: str) -> Iterator[tuple[str, str, Attributes]]:
    """Yield each tag of this name after what stands before it, as it is written and what it has.

    At last comes the rest, before no tag.
    """
    end = 0
    for start, source, tag, attributes in _start_tags(html)[0]:
        if tag == name:
            yield html[end:start], source, attributes
            end = start + len(source)
    yield html[end:], "", {}
