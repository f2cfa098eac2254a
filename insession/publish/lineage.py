"""Which files of content/ a release was made from, so that a computer which lacks one is told.

Each release says it in a file of its own, `.release.json`, and each computer remembers in
`.published.json` what it has published last, or brought back. What a release was made from and a
computer has neither now nor in its memory, nor in the history of its git repository, comes from
another computer: publishing would take it back. So two releases need no numbers: the one that a
computer follows is the one whose files it has had.

The file is published, and betrays nothing that isn't: a name is only there as a fingerprint made of
name and contents, a page as one of its path. The title stands there of pages that are listed.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from insession.common.atomic_file import replace_file
from insession.common.walk import walk

NAME = ".release.json"
MEMORY = ".published.json"
VERSION = 1
TEXTS = (".md", ".toml", ".txt")  # with line ends that git may change on the way


class SourceFile(NamedTuple):
    """A file of content/ in a release: itself, and page and title of the text that it is."""

    fingerprint: str
    page: str = ""
    title: str = ""


Sources = dict[str, SourceFile]  # path in content/ → what it was in a release
Release = dict[str, tuple[str, str]]  # fingerprint → fingerprint of the page, and title


@dataclass(frozen=True)
class ReleaseMemory:
    """What this computer remembers: of the release that it followed last, and what it has had.

    `release` is the digest of NAME in it, `sending` that of one which may have arrived.
    """

    release: str = ""
    sources: Sources = field(default_factory=dict)
    had: frozenset[str] = frozenset()
    sending: str = ""

    def knows(self, release: str) -> bool:
        """Whether a release is of this computer."""
        return bool(release) and release in (self.release, self.sending)


def sources_of(
    content: Path, ignored: list[str], left_out: Iterable[Path], pages: Mapping[Path, SourceFile]
) -> Sources:
    """Return the files of content/ but for those `left_out`. Raises OSError.

    `pages` has page and title of each text.
    """
    found = {}
    for entry in walk(content, ignored):
        path = Path(entry.path)
        if path in left_out or entry.is_dir(follow_symlinks=False) or not path.is_file():
            continue
        file = path.relative_to(content).as_posix()
        mark = fingerprint(file, path.read_bytes())
        found[file] = pages.get(path, SourceFile(""))._replace(fingerprint=mark)
    return found


def fingerprint(file: str, data: bytes) -> str:
    """Return the fingerprint of a file in content/: of its path and of what git calls it."""
    if file.endswith(TEXTS):
        data = data.replace(b"\r\n", b"\n")
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False)
    return of_blob(file, blob.hexdigest())


def of_blob(file: str, blob: str) -> str:
    """Return the fingerprint of a file that git has under this name."""
    return hashlib.sha256(f"{file}\0{blob}".encode()).hexdigest()[:32]


def marks(sources: Sources) -> frozenset[str]:
    """Return the fingerprints of these files."""
    return frozenset(mark for mark, _, _ in sources.values())


def of_page(page: str) -> str:
    """Return the fingerprint of the path of a page, "" of none."""
    return hashlib.sha256(page.encode()).hexdigest()[:32] if page else ""


def written(sources: Sources) -> str:
    """Return what a release says of its sources."""
    rows = sorted((mark, of_page(page), title) for mark, page, title in sources.values())
    lines = ",\n".join(f" {json.dumps(row, ensure_ascii=False)}" for row in rows)
    return f'{{"version": {VERSION}, "sources": [\n{lines}\n]}}\n'


def read(text: str) -> Release | None:
    """Return what a release says of its sources; None if it says nothing that can be read."""
    try:
        data = json.loads(text)
        rows = data["sources"] if data["version"] == VERSION else None
        return None if rows is None else {mark: (page, title) for mark, page, title in rows}
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def remembered(root: Path, place: str) -> ReleaseMemory:
    """Return what is remembered of a place to publish to; nothing if it can't be read."""
    try:
        data = json.loads((root / MEMORY).read_text(encoding="utf-8"))
        if data["version"] != VERSION or data["place"] != place:
            return ReleaseMemory()
        sources = {file: SourceFile(*row) for file, row in data["sources"].items()}
        return ReleaseMemory(data["release"], sources, frozenset(data["had"]), data["sending"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ReleaseMemory()


def remember(root: Path, place: str, memory: ReleaseMemory) -> None:
    """Write down what is to be remembered. Raises OSError."""
    data: dict[str, Any] = {"version": VERSION, "place": place, "release": memory.release}
    data |= {"sending": memory.sending, "had": sorted(memory.had), "sources": memory.sources}
    replace_file(root / MEMORY, json.dumps(data, ensure_ascii=False, indent=0).encode())
