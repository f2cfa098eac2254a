"""A restore brings back what was there, and nothing that was withdrawn, deleted or erased."""

import dataclasses
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from insession.comments import (
    Refusal,
    backups,
    cli_support,
    commands,
    published_writer,
    removed,
    signed_links,
    store,
)
from insession.comments.config import Config
from tests.comments.running import HERE, NO_LIMITS, SECRET, Running, until, write_site

KEPT, WITHDRAWN, DELETED, ERASED, PURGED = "Stays.", "Withdrawn.", "Deleted.", "Erased.", "Purged."
LONG_AGO = "2020-01-01T00:00:00Z"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A store that was just made, beside a site."""
    made = Config(
        HERE, SECRET, HERE, frozenset({HERE}), tmp_path / "comments", write_site(tmp_path)
    )
    made.folder.mkdir(mode=0o700)
    store.connect(made.database).close()
    return made


def write(config: Config, body: str, status: str = "published") -> int:
    """Store a comment with its mail, which isn't sent; its token is its text."""
    with closing(store.connect(config.database)) as connection:
        number = store.add(
            connection,
            "silence",
            None,
            "Ada",
            body,
            withdraw_hash=signed_links.withdraw_hash(body),
            write_mail=lambda comment: ("A comment", comment.body, False),
        )
        store.decide(connection, number, status)
    return number


def withdraw(config: Config, body: str) -> None:
    with closing(store.connect(config.database)) as connection:
        assert store.withdraw(connection, signed_links.withdraw_hash(body))


def bodies(config: Config) -> set[str]:
    with closing(store.connect(config.database)) as connection:
        return {row["body"] for row in store.export(connection)}


def age(config: Config, number: int) -> None:
    """Let a comment be kept since long ago."""
    with closing(store.connect(config.database)) as connection:
        sql = "UPDATE comment SET decided = ?1, arrived = ?1 WHERE id = ?2"
        connection.execute(sql, (LONG_AGO, number))


def latest(config: Config) -> str:
    return str(max((config.folder / "backups").glob("*.sqlite3")))


def remove_in_each_way(config: Config) -> dict[str, int]:
    """Publish, back up, then remove one comment in each way; return them all by their text."""
    numbers = {text: write(config, text) for text in (KEPT, WITHDRAWN, DELETED, ERASED)}
    numbers[PURGED] = write(config, PURGED, "kept")
    age(config, numbers[PURGED])
    commands.backup(config)
    withdraw(config, WITHDRAWN)
    commands.delete(config, str(numbers[DELETED]))
    commands.erase(config, str(numbers[ERASED]))
    commands.purge(config, 30)
    return numbers


