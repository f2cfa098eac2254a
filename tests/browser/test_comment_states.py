"""Every state of the form, and of her pages, in every look: axe finds no fault."""

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.commenting import Blog, fill, follow, own_form, said, send
from tests.browser.conftest import PROBES
from tests.browser.test_accessibility import faults_in_every_look


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
