"""What she can do without a terminal: each page asks first, and no link is good for more than it
was signed for."""

import json
from collections.abc import Callable
from contextlib import closing
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup

from insession.comments import lists, redaction, signed_links, store
from tests.comments.running import SECRET, Answer, MailServer, Running, body, until
from tests.comments.running import links as mailed_links
from tests.comments.test_app import approved, h1, page, shown, submitted

_words = iter(range(10**6))
DESK = f"s={quote(signed_links.queue_token(SECRET))}"


def old_token(purpose: str, value: object) -> str:
    """Return a token as an earlier version signed it."""
    return signed_links._signer(SECRET, purpose).dumps(value)


def words() -> str:
    """Return a comment that no other test writes."""
    return f"Words that are only on the desk, number {next(_words)}."


def wait(running: Running, **fields: str) -> store.Comment:
    """Send a comment, and return it as it waits."""
    comment = fields.pop("comment", "") or words()
    assert running.post(comment, **fields).status == 303
    [(number, _)] = running.stored(comment)
    return get(running, number)


def get(running: Running, number: int) -> store.Comment:
    with closing(store.connect(running.database)) as connection:
        found = store.get(connection, number)
    assert found
    return found


def publish(running: Running, comment: store.Comment) -> None:
    token = signed_links.moderation_token(SECRET, comment, "publish")
    assert running.submit("/comments/moderate", {"s": token}).status == 200


def status(running: Running, comment: store.Comment) -> list[str]:
    found = running.rows("SELECT status FROM comment WHERE id = ?", comment.id)
    return [row[0] for row in found]


def way(comment: store.Comment, do: str) -> str:
    """Return the address of a page about a comment."""
    token = signed_links.moderation_token(SECRET, comment, "publish")
    return "/comments/moderate?" + urlencode({"s": token, "do": do})


def press(running: Running, shown_page: Answer, form: int = 0, **changed: str) -> Answer:
    """Press the button of one of a page's forms, in her browser."""
    found = page(shown_page).select("main form.comment-form")[form]
    fields = {field["name"]: field.get("value", "") for field in found.select("input[name]")}
    fields |= {field["name"]: field.get_text() for field in found.select("textarea")}
    return running.submit(found["action"], fields | changed, Origin="null")


# One comment


def test_her_answer_is_shown_first_then_published_and_marked_as_hers(service: Running) -> None:
    comment = wait(service)
    publish(service, comment)
    asked = service.get(way(comment, "answer"))
    said = words()
    preview = press(service, asked, answer=said)
    assert h1(preview) == "Publish this answer?"
    assert said in page(preview).blockquote.get_text()
    assert not shown(service, said)
    assert h1(press(service, preview)) == "Your answer is published"
    press(service, preview)  # pressed twice
    [entry] = shown(service, said)
    assert (entry["by_author"], entry["name"], entry["parent"]) == (
        True,
        "Hannah Vale",
        comment.id,
    )


def test_a_comment_that_waits_is_published_with_her_answer(service: Running) -> None:
    comment, said = wait(service), words()
    preview = press(service, service.get(way(comment, "answer")), answer=said)
    assert status(service, comment) == ["pending"]
    press(service, preview)
    assert [entry["body"] for entry in approved(service)][-2:] == [comment.body, said]


@pytest.mark.parametrize("answer", ["", "x", "y" * 5_001])
def test_an_answer_that_says_nothing_or_too_much_comes_back(service: Running, answer: str) -> None:
    comment = wait(service)
    again = press(service, service.get(way(comment, "answer")), answer=answer, sure="1")
    assert page(again).find(role="alert")
    assert page(again).textarea.get_text().strip() == answer
    assert status(service, comment) == ["pending"]


def test_a_name_is_struck_out_before_everyone_reads_it(service: Running) -> None:
    comment = wait(
        service,
        comment=f"Dr. Weiß and DANIEL’s brother said Danielle was right. {words()}",
        name="Daniel",
    )
    asked = service.get(way(comment, "strike"))
    preview = press(service, asked, names="daniel, dr. weiß")
    assert h1(preview) == "Publish it like this?"
    assert get(service, comment.id) == comment, "asking changes nothing"
    assert h1(press(service, preview)) == "Published, with […]"
    [entry] = [entry for entry in approved(service) if entry["id"] == comment.id]
    assert entry["name"] == "[…]"
    assert entry["body"].startswith("[…] and […]’s brother said Danielle was right.")
    assert "Weiß" not in get(service, comment.id).body


