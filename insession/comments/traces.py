"""Finds the files in which the words of a comment still are, whatever those files are called."""

import bz2
import gzip
import html
import json
import lzma
import mmap
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import brotli

from insession.comments.removed import open_read_only

PIECE, MOST_PIECES = 40, 8
SHORT = 12  # letters: fewer are in many files that have nothing to do with it
UNPACK = {".gz": gzip.decompress, ".bz2": bz2.decompress, ".xz": lzma.decompress}
UNPACK |= {".br": brotli.decompress}
FAULTS = (
    *(OSError, EOFError, ValueError, LookupError, RuntimeError, NotImplementedError),
    *(zlib.error, lzma.LZMAError, brotli.error, zipfile.BadZipFile),
)


def find(folder: Path, bodies: Iterable[str], skipped: Iterable[Path] = ()) -> list[Path]:
    """Return the files in a folder that hold any of these texts, or can't be read."""
    texts = [body for body in bodies if body.strip()]
    wanted = {piece for text in texts for piece in _pieces(text)}
    left_out = {path.resolve() for path in skipped}
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [
        path
        for path in paths
        if path.resolve() not in left_out and (_holds(path, wanted) or _stores(path, texts))
    ]


def _pieces(body: str) -> set[bytes]:
    """Return parts of a text as they may stand in a file.

    In a page or a list a line is followed by something else, and in a database a long text is cut
    in pieces: some parts of some lines are whole in each of them.
    """
    if len(body) < SHORT:
        whole = json.dumps(body), json.dumps(body, ensure_ascii=False), f">{_as_markup(body)}<"
        return {text.encode() for text in whole}
    lines = [line.strip() for line in body.split("\n")]
    parts = [line[at : at + PIECE] for line in lines for at in range(0, len(line), PIECE)]
    longest = sorted(filter(None, parts), key=len, reverse=True)
    step = max(1, sum(len(part) == PIECE for part in longest) // MOST_PIECES)
    written: set[bytes] = set()
    for part in longest[::step][:MOST_PIECES]:
        escaped = {part, html.escape(part, quote=False), html.escape(part), _as_markup(part)}
        escaped |= {json.dumps(part)[1:-1], json.dumps(part, ensure_ascii=False)[1:-1]}
        written |= {text.encode(errors="replace") for text in escaped}
        written |= {part.encode(coding, "replace") for coding in ("utf-16-le", "utf-16-be")}
    return written


def _as_markup(text: str) -> str:
    return html.escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


def _holds(path: Path, wanted: set[bytes]) -> bool:
    try:
        with path.open("rb") as file:
            if path.stat().st_size == 0:
                return False
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as raw:
                if any(raw.find(piece) >= 0 for piece in wanted):
                    return True
    except (OSError, ValueError):
        return True  # what can't be read may hold it
    with suppress(*FAULTS):
        return any(piece in raw for raw in _unpacked(path) for piece in wanted)
    return False


def _stores(path: Path, texts: Iterable[str]) -> bool:
    """Whether it is a store of comments, under whatever name, with one of these."""
    with suppress(OSError, sqlite3.Error):
        with path.open("rb") as file:
            if file.read(16) != b"SQLite format 3\0":
                return False
        with closing(open_read_only(path)) as store:
            sql = "SELECT 1 FROM comment WHERE body = ?"
            return any(store.execute(sql, (text,)).fetchone() for text in texts)
    return False


def _unpacked(path: Path) -> Iterator[bytes]:
    """Yield what is in a file that doesn't show it: a compressed one, or a mail."""
    if unpack := UNPACK.get(path.suffix.lower()):
        yield unpack(path.read_bytes())
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                yield packed.read(name)
    elif path.suffix.lower() == ".eml":
        for part in message_from_bytes(path.read_bytes(), policy=default).walk():
            if isinstance(payload := part.get_payload(decode=True), bytes):
                yield payload
