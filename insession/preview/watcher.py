"""One watch over everything that the preview shows, from its start to its end."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from watchfiles import Change, DefaultFilter, watch

FOLDERS = ("content", "theme", "insession")
TOP_FILES = ("pelicanconf.py", "urls.json")
COMMENTS = ".comments"
STEP = 8  # milliseconds without a further change after which the changes are told
TOGETHER = 80  # milliseconds at most for which changes are held back
Tell = Callable[[set[Path]], None]


class _Wanted(DefaultFilter):
    """Of the comments' folder, only what the build reads: the database changes all the time."""

    def __call__(self, change: Change, path: str) -> bool:
        is_comments = COMMENTS in Path(path).parts
        return super().__call__(change, path) and (not is_comments or "approved.json" in path)


def watched(folder: Path) -> list[Path]:
    """Return the files and folders that the preview shows, where they are there."""
    names = (*FOLDERS, *TOP_FILES, f"{COMMENTS}/approved.json")
    return [path for name in names if (path := folder / name).exists()]


def follow(folder: Path, tell: Tell, stopping: threading.Event) -> None:
    """Watch the project's folder in the background; returns when nothing can be missed any more.

    `tell` is called with the paths that changed, one call after the other.
    """
    one_at_a_time = threading.Lock()

    def told(paths: set[Path]) -> None:
        with one_at_a_time:
            tell(paths)

    (folder / COMMENTS).mkdir(mode=0o700, exist_ok=True)  # what isn't there can't be watched
    below = [path for name in (*FOLDERS, COMMENTS) if (path := folder / name).exists()]
    # Of the project's folder itself only what lies in it, not below: .venv has 10,000 files.
    top = {str(folder / name) for name in (*FOLDERS, *TOP_FILES)}
    watches = [
        {"paths": below, "watch_filter": _Wanted()},
        {"paths": [folder], "watch_filter": lambda _, path: path in top, "recursive": False},
    ]
    begun = [threading.Event() for _ in watches]
    for options, each in zip(watches, begun, strict=True):
        arguments = options, told, each, stopping
        threading.Thread(target=_follow, args=arguments, daemon=True).start()
    for each in begun:
        each.wait(5)


def _follow(
    options: dict[str, Any], tell: Tell, begun: threading.Event, stopping: threading.Event
) -> None:
    paths = options.pop("paths")
    options |= {"step": STEP, "debounce": TOGETHER, "stop_event": stopping}
    options |= {"rust_timeout": 100, "yield_on_timeout": True, "raise_interrupt": False}
    for changes in watch(*paths, **options):
        begun.set()
        if changes:
            tell({Path(path) for _, path in changes})
