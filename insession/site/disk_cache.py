"""What the preview knew when it ended, so that the next start needn't read everything again."""

import hashlib
import os
import pickle
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from insession.site.sources import Stamp, Text

FILE = ".cache/preview.pickle"
CODE = (
    "insession/**/*.py",
    "pelicanconf.py",
    "requirements.txt",
    "content/practice.toml",
    "urls.json",
)
Memory = tuple[dict[str, Stamp], dict[str, Text]]


class _Pickler(pickle.Pickler):
    """Leaves out what all contents share and what is made anew at each start."""

    shared: dict[int, str]

    def persistent_id(self, obj: object) -> str | None:
        return self.shared.get(id(obj))


class _Unpickler(pickle.Unpickler):
    shared: dict[str, object]

    def persistent_load(self, pid: str) -> object:
        return self.shared[pid]


def remember(
    folder: Path, known: Memory, settings: dict[str, Any], context: dict[str, Any]
) -> None:
    """Write down the files' stamps and the texts without problems."""
    stamps, texts = known
    kept = {
        path: (type(text.content), {name: vars(text.content)[name] for name in text.attributes})
        for path, text in texts.items()
        if text.content is not None and not text.problems
    }
    out = BytesIO()
    pickler = _Pickler(out, pickle.HIGHEST_PROTOCOL)
    pickler.shared = {id(settings): "settings", id(context): "context"}
    pickler.dump((fingerprint(folder), stamps, kept))
    path = folder / FILE
    path.parent.mkdir(exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_bytes(out.getvalue())
    fresh.replace(path)


def recall(folder: Path, settings: dict[str, Any], context: dict[str, Any]) -> Memory:
    """Return what was written down, or nothing if it is of another version of anything."""
    try:
        unpickler = _Unpickler((folder / FILE).open("rb"))
        unpickler.shared = {"settings": settings, "context": context}
        mark, stamps, kept = unpickler.load()  # our own file, in a folder that only we write
    except Exception:  # none, half of one, or one of another time: all the same
        return {}, {}
    if mark != fingerprint(folder):
        return {}, {}
    texts = {}
    for path, (kind, attributes) in kept.items():
        content = kind.__new__(kind)
        vars(content).update(attributes)
        texts[path] = Text(content, [], tuple(attributes))
    return {path: stamp for path, stamp in stamps.items() if _is_known(path, texts)}, texts


def _is_known(path: str, texts: dict[str, Text]) -> bool:
    """A text that had problems is read again, so it has no stamp."""
    return not path.endswith(".md") or path in texts


def fingerprint(folder: Path) -> str:
    """Changes with Python, our code, the settings, the packages and who she is."""
    found = hashlib.sha256(f"{sys.version} {folder}".encode())
    for pattern in CODE:
        for path in sorted(folder.glob(pattern)):
            found.update(path.read_bytes())
    return found.hexdigest()
