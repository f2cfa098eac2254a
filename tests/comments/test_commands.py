"""What she can do from a terminal, against a real store and, where it counts, a real service."""

import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from insession.cli.main import read_commands, run, together
from insession.comments import Refusal, commands, mail, outbox, signed_links, store
from insession.comments.config import Config, Mail
from insession.comments.site_manifest import SiteManifest
from insession.common.locks import hold
from tests.comments.running import SECRET, Running, write_site
from tests.support import ROOT

HERE = "https://blog.example.org"
posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files")


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A site with articles, an empty store, and mail that goes into a folder."""
    made = Config(
        site_url=HERE,
        secret=SECRET,
        url=HERE,
        origins=frozenset({HERE}),
        folder=tmp_path / "comments",
        site=write_site(tmp_path),
        mail=Mail("blog@example.org", "hannah@example.org", folder=tmp_path / "comments" / "mail"),
    )
    made.folder.mkdir(mode=0o700)
    store.connect(made.database).close()
    return made


def write(config: Config, body: str, name: str = "Ada", parent: int | None = None) -> int:
    """Store a comment as the service does, with its mail written and delivered."""
    thread = SiteManifest(config.site, config.site_url).about().threads["silence"]
    with closing(store.connect(config.database)) as connection:
        number = store.add(
            connection,
            thread.id,
            parent,
            name,
            body,
            withdraw_hash=signed_links.withdraw_hash(signed_links.new_withdraw_token()),
            write_mail=lambda comment: mail.written(config, comment, thread),
        )
        outbox.work_outbox(connection, config)
    return number


def rows(config: Config) -> dict[int, dict[str, Any]]:
    with closing(store.connect(config.database)) as connection:
        return {row["id"]: row for row in store.export(connection)}


def exported(config: Config, tmp_path: Path) -> bytes:
    file = tmp_path / f"export-{time.monotonic_ns()}.json"
    commands.export(config, str(file), "")
    return file.read_bytes()


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def command(*typed: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Type a command, inside the virtual environment of these tests."""
    code = "import sys; from insession.cli.main import run; sys.exit(run(sys.argv[1:]))"
    clean = {name: value for name, value in os.environ.items() if "INSESSION" not in name}
    return subprocess.run(
        [sys.executable, "-c", code, *typed],
        cwd=ROOT,
        env=clean | environ,
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


# The commands


def test_every_comments_command_is_listed_with_one_line_and_can_be_typed() -> None:
    listed = {name: line for name, line in read_commands().items() if name.startswith("comments")}
    assert set(listed) == {
        "comments",
        *(
            f"comments.{word}"
            for word in "publish keep delete reply queue export erase purge".split()
        ),
        *(f"comments.{word}" for word in "backup restore import serve".split()),
    }
    assert all(line and "\n" not in line for line in listed.values())
    shown = subprocess.run(
        [sys.executable, "-c", "import tasks; print(*tasks.namespace.task_names)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    typed = {name.removesuffix(".list") for name in shown if name.startswith("comments")}
    assert typed == set(listed)


def test_what_the_guide_does_every_night_works_as_it_stands_there(config: Config) -> None:
    write(config, "Waits since today.")
    guide = (ROOT / "docs" / "server.md").read_text("utf-8")
    nightly = re.findall(r"/usr/local/bin/insession (comments\..+) >/dev/null", guide)
    assert len(nightly) == 2
    for line in [*nightly, "comments.backup", "comments.export --number 1"]:
        done = command(*line.split(), INSESSION_COMMENTS_FOLDER=str(config.folder))
        assert (done.returncode, done.stderr) == (0, b""), line
    for line in ("comments.purge", "comments.purge --days 0"):
        refused = command(*line.split(), INSESSION_COMMENTS_FOLDER=str(config.folder))
        assert refused.returncode == 1, line
        assert b"--days" in refused.stderr and b"Traceback" not in refused.stderr, line
    assert rows(config)


def test_numbers_can_be_typed_one_after_the_other() -> None:
    assert together(["comments.erase", "3", "7", "12"]) == ["comments.erase", "3,7,12"]
    assert together(["preview", "--port", "8001"]) == ["preview", "--port", "8001"]


def test_commands_work_as_typed_and_say_no_in_a_sentence(config: Config) -> None:
    one, two = write(config, "The first."), write(config, "The second.")
    environ = {
        "INSESSION_SITE_URL": HERE,
        "INSESSION_SECRET": SECRET,
        "INSESSION_COMMENTS_FOLDER": str(config.folder),
        "INSESSION_SITE_FOLDER": str(config.site),
    }
    shown = command("comments", **environ)
    assert shown.returncode == 0, shown.stderr
    assert "The first." in shown.stdout.decode()
    done = command("comments.publish", str(one), str(two), **environ)
    assert done.returncode == 0, done.stderr
    assert {row["status"] for row in rows(config).values()} == {"published"}
    missing = command("comments.publish", "99", **environ)
    assert missing.returncode == 1
    assert missing.stderr.decode().strip() == "There is no comment 99."
    wrong = command("comments.delete", "all", **environ)
    assert wrong.returncode == 1
    assert "not the number of a comment" in wrong.stderr.decode()
    assert len(rows(config)) == 2


def test_serving_without_a_secret_is_refused(config: Config) -> None:
    environ = {
        "INSESSION_SITE_URL": HERE,
        "INSESSION_COMMENTS_FOLDER": str(config.folder),
        "INSESSION_SITE_FOLDER": str(config.site),
    }
    answer = command("comments.serve", **environ)
    assert answer.returncode == 1
    assert "INSESSION_SECRET is missing" in answer.stderr.decode()
    assert "Traceback" not in answer.stderr.decode()
    answer = command("comments.serve")
    assert answer.returncode == 1
    assert "INSESSION_SITE_URL" in answer.stderr.decode()


def test_where_no_comments_are_it_is_said_and_no_file_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"
    for typed in (["comments"], ["comments.publish", "1"], ["comments.backup"]):
        answer = command(*typed, INSESSION_COMMENTS_FOLDER=str(folder))
        assert answer.returncode == 1
        assert "There are no comments yet" in answer.stderr.decode()
    assert not folder.exists()


def test_a_damaged_store_is_told_in_words(config: Config) -> None:
    config.database.write_bytes(b"not a database at all" * 500)
    answer = command("comments", INSESSION_COMMENTS_FOLDER=str(config.folder))
    assert answer.returncode == 1
    assert "damaged" in answer.stderr.decode()
    assert "Traceback" not in answer.stderr.decode()


# Reading and deciding


def test_the_list_shows_what_waits_and_on_request_everything(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    waits = write(config, "It waits.\n\nStill.", name="")
    seen = write(config, "It was seen.")
    commands.publish(config, str(seen))
    capsys.readouterr()
    commands.show(config, False)
    printed = capsys.readouterr().out
    assert f"{waits}  Anonymous" in printed
    assert "to “Why silence helps”" in printed
    assert "    Still." in printed
    assert "It was seen." not in printed
    assert "1 comment waits for you." in printed
    assert f"comments.publish {waits}" in printed
    commands.show(config, True)
    printed = capsys.readouterr().out
    assert "It was seen." in printed
    assert "(published)" in printed


def test_publishing_reaches_the_build_and_keeping_takes_it_back(config: Config) -> None:
    number = write(config, "Once public.")
    commands.publish(config, str(number))
    assert b"Once public." in config.approved.read_bytes()
    commands.keep(config, str(number))
    assert b"Once public." not in config.approved.read_bytes()
    assert rows(config)[number]["status"] == "kept"


def test_deleting_removes_it_everywhere_but_its_answers_stay(config: Config) -> None:
    number = write(config, "To be deleted.")
    commands.publish(config, str(number))
    answer = write(config, "An answer.", parent=number)
    commands.publish(config, str(answer))
    commands.delete(config, str(number))
    assert set(rows(config)) == {answer}
    approved = config.approved.read_bytes()
    assert b"To be deleted." not in approved
    assert b"An answer." in approved


def test_words_of_danger_are_marked_above_the_text_in_the_list(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    write(config, "i just wanna die")
    write(config, "I'm dying to read more.")
    commands.show(config, everything=False)
    marked, calm, *_ = capsys.readouterr().out.split("\n\n")
    assert marked.index("acute danger") < marked.index("i just wanna die")
    assert "danger" not in calm


def test_one_wrong_number_does_not_keep_the_right_ones_from_being_done(config: Config) -> None:
    number = write(config, "Right.")
    with pytest.raises(Refusal, match="There is no comment 98, 99"):
        commands.publish(config, f"98,{number},99")
    assert rows(config)[number]["status"] == "published"
    assert b"Right." in config.approved.read_bytes()


def test_her_answer_is_published_at_once_and_marked_as_hers(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = write(config, "A question?")
    with pytest.raises(Refusal, match="publish it first"):
        commands.reply(config, str(number), "Too early.")
    commands.publish(config, str(number))
    commands.reply(config, str(number), "An answer.")
    lines = iter(["Line one.\n", "\n", "Line two.\n", ".\n", "not this\n"])
    monkeypatch.setattr(sys.stdin, "readline", lambda: next(lines), raising=False)
    commands.reply(config, str(number), "")
    hers = [row for row in rows(config).values() if row["by_author"]]
    assert [row["body"] for row in hers] == ["An answer.", "Line one.\n\nLine two."]
    assert {row["name"] for row in hers} == {"Hannah Vale"}
    assert {row["parent"] for row in hers} == {number}
    assert b"Line two." in config.approved.read_bytes()


def test_while_she_writes_an_answer_other_commands_do_not_wait(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = write(config, "A question?")
    with pytest.raises(Refusal, match="publish it first"):
        commands.reply(config, str(number), "")  # which is known before she writes
    commands.publish(config, str(number))

    def write_slowly() -> str:
        free = hold(config.store_lock)
        assert free
        free.close()
        return "An answer."

    monkeypatch.setattr(commands, "_ask", write_slowly)
    commands.reply(config, str(number), "")
    assert "An answer." in {row["body"] for row in rows(config).values()}


def test_the_queue_link_opens_the_queue_of_the_running_service(
    start: Callable[..., Running],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    running = start()
    running.post("Waits in the queue.")
    for name, value in running.environ.items():
        monkeypatch.setenv(name, value)
    commands.queue(commands.on_server())
    link = capsys.readouterr().out.splitlines()[0]
    assert "Waits in the queue." in running.get(link).text


def test_a_command_in_the_terminal_costs_the_running_service_no_comment(
    start: Callable[..., Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    running = start()
    for name, value in running.environ.items():
        monkeypatch.setenv(name, value)
    said = [f"Comment number {number}." for number in range(12)]
    for comment in said:
        assert running.post(comment).status == 303
        (number, _), *_ = running.rows("SELECT max(id), 0 FROM comment")
        assert run(["comments.publish", str(number)]) == 0  # the service is the other process
    running.kill()
    assert running.rows("SELECT body FROM comment ORDER BY id") == [(body,) for body in said]
    assert running.rows("PRAGMA integrity_check") == [("ok",)]


# Handing over


def test_an_export_holds_every_comment_whole_and_in_the_same_order_each_time(
    config: Config, tmp_path: Path
) -> None:
    bodies = ["שלום 💗", "a\n\nb & <b>c</b>", "x" * 5000]
    for body in bodies:
        write(config, body, name="Pat O'Brien")
    first, second = exported(config, tmp_path), exported(config, tmp_path)
    assert first == second
    document = json.loads(first)
    assert document["version"] == 1
    assert [comment["body"] for comment in document["comments"]] == bodies
    assert set(document["comments"][0]) == {
        *("id", "thread", "parent", "name", "body", "status", "by_author", "created", "decided")
    }


def test_an_export_in_the_terminal_is_the_same_in_any_language_setting(
    config: Config, tmp_path: Path
) -> None:
    write(config, "שלום – naïve 💗")
    environ = {"INSESSION_COMMENTS_FOLDER": str(config.folder), "PYTHONIOENCODING": "ascii"}
    answer = command("comments.export", **environ)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == exported(config, tmp_path)


def test_one_comment_is_exported_with_what_it_answers_and_its_answers_only(
    config: Config, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    top = write(config, "Top.")
    write(config, "Someone else's.")
    commands.publish(config, str(top))
    answer = write(config, "Answer.", parent=top)
    for number in (top, answer):
        capsysbinary.readouterr()
        commands.export(config, "", str(number))
        document = json.loads(capsysbinary.readouterr().out)
        assert [comment["body"] for comment in document["comments"]] == ["Top.", "Answer."]
    with pytest.raises(Refusal, match="There is no comment 99"):
        commands.export(config, "", "99")


@posix_only
def test_an_export_and_a_backup_can_be_read_by_no_one_else(
    config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(config, "Private.")
    file = tmp_path / "export.json"
    commands.export(config, str(file), "")
    commands.backup(config)
    made = list((config.folder / "backups").iterdir())
    assert len(made) == 2
    for path in (file, *made):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


# Erasing


def test_an_erased_comments_text_is_in_no_file_any_more(config: Config) -> None:
    for number in range(60):  # so that pages are split, merged and reused around it
        write(config, f"Filler {number} " * 30)
    secret = write(config, "Unforgettable-words about my life. " * 40, name="Unforgettable-name")
    stays = write(config, "This one stays.")
    commands.publish(config, f"{secret},{stays}")
    commands.keep(config, str(secret))
    commands.publish(config, str(secret))
    for number in range(1, 40):
        commands.delete(config, str(number))
    assert b"Unforgettable" in all_bytes(config.folder)
    commands.erase(config, str(secret))
    left = all_bytes(config.folder)
    assert b"Unforgettable" not in left
    assert b"This one stays." in left
    assert secret not in rows(config)


def test_erasing_reaches_mail_that_waits_and_mail_in_the_folder(config: Config) -> None:
    delivered = write(config, "Delivered-words.")
    away = Config(**{**vars(config), "mail": None})
    waiting = write(away, "Waiting-words.")
    assert (config.folder / "mail" / f"comment-{delivered}.eml").is_file()
    other = write(config, "Another one.")
    commands.erase(config, f"{delivered} {waiting}")
    left = all_bytes(config.folder)
    assert b"Delivered-words" not in left
    assert b"Waiting-words" not in left
    assert (config.folder / "mail" / f"comment-{other}.eml").is_file()


def test_erasing_while_the_service_runs_leaves_no_trace_either(
    start: Callable[..., Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    running = start()
    running.post("Unforgettable-words while it runs.")
    (number, _), *_ = running.stored("Unforgettable-words while it runs.")
    for name, value in running.environ.items():
        monkeypatch.setenv(name, value)
    commands.erase(commands.on_server(), str(number))
    assert b"Unforgettable" not in all_bytes(running.data)
    assert running.post("And it goes on.").status == 303
    assert running.stored("And it goes on.")


def test_erasing_names_every_copy_that_still_holds_it(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    number = write(config, "In many copies.")
    commands.backup(config)
    commands.restore(config, latest(config))
    capsys.readouterr()
    commands.erase(config, str(number))
    printed = capsys.readouterr().out
    holding = [p for p in config.folder.rglob("*") if p.is_file() and b"In many" in p.read_bytes()]
    assert len(holding) == 2
    assert all(str(path) in printed for path in holding)


def test_only_number_and_time_of_what_was_erased_are_kept(config: Config) -> None:
    number = write(config, "Gone.")
    commands.erase(config, str(number))
    with closing(sqlite3.connect(config.database)) as connection:
        found = connection.execute("SELECT * FROM removed").fetchall()
    times = [row for row in found[0][1:] if store.moment(row)]
    assert found == [(number, *times)]
    document = json.loads((config.folder / "removed.json").read_text("utf-8"))
    assert document["removed"] == [[number, *times]]


def test_answers_to_an_erased_comment_stay_and_are_named(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    number = write(config, "Top.")
    commands.publish(config, str(number))
    answer = write(config, "Answer.", parent=number)
    capsys.readouterr()
    commands.erase(config, str(number))
    assert f"Answers to it stay: {answer}." in capsys.readouterr().out
    commands.erase(config, f"{number},{answer}")
    printed = capsys.readouterr().out
    assert f"Not found, perhaps erased before: {number}." in printed
    assert not rows(config)


def test_the_next_backup_names_what_was_erased_and_the_one_after_does_not(
    config: Config, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [write(config, f"Number {number}.") for number in range(1, 8)]
    moments = iter(["2026-01-01-000000", "2099-01-01-000000", "2100-01-01-000000"])
    monkeypatch.setattr("insession.comments.backups._moment", lambda: next(moments))
    commands.backup(config)
    capsys.readouterr()
    commands.erase(config, f"{numbers[2]},{numbers[6]}")
    assert "comments-2026-01-01-000000.sqlite3" in capsys.readouterr().out
    commands.backup(config)
    assert "erased since the last backup: 3, 7." in capsys.readouterr().out
    commands.backup(config)
    folder = config.folder / "backups"
    notes = [path.read_text("utf-8").splitlines()[0] for path in sorted(folder.glob("*.txt"))]
    assert notes == [
        f"Withdrawn, deleted or erased since the last backup: {which}."
        for which in ("nothing", "3, 7", "nothing")
    ]


# Backup and restore


def latest(config: Config) -> str:
    return str(max((config.folder / "backups").glob("*.sqlite3")))


def test_restoring_a_backup_gives_an_identical_export(config: Config, tmp_path: Path) -> None:
    numbers = [write(config, f"שלום {number} 💗\n\nMore.") for number in range(20)]
    commands.publish(config, ",".join(map(str, numbers[:9])))
    commands.keep(config, str(numbers[10]))
    commands.reply(config, str(numbers[0]), "My answer.")
    before, approved = exported(config, tmp_path), config.approved.read_bytes()
    commands.backup(config)
    for number in numbers:
        commands.publish(config, str(number))
    write(config, "Later.")
    commands.restore(config, latest(config))
    assert exported(config, tmp_path) == before
    assert config.approved.read_bytes() == approved


def test_a_backup_brought_to_a_new_machine_is_whole(config: Config, tmp_path: Path) -> None:
    commands.publish(config, str(write(config, "Carried over.")))
    commands.backup(config, str(tmp_path / "stick"))
    (backup,) = (tmp_path / "stick").glob("*.sqlite3")
    new = Config(**{**vars(config), "folder": tmp_path / "new machine"})
    commands.restore(new, str(backup))
    assert exported(new, tmp_path) == exported(config, tmp_path)
    assert b"Carried over." in new.approved.read_bytes()


def test_what_was_there_before_a_restore_is_kept_beside_it(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    write(config, "In the backup.")
    commands.backup(config)
    write(config, "Only in the present.")
    commands.restore(config, latest(config))
    (beside,) = config.folder.glob("comments-before-restore-*.sqlite3")
    assert str(beside) in capsys.readouterr().out
    with closing(sqlite3.connect(beside)) as connection:
        bodies = [row[0] for row in connection.execute("SELECT body FROM comment ORDER BY id")]
    assert bodies == ["In the backup.", "Only in the present."]


def test_a_backup_carries_no_trace_of_an_address(service: Running, tmp_path: Path) -> None:
    service.post("From some address.")
    config = Config(
        site_url=HERE,
        secret=SECRET,
        url=HERE,
        origins=frozenset(),
        folder=service.data,
        site=service.site,
    )
    commands.backup(config, str(tmp_path))
    (backup,) = tmp_path.glob("*.sqlite3")
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT count(*) FROM comment").fetchone()[0] >= 1
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        assert not names & {"visit", "salt"}


def test_what_was_erased_does_not_come_back_with_an_older_backup(config: Config) -> None:
    erased, stays = write(config, "Erase me."), write(config, "Stays.")
    commands.backup(config)
    commands.erase(config, str(erased))
    for _ in range(2):
        commands.restore(config, latest(config))
        assert set(rows(config)) == {stays}
        assert b"Erase me" not in config.database.read_bytes()


def test_a_number_is_never_given_twice_not_even_after_a_restore(config: Config) -> None:
    write(config, "One.")
    commands.backup(config)
    last = write(config, "Two.")
    commands.restore(config, latest(config))
    assert write(config, "Three.") > last


def test_a_file_that_is_no_backup_is_refused_and_nothing_changes(
    config: Config, tmp_path: Path
) -> None:
    write(config, "Untouched.")
    commands.backup(config)
    before = rows(config)
    foreign, damaged, words = tmp_path / "f.sqlite3", tmp_path / "d.sqlite3", tmp_path / "w.txt"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE comment (id INTEGER)")
    raw = bytearray(Path(latest(config)).read_bytes())
    raw[4096:] = os.urandom(len(raw) - 4096)
    damaged.write_bytes(raw)
    words.write_text("Dear diary")
    for path in (foreign, damaged, words, tmp_path / "missing", tmp_path):
        with pytest.raises(Refusal):
            commands.restore(config, str(path))
    assert rows(config) == before
    assert not list(config.folder.glob("*before-restore*"))


def test_a_damaged_store_is_put_aside_and_the_backup_takes_its_place(
    config: Config, tmp_path: Path
) -> None:
    write(config, "Saved in time.")
    commands.backup(config)
    before = exported(config, tmp_path)
    config.database.write_bytes(b"not a database at all" * 500)
    commands.restore(config, latest(config))
    assert exported(config, tmp_path) == before
    (beside,) = config.folder.glob("comments-before-restore-*.sqlite3")
    assert beside.read_bytes().startswith(b"not a database")


def test_mails_in_a_folder_go_with_the_words_they_hold(config: Config) -> None:
    deleted, struck, stays = (write(config, f"Words of {name}.\n\nMore.") for name in "ABC")
    with closing(store.connect(config.database)) as connection:
        store.rewrite(connection, struck, "", "Words of […].\n\nMore.")
    commands.delete(config, str(deleted))
    left = sorted((config.folder / "mail").iterdir())
    assert [path.name for path in left] == [f"comment-{stays}.eml"]


def test_the_list_shows_the_day_by_her_clock(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    threads = config.site / ".insession" / "threads.json"
    about = json.loads(threads.read_text("utf-8")) | {"timezone": "Pacific/Kiritimati"}
    threads.write_text(json.dumps(about), "utf-8")
    number = write(config, "Late in the evening, in UTC.")
    with closing(store.connect(config.database)) as connection:
        connection.execute("UPDATE comment SET created = '2026-01-01T20:00:00Z'")
    commands.show(config, everything=False)
    assert f"{number}  Ada, 2026-01-02" in capsys.readouterr().out


def test_the_link_to_the_queue_leads_to_where_the_preview_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INSESSION_SITE_URL", raising=False)
    monkeypatch.setenv("INSESSION_COMMENTS_FOLDER", str(tmp_path))
    assert commands.on_any_machine().url == "http://127.0.0.1:8000"
    (tmp_path / "preview-address").write_text("http://127.0.0.1:8007", "utf-8")
    assert commands.on_any_machine().url == "http://127.0.0.1:8007"
