"""Which folders a build may replace: those that hold nothing but what was made here.

Such a folder has a mark in it, the folder `.insession`, and there a list of its files. (What the
comments service needs to know lies there, too: insession/plugins/comments.py.)
"""

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from insession.common.problems import Problem, Problems
from insession.common.walk import walk

MARK, LIST = ".insession", "files.json"
# What computers leave lying about by themselves.
NOBODYS = [".DS_Store", "._*", "Thumbs.db", "desktop.ini"]
NAMED = 3  # so many files are named in a message


def start(folder: Path, spare: Path | None = None) -> None:
    """Make a folder that is ours to fill, of `spare` if there is such a folder. Raises OSError."""
    remove(folder)
    if spare and spare.is_dir():
        with suppress(OSError):  # it lies on another disk
            spare.rename(folder)
    (folder / MARK).mkdir(parents=True, exist_ok=True)
    (folder / MARK / LIST).unlink(missing_ok=True)  # it isn't complete any more


def finish(folder: Path, files: Iterable[str] | None = None) -> None:
    """List what is in the folder, now that it is complete: `files`, if it is known. Raises OSError.

    They are in the order in which they are found when the folder is walked through.
    """
    files = _files(folder) if files is None else _in_order(files)
    names = json.dumps(files, indent=0)  # whatever there is in a name
    fresh = folder / MARK / f"{LIST}.new"  # half of a list would be none
    fresh.write_text(names, encoding="utf-8", newline="\n")
    fresh.rename(folder / MARK / LIST)


def foreign(folder: Path) -> list[str]:
    """Return what lies in the folder, if there is one, and wasn't made here. Raises OSError."""
    if not folder.is_dir():
        return []
    try:
        made = {*json.loads((folder / MARK / LIST).read_text(encoding="utf-8"))}
    except (FileNotFoundError, ValueError):  # not complete, or made before there were lists
        return [] if (folder / MARK).is_dir() else _files(folder)
    return [name for name in _files(folder) if name not in made]


def refuse_foreign(folder: Path) -> None:
    """Never replace a folder that holds anything we did not write. Raises Problems and OSError."""
    if found := foreign(folder):
        what = f"this folder holds files that were not made here: {named(found)}."
        how = "Move them elsewhere; everything in this folder is replaced by each build."
        raise Problems([Problem(f"{folder}/", 0, what, how)])


def named(names: list[str]) -> str:
    """Return the first of these names, and how many more there are."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def remove(folder: Path) -> None:
    """Remove a folder, if there is one; the mark goes last, should somebody pull the plug."""
    if folder.is_dir():
        for path in folder.iterdir():
            if path.name != MARK and path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != MARK:
                with suppress(OSError):
                    path.unlink()
        shutil.rmtree(folder, ignore_errors=True)


def set_aside(folder: Path, spare: Path | None, outdated: Iterable[str] = ()) -> None:
    """Keep a folder, if there is one, as `spare`, without these files, or else remove it."""
    if spare and folder.is_dir() and not spare.exists():
        for path in outdated:
            (folder / path).unlink(missing_ok=True)
        with suppress(OSError):
            spare.parent.mkdir(parents=True, exist_ok=True)
            folder.rename(spare)
    remove(folder)


def _in_order(files: Iterable[str]) -> list[str]:
    shown = [name for name in files if not name.startswith(f"{MARK}/")]
    return sorted(shown, key=lambda name: name.split("/"))


def _files(folder: Path) -> list[str]:
    start = len(str(folder)) + 1
    entries = walk(folder, [MARK, *NOBODYS])
    files = (entry.path[start:] for entry in entries if not entry.is_dir(follow_symlinks=False))
    return [name.replace(os.sep, "/") for name in files]
