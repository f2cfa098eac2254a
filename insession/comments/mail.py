"""The mail about a new comment: written with the comment, sent until it is accepted."""

import logging
import smtplib
import sqlite3
import ssl
import time
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import partial
from pathlib import Path

from insession.comments import danger, links, store
from insession.comments.config import Config, Mail
from insession.comments.site import Thread

WAITS = (30, 120, 600, 3_600)  # seconds until the next try; the last one again and again
TIMEOUT = 20  # seconds for a mail server to answer
log = logging.getLogger("insession.comments")

DANGER = """\
SOME WORDS IN IT MAY SPEAK OF ACUTE DANGER. You can't reach the writer through this blog. Every
page, and the one they saw after sending, shows the crisis line. If the comment says who or where
someone is, and the danger is now, call your emergency number and read it to them. Otherwise: you
can publish it with an answer that names the crisis line, since the writer may come back to look.

"""
BODY = """\
{danger}{kind} to “{title}”
{address}

Name: {name}

{quoted}

(Each line after > is the reader's, links too. Nobody else has seen it yet.)
(A list of English words looks for danger in each comment. No list catches all: it misses much, and
whatever is written in another language. Your own reading decides.)

Publish it:
{publish}

Don't publish it, keep it privately:
{keep}

Delete it:
{delete}

Each link asks once more before anything happens, and is good for {days} days.
All that wait for you:
{queue}
"""


def written(
    config: Config, comment: store.Comment, thread: Thread, marked: bool | None = None
) -> tuple[str, str]:
    """Return the subject and the text of the mail about a comment.

    `marked` says whether there are words of danger in it; without, they are looked for.
    """
    if marked is None:
        marked = danger.speaks_of_danger(f"{comment.name}\n{comment.body}")
    title = " ".join(thread.title.split())
    actions = {
        action: links.moderation_url(config.url, config.secret, comment, action)
        for action in links.ACTIONS
    }
    body = BODY.format(
        danger=DANGER if marked else "",
        kind="A reply" if comment.parent else "A comment",
        title=title,
        address=thread.address,
        name=comment.name or "(none)",
        quoted="\n".join(f"> {line}" for line in comment.body.split("\n")),
        days=links.MODERATE_DAYS,
        queue=links.queue_url(config.url, config.secret),
        **actions,
    )
    mark = "Please read soon, it may speak of danger: " if marked else ""
    return f"{mark}a comment to “{title}”" if mark else f"A comment to “{title}”", body


def message(mail: Mail, message_id: str, subject: str, body: str, created: str) -> EmailMessage:
    """Return the mail; the same row makes the same Message-ID each time it is sent."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = mail.sender, mail.recipient, subject
    made["Date"] = format_datetime(store.moment(created))
    made["Message-ID"] = f"<{message_id}@{_domain(mail)}>"
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no one's holiday notice in answer
    made.set_content(body)
    return made


def _domain(mail: Mail) -> str:
    return parseaddr(mail.sender)[1].rpartition("@")[2] or "localhost"


def deliver(mail: Mail, made: EmailMessage) -> str:
    """Hand the mail over and say where to; raise OSError or SMTPException if it isn't taken."""
    if mail.folder:
        return str(_into_folder(mail.folder, made))
    name = _domain(mail)  # how we introduce ourselves; looking up our own name may take long
    where = {"host": mail.host, "port": mail.port, "local_hostname": name, "timeout": TIMEOUT}
    secure = None if mail.tls == "none" else ssl.create_default_context()
    ready = smtplib.SMTP if mail.tls != "tls" else partial(smtplib.SMTP_SSL, context=secure)
    with ready(**where) as server:
        if mail.tls == "starttls":
            server.starttls(context=secure)
        if mail.user:
            server.login(mail.user, mail.password)
        server.send_message(made)
    return mail.host


def _into_folder(folder: Path, made: EmailMessage) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{made['Message-ID'].strip('<>').partition('.')[0]}.eml"
    fresh = path.with_suffix(".part")
    fresh.write_bytes(made.as_bytes())
    return fresh.replace(path)


def work_outbox(
    connection: sqlite3.Connection, config: Config, at: float | None = None
) -> list[str]:
    """Send what is due and say where each mail went; what fails is tried again, later each time.

    A mail is claimed before it is sent, so that two workers don't send it both.
    """
    at = time.time() if at is None else at
    sql = "SELECT id FROM outbox WHERE sent IS NULL AND next_try <= ? ORDER BY id LIMIT 50"
    delivered = []
    for (number,) in connection.execute(sql, (at,)).fetchall() if config.mail else []:
        row = _claim(connection, number, at)
        if not row or not config.mail:
            continue
        try:
            delivered.append(deliver(config.mail, message(config.mail, *row)))
        except (OSError, smtplib.SMTPException, ValueError) as error:
            # Only what kind of error it was: its text may name the recipient.
            log.warning("Mail %d isn't sent yet (%s).", number, type(error).__name__)
            if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPDataError):
                _wait_for_server(connection, at)
                break
            continue
        sql_sent = "UPDATE outbox SET sent = ?, subject = '', body = '' WHERE id = ?"
        with store.transaction(connection):
            connection.execute(sql_sent, (store.now(), number))
    return delivered


def _claim(connection: sqlite3.Connection, number: int, at: float) -> tuple[str, ...] | None:
    with store.transaction(connection):
        row = connection.execute(
            "SELECT attempts, message_id, subject, body, created FROM outbox "
            "WHERE id = ? AND sent IS NULL AND next_try <= ?",
            (number, at),
        ).fetchone()
        if not row:
            return None
        wait = WAITS[min(row[0], len(WAITS) - 1)]
        sql = "UPDATE outbox SET attempts = attempts + 1, next_try = ? WHERE id = ?"
        connection.execute(sql, (at + wait, number))
        return row[1:]


def _wait_for_server(connection: sqlite3.Connection, at: float) -> None:
    """It is away, for the other mails too: none is tried before the first interval is over."""
    sql = "UPDATE outbox SET next_try = ?1 WHERE sent IS NULL AND next_try < ?1"
    with store.transaction(connection):
        connection.execute(sql, (at + WAITS[0],))


def try_again(connection: sqlite3.Connection) -> None:
    """Let all that isn't sent yet be due now: the service has just been started."""
    connection.execute("UPDATE outbox SET next_try = 0 WHERE sent IS NULL")
