"""The real preview, in processes of its own, over a copy of the project; and how to ask it."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import psutil
from bs4 import BeautifulSoup

from tests.signals import default_signals
from tests.support import PRACTICE, ROOT, article, write_content

PARTS = ("theme", "insession", "pelicanconf.py", "publishconf.py")
START = "import sys; from insession.preview import serve; sys.exit(serve({port}, False))"
PATIENCE = 90  # seconds; only a fault takes so long
MARKS = re.compile("<!--preview-->.*?<!--/preview-->", re.S)  # all that the preview adds to a page
FIRST = {"articles/first.md": article("The first title")}


class Shown(NamedTuple):
    """A problem as the panel in a page shows it."""

    place: str
    what: str
    how: str


def eventually(happens: Callable[[], object], what: str, pause: float = 0.02) -> None:
    """Wait until it happens; fail with `what` if it never does.

    A preview that doesn't answer may just be starting anew with other settings or code.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        with suppress(OSError, http.client.HTTPException):
            if happens():
                return
        assert time.monotonic() < deadline, f"never happened: {what}"
        time.sleep(pause)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Preview:
    """A preview of a copy of the project, running in a process group of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port, self.printed = folder, port, ""
        with default_signals():
            self.process = subprocess.Popen(
                [sys.executable, "-c", START.format(port=port)],
                cwd=folder,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                start_new_session=os.name != "nt",
                env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
            )
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.printed += line

    def says(self, words: str) -> None:
        """Wait until it has printed these words."""
        eventually(lambda: words in self.printed or self._has_ended(), f"“{words}”")
        assert words in self.printed, self.printed

    def _has_ended(self) -> bool:
        return self.process.poll() is not None and not self.reader.is_alive()

    def fetch(self, path: str, **headers: str) -> tuple[int, str, bytes]:
        """The status, the Location header and the body, without following redirects."""
        with closing(self._connection()) as connection:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location", ""), answer.read()

    def get(self, path: str) -> tuple[int, str, str]:
        """The same, with the body as text."""
        status, location, body = self.fetch(path)
        return status, location, body.decode("utf-8", errors="replace")

    def page(self, path: str) -> str:
        """A page as published: without what the preview adds."""
        return MARKS.sub("", self.get(path)[2])

    def shows(self, path: str, words: str) -> Callable[[], bool]:
        """Whether the published part of a page has these words in it: to be asked repeatedly.

        A page that isn't there has the titles of others, which it proposes.
        """

        def is_shown() -> bool:
            status, _, body = self.get(path)
            return status == 200 and words in MARKS.sub("", body)

        return is_shown

    def marks(self, path: str) -> str:
        """The words that the preview adds to a page."""
        added = " ".join(MARKS.findall(self.get(path)[2]))
        return BeautifulSoup(added, "html.parser").get_text(" ", strip=True)

    def panel(self, path: str = "/") -> list[Shown]:
        """The problems that a page shows."""
        items = BeautifulSoup(self.get(path)[2], "html.parser").select("#preview-problems li")
        return [Shown(*(_words(item, name) for name in Shown._fields)) for item in items]

    @contextmanager
    def changes(self) -> Iterator[Iterator[object]]:
        """What an open page is told, event by event."""
        with closing(self._connection()) as connection:
            connection.request("GET", "/.preview/changes")
            lines = iter(connection.getresponse().readline, b"")
            yield (json.loads(line[5:]) for line in lines if line.startswith(b"data:"))

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def save(self, name: str, text: str | bytes) -> None:
        """Write a file below content/, as an editor does."""
        data = text if isinstance(text, bytes) else text.encode()
        (self.folder / "content" / name).write_bytes(data)

    def memory(self) -> int:
        """The bytes of memory in which all its processes reside."""
        own = psutil.Process(self.process.pid)
        return sum(each.memory_info().rss for each in [own, *own.children(recursive=True)])

    def workers(self) -> set[int]:
        """The process that draws the pages; another one after code or settings have changed."""
        return {child.pid for child in psutil.Process(self.process.pid).children()}

    def interrupt(self) -> None:
        """Ctrl-C, which a terminal sends to every process that it shows."""
        os.killpg(self.process.pid, signal.SIGINT)

    def ends(self) -> int:
        """Wait until it has ended, and with it whatever it started; its exit code."""
        code = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        return code

    def is_gone(self) -> bool:
        """Whether no process is left in its group, nor any that could still print."""
        if self.reader.is_alive():  # a child in a group of its own holds the same pipe
            return False
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return True
        return False

    def stop(self) -> None:
        """End it whatever it does."""
        if os.name != "nt" and self.process.poll() is None:
            self.interrupt()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE)
        self.process.kill()
        self.ends()


def _words(item: BeautifulSoup, name: str) -> str:
    """The text of the part of a problem that has this name."""
    return " ".join(item.select_one(f".problem-{name}").get_text().split())


def project(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Copy the project into a folder, with these files as its content/."""
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, folder / part)
    write_content(folder, files)
    return folder


@contextmanager
def starting() -> Iterator[Callable[..., Preview]]:
    """Give a function that starts previews, each in its folder; all are stopped at the end."""
    started: list[Preview] = []

    def begin(
        folder: Path,
        files: dict[str, str | bytes] | None = None,
        port: int = 0,
        practice: Callable[[str], str] = str,
    ) -> Preview:
        practice_file = {"practice.toml": practice(PRACTICE)}
        project(folder, practice_file | (FIRST if files is None else files))
        started.append(Preview(folder, port or free_port()))
        return started[-1]

    try:
        yield begin
    finally:
        for preview in started:
            preview.stop()
