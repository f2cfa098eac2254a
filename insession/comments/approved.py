"""approved.json: the published comments, the only thing of the service that the build reads."""

import hashlib
import json
import logging
import os
import sqlite3
import subprocess
import threading
import time
from collections.abc import Container
from contextlib import suppress
from pathlib import Path

from insession.comments import Refusal, closing, files, store
from insession.comments.config import Config
from insession.comments.site import Site

RETRY = 60.0  # seconds until a command that failed is run again
SHOWN = ("id", "parent", "name", "body", "created", "by_author")
PRIVATE = ("INSESSION_SECRET", "INSESSION_SMTP_PASSWORD")
log = logging.getLogger("insession.comments")


def as_json(connection: sqlite3.Connection, shown_on: Container[str]) -> bytes:
    """Return the published comments of these articles, each article's by time."""
    threads: dict[str, list[dict[str, object]]] = {}
    for comment in store.published(connection):
        if comment.thread in shown_on:
            shown = {name: getattr(comment, name) for name in SHOWN}
            threads.setdefault(comment.thread, []).append(shown)
    document = {
        "version": 1,
        "threads": dict(sorted(threads.items())),
        "closed": [key for key in closing.closed(connection) if key in shown_on],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def write(connection: sqlite3.Connection, config: Config, site: Site | None = None) -> bool:
    """Bring the file up to date in one step; True if it changed.

    It holds what published pages show and nothing else: no comment of an article that is a draft,
    is gone, or shows none. It is written while no one else may write to the store: what is put
    there last is the newest.
    """
    path = config.approved
    with store.transaction(connection):
        shown_on = _articles(site or Site(config.site, config.site_url), path)
        text = as_json(connection, shown_on)
        if path.is_file() and path.read_bytes() == text:
            return False
        files.replace(path, text, mode=0o644)
    return True


def _articles(site: Site, path: Path) -> Container[str]:
    """Return the ids of the articles that show comments.

    While a new build takes the place of the old one there may be none for a moment: then it is
    those of which the file has comments already.
    """
    try:
        threads = site.about().threads
        return {id_ for id_, thread in threads.items() if thread.comments != "off"}
    except Refusal:
        with suppress(OSError, ValueError, KeyError, TypeError):
            return set(json.loads(path.read_text("utf-8"))["threads"])
        return set()


def follow(config: Config, stop: threading.Event) -> None:
    """Run the configured command after each change, one at a time, until told to stop.

    Another release in the place of the site is a change, too: it may have been built before a
    comment was published, or be an old one with a comment that is erased by now. What has been
    dealt with is noted beside the file: a change made just before a crash, or by a command in a
    terminal, isn't forgotten.
    """
    done = config.folder / "approved.done"
    seen, failed, retry = None, None, 0.0
    while not stop.wait(0.5):
        found = _fingerprint(config)
        settled, seen = found == seen, found
        known = done.read_text("ascii").strip() if done.is_file() else ""
        if found == known or not settled or (found == failed and time.monotonic() < retry):
            continue  # nothing new; or still changing; or just this has failed
        done.unlink(missing_ok=True)
        code = _run(config.on_change)
        if code:
            log.error("After a change: “%s” failed (%s).", config.on_change[0], code)
            failed, retry = found, time.monotonic() + RETRY
        elif _fingerprint(config) == found:  # else there is more to do, also if it is undone
            done.write_text(found, "ascii")


def _fingerprint(config: Config) -> str:
    """Of the published comments, and of the release that is shown: where the link to it leads."""
    published = config.approved.read_bytes() if config.approved.is_file() else b""
    return hashlib.sha256(published + bytes(config.site.resolve())).hexdigest()


def _run(command: tuple[str, ...]) -> int | str:
    environment = {name: value for name, value in os.environ.items() if name not in PRIVATE}
    try:
        return subprocess.run(command, env=environment, check=False).returncode
    except OSError as error:
        return error.strerror or "it can't be started"
