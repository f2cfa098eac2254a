"""What she has hidden since a backup was made: taken off the page, or struck out.

No restore shows it again. The present store knows it; where that is damaged, approved.json does,
which holds what was published last.
"""

import json
import sqlite3
from collections.abc import Container, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from insession.comments.redaction import MARK

Key = tuple[int, str]  # id and creation: a restore may give an id to another comment


class Version(NamedTuple):
    """How a comment stands now."""

    name: str
    body: str
    status: str


def of_store(connection: sqlite3.Connection) -> dict[Key, Version]:
    """Return how each comment stands in a store."""
    rows = connection.execute("SELECT id, created, name, body, status FROM comment")
    return {(number, created): Version(*rest) for number, created, *rest in rows}


def of_approved(
    path: Path, prepared: sqlite3.Connection, articles: Container[str]
) -> dict[Key, Version]:
    """Return how the published comments of a backup stand in approved.json.

    Of these articles all that is published is in there; what isn't was taken off. Where the file
    is missing or can't be read, nothing is known.
    """
    found: dict[Key, Version] = {}
    with suppress(OSError, ValueError, KeyError, TypeError):
        threads = json.loads(path.read_text("utf-8"))["threads"]
        shown = [comment for comments in threads.values() for comment in comments]
        now = {
            (each["id"], each["created"]): Version(each["name"], each["body"], "published")
            for each in shown
        }
        sql = "SELECT id, created, name, body, thread FROM comment WHERE status = 'published'"
        for number, created, name, body, thread in prepared.execute(sql):
            key = number, created
            if key in now or thread in articles:
                found[key] = now.get(key, Version(name, body, "kept"))
    return found


def hide(prepared: sqlite3.Connection, now: Mapping[Key, Version]) -> list[int]:
    """Show nothing of a backup that isn't shown now; return the comments that are changed."""
    changed = []
    for key, then in of_store(prepared).items():
        version = now.get(key, then)
        if _marks(then) > _marks(version):  # struck out there, and not yet in an older store
            version = then._replace(status=version.status)
        is_taken_off = then.status == "published" and version.status == "kept"
        status = "kept" if is_taken_off else then.status
        if (version.name, version.body, status) != then:
            sql = "UPDATE comment SET name = ?, body = ?, status = ? WHERE id = ?"
            prepared.execute(sql, (version.name, version.body, status, key[0]))
            changed.append(key[0])
    return sorted(changed)


def _marks(version: Version) -> int:
    return version.name.count(MARK) + version.body.count(MARK)
