"""What she may do with one comment, by a link that is signed for it; each page asks first."""

from typing import Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from insession.comments import Refusal, lists, redaction, sanitize, signed_links, store
from insession.comments.service import Request, Service, refuse_strangers, sent_form
from insession.comments.store import Comment

STATUS = {"publish": "published", "keep": "kept"}


def moderate(service: Service, request: Request) -> Response:
    """GET asks, POST does what the link was signed for, to the one comment."""
    given = dict(request.args)
    if request.method == "POST":
        refuse_strangers(request)
        sent_form(request, ("s",), ("q", "do", "names", "answer", "sure"))
        given = request.fields
    right = signed_links.read_moderation(service.config.secret, given["s"])
    action = given.get("do") or right.action
    if action not in right.actions:
        raise Refusal("This link was signed for something else. Please use one from the e-mail.")
    comment = store.get(service.connection, right.number)
    if comment and comment.created != right.created:
        comment = None  # another one, that got this id after an older backup was restored
    values = _values(service, given, right, action, comment)
    if not comment:
        return service.page("moderated", done="", **values)
    if action == "strike":
        return _strike(service, request, given, comment, values)
    if action == "answer":
        return _answer(service, request, given, comment, values)
    return _decide(service, request, comment, values)


def _values(
    service: Service,
    given: dict[str, str],
    right: signed_links.Right,
    action: str,
    comment: Comment | None,
) -> dict[str, Any]:
    """Return what each of the pages shows."""
    queue = given.get("q", "")
    if queue:
        signed_links.read_queue(service.config.secret, queue)
    ways = {
        other: "/comments/moderate?"
        + urlencode({"s": given["s"], "do": other} | ({"q": queue} if queue else {}))
        for other in right.actions - {action}
    }
    parent = store.get(service.connection, comment.parent) if comment and comment.parent else None
    return {
        "action": action,
        "comment": comment,
        "danger": bool(comment and lists.is_marked(service.connection, comment.id)),
        "fields": {"s": given["s"], "q": queue, "do": action},
        "parent": parent,
        "queue": queue,
        "thread": service.thread_of(comment),
        "ways": ways,
    }


def _decide(
    service: Service, request: Request, comment: Comment, values: dict[str, Any]
) -> Response:
    action = values["action"]
    already = STATUS.get(action) == comment.status
    if request.method == "GET" and not already:
        return service.page("moderate", **values)
    if request.method == "POST":
        decide(service, comment.id, action)
        service.show_approved()
    return service.page("moderated", done="already" if already else action, **values)


def decide(service: Service, number: int, action: str) -> None:
    """Publish, keep or delete a comment."""
    if action == "delete":
        store.delete(service.connection, number)
    else:
        store.decide(service.connection, number, STATUS[action])


def _strike(
    service: Service,
    request: Request,
    given: dict[str, str],
    comment: Comment,
    values: dict[str, Any],
) -> Response:
    """Ask for names, show the comment without them, and publish it so."""
    names = redaction.names_in(given.get("names", ""))
    name, body = redaction.strike(comment.name, names), redaction.strike(comment.body, names)
    found = (name, body) != (comment.name, comment.body)
    missing = [each for each in names if not redaction.holds(comment.name, comment.body, each)]
    if request.method == "POST" and found and given.get("sure"):
        with store.transaction(service.connection):
            store.rewrite(service.connection, comment.id, name, body)
            store.decide(service.connection, comment.id, "published")
        service.show_approved()
        return service.page("moderated", done="strike", **values)
    struck = {"name": name, "body": body} if found else None
    typed = given.get("names", "")
    return service.page("strike", names=typed, struck=struck, missing=missing, **values)


def _answer(
    service: Service,
    request: Request,
    given: dict[str, str],
    comment: Comment,
    values: dict[str, Any],
) -> Response:
    """Ask for her answer, show it, and publish it, with the comment if that still waits."""
    answer, error = given.get("answer", ""), ""
    if request.method == "POST":
        try:
            answer = sanitize.clean_body(answer)
        except sanitize.Refused as why:
            error = str(why)
    if request.method == "POST" and not error and given.get("sure"):
        with store.transaction(service.connection):
            store.decide(service.connection, comment.id, "published")
            author = service.site.about().author
            if not _is_said(service, comment, answer):
                store.reply(service.connection, comment.id, author, answer)
        service.show_approved()
        return service.page("moderated", done="answer", **values)
    is_written = request.method == "POST" and not error
    return service.page("answer", answer=answer, error=error, is_written=is_written, **values)


def _is_said(service: Service, comment: Comment, answer: str) -> bool:
    """Whether this very answer is there, since the button was pressed twice."""
    said = store.published(service.connection, comment.thread)
    top = comment.parent or comment.id
    return any(each.by_author and each.parent == top and each.body == answer for each in said)
