"""Comments, as readers and the therapist meet them: in Chromium, with the real service."""

import shutil
import sqlite3
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Locator, Page, expect

from insession.comments.app import make_app
from insession.comments.rate_limits import Limits
from tests.browser.commenting import (
    Blog,
    fill,
    links,
    own_form,
    read_mail,
    send,
    text_of,
    written,
)
from tests.browser.conftest import PROBES
from tests.browser.test_accessibility import faults_in_every_look
from tests.browser.test_quiet import Listener
from tests.preview.running import PARTS, Preview, eventually, free_port
from tests.support import PRACTICE, ROOT, article, write_content

WITH_AND_WITHOUT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
STORED = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
OPEN = ("talk", "quiet", "hostile", "written", "journey")
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Blog]:
    """A blog with one article that has a published comment, and a reply to it."""
    files = {f"articles/{name}.md": article(f"About {name}") for name in OPEN}
    with Blog(tmp_path_factory.mktemp("commented"), files).running() as blog:
        first = blog.write("talk", "I come back to this often.", "Ruth")
        blog.publish(first)
        reply = blog.write("talk", "So do I.", "Ben", parent=first)
        blog.publish(reply)
        yield blog


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """A page in a context of its own: `opened(address, script=False, width=320)`."""
    contexts = []

    def open_page(address: str = "", script: bool = True, width: int = 1280) -> Page:
        size = {"width": width, "height": 800}
        contexts.append(browser.new_context(java_script_enabled=script, viewport=size))
        contexts[-1].set_default_timeout(90_000)
        contexts[-1].add_init_script(path=PROBES)
        page = contexts[-1].new_page()
        if address:
            page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


def said(page: Page) -> str:
    """What the live region of the article's form says, once it is the service's answer."""
    region = own_form(page).get_by_role("status")
    expect(region).not_to_be_empty()
    expect(region).not_to_have_text("Sending …")
    return region.inner_text()


def follow(page: Page, link: Locator) -> None:
    """Click on what leads to another page, and wait until that is there."""
    with page.expect_navigation():
        link.click()


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


# What is written to do harm, and what is only unusual

