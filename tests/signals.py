"""Signals as a program gets them from a terminal, however the tests themselves were started.

A shell's background, `nohup` and some build services start a program with SIGINT or SIGHUP
ignored, and all that it starts inherits this (signal(7), “Execution of programs”). A test that
sends a signal therefore starts what it sends it to in here.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

SENT = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")  # Windows has the first two


@contextmanager
def default_signals() -> Iterator[None]:
    """Let nothing that is started within ignore or block a signal that tests send."""
    numbers = [getattr(signal, name) for name in SENT if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        is_interrupt = number == signal.SIGINT
        signal.signal(number, signal.default_int_handler if is_interrupt else signal.SIG_DFL)
    blocked = _unblock(numbers)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if blocked:
            signal.pthread_sigmask(signal.SIG_BLOCK, blocked)


def _unblock(numbers: list[int]) -> set[int]:
    """Unblock these signals; return those that were blocked."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows blocks none
        return set()
    return set(signal.pthread_sigmask(signal.SIG_UNBLOCK, numbers)) & set(numbers)
