"""The preview on her own computer: where it answers, how it starts and how it ends."""

import os
import re
import signal
import socket
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest

from insession.common.locks import hold
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
    [script] = re.findall(r'"(/theme/buttons\.\w+\.js)"', body)
    assert preview.get(script)[0] == 200
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


def test_no_backup_of_comments_is_put_back_while_a_preview_runs(start: Start) -> None:
    preview = open_preview(start)
    lock = preview.folder / ".comments" / "service.lock"

    def is_free() -> bool:
        if held := hold(lock):
            held.close()
        return held is not None

    eventually(lambda: not is_free(), "the preview holds the lock")
    preview.stop()
    assert is_free()
    assert (
        not (lock.parent / "comments.sqlite3-wal").is_file()
        or not (lock.parent / "comments.sqlite3-wal").read_bytes()
    ), "what it wrote is in the store"


def test_a_blog_in_a_folder_is_previewed_there(start: Start) -> None:
    preview = open_preview(
        start, practice=lambda text: text.replace("//blog.example.org", "//example.org/blog")
    )
    assert f"http://127.0.0.1:{preview.port}/blog/" in preview.printed
    assert preview.get("/")[:2] == (302, "/blog/")
    body = preview.get("/blog/first/")[2]
    assert "The first title" in body
    assert preview.get("/blog/first")[:2] == (301, "/blog/first/")
    [script] = re.findall(r'"(/blog/theme/buttons\.\w+\.js)"', body)
    assert preview.get(script)[0] == 200


@pytest.mark.parametrize("after", [0.0, 0.5])
def test_a_change_saved_while_the_preview_starts_is_not_missed(after: float, start: Start) -> None:
    preview = start()
    time.sleep(after)
    preview.save("articles/first.md", article("A quick change"))
    preview.says("Your blog is at")
    eventually(preview.shows("/first/", "A quick change"), "the quick change")


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
@pytest.mark.parametrize("after", [0.1, 0.5, 0.9])
def test_ctrl_c_at_any_moment_of_the_start_is_quiet_too(after: float, start: Start) -> None:
    preview = start()
    eventually(lambda: psutil.Process(preview.process.pid).children(), "a process was started")
    time.sleep(after)
    preview.interrupt()
    preview.ends()
    assert "Traceback" not in preview.printed, preview.printed
    eventually(preview.is_gone, "its last process ended")


@POSIX
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_nothing_is_left_behind_however_the_preview_is_ended(end: int, start: Start) -> None:
    preview = open_preview(start)
    preview.process.send_signal(end)
    preview.ends()
    eventually(preview.is_gone, "its last process ended")


@POSIX
def test_ctrl_c_while_changed_code_is_tried_ends_the_trial(start: Start) -> None:
    preview = open_preview(start)
    (preview.folder / "insession/content/field_types.py").write_text(
        "import time\ntime.sleep(60)\n", "utf-8"
    )
    eventually(lambda: trials(preview), "the changed code is tried")
    running = trials(preview)
    preview.interrupt()
    assert preview.ends() == 0
    eventually(lambda: not any(trial.is_running() for trial in running), "the trial ended")


def trials(preview: Preview) -> list[psutil.Process]:
    """The processes that find out whether changed code can be used."""
    below = psutil.Process(preview.process.pid).children(recursive=True)
    return [process for process in below if process.cmdline()[-1:] == ["try"]]


def test_a_taken_port_is_said_and_the_next_one_is_used(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        preview = start(port=port)
        preview.says("Your blog is at")
        assert preview.printed.startswith(f"Port {port} is in use")
        preview.port = int(re.search(r"127\.0\.0\.1:(\d+)/", preview.printed)[1])
        assert port < preview.port <= port + 20
        said = (preview.folder / ".comments" / "preview-address").read_text("utf-8")
        assert said == f"http://127.0.0.1:{preview.port}", "the link of comments.queue leads there"
        assert "The first title" in preview.get("/first/")[2]


def test_a_number_that_is_no_port_is_said_in_one_sentence(start: Start) -> None:
    preview = start(port=70000)
    assert preview.ends() == 1
    assert "Traceback" not in preview.printed
    assert "70000" in preview.printed
