"""The mails that wait to be sent: what is due, how many at once, and what a refusal means.

Each comment has its mail here from the moment in which it is kept. The first few in an hour go out
by themselves; what comes beyond is held, and becomes one mail an hour that names them all. What
may speak of danger has a room of its own among the first.
"""

import logging
import smtplib
import socket
import sqlite3
import ssl
import time
from dataclasses import dataclass

from insession.comments import mail, store
from insession.comments.config import Config
from insession.comments.troubles import Troubles

WAITS = (30, 120, 600, 3_600)  # seconds until the next try; the last one again and again
LASTING = (3_600, 21_600, 86_400)  # the same, after a no for good
PATIENCE = 600  # seconds for which a server may be away before anyone is told
HOUR = 3_600
URGENT = 2  # times as many mails an hour about what may speak of danger
AT_ONCE = 50
KIND = "mail"
log = logging.getLogger("insession.comments")


@dataclass(frozen=True)
class Failure:
    """Why a mail wasn't taken: for good or for now, and whether others would be."""

    why: str
    is_lasting: bool
    is_of_all: bool = True


@dataclass
class Attempts:
    """What is remembered between two rounds: why nothing is taken, and until when to wait."""

    failure: Failure | None = None
    tries: int = 0
    hold: float = 0.0

    def fail(self, failure: Failure, at: float) -> None:
        """Remember a failure that concerns all mails; after a no for good, wait long."""
        self.failure = failure
        if failure.is_lasting:
            self.hold = at + LASTING[min(self.tries, len(LASTING) - 1)]
            self.tries += 1

    def succeed(self) -> None:
        """Forget what failed."""
        self.failure, self.tries, self.hold = None, 0, 0.0


def work_outbox(
    connection: sqlite3.Connection,
    config: Config,
    at: float | None = None,
    attempts: Attempts | None = None,
) -> list[str]:
    """Send what is due and say where each mail went; what fails is tried again, later each time.

    A mail is claimed before it is sent, so that two workers don't send it both.
    """
    at, attempts = time.time() if at is None else at, attempts or Attempts()
    if not config.mail or at < attempts.hold:
        return []
    delivered: list[str] = []
    for numbers in _due(connection, config, at):
        rows = _claim(connection, numbers, at)
        if not rows:
            continue
        row = rows[0] if len(rows) == 1 else mail.digest(config, rows)
        try:
            delivered.append(mail.deliver(config.mail, mail.message(config.mail, *row[:4])))
        except (OSError, smtplib.SMTPException, ValueError) as error:
            failure = explain(error)
            # Only what kind of error it was: its text may name the recipient.
            log.warning("Mail %d isn't sent yet (%s).", numbers[0], type(error).__name__)
            if failure.is_of_all:
                attempts.fail(failure, at)
                _wait_for_server(connection, at)
                break
            if failure.is_lasting:
                _refuse(connection, numbers, failure.why, at)
            continue
        attempts.succeed()
        _finish(connection, numbers)
    return delivered


def say_what_fails(
    connection: sqlite3.Connection, attempts: Attempts, troubles: Troubles, at: float
) -> None:
    """Say what keeps mails from arriving; where none waits that was tried, nothing does."""
    sql = (
        "SELECT count(refused), max(refused), min(created) FROM outbox "
        "WHERE sent IS NULL AND attempts > 0"
    )
    count, refused, oldest = connection.execute(sql).fetchone()
    if not oldest:
        troubles.end(KIND)
        return
    since, failure = store.moment(oldest).timestamp(), attempts.failure
    if failure and failure.is_lasting:
        troubles.begin(KIND, failure.why, since)
    elif count:
        which = "1 mail is" if count == 1 else f"{count} mails are"
        troubles.begin(KIND, f"{which} refused: {refused}", since)
    elif at - since >= PATIENCE:
        why = failure.why if failure else "the mail server doesn’t take them yet"
        troubles.begin(KIND, f"{why}; it is tried again", since)


def _due(connection: sqlite3.Connection, config: Config, at: float) -> list[list[int]]:
    """Return the mails that are to be sent now, each as the numbers of those that it joins."""
    sql = (
        "SELECT id, urgent, attempts FROM outbox "
        "WHERE sent IS NULL AND NOT held AND next_try <= ? ORDER BY urgent DESC, id LIMIT ?"
    )
    found = connection.execute(sql, (at, AT_ONCE)).fetchall()
    most = config.limits.mails
    if most is None or (config.mail and config.mail.folder):
        return [[number] for number, _, _ in found] + _held(connection, at)
    left = list(_room(connection, most, at)) if found else []
    single, held = [], []
    for number, urgent, tried in found:
        if tried or left[urgent] > 0:
            left[urgent] -= not tried
            single.append([number])
        else:
            held.append((number,))
    if held:
        with store.transaction(connection):
            connection.executemany("UPDATE outbox SET held = 1 WHERE id = ?", held)
    return single + _held(connection, at)


def _room(connection: sqlite3.Connection, most: int, at: float) -> tuple[int, int]:
    """Return how many mails may go by themselves now: ordinary ones, and urgent ones.

    As long as some are held, or were a moment ago, all ordinary ones are.
    """
    sql = (
        "SELECT total(NOT urgent AND NOT held), total(urgent AND NOT held), total(held) "
        "FROM outbox WHERE sent > ? AND sent <= ?"
    )
    ordinary, urgent, joined = connection.execute(sql, _last_hour(at)).fetchone()
    sql = "SELECT 1 FROM outbox WHERE sent IS NULL AND held LIMIT 1"
    flood = joined or connection.execute(sql).fetchone()
    return 0 if flood else most - int(ordinary), URGENT * most - int(urgent)


