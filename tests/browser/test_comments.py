"""Comments, as readers and the therapist meet them: in Chromium, with the real service."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from insession.comments.app import make_app
from insession.comments.rate_limits import Limits
from tests.browser.commenting import (
    Blog,
    fill,
    follow,
    links,
    own_form,
    read_mail,
    said,
    send,
    text_of,
    written,
)
from tests.browser.conftest import Open
from tests.browser.test_quiet import Listener
from tests.preview.running import PARTS, Preview, eventually, free_port
from tests.support import PRACTICE, ROOT, article, write_content

WITH_AND_WITHOUT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
STORED = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


def answered(page: Page, script: bool) -> str:
    """The words with which a comment was refused: in place, or on the page that answers."""
    return said(page) if script else page.get_by_role("alert").inner_text()


# From a reader's words to the page, in the preview as she starts it


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """The preview of a small blog, in a process of its own."""
    folder = tmp_path_factory.mktemp("previewed")
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, folder / part)
    write_content(folder, {"articles/first.md": article(), "practice.toml": PRACTICE})
    preview = Preview(folder, free_port())
    preview.says("Your blog is at")
    yield preview
    preview.stop()


@WITH_AND_WITHOUT
def test_a_comment_is_in_the_page_after_the_click_in_the_mail(
    script: bool, preview: Preview, opened: Open
) -> None:
    comment = f"I have read this {'with' if script else 'without'} scripts."
    page = opened(f"http://127.0.0.1:{preview.port}/first/", script=script)
    form = own_form(page)
    fill(form, comment)
    if script:
        page.evaluate("globalThis.stayed = true")
        send(form)
        assert "Thank you" in said(page)
        assert page.evaluate("globalThis.stayed"), "the page was left"
    else:
        send(form)
        expect(page).to_have_title("Thank you – The Other Chair")
    number = 1 if comment in text_of(read_mail(preview.folder / ".comments", 1)) else 2
    mail = read_mail(preview.folder / ".comments", number)
    assert comment in text_of(mail)
    assert comment not in preview.get("/first/")[2]
    hers = opened(links(mail)["publish"], script=False)
    hers.get_by_role("button", name="Publish it").click()
    eventually(lambda: comment in preview.get("/first/")[2], "the comment in the page")
    expect(hers.locator("h1")).to_have_text("Published")


@WITH_AND_WITHOUT
def test_the_preview_takes_comments_by_its_other_name_too(
    script: bool, preview: Preview, opened: Open
) -> None:
    page = opened(f"http://localhost:{preview.port}/first/", script=script)
    form = own_form(page)
    fill(form, f"By the other name {'with' if script else 'without'} scripts.")
    send(form)
    expect(page.locator("main")).to_contain_text("Thank you")


@WITH_AND_WITHOUT
def test_the_link_to_withdraw_is_shown_once_and_works_once(
    script: bool, blog: Blog, opened: Open
) -> None:
    page = opened(f"{blog.address}/quiet/", script=script)
    fill(own_form(page), f"On second thoughts {script}.")
    send(own_form(page))
    follow(page, page.get_by_role("link", name="withdraw"))
    withdrawing = page.url
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.locator("h1")).to_have_text("Your comment is withdrawn")
    for path in ("/quiet/", "/talk/"):
        page.goto(blog.address + path)
        assert page.get_by_role("link", name="withdraw").count() == 0
    assert page.goto(withdrawing).status == 404


# When it doesn't arrive


def refuse(blog: Blog, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """Let the service refuse what comes next, in its own way."""

    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    if how == "closed":
        file = blog.folder / ".insession" / "threads.json"
        file.write_text(file.read_text("utf-8").replace('"open"', '"closed" '), "utf-8")
    elif how == "too many":
        limits = replace(blog.config, limits=Limits((("host", ((1, 600),)),), ()))
        monkeypatch.setattr(blog, "comments", make_app(limits))
        blog.write("quiet", f"The one that fits, {time.monotonic()}.")
    elif how == "full":
        monkeypatch.setattr("insession.comments.store.add", full)
    elif how == "broken":
        monkeypatch.setattr("insession.comments.sanitize.clean_body", lambda _: 1 / 0)


REFUSALS = {
    "too short": ("a", "write a little more"),
    "closed": ("Too late, perhaps.", "are closed"),
    "too many": ("One too many.", "again a little later"),
    "full": ("It can't be kept.", "nothing was"),
    "broken": ("It fails.", "no fault of yours"),
}


@WITH_AND_WITHOUT
@pytest.mark.parametrize("how", REFUSALS)
def test_a_refused_comment_is_explained_kept_and_can_be_sent_again(
    how: str, script: bool, blog: Blog, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment, words = REFUSALS[how]
    comment = comment if how == "too short" else f"{comment}\n\nעם שורה שנייה. <{script}>"
    threads = blog.folder / ".insession" / "threads.json"
    before = threads.read_text("utf-8")
    page = opened(f"{blog.address}/quiet/", script=script)
    fill(own_form(page), comment, 'Pat O\'Brien "&amp;"')
    try:
        with monkeypatch.context() as patch:
            refuse(blog, patch, how)
            send(own_form(page))
            assert words in answered(page, script)
    finally:
        threads.write_text(before, "utf-8")
    assert written(own_form(page)) == ('Pat O\'Brien "&amp;"', comment)
    if how == "too short":
        fill(own_form(page), f"{comment} little more: {script}.")
    send(own_form(page))
    if script:
        expect(page.get_by_role("link", name="Withdraw")).to_be_visible()
        assert written(own_form(page)) == ("", "")
    else:
        expect(page.locator("h1")).to_have_text("Thank you")


def test_what_was_wrong_stands_beside_its_field(blog: Blog, opened: Open) -> None:
    page = opened(f"{blog.address}/quiet/", script=False)
    fill(own_form(page), "a")
    send(own_form(page))
    name, said, field = (
        page.locator(part).bounding_box()
        for part in ("[name=name]", "[role=alert]", "label:has(textarea)")
    )
    assert name["y"] + name["height"] < said["y"]
    assert 0 <= field["y"] - said["y"] - said["height"] < 24


@pytest.mark.parametrize("answer", ["none", "a page of something else", "a stopped gateway"])
def test_where_no_answer_comes_the_words_are_kept(answer: str, blog: Blog, opened: Open) -> None:
    page = opened(f"{blog.address}/quiet/")
    answers = {
        "none": lambda route: route.abort(),
        "a page of something else": lambda route: route.fulfill(body="<h1>Log in</h1>"),
        "a stopped gateway": lambda route: route.fulfill(status=502, body="Bad Gateway"),
    }
    page.route("**/comments/new", answers[answer])
    fill(own_form(page), "Nobody answers.")
    send(own_form(page))
    assert "still here" in said(page)
    assert "again in a little while" in said(page)
    assert written(own_form(page)) == ("Pat", "Nobody answers.")


def test_a_draft_outlasts_a_reload_in_this_tab_only_and_goes_when_it_is_sent(
    blog: Blog, opened: Open
) -> None:
    page = opened(f"{blog.address}/talk/")
    page.locator("summary").click()
    reply = page.locator("details form")
    fill(own_form(page), "A draft of a comment.")
    fill(reply, "A draft of a reply.", "Ruth")
    [script] = (blog.folder / "theme").glob("comments.*.js")
    assert "localStorage" not in script.read_text("utf-8")
    page.reload()
    assert written(own_form(page)) == ("Pat", "A draft of a comment.")
    assert written(reply) == ("Ruth", "A draft of a reply.")
    expect(reply).to_be_visible()
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 2]
    assert page.context.cookies() == []
    other = page.context.new_page()
    other.goto(page.url)
    assert written(own_form(other)) == ("", "")
    for form in (reply, own_form(page)):
        send(form)
        expect(form.get_by_role("link", name="Withdraw")).to_be_visible()
        assert form.locator(":is(input, textarea, button):visible").count() == 0
    assert page.evaluate(STORED) == []
    page.reload()
    assert written(own_form(page)) == ("", "")
    expect(own_form(page).locator("textarea")).to_be_visible()
    expect(reply).to_be_hidden()


def test_after_a_reply_the_thanks_stand_where_the_fields_were(blog: Blog, opened: Open) -> None:
    page = opened(f"{blog.address}/talk/")
    page.locator("summary").first.click()
    reply = page.locator("details form").first
    fill(reply, "A reply that has arrived.")
    send(reply)
    thanks = reply.get_by_role("status")
    expect(thanks).to_contain_text("Thank you")
    expect(thanks).to_be_focused()
    assert reply.locator("> :visible").count() == 1
    notes = page.locator("details .comment-notes").first
    assert notes.locator("p:visible").count() == 1
    assert "emergency" in notes.inner_text()
    assert own_form(page).locator("textarea").is_visible(), "the other form goes on"


@WITH_AND_WITHOUT
def test_what_a_form_filler_did_to_the_unseen_field_costs_no_words(
    script: bool, blog: Blog, opened: Open
) -> None:
    page = opened(f"{blog.address}/quiet/", script=script)
    comment = f"Filled in by a program {script}."
    fill(own_form(page), comment)
    own_form(page).locator("[name=website]").evaluate("field => { field.value = 'Pat'; }")
    send(own_form(page))
    assert "people don’t see" in answered(page, script)
    assert written(own_form(page)) == ("Pat", comment)
    send(own_form(page))
    if script:
        expect(page.get_by_role("link", name="Withdraw")).to_be_visible()
    else:
        expect(page.locator("h1")).to_have_text("Thank you")


# Replies, and the keyboard


def tab_to(page: Page, selector: str) -> None:
    """Go on with Tab until the focus is there."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab never came to {selector}")


