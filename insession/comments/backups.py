"""Backups of the store: made while the service runs, brought back while it doesn't."""

import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from insession.comments import Refusal, files, hidden, published_writer, removed, store
from insession.comments.cli_support import counted, listed, opened, tell_to_wait
from insession.comments.config import Config
from insession.comments.database import MEND_DATES, MIGRATIONS, TIME, prepare, sweep
from insession.comments.removed import Removed, open_read_only
from insession.comments.site_manifest import SiteManifest
from insession.common.atomic_file import replace_file, sync_file, sync_folder
from insession.common.locks import alone, hold

TABLES = {"comment", "outbox"}
NAMES = "comments-2*.sqlite3"


def backup(config: Config, to: str = "", keep_days: int = 0) -> None:
    """Copy the store into a file named by the moment, and say beside it what was removed.

    With `keep_days`, backups that are older go, once the new one is there and whole.
    """
    folder = Path(to) if to else config.folder / "backups"
    if keep_days < 0:
        raise Refusal("--keep-days takes a number of days, such as 60.")
    with opened(config) as connection:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with alone(config.folder / "backup.lock"):
            earlier = sorted(folder.glob(NAMES))
            since = _moment_of(earlier[-1]) if earlier else None
            with store.transaction(connection):
                removed.write_down(connection)
            sql = "SELECT DISTINCT id FROM removed WHERE at >= ? ORDER BY id"
            rows = connection.execute(sql, (since.strftime(TIME) if since else "",)).fetchall()
            path = _free(folder, "comments")
            _copy(connection, path)
    numbers = listed(row[0] for row in rows)
    note = f"Withdrawn, deleted or erased since the last backup: {numbers or 'nothing'}.\n"
    note += "Backups older than this one still hold what was removed.\n"
    replace_file(path.with_suffix(".txt"), note.encode(), 0o600)
    print(f"The backup is {path}.")
    print("Keep a copy of it on another machine: it is no help if it is lost with this one.")
    if numbers:
        print(f"Withdrawn, deleted or erased since the last backup: {numbers}.")
        print("Older backups still hold that; delete them when you can do without them.")
    if keep_days:
        _remove_old(folder, keep_days, path)


def restore(config: Config, file: str, yes: bool = False) -> None:
    """Put a backup in the place of the store; what was there stays beside it.

    What was withdrawn, deleted, erased, struck out or taken off the page stays so. `yes` restores
    even if what was removed isn't known.
    """
    path = Path(file)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as prepared:
        _read(path, prepared)
        config.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = hold(config.lock)
        if not held:
            raise Refusal(_stop(config))
        with held, alone(config.store_lock, tell_to_wait):
            beside, unsure, changed = _put_in_place(config, path, prepared, yes)
        count = prepared.execute("SELECT count(*) FROM comment").fetchone()[0]
    print(f"Restored {counted(count, 'comment')} from {path}.")
    if beside:
        print(f"What was there before is kept in {beside}; delete it when you are sure.")
    if changed:
        print(f"Taken off the page or struck out since, which stays so: {listed(changed)}.")
    if unsure:
        print(unsure)
        print("Remove again what you know of: “comments.delete” and its number.")
    print(f"Now start {'the preview' if _is_preview(config) else 'the service'} again.")


def _put_in_place(
    config: Config, path: Path, prepared: sqlite3.Connection, yes: bool
) -> tuple[Path | None, str, list[int]]:
    """Put a backup that was read into the place of the store.

    Returns where that is kept now, what isn't known, and what was hidden since.
    """
    known, last = _what_is_known(config)
    is_known = removed.identity(prepared) in known.stores
    unsure = "" if is_known else _unsure(path, prepared)
    is_new = not last and not _is_damaged(config)  # a machine on which there were no comments yet
    if unsure and not is_new and not yes:
        how = "If you want that all the same, type --yes behind the command."
        raise Refusal(f"{unsure}\n{how}")
    prepare(prepared)
    known |= _what_backups_know(config, path) | removed.stored(prepared)
    _bring_up_to_date(prepared, known, last)
    changed = _hide_again(config, prepared)
    beside = _keep_the_present(config)
    removed.write(config.folder, known)
    with closing(store.connect(config.database)) as connection:
        prepared.backup(connection)
    with closing(store.connect(config.database)) as connection:
        sweep(connection)
        published_writer.write(connection, config)
    return beside, unsure, changed


def _stop(config: Config) -> str:
    what = "Comments that arrive meanwhile would be lost."
    if _is_preview(config):
        return f"The preview is running. {what} End it first (Ctrl-C in its window)."
    return (
        f"The comments service is running. {what} Stop it first:\n"
        "    sudo systemctl stop insession-comments\n"
        "(with containers: sudo docker compose --file deploy/compose.yaml stop comments),\n"
        "restore, and start it again."
    )


def _is_preview(config: Config) -> bool:
    return config.url.startswith(("http://127.0.0.1", "http://localhost"))


def _unsure(path: Path, prepared: sqlite3.Connection) -> str:
    sql = "SELECT count(*) FROM comment WHERE status = 'published'"
    published = counted(prepared.execute(sql).fetchone()[0], "published comment")
    return (
        f"What was withdrawn or deleted after {path.name} was made isn't known here: the list of "
        f"it ({removed.NAME}) is lost, or doesn't belong to this backup. Such comments come back "
        f"with it; it holds {published}."
    )


