"""Readers while the blog is published again and again: a real sshd, a real web server."""

import re
import threading
from collections import Counter
from pathlib import Path
from shutil import copytree

import pytest

from insession.publish.file_facts import links_of
from insession.publish.manifest import Digests, digest, digests
from tests import programs
from tests.publish.a_blog import Blog
from tests.publish.web_servers import WebServer, running
from tests.support import ROOT, article

pytestmark = pytest.mark.skipif(not programs.caddy(), reason="Caddy is not installed")
PAGES = ("", "one/", "two/", "contact/", "archive/", "topic/starting-therapy/", "feeds/all.rss.xml")
SCRIPT = "static/js/buttons.js"
OTHERS = re.compile(r"/(theme/[^?#]+)")  # what a page needs besides itself

# What a reader got: each file with the fingerprint of its bytes, or what was answered instead.
View = tuple[tuple[str, str], ...]


class Reader(threading.Thread):
    """Reads all pages, each with everything that it refers to, without pause until it is told."""

    def __init__(self, web: WebServer) -> None:
        super().__init__()
        self.web, self.enough, self.views = web, threading.Event(), Counter[View]()
        self.start()

    def run(self) -> None:
        while not self.enough.is_set():
            for page in PAGES:
                self.views[self.complete(*self.open(page))] += 1

    def stop(self) -> Counter[View]:
        self.enough.set()
        self.join(60)
        return self.views

    def open(self, page: str) -> tuple[str, bytes]:
        """Return a page or feed: its file, and what was answered."""
        return self._file(page if page.endswith(".xml") else f"{page}index.html", page)

    def complete(self, name: str, body: bytes) -> View:
        """Return it with the files that it refers to."""
        text = body.decode("utf-8", "replace") if name.endswith(".html") else ""
        others = {link[1] for link in map(OTHERS.match, links_of(text)) if link}
        found = [(name, body), *(self._file(other, other) for other in sorted(others))]
        return tuple((name, digest(data)) for name, data in found)

    def _file(self, name: str, path: str) -> tuple[str, bytes]:
        try:
            answer = self.web.ask(f"/{path}")
        except OSError as error:
            return name, repr(error).encode()
        return name, answer.body if answer.status == 200 else f"{answer.status}".encode()


def test_a_reader_never_meets_anything_but_one_whole_release(
    server_blog: Blog, shown: Path, tmp_path: Path, thorough: bool
) -> None:
    theme = copytree(ROOT / "theme", tmp_path / "theme")
    settings = server_blog.settings.read_text(encoding="utf-8")
    server_blog.settings.write_text(f"{settings}THEME = {str(theme)!r}\n", encoding="utf-8")
    releases: list[Digests] = []

    def publish(number: int) -> None:
        server_blog.write("articles/one.md", article(f"Title {number}", body=f"{number} " * 500))
        script = (ROOT / "theme" / SCRIPT).read_text(encoding="utf-8")
        (theme / SCRIPT).write_text(f"{script}// {number}\n", encoding="utf-8")
        assert server_blog.publish() == 0
        releases.append(digests(shown.resolve()))

    publish(0)
    with running("caddy", tmp_path / "caddy", shown) as web:
        reader = Reader(web)
        for number in range(1, 51 if thorough else 4):
            slow = reader.open("one/")
            publish(number)
            reader.views[reader.complete(*slow)] += 1
        slow = reader.open("one/")
        assert server_blog.undo() == 0
        views = reader.stop() + Counter([reader.complete(*slow)])
    wrong = [view for view in views if not any(view_of(view, release) for release in releases)]
    print(f"{views.total()} views, {sum(len(v) * n for v, n in views.items())} answers")
    assert wrong == []
    for page in ("one/index.html", "index.html"):
        assert len({view for view in views if view[0][0] == page}) > 1
    assert all(len(view) > 3 for view in views if view[0][0] == "one/index.html")


def view_of(view: View, release: Digests) -> bool:
    """Whether all of this is of one release."""
    return all(release.get(name) == found for name, found in view)
