"""Publishing to a server over SSH: a real sshd and rsync, on this machine."""

from pathlib import Path

import pytest

from insession.common.problems import Problems
from insession.publish.manifest import digests
from insession.publish.target_config import Setting
from insession.publish.targets import ssh_server
from tests.publish.a_blog import WELL_KNOWN, Blog
from tests.publish.an_sshd import Sshd
from tests.publish.small_sites import listed, page, send
from tests.support import Counted, article

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def blog(server_blog: Blog) -> Blog:
    return server_blog


def test_what_is_shown_is_the_build_before_and_after_and_after_undo(
    blog: Blog, shown: Path, capsys: Capture
) -> None:
    assert blog.publish() == 0
    first = blog.built()
    assert digests(shown) == first
    assert WELL_KNOWN in first
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
    small: Setting, shown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ssh_server.KEPT == 5
    monkeypatch.setattr(ssh_server, "KEPT", 3)  # is as good, and quicker
    hers = shown.parent / "releases/hers"
    hers.mkdir(parents=True)
    for number in range(4):
        send(small, f"{number}")
    assert len(listed(hers.parent)) == 3 + 1
    ssh_server.undo(small)
    send(small, "after undo")
    for number in (2, 1):
        ssh_server.undo(small)
        assert page(shown) == f"{number}"
    with pytest.raises(Problems, match="no earlier release"):
        ssh_server.undo(small)
    assert listed(hers.parent) == {shown.resolve().name, "hers"}


def test_wherever_the_connection_breaks_the_site_is_whole_and_the_next_time_works(
    small: Setting, sshd: Sshd, shown: Path
) -> None:
    send(small, "0")
    assert sshd.calls() == 3
    for number, moment in ((1, "before"), (2, "before"), (3, "before"), (3, "after")):
        before = page(shown)
        sshd.fail(number, moment)
        with pytest.raises(Problems, match="the connection broke off"):
            send(small, f"broken {number}")
        sshd.fail(0)
        is_there = moment == "after"  # only the answer was lost
        assert page(shown) == (f"broken {number}" if is_there else before)
        send(small, f"{number} {moment}")
        assert page(shown) == f"{number} {moment}"
        assert [path.name for path in (shown.parent / "releases").glob(".new-*")] == []


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
    for title in ("It was not known yet that it had arrived", "Nothing is lost"):
        blog.write("articles/one.md", article(title))
        sshd.fail(0)
        assert blog.publish() == 0
    blog.write("articles/one.md", article("Only the answer is lost"))
    sshd.fail(sshd.calls() - 1, "after")  # the last is that for fetching it back
    assert blog.publish() == 0
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


def test_each_file_counts_when_it_has_arrived_and_when_it_was_there(
    small: Setting, shown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ssh_server, "progress", counted := Counted())
    send(small, "before")
    send(small, "after ")
    count = len(digests(shown))
    assert count > 1
    assert counted.all == [("Sending the files", count, count)] * 2
