"""What the service does of its own accord: it forgets what it must not know any longer."""

import sqlite3
import threading
import time

from insession.comments import limits
from insession.comments.config import Config


def keep_up(settings: Config, visits: sqlite3.Connection, stop: threading.Event) -> None:
    """Look each second for what is due, until told to stop."""
    while not stop.wait(1):
        limits.forget(visits, limits.day_of(time.time()), time.monotonic())
