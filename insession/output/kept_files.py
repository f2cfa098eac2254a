"""Files of earlier builds that are what the site needs still: they stay, and nothing is written.

Two folders take turns: the output, and the one that was the output before, which is brought up to
date and takes its place. What a file holds is known by its inode, and only as long as nobody but a
build has touched it: its size and the times of its last change, one of which nobody can set back
(st_ctime). So what is damaged in either folder is made again. A file that is the same in both is
one file with two names; a file that is written is always a new one, and so changes no other. Of the
folder that was the output nothing else stays: what was taken back, a comment perhaps, lies nowhere.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

KIND = "files"  # what it is called in the memory


class Remembers(Protocol):
    """What keeps things from one build to the next: site/memory.py."""

    def recall(self, kind: str, keys: dict[str, str]) -> Iterator[tuple[str, bytes]]:
        """Yield name and data of what is known under these names and keys."""

    def remember(self, kind: str, made: list[tuple[str, str, bytes]]) -> None:
        """Keep name, key and data."""

    def forget_others(self, kind: str, names: list[str]) -> None:
        """Keep nothing but what has one of these names."""


class MadeStamp(NamedTuple):
    """What changes when a file does; `changed` also when it gets or loses a name."""

    inode: int
    size: int
    modified: int  # nanoseconds
    changed: int


Found = tuple[str, MadeStamp]  # a file's path in its folder


class KeptFiles:
    """The files of a site that is being built which needn't be written."""

    def __init__(self, folder: Path, output: Path | None, memory: Remembers) -> None:
        """Take the folder of the new site, and the output; None if nothing is to be kept."""
        self._folder, self._output, self._memory = folder, output, memory
        self._keys: dict[MadeStamp, str] = {}
        for _, known in memory.recall(KIND, {str(output): ""} if output else {}):
            self._keys = {MadeStamp(*stamp): key for stamp, key in json.loads(known)}
        self._here: dict[str, MadeStamp] = {}
        self._there: dict[str, MadeStamp] = {}
        self._staying: set[str] = set()
        self._linked: set[str] = set()
        self._folders: set[str] = set()  # which are there

    @property
    def are_known(self) -> bool:
        """Whether any file of an earlier build is known."""
        return bool(self._keys)

    def look(self, paths: Iterable[str]) -> None:
        """Look at both folders, and remove from the new one all that has no place in the site."""
        wanted = set(paths)
        folders = {path[:end] for path in wanted for end, sign in enumerate(path) if sign == "/"}
        self._here = dict(_tidy(str(self._folder), "", wanted, folders))
        if self._keys and self._output and self._output.is_dir():
            self._there = dict(_stamps(str(self._output), ""))

    def keep(self, path: str, key: str) -> bool:
        """Whether the file is there and holds what the key stands for; else it can be written."""
        here, there = self._here.get(path), self._there.get(path)
        if here and self._keys.get(here) == key:
            self._staying.add(path)
            return True
        # Plain strings: a Path takes longer to make than what is done with it, for each file.
        file = f"{self._folder}/{path}"
        if here:
            with suppress(FileNotFoundError):
                os.unlink(file)  # noqa: PTH108
        if not there or self._keys.get(there) != key or not self._output:
            return False
        try:
            self._make_folder(file)
            os.link(f"{self._output}/{path}", file, follow_symlinks=False)
        except OSError:  # a disk that can't, or it has just gone
            return False
        self._linked.add(path)
        return True

    def outdated(self) -> list[str]:
        """Return what the output holds that the new site hasn't, as the same file."""
        shared = {
            path
            for path in self._staying & self._there.keys()
            if self._here[path].inode == self._there[path].inode
        }
        return sorted(self._there.keys() - shared - self._linked)

    def write(self, path: str, data: bytes) -> None:
        """Write a file anew: what is there has another name, perhaps."""
        file = f"{self._folder}/{path}"
        self._make_folder(file)
        try:
            opened = open(file, "xb")  # noqa: PTH123, SIM115
        except FileExistsError:
            os.unlink(file)  # noqa: PTH108
            opened = open(file, "xb")  # noqa: PTH123, SIM115
        with opened:
            opened.write(data)

    def remember(self, keys: Mapping[str, str]) -> None:
        """Note what the files of both folders hold. `keys` are those of all paths of the site."""
        if not self._output:
            return
        known: dict[MadeStamp, str] = {}
        for path, key in keys.items():
            stamp = self._here[path] if path in self._staying else _stamp(f"{self._folder}/{path}")
            if stamp:
                known[stamp] = key
        for path, before in self._there.items():
            if before in self._keys:
                stamp = before if path in self._staying else _stamp(f"{self._output}/{path}")
                if stamp and stamp[:3] == before[:3]:  # it may have got or lost its other name
                    known[stamp] = self._keys[before]
                elif stamp:  # somebody has changed it meanwhile, by whichever name
                    known.pop(stamp, None)
        data = json.dumps([*known.items()], separators=(",", ":")).encode()
        self._memory.remember(KIND, [(str(self._output), "", data)])

    def _make_folder(self, file: str) -> None:
        folder = file.rpartition("/")[0]
        if folder not in self._folders:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)


def _tidy(folder: str, start: str, wanted: set[str], folders: set[str]) -> Iterator[Found]:
    """Yield each file that may stay, and remove all others; `start` is the folder's own path."""
    for entry in [*os.scandir(folder)]:
        path, is_folder = start + entry.name, entry.is_dir(follow_symlinks=False)
        if is_folder and path in folders:
            yield from _tidy(entry.path, f"{path}/", wanted, folders)
        elif is_folder:
            shutil.rmtree(entry.path)
        elif path in wanted:
            yield path, _stamp_of(entry)
        else:
            Path(entry.path).unlink()


def _stamps(folder: str, start: str) -> Iterator[Found]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _stamps(entry.path, f"{start}{entry.name}/")
            else:
                yield start + entry.name, _stamp_of(entry)


def _stamp(path: str) -> MadeStamp | None:
    with suppress(OSError):
        status = os.lstat(path)
        return MadeStamp(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return None


def _stamp_of(entry: os.DirEntry[str]) -> MadeStamp:
    status = entry.stat(follow_symlinks=False)  # on Windows it doesn't know the inode
    return MadeStamp(entry.inode(), status.st_size, status.st_mtime_ns, status.st_ctime_ns)
