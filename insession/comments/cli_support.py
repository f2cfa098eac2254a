"""What all commands around comments share: settings, the store, and errors told as sentences."""

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

from insession.comments import Refusal, mail, sanitize, store
from insession.comments.config import ADDRESS, Config, from_environment
from insession.comments.database import is_due, sweep
from insession.comments.site_manifest import About, SiteManifest
from insession.common.locks import alone

PREVIEW = "http://127.0.0.1:8000"  # where nothing else is set up


def perform(duty: Callable[..., None], *typed: Any, setup: Callable[[], Config]) -> int:
    """Do one duty with the configuration of this machine; return the exit code."""
    try:
        duty(setup(), *typed)
    except (Refusal, sanitize.Refused) as why:
        print(why, file=sys.stderr)
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            print("The disk is full. Make room on it, then try again.", file=sys.stderr)
        else:
            print(f"The comments can't be reached just now: {error}. Try again.", file=sys.stderr)
    except sqlite3.DatabaseError as error:
        print(
            f"The file with the comments is damaged: {error}. Stop the service (or the preview), "
            "then “comments.restore” and the name of a backup brings back what was there then.",
            file=sys.stderr,
        )
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(f"{place}{error.strerror or error}.", file=sys.stderr)
    else:
        return 0
    return 1


def on_server() -> Config:
    """Return the configuration that the environment holds, or refuse."""
    return from_environment(os.environ)


def on_any_machine() -> Config:
    """Return the configuration from the environment, or that of the preview on her own computer."""
    if os.environ.get("INSESSION_SITE_URL"):
        return on_server()
    preview = {"INSESSION_SITE_FOLDER": ".preview", **os.environ, "INSESSION_SITE_URL": PREVIEW}
    config = from_environment(preview)
    with suppress(OSError):  # where it is, or was last
        url = (config.folder / ADDRESS).read_text("utf-8").strip()
        config = from_environment(preview | {"INSESSION_SITE_URL": url})
    return config


@contextmanager
def opened(config: Config) -> Iterator[sqlite3.Connection]:
    """The store, if there is one: a mistyped folder must not look like an empty store.

    One command at a time has it. What was forgotten meanwhile is gone from the files when it is
    closed.
    """
    if not (config.database.is_file() or config.lock.is_file()):  # the lock: a restore puts it back
        raise _no_comments(config)
    with alone(config.store_lock, tell_to_wait):
        if not config.database.is_file():
            raise _no_comments(config)
        with closing(store.connect(config.database)) as connection:
            yield connection
            mail.clear(connection, config)
            _leave_no_trace(connection)


def tell_to_wait() -> None:
    """Say that another command has the store (to stderr: an export may go to stdout)."""
    print("Another command is at work on the comments; this one waits for it.", file=sys.stderr)


def _no_comments(config: Config) -> Refusal:
    return Refusal(f"There are no comments yet: the file {config.database} doesn't exist.")


def about(config: Config) -> About:
    """Return what the build has said about the site and its articles."""
    return SiteManifest(config.site, config.site_url).about()


def numbers_in(typed: str) -> list[int]:
    """Return the ids in "3,7" or "3 7"."""
    words = typed.replace(",", " ").split()
    if not words or not all(word.isascii() and word.isdecimal() for word in words):
        raise Refusal(f"“{typed}” is not the number of a comment; “comments” lists them.")
    if too_long := [word for word in words if len(word) > 15]:
        raise Refusal(f"There is no comment {too_long[0][:40]}.")
    return list(dict.fromkeys(map(int, words)))


def listed(numbers: Iterable[int]) -> str:
    """Return numbers as they stand in a sentence."""
    return ", ".join(map(str, numbers))


def counted(count: int, what: str) -> str:
    """Return a number and what there is of it: 1 comment, 2 comments."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _leave_no_trace(connection: sqlite3.Connection) -> None:
    """Leave in the files only what the tables hold; wait for the service if it is at work."""
    for _ in range(5):
        if not is_due(connection) or sweep(connection):
            return
        time.sleep(1)
    raise Refusal(
        "That is done, but someone is reading what was there before: traces are left in the "
        "files. Type “comments” in a minute, and they go."
    )
