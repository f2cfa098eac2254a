"""Target *a folder*: for any host that takes the site from a folder of this computer.

Beside the folder lie the earlier releases, in one with “.earlier” at the end of its name.
"""

import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from insession.build import MARK
from insession.problems import Problems
from insession.publish.building import Site
from insession.publish.digests import Digests, digests, files
from insession.publish.setting import Setting
from insession.publish.static_host import add_host_files

TITLE = "a folder, for any other host"
KEYS = {"folder": ("Which folder? It is made if it isn't there", "../my-site")}
KEPT = 5  # releases, with the one that is published


def check(setting: Setting) -> None:
    """Refuse a folder in which something else lives. Raises Problems."""
    folder = _folder(setting)
    if folder.is_relative_to(setting.root) or setting.root.is_relative_to(folder):
        what = f"{folder} is a part of this project, or the project lies in it."
        raise setting.refused(what, "Choose a folder beside the project: ../my-site")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).exists():
        what = f"{folder} holds files that were not made here, and all in it would be replaced."
        raise setting.refused(what, "Choose an empty folder, or one that doesn't exist yet.")
    if folder.exists() and not folder.is_dir():
        raise setting.refused(f"{folder} is a file.", "Choose another name for the folder.")


def try_out(setting: Setting) -> None:
    """See whether the folder can be written. Raises Problems."""
    with _in_words(setting):
        staging = _beside(setting, "new")
        staging.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(staging)


def prepare(setting: Setting, site: Site) -> None:
    """Add what Netlify and Cloudflare Pages read."""
    add_host_files(site)


def held(setting: Setting) -> Digests:
    """Return what lies in the folder."""
    with _in_words(setting):
        _mend(setting)
        return digests(_folder(setting))


def send(setting: Setting, site: Path) -> None:
    """Copy the site beside the folder, and put it in its place when it is complete."""
    staging = _beside(setting, "new")
    with _in_words(setting):
        _mend(setting)
        try:
            (staging / MARK).mkdir(parents=True)
            for file in files(site):
                to = staging / file.relative_to(site)
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, to)
            _swap(setting, staging)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        for old in _releases(setting)[: -(KEPT - 1)]:
            shutil.rmtree(old)


def undo(setting: Setting) -> None:
    """Bring back the release before this one, which is forgotten."""
    with _in_words(setting):
        _mend(setting)
        if not (earlier := _releases(setting)):
            what = "there is no earlier release to go back to."
            how = "Mend what is wrong and publish again."
            raise setting.refused(what, how, str(_folder(setting)))
        undone = _beside(setting, "undone")
        with undisturbed():
            _folder(setting).rename(undone)
            earlier[-1].rename(_folder(setting))
        shutil.rmtree(undone)


def _swap(setting: Setting, staging: Path) -> None:
    folder, earlier = _folder(setting), _beside(setting, "earlier")
    earlier.mkdir(exist_ok=True)
    with undisturbed():
        if folder.exists():
            last = max((path.name for path in _releases(setting)), default="")
            folder.rename(earlier / max(f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}", f"{last}a"))
        staging.rename(folder)


def _mend(setting: Setting) -> None:
    """Clean up after a run that was killed, also between two renames."""
    folder, undone = _folder(setting), _beside(setting, "undone")
    if not folder.exists() and undone.exists():
        undone.rename(folder)
    elif not folder.exists() and (releases := _releases(setting)):
        releases[-1].rename(folder)
    for left in (undone, _beside(setting, "new")):
        shutil.rmtree(left, ignore_errors=True)


def _releases(setting: Setting) -> list[Path]:
    """The earlier releases, the oldest first."""
    earlier = _beside(setting, "earlier")
    return sorted(earlier.iterdir()) if earlier.is_dir() else []


def _folder(setting: Setting) -> Path:
    return (setting.root / Path(setting.values["folder"]).expanduser()).resolve()


def _beside(setting: Setting, ending: str) -> Path:
    folder = _folder(setting)
    return folder.with_name(f"{folder.name}.{ending}")


@contextmanager
def _in_words(setting: Setting) -> Iterator[None]:
    """Turn what the system says about a disk into a sentence."""
    try:
        yield
    except Problems:
        raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        how = "Make room on that disk, or see that you may write there, and publish again."
        what = f"this folder can't be used: {reason}."
        raise setting.refused(what, how, str(_folder(setting))) from None


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait for as long as it takes to rename two folders."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals don't come here
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt
