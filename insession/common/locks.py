"""One process at a time: a lock on a file, which goes when its process does.

Used before anything is installed, too, so the top imports from the standard library alone.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def alone(path: Path, when_waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock on the file at `path`, waiting for another process to let go of it."""
    with path.open("w") as file:
        if not _locked(file):
            when_waiting()
            while not _locked(file):
                time.sleep(0.2)
        yield


def hold(path: Path) -> IO[str] | None:
    """Take the lock on the file at `path` at once; None while another process has it.

    It is held until what is returned is closed, or the process ends, however it ends.
    """
    file = path.open("w")
    if _locked(file):
        return file
    file.close()
    return None


def _locked(file: IO[str]) -> bool:
    """Take the lock on an open file, until it is closed; False while another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
