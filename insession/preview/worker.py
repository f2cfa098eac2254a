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
from dataclasses import asdict
from pathlib import Path
from subprocess import DEVNULL, PIPE

from werkzeug.serving import make_server

from insession.comments import upkeep
from insession.comments.app import make_app
from insession.comments.config import ADDRESS, Config, Mail, make_secret
from insession.comments.rate_limits import Limits, Visits
from insession.comments.server import start_work
from insession.comments.troubles import Troubles
from insession.common.crash_reports import problem_in_traceback, problems_in
from insession.common.locks import alone
from insession.common.problems import Problem, listed
from insession.preview.live_reload import LiveVersion
from insession.preview.server import Quiet, make_application
from insession.preview.supervisor import RESTART
from insession.preview.watcher import COMMENTS, follow, watched
from insession.site.site import WITH_DRAFTS, Site
from insession.site.state import SiteState
from insession.site.unchanged import Stamps, look

FOR_SERVICE = Path(".preview")  # what a build would leave for the comments service
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
        self.is_open = False
        self._base: str | None = None
        self._left: SiteState | None = None  # of which the comments service knows
        self._said: list[Problem] = []
        self._is_outdated = False
        self._trial: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Read everything, on all cores before there is another thread; watch; look once more."""
        before = self._look()
        self.take(set())
        follow(self.folder, self.take, self.stopping)
        self.take({path for path, stamps in self._look().items() if stamps != before.get(path)})

    def _look(self) -> dict[Path, Stamps]:
        return {path: look([path]).stamps for path in watched(self.folder)}

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
        if self._left is not self.site.state:
            self._leave_for_comments()

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

    def _leave_for_comments(self) -> None:
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
    preview.start()
    settings = _show(preview, listening, "browser" in arguments)
    preview.ended.wait()
    preview.stopping.set()
    upkeep.end(settings)
    return preview.code


def _end_with_stdin(preview: Preview) -> None:
    """End when the process that holds the address is gone."""
    while os.read(0, 1):  # sys.stdin would be locked when the process ends
        pass
    preview.end()


def _show(preview: Preview, listening: socket.socket, open_browser: bool) -> Config:
    """Answer, and say where; the mail about comments lies in a folder here.

    Returns how the comments service is set up.
    """
    settings, visits = _comments_settings(preview), Visits()
    threading.Thread(target=_hold, args=(settings, preview.ended), daemon=True).start()
    comments = make_app(settings, visits, troubles := Troubles(settings.folder))
    pages = make_application(preview.site, preview.changes, comments, preview.say)
    server = make_server(
        "127.0.0.1",
        preview.port,
        pages,
        threaded=True,
        request_handler=Quiet,
        fd=listening.fileno(),
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    start_work(settings, visits, troubles)
    (settings.folder / ADDRESS).write_text(settings.url, "utf-8")
    preview.is_open = True
    address = f"http://127.0.0.1:{preview.port}{preview.site.state.base}/"
    said = f"Your blog is at {address} and follows each change you save. Ctrl-C ends it."
    print(said, flush=True)
    if open_browser:
        webbrowser.open(address)
    return settings


def _hold(settings: Config, ended: threading.Event) -> None:
    """Let no backup be put back while this preview runs, or another one before it."""
    with alone(settings.lock):
        ended.wait()


def _comments_settings(preview: Preview) -> Config:
    """How the comments service is set up here: its own folder, and mail as files in there."""
    folder, here = Path(COMMENTS), "preview@localhost"
    origin = f"http://127.0.0.1:{preview.port}"
    return Config(
        site_url=f"{origin}{preview.site.state.base}",
        secret=make_secret(folder),
        url=origin,
        origins=frozenset({origin, origin.replace("127.0.0.1", "localhost")}),
        folder=folder,
        site=FOR_SERVICE,
        mail=Mail(sender=here, recipient=here, folder=folder / "mail"),
        limits=Limits(networks=(("everyone", ((1000, 60),)),), thread=()),  # for trying things out
    )


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