ACTS = "alert(document.domain)"
HOSTILE = [
    f"<script>{ACTS}</script>",
    f"</textarea></p></article></main><script>{ACTS}</script>",
    f"<img src=x onerror={ACTS}>",
    f"<svg onload={ACTS}><animate onbegin={ACTS} attributeName=x dur=1s>",
    f"<svg><script>{ACTS}</script><use href='data:image/svg+xml,<svg id=x/>#x'/></svg>",
    f"<a href=javascript:{ACTS}>a link</a>",
    f"[a link](javascript:{ACTS}) and ![a picture](https://example.net/x.png)",
    f"javascript:{ACTS}",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "<a href='data:text/html,<script>alert(1)</script>'>data</a>",
    "<iframe src=https://example.net/ srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<object data=https://example.net/x></object><embed src=https://example.net/y>",
    "<base href=https://example.net/><link rel=stylesheet href=//example.net/x.css>",
    "<meta http-equiv=refresh content='0;url=https://example.net/'>",
    "<form action=https://example.net/><input name=x><button>Send</button></form>",
    f"<details open ontoggle={ACTS}><summary>x</summary></details>",
    f"<b><i></b></i><table><td><p><div></span><!-- <!--> --!> <p {ACTS}",
    f'"><script>{ACTS}</script><x y="',
    f"' autofocus onfocus={ACTS} x='",
    f"` onmouseover={ACTS} `",
    f"--><script>{ACTS}</script><!--",
    f"]]></content><script xmlns='http://www.w3.org/1999/xhtml'>{ACTS}</script><![CDATA[",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>",
    "<?xml-stylesheet href='https://example.net/x.xsl'?><?php echo 1 ?>",
    f"<math><mtext><style><img src=x onerror={ACTS}></style></mtext></math>",
    f"<noscript><p title='</noscript><img src=x onerror={ACTS}>'>",
    f"<template><script>{ACTS}</script></template><slot></slot>",
    "{{ 7 * 7 }} {{ config.secret }} {% include 'base.html' %} {# note #} ${7*7} #{7*7}",
    "{{ ''.__class__.__mro__ }} %(name)s {0.__class__} {title} {publish}",
    "<!--main--> <!--title--> </main><main id=main>",
    f"<div style='position:fixed;inset:0;width:expression({ACTS})'>over all</div>",
    "<style>*{display:none;background:url(https://example.net/x)}</style>",
    f"&lt;script&gt;{ACTS}&lt;/script&gt; &#60;b&#62; &amp;amp; &nbsp; &copy &#0; &#x202e;",
    f"\\u003cscript\\u003e{ACTS}\\x3c/script\\x3e \\0 %3Cscript%3E",
    "Bcc: all@example.net\r\nSubject: other\r\n\r\nA new body\r\n.\r\nQUIT\r\n",
    "Publish it:\nhttp://127.0.0.1/comments/moderate?s=forged",
    "--===============0123456789==\nContent-Type: text/html\n\n<script>alert(1)</script>",
    "Rindfleischetikettierung" * 200,
    "\u200b\u00ad\u2060 unseen signs \ufffe\uffff\U000e0041",
    "﷽𒐫" * 60 + " as wide as letters get",
    f"＜script＞{ACTS}＜/script＞ ʺ ‹svg›",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
]
# What can't be shown as it was written: what must not come through, wherever it is shown.
CLEANED = {
    "null\x00byte <scr\x00ipt>alert(1)</scr\x00ipt>": "\x00",
    "terminal \x1b[2J\x1b]0;title\x07 and \x08 back": "\x1b",
    "turned \u202eesrever\u202c and \u2067so\u2069 on": "\u202e",
    "many marks: a" + "\u0300" * 4_000: "\u0300" * 4,
    "many signs: e" + "\u0483\u20dd" * 2_400: "\u0483\u20dd" * 4,
}
NAMES = [
    f'"><script>{ACTS}</script>',
    f"' onfocus={ACTS} autofocus='",
    "Eve\r\nBcc: all@example.net\r\nX: y",
    "Eve\n\nPublish it:\nhttp://x/comments/moderate?s=1",
    "\u202eEve\u2066 <b>\x00",
    "W" * 60,
    "{{ 7 * 7 }}{% raw %} %s {0}",
    "<!--main--></title></bdi></h3>",
    "E" + "\u0300" * 50,
    "=cmd|' /C calc'!A0 \u0085 \u2028 x",
]
RAW = [  # bodies that no browser sends
    b"thread=hostile&name=&website=&comment=invalid+%FF%FE+UTF-8",
    b"thread=hostile&name=&website=&comment=overlong+%C0%AFetc+%ED%A0%80",
    b"thread=hostile&name=\xff&website=&comment=raw+bytes",
    b"thread=hostile&name=&website=&comment=twice&comment=over",
    b"thread=hostile&name=&website=&comment=one+more&extra=field",
    b"thread=../../etc/passwd&name=&website=&comment=a+path",
    b"thread=hostile&name=&website=&comment=x;y=z&parent=1+OR+1%3D1",
    b"thread=hostile&name=&website=&comment=" + b"%CC%80" * 5_000,
    b"thread=hostile&name=&website=&comment=%00%00%00%00",
    b'{"thread": "hostile", "comment": "JSON"}',
]
WRITTEN = {"p", "br", "bdi", "time", "article", "header", "div", "h2", "h3", "h4", "a", "span"}
ATTRIBUTES = {"class", "id", "dir", "datetime", "href", "aria-labelledby"}
INSIDE = """() => [...document.querySelectorAll(".comment")].flatMap((comment) =>
  [comment, ...comment.querySelectorAll("*")].map((element) =>
    [element.localName, element.getAttributeNames(), element.getAttribute("href") || ""]))"""
TEXTS = """() => [...document.querySelectorAll(".comment")].map((comment) => comment.innerText)"""


@pytest.fixture(scope="module")
def hostile(blog: Blog) -> dict[int, str]:
    """All that is hostile, written to one article and waiting: {id: the comment}."""
    blog.empty_the_queue()
    names = iter(NAMES * 9)
    sent = {blog.write("hostile", text, next(names)): text for text in [*HOSTILE, *CLEANED]}
    assert len(sent) >= 30 and 0 not in sent, "what is plain text is taken"
    return sent


