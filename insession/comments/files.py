"""Files beside the store: for their owner alone, and nothing left over."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from insession.common.locks import hold

# What is left where a process was killed in the midst of its work.
REPLACED = (
    *(".approved.json.[0-9]*", ".removed.json.[0-9]*", ".trial-[0-9]*", "mail/.*.eml.[0-9]*"),
    *("approved.json.[0-9]*", "removed.json.[0-9]*", "mail/*.part"),  # of earlier versions
)
COPIED = ("comments-*.part*", "backups/comments-*.part*", "backups/comments-2*-journal")


def make_private(path: Path) -> None:
    """Make a new, empty file that only its owner may read. Raises FileExistsError."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def remove_leftovers(folder: Path) -> None:
    """Remove what killed processes have left. Call it while no one may write to the store.

    A backup that is being made at the moment is left alone.
    """
    _remove(path for pattern in REPLACED for path in folder.glob(pattern))
    if copying := hold(folder / "backup.lock"):
        with copying:
            _remove(path for pattern in COPIED for path in folder.glob(pattern))
            empty = (path for path in folder.glob("backups/comments-2*") if _is_empty(path))
            _remove(empty)


def _is_empty(path: Path) -> bool:
    return path.is_file() and path.stat().st_size == 0


def _remove(paths: Iterator[Path]) -> None:
    for path in list(paths):
        with suppress(OSError):
            path.unlink()
