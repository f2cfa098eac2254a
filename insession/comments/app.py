"""The application: what is listed here is answered, everything else is refused."""

import logging
import sqlite3
import traceback
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug import exceptions as http
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Response

from insession.comments import (
    Refusal,
    block_views,
    desk_views,
    moderation_views,
    reader_views,
    responses,
    sanitize,
    signed_links,
)
from insession.comments.config import Config
from insession.comments.rate_limits import Visits
from insession.comments.service import Request, Service, View
from insession.comments.troubles import Troubles

ROUTES = Map(
    [
        Rule("/comments/new", methods=["POST"], endpoint=reader_views.post_comment),
        Rule("/comments/thanks", methods=["GET"], endpoint=reader_views.thank),
        Rule("/comments/withdraw", methods=["GET", "POST"], endpoint=reader_views.withdraw),
        Rule("/comments/moderate", methods=["GET", "POST"], endpoint=moderation_views.moderate),
        Rule("/comments/queue", methods=["GET"], endpoint=desk_views.queue),
        Rule("/comments/several", methods=["POST"], endpoint=desk_views.several),
        Rule("/comments/published", methods=["GET"], endpoint=desk_views.published),
        Rule("/comments/kept", methods=["GET"], endpoint=desk_views.kept),
        Rule("/comments/articles", methods=["GET", "POST"], endpoint=desk_views.articles),
        Rule("/comments/block", methods=["GET", "POST"], endpoint=block_views.block),
        Rule("/comments/unblock", methods=["GET", "POST"], endpoint=block_views.unblock),
        Rule("/comments/approved.json", methods=["GET"], endpoint=reader_views.published),
        Rule("/comments/health", methods=["GET"], endpoint=reader_views.health),
    ],
    merge_slashes=False,
)
# What may stand after the question mark of a GET: what has to, and what else may.
PARAMETERS: dict[View, tuple[set[str], set[str]]] = {
    reader_views.thank: ({"w"}, set()),
    reader_views.withdraw: ({"t"}, set()),
    moderation_views.moderate: ({"s"}, {"q", "do"}),
    desk_views.queue: ({"s"}, {"page"}),
    desk_views.published: ({"s"}, {"words", "page"}),
    desk_views.kept: ({"s"}, {"words", "page"}),
    desk_views.articles: ({"s"}, {"article"}),
    block_views.block: ({"s"}, {"comment", "word"}),
    block_views.unblock: ({"s", "block"}, set()),
}
WORDS = {
    400: "What arrived isn’t something that can be read here.",
    403: "This isn’t allowed here.",
    404: "There is nothing at this address. It may have a slip in it.",
    405: "This address can’t be used in this way.",
    413: "What arrived is larger than a comment may be. Please shorten it.",
    415: "Only the form on the page can be read here.",
    500: "Something went wrong here, through no fault of yours. Please try again later.",
    503: "This can’t be kept at the moment, so nothing was. Please try again in a few minutes.",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
log = logging.getLogger("insession.comments")


def make_app(
    config: Config, visits: Visits | None = None, troubles: Troubles | None = None
) -> WSGIApplication:
    """Return the WSGI application, with approved.json as the store has it.

    `visits` is the memory of who came (rate_limits.py), and `troubles` of what doesn't work, where
    others have a hand in it.
    """
    troubles = troubles or Troubles(config.folder)
    service = Service(config, visits or Visits(), troubles)
    service.tidy_up()
    service.show_approved()

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        return _finished(service, request, _answer(service, request))(environ, start_response)

    return application


def _answer(service: Service, request: Request) -> Response:
    """Every failure ends here, as a status and a sentence; none of them is logged with text."""
    request.fields, request.view = {}, None
    view: View
    path = request.root_path.rstrip("/") + request.path  # mounted under /comments or not
    try:
        view, _ = ROUTES.bind("", path_info=path, default_method=request.method).match()
        request.view = view
        _check_parameters(request)
        return view(service, request)
    except Refusal as error:  # a link that isn't valid
        return _told(service, request, http.Forbidden(str(error)))
    except sanitize.Refused as error:
        return _told(service, request, http.BadRequest(str(error)))
    except http.HTTPException as error:
        return _told(service, request, error)
    except (sqlite3.Error, OSError) as error:
        log.error("The store failed: %s", error)  # SQLite and the disk name no comment
        service.troubles.begin("storing", str(getattr(error, "strerror", None) or error))
        service.reconnect()
        return _told(service, request, http.ServiceUnavailable(retry_after=60))
    except Exception as error:
        trace = "".join(traceback.format_tb(error.__traceback__))
        log.error("A fault in the software: %s\n%s", type(error).__name__, trace)
        return _told(service, request, http.InternalServerError())


def _check_parameters(request: Request) -> None:
    needed: set[str] = set()
    possible: set[str] = set()
    if request.view and request.method in {"GET", "HEAD"}:
        needed, possible = PARAMETERS.get(request.view, (set(), set()))
    given = request.args.to_dict(flat=False)
    if needed - given.keys() or given.keys() - needed - possible:
        raise http.BadRequest("This address isn’t complete, or something was added to it.")
    if any(len(values) > 1 for values in given.values()):
        raise http.BadRequest


def _told(service: Service, request: Request, error: http.HTTPException) -> Response:
    """Return the error in words, with the reader's text in the form if there was one."""
    status = error.code or 500
    is_here = isinstance(error, reader_views.Repeated)
    own = error.description if is_here or error.description != type(error).description else None
    message = own or WORDS.get(status, WORDS[500])
    if responses.wants_json(request):
        response = responses.as_json({"message": message}, status)
    else:
        fields = _given_back(service, request) if request.view is reader_views.post_comment else {}
        values = {"thread": service.thread(fields.get("thread", "")), "is_here": is_here}
        fields = {} if is_here else fields
        response = service.page("error", status, message=message, fields=fields, **values)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _given_back(service: Service, request: Request) -> dict[str, str]:
    """Return what the reader sent, if it could be read, with what proves that we gave it back."""
    if not request.fields:
        return {}
    proof = signed_links.form_token(service.config.secret, request.remote_addr or "")
    return request.fields | {"proof": proof}


def _finished(service: Service, request: Request, response: Response) -> Response:
    """Add what every answer carries."""
    response.headers.extend(HEADERS)
    response.headers["Content-Security-Policy"] = responses.policy(service.site, service.config.url)
    response.headers.setdefault("Cache-Control", "no-store")
    origin = request.headers.get("Origin")
    if request.view is reader_views.post_comment:
        response.vary.update(["Origin", "Accept"])
        if origin != service.config.url and origin in service.config.origins:
            response.headers["Access-Control-Allow-Origin"] = origin
    return response
