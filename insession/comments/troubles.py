"""What the service can't do at the moment, since when and why, for everyone who has to know.

It is held in memory, so that a full disk hides nothing, and in a small file beside the store, for
the commands in a terminal and for the next start. That file has its full size from the start and
is overwritten in place, which needs no further room. No text of a reader ever stands in it.
"""

import json
import os
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, tzinfo
from pathlib import Path

FILE = "troubles.json"
SIZE = 4096  # one page of a disk: written in one step
WHY_MOST = 300  # signs, so that all of it fits
SENTENCES = {
    "publishing": "Since {since} nothing that you decide gets onto the blog: {why}. What was "
    "withdrawn, deleted or kept privately since then can still be read there. It is tried again "
    "by itself.",
    "storing": "Since {since} comments can’t be kept: {why}. Readers are told so, and their words "
    "stay in the form.",
    "mail": "Since {since} mails about comments don’t arrive: {why}. The comments themselves are "
    "kept, and wait on the page with all that wait.",
}


@dataclass(frozen=True)
class Trouble:
    """One thing that doesn't work; `detail` is what a program said of it, kept in memory alone.

    `told` is whether a mail has said it.
    """

    kind: str
    since: float
    why: str
    told: bool = False
    detail: str = ""
    last: float = field(default=0.0, compare=False)  # when it was seen to fail

    def since_in_words(self, zone: tzinfo) -> str:
        """Return since when, by the clock of a zone."""
        moment = datetime.fromtimestamp(self.since, zone)
        return f"{moment:%B} {moment.day}, {moment:%H:%M %Z}"

    def sentence(self, zone: tzinfo) -> str:
        """Return what she reads of it."""
        return SENTENCES[self.kind].format(since=self.since_in_words(zone), why=self.why)


class Troubles:
    """All that doesn't work now, by its kind; every thread may begin and end one."""

    def __init__(self, folder: Path, kinds: tuple[str, ...] = tuple(SENTENCES)) -> None:
        """Begin with what was known when the service ended; `kinds` are those that can occur."""
        self._path, self._lock = folder / FILE, threading.Lock()
        self._known = {trouble.kind: trouble for trouble in read(folder) if trouble.kind in kinds}
        self._save()

    def all(self) -> list[Trouble]:
        """Return what doesn't work, the longest first."""
        with self._lock:
            return sorted(self._known.values(), key=lambda trouble: trouble.since)

    def get(self, kind: str) -> Trouble | None:
        """Return one trouble, if there is that one."""
        return self._known.get(kind)

    def begin(self, kind: str, why: str, since: float | None = None, detail: str = "") -> None:
        """Say that something doesn't work; what is known keeps its beginning."""
        with self._lock:
            known = self._known.get(kind) or Trouble(kind, since or time.time(), "")
            found = replace(known, why=why[:WHY_MOST], detail=detail[:WHY_MOST], last=time.time())
            is_new = found != self._known.get(kind)
            self._known[kind] = found
            if is_new:
                self._save()

    def end(self, kind: str) -> None:
        """Say that it works again."""
        with self._lock:
            if self._known.pop(kind, None):
                self._save()

    def note_told(self, kind: str) -> None:
        """Note that a mail has said it."""
        with self._lock:
            if known := self._known.get(kind):
                self._known[kind] = replace(known, told=True)
                self._save()

    def _save(self) -> None:
        rows = [asdict(trouble) | {"detail": "", "last": 0.0} for trouble in self._known.values()]
        text = json.dumps(rows, ensure_ascii=False).encode().ljust(SIZE)
        with suppress(OSError):  # then only this process knows
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.write(handle, text)
            finally:
                os.close(handle)


def read(folder: Path) -> list[Trouble]:
    """Return what the service in this folder said last."""
    try:
        rows = json.loads((folder / FILE).read_text("utf-8"))
        return [Trouble(**row) for row in rows if row["kind"] in SENTENCES]
    except (OSError, ValueError, TypeError, KeyError):
        return []
