"""What the build tells the service: which articles take comments, and how the site looks."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from insession.comments import Refusal
from insession.common.csp import style_source

FOLDER = ".insession"  # inside the built site
T = TypeVar("T")


@dataclass(frozen=True)
class Thread:
    """An article, as far as comments need it: `comments` is open, closed or off."""

    id: str
    title: str
    address: str
    comments: str


@dataclass(frozen=True)
class About:
    """The site's name, who writes it, how soon she reads, her zone, its articles by their ids."""

    title: str
    author: str
    read_within: str
    zone: tzinfo
    threads: dict[str, Thread]
    approved: str = ""  # the digest of the comments that it was built with


@dataclass(frozen=True)
class Frame:
    """A page of the site with room for a title and a text, and the hashes of its styles."""

    html: str
    styles: tuple[str, ...]

    def filled(self, title: str, main: str) -> str:
        """Return the whole page; both are HTML already."""
        before, _, after = self.html.replace("<!--title-->", title).partition("<!--main-->")
        return before + main + after


class _File(Generic[T]):
    """A file of the built site, read again when it changes."""

    def __init__(self, path: Path, parse: Callable[[str], T]) -> None:
        self.path, self.parse = path, parse
        self.known: tuple[tuple[int, int], T] | None = None

    def read(self) -> T:
        """Return what it says, or has said last. Raises Refusal where it never could be read."""
        try:
            found = self.path.stat()
            mark = (found.st_mtime_ns, found.st_size)
            if self.known is None or self.known[0] != mark:
                self.known = (mark, self.parse(self.path.read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            if self.known is None:
                raise Refusal(
                    f"{self.path} is missing or can't be read; it comes with the site, when that "
                    "is published (or built here: python3 tasks.py build)."
                ) from None
        return self.known[1]


class SiteManifest:
    """The built site's folder, read again when it changes.

    While a new build is put in place there is none for a moment: the last good one serves.
    """

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder / FOLDER, url
        self._about = _File(self.folder / "threads.json", self._read)
        self._frame = _File(self.folder / "frame.html", _frame)

    def about(self) -> About:
        """Return what threads.json says."""
        return self._about.read()

    def zone(self) -> tzinfo:
        """Return the zone by whose clock she lives; UTC as long as there is no site."""
        try:
            return self.about().zone
        except Refusal:
            return UTC

    def frame(self) -> Frame:
        """Return what frame.html shows."""
        return self._frame.read()

    def marks(self) -> tuple[int, ...]:
        """Return what is different once another build is in place."""
        try:
            found = (self.folder / "threads.json").stat()
        except OSError:
            return ()
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _read(self, text: str) -> About:
        data = json.loads(text)
        threads = {
            key: Thread(key, entry["title"], self.url + entry["url"], entry["comments"])
            for key, entry in data["threads"].items()
        }
        within, zone = data.get("read_within") or "a few days", _zone(data.get("timezone"))
        digest = data.get("approved") or ""
        return About(data["site"], data["author"], within, zone, threads, digest)


def _zone(name: str | None) -> tzinfo:
    """Return the zone with this name; a site that was built before it said one has none."""
    try:
        return ZoneInfo(name or "UTC")
    except (ValueError, OSError, KeyError):  # none that this machine knows
        return UTC


def _frame(html: str) -> Frame:
    if "<!--main-->" not in html:
        raise ValueError("no place for the text")
    styles = re.findall(r"<style[^>]*>(.*?)</style>", html, re.DOTALL)
    return Frame(html, tuple(style_source(style) for style in styles))
