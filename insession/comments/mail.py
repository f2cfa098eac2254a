"""The mail about a new comment: written with the comment, handed over by outbox.py."""

import smtplib
import sqlite3
import ssl
from collections.abc import Sequence
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import partial
from pathlib import Path

from insession.comments import danger, notices, signed_links, store
from insession.comments.config import Config, Mail
from insession.comments.site_manifest import Thread
from insession.common.atomic_file import replace_file

TIMEOUT = 20  # seconds for a mail server to answer
LISTED, EXCERPT = 100, 200  # comments that a mail about many names, and signs of each

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

Each link asks once more before anything happens, and is good for {days} days. The first also leads
to where you answer it, or strike out a name before it is published.

All that wait for you, and all that are published:
{queue}

{holder}"""


MANY = """\
{came} came, within an hour or a little longer: too many for a mail about each. What waits
for you is here, where you can also block where it comes from (for {days} days from now):
{queue}

{urgent}(Each line after > is a reader's, links too. Nobody else has seen them yet.)

{listed}{more}

{holder}"""
MANY_WITHDRAWN = """\
The writers of {count} comments have withdrawn them, within an hour or a little longer. They are
gone for good here: there is nothing for you to do, and no way to bring them back.

{listed}

If you still have the e-mails with their words, please delete those too.
"""
URGENT = """\
SOME WORDS IN {count} OF THEM MAY SPEAK OF ACUTE DANGER; these come first. A list of English words
looks for it. No list catches all.

"""


def written(
    config: Config, comment: store.Comment, thread: Thread, marked: bool | None = None
) -> tuple[str, str, bool]:
    """Return the subject and the text of the mail about a comment, and whether it is urgent.

    `marked` says whether there are words of danger in it; without, they are looked for.
    """
    if marked is None:
        marked = danger.speaks_of_danger(f"{comment.name}\n{comment.body}")
    if not config.mail_text:
        return *notices.quiet(config, comment, marked), marked
    title = " ".join(thread.title.split())
    body = BODY.format(
        danger=DANGER if marked else "",
        kind="A reply" if comment.parent else "A comment",
        title=title,
        address=thread.address,
        name=comment.name or "(none)",
        quoted="\n".join(f"> {line}" for line in comment.body.split("\n")),
        days=signed_links.MODERATE_DAYS,
        queue=signed_links.queue_url(config.url, config.secret),
        holder=notices.HOLDER,
        **signed_links.mail_urls(config.url, config.secret, comment),
    )
    mark = "Please read soon, it may speak of danger: " if marked else ""
    return f"{mark}a comment to “{title}”" if mark else f"A comment to “{title}”", body, marked


# Of one mail: its Message-ID, subject, text, when its comment was written, whether it is urgent
Row = tuple[str, str, str, str, int]


def digest(config: Config, rows: Sequence[Row]) -> tuple[str, str, str, str]:
    """Return one mail about many comments, as a row of the outbox.

    Those that may speak of danger come first. It is made of the mails about each, and shows no
    more of a comment than they do.
    """
    first, *_, created = min(rows, key=lambda row: row[3])[:4]
    gone = sum(notices.is_withdrawal(row[0]) for row in rows)
    if not config.mail_text:
        marked = any(row[4] for row in rows)
        quiet = notices.quiet_digest(config, marked, len(rows) - gone, gone)
        return f"digest-{first}", *quiet, created
    rows = sorted(rows, key=lambda row: (not row[4], notices.is_withdrawal(row[0])))
    listed = "\n\n".join(_excerpt(subject, text) for _, subject, text, *_ in rows[:LISTED])
    if gone == len(rows):
        body = MANY_WITHDRAWN.format(count=gone, listed=listed)
        return f"digest-{first}", f"{gone} comments were withdrawn", body, created
    urgent, more = sum(bool(row[4]) for row in rows), len(rows) - LISTED
    count = len(rows) - gone
    came = "1 more comment" if count == 1 else f"{count} more comments"
    body = MANY.format(
        came=came,
        urgent=URGENT.format(count=urgent) if urgent else "",
        queue=signed_links.queue_url(config.url, config.secret),
        days=signed_links.QUEUE_DAYS,
        holder=notices.HOLDER,
        listed=listed,
        more=f"\n\nAnd {more} more, which the page shows." if more > 0 else "",
    )
    mark = "Please read soon, some may speak of danger: " if urgent else ""
    return f"digest-{first}", f"{mark}{came}{f', {gone} withdrawn' if gone else ''}", body, created


def _excerpt(subject: str, text: str) -> str:
    quoted = " ".join(line[2:].strip() for line in text.split("\n") if line.startswith("> "))
    short = quoted if len(quoted) <= EXCERPT else f"{quoted[:EXCERPT]} …"
    return f"{subject}\n> {short}" if short else subject


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
    return mail.sender.rpartition("@")[2].rstrip(">") or "localhost"


def deliver(mail: Mail, made: EmailMessage) -> str:
    """Hand the mail over and say where to; raise OSError or SMTPException if it isn't taken."""
    if mail.folder:
        return str(_into_folder(mail.folder, made))
    name = _domain(mail)  # how we introduce ourselves; looking up our own name may take long
    secure = None if mail.tls == "none" else ssl.create_default_context()
    ready = smtplib.SMTP if mail.tls != "tls" else partial(smtplib.SMTP_SSL, context=secure)
    with ready(mail.host, mail.port, local_hostname=name, timeout=TIMEOUT) as server:
        if mail.tls == "starttls":
            server.starttls(context=secure)
        if mail.user:
            server.login(mail.user, mail.password)
        sender, recipient = made["From"].addresses[0], made["To"].addresses[0]
        server.send_message(made, sender.addr_spec, [recipient.addr_spec])
    return mail.host


def clear(connection: sqlite3.Connection, config: Config) -> None:
    """Remove the mails in a folder here whose comment is gone, or has other words by now."""
    own = config.mail.folder if config.mail else None
    for folder in {config.folder / "mail", own or config.folder / "mail"}:
        for path in folder.glob("comment-*.eml"):
            if not _is_current(connection, config, path):
                path.unlink(missing_ok=True)


def _is_current(connection: sqlite3.Connection, config: Config, path: Path) -> bool:
    number = path.stem.removeprefix("comment-")
    comment = store.get(connection, int(number)) if number.isdecimal() else None
    if not comment or not config.mail_text:  # such a mail holds no words
        return comment is not None
    with suppress(FileNotFoundError):
        text = message_from_bytes(path.read_bytes(), policy=SMTP).get_content()
        return all(f"> {line}" in text for line in comment.body.split("\n"))
    return False


def _into_folder(folder: Path, made: EmailMessage) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{made['Message-ID'].strip('<>').partition('.')[0]}.eml"
    replace_file(path, made.as_bytes())
    return path
