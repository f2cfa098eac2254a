"""What she may do, by links that are signed for her: decide, and see what waits."""

from werkzeug.wrappers import Response

from insession.comments import block_pages, danger, links, store
from insession.comments.service import Request, Service, refuse_strangers, sent_form

STATUS = {"publish": "published", "keep": "kept"}


def moderate(service: Service, request: Request) -> Response:
    """GET asks, POST does the one thing to the one comment that the link was signed for."""
    given = request.args
    if request.method == "POST":
        refuse_strangers(request)
        sent_form(request, ("s",), ("q",))
        given = request.fields
    secret, queue = service.config.secret, given.get("q", "")
    number, created, action = links.read_moderation(secret, given["s"])
    if queue:
        links.read_queue(secret, queue)
    comment = store.get(service.connection, number)
    if comment and comment.created != created:
        comment = None  # another one, that got this id after an older backup was restored
    values = {
        "action": action,
        "queue": queue,
        "thread": service.thread_of(comment),
    }
    done = not comment or STATUS.get(action) == comment.status
    if request.method == "GET" and not done:
        return service.page("moderate", comment=comment, token=given["s"], **values)
    if comment and request.method == "POST":
        if action == "delete":
            store.delete(service.connection, number)
        else:
            store.decide(service.connection, number, STATUS[action])
        service.show_approved()
    return service.page("moderated", comment=comment, already=done, **values)


def queue(service: Service, request: Request) -> Response:
    """GET /comments/queue: all that wait, each with what can be done with it."""
    secret, token = service.config.secret, request.args["s"]
    links.read_queue(secret, token)
    waiting = [
        {
            "comment": comment,
            "thread": service.thread_of(comment),
            "danger": danger.speaks_of_danger(f"{comment.name}\n{comment.body}"),
            **{
                action: links.moderation_url("", secret, comment, action, token)
                for action in links.ACTIONS
            },
        }
        for comment in store.pending(service.connection)
    ]
    return service.page("queue", waiting=waiting, token=token, **block_pages.on_queue(service))
