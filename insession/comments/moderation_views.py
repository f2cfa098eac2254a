"""What she may do with one comment, by a link that is signed for it; each page asks first."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from insession.comments import Refusal, lists, redaction, sanitize, signed_links, store
from insession.comments.service import Request, Service, refuse_strangers, sent_form
from insession.comments.store import Comment

# What a page shows, and what is done once she has seen it: nothing while there is no such thing.
Preview = tuple[dict[str, Any], Callable[[], None] | None]
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
    if action in WRITTEN:
        return _write(service, request, given, comment, values)
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


def _write(
    service: Service,
    request: Request,
    given: dict[str, str],
    comment: Comment,
    values: dict[str, Any],
) -> Response:
    """Ask for her words, show what comes of them, and do it once she has seen that."""
    action = values["action"]
    preview, field = WRITTEN[action]
    is_sent = request.method == "POST"
    shown, act = preview(service, comment, given.get(field, "") if is_sent else None)
    if act and is_sent and given.get("sure"):
        with store.transaction(service.connection):
            act()
        service.show_approved()
        return service.page("moderated", done=action, **values)
    return service.page(action, **shown, **values)


def _strike(service: Service, comment: Comment, typed: str | None) -> Preview:
    """Show the comment without some names, and how it is published so."""
    names = redaction.names_in(typed or "")
    name, body = redaction.strike(comment.name, names), redaction.strike(comment.body, names)
    found = (name, body) != (comment.name, comment.body)
    missing = [each for each in names if not redaction.holds(comment.name, comment.body, each)]
    struck = {"name": name, "body": body} if found else None

    def publish() -> None:
        store.rewrite(service.connection, comment.id, name, body)
        store.decide(service.connection, comment.id, "published")

    shown = {"names": typed or "", "struck": struck, "missing": missing}
    return shown, publish if found else None


def _answer(service: Service, comment: Comment, typed: str | None) -> Preview:
    """Show her answer, and how it is published, with the comment if that still waits."""
    if typed is None:
        return {"answer": "", "error": "", "is_written": False}, None
    try:
        answer = sanitize.clean_body(typed)
    except sanitize.Refused as why:
        return {"answer": typed, "error": str(why), "is_written": False}, None

    def publish() -> None:
        store.decide(service.connection, comment.id, "published")
        author = service.site.about().author
        if not _is_said(service, comment, answer):
            store.reply(service.connection, comment.id, author, answer)

    return {"answer": answer, "error": "", "is_written": True}, publish


def _is_said(service: Service, comment: Comment, answer: str) -> bool:
    """Whether this very answer is there, since the button was pressed twice."""
    said = store.published(service.connection, comment.thread)
    top = comment.parent or comment.id
    return any(each.by_author and each.parent == top and each.body == answer for each in said)


WRITTEN = {"answer": (_answer, "answer"), "strike": (_strike, "names")}
