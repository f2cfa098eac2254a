"""What brings decisions onto the blog: approved.json, then the command that publishes it anew.

It never ends by itself. Whatever fails is tried again with growing pauses, and said (troubles.py).
"""

import hashlib
import logging
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import IO

from insession.comments import Refusal, published_writer, store
from insession.comments.config import Config
from insession.comments.site_manifest import SiteManifest
from insession.comments.troubles import Troubles

POLL = 0.5  # seconds between two looks
PAUSES = (10, 30, 60, 300, 900)  # seconds until it is tried again; the last one again and again
SLOW, LIMIT = 300, 1_200  # seconds after which a command is spoken of, and ended
GRACE = 10  # seconds that it has to end in order
LINES = 4  # of what a command says at its end
PRIVATE = ("INSESSION_SECRET", "INSESSION_SMTP_PASSWORD")
KIND = "publishing"
COMMAND = "the command that publishes it anew (INSESSION_ON_CHANGE)"
log = logging.getLogger("insession.comments")


def follow(config: Config, troubles: Troubles, stop: threading.Event) -> None:
    """Keep approved.json and the blog up to date, until told to stop."""
    work = Follower(config, troubles, stop)
    while not stop.wait(POLL):
        try:
            work.look()
        except Exception as error:
            log.error("What is published can't be brought up to date (%s).", type(error).__name__)
            work.fail(_reason(error))
            stop.wait(PAUSES[0])


class Follower:
    """What is remembered from one look to the next.

    A site that was built with just the comments that are published needs nothing: so the release
    that the command itself has made is no reason to run it again. Where the site doesn't say with
    which it was built, another site is a reason. What has been dealt with is noted beside the file:
    a change made just before a crash, or by a command in a terminal, isn't forgotten.
    """

    def __init__(self, config: Config, troubles: Troubles, stop: threading.Event) -> None:
        self.config, self.troubles, self.stop = config, troubles, stop
        self.site = SiteManifest(config.site, config.site_url)
        self.connection: sqlite3.Connection | None = None
        self.written: tuple[int, ...] = ()  # the store and the site that approved.json is of
        self.seen = self.failed = self.done = ""
        self.behind: float | None = None  # since when there is something to do
        self.tries, self.retry = 0, 0.0

    def look(self) -> None:
        """Write what is new; run the command once that has settled, one at a time."""
        self._write()
        if not self.config.on_change:
            self._succeed()
            return
        found = _fingerprint(self.config)
        settled, self.seen = found == self.seen, found
        if found in (self.done, _noted(self.config)):
            self._succeed()
            return
        if self._is_shown():
            self._note(found)
            self._succeed()
            return
        self.behind = self.behind or time.time()
        if not settled or (found == self.failed and time.monotonic() < self.retry):
            return
        self._note("")
        why, detail = run(self.config.on_change, self.stop, self._say_slow)
        if why:
            log.error("After a change: %s.", why)
            self.fail(why, detail)
        elif (after := _fingerprint(self.config)) == found or self._is_shown():
            self._note(after)

    def fail(self, why: str, detail: str = "") -> None:
        """Say that it doesn't work, and wait: the longer, the more often it has failed."""
        self.failed = self.seen
        self.retry = time.monotonic() + PAUSES[min(self.tries, len(PAUSES) - 1)]
        self.tries += 1
        self.behind = self.behind or time.time()
        if not self.stop.is_set():
            self.troubles.begin(KIND, why, self.behind, detail)

    def _succeed(self) -> None:
        self.tries, self.behind, self.failed = 0, None, ""
        self.troubles.end(KIND)

    def _write(self) -> None:
        """Bring approved.json up to date whenever the store or the site has changed."""
        try:
            self.connection = self.connection or store.connect(self.config.database)
            now = (self.connection.execute("PRAGMA data_version").fetchone()[0], *self.site.marks())
            if now != self.written:
                published_writer.write(self.connection, self.config, self.site)
                self.written = now
        except (OSError, sqlite3.Error):
            if self.connection:
                self.connection.close()
            self.connection, self.written = None, ()
            raise

    def _is_shown(self) -> bool:
        """Whether the site says that it was built with the comments that are published now."""
        try:
            built = self.site.about().approved
        except Refusal:
            return False
        return bool(built) and built == hashlib.sha256(_published(self.config)).hexdigest()

    def _note(self, found: str) -> None:
        self.done = found
        with suppress(OSError):  # then it is done once more after the next start
            if found:
                (self.config.folder / "approved.done").write_text(found, "ascii")
            else:
                (self.config.folder / "approved.done").unlink(missing_ok=True)

    def _say_slow(self) -> None:
        why = f"{COMMAND} has been at work for more than {SLOW // 60 or 1} minutes"
        self.troubles.begin(KIND, why, self.behind)


def _published(config: Config) -> bytes:
    return config.approved.read_bytes() if config.approved.is_file() else b""


def _fingerprint(config: Config) -> str:
    """Of the published comments, and of the release that is shown: where the link to it leads."""
    return hashlib.sha256(_published(config) + bytes(config.site.resolve())).hexdigest()


def _noted(config: Config) -> str:
    with suppress(OSError, UnicodeDecodeError):
        return (config.folder / "approved.done").read_text("ascii").strip()
    return ""


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) if isinstance(error, sqlite3.Error) else type(error).__name__


def run(
    command: tuple[str, ...], stop: threading.Event, say_slow: Callable[[], None]
) -> tuple[str, str]:
    """Run a command; return why it failed and what it said last, or nothing twice.

    It has a limited time. Then, or when the service ends, all that it has started ends with it.
    """
    environment = {name: value for name, value in os.environ.items() if name not in PRIVATE}
    try:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=os.name == "posix",
        )
    except OSError as error:
        return f"{COMMAND} can’t be started ({error.strerror or error})", ""
    last: deque[str] = deque(maxlen=LINES)
    reader = threading.Thread(target=_pass_on, args=(process.stderr, last), daemon=True)
    reader.start()
    begun, spoken = time.monotonic(), False
    while process.poll() is None:
        taken = time.monotonic() - begun
        if taken > SLOW and not spoken:
            say_slow()
            spoken = True
        if taken > LIMIT or stop.wait(0.1):
            _end(process)
            return f"{COMMAND} was not done after {LIMIT // 60 or 1} minutes and was ended", ""
    if not process.returncode:
        return "", ""
    reader.join(1)  # longer only where something that it has started goes on writing
    return f"{COMMAND} failed (exit code {process.returncode})", "\n".join(last)


def _pass_on(said: IO[bytes], last: deque[str]) -> None:
    """Write what a command says into the log, and remember its last lines."""
    with suppress(OSError, ValueError):
        for line in said:
            last.append(line.decode("utf-8", "replace").rstrip())
            sys.stderr.write(line.decode("utf-8", "replace"))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command and whatever it has started: in order at first, then at once."""
    for how in ("SIGTERM", "SIGKILL"):
        with suppress(OSError):
            if os.name == "posix":
                os.killpg(process.pid, getattr(signal, how))
            else:
                process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
