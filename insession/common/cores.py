"""Work on all cores: in processes that are forked, and so know all that this one knows.

Each counts what it has done in memory that all share; from there this one shows the progress.
"""

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, wait
from mmap import mmap
from typing import Any, TypeVar

from insession.common.progress import Advance, progress

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[list[Item], Advance], Result]
NUMBER = 8  # bytes of a counter
PAUSE = 0.2  # seconds between two looks at the counters


def on_all_cores(
    what: str, work: Work[Item, Result], items: list[Item], worth: int, shares_a_core: int = 1
) -> list[Result]:
    """Return what `work` makes of each share of the items; what it returns can be pickled.

    `what` is said beside the bar if it takes long. `work` says when it is done with some.
    Fewer items than `worth` aren't worth another process; and only Linux can fork safely. Then
    all is one share, worked on here. With several `shares_a_core`, a process that is done takes
    the next share: for items of which some take much longer. Raises what `work` raises.
    """
    cores = os.cpu_count() or 1
    if cores == 1 or len(items) < worth or sys.platform != "linux":
        with progress(what, len(items)) as advance:
            return [work(items, advance)]
    global _work, _counters
    count = min(len(items), shares_a_core * cores)
    _work, _counters = work, memoryview(mmap(-1, NUMBER * count)).cast("q")
    gc.freeze()  # or each process would have a copy of all that it looks through for garbage
    try:
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(cores, mp_context=fork) as pool:
            shares = [pool.submit(_run, n, items[n::count]) for n in range(count)]
            # Only now: a bar has a thread, and with threads nothing is forked safely.
            with progress(what, len(items)) as advance:
                shown = 0
                while wait(shares, PAUSE).not_done:
                    done = sum(_counters)
                    advance(done - shown)
                    shown = done
            return [share.result() for share in shares]
    finally:
        gc.unfreeze()
        _work = _counters = None


_work: Work[Any, Any] | None = None  # what the other processes do
_counters: memoryview | None = None  # one for each share, in memory that all processes share


def _run(number: int, share: list[Any]) -> Any:
    work, counters = _work, _counters
    assert work is not None and counters is not None  # noqa: S101  (set before they begin)

    def advance(count: int) -> None:
        counters[number] += count

    return work(share, advance)
