"""Caddy and nginx before the real service: no log keeps an address or a link, whatever fails."""

import signal
import sys
from pathlib import Path

import pytest

from tests.comments.front import FOUND, VISITOR, Front, configure, free_ports, publish, started
from tests.comments.running import Running
from tests.publish.observatory import score
from tests.support import article, build_blog

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the servers are Linux servers")
TOKEN = "a-token-that-nobody-else-may-see"  # noqa: S105  (of tests only)
WORDS = "words that nobody else may read"
TRANSPORT = "max-age=63072000"


def logs(folder: Path) -> str:
    """Return everything that was written below a folder, but for what is shown and configured."""
    files = [path for path in folder.rglob("*") if path.suffix == ".log"]
    assert files
    return "".join(path.read_text("utf-8", "replace") for path in files)


@pytest.mark.parametrize("is_published", [True, False], ids=["published", "not yet published"])
@pytest.mark.parametrize("name", FOUND)
def test_no_log_has_an_address_a_link_or_a_word_whatever_fails(
    tmp_path: Path, name: str, is_published: bool
) -> None:
    if not FOUND[name]:
        pytest.skip(f"{name} is not installed")
    folder, server = tmp_path / "front", tmp_path / "server"
    folder.mkdir()
    server.mkdir()
    site = None
    if is_published:
        site = build_blog(tmp_path / "blog", {"articles/a.md": article()})
        publish(site, server)
    service = Running(tmp_path).start()
    ports = free_ports(2)
    command = configure(name, folder, server, service.port, ports)
    try:
        with started(Front(name, *ports, folder, site), command) as front:
            check_while_it_answers(front)
            service.kill()
            check_while_it_is_away(front)
            if name == "nginx":  # reads its file again, as after each release
                front.process.send_signal(signal.SIGHUP)
            check_while_it_is_away(front)
        with started(front, command) as front:
            check_while_it_is_away(front)
            if is_published:  # and what is shown is away, too
                (server / "current").unlink()
            front.ask(f"/comments/moderate?s={TOKEN}")
            front.ask(f"/nope?t={TOKEN}")
    finally:
        service.kill()
    written = logs(tmp_path)
    for secret in (VISITOR, TOKEN, WORDS, WORDS.replace(" ", "+")):
        assert secret not in written, next(row for row in written.split("\n") if secret in row)


def check_while_it_answers(front: Front) -> None:
    answer = front.ask("/comments/health")
    assert (answer.status, answer.headers["Strict-Transport-Security"]) == (200, TRANSPORT)
    assert front.post(WORDS).status == 303
    assert front.ask(f"/comments/withdraw?t={TOKEN}").status == 404
    for body in (b"x" * 200_000, b"x" * 1_000_000):
        answer = front.ask(f"/comments/new?t={TOKEN}", body)
        assert answer.status == 413
        assert "Go back to the page before" in answer.text
        assert answer.headers["Strict-Transport-Security"] == TRANSPORT
        if front.site:
            assert answer.text == front.site.text("413.html")
            assert score(answer.headers, answer.text) >= 100
    for path in ("/nope", "/.source/", "/images/nope.png", "/theme/"):
        assert front.ask(f"{path}?t={TOKEN}").status in ({404} if front.site else {200, 403, 404})
    start = f"POST /comments/new?t={TOKEN} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    front.break_off(start.encode() + b"Content-Length: 900\r\n\r\nx")
    front.break_off(start.encode() + b"Transfer-Encoding: chunked\r\n\r\n", b"zz\r\n")
    front.break_off(start.encode() + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nx")
    front.break_off(f"GET /{TOKEN} HTTP/9.9\r\n\r\n".encode())
    if front.name == "nginx":
        answer = front.ask(f"/?t={TOKEN}", port=front.other_port)
        assert (answer.status, answer.headers["Location"][:8]) == (301, "https://")


def check_while_it_is_away(front: Front) -> None:
    for answer in (front.post(WORDS), front.ask(f"/comments/moderate?s={TOKEN}")):
        assert answer.status in {502, 503}
        assert "o back to the page before" in answer.text
        assert WORDS not in answer.text
        assert answer.headers["Strict-Transport-Security"] == TRANSPORT
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        if front.site:
            assert answer.text == front.site.text("503.html")
            assert score(answer.headers, answer.text) >= 100
