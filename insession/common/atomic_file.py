"""Replaces a file in one step: whoever reads it finds the old one or the new one, whole."""

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

LONGEST = 60  # seconds that nobody takes to write a file


def replace_file(path: Path, data: bytes, mode: int = 0o666, like: Path | None = None) -> None:
    """Put `data` in the place of a file. Raises OSError, with the file as it was.

    `mode` is what a new file may be at most (the umask takes its part), `like` another whose
    permissions it gets. What a killed process leaves is hidden, so that no build takes it for a
    text: `.name.4242`. Whoever replaces the file a minute later removes that.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if like:
            shutil.copymode(like, fresh)
        fresh.replace(path)
        sync_folder(path.parent)
    finally:
        fresh.unlink(missing_ok=True)
    _remove_left(path)


def _remove_left(path: Path) -> None:
    """Remove what processes left that were killed while they replaced this file."""
    start, old = f".{path.name}.", time.time() - LONGEST
    with os.scandir(path.parent) as entries:
        left = [each for each in entries if each.name.startswith(start)]
    for each in left:
        with suppress(OSError):  # another may be quicker
            if each.name.removeprefix(start).isdecimal() and each.stat().st_mtime < old:
                Path(each.path).unlink()


def sync_file(path: Path) -> None:
    """Wait until what was written to a file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where a system can do that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
