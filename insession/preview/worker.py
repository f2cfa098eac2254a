"""The preview's process: the blog in memory, the watch, the server, the comments.

Started by supervisor.py, which holds the address; `python -m insession.preview.worker try` only
finds out whether the blog can be shown with the code as it is now.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import webbrowser
from concurrent.futures import Future
from dataclasses import asdict
from pathlib import Path
from subprocess import DEVNULL, PIPE
from wsgiref.types import WSGIApplication

from werkzeug.serving import make_server

from insession import look_for_garbage
from insession.common.crash_reports import problem_in_traceback, problems_in
from insession.common.problems import Problem, listed
from insession.preview.live_reload import LiveVersion
from insession.preview.server import Quiet, make_application
from insession.preview.supervisor import RESTART
from insession.preview.watcher import follow, watched
from insession.site.site import WITH_DRAFTS, Site
from insession.site.state import SiteState
from insession.site.unchanged import Stamps, look

FOR_SERVICE = Path(".preview")  # what a build would leave for the comments service
BETWEEN = 0.001  # seconds in which who waits for a page gets it
SERVICE_FILES = (".insession/threads.json", ".insession/frame.html")


def open_site(folder: Path) -> Site:
    """Return the blog with all its texts at the addresses that they have or will have.

    Comments are answered here.
    """
    return Site(
        folder,
        str(folder / "pelicanconf.py"),
        WITH_DRAFTS | {"COMMENTS_URL": "", "DRAWS_ON_REQUEST": True},
    )


class Preview:
    """One run of the preview, from its start to Ctrl-C or a change of its own code."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.site, self.changes = open_site(folder), LiveVersion()
        self.stopping, self.ended = threading.Event(), threading.Event()
        self.code = 0
        self.is_open = False  # with comments
        self._before: dict[str, Stamps] = {}
        self._base: str | None = None
        self._left: SiteState | None = None  # of which the comments service knows
        self._said: list[Problem] = []
        self._is_outdated = False
        self._trial: subprocess.Popen[str] | None = None

    def read(self) -> None:
        """Read everything, on all cores before there is another thread."""
        self._before = look(watched(self.folder)).stamps
        self.take(set())

    def watch(self) -> None:
        """Follow each change, and look once more for what was saved meanwhile."""
        follow(self.folder, self.take, self.stopping)
        now, before = look(watched(self.folder)).stamps, self._before
        self.take({Path(path) for path, stamps in now.items() if stamps != before.get(path)})

    def take(self, paths: set[Path]) -> None:
        """Take in what was saved, and tell the open pages and the terminal."""
        try:
            self._take(paths)
        except Exception as error:  # the watch goes on, whatever it was
            self.site.code_problems = problems_in(error, self.folder)
            self.say()

    def _take(self, paths: set[Path]) -> None:
        self._is_outdated |= any(_is_code(path, self.folder) for path in paths)
        if self._is_outdated and self._can_start():
            self._restart()
            return
        if paths and self.site.refresh_shown(paths):
            self.changes.tell("reload")  # and only then look whether that was all
            paths = set()
        if self.site.refresh(paths):
            self.changes.tell("style" if paths and all(map(_is_style, paths)) else "reload")
            self.say()
            base = self.site.state.base if self.site.state.practice else None
            if self._base not in (None, base):
                self._restart()  # the comments' addresses are settled at the start
            self._base = base
        if self.is_open and self._left is not self.site.state:
            self.leave_for_comments()
        if self.is_open:
            self.find_leftovers()

    def say(self) -> None:
        """Print what has become wrong, or that it is mended."""
        problems = self.site.problems
        if problems == self._said:
            return
        if problems:
            print(f"\n{listed(problems)}\n\nThe pages stay as they were until this is mended.")
        else:
            print("\nAll mended.")
        sys.stdout.flush()
        self._said = problems

    def end(self) -> None:
        """End the run; while it starts there is nothing to wait for."""
        self.ended.set()
        if self._trial:
            self._trial.kill()
        if not self.is_open:
            os._exit(0)

    def _restart(self) -> None:
        self.code = RESTART
        self.ended.set()

    def _can_start(self) -> bool:
        """Try the changed code in a process of its own; the old one goes on if that fails."""
        command = [sys.executable, "-m", "insession.preview.worker", "try"]
        with subprocess.Popen(
            command, encoding="utf-8", stdin=DEVNULL, stdout=PIPE, stderr=PIPE
        ) as self._trial:
            said, raised = self._trial.communicate()
        if self.ended.is_set():
            return True
        if self._trial.returncode:
            self.site.code_problems = [problem_in_traceback(raised, self.folder)]
        else:
            self.site.code_problems = [
                Problem(**problem) for problem in json.loads(said.splitlines()[-1])
            ]
        self.say()
        if self.site.code_problems:
            self.changes.tell("reload")
        return not self.site.code_problems

    def find_leftovers(self) -> None:
        """Look through all texts for what is the sample's, so that pages come in between."""
        with self.site.lock:
            is_more = self.site.state.look_for_leftovers()  # as each page does
        known = self.site.state.leftovers()
        while is_more and not self.ended.wait(BETWEEN):
            with self.site.lock:
                is_more = self.site.state.look_for_leftovers()
        if self.site.state.leftovers() != known:
            self.changes.tell("reload")

    def leave_for_comments(self) -> None:
        """Write the two files that the comments service reads, if they are different."""
        self._left = self.site.state
        for name in SERVICE_FILES:
            path, made = FOR_SERVICE / name, self.site.draw(name)
            if made and (not path.is_file() or path.read_bytes() != made[0]):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(made[0])


