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

    roots: tuple[str, ...]  # files and folders
    stamps: Stamps
    at: float


def look(roots: Iterable[Path]) -> Seen:
    """Look at everything that goes into a build."""
    names = tuple(map(str, roots))
    at = time.time()
    return Seen(names, [*_stamps(names)], at)


def record(project: Path, seen: Seen, output: Path, until: float, said: list[str]) -> None:
    """Note that `output` was made from what was seen, and what was said of it.

    `until` is the time at which the next text becomes due. Nothing is noted if something was
    changed meanwhile.
    """
    youngest = max((changed for _, _, changed, _, _ in seen.stamps), default=0) / 1e9
    if youngest > seen.at - YOUNG or [*_stamps(seen.roots)] != seen.stamps:
        return
    roots = [*seen.roots, str(output)]
    mark = _mark([*seen.stamps, *_stamps([str(output)])])
    known = {"roots": roots, "mark": mark, "until": until, "said": said}
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
        is_same = known["roots"][-1] == str(output) and time.time() < known["until"]
        if is_same and known["mark"] == _mark([*_stamps(known["roots"])]):
            return [str(line) for line in known["said"]]
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        pass  # none, or half of one
    return None


def _mark(stamps: Stamps) -> str:
    """Return one digest of the stamps of all files, and of Python's version."""
    found = repr((sys.version, stamps))
    return blake2b(found.encode("utf-8", "surrogateescape")).hexdigest()


def _stamps(roots: Iterable[str]) -> Iterator[tuple[str, int, int, int, int]]:
    for root in roots:
        try:
            status = Path(root).stat()
        except OSError:
            yield root, 0, 0, 0, 0
            continue
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
