"""The ledger: every address that was ever published, and which text it belongs to.

A small file, `urls.json`, kept under version control beside content/, one address a line:

    {"version": 1, "site": "tag:blog.your-name.com,2019-05-02:", "urls": {
     "/2019/05/silence/": "article:why-silence-helps"
    }, "texts": {
     "article:why-silence-helps": ["articles/why-silence-helps.md", "01d8…"]
    }}

An address is a path as browsers show it: without the folder in which the site lies on its host,
percent-decoded, with the last slash of a page. It may have a query (`/?p=123`, as WordPress had
them): no file can answer to that, but a server can, and publishing tells it. A text is its kind
and its permanent id, so a new slug changes nothing here. All else is derived: an address whose
text has another one now is a redirect to where the text is today (never to a redirect), and one
whose text isn't published any more is gone (one of a topic or tag leads to the list of those).

`site` is what the ids in feeds hang on, made once. `texts` says in which file each published text
was last, with a sketch of its words (similarity.py): so it is known again under another
name.

Publishing and importing add to the ledger; a build only reads it, but for the first that makes
`site`.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from insession.common.atomic_file import replace_file
from insession.common.problems import Problem, Problems
from insession.content.text_file import read_text

Ledger = dict[str, str]  # address → text, such as "article:why-silence-helps"

VERSION = 1
LISTS = "/archive/"  # where all topics and tags stand
TEXT = re.compile(r"(article|page|topic|tag):\S.*")
ADDRESS = re.compile(r"/(?!/)[^\\#\x00-\x1f\x7f\ufffd]+")
FILE = re.compile(r"(?!/)[^\\\x00-\x1f]+\.md")
WORDS = re.compile(r"([0-9a-f]{8})*")
SITE = re.compile(r"(tag:|https?://)\S+")
LINE = 'Write each line so, with a comma between two: "/old-address/": "article:its-id"'
# What the site uses itself, so that no text and no redirect can have it: first parts of addresses.
RESERVED = {
    "404", "archive", "cards", "comments", "covers", "downloads", "feeds", "glossary", "images",
    "page", "search", "tag", "theme", "topic",
}  # fmt: skip
FILES = {
    "404.html", "413.html", "503.html", "addresses.js", "apple-touch-icon.png", "contact.vcf",
    "icon-192.png", "icon-512.png", "index.html", "robots.txt", "site.webmanifest", "sitemap.xml",
}  # fmt: skip


class Published(NamedTuple):
    """A text as it was published last: its file in content/, and a sketch of its words."""

    file: str
    words: str


@dataclass(frozen=True)
class Kept:
    """What the ledger keeps besides addresses: see at the top."""

    site: str = ""
    texts: dict[str, Published] = field(default_factory=dict)


def read_ledger(path: Path) -> Ledger:
    """Return the addresses in the ledger; none if there is no ledger yet. Raises Problems."""
    return _read(path)[0]


def read_kept(path: Path) -> Kept:
    """Return what the ledger keeps besides addresses. Raises Problems."""
    return _read(path)[1]


def _read(path: Path) -> tuple[Ledger, Kept]:
    if not path.exists():
        return {}, Kept()
    text = read_text(path, path.name)
    repeated: list[str] = []

    def unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        repeated.extend(key for key in keys if keys.count(key) > 1)
        return dict(pairs)

    try:
        data = json.loads(text, object_pairs_hook=unrepeated)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise Problems([Problem(path.name, line, "this line can't be read.", LINE)]) from None
    if not isinstance(data, dict) or data.get("version") != VERSION:
        how = f'Bring back an earlier version of it. It starts with {{"version": {VERSION}, "urls":'
        raise Problems([Problem(path.name, 1, "this is not a list of addresses.", how)])
    urls = data.get("urls")
    if not isinstance(urls, dict):
        raise Problems([Problem(path.name, 1, "“urls” is missing.", LINE)])
    found = [_problem(path, url, f"“{url}” stands here twice.") for url in repeated]
    found += [_problem(path, url, why) for url, owner in urls.items() if (why := _why(url, owner))]
    if found:
        raise Problems(found)
    return urls, _kept(path, data)


def _kept(path: Path, data: dict[str, Any]) -> Kept:
    site, texts = data.get("site", ""), data.get("texts", {})
    if site and not (isinstance(site, str) and SITE.fullmatch(site)):
        how = 'Bring back an earlier version of it, with a line such as "site": "tag:…"'
        raise Problems([Problem(path.name, 1, "“site” is not what ids can hang on.", how)])
    if not isinstance(texts, dict):
        how = "Bring back an earlier version of it."
        raise Problems([Problem(path.name, 1, "“texts” is not a list of texts.", how)])
    bad = [owner for owner, row in texts.items() if not _is_published(owner, row)]
    if bad:
        how = "Remove this line, or bring back an earlier version of the file."
        what = "this is not a text that was published."
        raise Problems(Problem(path.name, line_of(path, owner), what, how) for owner in bad)
    return Kept(site, {owner: Published(*row) for owner, row in texts.items()})


def _is_published(owner: str, row: Any) -> bool:
    """Whether a line says of an article or page what it has to."""
    is_text = TEXT.fullmatch(owner) and owner.startswith(("article:", "page:"))
    is_row = isinstance(row, list) and len(row) == 2 and all(isinstance(each, str) for each in row)
    return bool(is_text and is_row and FILE.fullmatch(row[0]) and WORDS.fullmatch(row[1]))


def _why(url: str, owner: Any) -> str:
    """Say what is wrong with a line of the ledger, or nothing."""
    if not is_address(url):
        return f"“{url}” is not the address of a page."
    if is_reserved(url) and not _is_list(url, owner):
        return f"the address {url} is used by the site itself."
    if not isinstance(owner, str) or not TEXT.fullmatch(owner):
        return f"“{owner}” is not the name of a text."
    return ""


def _is_list(url: str, owner: Any) -> bool:
    """Whether this is a topic or tag, at the address that the site gives it."""
    return str(owner).startswith(("topic:", "tag:")) and f"/{owner}/".replace(":", "/", 1) == url


def _problem(path: Path, url: str, what: str) -> Problem:
    return Problem(path.name, line_of(path, url), what, f"Mend or remove this line. {LINE}")


def line_of(path: Path, url: str) -> int:
    """Return the line of the ledger at `path` on which an address stands, or 1."""
    start = json.dumps(url, ensure_ascii=False)
    rows = path.read_text(encoding="utf-8").splitlines()
    return next((n for n, row in enumerate(rows, 1) if f"{start}:" in row.replace('" :', '":')), 1)


def is_address(url: str) -> bool:
    """Whether this can be the address of a page: a clean path, perhaps with a query."""
    parts = url.partition("?")[0].split("/")
    return bool(ADDRESS.fullmatch(url)) and not any(part in {".", ".."} for part in parts)


def address_of(link: str, base: str = "") -> str:
    """Return what stands in the ledger for a link, or "" if this site can't answer to it.

    `base` is the folder in which this site lies on its host, such as "/blog".
    """
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return ""
    path = unquote(parts.path)
    if base and not path.startswith(f"{base}/"):
        return ""
    path = (path.removeprefix(base) or "/") + (f"?{unquote(parts.query)}" if parts.query else "")
    return path if is_address(path) and not is_reserved(path) else ""


def write_ledger(path: Path, ledger: Ledger, kept: Kept | None = None) -> None:
    """Write the ledger in one step: whoever reads it sees the old one or the new one, whole.

    Without `kept`, what it keeps besides addresses stays as it is. Raises Problems if that can't
    be read, and OSError.
    """
    kept = read_kept(path) if kept is None else kept
    site = f' "site": {_json(kept.site)},' if kept.site else ""
    text = f'{{"version": {VERSION},{site} "urls": {{\n{_rows(ledger)}\n}}'
    if kept.texts:
        text += f', "texts": {{\n{_rows(kept.texts)}\n}}'
    replace_file(path, f"{text}}}\n".encode())


def _rows(values: Mapping[str, Any]) -> str:
    return ",\n".join(f" {_json(key)}: {_json(values[key])}" for key in sorted(values))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def site_id(path: Path, url: str, begun: str) -> str:
    """Return what the ids in feeds hang on, so that they outlive a change of the blog's address.

    It stands in the ledger at `path`, once something was published. A blog that was published
    before it did goes on with the ids that hung on its address `url`. Otherwise it is a tag (RFC
    4151) with the day on which the blog has `begun`: no clock, so each computer makes the same.
    """
    ledger, kept = _read(path)
    if kept.site or ledger or not begun:
        return kept.site or url
    host, _, folder = url.partition("://")[2].partition("/")
    return f"tag:{host.partition(':')[0]},{begun}:{folder}"


def add(ledger: Ledger, addresses: Iterable[tuple[str, str]]) -> Ledger:
    """Return the ledger with these pairs of address and text; an address keeps its first text."""
    added = dict(ledger)
    for url, owner in addresses:
        added.setdefault(url, owner)
    return added


def redirects(ledger: Ledger, current: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (old, new) for each address whose text is published at another one now.

    `current` is the address of each published text. An address that is in use is none. A topic or
    tag that no article has any more leads to the list of those.
    """
    taken = set(current.values())
    found = ((url, _now(owner, current)) for url, owner in sorted(ledger.items()))
    return [(url, new) for url, new in found if new and url not in taken]


def gone(ledger: Ledger, current: Mapping[str, str]) -> list[str]:
    """Return the addresses whose text isn't published any more."""
    taken = set(current.values())
    lost = (url for url, owner in ledger.items() if not _now(owner, current))
    return sorted(url for url in lost if url not in taken)


def _now(owner: str, current: Mapping[str, str]) -> str:
    """Return where a text or list is now, "" if it is gone."""
    return current.get(owner) or (LISTS if owner.startswith(("topic:", "tag:")) else "")


def conflicts(ledger: Ledger, current: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return (address, text, other text) where the first text's address belongs to the other."""
    return [
        (url, owner, ledger[url])
        for owner, url in sorted(current.items())
        if ledger.get(url, owner) != owner
    ]


def is_reserved(path: str) -> bool:
    """Whether a path such as "/topic/feelings/" is, or lies below, what the site uses itself."""
    first = path.lstrip("/").partition("/")[0].partition("?")[0].lower()
    return first in RESERVED | FILES or first.startswith(".")
