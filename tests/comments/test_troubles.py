"""What she decided gets onto the blog in the end, and until then she and others hear why not."""

import fcntl
import json
import os
import re
import shlex
import shutil
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from insession.comments import commands, on_change, signed_links, store, troubles
from insession.comments.config import from_environment
from insession.comments.troubles import Trouble, Troubles
from tests.comments.running import SECRET, Answer, MailServer, Running, body, until, write_site
from tests.publish.a_disk import fill, mend, mount_disk, unmount_disk

posix_only = pytest.mark.skipif(os.name != "posix", reason="process groups and links")
QUICK = "from insession.comments import on_change, watch\non_change.PAUSES = (0.1,)\n"
SOON = QUICK + "watch.EVERY = 0.1\nwatch.PATIENCE = 0.5\n"
HANGS = """
import fcntl, pathlib, subprocess, sys, time
folder = pathlib.Path(sys.argv[1])
with (folder / "runs").open("a") as file:
    file.write("x")
if (folder / "works").exists():
    sys.exit()
child = "import fcntl, sys, time; f = open(sys.argv[1], 'a'); fcntl.flock(f, fcntl.LOCK_EX);"
child += "print('ready', flush=True); import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
child += "time.sleep(1000)"
run = [sys.executable, "-c", child, str(folder / "lock")]
subprocess.Popen(run, stdout=subprocess.PIPE).stdout.readline()
(folder / "hangs").touch()
time.sleep(1000)
"""
FAILS = """
import pathlib, sys
folder = pathlib.Path(sys.argv[1])
with (folder / "runs").open("a") as file:
    file.write("x")
if not (folder / "works").exists():
    sys.exit("content/articles/one.md: there is no such article any more.")
"""


def command(folder: Path, script: str) -> str:
    """A command for INSESSION_ON_CHANGE that looks into a folder."""
    folder.mkdir(exist_ok=True)
    (folder / "script.py").write_text(script)
    return shlex.join([sys.executable, str(folder / "script.py"), str(folder)])


