"""Drawings, kept in a folder of the project from one build to the next, also by a fresh one.

A file is named by the digest of all that is drawn there, and at its end stands a digest of itself.
So the folder can be carried to another computer, and what is damaged is drawn again.
"""

import os
from collections.abc import Callable, Collection
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from threading import get_ident

MARK = 16  # bytes of the digest at a file's end


def kept_or_drawn(folder: Path, key: str, draw: Callable[[], bytes]) -> bytes:
    """Return what is kept by this key, or what is drawn now. Raises what `draw` raises."""
    file = folder / key
    with suppress(OSError):
        kept = file.read_bytes()
        if _mark(kept[:-MARK]) == kept[-MARK:]:
            return kept[:-MARK]
    data = draw()
    with suppress(OSError):  # a full disk says so where the site is written
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f".{os.getpid()}-{get_ident()}"  # others may be at it, too
        fresh.write_bytes(data + _mark(data))
        fresh.replace(file)
    return data


def forget_others(folder: Path, keys: Collection[str]) -> None:
    """Keep nothing but what has one of these keys."""
    if folder.is_dir():
        for entry in list(os.scandir(folder)):
            if entry.name not in keys:
                Path(entry.path).unlink(missing_ok=True)


def _mark(data: bytes) -> bytes:
    return blake2b(data, digest_size=MARK).digest()
