"""Holds the address of the preview, and starts the preview again when its code has changed.

The address stays taken meanwhile, so that a page which is asked for waits instead of failing.
Little is imported here: nothing of what the preview needs may change without a restart.
"""

import contextlib
import socket
import subprocess
import sys
from subprocess import PIPE

RESTART = 3  # the preview's exit code when its code or settings have changed
# The terminal's Ctrl-C comes to us alone: in the midst of its work it would print a traceback.
WITHOUT_CTRL_C = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)  # on Windows
ERASE = "\r\x1b[J"  # what stands from this line on
MOST_TRIED = 20  # ports, from the one that was wanted


def serve(port: int, open_browser: bool) -> int:
    """Show the blog at http://127.0.0.1:PORT until Ctrl-C. Returns the exit code."""
    listening = _listen(port)
    if listening is None:
        return 1
    with listening:
        listening.set_inheritable(True)
        command = [sys.executable, "-m", "insession.preview.worker", str(listening.fileno())]
        first = ["browser"] if open_browser else []
        try:
            code = _run([*command, *first])
            while code == RESTART:
                code = _run(command)
        except KeyboardInterrupt:
            # A bar that was drawn while it started goes with it (ECMA-48, ED).
            print(f"{ERASE if sys.stdout.isatty() else ''}\nThe preview has ended.")
            return 0
        return code


def _run(command: list[str]) -> int:
    """Run the preview until it ends. Returns its exit code."""
    # It ends when its standard input does: whatever becomes of us, it isn't left behind.
    worker = subprocess.Popen(
        command,
        stdin=PIPE,
        close_fds=False,
        start_new_session=True,  # without Ctrl-C on POSIX
        creationflags=WITHOUT_CTRL_C,
    )
    try:
        return worker.wait()
    except KeyboardInterrupt:
        _end(worker)
        raise


def _end(worker: subprocess.Popen[bytes]) -> None:
    """Let it write down what it knows and end; a second Ctrl-C ends it at once."""
    if worker.stdin:
        with contextlib.suppress(OSError):
            worker.stdin.close()
    try:
        worker.wait(10)
    except (KeyboardInterrupt, subprocess.TimeoutExpired):
        worker.kill()


def _listen(wanted: int) -> socket.socket | None:
    """Take the port or, where that is taken, one of the next; say what was done."""
    for port in range(wanted, wanted + MOST_TRIED):
        try:
            listening = socket.create_server(("127.0.0.1", port))
        except OverflowError:
            print(f"{port} is not a port. Choose a number from 1024 to 65535: --port 8000")
            return None
        except PermissionError:
            print(f"This computer keeps port {port} for itself. Try: --port 8000")
            return None
        except OSError:
            continue
        if port != wanted:
            print(f"Port {wanted} is in use, perhaps by another preview; here is {port} instead.")
        return listening
    print(f"The ports from {wanted} to {port} are in use. Try: --port {port + 1000}")
    return None
