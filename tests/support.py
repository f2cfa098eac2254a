"""What tests build on: small blogs made from a few files, and built sites to look into."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from insession.site.build import make_site

ROOT = Path(__file__).resolve().parent.parent
PRACTICE = (ROOT / "content" / "practice.toml").read_text(encoding="utf-8")
# The practice of somebody who isn't the sample's therapist; the number is one that Ofcom keeps for
# films, and nobody has a domain that ends in .test (RFC 6761).
HERS = {
    "Hannah Vale": "Ruth Amsel",
    '"000000"': '"004217"',
    "+17185550142": "+442079460018",
    "example.org": "amsel.test",
    "The Other Chair": "Two Windows",
    "Plain words about psychotherapy, for": "On talking, for",
    "I work with adults in a quiet room in Brooklyn, and": "I see couples, and",
    "Monday to Thursday, 9 am to 6 pm": "Tuesday and Friday afternoons",
    "If something here sounds like you and": "If it sounds like you two and",
    "The first fifteen minutes on the phone are free, and you": "You",
    "Before your first session: a short guide": "What couples ask first",
}


def replace_all(text: str, pairs: dict[str, str]) -> str:
    """Return the text with each key's value in its place; every key must stand in it."""
    for old, new in pairs.items():
        assert old in text, f"{old} isn't there"
        text = text.replace(old, new)
    return text


HER_PRACTICE = replace_all(PRACTICE, HERS)  # what the sample invented is hers in it
ARTICLE = """---
title: {title}
date: 2026-03-04
summary: A short summary of what this article is about.
topic: Starting therapy
tags: [silence]
{more}---

{body}
"""

CONTACT = """---
title: Contact
summary: How to reach me.
template: contact
menu: 1
---

I call you back.
"""


def article(title: str = "A title", more: str = "", body: str = "Some text.") -> str:
    """Return the text of an article; `more` are further lines of its header."""
    return ARTICLE.format(title=title, more=f"{more}\n" if more else "", body=body)


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    """Return the one element that the selector finds."""
    found = page.select(selector)
    assert len(found) == 1, f"{len(found)} elements are {selector}"
    return found[0]


def words(element: Tag) -> str:
    """Return an element's text with single spaces."""
    return " ".join(element.get_text().split())


@dataclass
class BuiltSite:
    """A built site: `page("about/")` is that page's HTML as soup."""

    folder: Path

    def text(self, path: str) -> str:
        """Return a file's text; a path that ends in / is a page."""
        name = f"{path}index.html" if path == "" or path.endswith("/") else path
        return (self.folder / name).read_text(encoding="utf-8")

    def page(self, path: str) -> BeautifulSoup:
        """Return a page as soup."""
        return BeautifulSoup(self.text(path), "html.parser")

    def has(self, path: str) -> bool:
        """Whether a page or file was written."""
        name = f"{path}index.html" if path == "" or path.endswith("/") else path
        return (self.folder / name).is_file()

    def pages(self) -> list[str]:
        """Return the path of every page, "" for the front page."""
        found = [p for p in self.folder.rglob("*.html") if ".insession" not in p.parts]
        return sorted(str(p.relative_to(self.folder)).removesuffix("index.html") for p in found)


def write_content(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write `files` (path → text or bytes) into a content folder, with a practice.toml."""
    content = folder / "content"
    for name, text in ({"practice.toml": PRACTICE} | files).items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    for name in ("articles", "pages", "images", "downloads"):
        (content / name).mkdir(parents=True, exist_ok=True)
    return content


def build_blog(folder: Path, files: dict[str, str | bytes]) -> BuiltSite:
    """Write a blog from `files` and build it. Raises Problems as a build does."""
    return build_content(write_content(folder, files), folder / "output")


def build_content(content: Path, output: Path, **changed: str) -> BuiltSite:
    """Build a content folder with the project's settings (but for `changed`) and theme."""
    make_site(output, str(ROOT / "pelicanconf.py"), PATH=str(content), **changed)
    return BuiltSite(output)


class Counted:
    """Stands in for `progress`, and keeps what was said with how many were done and the total."""

    def __init__(self) -> None:
        self.all: list[tuple[str, int, int]] = []

    @contextmanager
    def __call__(self, what: str, total: int) -> Iterator[Callable[[int], None]]:
        counts: list[int] = []
        yield counts.append
        self.all.append((what, sum(counts), total))
