"""The SQLite file: how it is opened, brought up to date, and written to all or nothing."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from insession.comments import Refusal, files

TIME = "%Y-%m-%dT%H:%M:%SZ"  # how a time is stored: UTC, to the second
SQL_NOW = f"strftime('{TIME}', 'now')"
PLAUSIBLE = (
    f"(strftime('{TIME}', {{0}}, '+0 days') IS {{0}} AND {{0}} >= '1970' "
    f"AND {{0}} <= strftime('{TIME}', 'now', '+1 day'))"
)
# Dates that an earlier blog or a damaged backup brought along, such as the year 1.
MEND_DATES = tuple(
    f"UPDATE {table} SET {column} = {SQL_NOW} WHERE NOT {PLAUSIBLE.format(column)}"  # noqa: S608
    for table, column in (("comment", "created"), ("comment", "decided"), ("outbox", "created"))
)
MIGRATIONS = (  # one tuple of statements for each version; append, never change
    (
        """CREATE TABLE comment (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            thread TEXT NOT NULL,
            parent INTEGER,
            name TEXT NOT NULL,
            body TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('pending', 'published', 'kept')),
            by_author INTEGER NOT NULL DEFAULT 0,
            created TEXT NOT NULL,
            decided TEXT,
            withdraw TEXT UNIQUE
        )""",
        "CREATE INDEX comment_by_status ON comment (status, thread)",
        """CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            comment INTEGER REFERENCES comment ON DELETE CASCADE,
            message_id TEXT NOT NULL UNIQUE,
            subject TEXT NOT NULL,
            body TEXT NOT NULL,
            created TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            next_try REAL NOT NULL DEFAULT 0,
            sent TEXT
        )""",
        "CREATE INDEX outbox_by_comment ON outbox (comment)",
        "CREATE INDEX outbox_waiting ON outbox (next_try) WHERE sent IS NULL",
        "CREATE TABLE visit (address TEXT, thread TEXT, said TEXT, at REAL)",
        "CREATE INDEX visit_by_address ON visit (address, at)",
        "CREATE INDEX visit_by_thread ON visit (thread, at)",
        "CREATE TABLE salt (day TEXT PRIMARY KEY, value BLOB NOT NULL)",
        "CREATE TABLE erased (id INTEGER NOT NULL, at TEXT NOT NULL)",
    ),
    ("DROP TABLE visit", "DROP TABLE salt"),  # kept in memory alone: rate_limits.py
    (
        """CREATE TABLE block (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind IN ('host', 'network', 'word')),
            value TEXT NOT NULL,
            salt BLOB,
            since REAL NOT NULL,
            until REAL NOT NULL
        )""",
        "ALTER TABLE outbox ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE outbox ADD COLUMN held INTEGER NOT NULL DEFAULT 0",
    ),
    (
        *MEND_DATES,
        "ALTER TABLE comment ADD COLUMN arrived TEXT",  # here, not at an earlier blog
        # Every comment that was there once, and isn't any more: insession/comments/removed.py
        "CREATE TABLE removed (id INTEGER, created TEXT, at TEXT NOT NULL, UNIQUE (id, created))",
        "INSERT INTO removed SELECT DISTINCT id, NULL, max(at) FROM erased GROUP BY id",
        "DROP TABLE erased",
        "CREATE TABLE identity (value TEXT NOT NULL)",
        "INSERT INTO identity SELECT lower(hex(randomblob(8)))",
        # How often something was forgotten, and up to where no trace of it is left (upkeep.py).
        "CREATE TABLE trace (due INTEGER NOT NULL, done INTEGER NOT NULL)",
        "INSERT INTO trace VALUES (1, 0)",
        f"""CREATE TRIGGER comment_removed AFTER DELETE ON comment BEGIN
            INSERT OR IGNORE INTO removed VALUES (OLD.id, OLD.created, {SQL_NOW});
            UPDATE trace SET due = due + 1;
        END""",  # noqa: S608  (our own words)
        f"""CREATE TRIGGER comment_changed AFTER UPDATE OF name, body ON comment
            WHEN OLD.name <> NEW.name OR OLD.body <> NEW.body BEGIN
            UPDATE outbox SET sent = {SQL_NOW}, subject = '', body = ''
                WHERE comment = NEW.id AND sent IS NULL;
            UPDATE trace SET due = due + 1;
        END""",  # noqa: S608
        """CREATE TRIGGER block_removed AFTER DELETE ON block BEGIN
            UPDATE trace SET due = due + 1;
        END""",
    ),
    (
        "CREATE INDEX comment_by_time ON comment (status, created, id)",
        """CREATE TABLE looked (
            comment INTEGER PRIMARY KEY REFERENCES comment ON DELETE CASCADE,
            danger INTEGER NOT NULL
        )""",
        "CREATE TABLE closed (thread TEXT PRIMARY KEY, at TEXT NOT NULL)",
    ),
    (
        "ALTER TABLE outbox ADD COLUMN refused TEXT",
        "CREATE INDEX outbox_by_time ON outbox (sent)",
    ),
    (  # a new comment has no part in what is only asked about mails that went out
        "DROP INDEX comment_by_status",  # comment_by_time does as well
        "DROP INDEX outbox_by_time",
        "CREATE INDEX outbox_by_time ON outbox (sent) WHERE sent IS NOT NULL",
    ),
)
PATIENCE = 5  # seconds for which one waits for another's lock
turn = threading.RLock()  # threads wait for each other here, in turn; processes in SQLite


def connect(path: Path) -> sqlite3.Connection:
    """Open the store, made or brought up to date if need be; only its owner may read it."""
    _make_private(path)
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    _write_ahead(connection)
    connection.execute("PRAGMA synchronous = FULL")
    prepare(connection)
    return connection


def prepare(connection: sqlite3.Connection) -> None:
    """Set what holds for every connection to a store, and bring the store up to date."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
    connection.execute("PRAGMA temp_store = MEMORY")  # and no copy is left in a file elsewhere
    _migrate(connection)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn the store to write-ahead logging.

    Where two turn a new store at once, SQLite refuses one of them without waiting, since both hold
    a lock that the other needs. (https://www.sqlite.org/c3ref/busy_handler.html)
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _make_private(path: Path) -> None:
    """Make the file, if there is none, so that only its owner may read it.

    One that is there must not be opened here: closing it would let go of every lock that this
    process has on it. (https://www.sqlite.org/howtocorrupt.html, 2.2)
    """
    with turn, suppress(FileExistsError):
        files.make_private(path)


def _migrate(connection: sqlite3.Connection) -> None:
    def version() -> int:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])

    if version() > len(MIGRATIONS):
        raise Refusal("These comments were kept by a newer In Session; update this one first.")
    if version() == len(MIGRATIONS):
        return
    with transaction(connection):
        for number, statements in enumerate(MIGRATIONS[version() :], version() + 1):
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing; a transaction within a transaction is part of it."""
    with turn:
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # SQLite may have rolled back by itself
                connection.execute("ROLLBACK")
            raise


def is_due(connection: sqlite3.Connection) -> bool:
    """Whether something was forgotten of which there may be traces in the files."""
    return bool(connection.execute("SELECT due > done FROM trace").fetchone()[0])


def sweep(connection: sqlite3.Connection) -> bool:
    """Leave in the files only what the tables hold; False while that can't be done.

    SQLite overwrites what is deleted, but not the copies of it that were made when rows moved
    from page to page; and a page that was written stays in the write-ahead log, until that is cut
    off, for which no one may be reading what was there before.
    """
    with turn:
        try:
            (due,) = connection.execute("SELECT due FROM trace").fetchone()
            if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                return False
            connection.execute("VACUUM")
            if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                return False
            connection.execute("UPDATE trace SET done = max(done, ?)", (due,))
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            return False
    return True


def now() -> str:
    """The time as it is stored."""
    return datetime.now(UTC).strftime(TIME)


def as_stored(at: float) -> str:
    """A time in seconds, as it is stored."""
    return datetime.fromtimestamp(at, UTC).strftime(TIME)


def moment(stored: str) -> datetime:
    """The time that is stored."""
    return datetime.strptime(stored, TIME).replace(tzinfo=UTC)


def plausible(stored: str | None) -> str:
    """The time that is stored, or now if it can't be the time of a comment."""
    try:
        at = moment(stored or "")
    except ValueError:
        return now()
    is_real = at.year >= 1970 and at <= datetime.now(UTC) + timedelta(days=1)
    return at.strftime(TIME) if is_real else now()
