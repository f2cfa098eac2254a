"""While the comments service is away, publishing brings nothing back that was withdrawn."""

import json
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from insession.comments import published_reader
from insession.publish import command, withdrawn_comments
from insession.publish.registry import read_setting, target_of
from insession.publish.shown_comments import shown_comments
from insession.publish.target_config import Setting
from tests.publish.a_blog import Blog
from tests.support import article

Capture = pytest.CaptureFixture[str]


class Handler(BaseHTTPRequestHandler):
    """Answers each path with what the server holds for it, and else 404."""

    def do_GET(self) -> None:
        held = self.server.held  # type: ignore[attr-defined]
        self.send_response(200 if self.path in held else 404)
        self.end_headers()
        self.wfile.write(held.get(self.path, b""))

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def web() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.held = {}  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def show(web: ThreadingHTTPServer, *numbers: int, struck: bool = False) -> None:
    """Let the service say that these comments are published, with or without a name."""
    said = "by […]" if struck else "by Ann"
    created = "2026-11-01T00:00:00Z"
    comments = [{"id": n, "body": f"Comment {n}. {said}", "created": created} for n in numbers]
    text = json.dumps({"version": 1, "threads": {"one": comments}})
    web.held["/approved.json"] = text.encode()  # type: ignore[attr-defined]


@pytest.fixture
def blog(tmp_path: Path, web: ThreadingHTTPServer) -> Blog:
    """A blog that was published with the comments 1 and 2."""
    blog = Blog(tmp_path, {"target": "folder", "folder": "../site"})
    with blog.settings.open("a", encoding="utf-8") as file:
        address = f"http://127.0.0.1:{web.server_port}/approved.json"
        file.write(f'COMMENTS = "on"\nCOMMENTS_APPROVED = {address!r}\n')
    show(web, 1, 2)
    assert blog.publish() == 0
    return blog


def page(tmp_path: Path) -> str:
    return (tmp_path / "site/one/index.html").read_text("utf-8")


def test_publishing_stops_and_says_why(
    blog: Blog, web: ThreadingHTTPServer, tmp_path: Path, capsys: Capture
) -> None:
    before = page(tmp_path)
    web.held.clear()  # type: ignore[attr-defined]
    capsys.readouterr()
    assert blog.publish() == 1
    told = capsys.readouterr()
    assert "can't be fetched" in told.out
    assert "publish --yes" in told.err
    assert page(tmp_path) == before
    assert blog.publish(dry_run=True) == 0


def test_yes_goes_on_without_what_the_blog_no_longer_had(
    blog: Blog, web: ThreadingHTTPServer, tmp_path: Path, capsys: Capture
) -> None:
    cache = blog.root / ".comments-cache/approved.json"
    earlier = cache.read_bytes()
    show(web, 2)  # 1 was withdrawn, and another computer has published since
    assert blog.publish() == 0
    cache.write_bytes(earlier)
    web.held.clear()  # type: ignore[attr-defined]
    blog.write("articles/three.md", article("Three titles", body="Other words altogether."))
    capsys.readouterr()
    assert blog.publish(yes=True) == 0
    assert "1 comment that your blog doesn't show" in capsys.readouterr().out
    assert (tmp_path / "site/three/index.html").is_file()
    assert 'id="comment-1"' not in page(tmp_path)
    assert 'id="comment-2"' in page(tmp_path)
    feeds = (tmp_path / "site/feeds/comments.atom.xml").read_text("utf-8")
    assert "Comment 2." in feeds
    assert "Comment 1." not in feeds


