"""Small changes to HTML that leave everything else as it was, to the letter."""

from collections.abc import Callable, Iterator
from html import escape
from html.parser import HTMLParser

Attributes = dict[str, str | None]


class _Tags(HTMLParser):
    """Collects each start tag with its place in the text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, str, str, Attributes]] = []
        self._line_starts = [0]
        for line in html.split("\n"):
            self._line_starts.append(self._line_starts[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        source = self.get_starttag_text() or ""
        first = dict(reversed(attrs))  # of two with one name, the first counts, as in a browser
        attributes = {name: first[name] for name, _ in attrs}
        self.found.append((self._line_starts[line - 1] + column, source, tag, attributes))


def tags(html: str) -> Iterator[tuple[str, Attributes]]:
    """Yield each start tag's name and attributes, with entities resolved."""
    for _, _, tag, attributes in _Tags(html).found:
        yield tag, attributes


def rewrite_tags(html: str, change: Callable[[str, Attributes], Attributes | None]) -> str:
    """Return `html` with the attributes that `change(tag, attributes)` returns.

    `change` returns None to leave a tag alone.
    """
    parts, end = [], 0
    for start, source, tag, attributes in _Tags(html).found:
        changed = change(tag, attributes)
        if changed is None:
            continue
        closing = " />" if source.endswith("/>") else ">"
        written = "".join(
            f" {name}" if value is None else f' {name}="{escape(value)}"'
            for name, value in changed.items()
        )
        parts += [html[end:start], f"<{tag}{written}{closing}"]
        end = start + len(source)
    return "".join([*parts, html[end:]])
