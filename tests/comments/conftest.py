"""Fixtures: a running service, and the mail server that it writes to."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.comments.running import EACH_MAIL, MailServer, Running


@pytest.fixture(scope="session")
def mailbox() -> Iterator[MailServer]:
    """A mail server that takes everything."""
    server = MailServer().start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory, mailbox: MailServer) -> Iterator[Running]:
    """A service for all tests that don't harm it."""
    running = Running(tmp_path_factory.mktemp("service"), EACH_MAIL, **mailbox.environ).start()
    yield running
    running.kill()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Start a service of one's own: `start(prelude, **environ)`."""
    begun: list[Running] = []

    def begin(prelude: str = "", **environ: str) -> Running:
        begun.append(Running(tmp_path / str(len(begun)), prelude, **environ))
        return begun[-1].start()

    yield begin
    for running in begun:
        running.kill()


@pytest.fixture
def away() -> Iterator[MailServer]:
    """A mail server of one's own that isn't there yet."""
    server = MailServer()
    yield server
    server.stop()
