"""Where the links of the old blog lead now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from posixpath import relpath
from urllib.parse import SplitResult, parse_qs, unquote, urljoin, urlsplit

SCHEMES = {"http", "https", "mailto", "tel", "sms"}
POST_NUMBERS = ("p", "page_id", "attachment_id")


@dataclass(frozen=True)
class Place:
    """A text as others link to it: its file inside content/, and from when on it is published."""

    file: str
    live: datetime | None  # None: a draft


@dataclass
class OldBlog:
    """The old blog: where it was, and which of its addresses are texts and lists here."""

    home: str
    texts: dict[str, Place] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)  # of a category or tag: "/topic/silence/"
    files: dict[str, str] = field(default_factory=dict)  # that had a page of their own: the file's

    def add(self, place: Place, addresses: Iterable[str]) -> None:
        """Note the addresses at which the old blog showed a text."""
        for address in addresses:
            if address and (key := _key(address)) != "/":
                self.texts.setdefault(key, place)

    def add_list(self, address: str, here: str) -> None:
        """Note at which address of this site an old list is now."""
        self.lists[_key(address)] = here

    def add_file(self, file: str, addresses: Iterable[str]) -> None:
        """Note the addresses of the page on which the old blog showed an uploaded file alone."""
        for address in addresses:
            if address and (key := _key(address)) != "/":
                self.files.setdefault(key, file)

    def find_file(self, address: str) -> str:
        """Return the address of the file that was shown at an absolute address, or ""."""
        return self.files.get(_key(address), "") if self.owns(address) else ""

    def find_list(self, address: str) -> str:
        """Return where a list is now that was at an absolute address, or ""."""
        return self.lists.get(_key(address), "") if self.owns(address) else ""

    def find(self, address: str) -> Place | None:
        """Return the text that was at an absolute address."""
        return self.texts.get(_key(address)) if self.owns(address) else None

    def owns(self, address: str) -> bool:
        """Whether an absolute address lies in the old blog."""
        home, other = _split(self.home), _split(address)
        folder = home.path.rstrip("/") + "/"
        return (
            bool(home.netloc)
            and _host(home.netloc) == _host(other.netloc)
            and (f"{other.path.rstrip('/')}/".startswith(folder))
        )

    def is_front_page(self, address: str) -> bool:
        """Whether an absolute address is that of the old blog itself."""
        return self.owns(address) and _key(address) == _key(self.home)


def absolute(address: str, page: str) -> str:
    """Return a link as a whole address; "" if it can't be one that this site links to."""
    try:
        whole = urljoin(page, address.strip())
    except ValueError:
        return ""
    parts = _split(whole)
    if parts.scheme not in SCHEMES or (parts.scheme.startswith("http") and not parts.hostname):
        return ""
    return whole


def path_between(source: str, target: str) -> str:
    """Return the path from one file in content/ to another, as Markdown editors follow it."""
    return relpath(target, start=source.rpartition("/")[0] or ".")


def _key(address: str) -> str:
    """An address's path, or the number of a post, so that two spellings compare equal."""
    parts = _split(address)
    query = parse_qs(parts.query)
    number = next((query[name][0] for name in POST_NUMBERS if name in query), "")
    if number:
        return f"?p={number}"
    path = unquote(parts.path).casefold().removesuffix("/index.php").removesuffix("/index.html")
    return path.rstrip("/") or "/"


def _host(netloc: str) -> str:
    return netloc.lower().removeprefix("www.")


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.hostname, parts.port
    except ValueError:
        return urlsplit("")
    return parts