def _read(path: Path, prepared: sqlite3.Connection) -> None:
    """Read a backup into memory. Raises Refusal if it isn't a whole backup of comments."""
    try:
        path.open("rb").close()
    except OSError as error:
        if not isinstance(error, PermissionError) or path.is_dir():  # Windows says so of a folder
            raise Refusal(f"There is no file {path}.") from None
        raise Refusal(
            f"{path} belongs to another user, and who keeps the comments can't read it.\n"
            "On a server, copy it into /var/lib/insession and type:\n"
            f"    sudo chown insession /var/lib/insession/{path.name}"
        ) from None
    try:
        with closing(open_read_only(path)) as source:
            names = {row[0] for row in source.execute("SELECT name FROM sqlite_master")}
            version = source.execute("PRAGMA user_version").fetchone()[0]
            if not names >= TABLES or not 0 < version <= len(MIGRATIONS):
                raise Refusal(f"{path} is not a backup of this blog's comments.")
            checked = source.execute("PRAGMA integrity_check").fetchone()[0]
            largest = source.execute("SELECT max(abs(id)) FROM comment").fetchone()[0] or 0
            if checked != "ok" or largest >= store.MOST_ID:
                raise Refusal(f"{path} is damaged; nothing was changed.")
            source.backup(prepared)
    except sqlite3.DatabaseError:
        raise Refusal(f"{path} is not a backup, or is damaged; nothing was changed.") from None


def _what_is_known(config: Config) -> tuple[Removed, int]:
    """Return what was removed, as the file and the present store say, and the last id given."""
    known, last = removed.read(config.folder), 0
    if config.database.is_file() and not _is_damaged(config):
        with closing(store.connect(config.database)) as connection:
            known |= removed.stored(connection)
            sql = "SELECT seq FROM sqlite_sequence WHERE name = 'comment'"
            last = (connection.execute(sql).fetchone() or (0,))[0]
    return known, max([last, *(row[0] for row in known.rows)])


def _is_damaged(config: Config) -> bool:
    """Whether there is a store that can't be read, which may be why she restores."""
    if not config.database.is_file():
        return False
    try:
        with closing(sqlite3.connect(config.database)) as connection:
            (said,) = connection.execute("PRAGMA integrity_check").fetchone()
            return bool(said != "ok")
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return True


def _what_backups_know(config: Config, path: Path) -> Removed:
    """Return what was removed, as backups say that lie beside this one or in their usual place."""
    known = Removed(frozenset(), frozenset())
    for folder in {path.resolve().parent, config.folder / "backups"}:
        for other in folder.glob(NAMES):
            known |= removed.of_file(other)
    return known


def _bring_up_to_date(prepared: sqlite3.Connection, known: Removed, last: int) -> None:
    """Take out what was removed since, mend dates, and give no id twice."""
    with store.transaction(prepared):
        removed.add(prepared, known.rows)
        for statement in MEND_DATES:
            prepared.execute(statement)
        sql = "SELECT max(seq) FROM sqlite_sequence WHERE name = 'comment'"
        last = max(last, prepared.execute(sql).fetchone()[0] or 0)
        prepared.execute("DELETE FROM sqlite_sequence WHERE name = 'comment'")
        prepared.execute("INSERT INTO sqlite_sequence VALUES ('comment', ?)", (last,))


def _hide_again(config: Config, prepared: sqlite3.Connection) -> list[int]:
    """Hide what she has hidden since the backup; return the comments that this changes."""
    if _is_damaged(config):
        articles = published_writer.articles(
            SiteManifest(config.site, config.site_url), config.approved
        )
        now = hidden.of_approved(config.approved, prepared, articles)
    elif config.database.is_file():
        with closing(store.connect(config.database)) as connection:
            now = hidden.of_store(connection)
    else:
        now = {}
    with store.transaction(prepared):
        changed = hidden.hide(prepared, now)
    prepared.execute("VACUUM")
    return changed


def _keep_the_present(config: Config) -> Path | None:
    """Save what is there now, and return where."""
    if not config.database.is_file():
        return None
    beside = _free(config.folder, "comments-before-restore")
    if _is_damaged(config):
        for end in ("", "-wal", "-shm"):  # put aside as it is
            part = config.database.with_name(config.database.name + end)
            if part.exists():
                part.rename(beside.with_name(beside.name + end))
        return beside
    with closing(store.connect(config.database)) as connection:
        _copy(connection, beside)
    return beside


def _copy(connection: sqlite3.Connection, path: Path) -> None:
    """Copy the store into one new file, which is there under its name only if it is whole."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        files.make_private(part)
        connection.execute("VACUUM INTO ?", (str(part),))
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, that can be carried away
            copy.execute("DELETE FROM block WHERE kind <> 'word'")  # they tell of addresses
            copy.execute("VACUUM")
            if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("the copy isn't whole")
        sync_file(part)
        part.replace(path)
        sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _remove_old(folder: Path, days: int, newest: Path) -> None:
    """Remove the backups that are older, and what is said beside them; never the newest."""
    oldest = datetime.now(UTC) - timedelta(days=days)
    old = [p for p in sorted(folder.glob(NAMES)) if p != newest and _is_before(p, oldest)]
    for path in old:
        path.unlink()
        path.with_suffix(".txt").unlink(missing_ok=True)
    if old:
        print(f"{counted(len(old), 'backup')} older than {counted(days, 'day')} deleted.")


def _is_before(path: Path, moment: datetime) -> bool:
    made = _moment_of(path)
    return made is not None and made < moment


def _moment_of(path: Path) -> datetime | None:
    """When a backup was made, from its name."""
    try:
        made = datetime.strptime(path.stem, "comments-%Y-%m-%d-%H%M%S")
    except ValueError:
        return None
    return made.replace(tzinfo=UTC)


def _free(folder: Path, name: str) -> Path:
    """A file named by the second in which nothing else was."""
    while (path := folder / f"{name}-{_moment()}.sqlite3").exists():
        time.sleep(0.1)
    return path


def _moment() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S")
