"""Serves the preview on this computer only and reloads the open page after each rebuild."""

import sys
import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from insession.practice import read_practice
from insession.preview.rebuilding import FOLDER, Rebuilds
from insession.problems import Problems

CHANGES = "/.preview/changes"  # a stream of server-sent events, one for each rebuild
SCRIPT = "/.preview/reload.js"
RELOAD = f'new EventSource("{CHANGES}").onmessage = () => location.reload();\n'.encode()


class PageHandler(SimpleHTTPRequestHandler):
    """Answers from the preview's folder, as a static host would."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".vcf": "text/vcard",
        ".xml": "application/xml",
        ".woff2": "font/woff2",
    }

    def __init__(self, *args: object, rebuilds: Rebuilds, base: str, **kwargs: object) -> None:
        self.rebuilds, self.base = rebuilds, base
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        """Answer the preview's own two addresses, and files for the rest."""
        if self.path == CHANGES:
            self._stream_changes()
        elif self.path == SCRIPT:
            self._answer(200, "text/javascript", RELOAD)
        elif self.base and self.path in {"", "/"}:
            self.send_response(302)
            self.send_header("Location", f"{self.base}/")
            self.end_headers()
        else:
            self._send_page()

    def _send_page(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path = path / "index.html"
        if path.suffix == ".html" and path.is_file():
            self._answer(200, "text/html; charset=utf-8", _with_script(path))
        elif path.exists():
            super().do_GET()
        else:
            missing = Path(self.directory) / "404.html"
            self._answer(404, "text/html; charset=utf-8", _with_script(missing))

    def translate_path(self, path: str) -> str:
        """A blog that is published at /blog/ is previewed there too."""
        return super().translate_path(path.removeprefix(self.base))

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def _stream_changes(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        seen = self.rebuilds.count
        try:
            while True:
                count = self.rebuilds.wait(seen, 15)
                self.wfile.write(b": still here\n\n" if count == seen else b"data: changed\n\n")
                self.wfile.flush()
                seen = count
        except OSError:
            return  # the page was closed

    def log_message(self, *args: object) -> None:
        """Print nothing: she has no use for a list of requests."""


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
    if not rebuilds.start() and not (Path(FOLDER) / "index.html").is_file():
        print("\nPlease mend this first, then start the preview again.")
        return 1
    base = _base_path()
    handler = partial(PageHandler, rebuilds=rebuilds, base=base, directory=FOLDER)
    try:
        server = _Server(("127.0.0.1", port), handler)
    except PermissionError:
        print(f"This computer keeps port {port} for itself. Try: --port 8000")
        return 1
    except OSError:
        print(f"Port {port} is in use, perhaps by another preview. Try: --port {port + 1}")
        return 1
    except OverflowError:
        print(f"{port} is not a port. Choose a number from 1024 to 65535: --port 8000")
        return 1
    address = f"http://127.0.0.1:{port}{base}/"
    print(
        f"Your blog is at {address} and follows each change you save. Ctrl-C ends it.", flush=True
    )
    if open_browser:
        webbrowser.open(address)
    with server:
        server.serve_forever()
    return 0


class _Server(ThreadingHTTPServer):
    daemon_threads = True  # open event streams don't hold up the end
    allow_reuse_address = sys.platform != "win32"  # there it would share a taken port


def _with_script(page: Path) -> bytes:
    tag = f'<script src="{SCRIPT}" defer></script></body>'.encode()
    return page.read_bytes().replace(b"</body>", tag)


def _base_path() -> str:
    try:
        return read_practice(Path("content/practice.toml")).site.base_path
    except Problems:
        return ""