def test_what_was_removed_in_any_way_does_not_come_back(
    config: Config, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([f"2026-01-0{n}-000000" for n in range(1, 9)])
    monkeypatch.setattr("insession.comments.backups._moment", lambda: next(moments))
    numbers = remove_in_each_way(config)
    assert bodies(config) == {KEPT}
    backup = latest(config)
    for _ in range(2):
        commands.restore(config, backup)
        assert bodies(config) == {KEPT}
        shown = json.loads(config.approved.read_text("utf-8"))["threads"]["silence"]
        assert [comment["body"] for comment in shown] == [KEPT]
        with closing(sqlite3.connect(config.database)) as connection:
            mails = connection.execute("SELECT comment FROM outbox").fetchall()
        assert mails == [(numbers[KEPT],)], "the mail about what is gone is gone too"
    commands.backup(config)
    note = Path(latest(config)).with_suffix(".txt").read_text("utf-8")
    gone = sorted(number for text, number in numbers.items() if text != KEPT)
    assert ", ".join(map(str, gone)) in note


@pytest.mark.parametrize("way", ["delete", "erase", "keep", "purge"])
def test_what_she_does_while_a_backup_is_brought_back_is_not_lost(
    config: Config, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stays = write(config, KEPT)
    number = write(config, DELETED, "kept" if way == "purge" else "published")
    age(config, number)
    commands.backup(config)
    act = partial(getattr(commands, way), config, 30 if way == "purge" else str(number))
    hers = threading.Thread(target=act)
    waits = threading.Event()
    keep_the_present = backups._keep_the_present

    def at_the_worst_moment(config: Config) -> Path | None:
        """When the list of what was removed has been read, and not been written yet."""
        hers.start()
        until(lambda: waits.is_set() or not hers.is_alive())
        return keep_the_present(config)

    monkeypatch.setattr(backups, "_keep_the_present", at_the_worst_moment)
    monkeypatch.setattr(cli_support, "tell_to_wait", waits.set, raising=False)
    commands.restore(config, latest(config))
    hers.join()
    shown = json.loads(config.approved.read_text("utf-8"))["threads"]["silence"]
    assert [comment["id"] for comment in shown] == [stays]
    assert way == "keep" or bodies(config) == {KEPT}
    known = {row[0] for row in removed.read(config.folder).rows}
    assert known == (set() if way == "keep" else {number})


@pytest.mark.parametrize("damaged", [False, True], ids=["whole store", "damaged store"])
def test_what_was_taken_off_the_page_or_struck_out_is_not_shown_again(
    config: Config, damaged: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    stays = write(config, KEPT)
    taken_off, struck = write(config, "Taken off."), write(config, "My boss Daniel shouts.")
    commands.backup(config)
    commands.keep(config, str(taken_off))
    with closing(store.connect(config.database)) as connection:
        store.rewrite(connection, struck, "Ada", "My boss […] shouts.")
        published_writer.write(connection, config)
    shown = config.approved.read_bytes()
    if damaged:
        config.database.write_bytes(b"SQLite format 3\0" + b"damaged" * 1000)
    capsys.readouterr()
    commands.restore(config, latest(config))
    assert config.approved.read_bytes() == shown
    assert b"Taken off" not in shown and b"Daniel" not in config.database.read_bytes()
    assert f"{taken_off}, {struck}." in capsys.readouterr().out
    with closing(store.connect(config.database)) as connection:
        status = {row["id"]: row["status"] for row in store.export(connection)}
    assert status == {stays: "published", taken_off: "kept", struck: "published"}


def test_a_name_struck_out_in_the_backup_does_not_return_from_an_older_store(
    config: Config, tmp_path: Path
) -> None:
    number = write(config, "My boss Daniel shouts.")
    commands.backup(config, str(tmp_path / "first"))
    with closing(store.connect(config.database)) as connection:
        store.rewrite(connection, number, "Ada", "My boss […] shouts.")
    commands.backup(config, str(tmp_path / "second"))
    first, second = (next((tmp_path / n).glob("*.sqlite3")) for n in ("first", "second"))
    config.database.unlink()
    commands.restore(config, str(first), yes=True)
    assert bodies(config) == {"My boss Daniel shouts."}, "of what is lost nothing is known"
    commands.restore(config, str(second))
    assert bodies(config) == {"My boss […] shouts."}


def test_what_was_removed_is_remembered_by_ids_and_times_alone(config: Config) -> None:
    numbers = remove_in_each_way(config)
    text = (config.folder / removed.NAME).read_text("utf-8")
    rows = json.loads(text)["removed"]
    assert {row[0] for row in rows} == {numbers[t] for t in numbers if t != KEPT}
    assert all(store.moment(row[1]) and store.moment(row[2]) for row in rows)
    assert not any(word in text for word in (WITHDRAWN, DELETED, ERASED, PURGED, "Ada", "silence"))
    if os.name == "posix":
        assert (config.folder / removed.NAME).stat().st_mode & 0o077 == 0


def test_it_is_remembered_when_the_store_itself_is_lost(config: Config) -> None:
    remove_in_each_way(config)
    config.database.write_bytes(b"damaged beyond repair " * 400)
    commands.restore(config, latest(config))
    assert bodies(config) == {KEPT}
    for path in config.folder.glob("comments.sqlite3*"):
        path.unlink()
    commands.restore(config, latest(config))
    assert bodies(config) == {KEPT}


@pytest.mark.parametrize("damage", ["", "{", '{"version": 1, "removed": [[1]]}', "[]", None])
def test_it_is_remembered_when_the_list_beside_the_store_is_lost(
    config: Config, damage: str | None
) -> None:
    remove_in_each_way(config)
    file = config.folder / removed.NAME
    file.unlink() if damage is None else file.write_text(damage)
    commands.restore(config, latest(config))
    assert bodies(config) == {KEPT}
    assert len(removed.read(config.folder).rows) == 4, "the list is whole again"


def test_when_both_are_lost_nothing_comes_back_without_a_word(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    remove_in_each_way(config)
    (config.folder / removed.NAME).unlink()
    config.database.write_bytes(b"damaged beyond repair " * 400)
    with pytest.raises(Refusal, match="isn't known here"):
        commands.restore(config, latest(config))
    assert config.database.read_bytes().startswith(b"damaged"), "nothing was changed"
    commands.restore(config, latest(config), True)
    assert WITHDRAWN in bodies(config)
    assert "isn't known here" in capsys.readouterr().out


def test_on_a_new_machine_it_is_said_that_removals_are_not_known(
    config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remove_in_each_way(config)
    new = dataclasses.replace(config, folder=tmp_path / "new")
    commands.restore(new, latest(config))
    assert "4 published comments" in capsys.readouterr().out


def test_the_list_that_is_brought_along_counts_on_a_new_machine(
    config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remove_in_each_way(config)
    new = dataclasses.replace(config, folder=tmp_path / "new")
    new.folder.mkdir()
    store.connect(new.database).close()  # as the service has made it at its first start
    (new.folder / removed.NAME).write_bytes((config.folder / removed.NAME).read_bytes())
    commands.restore(new, latest(config))
    assert bodies(new) == {KEPT}
    assert "isn't known" not in capsys.readouterr().out


def test_a_later_backup_beside_it_knows_what_was_removed(config: Config, tmp_path: Path) -> None:
    remove_in_each_way(config)
    first = latest(config)
    until(lambda: commands.backup(config) or latest(config) != first)
    new = dataclasses.replace(config, folder=tmp_path / "new")
    commands.restore(new, first)
    assert bodies(new) == {KEPT}


def test_an_id_that_another_comment_has_by_now_removes_nothing(config: Config) -> None:
    write(config, KEPT)
    commands.backup(config)
    known = removed.read(config.folder)
    other = removed.Removed(known.stores, frozenset({(1, LONG_AGO, LONG_AGO)}))
    removed.write(config.folder, other)
    commands.restore(config, latest(config))
    assert bodies(config) == {KEPT}


def test_a_backup_put_in_place_by_hand_publishes_nothing_that_is_gone(
    start: Callable[..., Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    running = start()
    for name, value in running.environ.items():
        monkeypatch.setenv(name, value)
    config = commands.on_server()
    number = write(config, WITHDRAWN)
    commands.backup(config)
    commands.delete(config, str(number))
    running.stop()
    for path in running.data.glob("comments.sqlite3-*"):
        path.unlink()
    config.database.write_bytes(Path(latest(config)).read_bytes())
    running.start()
    assert WITHDRAWN not in running.get("/comments/approved.json").text
    assert running.stored(WITHDRAWN) == []


def test_a_deletion_that_a_crash_interrupted_is_finished_at_the_next_start(
    start: Callable[..., Running],
) -> None:
    running = start()
    assert running.post(WITHDRAWN).status == 303
    running.kill()
    row = running.rows("SELECT id, created, created FROM comment")[0]
    known = removed.read(running.data)
    removed.write(running.data, removed.Removed(known.stores, frozenset({row})))
    running.start()
    assert running.stored(WITHDRAWN) == []


def test_a_backup_that_belongs_to_another_user_is_not_called_damaged(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a copy by root; these tests may be root's, for whom no file is closed."""
    write(config, KEPT)
    commands.backup(config)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refuse)
        with pytest.raises(Refusal, match=r"(?s)another user.*sudo chown insession"):
            commands.restore(config, latest(config))
    with pytest.raises(Refusal, match="There is no file"):
        commands.restore(config, str(config.folder / "backups"))
    commands.restore(config, latest(config))


def refuse(path: Path, *args: object) -> None:
    """Stand where the system refuses to open a file."""
    raise PermissionError(13, "Permission denied", str(path))


def test_restoring_is_refused_while_the_service_runs_and_after_a_kill_it_is_not(
    start: Callable[..., Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    running = start()
    assert running.post("In the backup.").status == 303
    for name, value in running.environ.items():
        monkeypatch.setenv(name, value)
    config = commands.on_server()
    commands.backup(config)
    assert running.post("After the backup.").status == 303
    with pytest.raises(Refusal, match="sudo systemctl stop insession-comments"):
        commands.restore(config, latest(config))
    assert running.stored("After the backup.")
    assert running.post("Still taken.").status == 303
    running.kill()
    commands.restore(config, latest(config))
    running.start()
    assert bodies(config) == {"In the backup."}
    assert running.post("After the restore.").status == 303
    assert running.stored("After the restore.")


def test_a_second_service_in_the_same_folder_is_refused(start: Callable[..., Running]) -> None:
    running = start()
    code = "import os\nfrom insession.comments import config, server\n"
    code += "server.serve(config.from_environment(os.environ), port=0)"
    second = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | running.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Another comments service" in second.stderr
    assert running.get("/comments/health").status == 200


def test_dates_and_ids_that_can_not_be_are_mended_or_refused(config: Config) -> None:
    wrong = [
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "yesterday",
        "",
        "2026-02-31T00:00:00Z",
    ]
    for text in wrong:
        number = write(config, f"Of {text}.")
        with closing(sqlite3.connect(config.database)) as connection, connection:
            sql = "UPDATE comment SET created = ?1, decided = ?1 WHERE id = ?2"
            connection.execute(sql, (text, number))
    commands.backup(config)
    commands.restore(config, latest(config))
    assert len(bodies(config)) == len(wrong)
    shown = json.loads(config.approved.read_text("utf-8"))["threads"]["silence"]
    assert all(1970 <= store.moment(comment["created"]).year < 2100 for comment in shown)
    with closing(sqlite3.connect(latest(config))) as connection, connection:
        connection.execute("UPDATE comment SET id = 9223372036854775807 WHERE id = 1")
    with pytest.raises(Refusal, match="damaged"):
        commands.restore(config, latest(config))


@pytest.mark.parametrize("typed", ["99999999999999999999", "9" * 5000, "9223372036854775808"])
@pytest.mark.parametrize("duty", [commands.publish, commands.keep, commands.delete, commands.erase])
def test_a_number_that_no_comment_can_have_is_refused_in_words(
    config: Config, typed: str, duty: Callable[[Config, str], None]
) -> None:
    with pytest.raises(Refusal, match="There is no comment 9"):
        duty(config, typed)


@pytest.mark.skipif(os.name != "posix", reason="Windows can't limit the size of a file")
def test_a_backup_that_fails_leaves_no_file_and_no_older_one_is_deleted(config: Config) -> None:
    for number in range(40):
        write(config, f"Comment {number}. " * 60)
    commands.backup(config)
    (good,) = (config.folder / "backups").glob("*.sqlite3")
    good.rename(good.with_name("comments-2020-01-01-000000.sqlite3"))
    code = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
    code += "import os; from insession.comments import commands, config\n"
    code += "commands.backup(config.from_environment(os.environ), '', 30)"
    environ = {"INSESSION_SITE_URL": HERE, "INSESSION_COMMENTS_FOLDER": str(config.folder)}
    failed = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | environ, capture_output=True, check=False
    )
    assert failed.returncode
    left = sorted(path.name for path in (config.folder / "backups").iterdir())
    assert [n for n in left if ".sqlite3" in n] == ["comments-2020-01-01-000000.sqlite3"]
    commands.backup(config, "", 30)
    (only,) = (config.folder / "backups").glob("*.sqlite3")
    assert only.name > "comments-2021"


def test_a_full_disk_is_said_in_words(config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    def fill(config: Config) -> None:
        with closing(store.connect(config.database)) as connection:
            connection.execute("PRAGMA max_page_count = 1")
            store.insert(connection, "silence", "", "word " * 100_000)

    assert commands.perform(fill, setup=lambda: config) == 1
    assert "The disk is full" in capsys.readouterr().err


def test_the_preview_is_a_running_service_too(config: Config, tmp_path: Path) -> None:
    write(config, KEPT)
    commands.backup(config)
    here = dataclasses.replace(config, url="http://127.0.0.1:8000")
    code = "import sys, time; from insession.common.locks import alone; from pathlib import Path\n"
    code += "with alone(Path(sys.argv[1])): print('held', flush=True); time.sleep(600)"
    holder = subprocess.Popen([sys.executable, "-c", code, config.lock], stdout=subprocess.PIPE)
    try:
        assert holder.stdout
        holder.stdout.readline()
        with pytest.raises(Refusal, match="Ctrl-C"):
            commands.restore(here, latest(config))
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.communicate()
    commands.restore(here, latest(config))


def test_purging_takes_only_what_has_waited_long_enough(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    for text, status in ((KEPT, "published"), ("Waits.", "pending"), ("Private.", "kept")):
        age(config, write(config, text, status))
        write(config, f"New: {text}", status)
    with closing(store.connect(config.database)) as connection:  # old, but here since today
        store.insert(connection, "silence", "", "Imported.", created="2016-01-01T00:00:00Z")
    with pytest.raises(Refusal, match="--days"):
        commands.purge(config, 0)
    commands.purge(config, 365)
    new = {f"New: {text}" for text in (KEPT, "Waits.", "Private.")}
    assert bodies(config) == {KEPT, "Imported.", *new}
    printed = capsys.readouterr().out
    assert "1 comment that waited" in printed
    assert "1 comment that you had kept" in printed


def test_what_was_withdrawn_just_before_a_kill_stays_gone(
    start: Callable[..., Running], monkeypatch: pytest.MonkeyPatch, thorough: bool
) -> None:
    running = start(NO_LIMITS)
    for name, value in running.environ.items():
        monkeypatch.setenv(name, value)
    config = commands.on_server()
    tokens = {}
    for number in range(20 if thorough else 4):
        answer = running.post(f"Comment {number} of some words.")
        tokens[number] = answer.headers["Location"].partition("?w=")[2]
    commands.publish(config, ",".join(str(number + 1) for number in tokens))
    commands.backup(config)
    for token in tokens.values():
        assert running.submit("/comments/withdraw", {"t": token}).status == 200
        running.kill()
        running.start()
    assert running.count() == 0
    running.kill()
    commands.restore(config, latest(config))
    assert bodies(config) == set()
    assert json.loads(config.approved.read_text("utf-8"))["threads"] == {}
