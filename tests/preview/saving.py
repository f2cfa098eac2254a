"""The ways in which editors save a file."""

import os
import time
from collections.abc import Callable
from pathlib import Path


def plainly(path: Path, data: bytes) -> None:
    """Open, write, close."""
    path.write_bytes(data)


def by_replacing(path: Path, data: bytes) -> None:
    """Write another file beside it and move it into its place: most editors' safe save."""
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_bytes(data)
    beside.replace(path)


def slowly(path: Path, data: bytes) -> None:
    """Truncate, write one half, and a moment later the other: a slow disk or a sync client."""
    with path.open("wb") as file:
        file.write(data[: len(data) // 2])
        file.flush()
        os.fsync(file.fileno())
        time.sleep(0.03)
        file.write(data[len(data) // 2 :])


def by_making_anew(path: Path, data: bytes) -> None:
    """Delete it, then create it."""
    path.unlink(missing_ok=True)
    path.write_bytes(data)


def with_a_backup(path: Path, data: bytes) -> None:
    """Move the old one aside, write the new one, remove the old one: as vim does."""
    backup = path.with_name(f"{path.name}~")
    if path.exists():
        path.replace(backup)
    path.write_bytes(data)
    backup.unlink(missing_ok=True)


Way = Callable[[Path, bytes], None]
WAYS: tuple[Way, ...] = (plainly, by_replacing, slowly, by_making_anew, with_a_backup)
