"""Mails that hold no reader's words: that one was withdrawn, and those that say nothing at all."""

import sqlite3
from uuid import uuid4

from insession.comments import signed_links, store
from insession.comments.config import Config
from insession.comments.site_manifest import Thread

WITHDRAWAL = "withdrawn-"  # the beginning of such a mail's id
QUIET_SUBJECT = "Something is waiting for you"
HOLDER = """\
Whoever has this e-mail can open its links and decide in your place, without a password. Forward it
to nobody, and delete it when you are done.
"""
QUIET = """\
Something is waiting for you to read{soon}:
{read}

All that wait:
{queue}

{holder}"""
QUIET_MANY = """\
More is waiting for you to read{soon}:
{queue}

{holder}"""
QUIET_GONE = """\
{them} withdrawn by the writer, and gone. If you still have an e-mail about that, please delete it
too.
"""
WITHDRAWN = """\
The writer of a comment to “{title}” has withdrawn it{where}. It is gone for good here: there is
nothing for you to do, and no way to bring it back.

If you still have the e-mail with its words, please delete that too.
"""
QUIET_WITHDRAWN = """\
What came on {day} was withdrawn by its writer and is gone. If you still have the e-mail about it,
please delete that too.
"""


def quiet(config: Config, comment: store.Comment, marked: bool) -> tuple[str, str]:
    """Return a mail that tells whoever sees it nothing but where to read."""
    body = QUIET.format(
        soon=" soon" if marked else "",
        read=signed_links.moderation_url(config.url, config.secret, comment, "publish"),
        queue=signed_links.queue_url(config.url, config.secret),
        holder=HOLDER,
    )
    return QUIET_SUBJECT, body


def quiet_digest(config: Config, marked: bool, came: int, gone: int) -> tuple[str, str]:
    """Return one such mail about many: so many that came, and so many that were withdrawn."""
    body = QUIET_MANY.format(
        soon=" soon" if marked else "",
        queue=signed_links.queue_url(config.url, config.secret),
        holder=HOLDER,
    )
    withdrawn = QUIET_GONE.format(them="One was" if gone == 1 else f"{gone} were") if gone else ""
    return QUIET_SUBJECT, "\n".join(part for part in (body if came else "", withdrawn) if part)


def withdrawn(config: Config, comment: store.Comment, thread: Thread | None) -> tuple[str, str]:
    """Return the mail that says that a comment was withdrawn."""
    if not config.mail_text:
        day = store.moment(comment.created)
        return QUIET_SUBJECT, QUIET_WITHDRAWN.format(day=f"{day:%B} {day.day}")
    title = " ".join((thread.title if thread else comment.thread).split())
    where = ", and it goes from the page within minutes" if comment.status == "published" else ""
    return f"A comment to “{title}” was withdrawn", WITHDRAWN.format(title=title, where=where)


def is_withdrawal(message_id: str) -> bool:
    """Whether a mail in the outbox says that a comment was withdrawn."""
    return message_id.startswith(WITHDRAWAL)


def has_heard(connection: sqlite3.Connection, number: int) -> bool:
    """Whether a mail about this comment has reached her."""
    sql = "SELECT 1 FROM outbox WHERE comment = ? AND sent IS NOT NULL"
    return connection.execute(sql, (number,)).fetchone() is not None


def send(connection: sqlite3.Connection, name: str, subject: str, body: str) -> None:
    """Put a mail that belongs to no comment into the outbox."""
    sql = "INSERT INTO outbox (message_id, subject, body, created) VALUES (?, ?, ?, ?)"
    connection.execute(sql, (f"{name}.{uuid4().hex}", subject, body, store.now()))
