"""A server to publish to, for the tests of one process."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from insession.publish.registry import read_setting
from insession.publish.target_config import Setting
from tests import programs
from tests.publish.a_blog import Blog
from tests.publish.an_sshd import Sshd


@pytest.fixture(scope="session")
def running_sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    ssh = shutil.which("ssh")
    if os.name == "nt" or not (ssh and programs.sshd() and programs.rsync()):
        pytest.skip("ssh, sshd or rsync is not installed")
    running = Sshd(tmp_path_factory.mktemp("sshd"), ssh)
    yield running
    running.stop()


@pytest.fixture
def sshd(running_sshd: Sshd, monkeypatch: pytest.MonkeyPatch) -> Sshd:
    """The server, as good as new, and its `ssh` on the PATH."""
    monkeypatch.setenv("PATH", f"{running_sshd.folder / 'bin'}{os.pathsep}{os.environ['PATH']}")
    running_sshd.know("host")
    running_sshd.show("user")
    running_sshd.fail(0)
    return running_sshd


@pytest.fixture
def server_blog(sshd: Sshd, tmp_path: Path) -> Blog:
    """A blog that is published to the server."""
    folder = str(tmp_path / "server/blog")
    return Blog(tmp_path, {"target": "server", "server": sshd.name, "folder": folder})


@pytest.fixture
def small(server_blog: Blog) -> Setting:
    """The setting alone, for what needs no blog."""
    setting = read_setting(server_blog.settings)
    assert setting
    return setting


@pytest.fixture
def shown(tmp_path: Path) -> Path:
    """What the server's web server shows."""
    return tmp_path / "server/blog/current"


@pytest.fixture(scope="module", autouse=True)
def cards_as_published(drawn_cards: None) -> None:
    """Draw social cards: what other processes publish is compared with what is built here."""