def main(arguments: list[str]) -> int:
    """Run the preview on a socket that listens already. Returns the exit code."""
    if arguments[0] == "try":
        return _try()
    listening = socket.socket(fileno=int(arguments[0]))
    preview = Preview(Path.cwd().resolve(), listening.getsockname()[1])
    threading.Thread(target=_end_with_stdin, args=(preview,), daemon=True).start()
    preview.read()
    comments = _answer(preview, listening)
    preview.watch()
    preview.leave_for_comments()
    # Only now: it takes as long to load as a page may take to come.
    from insession.preview.comments_service import close_service, open_service

    base = preview.site.state.base
    service, settings = open_service(FOR_SERVICE, preview.port, base, preview.ended)
    comments.set_result(service)
    preview.is_open = True
    look_for_garbage()
    address = f"http://127.0.0.1:{preview.port}{base}/"
    said = f"Your blog is at {address} and follows each change you save. Ctrl-C ends it."
    print(said, flush=True)
    if "browser" in arguments:
        webbrowser.open(address)
    preview.find_leftovers()
    preview.ended.wait()
    preview.stopping.set()
    close_service(settings)
    return preview.code


def _end_with_stdin(preview: Preview) -> None:
    """End when the process that holds the address is gone."""
    while os.read(0, 1):  # sys.stdin would be locked when the process ends
        pass
    preview.end()


def _answer(preview: Preview, listening: socket.socket) -> "Future[WSGIApplication]":
    """Answer from now on. Returns what the comments service is to be handed to."""
    comments: Future[WSGIApplication] = Future()
    server = make_server(
        "127.0.0.1",
        preview.port,
        make_application(preview.site, preview.changes, comments.result, preview.say),
        threaded=True,
        request_handler=Quiet,
        fd=listening.fileno(),
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return comments


def _try() -> int:
    """Print as JSON what keeps the blog from being shown with the code as it is."""
    site = open_site(Path.cwd().resolve())
    site.refresh()
    problems = [] if site.answer("index.html") and not site.faults else site.problems
    print(json.dumps([asdict(problem) for problem in problems]))
    return 0


def _is_code(path: Path, folder: Path) -> bool:
    """Whether it is ours, or a setting, or a whole folder that was put in place of another."""
    is_on_top = path.parent == folder and path.suffix != ".json"
    return is_on_top or path.is_relative_to(folder / "insession")


def _is_style(path: Path) -> bool:
    return path.suffix == ".css"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
