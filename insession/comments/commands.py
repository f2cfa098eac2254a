"""What she can do from a terminal: read, decide, answer, hand over, erase.

Each duty takes the configuration and what was typed, prints sentences, and raises Refusal where
it can't be done. The service may run meanwhile (but for `restore`): SQLite lets both in, one after
the other, and the service notices by itself that what is published has changed.
"""

import sqlite3
import sys
from collections.abc import Callable
from datetime import tzinfo
from typing import Any

from insession.comments import (
    Refusal,
    danger,
    published_writer,
    sanitize,
    signed_links,
    store,
    troubles,
)
from insession.comments.backups import backup, restore
from insession.comments.cli_support import (
    about,
    listed,
    numbers_in,
    on_any_machine,
    on_server,
    opened,
    perform,
)
from insession.comments.config import Config
from insession.comments.export_and_erase import erase, export, purge
from insession.comments.site_manifest import SiteManifest

__all__ = [
    "backup",
    "delete",
    "erase",
    "export",
    "keep",
    "on_any_machine",
    "on_server",
    "perform",
    "publish",
    "purge",
    "queue",
    "reply",
    "restore",
    "show",
]
STATUS = {"pending": "waiting", "published": "published", "kept": "kept privately"}
DANGER = "Some words in it may speak of acute danger (no list catches all)."
HOW = """\
Type, as you have typed “comments”:
  comments.publish {id}   to show it under the article
  comments.keep {id}      to keep it privately
  comments.delete {id}    to remove it
  comments.reply {id}     to answer it, once it is published"""


def show(config: Config, everything: bool) -> None:
    """Print what waits for her, or every comment."""
    with opened(config) as connection:
        waiting = store.pending(connection)
        rows = store.export(connection)
    titles = _titles(config)
    shown = [row for row in rows if everything or row["status"] == "pending"]
    zone = SiteManifest(config.site, config.site_url).zone()
    for row in shown:
        title = titles.get(row["thread"], row["thread"])
        print(f"{row['id']}  {_who(row)}, {_day(row['created'], zone)}, to “{title}”", end="")
        print(f", in answer to {row['parent']}" if row["parent"] else "", end="")
        print(f" ({STATUS[row['status']]})" if everything else "")
        if not row["by_author"] and danger.speaks_of_danger(f"{row['name']}\n{row['body']}"):
            print(f"    ! {DANGER}")
        print("\n".join(f"    {line}" for line in row["body"].split("\n")), end="\n\n")
    for trouble in troubles.read(config.folder):
        print(f"! {trouble.sentence(zone)}")
    count = len(waiting)
    print(f"{count or 'No'} {'comment waits' if count == 1 else 'comments wait'} for you.")
    if waiting:
        print(HOW.format(id=waiting[0].id))


def publish(config: Config, numbers: str) -> None:
    """Let these comments appear under their articles."""
    _each(config, numbers, lambda c, n: store.decide(c, n, "published"), "published")
    print("With the next build they are in their articles.")


def keep(config: Config, numbers: str) -> None:
    """Keep these comments, seen by no one else."""
    _each(config, numbers, lambda c, n: store.decide(c, n, "kept"), "kept privately")


def delete(config: Config, numbers: str) -> None:
    """Remove these comments."""
    _each(config, numbers, store.delete, "deleted")


def reply(config: Config, number: str, words: str) -> None:
    """Publish her answer to a comment; without words, they are asked for."""
    parent = numbers_in(number)[0]
    if not words:
        with opened(config) as connection:
            store.answerable(connection, parent)  # before she writes, which may take a while
    body = sanitize.clean_body(words or _ask())
    with opened(config) as connection:
        id_ = store.reply(connection, parent, about(config).author, body)
        published_writer.write(connection, config)
    print(f"Your answer is published; it is comment {id_}.")


def queue(config: Config) -> None:
    """Print a fresh link to the page with all comments that wait."""
    if not config.secret:
        raise Refusal("There is no secret to sign a link with yet: start the preview first.")
    print(signed_links.queue_url(config.url, config.secret))
    print(f"Whoever has this link can decide about comments, for {signed_links.QUEUE_DAYS} days.")


def _each(
    config: Config, numbers: str, act: Callable[[sqlite3.Connection, int], object], done: str
) -> None:
    """Act on each of the comments, say what was done, and refuse at the end what isn't there."""
    with opened(config) as connection:
        results = {number: bool(act(connection, number)) for number in numbers_in(numbers)}
        published_writer.write(connection, config)
    if ready := [number for number, found in results.items() if found]:
        print(f"Now {done}: {listed(ready)}.")
    if missing := [number for number, found in results.items() if not found]:
        raise Refusal(f"There is no comment {listed(missing)}.")


def _ask() -> str:
    if sys.stdin.isatty():
        print("Write your answer. Close it with a line that has only a full stop on it.")
    lines = iter(sys.stdin.readline, "")
    return "".join(iter(lambda: next(lines, ".\n"), ".\n"))


def _titles(config: Config) -> dict[str, str]:
    try:
        return {id_: thread.title for id_, thread in about(config).threads.items()}
    except Refusal:  # the site isn't built yet: then its ids must do
        return {}


def _day(stored: str, zone: tzinfo) -> str:
    return f"{store.moment(stored).astimezone(zone):%Y-%m-%d}"


def _who(row: dict[str, Any]) -> str:
    return f"{row['name'] or 'Anonymous'}{' (you)' if row['by_author'] else ''}"