def test_what_is_published_is_looked_up_where_readers_see_it(web: ThreadingHTTPServer) -> None:
    web.held["/one/"] = b'<article id="comment-2">'  # type: ignore[attr-defined]
    site = SimpleNamespace(url=f"http://127.0.0.1:{web.server_port}")
    setting = Setting({"target": "server"}, Path())
    assert "comment-2" in withdrawn_comments._published(site, setting, "one/index.html")
    assert withdrawn_comments._published(site, setting, "two/index.html") == ""
    site.url = "http://127.0.0.1:9"
    with pytest.raises(ConnectionError):
        withdrawn_comments._published(site, setting, "one/index.html")


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"])
def test_an_answer_that_drips_is_given_up_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(published_reader, "DEADLINE", 1.0)
    over = threading.Event()

    def drip(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            connection.sendall(begun)
            while not over.wait(0.05):
                try:
                    connection.sendall(b"H")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=drip, args=(listening,), daemon=True).start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/approved.json"
        started = time.monotonic()
        with pytest.raises(published_reader.Problems, match="can't be fetched"):
            published_reader.read_approved(address, tmp_path)
        over.set()
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("created", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_date_at_an_end_of_the_calendar_can_be_shown_anywhere(created: str) -> None:
    comment = published_reader.PublishedComment(id=1, body="x", created=created)
    assert 1970 <= comment.created.year <= 9999
    assert comment.created.astimezone(None)


@pytest.mark.parametrize("created", ["null", '""', "[]"])
def test_a_date_that_is_none_is_said_in_words(tmp_path: Path, created: str) -> None:
    text = f'{{"version": 1, "threads": {{"a": [{{"id": 1, "created": {created}}}]}}}}'
    (tmp_path / "approved.json").write_text(text)
    with pytest.raises(published_reader.Problems, match="can't be read"):
        published_reader.read_approved("approved.json", tmp_path)


@pytest.fixture(params=["folder", "branch", "storage"])
def anywhere(
    request: pytest.FixtureRequest, blog: Blog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Blog:
    """The blog, published with the comments 1 and 2 to a target that shows what it was sent."""
    if request.param == "branch":
        remote = tmp_path / "remote.git"
        subprocess.run(["git", "init", "-q", "--bare", str(remote)], check=True)
        change_target(blog, {"target": "branch", "remote": str(remote), "branch": "pages"})
    elif request.param == "storage":
        (tmp_path / "bucket").mkdir()
        monkeypatch.setenv("RCLONE_CONFIG_BLOG_TYPE", "alias")
        monkeypatch.setenv("RCLONE_CONFIG_BLOG_REMOTE", str(tmp_path))
        change_target(blog, {"target": "storage", "remote": "blog:bucket"})
    if request.param != "folder":
        assert blog.publish() == 0
    return blog


def change_target(blog: Blog, values: dict[str, str]) -> None:
    with blog.settings.open("a", encoding="utf-8") as file:
        file.write(f"PUBLISH = {values!r}\n")


def test_undo_shows_nothing_again_that_was_withdrawn_unless_she_says_so(
    anywhere: Blog, web: ThreadingHTTPServer, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(web, 2)  # 1 was withdrawn
    assert anywhere.publish() == 0
    setting = read_setting(anywhere.settings)
    assert setting
    before = target_of(setting).held(setting)
    capsys.readouterr()
    assert anywhere.undo() == 1  # nobody is there to be asked
    told = capsys.readouterr().err
    assert "/one/: 1 comment\n" in told
    assert "undo --yes" in told
    assert told.endswith("Your blog is as it was.\n")
    monkeypatch.setattr(command, "is_interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: "")
    assert anywhere.undo() == 1
    assert capsys.readouterr().out.endswith("Your blog is as it was.\n")
    assert target_of(setting).held(setting) == before
    monkeypatch.setattr("builtins.input", lambda _: "yes")
    assert anywhere.undo() == 0
    assert "Publish right after" in capsys.readouterr().out
    assert "1. by Ann" in target_of(setting).read(setting, "one/index.html")


def test_what_arrived_damaged_gives_way_only_to_comments_that_are_shown(
    anywhere: Blog, web: ThreadingHTTPServer, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    setting = read_setting(anywhere.settings)
    assert setting
    target = target_of(setting)
    send = target.send

    def damaged(setting: Setting, site: Path) -> None:
        send(setting, site)
        held = target.held(setting)
        monkeypatch.setattr(target, "held", lambda _: dict.fromkeys(held, "0"))

    def publish() -> str:
        capsys.readouterr()
        with monkeypatch.context() as patched:
            patched.setattr(target, "send", damaged)
            assert anywhere.publish() == 1
        monkeypatch.setattr(target, "held", held)
        return capsys.readouterr().err

    held = target.held
    anywhere.write("articles/two.md", article("Two titles", body="Other words altogether."))
    assert "has been brought back" in publish()
    assert "1. by Ann" in target.read(setting, "one/index.html")
    show(web, 2)  # 1 was withdrawn
    told = publish()
    assert "isn't brought back" in told
    assert "/one/: 1 comment\n" in told
    assert "1. by Ann" not in target.read(setting, "one/index.html")
    assert anywhere.publish() == 0


def test_undo_asks_nothing_when_no_comment_comes_back(
    blog: Blog, web: ThreadingHTTPServer, tmp_path: Path
) -> None:
    show(web, 1, 2, 3)
    assert blog.publish() == 0
    blog.write("articles/one.md", article("One title", "slug: first\nid: one"))
    assert blog.publish() == 0
    assert blog.undo() == 0
    assert 'id="comment-3"' in page(tmp_path)
    assert blog.undo() == 0
    assert 'id="comment-3"' not in page(tmp_path)


def test_what_was_struck_out_or_removed_before_its_replies_does_not_come_back(
    blog: Blog, web: ThreadingHTTPServer, tmp_path: Path, capsys: Capture
) -> None:
    cache = blog.root / ".comments-cache/approved.json"
    earlier = cache.read_bytes()
    show(web, 1, 2, struck=True)
    assert blog.publish() == 0
    capsys.readouterr()
    assert blog.undo() == 1
    assert "/one/: 2 comments\n" in capsys.readouterr().err
    cache.write_bytes(earlier)
    web.held.clear()  # type: ignore[attr-defined]
    assert blog.publish(yes=True) == 0
    assert "by Ann" not in page(tmp_path)


def test_a_place_of_a_removed_comment_shows_none() -> None:
    reply = '<ol><li id="comment-2"><article class="comment"><p>I agree.</p></article></li></ol>'
    page = f'<li id="comment-1"><p class="comment-removed">A comment was removed.</p>{reply}</li>'
    assert shown_comments(page) == {2: "I agree."}
