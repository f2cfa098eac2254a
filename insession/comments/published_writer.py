"""approved.json: the published comments, the only thing of the service that the build reads."""

import json
import sqlite3
from collections.abc import Container
from contextlib import suppress
from pathlib import Path

from insession.comments import Refusal, closed_threads, store
from insession.comments.config import Config
from insession.comments.site_manifest import SiteManifest
from insession.common.atomic_file import replace_file

SHOWN = ("id", "parent", "name", "body", "created", "by_author")


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
        "closed": [key for key in closed_threads.closed(connection) if key in shown_on],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def write(connection: sqlite3.Connection, config: Config, site: SiteManifest | None = None) -> bool:
    """Bring the file up to date in one step; True if it changed.

    It holds what published pages show and nothing else: no comment of an article that is a draft,
    is gone, or shows none. It is written while no one else may write to the store: what is put
    there last is the newest.
    """
    path = config.approved
    with store.transaction(connection):
        shown_on = articles(site or SiteManifest(config.site, config.site_url), path)
        text = as_json(connection, shown_on)
        if path.is_file() and path.read_bytes() == text:
            return False
        replace_file(path, text, 0o644)
    return True


def articles(site: SiteManifest, path: Path) -> Container[str]:
    """Return the ids of the articles that show comments.

    While a new build takes the place of the old one there may be none for a moment: then it is
    those that the file has already.
    """
    try:
        threads = site.about().threads
        return {id_ for id_, thread in threads.items() if thread.comments != "off"}
    except Refusal:
        with suppress(OSError, ValueError, KeyError, TypeError):
            known = json.loads(path.read_text("utf-8"))
            return {*known["threads"], *known.get("closed", ())}
        return set()
