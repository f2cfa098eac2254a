"""A bar for long work: what is being done, how many of how many, and for how long still.

It is drawn at a terminal alone, once the work has taken a second, and is gone at its end. rich
draws it, and is not imported before.
"""

import math
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock
from time import monotonic

from insession import load

Advance = Callable[[int], None]  # takes how many more are done

PATIENCE = 1.0  # seconds in which nothing is shown
# The bar stands in the line below, since this one may be open: “Sending … ”. So two lines are made
# below (the end of the bar takes one, too), the place is kept, and the cursor comes back to it.
# Source: ECMA-48 and the VT100's IND, CUU, DECSC and DECRC.
BELOW, BACK = "\x1bD\x1bD\x1b[2A\x1b7\n", "\x1b8"


@contextmanager
def progress(what: str, total: int) -> Iterator[Advance]:
    """Yield a function to call whenever something of the total is done, from any thread.

    `what` is said before the bar: “Reading the texts”. Nothing else may be printed meanwhile.
    """
    if not _is_drawable():
        yield lambda count: None
        return
    began, lock, done = monotonic(), Lock(), 0
    show: Callable[[int, str], None] | None = None
    with ExitStack() as stack:

        def advance(count: int) -> None:
            nonlocal done, show
            with lock:
                done += count
                passed = monotonic() - began
                if not 0 < done < total or passed < PATIENCE:
                    return
                left = say_left(passed * (total - done) / done)
                show = show or stack.enter_context(_bar(what, total, done, left))
                show(done, left)

        yield advance


def say_left(seconds: float) -> str:
    """Return for how long still, in words."""
    if seconds < 60:
        return f"about {math.ceil(seconds)} s left"
    return f"about {math.ceil(seconds / 60)} min left"


def _is_drawable() -> bool:
    """Whether somebody sees it, in a window in which a line can be drawn anew."""
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def _bar(what: str, total: int, done: int, left: str) -> Iterator[Callable[[int, str], None]]:
    """Show the bar; yield a function to call with how many are done and what time is left."""
    load("rich")
    from rich.console import Console
    from rich.progress import BarColumn, Progress

    console = Console(stderr=True)  # knows NO_COLOR, and how wide the window is
    if console.is_dumb_terminal or console.legacy_windows:
        yield lambda done, left: None
        return
    bar = Progress(
        "{task.description}",
        BarColumn(24, complete_style="cyan"),
        "{task.completed} of {task.total}",
        "{task.fields[left]}",
        console=console,
        refresh_per_second=4,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    task = bar.add_task(what, completed=done, total=total, left=left)
    sys.stderr.write(BELOW)
    try:
        with bar:
            console.show_cursor(True)  # whoever is killed meanwhile leaves no window without one
            yield lambda done, left: bar.update(task, completed=done, left=left)
    finally:
        sys.stderr.write(BACK)
        sys.stderr.flush()
