"""What a test starts takes its signals, whatever the tests themselves were started with."""

import signal
import subprocess
import sys

import pytest

from tests.signals import default_signals
from tests.support import ROOT

TELL = """
import signal
numbers = signal.SIGINT, signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT
ignored = sum(signal.getsignal(number) == signal.SIG_IGN for number in numbers)
print(ignored, len(signal.pthread_sigmask(signal.SIG_BLOCK, [])))
"""
START = f"""
import signal, subprocess, sys
from tests.signals import default_signals
numbers = signal.SIGINT, signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT
for number in numbers:
    signal.signal(number, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
with default_signals():
    subprocess.run([sys.executable, "-c", {TELL!r}], check=True)
subprocess.run([sys.executable, "-c", {TELL!r}], check=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a program inherits no signals there")
def test_a_program_takes_signals_that_the_tests_ignore_and_block() -> None:
    command = [sys.executable, "-c", START]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    assert done.stdout.split("\n") == ["0 0", "4 4", ""]


def test_the_signals_of_the_tests_themselves_stay_as_they_are() -> None:
    before = signal.getsignal(signal.SIGINT)
    with default_signals():
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.getsignal(signal.SIGINT) is before
