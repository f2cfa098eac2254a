"""The ledger: every address that was ever published, and which text it belongs to.

A small file, `urls.json`, kept under version control beside content/, one address a line:

    {"version": 1, "urls": {
     "/2019/05/silence/": "article:why-silence-helps"
    }}

An address is a path as browsers show it: without the folder in which the site lies on its host,
percent-decoded, with the last slash of a page. It may have a query (`/?p=123`, as WordPress had
them): no file can answer to that, but a server can, and publishing tells it. A text is its kind
and its permanent id, so a new slug changes nothing here. All else is derived: an address whose
text has another one now is a redirect to where the text is today (never to a redirect), and one
whose text isn't published any more is gone.

Publishing and importing add to the ledger; a build only reads it.
"""

import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from insession.files import read_text
from insession.problems import Problem, Problems
from insession.reserved import is_reserved

Ledger = dict[str, str]  # address → text, such as "article:why-silence-helps"

VERSION = 1
TEXT = re.compile(r"(article|page|topic|tag):\S.*")
ADDRESS = re.compile(r"/(?!/)[^\\#\x00-\x1f\x7f\ufffd]+")
LINE = 'Write each line so, with a comma between two: "/old-address/": "article:its-id"'


def read_ledger(path: Path) -> Ledger:
    """Return what the ledger holds; nothing if there is none yet. Raises Problems."""
    if not path.exists():
        return {}
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
    return urls


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


def write_ledger(path: Path, ledger: Ledger) -> None:
    """Write the ledger in one step: whoever reads it sees the old one or the new one, whole."""
    rows = [
        f" {json.dumps(url, ensure_ascii=False)}: {json.dumps(ledger[url], ensure_ascii=False)}"
        for url in sorted(ledger)
    ]
    text = f'{{"version": {VERSION}, "urls": {{\n' + ",\n".join(rows) + "\n}}\n"
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def add(ledger: Ledger, addresses: Iterable[tuple[str, str]]) -> Ledger:
    """Return the ledger with these pairs of address and text; an address keeps its first text."""
    added = dict(ledger)
    for url, owner in addresses:
        added.setdefault(url, owner)
    return added


def redirects(ledger: Ledger, current: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (old, new) for each address whose text is published at another one now.

    `current` is the address of each published text. An address that is in use is none.
    """
    taken = set(current.values())
    return [
        (url, current[owner])
        for url, owner in sorted(ledger.items())
        if owner in current and url not in taken
    ]


def gone(ledger: Ledger, current: Mapping[str, str]) -> list[str]:
    """Return the addresses whose text isn't published any more."""
    taken = set(current.values())
    lost = (url for url, owner in ledger.items() if owner not in current)
    return sorted(url for url in lost if url not in taken)


def conflicts(ledger: Ledger, current: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return (address, text, other text) where the first text's address belongs to the other."""
    return [
        (url, owner, ledger[url])
        for owner, url in sorted(current.items())
        if ledger.get(url, owner) != owner
    ]
