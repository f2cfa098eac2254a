"""The preview, on this computer only: the built pages, the comments, live reload."""

import mimetypes
import socket
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from werkzeug.security import safe_join
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.utils import redirect, send_file
from werkzeug.wrappers import Request, Response

from insession.comments.app import make_app
from insession.comments.config import Config, Mail, make_secret
from insession.comments.limits import Limits
from insession.comments.server import start_work
from insession.practice import read_practice
from insession.preview.rebuilding import COMMENTS, FOLDER, Rebuilds
from insession.problems import Problems

CHANGES = "/.preview/changes"  # a stream of server-sent events, one for each rebuild
SCRIPT = "/.preview/reload.js"
RELOAD = f'new EventSource("{CHANGES}").onmessage = () => location.reload();\n'
Application = Callable[[dict[str, Any], Callable], Iterable[bytes]]

mimetypes.add_type("text/vcard", ".vcf")
mimetypes.add_type("font/woff2", ".woff2")


def serve(port: int, open_browser: bool) -> int:
    """Show the blog at http://127.0.0.1:PORT until Ctrl-C. Returns the exit code."""
    rebuilds = Rebuilds()
    try:
        return _serve(port, open_browser, rebuilds)
    except KeyboardInterrupt:
        print("\nThe preview has ended.")
        return 0
    finally:
        rebuilds.stop()


def _serve(port: int, open_browser: bool, rebuilds: Rebuilds) -> int:
    listening = _listen(port)
    if listening is None:
        return 1
    base = _base_path()
    settings = comments_settings(f"http://127.0.0.1:{port}", base)
    comments = make_app(settings)
    if not rebuilds.start() and not (Path(FOLDER) / "index.html").is_file():
        print("\nPlease mend this first, then start the preview again.")
        return 1
    pages = make_pages(base, rebuilds)

    def application(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        is_comment = environ["PATH_INFO"].startswith("/comments/")
        return (comments if is_comment else pages)(environ, start_response)

    options = {"threaded": True, "request_handler": _Quiet, "fd": listening.fileno()}
    server = make_server("127.0.0.1", port, application, **options)
    mail = start_work(settings)
    address = f"http://127.0.0.1:{port}{base}/"
    said = f"Your blog is at {address} and follows each change you save. Ctrl-C ends it."
    print(said, flush=True)
    if open_browser:
        webbrowser.open(address)
    try:
        server.serve_forever()
    finally:
        mail.set()
    return 0


def comments_settings(origin: str, base: str) -> Config:
    """How the comments service is set up here: its own folder, and mail as files in there."""
    folder = Path(COMMENTS)
    here = "preview@localhost"
    return Config(
        site_url=f"{origin}{base}",
        secret=make_secret(folder),
        url=origin,
        origins=frozenset({origin, origin.replace("127.0.0.1", "localhost")}),
        folder=folder,
        site=Path(FOLDER),
        mail=Mail(sender=here, recipient=here, folder=folder / "mail"),
        limits=Limits(address=((1000, 60),), thread=((1000, 60),)),  # for trying things out
    )


def make_pages(base: str, rebuilds: Rebuilds) -> Application:
    """Return the application that answers from the preview's folder, as a static host would."""

    @Request.application
    def pages(request: Request) -> Response:
        if request.method not in {"GET", "HEAD"}:
            return Response("Pages can only be read.\n", 405, headers={"Allow": "GET, HEAD"})
        if request.path == CHANGES:
            return Response(_changes(rebuilds), mimetype="text/event-stream")
        if request.path == SCRIPT:
            return Response(RELOAD, mimetype="text/javascript")
        if base and request.path == "/":
            return redirect(f"{base}/")
        return _page(request, base)

    return pages


def _page(request: Request, base: str) -> Response:
    """A blog that is published at /blog/ is previewed there too."""
    found = safe_join(FOLDER, request.path.removeprefix(base).lstrip("/"))
    path = Path(found or FOLDER, "" if found else "404.html").resolve()
    if path.is_dir() and not request.path.endswith("/"):
        return redirect(f"{request.path}/", 301)
    path = path / "index.html" if path.is_dir() else path
    if not path.is_file():
        path = Path(FOLDER, "404.html").resolve()
    if path.suffix != ".html":
        response = send_file(path, request.environ, max_age=0)
    else:
        status = 404 if path.name == "404.html" else 200
        response = Response(_with_script(path), status, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    return response


def _changes(rebuilds: Rebuilds) -> Iterator[str]:
    seen = rebuilds.count
    while True:
        count = rebuilds.wait(seen, 15)
        yield ": still here\n\n" if count == seen else "data: changed\n\n"
        seen = count


class _Quiet(WSGIRequestHandler):
    def log(self, *args: object) -> None:
        """Print nothing: she has no use for a list of requests."""


def _listen(port: int) -> socket.socket | None:
    """Take the port, or say why that can't be."""
    try:
        return socket.create_server(("127.0.0.1", port))
    except OverflowError:
        print(f"{port} is not a port. Choose a number from 1024 to 65535: --port 8000")
    except PermissionError:
        print(f"This computer keeps port {port} for itself. Try: --port 8000")
    except OSError:
        print(f"Port {port} is in use, perhaps by another preview. Try: --port {port + 1}")
    return None


def _with_script(page: Path) -> bytes:
    tag = f'<script src="{SCRIPT}" defer></script></body>'.encode()
    return page.read_bytes().replace(b"</body>", tag)


def _base_path() -> str:
    try:
        return read_practice(Path("content/practice.toml")).site.base_path
    except Problems:
        return ""
