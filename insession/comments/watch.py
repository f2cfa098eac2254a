"""Looks after what doesn't work: whether there is room on the disk, and that she hears of it."""

import logging
import os
import shutil
import smtplib
import sqlite3
import threading
import time
from contextlib import closing, suppress
from uuid import uuid4

from insession.comments import mail, store
from insession.comments.config import Config
from insession.comments.site_manifest import SiteManifest
from insession.comments.troubles import Trouble, Troubles

EVERY = 5  # seconds between two looks
PATIENCE = 600  # seconds after which a mail says that something doesn't work
AGAIN = 300  # seconds until a mail about it that wasn't taken is tried again
QUIET = 60  # seconds without a failure before it is tried whether comments can be kept again
ROOM = 16 * 1024 * 1024  # bytes without which no comment should be taken for granted
TRIAL = 512 * 1024  # bytes that must fit before comments are said to be kept again
BODY = """\
{sentence}
{detail}
What the service says of it is in its log, for whoever looks after your server:
journalctl -u insession-comments

You get one mail about this, and one when it works again.
"""
WORKS = "What didn’t work since {since} works again: {what}.\n"
WHAT = {"publishing": "your decisions get onto the blog", "storing": "comments are kept"}
log = logging.getLogger("insession.comments")


def watch(config: Config, troubles: Troubles, stop: threading.Event) -> None:
    """Look every few seconds, until told to stop."""
    spoken: dict[str, Trouble] = {each.kind: each for each in troubles.all() if each.told}
    retry = 0.0
    while not stop.wait(EVERY):
        try:
            check_disk(config, troubles)
            if config.mail and not config.mail.folder and time.monotonic() >= retry:
                retry = time.monotonic() + AGAIN
                _tell(config, troubles, spoken)
                retry = 0.0
        except (OSError, smtplib.SMTPException) as error:
            log.warning("A mail about what doesn't work isn't sent yet (%s).", type(error).__name__)
        except Exception as error:
            log.error("What doesn't work can't be looked after (%s).", type(error).__name__)


def check_disk(config: Config, troubles: Troubles) -> None:
    """Say when the disk is full; and that comments are kept again, once they can be."""
    free = shutil.disk_usage(config.folder).free
    if free < ROOM:
        why = f"the disk is full ({free // 1024 // 1024} MB are free)"
        troubles.begin("storing", why)
    elif (trouble := troubles.get("storing")) and time.time() - trouble.last > QUIET:
        if _can_store(config):
            troubles.end("storing")
        else:
            troubles.begin("storing", trouble.why)


def _can_store(config: Config) -> bool:
    """Whether a file can be written, and the store as well."""
    trial = config.folder / f".trial-{os.getpid()}"
    try:
        with trial.open("wb") as file:
            file.write(bytes(TRIAL))
            file.flush()
            os.fsync(file.fileno())
        with closing(store.connect(config.database)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except (OSError, sqlite3.Error):
        return False
    finally:
        with suppress(OSError):
            trial.unlink(missing_ok=True)
    return True


def _tell(config: Config, troubles: Troubles, spoken: dict[str, Trouble]) -> None:
    """Mail what doesn't work for long, and what works again; not by the store, which may be it."""
    zone = SiteManifest(config.site, config.site_url).zone()
    for trouble in troubles.all():
        if trouble.kind in WHAT and not trouble.told and time.time() - trouble.since >= PATIENCE:
            detail = f"\nWhat the command said last:\n{trouble.detail}\n" if trouble.detail else ""
            body = BODY.format(sentence=trouble.sentence(zone), detail=detail)
            _send(config, "Something on your blog doesn’t work", body)
            troubles.note_told(trouble.kind)
            spoken[trouble.kind] = trouble
    for kind in [kind for kind in spoken if not troubles.get(kind)]:
        since = spoken[kind].since_in_words(zone)
        _send(config, "It works again", WORKS.format(since=since, what=WHAT[kind]))
        del spoken[kind]


def _send(config: Config, subject: str, body: str) -> None:
    if config.mail:
        name = f"trouble.{uuid4().hex}"
        mail.deliver(config.mail, mail.message(config.mail, name, subject, body, store.now()))
