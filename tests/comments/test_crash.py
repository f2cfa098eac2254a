"""Whatever happens to the process or the disk, what was acknowledged is there."""

import http.client
import itertools
import os
import random
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing

import pytest

from tests.comments.running import NO_LIMITS, MailServer, Running, body, until

KILLS, SOME, CLIENTS = 20, 10, 4


def whole(running: Running) -> bool:
    """Whether SQLite finds the store in order, and each comment with its mail."""
    with closing(sqlite3.connect(running.database)) as connection:
        checked = connection.execute("PRAGMA integrity_check").fetchall()
        apart = connection.execute(
            "SELECT count(*) FROM comment LEFT JOIN outbox ON comment = comment.id "
            "WHERE outbox.id IS NULL"
        ).fetchone()
    return checked == [("ok",)] and apart == (0,)


def write_until_it_dies(running: Running, numbers: "itertools.count[int]", kept: list[str]) -> None:
    """Post one comment after the other; note each that was acknowledged."""
    while True:
        comment = f"Acknowledged comment number {next(numbers)} of many"
        try:
            if running.post(comment).status == 303:
                kept.append(comment)
        except (OSError, http.client.HTTPException):
            return


def test_after_many_kills_every_acknowledged_comment_is_there_and_mailed(
    start: Callable[..., Running], away: MailServer, thorough: bool
) -> None:
    kills = KILLS if thorough else SOME
    away.start()
    running, numbers = start(NO_LIMITS, **away.environ), itertools.count()
    chance = random.Random(9)
    kept: list[str] = []
    for kill in range(kills):
        if kill:
            running.start()
        wanted = len(kept) + chance.randint(3, 25)
        clients = [
            threading.Thread(target=write_until_it_dies, args=(running, numbers, kept))
            for _ in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        until(lambda wanted=wanted: len(kept) >= wanted)
        running.kill()
        for client in clients:
            client.join()
        assert whole(running), f"after kill {kill + 1}"
    running.start()
    stored = {row[0] for row in running.rows("SELECT body FROM comment")}
    assert len(kept) > kills * 3
    assert set(kept) <= stored
    until(lambda: running.rows("SELECT count(*) FROM outbox WHERE sent IS NULL") == [(0,)], 120)
    mails = Counter(
        (line.removeprefix("> "), mail["Message-ID"])
        for mail in away.received
        for line in body(mail).split("\n")
        if line.startswith("> ")
    )
    assert {comment for comment, _ in mails} == stored
    assert len(mails) == len(stored), "a mail sent again is recognisably the same"
    again = sum(count - 1 for count in mails.values())
    assert again <= kills, "at most the one that was being sent at each kill"
    assert running.post("Still taking comments").status == 303


@pytest.mark.skipif(os.name != "posix", reason="Windows can't limit the size of a file")
def test_on_a_full_disk_the_reader_is_told_and_nothing_is_half_written(
    start: Callable[..., Running], away: MailServer
) -> None:
    full = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))"
    running = start(NO_LIMITS + full, **away.environ)
    kept, refused = [], []
    for number in range(200):
        comment = f"Comment {number} before the disk is full. " * 60
        answer = running.post(comment.strip())
        assert answer.status in {303, 503}, answer.text
        (kept if answer.status == 303 else refused).append(comment.strip())
        if answer.status == 503:
            assert "can’t be kept at the moment" in answer.text
            assert comment.strip() in answer.text, "the words come back in the form"
            assert answer.headers["Retry-After"]
        if len(refused) == 5:
            break
    assert kept
    assert len(refused) == 5
    assert running.get("/comments/approved.json").status == 200
    running.kill()
    assert whole(running)
    assert {row[0] for row in running.rows("SELECT body FROM comment")} == set(kept)
    running.prelude = NO_LIMITS
    away.start()
    running.start()
    assert running.post(refused[0]).status == 303
    until(lambda: running.rows("SELECT count(*) FROM outbox WHERE sent IS NULL") == [(0,)], 60)
    assert len(away.received) == len(kept) + 1


def test_a_store_that_can_not_be_written_is_an_honest_error(start: Callable[..., Running]) -> None:
    limited = NO_LIMITS + (
        "from insession.comments import service, store\n"
        "open_it = store.connect\n"
        "def small(path):\n"
        "    connection = open_it(path)\n"
        "    connection.execute('PRAGMA max_page_count = 40')\n"
        "    return connection\n"
        "store.connect = small\n"
    )
    running = start(limited)
    statuses = Counter(running.post(f"{number} " + "word " * 400).status for number in range(60))
    assert set(statuses) == {303, 503}
    assert running.count() == statuses[303]
    health = running.get("/comments/health")
    assert health.status == 503
    assert "database or disk is full" in health.text
    log = running.log.read_text("utf-8")
    assert "database or disk is full" in log
    assert "word" not in log


def test_it_ends_in_order_when_asked_to(start: Callable[..., Running]) -> None:
    running = start()
    running.post("Before the end")
    assert running.stop() == 0
    assert running.stored("Before the end")
