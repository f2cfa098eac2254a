"""Kills a process as `kill -9` does, before its first, second, … step that changes something.

A step is what Python's audit hooks tell of: a file opened for writing, a rename, a removal, a
program started (https://docs.python.org/3/library/audit_events.html).
"""

import os
import sys
from collections.abc import Callable, Iterator

STEPS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "ctypes.dlsym", "subprocess.Popen"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
KILLED = 99
CAN_FORK = hasattr(os, "fork")


def killed_before(step: int, work: Callable[[], object], since: str = "") -> bool:
    """Do the work in a process that is killed before this step; False if it has ended before.

    With `since` steps are counted from the first one of that name.
    """
    return _in_a_child(work, step, since)[0]


def steps_of(work: Callable[[], object]) -> list[str]:
    """Do the work in another process, and return its steps."""
    return _in_a_child(work, 0)[1]


def _in_a_child(work: Callable[[], object], deadly: int, since: str = "") -> tuple[bool, list[str]]:
    """Whether the process was killed, and the steps until then, with the deadly one."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        _count(writing, deadly, since)
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        steps = pipe.read().decode().split()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, KILLED), "the work failed before it was killed"
    return code == KILLED, steps


def _count(pipe: int, deadly: int, since: str) -> None:
    """Tell each step through the pipe, and die before the deadly one."""
    done, here, has_begun = 0, os.getpid(), not since

    def hook(event: str, arguments: tuple) -> None:
        nonlocal done, has_begun
        has_begun = has_begun or event == since
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES
        if has_begun and os.getpid() == here and (event in STEPS or writes):
            done += 1
            os.write(pipe, f"{event}\n".encode())
            if done == deadly:
                os._exit(KILLED)

    sys.addaudithook(hook)


def each_step(work: Callable[[], object]) -> Iterator[int]:
    """Do the work again and again, killed one step later each time, until it ends by itself.

    Yields after each kill, for the test to look at what is left.
    """
    step = 1
    while killed_before(step, work):
        yield step
        step += 1
