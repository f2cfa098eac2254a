"""Backups of the store, made and brought back while the service runs."""

import os
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from insession.comments import Refusal, approved, store
from insession.comments.config import Config
from insession.comments.database import MIGRATIONS, TIME
from insession.comments.terminal import opened, sweep

TABLES = {"comment", "outbox", "erased"}


def existing(config: Config) -> list[Path]:
    """Return the copies of the store in the usual places: backups, and what restores put aside."""
    aside = config.folder.glob("comments-before-restore-*")
    return [*sorted((config.folder / "backups").glob("comments-2*.sqlite3")), *sorted(aside)]


def backup(config: Config, to: str = "") -> None:
    """Copy the store into a file named by the moment, and say beside it what was erased."""
    folder = Path(to) if to else config.folder / "backups"
    with opened(config) as connection:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        earlier = sorted(folder.glob("comments-2*.sqlite3"))
        path = _free(folder, "comments")
        since = _last_change(earlier[-1]) if earlier else ""
        sql = "SELECT DISTINCT id FROM erased WHERE at >= ? ORDER BY id"
        erased = [str(row[0]) for row in connection.execute(sql, (since,))]
        _copy(connection, path)
    note = path.with_suffix(".txt")
    _make_private(note)
    note.write_text(
        f"Erased since the last backup: {', '.join(erased) or 'nothing'}.\n"
        "Backups older than this one still hold what was erased; delete them.\n",
        encoding="utf-8",
    )
    print(f"The backup is {path}.")
    print("Keep a copy of it on another machine: it is no help if it is lost with this one.")
    if erased:
        print(f"Erased since the last backup: {', '.join(erased)}. Delete the older backups.")


def restore(config: Config, file: str) -> None:
    """Put a backup in the place of the store; what was there stays beside it."""
    path = Path(file)
    _check(path)
    config.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside, erased, last = _keep_the_present(config)
    with (
        closing(sqlite3.connect(_read_only(path), uri=True)) as source,
        closing(store.connect(config.database)) as connection,
    ):
        source.backup(connection)
    with closing(store.connect(config.database)) as connection:  # which brings it up to date
        with store.transaction(connection):
            _erase_again(connection, erased)
            # No id is given twice, not even one that only the replaced store had given.
            sql = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'comment'"
            connection.execute(sql, (last,))
        sweep(connection)
        approved.write(connection, config.approved)
        count = connection.execute("SELECT count(*) FROM comment").fetchone()[0]
    print(f"Restored {count} {'comment' if count == 1 else 'comments'} from {path}.")
    if beside:
        print(f"What was there before is kept in {beside}; delete it when you are sure.")


def _copy(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the store into one new file."""
    _make_private(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, that can be carried away
        copy.execute("DELETE FROM block WHERE kind <> 'word'")  # they tell of addresses
        copy.execute("VACUUM")


def _check(path: Path) -> None:
    """Refuse what isn't a whole backup of comments."""
    if not path.is_file():
        raise Refusal(f"There is no file {path}.")
    try:
        with closing(sqlite3.connect(_read_only(path), uri=True)) as source:
            names = {row[0] for row in source.execute("SELECT name FROM sqlite_master")}
            version = source.execute("PRAGMA user_version").fetchone()[0]
            if not names >= TABLES or not 0 < version <= len(MIGRATIONS):
                raise Refusal(f"{path} is not a backup of this blog's comments.")
            if source.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise Refusal(f"{path} is damaged; nothing was changed.")
    except sqlite3.DatabaseError:
        raise Refusal(f"{path} is not a backup, or is damaged; nothing was changed.") from None


def _keep_the_present(config: Config) -> tuple[Path | None, list[tuple[int, str]], int]:
    """Save what is there now; return where, what was erased from it, and its last id."""
    if not config.database.is_file():
        return None, [], 0
    beside = _free(config.folder, "comments-before-restore")
    try:
        with closing(store.connect(config.database)) as connection:
            erased = connection.execute("SELECT id, at FROM erased").fetchall()
            sql = "SELECT seq FROM sqlite_sequence WHERE name = 'comment'"
            last = (connection.execute(sql).fetchone() or (0,))[0]
            _copy(connection, beside)
        return beside, erased, last
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:  # damaged, which may be why she restores: put it aside as it is
        beside.unlink(missing_ok=True)
        for end in ("", "-wal", "-shm"):
            part = config.database.with_name(config.database.name + end)
            if part.exists():
                part.rename(beside.with_name(beside.name + end))
        return beside, [], 0


def _erase_again(connection: sqlite3.Connection, erased: list[tuple[int, str]]) -> None:
    """What was erased after the backup was made must not come back with it."""
    known = set(connection.execute("SELECT id, at FROM erased").fetchall())
    for number, at in erased:
        sql = "DELETE FROM comment WHERE id = ? AND created <= ?"
        connection.execute(sql, (number, at))
        if (number, at) not in known:
            connection.execute("INSERT INTO erased VALUES (?, ?)", (number, at))


def _last_change(backup_file: Path) -> str:
    """When a backup was made, from its name, as the store writes it."""
    moment = datetime.strptime(backup_file.stem[:26], "comments-%Y-%m-%d-%H%M%S")
    return moment.strftime(TIME)


def _free(folder: Path, name: str) -> Path:
    """A file named by the second in which nothing else was."""
    while (path := folder / f"{name}-{_moment()}.sqlite3").exists():
        time.sleep(0.1)
    return path


def _moment() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S")


def _read_only(path: Path) -> str:
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"


def _make_private(path: Path) -> None:
    """Make a new, empty file that only its owner may read."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