def words(answer: Answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").main.get_text().split())


def queue(running: Running) -> str:
    return words(running.get(f"/comments/queue?s={signed_links.queue_token(SECRET)}"))


def health(running: Running) -> tuple[int, str]:
    answer = running.get("/comments/health")
    return answer.status, answer.text


def in_terminal(running: Running, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    commands.show(from_environment(running.environ), everything=False)
    return capsys.readouterr().out


def decide(running: Running, number: int, action: str) -> Answer:
    ((created,),) = running.rows("SELECT created FROM comment WHERE id = ?", number)
    token = signed_links._signer(SECRET, "moderate").dumps([number, created, action])
    return running.submit("/comments/moderate", {"s": token})


def is_free(lock: Path) -> bool:
    """Whether no process holds this lock any more."""
    with lock.open("a") as file, suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


@posix_only
def test_a_command_that_hangs_is_ended_with_all_it_started_and_run_again(
    start: Callable[..., Running], tmp_path: Path
) -> None:
    folder = tmp_path / "hangs"
    running = start(
        QUICK + "on_change.LIMIT, on_change.GRACE = 1, 1\n",
        INSESSION_ON_CHANGE=command(folder, HANGS),
    )
    until((folder / "hangs").exists, 60)
    until(lambda: health(running)[0] == 503, 60)
    assert "was not done after" in queue(running)
    (folder / "works").touch()
    until(lambda: health(running) == (200, "ok\n"), 60)
    until(lambda: is_free(folder / "lock"), 60)
    assert len((folder / "runs").read_text()) > 1


@posix_only
def test_the_end_of_the_service_ends_the_command_that_it_runs(
    start: Callable[..., Running], tmp_path: Path
) -> None:
    folder = tmp_path / "hangs"
    running = start(QUICK + "on_change.GRACE = 1\n", INSESSION_ON_CHANGE=command(folder, HANGS))
    until((folder / "hangs").exists, 60)
    assert running.stop() == 0
    until(lambda: is_free(folder / "lock"), 60)


@posix_only
def test_what_takes_long_is_said_while_it_takes_long(
    start: Callable[..., Running], tmp_path: Path
) -> None:
    running = start(
        QUICK + "on_change.SLOW, on_change.GRACE = 1, 1\n",
        INSESSION_ON_CHANGE=command(tmp_path / "x", HANGS),
    )
    until(lambda: health(running)[0] == 503, 60)
    assert "has been at work for more than" in health(running)[1]
    running.stop()  # which ends the command


def test_a_command_that_fails_is_said_everywhere_until_it_works(
    start: Callable[..., Running],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    mailbox: MailServer,
) -> None:
    folder = tmp_path / "fails"
    running = start(SOON, INSESSION_ON_CHANGE=command(folder, FAILS), **mailbox.environ)
    until(lambda: health(running)[0] == 503)
    answer = running.post("It will be withdrawn")
    token = re.search("w=(.+)", answer.headers["Location"])[1]
    decided = words(decide(running, 1, "publish"))
    assert "in a moment" not in decided
    assert "as soon as that works again" in decided
    with closing(store.connect(running.database)) as connection:
        one = store.get(connection, 1)
    assert one
    desk = signed_links.queue_token(SECRET)
    sure = signed_links.chosen_token(SECRET, "keep", [one])
    for path, fields in (
        ("several", {"sure": sure}),
        ("articles", {"article": "first", "do": "close"}),
    ):
        done = words(running.submit(f"/comments/{path}", {"s": desk} | fields))
        assert "in a moment" not in done
        assert "as soon as that works again" in done
    withdrawn = running.submit("/comments/withdraw", {"t": token})
    assert "later than usual" in words(withdrawn)
    assert "no such article" not in withdrawn.text, "that is for her"
    for said in (queue(running), in_terminal(running, capsys)):
        assert re.search(r"Since \w+ \d+, \d\d:\d\d UTC nothing that you decide gets onto", said)
        assert "failed (exit code 1)" in said
    assert "one.md: there is no such article any more." in queue(running)
    assert re.match(r"publishing fails since 20\d\d-.*Z: .*exit code 1", health(running)[1])
    assert "no such article" not in health(running)[1]
    assert "no such article" in running.log.read_text("utf-8")

    def mails(subject: str) -> list[str]:
        here = [mail for mail in list(mailbox.received) if mail["Subject"] == subject]
        return [body(mail) for mail in here]

    said = until(lambda: mails("Something on your blog doesn’t work"))
    assert "failed (exit code 1)" in said[0]
    assert "one.md: there is no such article any more." in said[0]
    (folder / "works").touch()
    until(lambda: health(running) == (200, "ok\n"))
    assert "your decisions get onto the blog" in until(lambda: mails("It works again"))[0]
    assert len(mails("Something on your blog doesn’t work")) == 1
    assert "nothing that you decide" not in queue(running) + in_terminal(running, capsys)


def test_since_when_it_fails_outlasts_a_restart(
    start: Callable[..., Running], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "fails"
    running = start(QUICK, INSESSION_ON_CHANGE=command(folder, FAILS))
    until(lambda: health(running)[0] == 503)
    running.kill()
    (known,) = troubles.read(running.data)
    held = Troubles(running.data)
    held._known["publishing"] = Trouble("publishing", known.since - 86_400, known.why)
    held.end("mail")
    held.begin("publishing", "as it was yesterday")
    assert "as it was yesterday" in in_terminal(running, capsys)
    running.start()
    until(lambda: "exit code 1" in health(running)[1])
    (again,) = troubles.read(running.data)
    assert again.since == known.since - 86_400


FULL = """
import pathlib
from insession.comments import published_writer
write_it = published_writer.write
def write(*given):
    if pathlib.Path({flag!r}).exists():
        raise OSError(28, "No space left on device")
    return write_it(*given)
published_writer.write = write
"""


def test_on_a_full_disk_a_withdrawal_is_done_said_and_shown_once_there_is_room(
    start: Callable[..., Running], tmp_path: Path
) -> None:
    folder, flag = tmp_path / "fails", tmp_path / "full"
    on_command = command(folder, FAILS)
    (folder / "works").touch()
    running = start(QUICK + FULL.format(flag=str(flag)), INSESSION_ON_CHANGE=on_command)
    answer = running.post("It will be withdrawn")
    token = re.search("w=(.+)", answer.headers["Location"])[1]
    assert decide(running, 1, "publish").status == 200
    file = running.data / "approved.json"
    assert "It will be withdrawn" in file.read_text("utf-8")
    until(lambda: (folder / "runs").exists() and (running.data / "approved.done").exists())
    flag.touch()
    withdrawn = running.submit("/comments/withdraw", {"t": token})
    assert withdrawn.status == 200
    assert "later than usual" in words(withdrawn)
    assert running.count() == 0
    until(lambda: "No space left on device" in health(running)[1])
    before = len((folder / "runs").read_text())
    flag.unlink()
    until(lambda: "It will be withdrawn" not in file.read_text("utf-8"))
    until(lambda: len((folder / "runs").read_text()) > before)
    until(lambda: health(running) == (200, "ok\n"))


def test_a_disk_that_is_really_full_is_said_and_loses_nothing(
    start: Callable[..., Running], tmp_path: Path
) -> None:
    disk, folder = tmp_path / "disk", tmp_path / "fails"
    if not mount_disk(disk):
        pytest.skip("no disk can be mounted here")
    try:
        on_command = command(folder, FAILS)
        (folder / "works").touch()
        running = start(
            SOON + "watch.QUIET = 0.1\n",
            INSESSION_ON_CHANGE=on_command,
            INSESSION_COMMENTS_FOLDER=str(disk),
        )
        running.data, running.database = disk, disk / "comments.sqlite3"
        answer = running.post("It will be withdrawn")
        token = re.search("w=(.+)", answer.headers["Location"])[1]
        assert decide(running, 1, "publish").status == 200
        fill(disk, 0)
        until(lambda: "the disk is full" in health(running)[1])
        assert [each.kind for each in troubles.read(disk)][:1] == ["storing"]
        withdrawn = running.submit("/comments/withdraw", {"t": token})
        mend(disk)
        if withdrawn.status != 200:
            assert withdrawn.status == 503
            assert running.submit("/comments/withdraw", {"t": token}).status == 200
        until(lambda: "withdrawn" not in (disk / "approved.json").read_text("utf-8"))
        until(lambda: health(running) == (200, "ok\n"))
        running.kill()
    finally:
        unmount_disk(disk)


@posix_only
def test_a_disk_gets_full_for_the_trial_though_another_writes_there_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "disk"
    if not mount_disk(disk):
        pytest.skip("no disk can be mounted here")
    statvfs, theirs = os.statvfs, disk / "theirs"

    def then_they_write(folder: Path) -> os.statvfs_result:
        found = statvfs(folder)
        if not theirs.exists():
            theirs.write_bytes(b"x" * 100_000)
        return found

    try:
        with monkeypatch.context() as patch:
            patch.setattr(os, "statvfs", then_they_write)
            fill(disk, 0)
        assert statvfs(disk).f_bavail == 0
        theirs.unlink()
        fill(disk, 50_000)
        assert 0 < statvfs(disk).f_bavail * statvfs(disk).f_frsize <= 50_000
    finally:
        unmount_disk(disk)


@posix_only
def test_health_knows_a_disk_that_is_full_and_when_it_is_not(
    start: Callable[..., Running], tmp_path: Path
) -> None:
    flag = tmp_path / "full"
    flag.touch()
    prelude = SOON + (
        "import shutil, types, pathlib\nwatch.QUIET = 0.1\n"
        f"full = pathlib.Path({str(flag)!r})\n"
        "watch.shutil = types.SimpleNamespace(disk_usage=lambda _: types.SimpleNamespace("
        "free=3 * 2**20 if full.exists() else 2**40))\n"
    )
    running = start(prelude)
    until(lambda: "the disk is full (3 MB are free)" in health(running)[1])
    assert health(running)[0] == 503
    flag.unlink()
    until(lambda: health(running) == (200, "ok\n"))


def test_what_does_not_work_is_written_in_place_without_room(tmp_path: Path) -> None:
    held = Troubles(tmp_path)
    file = tmp_path / troubles.FILE
    size, node = file.stat().st_size, file.stat().st_ino
    held.begin("publishing", "é" * 5_000, 1_000.0, detail="what a program said")
    held.begin("storing", "“" * 5_000)
    held.begin("mail", "the mail server can’t be reached")
    assert (file.stat().st_size, file.stat().st_ino) == (size, node)
    assert {each.kind for each in troubles.read(tmp_path)} == {"publishing", "storing", "mail"}
    assert "what a program said" not in file.read_text("utf-8")
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0
    held.end("storing")
    assert [each.kind for each in Troubles(tmp_path).all()] == ["publishing", "mail"]
    file.write_text("half of it {", "utf-8")
    assert troubles.read(tmp_path) == []


def test_the_pauses_grow_while_it_fails(
    start: Callable[..., Running], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = start()
    running.stop()
    # By its whole path: a folder on PATH that is closed to this user would be another reason.
    missing = str(tmp_path / "no-such-command")
    settings = from_environment(running.environ | {"INSESSION_ON_CHANGE": shlex.quote(missing)})
    held = Troubles(tmp_path)
    work = on_change.Follower(settings, held, threading.Event())
    pauses = []
    work.look()  # so that it has settled
    for _ in range(7):
        work.retry = 0.0
        before = time.monotonic()
        work.look()
        pauses.append(round(work.retry - before))
    assert pauses == [10, 30, 60, 300, 900, 900, 900]
    (trouble,) = held.all()
    assert "can’t be started (No such file or directory)" in trouble.why


@posix_only
def test_an_approval_is_published_once_also_when_that_makes_another_release(
    start: Callable[..., Running], tmp_path: Path
) -> None:
    """As `publish --again` does: each run builds a release with the comments of that moment."""
    current, runs, script = tmp_path / "current", tmp_path / "runs", tmp_path / "again.py"
    shutil.copytree(write_site(tmp_path / "hers"), tmp_path / "release-0")
    current.symlink_to(tmp_path / "release-0")
    script.write_text(
        "import hashlib, json, pathlib, shutil, sys\n"
        "folder, approved = map(pathlib.Path, sys.argv[1:])\n"
        "with (folder / 'runs').open('a') as file: file.write('x')\n"
        "name = f'release-{len((folder / \"runs\").read_text())}'\n"
        "shutil.copytree(folder / 'current', folder / name)\n"
        "file = folder / name / '.insession/threads.json'\n"
        "site = json.loads(file.read_text())\n"
        "site['approved'] = hashlib.sha256(approved.read_bytes()).hexdigest()\n"
        "file.write_text(json.dumps(site))\n"
        "(folder / 'new').symlink_to(folder / name)\n"
        "(folder / 'new').rename(folder / 'current')\n"
    )
    data = tmp_path / "0" / "comments"
    again = [sys.executable, str(script), str(tmp_path), str(data / "approved.json")]
    running = start(INSESSION_ON_CHANGE=shlex.join(again), INSESSION_SITE_FOLDER=str(current))

    def is_shown() -> bool:
        site = json.loads((current / ".insession/threads.json").read_text("utf-8"))
        return site.get("approved") == sha256((data / "approved.json").read_bytes()).hexdigest()

    until(is_shown)
    for number in (1, 2, 3):
        running.post(f"Approved, {number}")
        decide(running, number, "publish")
        until(lambda number=number: len(runs.read_text()) >= 1 + number and is_shown())
    until(lambda: (data / "approved.done").is_file())
    assert len(runs.read_text()) == 4
    # A release that was built with just these comments needs nothing; one that wasn't, does.
    shutil.copytree(tmp_path / "release-4", tmp_path / "hers-again")
    (tmp_path / "new").symlink_to(tmp_path / "hers-again")
    (tmp_path / "new").rename(current)
    decide(running, 2, "keep")
    until(lambda: len(runs.read_text()) >= 5 and is_shown())
    assert len(runs.read_text()) == 5
    (tmp_path / "new").symlink_to(tmp_path / "release-0")
    (tmp_path / "new").rename(current)
    until(lambda: len(runs.read_text()) == 6 and is_shown())
