"""The file that a name most likely means, where there is none of that name."""

import difflib
import re
from pathlib import Path, PurePosixPath

from insession.common.walk import walk
from insession.content.text_file import IGNORED, same_name

FOLDERS = ("images", "downloads")
TEXTS = ("articles", "pages")
SAME_KIND = {".jpeg": ".jpg", ".tiff": ".tif", ".heif": ".heic"}
MOST = 3
ALIKE = 0.8  # of the names, without their endings


def find_meant(root: Path, wanted: str) -> list[str]:
    """Return the paths in content/ of the files that may be meant by another path.

    The names differ in as little as can be: in capitals, or else in their folder, in - or _ for a
    space, in their ending, or by a slip of the pen.
    """
    is_text = wanted.lower().endswith(".md")
    files = [
        Path(entry.path).relative_to(root).as_posix()
        for folder in (TEXTS if is_text else FOLDERS)
        if (root / folder).is_dir()
        for entry in walk(root / folder, IGNORED)
    ]
    files = [file for file in files if not is_text or file.endswith(".md")]
    for key in (same_name, _name, _letters, _stem):
        if found := [file for file in files if key(file) == key(wanted)]:
            return found[:MOST]
    stems = {_stem(file): file for file in files}
    near = difflib.get_close_matches(_stem(wanted), [*stems], n=1, cutoff=ALIKE)
    return [stems[stem] for stem in near if re.sub(r"\D", "", stem) == _digits(wanted)]


def _name(path: str) -> str:
    return same_name(PurePosixPath(path).name)


def _letters(path: str) -> str:
    """A name without what people write in the place of spaces."""
    ending = PurePosixPath(_name(path)).suffix
    return _stem(path) + SAME_KIND.get(ending, ending)


def _stem(path: str) -> str:
    return re.sub(r"[\W_]+", "", PurePosixPath(_name(path)).stem)


def _digits(path: str) -> str:
    return re.sub(r"\D", "", _stem(path))


def did_you_mean(root: Path, wanted: str, folder: str = "") -> str:
    """Return a question after the file that is meant, or "".

    `folder` is that of the text in content/, from where the path is written.
    """
    found = find_meant(root, wanted)
    paths = [_written(file, folder) for file in found if file != wanted]
    return f"Did you mean {' or '.join(paths)}?" if paths else ""


def _written(file: str, folder: str) -> str:
    """Return a path as it is written in a text of a folder: `../images/two%20chairs.jpg`."""
    depth = len(PurePosixPath(folder).parts) if folder else 0
    if folder and file.startswith(f"{folder}/"):
        return file.removeprefix(f"{folder}/")
    path = "../" * depth + file
    return re.sub(r"[ ()#?%<>]", lambda sign: f"%{ord(sign[0]):02X}", path) if folder else path