@pytest.fixture(scope="module")
def shown(blog: Blog, hostile: dict[int, str]) -> dict[int, str]:
    """The same when it has been published."""
    blog.publish(*hostile)
    return hostile


def harm(page: Page, *addresses: str) -> list[str]:
    """Open the pages and say what comments did to them, or could."""
    listener = Listener(addresses[0])
    listener.listen(page)
    page.on("dialog", lambda dialog: (listener.heard.append("a dialog"), dialog.dismiss()))
    found = listener.heard
    for address in addresses:
        page.goto(address)
        found += [f"wide: {what}" for what in page.evaluate("probes.wider()")]
        elements = page.evaluate(INSIDE)
        assert elements, "no comment is shown"
        for name, attributes, href in elements:
            if name not in WRITTEN or {*attributes} - ATTRIBUTES:
                found.append(f"<{name} {attributes}>")
            if href and not href.startswith(("#comment-", "/hostile/", "http://127.0.0.1:")):
                found.append(f"a link to {href}")
        content = page.inner_text("main")
        found += [f"{sign!r} is shown" for sign in CLEANED.values() if sign in content]
    return found


def flat(text: str) -> str:
    """The text as a window shows it: without what is no character, its spaces gathered."""
    return " ".join(text.replace("\ufffe", "").replace("\uffff", "").split())


def all_are_shown(page: Page, comments: dict[int, str]) -> None:
    """Check that each comment stands on the page as it was written."""
    texts = [flat(text) for text in page.evaluate(TEXTS)]
    assert len(texts) == len(comments)
    for text in comments.values():
        assert text in CLEANED or any(flat(text) in shown for shown in texts), text


def test_what_the_form_never_sends_is_refused(blog: Blog) -> None:
    before = blog.newest()
    for raw in RAW:
        status, answer = blog.send("/comments/new", raw)
        assert 400 <= status < 500, (status, raw)
        assert "<h1" in answer, "a status without words"
    assert blog.newest() == before


def test_hostile_comments_do_nothing_in_the_queue_and_where_she_decides(
    blog: Blog, hostile: dict[int, str], opened: Open
) -> None:
    page = opened(width=320)
    pages = [blog.links(number) for number in hostile]
    found = harm(page, pages[0]["queue"])
    all_are_shown(page, hostile)
    found += harm(opened(width=320), *(page["publish"] for page in pages))
    assert not found, "\n".join(found)


def test_hostile_comments_do_nothing_in_the_article(
    blog: Blog, shown: dict[int, str], opened: Open
) -> None:
    page = opened(width=320)
    found = harm(page, f"{blog.address}/hostile/")
    all_are_shown(page, shown)
    assert not found, "\n".join(found)
    assert page.locator("main#main").count() == 1
    assert page.locator("main#main .comments").count() == 1


def test_hostile_comments_do_nothing_in_the_feeds(
    blog: Blog, shown: dict[int, str], opened: Open
) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feeds = [path for path in blog.folder.rglob("*.xml") if "comments" in str(path)]
    count = 0
    for feed in feeds:
        root = ET.fromstring(feed.read_text("utf-8"))  # noqa: S314  (our own)
        for entry in root.iter(f"{atom}entry"):
            for part in (entry.find(f"{atom}content"), entry.find(f"{atom}title")):
                assert len(part) == 0, "elements beside the text"
                if part.get("type") == "html":
                    tags = BeautifulSoup(part.text, "html.parser").find_all(True)
                    assert {tag.name for tag in tags} <= {"p", "br", "bdi"}, feed.name
            count += 1
        for sign in CLEANED.values():
            assert sign not in feed.read_text("utf-8")
    assert len(feeds) >= 2 and count >= 2 * len(shown)


