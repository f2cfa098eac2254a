"""What the service does of its own accord: it forgets what it must not know any longer."""

import logging
import sqlite3
import threading
import time
from contextlib import closing

from insession.comments import mail, rate_limits, store
from insession.comments.config import Config
from insession.comments.database import is_due, sweep

LONGEST_PAUSE = 20  # seconds from one sweep to the next: all traces are gone within a minute
LAST_TRIES = 10
log = logging.getLogger("insession.comments")


def keep_up(settings: Config, visits: rate_limits.Visits, stop: threading.Event) -> None:
    """Look each second for what is due, until told to stop.

    Traces of what was forgotten are swept away at the start, at midnight (UTC), and whenever a
    comment has gone.
    """
    while not stop.is_set():
        try:
            with closing(_open(settings)) as connection:
                _follow(connection, settings, visits, stop)
        except Exception as error:  # a full disk, perhaps: it is tried again
            log.error("Traces can't be swept away yet (%s).", type(error).__name__)
            stop.wait(LONGEST_PAUSE)


def _follow(
    connection: sqlite3.Connection,
    settings: Config,
    visits: rate_limits.Visits,
    stop: threading.Event,
) -> None:
    swept, not_before, mails_after = "", 0.0, 0.0
    while not stop.wait(1):
        today, begun = rate_limits.day_of(time.time()), time.monotonic()
        rate_limits.forget(visits, today, begun)
        if (swept != today or is_due(connection)) and begun >= not_before:
            swept = today if sweep(connection) else swept
            taken = time.monotonic() - begun
            not_before = begun + taken + min(10 * taken, LONGEST_PAUSE)
        if begun >= mails_after:  # one may be on its way while its comment goes
            mail.clear(connection, settings)
            mails_after = begun + LONGEST_PAUSE


def end(settings: Config) -> None:
    """Leave no trace behind when the process ends."""
    try:
        with closing(_open(settings)) as connection:
            for _ in range(LAST_TRIES):
                if sweep(connection) if is_due(connection) else _is_cut_off(connection):
                    return
    except Exception as error:
        log.error("Traces can't be swept away (%s).", type(error).__name__)


def _open(settings: Config) -> sqlite3.Connection:
    connection = store.connect(settings.database)
    connection.execute("PRAGMA busy_timeout = 500")  # readers and writers come first
    return connection


def _is_cut_off(connection: sqlite3.Connection) -> bool:
    return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
