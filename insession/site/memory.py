"""What was made before, kept between runs and shared by all commands: texts, pages, findings.

One SQLite file in the project's .cache. Everything in it has a name, a key, which is the digest of
all that it was made from, and a digest of itself. So nothing stale and nothing damaged is ever
taken for what it isn't: with another key it isn't known, and it is made again. Two runs at once
are safe: SQLite lets them write one after the other, and whatever either wrote is right.
"""

import site
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from hashlib import blake2b, sha256
from pathlib import Path

CODE = Path(__file__).parent.parent
FOLDER, FILE = ".cache", "memory.sqlite3"
WAIT = 30  # seconds for another run that is writing
SETUP = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA secure_delete = ON",  # of a comment that was taken back nothing is left in free pages
    "PRAGMA synchronous = OFF",  # what a power cut damages is known by its digest, and made again
    "CREATE TABLE IF NOT EXISTS made (kind TEXT, name TEXT, key TEXT, mark BLOB, data BLOB, "
    "PRIMARY KEY (kind, name))",
)
# What SQLite raises of a file that is damaged: its own words of it may be no text, either.
DAMAGE = (sqlite3.Error, UnicodeDecodeError, OSError)
# A full disk, or another run that takes very long, says nothing against the file.
PASSING = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM),
}
Made = tuple[str, str, bytes]  # name, key, data


class Memory:
    """The file, opened anew for each use: processes that are forked share no connection."""

    def __init__(self, project: Path) -> None:
        """Take the project's folder. Nothing is opened before the first use."""
        self.path = project / FOLDER / FILE

    def recall(self, kind: str, keys: dict[str, str]) -> Iterator[tuple[str, bytes]]:
        """Yield name and data of all that is known of this kind under these names and keys."""
        for name, key, data in self.all_of(kind, keys):
            if keys[name] == key:
                yield name, data

    def all_of(self, kind: str, names: Iterable[str]) -> Iterator[Made]:
        """Yield what is known of this kind by these names, each whole, whatever its key is."""
        sql = "SELECT key, mark, data FROM made WHERE kind = ? AND name = ?"

        def find(connection: sqlite3.Connection) -> Iterator[Made]:
            for name in names:
                row = connection.execute(sql, (kind, name)).fetchone()
                if row and isinstance(row[2], bytes) and row[1] == _mark(row[2]):
                    yield name, row[0], row[2]

        yield from self._reading(find)

    def remember(self, kind: str, made: Iterable[Made]) -> None:
        """Keep these, in the place of what was known by their names."""
        rows = [(kind, name, key, _mark(data), data) for name, key, data in made]
        sql = "INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?)"
        if rows:
            self._writing(lambda connection: connection.executemany(sql, rows))

    def forget_others(self, kind: str, names: Iterable[str]) -> None:
        """Keep nothing of this kind but what has one of these names."""
        kept = set(names)

        def forget(connection: sqlite3.Connection) -> None:
            found = connection.execute("SELECT name FROM made WHERE kind = ?", (kind,)).fetchall()
            gone = [(kind, name) for (name,) in found if name not in kept]
            connection.executemany("DELETE FROM made WHERE kind = ? AND name = ?", gone)

        self._writing(forget)

    def forget(self) -> None:
        """Remove all of it."""
        for path in self.path.parent.glob(f"{FILE}*"):
            path.unlink(missing_ok=True)

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=WAIT)
        try:
            for statement in SETUP:
                connection.execute(statement)
        except BaseException:
            connection.close()
            raise
        return connection

    def _reading(self, find: Callable[[sqlite3.Connection], Iterator[Made]]) -> Iterator[Made]:
        """Yield what is found; nothing, or no more, where the file can't be read."""
        if not self.path.is_file():
            return
        try:
            with closing(self._open()) as connection:
                yield from find(connection)
        except DAMAGE as error:
            if not _will_pass(error):
                self._start_anew()

    def _writing(self, change: Callable[[sqlite3.Connection], object]) -> None:
        """Change the file, if that can be done: what isn't remembered is only made again."""
        for _ in range(2):
            try:
                with closing(self._open()) as connection, connection:
                    change(connection)
                return
            except DAMAGE as error:
                if _will_pass(error):
                    return
                self._start_anew()

    def _start_anew(self) -> None:
        """Leave a damaged file behind; who has it open goes on with what it has."""
        with suppress(OSError):
            self.forget()


def _will_pass(error: Exception) -> bool:
    """Whether the file is whole, though it can't be used now."""
    return getattr(error, "sqlite_errorcode", -1) & 0xFF in PASSING


def code_digest(theme: Path) -> str:
    """Return the digest of all that makes pages: Python, the packages, our code, the templates."""
    found = blake2b(sys.version.encode(), digest_size=16)
    for folder in map(Path, site.getsitepackages()):
        packages = sorted(path.name for path in folder.glob("*-info"))  # with their versions
        found.update(repr(packages).encode())
    for path in (*sorted(CODE.rglob("*.py")), *sorted((theme / "templates").rglob("*.html"))):
        found.update(path.name.encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _mark(data: bytes) -> bytes:
    """Return the digest that processors of today find themselves, several times as quickly."""
    return sha256(data).digest()