def test_a_name_that_is_not_there_is_named_beside_those_that_are(service: Running) -> None:
    comment = wait(service, comment=f"Ruth Salinger rang. {words()}")
    preview = press(service, service.get(way(comment, "strike")), names="Ruth, Slainger, <Ann>")
    said = page(preview).find(role="alert").get_text()
    assert "“Slainger”, “<Ann>”" in said or "“<Ann>”, “Slainger”" in said
    assert "“Ruth”" not in said
    assert not page(press(service, service.get(way(comment, "strike")), names="Ruth")).find(
        role="alert"
    )


def test_what_is_not_there_can_not_be_struck_out(service: Running) -> None:
    comment = wait(service)
    again = press(service, service.get(way(comment, "strike")), names="Rumpelstiltskin", sure="1")
    assert "neither in the comment" in page(again).find(role="alert").get_text()
    assert status(service, comment) == ["pending"]


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("Anna met Ann.", "Ann", "Anna met […]."),
        ("Mary Ann and Ann", "Ann, Mary Ann", "[…] and […]"),
        ("Mary\nAnn", "mary  ann", "[…]"),
        ("小明说了", "小明", "[…]说了"),
        ("אמרתי לדן", "דן", "אמרתי ל[…]"),
        ("a.c abc", "a.c", "[…] abc"),
        ("Émile, émile", "émile", "[…], […]"),
        ("nothing", " , ;", "nothing"),
    ],
)
def test_names_are_struck_out_as_words_of_their_own(text: str, names: str, left: str) -> None:
    assert redaction.strike(text, redaction.names_in(names)) == left


def test_a_published_comment_is_taken_off_the_page(service: Running) -> None:
    comment = wait(service)
    publish(service, comment)
    asked = service.get(way(comment, "keep"))
    assert h1(asked) == "Take this comment off the page?"
    assert shown(service, comment.body)
    press(service, asked)
    assert not shown(service, comment.body)
    assert status(service, comment) == ["kept"]


def test_a_page_about_a_reply_shows_what_it_answers_and_her_time(
    start: Callable[..., Running],
) -> None:
    running = start()
    path = running.site / ".insession" / "threads.json"
    told = json.loads(path.read_text("utf-8")) | {"timezone": "America/New_York"}
    path.write_text(json.dumps(told), "utf-8")
    first = wait(running, comment="What is answered.")
    publish(running, first)
    reply = wait(running, comment="The answer to it.", parent=str(first.id))
    running.change("UPDATE comment SET created = '2026-01-02T03:04:05Z' WHERE id = ?", reply.id)
    reply = get(running, reply.id)
    for address in (way(reply, "publish"), f"/comments/queue?{DESK}"):
        main = page(running.get(address)).main
        assert "What is answered." in main.select_one(".answered blockquote").get_text()
        assert main.select_one(".comment time").get_text() == "January 1, 2026, 22:04 EST"


@pytest.mark.parametrize("action", ["publish", "keep", "delete"])
def test_a_link_of_an_earlier_version_does_what_it_was_signed_for_and_no_more(
    service: Running, action: str
) -> None:
    comment = wait(service)
    token = old_token("moderate", [comment.id, comment.created, action])
    for other in ("publish", "keep", "delete", "answer", "strike"):
        if other != action:
            assert service.get(f"/comments/moderate?s={token}&do={other}").status == 403
            fields = {"s": token, "do": other, "names": "Pat", "answer": "An answer", "sure": "1"}
            assert service.submit("/comments/moderate", fields).status == 403
    assert status(service, comment) == ["pending"]
    asked = service.get(f"/comments/moderate?s={token}")
    assert not page(asked).select('main a[href*="do="]')
    submitted(service, asked)
    assert status(service, comment) == {"publish": ["published"], "keep": ["kept"]}.get(action, [])


# Many


def test_the_queue_shows_fifty_at_a_time_with_words_of_danger_first(
    start: Callable[..., Running],
) -> None:
    running = start()
    wait(running)  # so that there is a store
    with closing(store.connect(running.database)) as connection, store.transaction(connection):
        for number in range(118):
            store.insert(connection, "silence", "Ann", f"Number {number} of many.")
        store.insert(connection, "silence", "Ben", "I want to die.")
    first = page(running.get(f"/comments/queue?{DESK}"))
    assert first.h1.get_text() == "120 comments are waiting"
    entries = first.select(".waiting")
    assert len(entries) == lists.PAGE
    assert "I want to die." in entries[0].get_text()
    note = entries[0].select_one(".danger-note")
    assert note and not entries[1].select_one(".danger-note")
    following = note.find_all_next()
    assert following.index(entries[0].article) < following.index(entries[0].select_one(".ways"))
    seen: list[str] = []
    address = f"/comments/queue?{DESK}"
    while address:
        shown_now = page(running.get(address))
        seen += [entry.get_text() for entry in shown_now.select(".comment")]
        onward = shown_now.select_one("a[rel=next]")
        address = onward["href"] if onward else ""
    assert len(seen) == len(set(seen)) == 120
    for wrong in ("0", "-1", "x", "99999999", "1e3"):
        assert running.get(f"/comments/queue?{DESK}&page={wrong}").status == 400
    assert "To the first" in running.get(f"/comments/queue?{DESK}&page=9").text


