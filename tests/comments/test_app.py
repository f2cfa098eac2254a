"""Who may do what: readers write and withdraw, she decides, everything else is refused."""

import json
import os
import re
import shlex
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from insession.comments import Refusal, config, signed_links, store
from insession.comments.config import Config, check, from_environment
from tests.comments.running import (
    ADDRESS,
    FORM,
    HERE,
    SECRET,
    Answer,
    MailServer,
    Running,
    body,
    form,
    until,
    words,
    write_site,
)
from tests.comments.running import links as mailed_links

has_links = pytest.mark.skipif(os.name == "nt", reason="releases are links")


def page(answer: Answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def h1(answer: Answer) -> str:
    (heading,) = page(answer).find_all("h1")
    return heading.get_text()


def approved(running: Running, thread: str = "silence") -> list[dict]:
    return running.get("/comments/approved.json").json["threads"].get(thread, [])


def shown(running: Running, comment: str) -> list[dict]:
    return [entry for entry in approved(running) if entry["body"] == comment]


def submitted(running: Running, answer: Answer, **changed: str) -> Answer:
    """Press the button on a page, as a browser would that sends no Origin from there."""
    found = page(answer).select_one("main form")
    assert found
    fields = {field["name"]: field.get("value", "") for field in found.select("input")}
    return running.submit(found["action"], fields | changed, Origin="null")


@pytest.fixture
def waiting(service: Running, mailbox: MailServer) -> Callable[..., tuple[str, dict, str]]:
    """Post a comment; return its text, the links in the mail about it, and its token."""

    def write(**fields: str) -> tuple[str, dict[str, str], str]:
        comment = words()
        answer = service.post(comment, **fields)
        assert answer.status == 303, answer.text
        (mail,) = until(lambda: mailbox.about(comment))
        return comment, mailed_links(body(mail)), answer.headers["Location"].partition("w=")[2]

    return write


def stored_comment(running: Running, number: int) -> store.Comment:
    """Return a comment as the links need it."""
    ((created,),) = running.rows("SELECT created FROM comment WHERE id = ?", number)
    return store.Comment(number, "", None, "", "", "", False, created, None)


# Writing


def test_a_plain_form_leads_to_a_thank_you_page_with_a_link_to_withdraw(service: Running) -> None:
    comment = words()
    answer = service.post(comment)
    assert answer.status == 303
    thanks = service.get(answer.headers["Location"])
    assert thanks.status == 200
    assert h1(thanks) == "Thank you"
    assert "Hannah Vale" in thanks.text
    assert page(thanks).select_one('a[href^="/comments/withdraw?t="]')
    assert page(thanks).select_one(f'a[href="{HERE}/silence/"]')
    assert service.stored(comment)[0][1] == "pending"


def test_the_script_is_answered_in_json(service: Running) -> None:
    comment = words()
    answer = service.submit("/comments/new", form(comment), Accept="application/json")
    assert answer.status == 201
    assert answer.json["withdraw"].startswith("/comments/withdraw?t=")
    assert service.stored(comment)
    refused = service.submit("/comments/new", form("x"), Accept="application/json")
    assert (refused.status, list(refused.json)) == (400, ["message"])


def test_a_refused_comment_comes_back_in_the_form(service: Running) -> None:
    name, comment = 'Pat "O\'Brien" <b>', "\nx" * 2_501
    answer = service.post(comment, name=name)
    assert answer.status == 400
    soup = page(answer)
    assert "5,000 fit" in soup.find(role="alert").get_text()
    assert soup.select_one("input[name=name]")["value"] == name
    text = soup.select_one("textarea[name=comment]").get_text()
    assert text.replace("\r\n", "\n").strip() == comment.strip()
    assert soup.select_one("input[name=thread]")["value"] == "silence"
    assert soup.select_one("form")["action"] == "/comments/new"
    assert soup.select_one("input[name=website]")


def test_the_form_that_came_back_can_be_sent(service: Running) -> None:
    answer = service.post("x", name="Ann")
    comment = words()
    again = submitted(service, answer, comment=comment)
    assert again.status == 303
    assert service.rows("SELECT name FROM comment WHERE body = ?", comment) == [("Ann",)]


def test_a_comment_sent_twice_is_kept_once(service: Running) -> None:
    comment = words()
    assert service.post(comment, "198.51.100.1").status == 303
    answer = service.post(comment, "198.51.100.1")
    assert answer.status == 409
    assert h1(answer) == "Your comment is here already"
    assert "arrived already" in answer.text
    assert not page(answer).select("main form"), "there is nothing to send again"
    assert len(service.stored(comment)) == 1
    assert service.post(comment, "198.51.100.2").status == 303, "another reader may say the same"


def test_what_was_withdrawn_can_be_sent_anew(service: Running) -> None:
    comment, reader = words(), "198.51.100.3"
    token = re.search(r"w=(.+)", service.post(comment, reader).headers["Location"])[1]
    assert service.submit("/comments/withdraw", {"t": token}).status == 200
    assert service.stored(comment) == []
    assert service.post(comment, reader).status == 303
    assert len(service.stored(comment)) == 1


@pytest.mark.parametrize(("thread", "status"), [("nowhere", 404), ("closed", 409), ("off", 409)])
def test_only_articles_that_take_comments_get_them(
    service: Running, thread: str, status: int
) -> None:
    comment = words()
    answer = service.post(comment, thread=thread)
    assert answer.status == status
    assert comment in answer.text
    assert not service.stored(comment)


def test_the_service_follows_a_new_build(start: Callable[..., Running]) -> None:
    running = start()
    path = running.site / ".insession" / "threads.json"
    data = json.loads(path.read_text("utf-8"))
    assert running.post("Hello", thread="renewed").status == 404
    data["threads"]["renewed"] = {"title": "New", "url": "/new/", "comments": "open"}
    fresh = running.site / "fresh.json"
    fresh.write_text(json.dumps(data), "utf-8")
    fresh.replace(path)
    assert running.post("Hello", thread="renewed").status == 303
    path.unlink()  # for a moment, while a build is swapped in
    assert running.post("Hello again", thread="renewed").status == 303


def test_a_reply_answers_a_published_first_level_comment_of_its_thread(
    service: Running, waiting: Callable
) -> None:
    comment, mailed, _ = waiting()
    number = str(service.stored(comment)[0][0])
    assert service.post(words(), parent=number).status == 409, "not published yet"
    submitted(service, service.get(mailed["publish"]))
    assert service.post(words(), parent=number, thread="first").status == 409
    reply, its_links, _ = waiting(parent=number)
    submitted(service, service.get(its_links["publish"]))
    (entry,) = shown(service, reply)
    assert entry["parent"] == int(number)
    assert service.post(words(), parent=str(entry["id"])).status == 409, "one level only"
    assert service.post(words(), parent="999999").status == 409
    for wrong in ("-1", "1e3", "٣", "x", "1" * 16):
        assert service.post(words(), parent=wrong).status == 400


# Withdrawing


def test_a_writer_withdraws_once_before_and_after_approval(
    service: Running, waiting: Callable
) -> None:
    for publish in (False, True):
        comment, mailed, token = waiting()
        if publish:
            submitted(service, service.get(mailed["publish"]))
            assert shown(service, comment)
        asked = service.get(f"/comments/withdraw?t={token}")
        assert asked.status == 200
        assert comment not in asked.text
        assert service.stored(comment), "asking changes nothing"
        assert h1(submitted(service, asked)) == "Your comment is withdrawn"
        assert not service.stored(comment)
        assert not shown(service, comment)
        assert service.get(f"/comments/withdraw?t={token}").status == 404
        assert service.submit("/comments/withdraw", {"t": token}).status == 404
        gone = service.get(mailed["publish"])
        assert (gone.status, h1(gone)) == (200, "This comment is gone")


def test_a_token_withdraws_no_other_comment(service: Running, waiting: Callable) -> None:
    comment, _, token = waiting()
    for wrong in (token[:-1], token[::-1], token.swapcase(), "", "%", "1"):
        assert service.submit("/comments/withdraw", {"t": wrong}).status == 404
    stored = service.rows("SELECT withdraw FROM comment WHERE body = ?", comment)[0][0]
    assert service.submit("/comments/withdraw", {"t": stored}).status == 404
    assert service.stored(comment)


# Deciding


@pytest.mark.parametrize(
    ("action", "status", "heading"),
    [
        ("publish", "published", "Published"),
        ("keep", "kept", "Kept privately"),
        ("delete", "", "Deleted"),
    ],
)
def test_a_link_in_the_mail_asks_and_does_one_thing(
    service: Running, waiting: Callable, action: str, status: str, heading: str
) -> None:
    comment, mailed, _ = waiting()
    asked = service.get(mailed[action])
    assert asked.status == 200
    assert comment in page(asked).main.get_text()
    assert service.stored(comment)[0][1] == "pending", "mail programs open links by themselves"
    assert h1(submitted(service, asked)) == heading
    assert [row[1] for row in service.stored(comment)] == ([status] if status else [])
    assert bool(shown(service, comment)) == (action == "publish")
    again = service.get(mailed[action])
    assert again.status == 200
    assert not page(again).select("main form")


def test_she_may_change_her_mind(service: Running, waiting: Callable) -> None:
    comment, mailed, _ = waiting()
    submitted(service, service.get(mailed["publish"]))
    submitted(service, service.get(mailed["keep"]))
    assert not shown(service, comment)
    submitted(service, service.get(mailed["publish"]))
    assert shown(service, comment)


def test_a_moderation_link_works_for_its_comment_and_action_only(
    service: Running, waiting: Callable
) -> None:
    comment, mailed, token = waiting()
    payload, stamp, signature = mailed["publish"].partition("s=")[2].split(".")
    publish = waiting()[1]["publish"].partition("s=")[2].split(".")
    queue = mailed["queue"].partition("s=")[2]
    forged = [
        ".".join((publish[0], stamp, signature)),  # another comment's
        ".".join((payload, stamp[:-2] + "zz", signature)),
        ".".join((payload, stamp, signature[:-2])),
        ".".join((payload, stamp, "")),
        payload,
        queue,
        token,
        "",
    ]
    for wrong in forged:
        assert service.get(f"/comments/moderate?s={wrong}").status == 403
        assert service.submit("/comments/moderate", {"s": wrong}).status == 403
    assert service.get(f"/comments/queue?s={publish[0]}.{publish[1]}.{publish[2]}").status == 403
    assert service.stored(comment)[0][1] == "pending"


def test_links_expire(service: Running, waiting: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    comment, _, _ = waiting()
    one = stored_comment(service, service.stored(comment)[0][0])
    now = time.time()

    def made(days: float) -> tuple[str, str]:
        monkeypatch.setattr(time, "time", lambda: now - days * signed_links.DAY)
        return signed_links.moderation_token(SECRET, one, "publish"), signed_links.queue_token(
            SECRET
        )

    for days, moderates, lists in ((13, 200, 200), (15, 200, 403), (29, 200, 403), (31, 403, 403)):
        moderation, queue = made(days)
        monkeypatch.undo()
        assert service.get(f"/comments/moderate?s={moderation}").status == moderates
        assert service.get(f"/comments/queue?s={queue}").status == lists
        if moderates == 403:
            refused = service.submit("/comments/moderate", {"s": moderation})
            assert refused.status == 403
            assert "30 days" in refused.text
            assert "python3" not in refused.text, "on a server the command is another one"
    monkeypatch.setattr(time, "time", lambda: now - 2 * signed_links.DAY)
    chosen = signed_links.chosen_token(SECRET, "publish", [one])
    monkeypatch.undo()
    late = service.submit(
        "/comments/several", {"s": signed_links.queue_token(SECRET), "sure": chosen}
    )
    assert late.status == 403
    assert "choose once more" in late.text


def test_a_link_does_not_serve_a_later_comment_with_the_same_id(
    service: Running, waiting: Callable
) -> None:
    comment, mailed, _ = waiting()
    number = service.stored(comment)[0][0]
    service.change("UPDATE comment SET created = '2020-01-01T00:00:00Z' WHERE id = ?", number)
    assert h1(service.get(mailed["publish"])) == "This comment is gone"
    service.submit("/comments/moderate", {"s": mailed["publish"].partition("s=")[2]})
    assert service.stored(comment)[0][1] == "pending"


def test_the_queue_shows_what_waits_and_leads_to_each_decision_and_back(
    service: Running, waiting: Callable
) -> None:
    # What other tests have left behind would fill the first page, where the oldest are.
    service.change("UPDATE comment SET status = 'kept' WHERE status = 'pending'")
    comment, mailed, _ = waiting()
    answer = service.get(mailed["queue"])
    (entry,) = [part for part in page(answer).select(".waiting") if comment in part.get_text()]
    ways = [a["href"] for a in entry.select('a[href^="/comments/moderate?s="]')]
    assert len(ways) == 3
    done = submitted(service, service.get(ways[0]))
    assert h1(done) == "Published"
    back = page(done).select_one('a[href^="/comments/queue?s="]')["href"]
    assert comment not in service.get(back).text
    assert comment in service.get("/comments/approved.json").text


def test_a_published_comment_can_not_be_changed_by_anyone_else(
    service: Running, waiting: Callable
) -> None:
    comment, mailed, _ = waiting()
    submitted(service, service.get(mailed["publish"]))
    number = shown(service, comment)[0]["id"]
    before = service.rows("SELECT * FROM comment WHERE id = ?", number)
    for path in (f"/comments/{number}", f"/comments/new/{number}", "/comments/edit"):
        for method in ("PUT", "PATCH", "DELETE", "POST"):
            answer = service.ask(method, path, b"comment=x", {"Content-Type": FORM, "Origin": HERE})
            assert answer.status == 404
    fields = form("Something else") | {"id": str(number)}
    assert service.submit("/comments/new", fields).status == 400
    assert service.rows("SELECT * FROM comment WHERE id = ?", number) == before


# What is seen by whom


def test_a_waiting_comment_is_in_no_answer_but_hers(service: Running, waiting: Callable) -> None:
    comment, _, token = waiting(name="Unmistakable Name")
    number = service.stored(comment)[0][0]
    seen = [
        service.get(path)
        for path in (
            f"/comments/thanks?w={token}",
            f"/comments/withdraw?t={token}",
            "/comments/approved.json",
            "/comments/health",
            f"/comments/{number}",
            f"/comments/new?parent={number}",
            "/comments/queue",
            "/comments/queue?s=x",
            "/comments/moderate?s=x",
        )
    ]
    seen.append(service.post(words(), parent=str(number)))
    seen.append(service.post(words()))
    for answer in seen:
        assert comment not in answer.text + str(answer.headers)
        assert "Unmistakable" not in answer.text
    assert comment.encode() not in service.log.read_bytes()
    files = [path for path in service.folder.rglob("*") if path.is_file()]
    for path in files:
        if not path.name.startswith("comments.sqlite3"):
            assert comment.encode() not in path.read_bytes(), path


METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
LISTED = {
    "/comments/new": {"POST"},
    "/comments/thanks": {"GET", "HEAD"},
    "/comments/withdraw": {"GET", "HEAD", "POST"},
    "/comments/moderate": {"GET", "HEAD", "POST"},
    "/comments/queue": {"GET", "HEAD"},
    "/comments/several": {"POST"},
    "/comments/published": {"GET", "HEAD"},
    "/comments/kept": {"GET", "HEAD"},
    "/comments/articles": {"GET", "HEAD", "POST"},
    "/comments/approved.json": {"GET", "HEAD"},
    "/comments/health": {"GET", "HEAD"},
}
UNLISTED = (
    *("/", "/comments", "/comments/", "/comments/new/", "/comments//new", "/comments/NEW"),
    *("/comments/id/1", "/comments/admin", "/comments/comments.sqlite3", "/comments/approved"),
    *("/comments/../comments/secret", "/comments/%2e%2e/secret", "/comments/new%00", "/%ff"),
)


def test_every_route_and_method_that_is_not_listed_is_refused(service: Running) -> None:
    before = service.count()
    for path in UNLISTED:
        for method in METHODS:
            assert service.ask(method, path).status == 404, (method, path)
    for path, allowed in LISTED.items():
        for method in METHODS:
            if method not in allowed:
                answer = service.ask(method, path)
                assert answer.status == 405, (method, path)
                assert set(answer.headers["Allow"].split(", ")) == allowed
    assert service.count() == before


@pytest.mark.parametrize("path", ["/comments/new", "/comments/withdraw", "/comments/moderate"])
@pytest.mark.parametrize(
    "kind",
    ["application/json", "multipart/form-data; boundary=x", "text/plain", "", "application/xml"],
)
def test_every_content_type_that_is_not_listed_is_refused(
    service: Running, path: str, kind: str
) -> None:
    assert service.submit(path, form(words()), Content_Type=kind).status == 415


def test_addresses_with_more_or_less_than_they_need_are_refused(service: Running) -> None:
    for path in (
        "/comments/thanks",
        "/comments/thanks?w=x&x=1",
        "/comments/moderate",
        "/comments/moderate?s=1&s=2",
        "/comments/queue?s=1&all=1",
        "/comments/approved.json?all=1",
        "/comments/health?x",
    ):
        assert service.get(path).status == 400, path
    assert service.submit("/comments/new?thread=first", form(words())).status == 400


def test_every_answer_carries_its_protection_and_no_cookie(
    service: Running, waiting: Callable
) -> None:
    _, mailed, token = waiting()
    answers = [service.get(path) for path in (*LISTED, "/comments/nothing", *mailed.values())]
    answers += [
        service.get(f"/comments/thanks?w={token}"),
        service.post(words()),
        service.post("x"),
    ]
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert "form-action 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Set-Cookie" not in answer.headers
        is_published = answer.headers["Content-Type"] == "application/json"
        assert answer.headers["Cache-Control"] == ("no-cache" if is_published else "no-store")
        if answer.headers["Content-Type"].startswith("text/html") and answer.status != 303:
            assert h1(answer)
            assert not page(answer).select("script, [onclick], [style]")


def test_published_comments_are_fetched_only_when_they_changed(
    service: Running, waiting: Callable
) -> None:
    path = "/comments/approved.json"
    first = service.get(path)
    assert first.headers["Content-Type"] == "application/json"
    again = service.get(path, If_None_Match=first.headers["ETag"])
    assert (again.status, again.text) == (304, "")
    assert service.get(path, If_Modified_Since=first.headers["Last-Modified"]).status == 304
    _, mailed, _ = waiting()
    submitted(service, service.get(mailed["publish"]))
    changed = service.get(path, If_None_Match=first.headers["ETag"])
    assert changed.status == 200
    assert changed.headers["ETag"] != first.headers["ETag"]
    assert changed.raw == (service.data / "approved.json").read_bytes()


def test_health_says_ok(service: Running) -> None:
    answer = service.get("/comments/health")
    assert (answer.status, answer.text) == (200, "ok\n")


def test_a_change_starts_the_configured_command_without_secrets_and_once(
    start: Callable[..., Running], tmp_path: Path
) -> None:
    told, script = tmp_path / "told", tmp_path / "command.py"
    script.write_text(
        "import os, pathlib, sys\n"
        "count = sum(name in os.environ for name in sys.argv[2:])\n"
        "pathlib.Path(sys.argv[1]).open('a').write(f'{count}')\n"
    )
    command = f"{sys.executable} {script} {told} INSESSION_SECRET INSESSION_SMTP_PASSWORD"
    running = start(INSESSION_ON_CHANGE=command, INSESSION_SMTP_PASSWORD="x")  # noqa: S106

    until(running.is_settled)
    before = len(told.read_text())
    running.post("Please rebuild")
    token = signed_links.moderation_token(SECRET, stored_comment(running, 1), "publish")
    assert running.submit("/comments/moderate", {"s": token}).status == 200
    until(lambda: len(told.read_text()) > before and running.is_settled())
    assert set(told.read_text()) == {"0"}
    running.stop()
    count = len(told.read_text())
    running.start()
    token = signed_links.moderation_token(SECRET, stored_comment(running, 1), "keep")
    assert running.submit("/comments/moderate", {"s": token}).status == 200
    until(lambda: len(told.read_text()) > count and running.is_settled())
    assert len(told.read_text()) == count + 1, "what was dealt with before isn't done again"


@has_links
def test_the_service_may_start_before_the_blog_is_published_for_the_first_time(
    start: Callable[..., Running], tmp_path: Path
) -> None:
    running = start(INSESSION_SITE_FOLDER=str(tmp_path / "blog/current"))
    assert "No comment can be taken yet: " in running.log.read_text("utf-8")
    assert running.get("/comments/approved.json").json["threads"] == {}
    assert running.post("Too early").status == 404
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog/current").symlink_to(running.site)
    assert running.post("Just in time").status == 303


@has_links
def test_another_release_starts_the_configured_command_as_well(
    start: Callable[..., Running], tmp_path: Path
) -> None:
    current, told = tmp_path / "current", tmp_path / "told"
    for name in ("one", "two"):
        write_site(tmp_path / name)
    current.symlink_to(tmp_path / "one/output")
    script = "import pathlib, sys; pathlib.Path(sys.argv[1]).open('a').write('x')"
    command = shlex.join([sys.executable, "-c", script, str(told)])
    start(INSESSION_ON_CHANGE=command, INSESSION_SITE_FOLDER=str(current))
    until(lambda: told.is_file() and told.read_text() == "x")
    (tmp_path / "new").symlink_to(tmp_path / "two/output")
    (tmp_path / "new").rename(current)
    until(lambda: told.read_text() == "xx")


# Comments on another host than the blog


@pytest.fixture
def elsewhere(start: Callable[..., Running]) -> Iterator[Running]:
    """A service at comments.example.org for a blog at blog.example.org."""
    return start(INSESSION_COMMENTS_URL="https://comments.example.org")


def test_the_blogs_script_may_read_the_answer_from_another_host(elsewhere: Running) -> None:
    answer = elsewhere.submit(
        "/comments/new", form(words()), Sec_Fetch_Site="same-site", Accept="application/json"
    )
    assert answer.status == 201
    assert answer.headers["Access-Control-Allow-Origin"] == HERE
    assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    stranger = elsewhere.submit("/comments/new", form(words()), Origin="https://evil.example.org")
    assert stranger.status == 403
    assert "Access-Control-Allow-Origin" not in stranger.headers


def test_the_page_of_the_other_host_may_show_the_blogs_pictures(elsewhere: Running) -> None:
    policy = elsewhere.get("/comments/health").headers["Content-Security-Policy"]
    assert f"img-src 'self' {HERE};" in policy


# Starting


@pytest.fixture
def sound(tmp_path: Path) -> dict[str, str]:
    """An environment with which the service starts."""
    return {
        "INSESSION_SITE_URL": HERE,
        "INSESSION_SECRET": SECRET,
        "INSESSION_COMMENTS_FOLDER": str(tmp_path / "comments"),
        "INSESSION_SITE_FOLDER": str(write_site(tmp_path)),
    }


def started(environ: dict[str, str]) -> Config:
    found = from_environment(environ)
    check(found)
    return found


def test_a_sound_configuration_is_taken(sound: dict[str, str]) -> None:
    found = started(sound)
    assert found.origins == {HERE}
    assert found.url == ADDRESS
    assert SECRET not in repr(found)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"INSESSION_SECRET": ""}, "INSESSION_SECRET is missing"),
        ({"INSESSION_SECRET": "short"}, "too short"),
        ({"INSESSION_SECRET": "change-me-change-me-change-me-change-me"}, "an example"),
        ({"INSESSION_SECRET": "a" * 64}, "an example"),
        ({"INSESSION_SITE_URL": ""}, "INSESSION_SITE_URL is missing"),
        ({"INSESSION_SITE_URL": "blog.example.org"}, "is not a web address"),
        ({"INSESSION_COMMENTS_FOLDER": "/dev/null/comments"}, "can't be written to"),
        ({"INSESSION_SMTP_HOST": "smtp.example.org"}, "INSESSION_MAIL_FROM is missing"),
        ({"INSESSION_MAIL_TEXT": "nein"}, "must be yes or no"),
        (
            {
                "INSESSION_SMTP_HOST": "smtp.example.org",
                "INSESSION_MAIL_FROM": "a@example.org\nBcc: b@example.org",
                "INSESSION_MAIL_TO": "c@example.org",
            },
            "not in one line",
        ),
    ],
)
def test_a_wrong_configuration_is_refused_in_one_sentence(
    sound: dict[str, str], changed: dict[str, str], sentence: str
) -> None:
    with pytest.raises(Refusal, match=re.escape(sentence)) as refused:
        started(sound | changed)
    assert "\n" not in str(refused.value)


def test_a_database_that_others_may_read_is_refused(sound: dict[str, str]) -> None:
    found = started(sound)
    found.database.touch(mode=0o644)
    found.database.chmod(0o644)
    with pytest.raises(Refusal, match="chmod 600"):
        check(found)


def test_a_secret_in_a_file_serves_as_well(sound: dict[str, str], tmp_path: Path) -> None:
    secret = config.make_secret(tmp_path / "comments")
    assert config.make_secret(tmp_path / "comments") == secret
    assert (tmp_path / "comments" / "secret").stat().st_mode & 0o077 == 0
    assert started(sound | {"INSESSION_SECRET": ""}).secret == secret
