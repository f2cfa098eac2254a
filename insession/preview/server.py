"""What the preview answers: pages from memory, the stream of changes, what is its own."""

import mimetypes
from collections.abc import Callable
from pathlib import Path
from wsgiref.types import WSGIApplication

from werkzeug.exceptions import MethodNotAllowed
from werkzeug.serving import WSGIRequestHandler
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from insession.preview.live_reload import LiveVersion
from insession.preview.toolbar import EMPTY_PAGE, marked
from insession.site.site import Site

OWN = "/.preview/"
NAMES = {"127.0.0.1", "localhost"}
HERE = Path(__file__).parent
THEME = HERE.parents[1] / "theme"
FILES = {
    "preview.js": HERE / "preview.js",
    "preview.css": HERE / "preview.css",
    "tokens.css": THEME / "static" / "css" / "tokens.css",
}

mimetypes.add_type("image/avif", ".avif")  # systems know it only since lately
mimetypes.add_type("image/webp", ".webp")
mimetypes.add_type("text/vcard", ".vcf")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/css", ".css")


def make_application(
    site: Site,
    changes: LiveVersion,
    comments: Callable[[], WSGIApplication],
    drawn: Callable[[], None],
) -> WSGIApplication:
    """Return the application for everything at the preview's address; `drawn` is called after each.

    `comments` returns the comments service, once there is one.

    Answers only to this computer's own names: another site's page must not read drafts through a
    name of its own that leads here (DNS rebinding).
    """

    @Request.application
    def answer(request: Request) -> Response | WSGIApplication:
        if request.host.rpartition(":")[0] not in NAMES:
            return Response("This is a preview, seen on its own computer only.\n", 421)
        if request.path.startswith("/comments/"):
            return comments()
        if request.method not in {"GET", "HEAD"}:
            raise MethodNotAllowed(["GET", "HEAD"])
        if request.path.startswith(OWN):
            return _own(request, site, changes)
        name = _file(request.path, site.state.base)
        picture = None if name.startswith(".") else site.answer_slow(name)
        if picture is not None:
            response = Response(picture, mimetype=mimetypes.guess_type(name)[0])
        else:
            with site.lock:  # all of a page is of one state
                response = _page(request.path, site, changes)
        drawn()
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


def _own(request: Request, site: Site, changes: LiveVersion) -> Response:
    name = request.path.removeprefix(OWN)
    if name == "changes":
        events = changes.follow(request.args.get("seen", changes.version))
        return Response(events, mimetype="text/event-stream", headers={"Cache-Control": "no-store"})
    if name == "style.css":
        known = site.state.context
        styles = [known.get("STYLESHEET", ""), *known.get("PAGE_STYLES", {}).values()]
        return Response("".join(styles), mimetype="text/css")
    if name in FILES:
        return Response(FILES[name].read_bytes(), mimetype=mimetypes.guess_type(name)[0])
    return Response("There is nothing here.\n", 404)


def _page(path: str, site: Site, changes: LiveVersion) -> Response:
    """A blog that is published at /blog/ is previewed there too."""
    version = changes.version  # before it is drawn: what is saved meanwhile is told again
    base = site.state.base
    if base and path == "/":
        return redirect(f"{base}/")
    name = _file(path, base)
    is_hidden = name.startswith(".") and not name.startswith(".well-known/")
    found = None if is_hidden else site.answer(name)
    if found is None and site.answer(f"{name}/index.html"):
        return redirect(f"{path}/", 301)
    status = 200 if found or not site.state.writer else 404
    body, text = found or site.answer("404.html") or (b"", None)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if found and not name.endswith(".html"):
        return Response(body, mimetype=kind)
    return Response(marked(body or EMPTY_PAGE, text, site, version), status, mimetype="text/html")


def _file(path: str, base: str) -> str:
    """Return the path of a file in the site, as it is asked for below the site's root."""
    inside = path.removeprefix(base).lstrip("/") if f"{path}/".startswith(f"{base}/") else "404"
    return f"{inside}index.html" if inside == "" or inside.endswith("/") else inside


class Quiet(WSGIRequestHandler):
    """Prints nothing: she has no use for a list of requests."""

    def log(self, *args: object) -> None:
        """Say nothing."""