def test_hostile_comments_put_nothing_into_the_mail(blog: Blog, hostile: dict[int, str]) -> None:
    known = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version"}
    known |= {"Content-Type", "Content-Transfer-Encoding"}
    for number, text in hostile.items():
        mail = blog.mail(number)
        assert {*mail.keys()} == known and len(mail.keys()) == len(known), text
        assert not mail.defects and not mail.is_multipart()
        assert mail.get_content_type() == "text/plain"
        assert (mail["To"], mail["Subject"]) == ("hannah@localhost", "A comment to “About hostile”")
        assert blog.links(number).keys() == {"publish", "keep", "delete", "queue"}
        assert all(link.startswith(blog.service) for link in blog.links(number).values())
        assert not any(sign in text_of(mail) for sign in CLEANED.values())
        head, _, rest = text_of(mail).partition("\nName: ")
        assert head and "\n\n> " in rest, "the name is on one line"
        if text not in CLEANED:
            quoted = "\n".join(line[2:] for line in rest.split("\n") if line.startswith("> "))
            assert flat(quoted) == flat(text)


UNUSUAL = {
    "Pat O'Brien": "It's “fine”, isn't it? 3 < 4 & 5 > 2 — O'Brien.",
    "👩🏽‍⚕️ Ada": "Emoji: 👨‍👩‍👧‍👦 🏳️‍🌈 ❤️ 🇮🇱 1️⃣",
    "נועה לוי": "שָׁלוֹם! תודה על המאמר הזה.\n\nזה עזר לי מאוד, with English in it.",
    "Zoë": "5,000 signs: ".ljust(4_999, "é") + ".",
}


def test_what_is_only_unusual_comes_back_as_it_was_written(blog: Blog, opened: Open) -> None:
    page = opened(f"{blog.address}/written/")
    numbers = {}
    for name, text in UNUSUAL.items():
        fill(own_form(page), text, name)
        send(own_form(page))
        expect(own_form(page).get_by_role("link", name="Withdraw")).to_be_visible()
        page.reload()
        numbers[blog.newest()] = (name, text)
    blog.publish(*numbers)
    page.reload()
    feed = (blog.folder / "feeds/comments/written.atom.xml").read_text("utf-8")
    contents = [e.text for e in ET.fromstring(feed).iter("{http://www.w3.org/2005/Atom}content")]  # noqa: S314
    for number, (name, text) in numbers.items():
        comment = page.locator(f"#comment-{number} .comment")
        assert comment.locator("bdi").inner_text() == name
        assert "\n\n".join(comment.locator("> p").all_text_contents()) == text
        assert any(flat(text) == flat(BeautifulSoup(c, "html.parser").text) for c in contents)
        mail = text_of(blog.mail(number))
        assert f"Name: {name}\n" in mail
        assert "\n".join(f"> {line}" for line in text.split("\n")) in mail


# Whoever reads, and however


def plainly(page: Page, comment: str) -> None:
    """Send the article's form as a browser without scripts does."""
    fill(own_form(page), comment)
    with page.expect_navigation():
        own_form(page).evaluate("form => HTMLFormElement.prototype.submit.call(form)")


def about_one(do: str, *steps: dict[str, str]) -> Callable[[Blog, Page], None]:
    """Go to a page about one comment, fill in and press the button of each step."""

    def go(blog: Blog, page: Page) -> None:
        first = blog.write("talk", f"Anna said what is answered, {time.monotonic_ns()}.", "Noa")
        blog.publish(first)
        number = blog.write("talk", "Anna and I, I want to die.", "Noa", parent=first)
        page.goto(f"{blog.links(number)['publish']}&do={do}")
        for step in steps:
            for label, words in step.items():
                page.get_by_label(label).fill(words)
            follow(page, page.locator("main form.comment-form button").first)

    return go


def on_desk(path: str, *steps: str) -> Callable[[Blog, Page], None]:
    """Go to one of the pages with many comments; tick, fill in or click each of the steps."""

    def go(blog: Blog, page: Page) -> None:
        numbers = [blog.write("talk", f"One of many {n} {time.monotonic_ns()}.") for n in range(2)]
        page.goto(blog.links(numbers[0])["queue"].replace("/queue?", f"/{path}?"))
        for step in steps:
            if step == "choose":
                page.get_by_label("Choose").first.check()
            elif step.startswith("word "):
                page.get_by_label("A word").fill(step.removeprefix("word "))
            else:
                follow(page, page.locator(step).first)

    return go