@pytest.mark.parametrize(("key", "script"), [("Enter", True), ("Space", False)])
def test_a_reply_is_written_by_keyboard_alone(
    key: str, script: bool, blog: Blog, opened: Open
) -> None:
    page = opened(f"{blog.address}/talk/", script=script)
    reply = f"A reply by {key}, {script}."
    tab_to(page, ".comment-reply > summary")
    page.keyboard.press(key)
    expect(page.locator("details form")).to_be_visible()
    tab_to(page, "details input[name=name]")
    page.keyboard.type("Noa")
    page.keyboard.press("Tab")
    page.keyboard.type(reply)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Send"
    page.keyboard.press(key)
    if script:
        expect(page.locator("details").get_by_role("status")).to_contain_text("Thank you")
    else:
        expect(page.locator("h1")).to_have_text("Thank you")
    number = blog.newest()
    assert f"> {reply}" in text_of(blog.mail(number))
    assert text_of(blog.mail(number)).startswith("A reply to")
    blog.publish(number)
    page.goto(f"{blog.address}/talk/")
    shown = page.locator(f"#comment-1 > .comment-replies > #comment-{number} .comment p")
    assert shown.inner_text() == reply


def test_replies_go_one_level_deep(blog: Blog, opened: Open) -> None:
    page = opened(f"{blog.address}/talk/")
    assert page.locator("#comment-1 > .comment-reply").count() == 1
    assert page.locator(".comment-replies .comment-reply").count() == 0
    assert blog.write("talk", "A reply to the reply.", parent=2) == 0


