"""What readers may do: write a comment, take it back, and fetch what is published."""

import re
import time
from datetime import UTC, datetime
from pathlib import Path

from werkzeug import exceptions as http
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from insession.comments import (
    blocks,
    closed_threads,
    danger,
    lists,
    mail,
    notices,
    rate_limits,
    responses,
    sanitize,
    signed_links,
    store,
)
from insession.comments.service import Request, Service, refuse_strangers, sent_form

STOPPED = (
    "At the moment no comments are taken from the network that you are in. Others may have sent "
    "too many from there.",
    "This can’t be taken at the moment: it holds words that many unwanted comments held.",
)


class Repeated(http.Conflict):
    """The same words from the same place: they are here already."""

    description = "This comment has arrived already. There is no need to send it again."


def post_comment(service: Service, request: Request) -> Response:
    """POST /comments/new: store it and the mail about it, then say thank you."""
    sent_form(request, ("thread", "name", "comment", "website"), ("parent", "proof"))
    config, fields = service.config, request.fields
    proven = signed_links.is_own_form(
        config.secret, fields.get("proof", ""), request.remote_addr or ""
    )
    if not rate_limits.comes_from(request.headers, config.origins, config.url, proven):
        raise http.Forbidden("This comment wasn’t sent from a page of this site.")
    if fields["website"]:  # people don't see that field; programs fill it in, a browser's too
        raise http.BadRequest(
            "A field that people don’t see was filled in, perhaps by a program that fills in "
            "forms for you. It is empty now: please send your comment once more."
        )
    token = signed_links.new_withdraw_token()
    _keep(service, request, signed_links.withdraw_hash(token))
    if responses.wants_json(request):
        return responses.as_json({"withdraw": f"/comments/withdraw?t={token}"}, 201)
    return redirect(f"/comments/thanks?w={token}", 303)


def _keep(service: Service, request: Request, withdraw_hash: str) -> None:
    fields, config = request.fields, service.config
    thread = service.thread(fields["thread"])
    if not thread:
        raise http.NotFound("The article that this comment belongs to isn’t here.")
    if thread.comments != "open":
        raise http.Conflict("Comments on this article are closed.")
    name, body = sanitize.clean_name(fields["name"]), sanitize.clean_body(fields["comment"])
    number = fields.get("parent", "")
    if not re.fullmatch("[0-9]{0,15}", number):
        raise http.BadRequest("What arrived isn’t the form of this page.")
    parent, connection = int(number or 0) or None, service.connection
    places, visits, now = (
        rate_limits.networks(request.remote_addr or ""),
        service.visits,
        time.time(),
    )
    # One after the other: each counts for the next. What takes long is done in here, too: outside,
    # Python's threads would only take the interpreter from the one whose turn it is.
    with store.turn:
        if thread.id in closed_threads.closed(connection):
            raise http.Conflict("Comments on this article are closed.")
        marked = danger.speaks_of_danger(f"{name}\n{body}")
        if stopped := blocks.stopping(connection, places, (name, body), now):
            raise http.Forbidden(STOPPED[stopped.kind == "word"])
        who, at = rate_limits.visitor(visits, places, now), time.monotonic()
        said = rate_limits.fingerprint(who, thread.id, parent, name, body)
        if said in visits.said and store.holds(connection, thread.id, parent, name, body):
            raise Repeated
        if wait := rate_limits.too_many(visits, who, thread.id, at, config.limits):
            what = "More comments came than can be read. Please send yours again a little later."
            raise http.TooManyRequests(what, retry_after=wait)
        with store.transaction(connection):
            answered = store.get(connection, parent) if parent else None
            if parent and not (answered and _may_be_answered(answered, thread.id)):
                raise http.Conflict("The comment that you answer is no longer here.")
            added = store.add(
                connection,
                thread.id,
                parent,
                name,
                body,
                withdraw_hash=withdraw_hash,
                write_mail=lambda comment: mail.written(config, comment, thread, marked),
            )
            lists.note_danger(connection, added, marked)
        rate_limits.record_visit(visits, who, thread.id, said, at)  # once it is kept
        blocks.note_origin(visits, added, who, places)


def _may_be_answered(comment: store.Comment, thread: str) -> bool:
    return comment.status == "published" and comment.thread == thread and not comment.parent


def thank(service: Service, request: Request) -> Response:
    """GET /comments/thanks: the only place where the link to withdraw is shown."""
    token = request.args["w"]
    if not re.fullmatch("[A-Za-z0-9_-]{43}", token):
        raise http.NotFound
    comment = store.by_token(service.connection, signed_links.withdraw_hash(token))
    return service.page("thanks", token=token, thread=service.thread_of(comment))


def withdraw(service: Service, request: Request) -> Response:
    """GET asks, POST removes the comment whose writer holds this token."""
    if request.method == "POST":
        refuse_strangers(request)
        sent_form(request, ("t",))
        comment = _withdraw(service, signed_links.withdraw_hash(request.fields["t"]))
        if not comment:
            raise http.NotFound("This comment has been withdrawn already, or was removed.")
        service.show_approved()
        return service.page("withdrawn", thread=service.thread_of(comment))
    comment = store.by_token(service.connection, signed_links.withdraw_hash(request.args["t"]))
    if not comment:
        raise http.NotFound("This comment has been withdrawn already, or was removed.")
    thread, token = service.thread_of(comment), request.args["t"]
    return service.page("withdraw", thread=thread, comment=comment, token=token)


def _withdraw(service: Service, withdraw_hash: str) -> store.Comment | None:
    """Remove the comment, and tell her, if she has heard of it; None where there is none."""
    connection = service.connection
    with store.transaction(connection):
        comment = store.by_token(connection, withdraw_hash)
        heard = comment and notices.has_heard(connection, comment.id)
        comment = store.withdraw(connection, withdraw_hash)
        if comment and heard:
            mail_words = notices.withdrawn(service.config, comment, service.thread_of(comment))
            notices.send(connection, f"{notices.WITHDRAWAL}{comment.id}", *mail_words)
    return comment


def published(service: Service, request: Request) -> Response:
    """GET /comments/approved.json: for a build elsewhere, which asks only for what is new."""
    path: Path = service.config.approved
    response = Response(path.read_bytes(), content_type="application/json")
    response.last_modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    response.cache_control.no_cache = True
    response.add_etag()
    return response.make_conditional(request.environ)


def health(service: Service, request: Request) -> Response:
    """GET /comments/health: ok, or what doesn't work, since when and why."""
    service.connection.execute("SELECT 1 FROM comment LIMIT 1")
    found = [
        f"{trouble.kind} fails since {store.as_stored(trouble.since)}: {trouble.why}\n"
        for trouble in service.troubles.all()
    ]
    text, status = "".join(found) or "ok\n", 503 if found else 200
    return Response(text, status, content_type="text/plain; charset=utf-8")