def _held(connection: sqlite3.Connection, at: float) -> list[list[int]]:
    """Return the held mails as one, if the oldest has waited for an hour."""
    sql = "SELECT id, created FROM outbox WHERE sent IS NULL AND held AND next_try <= ? ORDER BY id"
    rows = connection.execute(sql, (at,)).fetchall()
    if not rows:
        return []
    (since, now), oldest = _last_hour(at), min(created for _, created in rows)
    if since < oldest <= now:  # not, if the clock was ahead when they came
        return []
    sql = "SELECT 1 FROM outbox WHERE held AND sent > ? AND sent <= ? LIMIT 1"
    one_was_sent = connection.execute(sql, (since, now)).fetchone()
    return [] if one_was_sent else [[row[0] for row in rows]]


def _last_hour(at: float) -> tuple[str, str]:
    return store.as_stored(at - HOUR), store.as_stored(at)


def _claim(connection: sqlite3.Connection, numbers: list[int], at: float) -> list[mail.Row]:
    rows = []
    with store.transaction(connection):
        for number in numbers:
            row = connection.execute(
                "SELECT attempts, message_id, subject, body, created, urgent FROM outbox "
                "WHERE id = ? AND sent IS NULL AND next_try <= ?",
                (number, at),
            ).fetchone()
            if row:
                wait = WAITS[min(row[0], len(WAITS) - 1)]
                sql = "UPDATE outbox SET attempts = attempts + 1, next_try = ? WHERE id = ?"
                connection.execute(sql, (at + wait, number))
                rows.append(row[1:])
    return rows


def _finish(connection: sqlite3.Connection, numbers: list[int]) -> None:
    sql = "UPDATE outbox SET sent = ?, subject = '', body = '', refused = NULL WHERE id = ?"
    with store.transaction(connection):
        connection.executemany(sql, [(store.now(), number) for number in numbers])


def _refuse(connection: sqlite3.Connection, numbers: list[int], why: str, at: float) -> None:
    """A no for good to just this mail: it is tried once a day, and after each start."""
    sql = "UPDATE outbox SET refused = ?, next_try = ? WHERE id = ?"
    with store.transaction(connection):
        rows = [(why, at + LASTING[-1], number) for number in numbers]
        connection.executemany(sql, rows)


def _wait_for_server(connection: sqlite3.Connection, at: float) -> None:
    """It is away, for the other mails too: none is tried before the first interval is over."""
    sql = "UPDATE outbox SET next_try = ?1 WHERE sent IS NULL AND next_try < ?1"
    with store.transaction(connection):
        connection.execute(sql, (at + WAITS[0],))


def try_again(connection: sqlite3.Connection) -> None:
    """Let all that isn't sent yet be due now: the service has just been started."""
    connection.execute("UPDATE outbox SET next_try = 0 WHERE sent IS NULL")


def explain(error: Exception) -> Failure:
    """Return what an error of the mail server means, in words that name the setting to look at."""
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Failure(_missing(str(error)), is_lasting=True)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max((reply[0] for reply in error.recipients.values()), default=0)
        why = "the mail server takes no mail for the address in INSESSION_MAIL_TO"
        return Failure(f"{why} ({code})", is_lasting=500 <= code < 600)
    if isinstance(error, smtplib.SMTPResponseException):
        code = error.smtp_code
        of_all = not isinstance(error, smtplib.SMTPDataError)
        return Failure(f"{_refusal(error)} ({code})", 500 <= code < 600, of_all)
    if type(error) is smtplib.SMTPException:
        why = "the mail server knows no way to log in that is known here (INSESSION_SMTP_USER)"
        return Failure(why, is_lasting=True)
    if isinstance(error, ssl.SSLCertVerificationError):
        why = "the mail server’s certificate isn’t for the name in INSESSION_SMTP_HOST"
        return Failure(why, is_lasting=True)
    if isinstance(error, ssl.SSLError):
        why = "no safe connection to the mail server comes about"
        return Failure(f"{why} (INSESSION_SMTP_TLS, INSESSION_SMTP_PORT)", is_lasting=True)
    if isinstance(error, socket.gaierror):
        return Failure("no server answers to the name in INSESSION_SMTP_HOST", is_lasting=False)
    if isinstance(error, ValueError):
        return Failure("a mail can’t be written as it is", is_lasting=True, is_of_all=False)
    return Failure("the mail server can’t be reached", is_lasting=False)


def _missing(said: str) -> str:
    if "STARTTLS" in said:
        return "the mail server offers no STARTTLS, and without it nothing is sent " + (
            "(INSESSION_SMTP_TLS, INSESSION_SMTP_PORT)"
        )
    if "AUTH" in said:
        return "the mail server takes no login here (INSESSION_SMTP_USER, INSESSION_SMTP_PORT)"
    return "the mail server takes no address with letters beyond a to z"


def _refusal(error: smtplib.SMTPResponseException) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "the mail server refuses the user or the password (INSESSION_SMTP_USER, …_PASSWORD)"
    if error.smtp_code == 530:  # RFC 4954, 6
        return "the mail server asks for a login (INSESSION_SMTP_USER)"
    if isinstance(error, smtplib.SMTPSenderRefused):
        return "the mail server sends nothing from the address in INSESSION_MAIL_FROM"
    if isinstance(error, smtplib.SMTPDataError):
        return "the mail server refuses what stands in it"
    return "the mail server refuses to talk with this computer"
