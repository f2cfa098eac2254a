"""Rebuilds the preview after each change, in a process of its own.

So changed settings and code count too, and the preview's folder only ever holds the pages of a
build that succeeded.
"""

import subprocess
import sys
import threading
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

FOLDER = ".preview"
COMMENTS = ".comments"
WATCHED = ("content", "theme", "insession", "pelicanconf.py", COMMENTS)
BUILD = "from insession.build import build; raise SystemExit(build({!r}, 'pelicanconf.py'))"


class _Wanted(DefaultFilter):
    """Of the comments' folder, only what the build reads: the database changes all the time."""

    def __call__(self, change: Change, path: str) -> bool:
        is_comments = COMMENTS in Path(path).parts
        return super().__call__(change, path) and (not is_comments or "approved.json" in path)


class Rebuilds:
    """Counts the rebuilds, and lets open pages wait for the next one."""

    def __init__(self) -> None:
        self.count = 0
        self.changed = threading.Condition()
        self.stopping = threading.Event()
        self.watching = threading.Event()
        self._one_at_a_time = threading.Lock()
        self._build: subprocess.Popen[bytes] | None = None

    def start(self) -> bool:
        """Watch, then build for the first time: no save is missed. Whether it succeeded."""
        threading.Thread(target=self._follow, daemon=True).start()
        self.watching.wait(5)
        return self._rebuild()

    def wait(self, seen: int, seconds: float) -> int:
        """Return the count as soon as it differs from `seen`, or after `seconds`."""
        with self.changed:
            self.changed.wait_for(lambda: self.count != seen, seconds)
            return self.count

    def stop(self) -> None:
        """End the watch, and the build that may be under way."""
        self.stopping.set()
        if self._build:
            self._build.terminate()
            self._build.wait()

    def _follow(self) -> None:
        """One watch that never closes; it also reports that it has begun."""
        watched = [path for path in WATCHED if Path(path).exists()]
        options = {"rust_timeout": 250, "yield_on_timeout": True, "raise_interrupt": False}
        wanted = _Wanted()
        for changes in watch(*watched, watch_filter=wanted, stop_event=self.stopping, **options):
            self.watching.set()
            if changes and self._rebuild():
                with self.changed:
                    self.count += 1
                    self.changed.notify_all()

    def _rebuild(self) -> bool:
        """Build; a session of its own keeps Ctrl-C from reaching the build as well."""
        with self._one_at_a_time:
            if self.stopping.is_set():
                return False
            command = [sys.executable, "-c", BUILD.format(FOLDER)]
            self._build = subprocess.Popen(command, start_new_session=True)
            return self._build.wait() == 0
