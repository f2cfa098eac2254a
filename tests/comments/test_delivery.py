"""What can't be delivered is said, where she looks; a flood of comments is no flood of mails."""

import dataclasses
import smtplib
import sqlite3
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from bs4 import BeautifulSoup

from insession.comments import Refusal, mail, notices, outbox, signed_links, store
from insession.comments.config import Config, Mail, from_environment
from insession.comments.mail_address import read_address
from insession.comments.rate_limits import Limits
from tests.comments.running import HERE, SECRET, MailServer, Running, body, until

NOW = 1_790_000_000.0


# Addresses


@pytest.mark.parametrize(
    ("text", "address", "name"),
    [
        ("hannah@example.org", "hannah@example.org", ""),
        ("Hannah Vale <hannah@example.org>", "hannah@example.org", "Hannah Vale"),
        ('"Hannah Vale, PhD" <hannah@example.org>', "hannah@example.org", "Hannah Vale, PhD"),
        ("Zoë Dr. Vale <z.vale+blog@mail.example.org>", "z.vale+blog@mail.example.org", None),
        ("root@localhost", "root@localhost", ""),
        ("O'Neil <o'neil@example.org>", "o'neil@example.org", "O'Neil"),
    ],
)
def test_an_address_is_read_as_mail_programs_read_it(
    text: str, address: str, name: str | None
) -> None:
    found = read_address("INSESSION_MAIL_TO", text)
    assert found.addr_spec == address
    assert name in (None, found.display_name)
    again = mail.message(Mail(str(found), str(found)), "x", "s", "b", "2026-11-23T18:40:00Z")
    assert again["From"].addresses[0].addr_spec == again["To"].addresses[0].addr_spec == address


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Hannah Vale, PhD <hannah@example.org>", "double quotes"),
        ("hannah@example.org, office@example.org", "more than one"),
        ("hannah@example,org", "more than one"),
        ("zoë@example.org", "from a to z"),
        ("Zoë <zoë@example.org>", "from a to z"),
        ("hannah@müller.example", "write hannah@xn--mller-kva.example"),
        ("hannah", "no e-mail address"),
        ("hannah@", "no e-mail address"),
        ("@example.org", "no e-mail address"),
        ("<hannah@example.org", "no e-mail address"),
        ("Hannah hannah@example.org", "no e-mail address"),
        ("hannah@@example.org", "no e-mail address"),
        ("friends: hannah@example.org;", "no e-mail address"),
        ("mailto:hannah@example.org", "no e-mail address"),
        ("hannah@exam ple.org", "no e-mail address"),
        ("hannah.@example.org", "no e-mail address"),
    ],
)
@pytest.mark.parametrize("setting", ["INSESSION_MAIL_FROM", "INSESSION_MAIL_TO"])
def test_what_no_mail_could_be_sent_by_is_refused_at_the_start(
    text: str, word: str, setting: str
) -> None:
    environ = {
        "INSESSION_SITE_URL": HERE,
        "INSESSION_SMTP_HOST": "smtp.example.org",
        "INSESSION_MAIL_FROM": "blog@example.org",
        "INSESSION_MAIL_TO": "hannah@example.org",
    }
    from_environment(environ)
    with pytest.raises(Refusal, match=setting) as refused:
        from_environment(environ | {setting: text})
    assert word in str(refused.value)
    assert "\n" not in str(refused.value)


# What a mail server refuses


class Refusing(MailServer):
    """A mail server that says no at one step."""

    def __init__(self, step: str, reply: str) -> None:
        super().__init__()
        self.step, self.reply, self.envelopes = step, reply, []

    async def handle_MAIL(  # noqa: N802  (the server's own names)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.step == "MAIL":
            return self.reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.envelopes.append((envelope.mail_from, address))
        if self.step == "RCPT":
            return self.reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.step == "DATA":
            return self.reply
        return await super().handle_DATA(server, session, envelope)

    def authenticate(self, *_: object) -> AuthResult:
        return AuthResult(success=False, handled=False, message=self.reply)


@pytest.fixture
def refusing() -> Iterator[Callable[..., Refusing]]:
    begun: list[Refusing] = []

    def begin(step: str, reply: str = "") -> Refusing:
        begun.append(Refusing(step, reply))
        if step == "AUTH":
            more = {"authenticator": begun[-1].authenticate, "auth_require_tls": False}
        else:
            more = {}
        begun[-1].start(**more)
        return begun[-1]

    yield begin
    for server in begun:
        server.stop()


def queue(running: Running) -> str:
    answer = running.get(f"/comments/queue?s={signed_links.queue_token(SECRET)}")
    return " ".join(BeautifulSoup(answer.text, "html.parser").main.get_text().split())


def in_terminal(running: Running, capsys: pytest.CaptureFixture[str]) -> str:
    from insession.comments import commands

    capsys.readouterr()
    commands.show(from_environment(running.environ), everything=False)
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("step", "reply", "more", "why"),
    [
        ("MAIL", "550 5.7.1 not yours", {}, "INSESSION_MAIL_FROM (550)"),
        ("RCPT", "550 5.1.1 no such user", {}, "INSESSION_MAIL_TO (550)"),
        ("DATA", "554 5.7.1 spam", {}, "1 mail is refused: the mail server refuses what"),
        (
            "AUTH",
            "535 5.7.8 wrong",
            {"INSESSION_SMTP_USER": "me", "INSESSION_SMTP_PASSWORD": "secret"},
            "the user or the password",
        ),
        ("STARTTLS", "", {"INSESSION_SMTP_TLS": "starttls"}, "offers no STARTTLS"),
        ("LOGIN", "", {"INSESSION_SMTP_USER": "me"}, "takes no login"),
    ],
)
def test_a_no_for_good_is_said_where_she_looks_and_not_asked_for_again_and_again(
    start: Callable[..., Running],
    refusing: Callable[..., Refusing],
    capsys: pytest.CaptureFixture[str],
    step: str,
    reply: str,
    more: dict[str, str],
    why: str,
) -> None:
    server = refusing(step, reply)
    running = start(**server.environ | more)
    assert running.post("A first comment").status == 303
    until(lambda: why in queue(running))
    assert "mails about comments don’t arrive" in queue(running)
    assert why in in_terminal(running, capsys)
    health = running.get("/comments/health")
    assert health.status == 503
    assert why in health.text
    assert "hannah@example.org" not in health.text + running.log.read_text("utf-8")
    running.post("A second comment")
    if step == "DATA":
        until(lambda: "2 mails are refused" in queue(running))
        (waits,) = running.rows("SELECT min(next_try - unixepoch()) FROM outbox")[0]
        assert waits > 80_000, "a refused mail is tried once a day"
    else:
        until(lambda: running.rows("SELECT max(attempts) FROM outbox") == [(1,)])
        assert sum(row[0] for row in running.rows("SELECT attempts FROM outbox")) == 1
    # It was mended, and the service started anew: all of it arrives, and nothing is said any more.
    running.stop()
    server.stop()
    running.environ |= server.environ | {"INSESSION_SMTP_USER": ""}
    server.step = ""
    server.start()
    running.start()
    until(lambda: server.about("A first comment") and server.about("A second comment"))
    until(lambda: running.get("/comments/health").status == 200)
    assert "don’t arrive" not in queue(running) + in_terminal(running, capsys)


def test_a_server_that_is_away_for_a_while_is_nothing_to_speak_of_and_then_it_is(
    start: Callable[..., Running], away: MailServer
) -> None:
    running = start(**away.environ)
    running.post("While it is away")
    until(lambda: running.rows("SELECT max(attempts) FROM outbox") == [(1,)])
    assert running.get("/comments/health").status == 200
    running.change("UPDATE outbox SET created = '2026-01-01T00:00:00Z'")
    running.stop()
    running.start()
    until(lambda: running.get("/comments/health").status == 503)
    assert "it is tried again" in queue(running)


def test_a_name_with_a_comma_reaches_the_server_as_one_address(
    start: Callable[..., Running], refusing: Callable[..., Refusing]
) -> None:
    server = refusing("")
    running = start(
        **server.environ
        | {
            "INSESSION_MAIL_FROM": '"Hannah Vale, PhD" <blog@example.org>',
            "INSESSION_MAIL_TO": '"Vale, Hannah" <hannah@example.org>',
        }
    )
    running.post("To whom it may concern")
    (found,) = until(lambda: server.about("To whom it may concern"))
    assert server.envelopes == [("blog@example.org", "hannah@example.org")]
    assert found["From"].addresses[0].display_name == "Hannah Vale, PhD"


# Many at once


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = store.connect(tmp_path / "comments.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """The mails that are handed over."""
    found: list[EmailMessage] = []

    def take(_: Mail, made: EmailMessage) -> str:
        found.append(made)
        return "there"

    monkeypatch.setattr(mail, "deliver", take)
    return found


def config(folder: Path) -> Config:
    return Config(
        site_url=HERE,
        secret=SECRET,
        url=HERE,
        origins=frozenset({HERE}),
        folder=folder,
        mail=Mail("blog@example.org", "hannah@example.org", host="smtp.example.org"),
    )


class Clock:
    """The time of the store and of the outbox."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = NOW
        monkeypatch.setattr(store, "now", lambda: store.as_stored(self.at))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def comes(connection: sqlite3.Connection, words: str, urgent: bool = False) -> int:
    token = signed_links.withdraw_hash(signed_links.new_withdraw_token())
    subject = "A comment to “Silence”"
    written = (f"Please read soon: {subject}" if urgent else subject, f"> {words}\n", urgent)
    return store.add(
        connection, "s", None, "", words, withdraw_hash=token, write_mail=lambda _: written
    )


def test_after_a_handful_mails_become_one_an_hour_that_names_each_comment(
    connection: sqlite3.Connection, tmp_path: Path, sent: list[EmailMessage], clock: Clock
) -> None:
    names = []
    for minute in range(24 * 60):
        clock.at = NOW + minute * 60
        if minute < 486:
            names.append(f"Flood number {minute}.")
            comes(connection, names[-1])
        outbox.work_outbox(connection, config(tmp_path), clock.at)
    assert len(sent) <= 5 + 9
    texts = "".join(body(mail) for mail in sent)
    assert all(name in texts for name in names)
    assert [mail["Subject"] for mail in sent[:5]] == ["A comment to “Silence”"] * 5
    many = sent[5]
    assert many["Subject"].endswith(" more comments")
    assert "/comments/queue?s=" in body(many)
    assert len({mail["Message-ID"] for mail in sent}) == len(sent)
    # A day later she gets each by itself again.
    clock.at += 86_400
    comes(connection, "A quiet day")
    outbox.work_outbox(connection, config(tmp_path), clock.at)
    assert sent[-1]["Subject"] == "A comment to “Silence”"


def test_words_of_danger_have_mails_of_their_own_within_a_bound(
    connection: sqlite3.Connection, tmp_path: Path, sent: list[EmailMessage], clock: Clock
) -> None:
    for number in range(20):
        comes(connection, f"Flood {number}.")
    outbox.work_outbox(connection, config(tmp_path), clock.at)
    assert len(sent) == 5
    for number in range(30):
        comes(connection, f"Danger {number}.", urgent=True)
    outbox.work_outbox(connection, config(tmp_path), clock.at)
    assert len(sent) == 5 + 10
    clock.at += 3_601
    outbox.work_outbox(connection, config(tmp_path), clock.at)
    (many,) = sent[15:]
    assert many["Subject"] == "Please read soon, some may speak of danger: 35 more comments"
    text = body(many)
    assert "SOME WORDS IN 20 OF THEM" in text
    assert text.index("Danger 29.") < text.index("Flood 19."), "danger comes first"


def test_a_mail_about_many_keeps_to_what_is_there_and_is_tried_again_as_the_same(
    connection: sqlite3.Connection,
    tmp_path: Path,
    sent: list[EmailMessage],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    numbers = [comes(connection, f"Flood {number}.") for number in range(120)]
    settings = config(tmp_path)
    for _ in range(4):
        outbox.work_outbox(connection, settings, clock.at)
    clock.at += 3_601
    store.delete(connection, numbers[50])
    tried: list[str] = []

    def refuse(_: Mail, made: EmailMessage) -> str:
        tried.append(made["Message-ID"])
        raise ConnectionRefusedError

    with monkeypatch.context() as away:
        away.setattr(mail, "deliver", refuse)
        outbox.work_outbox(connection, settings, clock.at)
        clock.at += 31
        outbox.work_outbox(connection, settings, clock.at)
    clock.at += 3_600
    outbox.work_outbox(connection, settings, clock.at)
    (many,) = sent[5:]
    assert tried == [many["Message-ID"]] * len(tried)
    text = body(many)
    assert many["Subject"] == "114 more comments"
    assert "Flood 49." in text
    assert "Flood 50." not in text, "what was withdrawn meanwhile is in no mail"
    assert "And 14 more" in text
    rows = connection.execute("SELECT count(*) FROM outbox WHERE body <> '' OR sent IS NULL")
    assert rows.fetchone() == (0,)


def test_a_mail_about_many_that_is_refused_holds_up_no_later_one(
    connection: sqlite3.Connection,
    tmp_path: Path,
    sent: list[EmailMessage],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(10):
        comes(connection, f"Flood {number}.")
    outbox.work_outbox(connection, config(tmp_path), clock.at)
    clock.at += 3_601

    def refuse(_: Mail, __: EmailMessage) -> str:
        raise smtplib.SMTPDataError(554, b"no")

    with monkeypatch.context() as refusing:
        refusing.setattr(mail, "deliver", refuse)
        outbox.work_outbox(connection, config(tmp_path), clock.at)
    assert connection.execute("SELECT count(refused) FROM outbox").fetchone() == (5,)
    for number in range(10, 13):
        comes(connection, f"Flood {number}.")
    outbox.work_outbox(connection, config(tmp_path), clock.at)
    clock.at += 3_601
    outbox.work_outbox(connection, config(tmp_path), clock.at)
    (later,) = sent[5:]
    assert "Flood 10." in body(later)
    assert "Flood 9." not in body(later)


def test_a_mail_about_many_shows_only_the_beginning_of_each(
    connection: sqlite3.Connection, tmp_path: Path, sent: list[EmailMessage], clock: Clock
) -> None:
    for number in range(7):
        comes(connection, f"{number}. " + "word " * 900)
    outbox.work_outbox(connection, config(tmp_path), clock.at)
    clock.at += 3_601
    outbox.work_outbox(connection, config(tmp_path), clock.at)
    assert len(body(sent[5])) < 2_000
    assert "> 6. word word" in body(sent[5])


@pytest.mark.parametrize(
    ("comments", "subject"),
    [(0, "3 comments were withdrawn"), (1, "1 more comment, 3 withdrawn")],
)
def test_a_mail_about_many_tells_what_came_from_what_was_withdrawn(
    connection: sqlite3.Connection,
    tmp_path: Path,
    sent: list[EmailMessage],
    clock: Clock,
    comments: int,
    subject: str,
) -> None:
    for number in range(5):
        comes(connection, f"One of five: {number}.")
    outbox.work_outbox(connection, config(tmp_path), clock.at)
    for number in range(3):
        words = ("A comment to “Silence” was withdrawn", "Its writer has withdrawn it.")
        notices.send(connection, f"{notices.WITHDRAWAL}{number}", *words)
    for number in range(comments):
        comes(connection, f"Later: {number}.")
    outbox.work_outbox(connection, config(tmp_path), clock.at)
    clock.at += 3_601
    outbox.work_outbox(connection, config(tmp_path), clock.at)
    (many,) = sent[5:]
    assert many["Subject"] == subject
    assert body(many).count("A comment to “Silence” was withdrawn") == 3
    assert ("more comments came" in body(many)) is False
    assert ("wait" in body(many)) is bool(comments)


def test_one_comment_that_was_held_is_a_mail_like_any_other(
    connection: sqlite3.Connection, tmp_path: Path, sent: list[EmailMessage], clock: Clock
) -> None:
    for number in range(6):
        comes(connection, f"One of six: {number}.")
    outbox.work_outbox(connection, config(tmp_path), clock.at)
    clock.at += 3_601
    outbox.work_outbox(connection, config(tmp_path), clock.at)
    assert [mail["Subject"] for mail in sent] == ["A comment to “Silence”"] * 6


def test_in_the_preview_each_comment_has_its_file(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    here = dataclasses.replace(
        config(tmp_path), mail=Mail("a@localhost", "a@localhost", folder=tmp_path / "mail")
    )
    assert here.limits == Limits()
    for number in range(12):
        comes(connection, f"For trying out {number}.")
    assert len(outbox.work_outbox(connection, here)) == 12
