"""What a site consists of: each file with a fingerprint of its bytes, and how two sites differ."""

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from insession.common.walk import walk
from insession.content.picture_forms import is_further_form
from insession.output.art import FOLDER as COVERS
from insession.output.cards import FOLDER as CARDS
from insession.output.output_folder import MARK
from insession.output.qr_code import is_qr_code

Digests = dict[str, str]  # path in the site, with slashes → SHA-256 of its bytes, in hexadecimal
PAGE = ".html"
COMPRESSED = (".br", ".gz")
FOR_HOSTS = (".", "_headers", "_redirects")  # what no reader sees


@dataclass(frozen=True)
class Changes:
    """The paths of the files that differ between two sites."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def digests(folder: Path) -> Digests:
    """Return the site in a folder; nothing if there is no such folder. Raises OSError."""
    return {name: digest(Path(folder, name).read_bytes()) for name in names(folder)}


def digest(data: bytes) -> str:
    """Return the fingerprint of these bytes."""
    return hashlib.sha256(data).hexdigest()


def names(folder: Path) -> Iterator[str]:
    """Yield the path of each file of a site, in order; not of what is for the comments service.

    Raises OSError.
    """
    start = len(str(folder)) + 1
    for entry in walk(folder, ()) if folder.is_dir() else ():
        name = entry.path[start:].replace(os.sep, "/")
        if entry.is_file() and name.partition("/")[0] != MARK:
            yield name


def shown(names: Iterable[str]) -> Iterator[str]:
    """Yield those files that a reader can ask for; not what lies in .folders."""
    return (name for name in names if "/." not in f"/{name}")


def compare(before: Digests, after: Digests) -> Changes:
    """Return what is different in `after`."""
    return Changes(
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(path for path in after.keys() & before.keys() if after[path] != before[path])),
        tuple(sorted(before.keys() - after.keys())),
    )


def count_pages(names: Iterable[str]) -> int:
    """Return how many of these files of a site are pages."""
    return sum(path.endswith(PAGE) and not path.startswith(FOR_HOSTS) for path in names)


def in_words(
    changes: Changes, articles: Collection[str] = (), renamed: Collection[str] = ()
) -> str:
    """Return the changes as she would tell them: “1 new article, 2 changed pages”.

    `articles` are the paths of the pages that are articles. Only new ones are told apart: another
    article's page may change just because it leads to the new one. `renamed` are pages of texts
    that were published at another address before.
    """
    parts = [
        *_counted(
            tuple(path for path in changes.new if path not in renamed), articles, "{} new {}"
        ),
        *_counted(tuple(renamed), articles, "{} renamed {}"),
        *_counted(changes.changed, (), "{} changed {}"),
        *_counted(changes.gone, (), "{} {} taken down"),
    ]
    if not parts and changes:
        return "nothing that readers see has changed"
    return ", ".join(parts) or "nothing has changed since the last time"


def _counted(paths: tuple[str, ...], articles: Collection[str], form: str) -> Iterator[str]:
    kinds = [_kind(path, articles) for path in paths if not is_aside(path, paths)]
    for kind in ("article", "page", "other file"):
        if count := kinds.count(kind):
            yield form.format(count, kind if count == 1 else f"{kind}s")


def is_aside(path: str, paths: Collection[str]) -> bool:
    """Whether this is for the host, drawn for a text, or made of another file besides that."""
    is_copy = path.endswith(COMPRESSED) and path.rpartition(".")[0] in paths
    is_drawn = is_qr_code(path) or path.startswith((COVERS, CARDS))
    return is_copy or is_further_form(path) or is_drawn or path.startswith(FOR_HOSTS)


def _kind(path: str, articles: Collection[str]) -> str:
    if path in articles:
        return "article"
    return "page" if path.endswith(PAGE) else "other file"
