"""The preview on her own computer: what it serves, what it does when she saves, how it ends."""

import http.client
import os
import socket
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.preview.running import PATIENCE, Preview, eventually, starting
from tests.support import article

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
Start = Callable[..., Preview]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a preview of a small blog: `start()`, or `start(port=…)`."""
    with starting() as begin:
        yield partial(begin, tmp_path)


def open_preview(start: Start, **options: object) -> Preview:
    """A preview that has said where the blog is."""
    preview = start(**options)
    preview.says("Your blog is at")
    return preview


def test_the_preview_answers_as_a_static_host_would(start: Start) -> None:
    preview = open_preview(start)
    assert f"http://127.0.0.1:{preview.port}/" in preview.printed
    status, _, body = preview.get("/first/")
    assert (status, "The first title" in body) == (200, True)
    assert preview.get("/")[0] == 200
    assert preview.get("/theme/share.js")[0] == 200
    assert preview.get("/first")[:2] == (301, "/first/")
    for missing in ("/no-such-page/", "/topic/", "/../pelicanconf.py", "/%2e%2e/pelicanconf.py"):
        status, _, body = preview.get(missing)
        assert status == 404, missing
        assert "This page isn’t here" in body


def test_the_preview_is_seen_from_this_computer_only(start: Start) -> None:
    preview = open_preview(start)
    with socket.create_connection(("127.0.0.1", preview.port), timeout=PATIENCE):
        pass
    for other in ("127.0.0.2", "::1"):  # a server on every address would answer here too
        with pytest.raises(OSError):
            socket.create_connection((other, preview.port), timeout=2).close()


def test_a_blog_in_a_folder_is_previewed_there(start: Start) -> None:
    preview = open_preview(
        start, practice=lambda text: text.replace("//blog.example.org", "//example.org/blog")
    )
    assert f"http://127.0.0.1:{preview.port}/blog/" in preview.printed
    assert preview.get("/")[:2] == (302, "/blog/")
    assert "The first title" in preview.get("/blog/first/")[2]
    assert preview.get("/blog/first")[:2] == (301, "/blog/first/")
    assert preview.get("/blog/theme/share.js")[0] == 200


def test_a_saved_change_is_served_and_told_to_the_open_page(start: Start) -> None:
    preview = open_preview(start)
    assert "/.preview/reload.js" in preview.get("/first/")[2]
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE)
    connection.request("GET", "/.preview/changes")
    changes = connection.getresponse()
    preview.save("articles/first.md", article("The second title"))
    line = changes.readline()
    while not line.startswith(b"data:"):
        assert line, "the stream ended"
        line = changes.readline()
    connection.close()
    assert "The second title" in preview.get("/first/")[2]


def test_a_change_saved_during_the_first_build_is_not_missed(start: Start) -> None:
    preview = start()
    built = preview.folder / ".preview" / "index.html"
    eventually(built.is_file, "the first build", pause=0.001)
    preview.save("articles/first.md", article("A quick change"))
    preview.says("Your blog is at")
    eventually(lambda: "A quick change" in preview.get("/first/")[2], "the quick change")


def test_a_broken_save_is_told_and_keeps_the_last_good_pages(start: Start) -> None:
    preview = open_preview(start)
    preview.save("articles/first.md", article("Broken", more="statsu: draft"))
    preview.says("content/articles/first.md:7:")
    preview.says("status")
    assert "The first title" in preview.get("/first/")[2]
    preview.save("articles/first.md", article("Mended"))
    eventually(lambda: "Mended" in preview.get("/first/")[2], "the mended title")
    assert "Traceback" not in preview.printed


@POSIX
def test_ctrl_c_ends_the_preview_quietly_and_wholly(start: Start) -> None:
    preview = open_preview(start)
    with socket.create_connection(("127.0.0.1", preview.port)) as waiting:  # an open page
        waiting.sendall(b"GET /.preview/changes HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert waiting.recv(8) == b"HTTP/1.1"
        preview.interrupt()
        assert preview.ends() == 0, preview.printed
    assert "Traceback" not in preview.printed
    eventually(preview.is_gone, "its last process ended")


@POSIX
@pytest.mark.parametrize("when", ["first", "later"])
def test_ctrl_c_during_a_build_is_quiet_too(when: str, start: Start) -> None:
    preview = start() if when == "first" else open_preview(start)
    if when == "later":
        preview.save("articles/first.md", article("Another title"))
    eventually((preview.folder / ".preview.new").is_dir, "a build began", pause=0.001)
    preview.interrupt()
    preview.ends()
    assert "Traceback" not in preview.printed, preview.printed
    eventually(preview.is_gone, "its last process ended")


def test_a_taken_port_is_said_in_one_sentence(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        preview = start(port=taken.getsockname()[1])
        assert preview.ends() == 1
    last = preview.printed.strip().splitlines()[-1]
    assert str(preview.port) in last
    assert "in use" in last
    assert "Your blog is at" not in preview.printed
    assert "Traceback" not in preview.printed


def test_a_number_that_is_no_port_is_said_in_one_sentence(start: Start) -> None:
    preview = start(port=70000)
    assert preview.ends() == 1
    assert "Traceback" not in preview.printed
    assert "70000" in preview.printed


def test_a_blog_that_was_never_whole_is_not_shown(start: Start) -> None:
    preview = start(practice=lambda text: text.replace("+17185550142", "call me"))
    assert preview.ends() == 1
    assert "content/practice.toml:" in preview.printed
    assert "Your blog is at" not in preview.printed
    assert "Traceback" not in preview.printed
