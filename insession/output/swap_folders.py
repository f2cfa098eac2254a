"""Puts a new folder in the place of another, so that there is no moment without one.

Linux and macOS let two folders trade places in one step. Elsewhere, and on a disk that can't do
it, there are two steps; whoever was killed between them finds the old folder beside its place.

Sources: https://man7.org/linux/man-pages/man2/rename.2.html (RENAME_EXCHANGE) and macOS's
rename(2) (RENAME_SWAP).
"""

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = -100  # AT_FDCWD: paths start at the working directory, as everywhere
EXCHANGE = SWAP = 2


def put_in_place(fresh: Path, place: Path, old: Path) -> None:
    """Put the folder `fresh` at `place`; what was there, if anything was, is at `old` then.

    All three are on one disk. Raises OSError.
    """
    with undisturbed():
        if not place.exists():
            fresh.rename(place)
        elif exchange(fresh, place):
            fresh.rename(old)
        else:
            place.rename(old)
            try:
                fresh.rename(place)
            except OSError:
                old.rename(place)
                raise


def exchange(one: Path, other: Path) -> bool:
    """Let two folders trade places in one step; False if that can't be done here."""
    paths = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "linux":
            return not ctypes.CDLL(None).renameat2(HERE, paths[0], HERE, paths[1], EXCHANGE)
        if sys.platform == "darwin":
            return not ctypes.CDLL(None).renamex_np(*paths, SWAP)
    except (AttributeError, OSError):
        pass  # an older system
    return False


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait for as long as it takes to rename two folders."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals don't come here
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt
