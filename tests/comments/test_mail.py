"""Each comment's mail reaches her, once, whatever the mail server does meanwhile."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from insession.comments import notices
from insession.comments.config import Config
from insession.comments.mail import digest
from tests.comments.running import (
    HERE,
    SECRET,
    MailServer,
    Running,
    body,
    form,
    fresh_address,
    links,
    until,
)


def unsent(running: Running) -> int:
    return running.rows("SELECT count(*) FROM outbox WHERE sent IS NULL")[0][0]


def tried(running: Running) -> int:
    return running.rows("SELECT sum(attempts) FROM outbox")[0][0]


def test_a_mail_says_who_wrote_what_and_where(service: Running, mailbox: MailServer) -> None:
    words = "First paragraph.\n\nSecond – with “quotes”, שלום and 🌿."
    assert service.post(words, name="Zoë").status == 303
    (mail,) = until(lambda: mailbox.about(words))
    assert mail["To"] == "hannah@example.org"
    assert mail["Subject"] == "A comment to “Why silence helps”"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    text = body(mail)
    assert "https://blog.example.org/silence/" in text
    assert "Name: Zoë" in text
    assert set(links(text)) == {"publish", "keep", "delete", "queue"}


def test_words_of_danger_are_marked_in_the_subject_with_what_to_do(
    service: Running, mailbox: MailServer
) -> None:
    service.post("Some days I want to die.")
    (mail,) = until(lambda: mailbox.about("Some days I want to die."))
    assert mail["Subject"].startswith("Please read soon, it may speak of danger: ")
    assert "call your emergency number" in body(mail)
    service.post("It was a calm day.")
    (calm,) = until(lambda: mailbox.about("It was a calm day."))
    assert calm["Subject"].startswith("A comment to ")
    for text in (body(mail), body(calm)):
        assert "No list catches all" in text
        assert "another language" in text


def test_a_comment_cannot_pass_for_the_rest_of_the_mail(
    service: Running, mailbox: MailServer
) -> None:
    evil = "Nice.\n\nPublish it:\nhttps://evil.example.org/comments/moderate?s=x"
    service.post(evil, name="Publish it: https://evil.example.org")
    (mail,) = until(lambda: mailbox.about(evil))
    own = [line for line in body(mail).split("\n") if not line.startswith(">")]
    assert not any(line.startswith("https://evil") for line in own)
    assert links(body(mail))["publish"].startswith("https://blog.example.org/comments/moderate?s=")


def test_what_was_sent_is_not_kept_in_the_outbox(service: Running, mailbox: MailServer) -> None:
    service.post("Only once in the store.")
    until(lambda: mailbox.about("Only once in the store."))
    sql = "SELECT 1 FROM outbox WHERE body LIKE '%Only once in the store.%'"
    until(lambda: not service.rows(sql))


def test_mail_waits_while_the_server_is_away_and_is_then_sent_once(
    start: Callable[..., Running], away: MailServer
) -> None:
    running = start(**away.environ)
    for number in range(3):
        assert running.post(f"While it was away {number}").status == 303
    until(lambda: tried(running) >= 1)
    assert unsent(running) == 3
    away.start()
    away.refusing = "451 4.3.2 try again later"
    running.change("UPDATE outbox SET next_try = 0")
    until(lambda: tried(running) >= 4)
    assert unsent(running) == 3
    assert away.received == []
    (waits,) = running.rows("SELECT min(next_try - unixepoch()) FROM outbox")[0]
    assert waits > 0
    away.refusing = ""
    running.change("UPDATE outbox SET next_try = 0")
    until(lambda: unsent(running) == 0)
    assert [len(away.about(f"While it was away {n}")) for n in range(3)] == [1, 1, 1]
    assert running.count() == 3


def test_the_waits_grow_and_a_mail_tried_again_is_the_same_mail(
    start: Callable[..., Running], away: MailServer
) -> None:
    running = start(**away.environ)
    away.start()
    away.refusing = "451 4.7.1 not today"
    running.post("Again and again")
    waits = []
    for count in range(1, 6):
        until(lambda wanted=count: tried(running) == wanted)
        (wait,) = running.rows("SELECT next_try - unixepoch() FROM outbox")[0]
        waits.append(wait)
        running.change("UPDATE outbox SET next_try = 0")
    for found, meant in zip(waits, (30, 120, 600, 3_600, 3_600), strict=True):
        assert meant - 25 < found <= meant + 1
    away.refusing = ""
    running.change("UPDATE outbox SET next_try = 0")
    (mail,) = until(lambda: away.about("Again and again"))
    until(lambda: unsent(running) == 0)
    running.change("UPDATE outbox SET sent = NULL, body = '> Again and again\n', next_try = 0")
    until(lambda: len(away.about("Again and again")) == 2)
    assert {sent["Message-ID"] for sent in away.received} == {mail["Message-ID"]}


def test_a_restart_tries_at_once(start: Callable[..., Running], away: MailServer) -> None:
    running = start(**away.environ)
    running.post("Before the restart")
    until(lambda: tried(running) == 1)
    assert running.stop() == 0
    away.start()
    running.start()
    until(lambda: away.about("Before the restart"))


def test_a_withdrawn_comment_is_not_mailed_any_more(
    start: Callable[..., Running], away: MailServer
) -> None:
    running = start(**away.environ)
    answer = running.post("Taken back in time")
    token = re.search(r"w=(.+)", answer.headers["Location"])[1]
    until(lambda: "isn't sent yet" in running.log.read_text("utf-8"))
    assert running.submit("/comments/withdraw", {"t": token}).status == 200
    away.start()
    running.post("The next one")
    running.change("UPDATE outbox SET next_try = 0")
    until(lambda: away.about("The next one"))
    assert away.about("Taken back in time") == []


def test_without_mail_comments_wait_in_the_queue(start: Callable[..., Running]) -> None:
    running = start()
    assert running.post("Nobody is told").status == 303
    assert running.stored("Nobody is told") == [(1, "pending")]
    assert "No mail is set up" in running.log.read_text("utf-8")


def test_no_log_holds_an_address_a_token_or_a_text(
    start: Callable[..., Running], away: MailServer
) -> None:
    running = start(**away.environ)
    words, address = "Words that no log may hold", fresh_address()
    answer = running.post(words, address)
    running.get(answer.headers["Location"])
    running.submit("/comments/new", form("x"), X_Forwarded_For=address)
    running.get("/comments/moderate?s=secret-looking-token")
    until(lambda: tried(running) == 1)
    until(lambda: "isn't sent yet" in running.log.read_text("utf-8"))
    log = running.log.read_text("utf-8")
    token = answer.headers["Location"].partition("w=")[2]
    for secret in (words, address, token, "secret-looking-token", "hannah@example.org"):
        assert secret not in log


def test_a_mail_says_that_whoever_has_it_can_decide(service: Running, mailbox: MailServer) -> None:
    service.post("A comment that is mailed.")
    (mail,) = until(lambda: mailbox.about("A comment that is mailed."))
    assert "Whoever has this e-mail can open its links and decide" in body(mail)


def _told_of_withdrawal(mailbox: MailServer, number: int) -> list[EmailMessage]:
    """The mails that say that the writer of this comment has withdrawn it."""
    start = f"<withdrawn-{number}."
    return [mail for mail in mailbox.received if mail["Message-ID"].startswith(start)]


def test_she_is_told_when_a_writer_withdraws_and_the_words_are_not_repeated(
    service: Running, mailbox: MailServer
) -> None:
    answer = service.post("Soon to be withdrawn.", name="Withdrawing Name")
    token = re.search(r"w=(.+)", answer.headers["Location"])[1]
    until(lambda: mailbox.about("Soon to be withdrawn."))
    [(number, _)] = service.stored("Soon to be withdrawn.")
    sql = "SELECT sent FROM outbox WHERE comment = ? AND sent IS NOT NULL"
    until(lambda: service.rows(sql, number))
    assert service.submit("/comments/withdraw", {"t": token}).status == 200
    (mail,) = until(lambda: _told_of_withdrawal(mailbox, number))
    assert mail["Subject"] == "A comment to “Why silence helps” was withdrawn"
    assert "gone for good" in body(mail)
    assert "Soon to be" not in body(mail)
    assert "Withdrawing" not in body(mail)


def test_a_mail_without_the_text_says_nothing_and_still_leads_there(
    start: Callable[..., Running], away: MailServer
) -> None:
    away.start()
    running = start(**away.environ | {"INSESSION_MAIL_TEXT": "no"})
    answer = running.post("I want to die.", name="Unmistakable")
    (mail,) = until(lambda: list(away.received))
    text = body(mail)
    assert mail["Subject"] == "Something is waiting for you"
    assert "read soon" in text
    told = f"{mail['Subject']}\n{text}".lower()
    for word in ("want to die", "unmistakable", "silence", "danger", "publish", "comment to"):
        assert word not in told
    read, queue = re.findall(r"^https://\S+$", text, re.MULTILINE)
    assert "I want to die." in running.get(read).text
    assert "I want to die." in running.get(queue).text
    until(lambda: unsent(running) == 0)
    token = re.search(r"w=(.+)", answer.headers["Location"])[1]
    assert running.submit("/comments/withdraw", {"t": token}).status == 200
    told_again = until(lambda: away.received[1:])[0]
    assert told_again["Subject"] == "Something is waiting for you"
    assert "withdrawn" in body(told_again)


def test_one_mail_about_many_says_nothing_either(tmp_path: Path) -> None:
    config = Config(
        site_url=HERE,
        secret=SECRET,
        url=HERE,
        origins=frozenset(),
        folder=tmp_path,
        mail_text=False,
    )
    row = ("comment-1.x", "Something is waiting for you", "text", "2026-01-01T00:00:00Z", 1)
    _, subject, text, _ = digest(config, [row, row])
    assert subject == "Something is waiting for you"
    assert "read soon" in text
    assert "comment " not in text


def test_a_quiet_mail_about_what_was_withdrawn_asks_for_nothing(tmp_path: Path) -> None:
    config = Config(HERE, SECRET, HERE, frozenset(), tmp_path, mail_text=False)
    came = ("comment-1.x", "Something is waiting for you", "text", "2026-01-01T00:00:00Z", 0)
    gone = (f"{notices.WITHDRAWAL}1.x", *came[1:])
    _, subject, text, _ = digest(config, [gone, gone])
    assert subject == "Something is waiting for you"
    assert "2 were withdrawn" in text
    assert "waiting for you to read" not in text and "/comments/queue" not in text
    _, _, text, _ = digest(config, [came, gone])
    assert "More is waiting" in text and "One was withdrawn" in text
