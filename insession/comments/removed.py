"""Which comments were removed, remembered outside the store: no backup brings them back.

`removed.json` beside the store holds ids and times alone: of each comment that was withdrawn,
deleted, erased or purged its id, when it was created (an id may be given again after a restore),
and when it was removed. It is written before the comment is gone from the store. The store has the
same list (its table `removed`, filled by a trigger, whatever deletes), so that each of the two can
be made anew from the other; `stores` are the stores of which the list misses nothing.
"""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from insession.common.atomic_file import replace_file

NAME = "removed.json"
Row = tuple[int, str | None, str]  # id, created (None: older than this list), removed
TABLES = ("SELECT id, created, at FROM removed", "SELECT id, NULL, at FROM erased")
# What the table `removed` names goes from the table `comment`, with the mail about it.
APPLY = """DELETE FROM comment WHERE EXISTS (SELECT 1 FROM removed WHERE removed.id = comment.id
    AND (removed.created = comment.created
        OR (removed.created IS NULL AND comment.created <= removed.at)))"""


@dataclass(frozen=True)
class Removed:
    """The list, and the stores of which it misses nothing."""

    stores: frozenset[str]
    rows: frozenset[Row]

    def __or__(self, other: "Removed") -> "Removed":
        return Removed(self.stores | other.stores, self.rows | other.rows)


NOTHING = Removed(frozenset(), frozenset())


def read(folder: Path) -> Removed:
    """Return what the file in this folder says: nothing where it is missing or damaged."""
    try:
        data = json.loads((folder / NAME).read_text("utf-8"))
        rows = frozenset(_row(*row) for row in data["removed"])
        return Removed(frozenset(map(str, data["stores"])), rows)
    except (OSError, ValueError, TypeError, KeyError):
        return NOTHING


def _row(number: int, created: str | None, at: str) -> Row:
    return int(number), None if created is None else str(created), str(at)


def stored(connection: sqlite3.Connection) -> Removed:
    """Return what the store itself says."""
    rows = frozenset(connection.execute(TABLES[0]).fetchall())
    return Removed(frozenset({identity(connection)}), rows)


def identity(connection: sqlite3.Connection) -> str:
    """Return what a store and all its backups have in common, or nothing for a very old one."""
    try:
        return str(connection.execute("SELECT value FROM identity").fetchone()[0])
    except (sqlite3.DatabaseError, TypeError):
        return ""


def write_down(connection: sqlite3.Connection) -> None:
    """Bring the file up to what the store says.

    Call it in the transaction that removes something: no other may write to the file meanwhile.
    """
    folder = _folder(connection)
    if folder is None:
        return
    known, whole = read(folder), read(folder) | stored(connection)
    if known != whole:
        write(folder, whole)


def write(folder: Path, removed: Removed) -> None:
    """Write the list into the file in this folder, all of it or nothing."""
    rows = sorted(removed.rows, key=lambda row: (row[2], row[0], row[1] or ""))
    document = {"version": 1, "stores": sorted(removed.stores), "removed": rows}
    replace_file(folder / NAME, json.dumps(document, indent=0).encode() + b"\n", 0o600)


def add(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Tell a store what was removed, and remove from it what is there all the same."""
    sql = """INSERT INTO removed SELECT ?1, ?2, ?3
        WHERE NOT EXISTS (SELECT 1 FROM removed WHERE id = ?1 AND created IS ?2 AND at >= ?3)
        ON CONFLICT DO NOTHING"""
    connection.executemany(sql, sorted(rows, key=str))
    connection.execute(APPLY)


def reconcile(connection: sqlite3.Connection) -> None:
    """Finish what a crash has interrupted between the file and the store."""
    folder = _folder(connection)
    if folder is not None:
        add(connection, read(folder).rows - stored(connection).rows)
        write_down(connection)


def of_file(path: Path) -> Removed:
    """Return what a store or a backup in a file says; nothing where that can't be read."""
    with suppress(sqlite3.Error), closing(open_read_only(path)) as connection:
        for sql in TABLES:
            with suppress(sqlite3.OperationalError):
                rows = frozenset(_row(*row) for row in connection.execute(sql))
                return Removed(frozenset(), rows)
    return NOTHING


def open_read_only(path: Path) -> sqlite3.Connection:
    """Open a file that nobody writes to, and leave nothing beside it."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def _folder(connection: sqlite3.Connection) -> Path | None:
    """Return the folder in which a store lies, or None of one in memory."""
    (path,) = connection.execute("SELECT file FROM pragma_database_list WHERE name = 'main'")
    return Path(path[0]).parent if path[0] else None
