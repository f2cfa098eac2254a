"""Her pages with many comments: what waits, what is published or kept, which articles take any."""

import re
from typing import Any
from urllib.parse import urlencode

from werkzeug import exceptions as http
from werkzeug.wrappers import Response

from insession.comments import (
    block_views,
    closed_threads,
    lists,
    moderation_views,
    signed_links,
    store,
)
from insession.comments.service import Request, Service, refuse_strangers, sent_form
from insession.comments.store import Comment

WORDS_MOST = 200  # characters of what is searched for


def queue(service: Service, request: Request) -> Response:
    """GET /comments/queue: what waits, each with what can be done with it."""
    token = request.args["s"]
    is_desk = signed_links.read_queue(service.config.secret, token)
    part = lists.waiting(service.connection, _page(request))
    values = block_views.on_queue(service) if is_desk else {"blocks": [], "known": set()}
    waiting = _entries(service, part, token, is_desk)
    return service.page("queue", part=part, waiting=waiting, token=token, desk=is_desk, **values)


def published(service: Service, request: Request) -> Response:
    """GET /comments/published: those that everyone sees, or the ones with certain words."""
    return _search(service, request, "published")


def kept(service: Service, request: Request) -> Response:
    """GET /comments/kept: those that only she sees."""
    return _search(service, request, "kept")


def _search(service: Service, request: Request, status: str) -> Response:
    token, words = request.args["s"], request.args.get("words", "")[:WORDS_MOST]
    signed_links.read_desk(service.config.secret, token)
    part = lists.search(service.connection, status, words, _page(request))
    here = f"/comments/{status}?" + urlencode({"s": token} | ({"words": words} if words else {}))
    entries = _entries(service, part, token)
    return service.page(
        "search", part=part, entries=entries, kind=status, words=words, here=here, token=token
    )


def _page(request: Request) -> int:
    number = request.args.get("page", "1")
    if not re.fullmatch("[1-9][0-9]{0,6}", number):
        raise http.BadRequest("This address isn’t complete, or something was added to it.")
    return int(number)


def _entries(
    service: Service, part: lists.ListPage, token: str, is_desk: bool = True
) -> list[dict[str, Any]]:
    """Return each comment with what it answers, and the ways to decide about it."""
    return [
        {
            "comment": comment,
            "thread": service.thread_of(comment),
            "parent": store.get(service.connection, comment.parent) if comment.parent else None,
            "danger": lists.is_marked(service.connection, comment.id),
            **_ways(service.config.secret, comment, token, is_desk),
        }
        for comment in part.comments
    ]


def _ways(secret: str, comment: Comment, token: str, is_desk: bool) -> dict[str, str]:
    ways = {
        action: signed_links.moderation_url("", secret, comment, action, token, is_desk)
        for action in signed_links.ACTIONS
    }
    return ways | {"answer": f"{ways['publish']}&do=answer"}


def several(service: Service, request: Request) -> Response:
    """POST /comments/several: show what was chosen and ask; sent once more, do it."""
    refuse_strangers(request)
    boxes = [f"c{number}" for number in range(1, lists.PAGE + 1)]
    sent_form(request, ("s",), (*boxes, "do", "sure"))
    fields, secret = request.fields, service.config.secret
    is_desk = signed_links.read_queue(secret, fields["s"])
    if fields.get("sure"):
        return _act(service, fields, is_desk)
    action = fields.get("do", "")
    numbers = [fields[box] for box in boxes if box in fields]
    if action not in signed_links.ACTIONS or not all(
        re.fullmatch("[0-9]{1,15}", n) for n in numbers
    ):
        raise http.BadRequest("What arrived isn’t the form of this page.")
    chosen = _chosen(service, [int(number) for number in numbers], is_desk)
    sure = signed_links.chosen_token(secret, action, chosen) if chosen else ""
    marked = {each.id for each in chosen if lists.is_marked(service.connection, each.id)}
    return service.page(
        "several", token=fields["s"], sure=sure, action=action, chosen=chosen, marked=marked
    )


def _chosen(service: Service, numbers: list[int], is_desk: bool) -> list[Comment]:
    """Return those of the comments that are there; an older link is for what waits only."""
    found = [store.get(service.connection, number) for number in numbers]
    return [each for each in found if each and (is_desk or each.status == "pending")]


def _act(service: Service, fields: dict[str, str], is_desk: bool) -> Response:
    action, shown = signed_links.read_chosen(service.config.secret, fields["sure"])
    created = dict(shown)
    with store.transaction(service.connection):
        there = _chosen(service, list(created), is_desk)
        ready = [each for each in there if each.created == created[each.id]]
        for comment in ready:
            moderation_views.decide(service, comment.id, action)
    service.show_approved()
    count, gone = len(ready), len(shown) - len(ready)
    return service.page("several_done", count=count, action=action, token=fields["s"], gone=gone)


def articles(service: Service, request: Request) -> Response:
    """GET lists the articles, or asks about one; POST closes or opens its comments."""
    given = dict(request.args)
    if request.method == "POST":
        refuse_strangers(request)
        sent_form(request, ("s", "article", "do"))
        given = request.fields
    token, key = given["s"], given.get("article", "")
    signed_links.read_desk(service.config.secret, token)
    threads, closed = service.site.about().threads, set(closed_threads.closed(service.connection))
    if not key:
        listed = [(each, _state(each.comments, each.id in closed)) for each in threads.values()]
        return service.page("articles", articles=listed, token=token)
    thread = threads.get(key)
    if not thread:
        raise http.NotFound("This article isn’t here.")
    if request.method == "POST":
        act = {"close": closed_threads.close, "open": closed_threads.reopen}.get(given["do"])
        if not act:
            raise http.BadRequest("What arrived isn’t the form of this page.")
        act(service.connection, key)
        service.show_approved()
        closed = set(closed_threads.closed(service.connection))
    state, done = _state(thread.comments, key in closed), request.method == "POST"
    return service.page("article", thread=thread, state=state, done=done, token=token)


def _state(in_file: str, is_closed: bool) -> str:
    """Return "open", "closed" (here), or what its file says: "file closed", "file off"."""
    if in_file != "open":
        return f"file {in_file}"
    return "closed" if is_closed else "open"