def test_of_50000_that_wait_a_page_holds_no_more_than_fifty(
    start: Callable[..., Running],
) -> None:
    running = start()
    wait(running)
    with closing(store.connect(running.database)) as connection, store.transaction(connection):
        connection.executemany(
            "INSERT INTO comment (thread, name, body, status, created) "
            "VALUES ('silence', 'Ann', ?, 'pending', '2026-01-01T00:00:00Z')",
            ((f"Number {number} " * 90,) for number in range(50_000)),
        )
        connection.execute("INSERT OR IGNORE INTO looked SELECT id, 0 FROM comment")
    answer = running.get(f"/comments/queue?{DESK}&page=400")
    assert answer.status == 200
    assert len(answer.raw) < 400_000
    assert len(page(answer).select(".waiting")) == lists.PAGE


def chosen(running: Running, address: str, comments: list[store.Comment], do: str) -> Answer:
    """Choose comments on a page and press a button below the list."""
    found = page(running.get(address))
    boxes = {box["value"]: box["name"] for box in found.select("input[type=checkbox]")}
    fields = {boxes[str(comment.id)]: str(comment.id) for comment in comments}
    token = found.select_one("form.several input[name=s]")["value"]
    return running.submit("/comments/several", fields | {"s": token, "do": do}, Origin="null")


@pytest.mark.parametrize(
    ("do", "left"), [("publish", ["published"]), ("keep", ["kept"]), ("delete", [])]
)
def test_several_are_decided_at_once_after_a_question(
    start: Callable[..., Running], do: str, left: list[str]
) -> None:
    running = start()
    comments = [wait(running) for _ in range(4)]
    comments.append(wait(running, comment="I want to die."))
    mark = chosen(running, f"/comments/queue?{DESK}", comments[4:], do)
    assert page(mark).select_one(".waiting > .danger-note + .comment")
    running.change("DELETE FROM comment WHERE id = ?", comments.pop().id)
    asked = chosen(running, f"/comments/queue?{DESK}", comments[:3], do)
    assert all(comment.body in asked.text for comment in comments[:3])
    assert {status(running, comment)[0] for comment in comments} == {"pending"}
    running.change("DELETE FROM comment WHERE id = ?", comments[0].id)  # withdrawn meanwhile
    running.change("UPDATE comment SET body = 'x' WHERE id = ?", comments[3].id)
    done = press(running, asked)
    assert "2 comments are" in h1(done)
    assert "One of those that you chose is gone" in done.text
    assert [status(running, comment) for comment in comments[1:]] == [left, left, ["pending"]]
    assert bool(shown(running, comments[1].body)) == (do == "publish")


def test_without_a_choice_nothing_happens(service: Running) -> None:
    comment = wait(service)
    assert h1(chosen(service, f"/comments/queue?{DESK}", [], "delete")) == "Nothing is chosen"
    token = signed_links.queue_token(SECRET)
    for fields in (
        {"s": token, "do": "erase", "c1": str(comment.id)},
        {"s": token, "do": "delete", "c1": "1 OR 1=1"},
        {"s": token, "do": "delete", "c51": str(comment.id)},
    ):
        assert service.submit("/comments/several", fields).status == 400
    assert service.submit("/comments/several", {"s": token, "sure": "forged"}).status == 403
    assert service.submit("/comments/several", {"s": "forged", "do": "delete"}).status == 403
    assert status(service, comment) == ["pending"]


def test_published_ones_are_found_by_words_and_names(service: Running) -> None:
    one = wait(service, comment=f"Ein schöner Gedanke über Stille. {words()}", name="Zoë Lang")
    two = wait(service, comment=f"Something else altogether. {words()}")
    publish(service, one)
    address = f"/comments/published?{DESK}&words="
    for wanted in ("SCHONER stille", "zoe", "Lang"):
        found = page(service.get(address + quote(wanted)))
        assert [one.body] == [c.select("p")[-1].get_text() for c in found.select(".comment")][:1]
    assert two.body not in service.get(f"/comments/published?{DESK}").text, "it isn't published"
    nothing = service.get(address + quote("<b>%_'"))
    assert "No comment has" in nothing.text and "<b>%" not in nothing.text
    links_there = page(service.get(address + "zoe")).select(".waiting .ways a")
    assert [link.contents[0] for link in links_there] == ["Answer", "Take off the page", "Delete"]
    assert h1(service.get(links_there[0]["href"])) == "Your answer"


