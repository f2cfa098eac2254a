"""What the rules for whole pages read: one text as HTML, and the site around it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from insession.check.remark import Remark, Weight
from insession.check.text.text import CheckedText
from insession.common.html import tags
from insession.content.front_matter import ArticleHeader
from insession.content.markdown import to_html
from insession.content.practice import PracticeFile

if TYPE_CHECKING:
    from justhtml import JustHTML
    from justhtml.dom import Element

CODE = re.compile(r"^[ >]*(```|~~~).*?^[ >]*\1|`[^`\n]+`", re.S | re.M)


@dataclass(frozen=True)
class CheckedPage:
    """An article or page: `shown` is its path as she knows it, `relative` that inside content/.

    `body` is its Markdown. `read` reads the text and `draw` draws the whole page as it is published
    ("" where none can be made): once, and not before a rule asks for it. `markdown` is how Markdown
    is read (the setting), `address` where the page is published ("how-therapy-ends/").
    """

    shown: str
    relative: str
    body: str
    read: Callable[[], CheckedText]
    draw: Callable[[], str]
    markdown: dict[str, Any]
    address: str = ""

    @cached_property
    def text(self) -> CheckedText:
        """What stands in the file, with its lines."""
        return self.read()

    @cached_property
    def built(self) -> str:
        """The whole page as it is published."""
        return self.draw()

    def forget(self) -> None:
        """Forget what was found out about it, which takes a hundred times as much memory."""
        for name in vars(self).keys() - {each.name for each in fields(self)}:
            del vars(self)[name]

    @property
    def is_article(self) -> bool:
        """Whether it is an article, or else a page."""
        return isinstance(self.text.header, ArticleHeader)

    @cached_property
    def html(self) -> str:
        """What Markdown makes of the text."""
        return to_html(self.text.body, self.markdown)

    @cached_property
    def parsed(self) -> "JustHTML":
        """The HTML of the text, parsed by the HTML standard; faults are in `errors`."""
        from justhtml import JustHTML

        return JustHTML(
            self.html, sanitize=False, fragment=True, collect_errors=True, track_node_locations=True
        )

    @cached_property
    def elements(self) -> "tuple[Element, ...]":
        """Every element of the text that stands in the HTML, in order."""
        return tuple(_elements(self.parsed.root))

    def named(self, *names: str) -> "Iterator[Element]":
        """Yield the elements with one of these names."""
        return (element for element in self.elements if element.name in names)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Every place on the built page that a link can lead to with # (HTML, fragments)."""
        found = (attributes.get("id") or "" for _, attributes in tags(self.built))
        return frozenset(anchor for anchor in found if anchor)

    @cached_property
    def prose(self) -> str:
        """Her Markdown with all code blanked out, line for line."""
        return CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), self.text.body)

    def line_of(self, written: str, nth: int = 1) -> int:
        """Return the line on which these words stand for the `nth` time outside code, or 0."""
        found = [*re.finditer(re.escape(written), self.prose, re.I)] if written else []
        return self.line_at(found[min(nth, len(found)) - 1].start()) if found else 0

    def line_at(self, position: int) -> int:
        """Return the file's line of a position in `prose`."""
        return self.text.first_line + self.prose.count("\n", 0, position)

    def line_of_tag(self, offset: int) -> int:
        """Return the line on which she wrote the tag that starts at `offset` of the HTML."""
        written = self.tag_at(offset)
        nth = self.html.count(written, 0, offset + len(written))
        return (
            self.line_of(written, nth) or self.line_of(written.split()[0]) or self.text.first_line
        )

    def tag_at(self, offset: int) -> str:
        """Return the tag that starts at `offset` of the HTML as it is written: `<b class="x">`."""
        return self.html[offset : (self.html.find(">", offset) + 1) or None]

    def remark(
        self, weight: Weight, line: int, rule: str, words: str, why: str, instead: str
    ) -> Remark:
        """Make a remark about this file."""
        return Remark(self.shown, weight, line, rule, words, why, instead)


class Card(NamedTuple):
    """What lists show of a text, and its cover: what the rules for the whole blog compare."""

    shown: str
    title: str
    title_line: int
    summary: str
    summary_line: int
    cover: str


def card_of(text: CheckedText) -> Card:
    """Return what the rules for the whole blog compare of a text."""
    header = text.header
    lines = text.line_of("title"), text.line_of("summary")
    cover = getattr(header, "cover", None) or ""
    return Card(text.shown, header.title, lines[0], header.summary, lines[1], cover)


@dataclass(frozen=True)
class Picture:
    """A file in content/images; `published` are its bytes as readers load it (0: unknown)."""

    shown: str
    path: Path
    published: int = 0


@dataclass(frozen=True)
class CheckedSite:
    """The blog as it was read: `practice` is None if practice.toml is broken.

    `practice_words` is the text of that file; `cards` are those of all pages, in the same order.
    """

    pages: tuple[CheckedPage, ...]
    pictures: tuple[Picture, ...] = ()
    practice: PracticeFile | None = None
    practice_file: str = "content/practice.toml"
    practice_words: str = ""
    cards: tuple[Card, ...] = ()

    @cached_property
    def by_path(self) -> Mapping[str, CheckedPage]:
        """Each page by its path inside content/."""
        return {page.relative: page for page in self.pages}

    @cached_property
    def by_address(self) -> Mapping[str, CheckedPage]:
        """Each page by its address on the site, without the slashes around it."""
        return {page.address.strip("/"): page for page in self.pages}

    def is_foreign(self, address: str) -> bool:
        """Whether a browser would ask another host for this address."""
        try:
            host = urlsplit(address.strip()).hostname
        except ValueError:
            return True
        own = urlsplit(self.practice.site.url).hostname if self.practice else None
        return bool(host) and host != own


def file_of(address: str) -> str:
    """Return the path in a link as it was written, without what follows # and ?."""
    try:
        return unquote(urlsplit(re.sub(r"^\{(filename|static)\}", "", address)).path)
    except ValueError:
        return ""


def _elements(node: object) -> "Iterator[Element]":
    from justhtml.dom import Element

    waiting = [iter(getattr(node, "children", None) or ())]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        else:
            if isinstance(child, Element):
                yield child
            waiting.append(iter(getattr(child, "children", None) or ()))
