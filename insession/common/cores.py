"""Work on all cores: in processes that are forked, and so know all that this one knows."""

import multiprocessing
import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def on_all_cores(
    work: Callable[[list[Item]], Result], items: list[Item], worth: int
) -> list[Result]:
    """Return what `work` makes of each share of the items; what it returns can be pickled.

    Fewer items than `worth` aren't worth another process; and only Linux can fork safely. Then
    all is one share, worked on here. Raises what `work` raises.
    """
    cores = os.cpu_count() or 1
    if cores == 1 or len(items) < worth or sys.platform != "linux":
        return [work(items)]
    global _work
    _work = work
    try:
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(cores, mp_context=fork) as pool:
            return list(pool.map(_run, (items[n::cores] for n in range(cores))))
    finally:
        _work = None


_work: Callable[[list[Any]], Any] | None = None  # what the other processes do


def _run(share: list[Any]) -> Any:
    assert _work is not None  # noqa: S101  (set before the processes begin)
    return _work(share)