def test_what_is_kept_can_be_found_and_published(service: Running) -> None:
    comment = wait(service)
    token = signed_links.moderation_token(SECRET, comment, "keep")
    service.submit("/comments/moderate", {"s": token})
    found = page(service.get(f"/comments/kept?{DESK}&words={quote(comment.body)}"))
    [publish_it] = [a for a in found.select(".ways a") if a.contents[0] == "Publish"]
    press(service, service.get(publish_it["href"]))
    assert shown(service, comment.body)


def test_an_articles_comments_are_closed_and_opened_again(start: Callable[..., Running]) -> None:
    running = start()
    listed = page(running.get(f"/comments/articles?{DESK}"))
    states = [li.get_text(" ", strip=True) for li in listed.select(".article-states li")]
    assert len(states) == 4
    assert [state for state in states if "in its file" in state] == [
        "Closed Closed in its file",
        "Off Off in its file",
    ]
    [close] = [a["href"] for a in listed.select(".article-states a") if "helps" in str(a.span)]
    asked = running.get(close)
    assert running.post(words()).status == 303, "asking changes nothing"
    assert h1(press(running, asked)) == "Closed"
    refused = running.post("Too late, and not lost.")
    assert (refused.status, "Too late, and not lost." in refused.text) == (409, True)
    assert running.post(words(), thread="first").status == 303
    assert running.get("/comments/approved.json").json["closed"] == ["silence"]
    opened = running.get(close)
    assert h1(opened) == "Take comments again?"
    press(running, opened)
    assert running.post(words()).status == 303
    assert running.get("/comments/approved.json").json["closed"] == []


def test_an_older_link_to_the_queue_is_good_for_what_waits_and_no_more(service: Running) -> None:
    comment, other = wait(service), wait(service)
    publish(service, other)
    token = old_token("queue", "queue")
    queue = service.get(f"/comments/queue?s={token}&page=1")
    assert queue.status == 200
    assert not page(queue).select("nav.desk a[href*=articles]")
    for path in ("published", "kept", "articles", "articles?article=silence"):
        mark = "&" if "?" in path else "?"
        assert service.get(f"/comments/{path}{mark}s={token}").status == 403
    fields = {"s": token, "article": "silence", "do": "close"}
    assert service.submit("/comments/articles", fields).status == 403
    fields = {"s": token, "do": "delete", "c1": str(comment.id), "c2": str(other.id)}
    asked = service.submit("/comments/several", fields)
    assert other.body not in asked.text, "that one doesn't wait"
    press(service, asked)
    assert (status(service, comment), status(service, other)) == ([], ["published"])


def test_nothing_of_hers_opens_without_a_signature_or_from_another_site(
    service: Running, mailbox: MailServer
) -> None:
    comment = wait(service)
    (mail,) = until(lambda: mailbox.about(comment.body))
    publish_token = parse_qs(urlsplit(mailed_links(body(mail))["publish"]).query)["s"][0]
    for path in ("queue", "published", "kept", "articles"):
        for wrong in ("", "x", publish_token):
            assert service.get(f"/comments/{path}?s={wrong}").status == 403
        assert service.get(f"/comments/{path}").status == 400
        assert service.get(f"/comments/{path}?{DESK}&more=1").status == 400
    cross = {"Origin": "https://evil.example.org", "Sec_Fetch_Site": "cross-site"}
    token = signed_links.queue_token(SECRET)
    sure = signed_links.chosen_token(SECRET, "delete", [comment])
    for path, fields in (
        ("several", {"s": token, "sure": sure}),
        ("articles", {"s": token, "article": "silence", "do": "close"}),
        ("moderate", {"s": publish_token, "do": "answer", "answer": "Hello", "sure": "1"}),
    ):
        assert service.submit(f"/comments/{path}", fields, **cross).status == 403
    assert status(service, comment) == ["pending"]
    assert service.submit("/comments/moderate", {"s": sure}).status == 403


def test_all_that_is_shown_is_only_words(service: Running) -> None:
    evil = f"</textarea><script>alert(1)</script> <img src=x onerror=alert(1)> {words()}"
    comment = wait(service, comment=evil, name='"><script>x')
    reached = [
        service.get(way(comment, "answer")),
        press(service, service.get(way(comment, "answer")), answer=evil),
        press(service, service.get(way(comment, "answer")), answer="x", names=evil),
        press(service, service.get(way(comment, "strike")), names="<script>"),
        press(service, service.get(way(comment, "strike")), names=evil[:400]),
        chosen(service, f"/comments/queue?{DESK}", [], "delete"),
        service.get(f"/comments/published?{DESK}&words={quote(evil)}"),
    ]
    for answer in reached:
        assert answer.status == 200
        soup = BeautifulSoup(answer.text, "html.parser")
        assert not soup.select("script, img, [onerror], [style]")