# Quietly, from elsewhere, without scripts


@WITH_AND_WITHOUT
def test_a_whole_journey_is_quiet_and_leaves_nothing(
    script: bool, blog: Blog, opened: Open
) -> None:
    page = opened(script=script)
    listener = Listener(f"{blog.address}/journey/")
    listener.listen(page)

    def look() -> list[str]:
        if page.evaluate("localStorage.length"):
            listener.heard.append(f"localStorage at {page.url}")
        return [f"cookie: {cookie['name']}" for cookie in page.context.cookies()]

    page.goto(listener.address)
    fill(own_form(page), f"A quiet word {script}.")
    found = look()
    send(own_form(page))
    follow(page, page.get_by_role("link", name="withdraw"))
    found += look()
    number = blog.newest()
    for address in blog.links(number).values():
        page.goto(address)
        found += look()
    page.goto(blog.links(number)["keep"])
    page.get_by_role("button", name="Keep it privately").click()
    expect(page.locator("h1")).to_have_text("Kept privately")
    page.go_back()
    page.goto(blog.links(number)["delete"])
    page.get_by_role("button", name="Delete it").click()
    expect(page.locator("h1")).to_have_text("Deleted")
    page.get_by_role("link", name="See “About journey”").click()
    expect(page).to_have_url(listener.address)
    found += [*look(), *page.evaluate(STORED)]
    meant = ("303: ", "net::ERR_ABORTED")  # the thank-you page; a page left before its icon came
    found += [heard for heard in listener.heard if not any(sign in heard for sign in meant)]
    assert not found, "\n".join(found)


@WITH_AND_WITHOUT
def test_a_comment_reaches_a_service_on_another_origin(
    script: bool, opened: Open, tmp_path: Path
) -> None:
    with Blog(tmp_path, {"articles/talk.md": article()}, elsewhere=True).running() as blog:
        listener = Listener(f"{blog.address}/talk/")
        page = opened(script=script)
        page.goto(listener.address)
        page.on("console", lambda message: listener.heard.append(message.text))
        fill(own_form(page), "From one origin to another.")
        send(own_form(page))
        if script:
            assert "Thank you" in said(page)
            assert not listener.heard
        else:
            expect(page.locator("h1")).to_have_text("Thank you")
            assert page.url.startswith(f"{blog.service}/comments/thanks?")
        assert "> From one origin to another." in text_of(blog.mail(1))


def test_without_scripts_she_answers_and_closes_an_article_on_a_phone(
    blog: Blog, opened: Open
) -> None:
    number = blog.write("written", "A question from the phone?", "Noa")
    page = opened(blog.links(number)["publish"], script=False, width=360)
    page.get_by_role("link", name="Answer it").click()
    page.get_by_label("Your answer").fill("An answer from the phone.")
    page.get_by_role("button", name="Show it").click()
    page.get_by_role("button", name="Publish both").click()
    expect(page.locator("h1")).to_have_text("Your answer is published")
    page.goto(blog.links(number)["queue"])
    page.get_by_role("link", name="Open and closed").click()
    page.get_by_role("link", name="Close the comments on “About written”").click()
    page.get_by_role("button", name="Close them").click()
    expect(page.locator("h1")).to_have_text("Closed")
    blog.build()
    page.goto(f"{blog.address}/written/")
    expect(page.locator(".comment-list")).to_contain_text("An answer from the phone.")
    expect(page.locator("#comments")).to_contain_text("Comments on this article are closed.")
    assert page.locator("form").count() == 0
