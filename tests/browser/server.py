"""Serves a built blog on this machine as a strict host would."""

import base64
import hashlib
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

STYLE = re.compile(rb"<style>(.*?)</style>", re.S)


def policy(folder: Path) -> str:
    """The policy that allows what is our own and, of what is inlined, the pages' stylesheets."""
    pages = (path.read_bytes().partition(b"<body")[0] for path in folder.rglob("*.html"))
    styles = {style for head in pages for style in STYLE.findall(head)}
    hashes = sorted(base64.b64encode(hashlib.sha256(style).digest()).decode() for style in styles)
    allowed = " ".join(f"'sha256-{each}'" for each in hashes)
    rules = ["default-src 'none'", f"style-src {allowed}"]
    rules += [f"{kind}-src 'self'" for kind in ("script", "img", "font", "connect", "manifest")]
    rules += ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"]
    return "; ".join(rules)


class _Server(ThreadingHTTPServer):
    def handle_error(self, *address: object) -> None:
        """Say nothing of a page that was left before its files had come."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*address)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or each answer waits for the browser's next word
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".html": "text/html; charset=utf-8",
        ".vcf": "text/vcard",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
    }

    def __init__(self, *args: object, policy: str, asked: list[str], **kwargs: object) -> None:
        self.policy, self.asked = policy, asked
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        """Take down what is asked for, and answer."""
        self.asked.append(self.path)
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def list_directory(self, path: object) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, *_: object) -> None:
        """Answer what is missing with the blog's own page."""
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", self.extensions_map[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def served(folder: Path, asked: list[str] | None = None) -> Iterator[str]:
    """Serve the folder on a free port; gives its address, which ends with a slash.

    What is asked for is added to `asked`.
    """
    asked = [] if asked is None else asked
    handler = partial(_Handler, directory=str(folder), policy=policy(folder), asked=asked)
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
