"""Work on all cores: here and in processes that are forked, and so know all that this one knows.

Each counts what it has done in memory that all share; from there this one shows the progress.
"""

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, wait
from itertools import pairwise
from mmap import mmap
from typing import Any, NamedTuple, TypeVar

from insession.common.progress import Advance, progress

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[list[Item], Advance], Result]
NUMBER = 8  # bytes of a number
PAUSE = 0.2  # seconds between two looks at the counters


class Shares(NamedTuple):
    """What all processes work on together."""

    work: Work[Any, Any]
    items: list[list[Any]]
    left: int  # the end of a pipe that holds the number of each share that nobody has taken
    counters: memoryview  # one for each share, in memory that all processes share


def on_all_cores(
    what: str, work: Work[Item, Result], items: list[Item], worth: int, shares_a_core: int = 1
) -> list[Result]:
    """Return what `work` makes of each share of the items; what it returns can be pickled.

    `what` is said beside the bar if it takes long. `work` says when it is done with some.
    Fewer items than `worth` aren't worth another process; and only Linux can fork safely. Then
    all is one share. With several `shares_a_core`, a process that is done takes the next share,
    which has items that are neighbours: for items of which some take much longer. With one, each
    has items from everywhere. Raises what `work` raises.

    This process does its part, so there are as many as there are cores: each more would have a
    copy of what it touches of all that this one knows.
    """
    cores = os.cpu_count() or 1
    if cores == 1 or len(items) < worth or sys.platform != "linux":
        with progress(what, len(items)) as advance:
            return [work(items, advance)]
    global _shares
    count = min(len(items), shares_a_core * cores)
    left, end = os.pipe()
    with open(end, "wb") as numbers:  # noqa: PTH123
        numbers.write(b"".join(n.to_bytes(NUMBER, "big") for n in range(count)))
    counters = memoryview(mmap(-1, NUMBER * count)).cast("q")
    bounds = [n * len(items) // count for n in range(count + 1)]
    parts = [items[start:end] for start, end in pairwise(bounds)]
    if shares_a_core == 1:
        parts = [items[n::count] for n in range(count)]
    _shares = Shares(work, parts, left, counters)
    gc.freeze()  # or each process would have a copy of all that it looks through for garbage
    try:
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(cores - 1, mp_context=fork) as pool:
            others = [pool.submit(_take_shares) for _ in range(cores - 1)]
            # Only now: a bar has a thread, and with threads nothing is forked safely.
            with progress(what, len(items)) as advance:
                show = _show_of(counters, advance)
                made = _take_shares(show)
                while wait(others, PAUSE).not_done:
                    show()
            for other in others:
                made |= other.result()
            return [made[n] for n in range(count)]
    finally:
        gc.unfreeze()
        os.close(left)
        _shares = None


_shares: Shares | None = None


def _take_shares(show: Callable[[], None] = lambda: None) -> dict[int, Any]:
    """Work on one share after the other, as long as any is left; return what is made of each."""
    shares, made = _shares, {}
    assert shares is not None  # noqa: S101  (set before any process begins)
    while taken := os.read(shares.left, NUMBER):
        number = int.from_bytes(taken, "big")

        def advance(count: int, number: int = number) -> None:
            shares.counters[number] += count
            show()

        made[number] = shares.work(shares.items[number], advance)
    return made


def _show_of(counters: memoryview, advance: Advance) -> Callable[[], None]:
    """Return a function that shows how far all processes are by now."""
    shown = 0

    def show() -> None:
        nonlocal shown
        before, shown = shown, sum(counters)
        advance(shown - before)

    return show
