"""Publishing to a server over SSH: a real sshd and rsync, on this machine."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

import pytest

from insession.problems import Problems
from insession.publish import server
from insession.publish.digests import digests
from insession.publish.setting import Setting
from tests.publish.a_blog import Blog
from tests.publish.an_sshd import Sshd
from tests.publish.small_sites import listed, page, send
from tests.support import article

Capture = pytest.CaptureFixture[str]


class Quiet(SimpleHTTPRequestHandler):
    """A web server that says nothing."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def blog(server_blog: Blog) -> Blog:
    return server_blog


def test_what_is_shown_is_the_build_before_and_after_and_after_undo(
    blog: Blog, shown: Path, capsys: Capture
) -> None:
    assert blog.publish() == 0
    first = blog.built()
    assert digests(shown) == first
    blog.write("articles/three.md", article("Three titles"))
    assert blog.publish() == 0
    assert digests(shown) == blog.built() != first
    assert not (shown / ".insession").exists()
    assert blog.undo() == 0
    assert digests(shown) == first
    assert blog.undo() == 1
    assert "there is no earlier release to go back to" in capsys.readouterr().err


def test_what_has_not_changed_is_stored_once_and_keeps_its_time(
    small: Setting, shown: Path
) -> None:
    send(small, "before")
    font, text = (shown / "font.woff2").stat(), (shown / "one/index.html").stat()
    send(small, "after ")
    assert (shown / "font.woff2").stat().st_ino == font.st_ino
    assert (shown / "font.woff2").stat().st_mtime_ns == font.st_mtime_ns
    assert (shown / "one/index.html").stat().st_ino != text.st_ino
    assert page(shown) == "after "


def test_five_releases_are_kept_and_other_things_are_left_alone(
    small: Setting, shown: Path
) -> None:
    hers = shown.parent / "releases/hers"
    hers.mkdir(parents=True)
    for number in range(6):
        send(small, f"{number}")
    assert len(listed(hers.parent)) == 5 + 1
    for number in (4, 3, 2, 1):
        server.undo(small)
        assert page(shown) == f"{number}"
    with pytest.raises(Problems, match="no earlier release"):
        server.undo(small)
    assert listed(hers.parent) == {shown.resolve().name, "hers"}


def test_after_undo_comes_the_next_release_and_undo_goes_back_to_the_same(
    small: Setting, shown: Path
) -> None:
    send(small, "first")
    send(small, "second")
    server.undo(small)
    send(small, "third")
    server.undo(small)
    assert page(shown) == "first"


def test_a_reader_meets_whole_releases_only(small: Setting, shown: Path) -> None:
    sent = [f"{number} ".encode() * 50_000 for number in range(5)]
    send(small, sent[0].decode())
    web = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(shown)))
    threading.Thread(target=web.serve_forever, daemon=True).start()
    read: list[bytes] = []
    stopping = threading.Event()

    def reading() -> None:
        while not stopping.is_set():
            try:
                with urlopen(f"http://127.0.0.1:{web.server_port}/one/index.html") as answer:
                    read.append(answer.read())
            except OSError as error:
                read.append(repr(error).encode())

    reader = threading.Thread(target=reading)
    reader.start()
    for data in sent[1:]:
        send(small, data.decode())
    stopping.set()
    reader.join(30)
    web.shutdown()
    web.server_close()
    assert len(read) > len(sent)
    assert [data[:200] for data in read if data not in sent] == []


@pytest.mark.parametrize(("moment", "calls"), [("before", (1, 2, 3)), ("after", (1, 3))])
def test_wherever_the_connection_breaks_the_site_is_whole_and_the_next_time_works(
    small: Setting, sshd: Sshd, shown: Path, moment: str, calls: tuple[int, ...]
) -> None:
    send(small, "0")
    assert sshd.calls() == 3
    for number in calls:
        before = page(shown)
        sshd.fail(number, moment)
        with pytest.raises(Problems, match="the connection broke off"):
            send(small, f"broken {number}")
        sshd.fail(0)
        is_there = (number, moment) == (3, "after")  # only the answer was lost
        assert page(shown) == (f"broken {number}" if is_there else before)
        send(small, f"{number}")
        assert page(shown) == f"{number}"
        assert [path.name for path in (shown.parent / "releases").glob(".new-*")] == []


def test_an_answer_that_is_lost_on_the_way_is_no_failure(
    blog: Blog, sshd: Sshd, shown: Path
) -> None:
    sshd.fail(4, "after")
    assert blog.publish() == 0
    assert digests(shown) == blog.built()


def test_a_connection_that_breaks_is_said_and_so_is_what_readers_see(
    blog: Blog, sshd: Sshd, shown: Path, capsys: Capture
) -> None:
    sshd.fail(3)
    assert blog.publish() == 1
    told = capsys.readouterr().err
    assert f"{sshd.name}: the connection broke off." in told
    assert "Nothing was published; your blog is as it was." in told
    sshd.fail(5)
    assert blog.publish() == 1
    told = capsys.readouterr().err
    assert "Nothing was published" not in told
    assert "publish --dry-run" in told
    assert digests(shown) == blog.built()


def test_a_server_with_another_key_is_sent_nothing(
    blog: Blog, sshd: Sshd, shown: Path, capsys: Capture
) -> None:
    sshd.know("stranger")
    assert blog.publish() == 1
    assert "the server isn't the one it was" in capsys.readouterr().err
    (sshd.folder / "known").write_text("", encoding="utf-8")
    assert blog.publish() == 1
    told = capsys.readouterr().err
    assert "this computer doesn't know the server yet." in told
    assert f"ssh -p {sshd.port} " in told
    assert not shown.exists()


def test_a_key_that_the_server_does_not_know_is_said(
    small: Setting, sshd: Sshd, shown: Path
) -> None:
    send(small, "before")
    sshd.show("stranger")
    with pytest.raises(Problems, match=r"it doesn't know your key(.|\n)*ssh-add"):
        send(small, "after")
    assert page(shown) == "before"


def test_a_server_that_does_not_answer_is_said(blog: Blog, sshd: Sshd, capsys: Capture) -> None:
    blog.set({"target": "server", "server": "me@127.0.0.1:9", "folder": "/srv/blog"})
    assert blog.publish() == 1
    assert "me@127.0.0.1:9: the server doesn't answer." in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_said(
    blog: Blog, sshd: Sshd, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    folder = f"{tmp_path}/file/blog"
    blog.set({"target": "server", "server": sshd.name, "folder": folder})
    assert blog.publish() == 1
    assert f"the folder {folder} can't be written there." in capsys.readouterr().err


def test_something_else_in_the_place_of_the_link_is_left_alone(
    blog: Blog, shown: Path, capsys: Capture
) -> None:
    shown.mkdir(parents=True)
    (shown / "letter.txt").write_text("mine", encoding="utf-8")
    assert blog.publish(yes=True) == 1
    assert "“current” that was not made here" in capsys.readouterr().err
    assert (shown / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_a_missing_program_is_said(
    blog: Blog, capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert blog.publish() == 1
    assert "the program “ssh” is not on this computer." in capsys.readouterr().err