BLOCK = ".ways a[href^='/comments/block']"
BLOCKED = ("word Rumpelstiltskin", "section.blocks button", "main form button")
LISTED = (*BLOCKED, "main .prose a")
DESK = {
    "answer": about_one("answer"),
    "answer, shown": about_one("answer", {"Your answer": "Thank you.\n\nI have read it."}),
    "answer, refused": about_one("answer", {"Your answer": "x"}),
    "answer, done": about_one("answer", {"Your answer": "Thank you."}, {}),
    "strike": about_one("strike"),
    "strike, not there": about_one("strike", {"To be struck out": "Rumpelstiltskin"}),
    "strike, shown": about_one("strike", {"To be struck out": "Anna"}),
    "strike, done": about_one("strike", {"To be struck out": "Anna"}, {}),
    "published": on_desk("published"),
    "kept": on_desk("kept"),
    "several": on_desk("queue", "choose", "form.several button"),
    "several, none": on_desk("queue", "form.several button"),
    "several, done": on_desk("queue", "choose", "form.several button", "main form button"),
    "articles": on_desk("articles"),
    "close": on_desk("articles", ".article-states .item-meta a"),
    "block": on_desk("queue", BLOCK),
    "block a word": on_desk("queue", "word One of many", "section.blocks button"),
    "block a word, done": on_desk("queue", *BLOCKED),
    "block a word, listed": on_desk("queue", *LISTED),
    "unblock": on_desk("queue", *LISTED, ".block-list a"),
    "unblock, done": on_desk("queue", *LISTED, ".block-list a", "main form button"),
}


def state(name: str, blog: Blog, page: Page) -> None:
    """Bring the page into one of the states that readers, or she, meet."""
    article = f"{blog.address}/talk/"
    if name in {"form", "reply", "error in place", "sent in place"}:
        page.goto(article)
        fill(own_form(page), "a" if name == "error in place" else f"For axe: {name}.")
        if name == "reply":
            page.locator("summary").click()
        elif name != "form":
            send(own_form(page))
            assert said(page)
    elif name in {"error answer", "thank-you", "withdraw", "withdrawn"}:
        page.goto(article)
        plainly(page, "a" if name == "error answer" else f"For axe: {name}.")
        if name.startswith("withdraw"):
            follow(page, page.get_by_role("link", name="withdraw"))
        if name == "withdrawn":
            follow(page, page.get_by_role("button", name="Withdraw it"))
    elif name in DESK:
        DESK[name](blog, page)
    elif name == "error":
        page.goto(f"{blog.service}/comments/moderate?s=forged")
    else:
        blog.empty_the_queue()
        number = blog.write("talk", f"For axe: {name}, I want to die.", "Noa")
        action, _, then = name.partition(", ")
        if name == "empty queue":
            blog.empty_the_queue()
        page.goto(blog.links(number)[action.removeprefix("empty ")])
        if then:
            follow(page, page.locator("form button"))


REACHED = "*:not([tabindex='-1'])"  # the field that only programs fill in is never seen
STATES = [
    *("form", "reply", "error in place", "sent in place", "error answer", "thank-you"),
    *("withdraw", "withdrawn", "error", "queue", "empty queue", "publish", "keep", "delete"),
    *("publish, done", "keep, done", "delete, done", *DESK),
]


@pytest.fixture(scope="module")
def looked_at(browser: Browser) -> Iterator[Page]:
    """One page for all states: so its files are fetched once."""
    with browser.new_context() as context:
        context.add_init_script(path=PROBES)
        yield context.new_page()


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_no_fault_in_any_state(name: str, blog: Blog, looked_at: Page) -> None:
    page = looked_at
    state(name, blog, page)
    page.evaluate("sessionStorage.clear()")
    found = faults_in_every_look(name, page)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{name}, {width} px: {what}" for what in page.evaluate("probes.wider()")]
        small = page.evaluate("selector => probes.smallTargets(24, selector)", REACHED)
        found += [f"{name}, {width} px: {what}" for what in small]
    assert not found, "\n".join(found)


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
