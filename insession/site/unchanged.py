"""Whether all is as it was when the site was built last: then there is nothing to build.

Asked before anything else is imported, so the top imports from the standard library alone. Every
file that goes in, and every file that was made, has a stamp that nobody can set back: the time of
its last change in the file system's own books (st_ctime). What was written while the build read,
or a moment before, isn't taken for known.
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple

FILE = ".cache/built.json"
YOUNG = 0.1  # seconds in which a file can be written twice without another stamp
MADE_BY_PYTHON = "__pycache__"
Stamps = list[tuple[str, int, int, int, int]]


class Seen(NamedTuple):
    """What went into a build, as it was before anything was read."""

    stamps: dict[str, Stamps]  # of each file, or of all below a folder
    at: float


def look(roots: Iterable[Path]) -> Seen:
    """Look at everything that goes into a build."""
    at = time.time()
    return Seen({str(root): [*_stamps(str(root))] for root in roots}, at)


def record(project: Path, seen: Seen, output: Path, until: float, said: list[str]) -> None:
    """Note that `output` was made from what was seen, and what was said of it.

    `until` is the time at which the next text becomes due. Nothing is noted if something was
    changed meanwhile.
    """
    stamps = [stamp for each in seen.stamps.values() for stamp in each]
    youngest = max((changed for _, _, changed, _, _ in stamps), default=0) / 1e9
    if youngest > seen.at - YOUNG or look(map(Path, seen.stamps)).stamps != seen.stamps:
        return
    marks = {root: _mark(each) for root, each in seen.stamps.items()}
    marks[str(output)] = _mark([*_stamps(str(output))])
    known = {"marks": marks, "until": until, "said": said}
    file = project / FILE
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):  # then it is built again next time
        fresh.write_text(json.dumps(known), encoding="utf-8")
        fresh.replace(file)


def forget(project: Path) -> None:
    """Let the next build look at everything."""
    (project / FILE).unlink(missing_ok=True)


def said_before(project: Path, output: Path) -> list[str] | None:
    """Return what the last build said, if another one would make the same; else None."""
    try:
        known = json.loads((project / FILE).read_text(encoding="utf-8"))
        is_same = str(output) in known["marks"] and time.time() < known["until"]
        # Her texts come first: where one has changed, nobody looks at all the rest.
        marks = known["marks"].items()
        if is_same and all(_mark([*_stamps(root)]) == mark for root, mark in marks):
            return [str(line) for line in known["said"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass  # none, or half of one
    return None


def _mark(stamps: Stamps) -> str:
    """Return one digest of the stamps of these files, and of Python's version."""
    found = repr((sys.version, stamps))
    return blake2b(found.encode("utf-8", "surrogateescape")).hexdigest()


def _stamps(root: str) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield the stamp of a file, or of each file below a folder."""
    try:
        status = Path(root).stat()
    except OSError:
        yield root, 0, 0, 0, 0
        return
    if S_ISDIR(status.st_mode):
        yield from _below(root)
    else:
        yield _stamp(root, status)


def _below(folder: str) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield a stamp for each file below; a link has that of what it leads to, too."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                if entry.name != MADE_BY_PYTHON:
                    yield from _below(entry.path)
                continue
            yield _stamp(entry.path, entry.stat(follow_symlinks=False))
            if entry.is_symlink():
                with suppress(OSError):
                    yield _stamp(entry.path, Path(entry.path).stat())


def _stamp(path: str, status: os.stat_result) -> tuple[str, int, int, int, int]:
    return path, status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
