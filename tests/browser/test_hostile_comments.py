"""Comments that are written to do harm, or are only unusual: in Chromium, with the real service."""

import xml.etree.ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page, expect

from tests.browser.commenting import Blog, fill, own_form, send, text_of
from tests.browser.conftest import Open
from tests.browser.test_quiet import Listener

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
        assert "\n\n".join(comment.locator(".comment-text p").all_text_contents()) == text
        assert any(flat(text) == flat(BeautifulSoup(c, "html.parser").text) for c in contents)
        mail = text_of(blog.mail(number))
        assert f"Name: {name}\n" in mail
        assert "\n".join(f"> {line}" for line in text.split("\n")) in mail
