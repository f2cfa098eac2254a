"""Articles whose comments she has closed from her pages, without touching their files.

The service refuses from that moment; the pages say it with the next build, by approved.json.
"""

import sqlite3

from insession.comments import store


def close(connection: sqlite3.Connection, thread: str) -> None:
    """Take no more comments on an article."""
    sql = "INSERT OR IGNORE INTO closed (thread, at) VALUES (?, ?)"
    connection.execute(sql, (thread, store.now()))


def reopen(connection: sqlite3.Connection, thread: str) -> None:
    """Take comments again, if the article's header lets it."""
    connection.execute("DELETE FROM closed WHERE thread = ?", (thread,))


def closed(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of all articles that are closed here."""
    return [key for (key,) in connection.execute("SELECT thread FROM closed ORDER BY thread")]
