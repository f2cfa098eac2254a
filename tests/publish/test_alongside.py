"""The comments service on the server to which she publishes: a real sshd, rsync and service."""

import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from insession.publish.manifest import compare, digests
from insession.publish.source_bundle import FOLDER
from tests import programs
from tests.comments.running import MailServer, Running, body, form, links, until
from tests.publish.a_blog import Blog
from tests.publish.an_sshd import Sshd
from tests.support import ROOT, article

Capture = pytest.CaptureFixture[str]
SSH = shutil.which("ssh")
MISSING = os.name == "nt" or not (SSH and programs.sshd() and programs.rsync())
pytestmark = pytest.mark.skipif(MISSING, reason="ssh, sshd or rsync is not installed")
WORDS = "It helped me to read this."
HERS = 'COMMENTS = "on"\nSTYLESHEETS = [name for name in STYLESHEETS if name != "print.css"]\n'


class Alongside(Blog):
    """Her computer, and the server with its service; `shown` is what the web server shows."""

    def __init__(self, folder: Path, sshd: Sshd, mailbox: MailServer) -> None:
        self.shown = folder / "server/blog/current"
        again = [sys.executable, "-m", "invoke", "publish", "--again", str(self.shown.parent)]
        self.runs = folder / "runs"
        noted = 'echo >>"$0"; exec "$@"'  # each run of the command leaves a line
        self.service = Running(
            folder / "service",
            **mailbox.environ,
            INSESSION_SITE_FOLDER=str(self.shown / FOLDER),
            INSESSION_ON_CHANGE=shlex.join(["sh", "-c", noted, str(self.runs), *again]),
        ).start()
        self.mailbox = mailbox
        super().__init__(
            folder,
            {"target": "server", "server": sshd.name, "folder": str(self.shown.parent)},
        )
        shutil.copyfile(ROOT / "pelicanconf.py", self.root / "pelicanconf.py")
        shutil.copytree(ROOT / "theme", self.root / "theme")

    def set(self, values: dict[str, str] | None) -> None:
        """Choose where it goes, and that readers can comment."""
        approved = f"http://127.0.0.1:{self.service.port}/comments/approved.json"
        text = f"from pelicanconf import *\n{HERS}COMMENTS_APPROVED = {approved!r}\n"
        self.settings.write_text(f"{text}PUBLISH = {values!r}\n", encoding="utf-8")

    def page(self, name: str = "one") -> str:
        """A page as readers see it."""
        return (self.shown / name / "index.html").read_text(encoding="utf-8")

    def release(self) -> str:
        """Which release is shown."""
        return os.readlink(self.shown)


@pytest.fixture(scope="module")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    running = Sshd(tmp_path_factory.mktemp("sshd"), SSH or "")
    yield running
    running.stop()


@pytest.fixture
def blog(sshd: Sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Alongside]:
    monkeypatch.setenv("PATH", f"{sshd.folder / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.syspath_prepend(str(tmp_path / "blog"))
    monkeypatch.delitem(sys.modules, "pelicanconf", raising=False)
    mailbox = MailServer().start()
    blog = Alongside(tmp_path, sshd, mailbox)
    yield blog
    blog.service.kill()
    mailbox.stop()


def test_an_approved_comment_appears_at_once_and_stays_whatever_is_published_or_undone(
    blog: Alongside,
) -> None:
    blog.write("articles/secret.md", article("Not yet", "status: draft"))
    assert blog.publish() == 0
    blog.write("articles/three.md", article("Three titles"))
    assert blog.publish() == 0
    built = digests(blog.shown)
    assert blog.built() == built
    # A reader writes; she publishes the comment by the link in the mail.
    answer = blog.service.submit("/comments/new", form(WORDS, thread="one"))
    assert answer.status == 303
    mail = until(lambda: blog.mailbox.about(WORDS))[0]
    token = links(body(mail))["publish"].partition("?s=")[2]
    assert WORDS not in blog.page()
    assert blog.service.submit("/comments/moderate", {"s": token}).status == 200
    until(lambda: WORDS in blog.page(), 120)
    until(blog.service.is_settled, 120)
    # Once when the service began, and once for the approval: what she publishes needs nothing more,
    # and the release that the server has made is no reason to make another.
    assert len(blog.runs.read_text(encoding="utf-8").splitlines()) == 2
    # The server built what her computer builds, and nothing but that article has changed.
    assert digests(blog.shown) == blog.built()
    changes = compare(built, digests(blog.shown))
    assert "one/index.html" in changes.changed
    assert {path.partition("/")[0] for path in changes.changed} <= {
        *("one", "index.html", "feeds"),
        ".source",  # which says with which comments it was built
    }
    assert not changes.gone
    # She publishes something else; the comment stays.
    blog.write("articles/four.md", article("Four titles"))
    assert blog.publish() == 0
    assert WORDS in blog.page()
    # What she undoes is what she has published; that a comment came between doesn't count.
    assert blog.undo() == 0
    assert WORDS in blog.page()
    assert not (blog.shown / "four").exists()
    assert blog.undo() == 0
    assert not (blog.shown / "three").exists()
    until(lambda: WORDS in blog.page(), 120)  # also in what is older than the comment
    assert not (blog.shown / "three").exists()
