"""Walks a folder in order: every reader of the same folder sees the same files."""

import os
import re
from collections.abc import Iterable, Iterator
from fnmatch import translate
from pathlib import Path


def walk(folder: Path, ignored: Iterable[str]) -> Iterator[os.DirEntry[str]]:
    """Yield everything below `folder` in order, without following links to folders.

    `ignored` are patterns of names that are passed over, as in IGNORE_FILES.
    """
    nothing = "(?!)"
    yield from _walk(folder, re.compile("|".join(map(translate, ignored)) or nothing))


def _walk(folder: Path | str, ignored: re.Pattern[str]) -> Iterator[os.DirEntry[str]]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if ignored.match(entry.name):
            continue
        yield entry
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, ignored)
