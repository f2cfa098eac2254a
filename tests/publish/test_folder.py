"""Publishing into a folder: what is there is always one whole site, and there is a way back."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from insession.publish import command, folder
from insession.publish.digests import digests
from tests.publish.a_blog import Blog
from tests.support import BuiltSite, article, one, words


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    return Blog(tmp_path, {"target": "folder", "folder": "../site"})


def test_what_lies_there_is_the_build_before_and_after_and_after_undo(
    blog: Blog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert blog.publish() == 0
    first = blog.built()
    assert digests(tmp_path / "site") == first
    blog.write("articles/three.md", article("Three titles"))
    capsys.readouterr()
    assert blog.publish() == 0
    said = capsys.readouterr().out
    assert "1 new article, " in said
    assert said.endswith("Your blog: https://blog.example.org/\n")
    assert digests(tmp_path / "site") == blog.built() != first
    assert blog.undo() == 0
    assert ", 1 page taken down\n" in capsys.readouterr().out.replace(".\n", "\n")
    assert digests(tmp_path / "site") == first


def test_each_undo_goes_one_release_further_back_and_never_to_one_that_was_undone(
    blog: Blog, tmp_path: Path
) -> None:
    for title in ("First", "Second", "Third"):
        blog.write("articles/one.md", article(title))
        blog.publish()
    blog.undo()
    assert shown(tmp_path) == "Second"
    blog.write("articles/one.md", article("Fourth"))
    blog.publish()
    blog.undo()
    assert shown(tmp_path) == "Second"
    blog.undo()
    assert shown(tmp_path) == "First"


def shown(tmp_path: Path) -> str:
    """The title of the article that lies there."""
    return words(one(BuiltSite(tmp_path / "site").page("one/"), "h1"))


def test_five_releases_are_kept(blog: Blog, tmp_path: Path) -> None:
    for number in range(7):
        blog.write("articles/one.md", article(f"Title {number}"))
        blog.publish()
    assert len(list((tmp_path / "site.earlier").iterdir())) == 4
    assert [blog.undo() for _ in range(5)] == [0, 0, 0, 0, 1]
    assert shown(tmp_path) == "Title 2"


def test_nothing_is_left_lying_about(blog: Blog, tmp_path: Path) -> None:
    blog.publish()
    assert {path.name for path in tmp_path.iterdir()} == {"blog", "site", "site.earlier"}
    left = {path.name for path in blog.root.iterdir()} - {".cache", "content", "urls.json"}
    assert left == {"publishconf.py", ".publishing-lock", ".publishing.lock"}


def test_what_the_comments_service_needs_is_not_published(blog: Blog, tmp_path: Path) -> None:
    blog.publish()
    assert list((tmp_path / "site/.insession").iterdir()) == []


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("site", "a part of this project"),
        ("..", "or the project lies in it"),
        ("../full", "holds files that were not made here"),
        ("../file", "is a file"),
    ],
)
def test_a_folder_in_which_something_else_lives_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], where: str, said: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/letter.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    blog = Blog(tmp_path, {"target": "folder", "folder": where})
    assert blog.publish() == 1
    told = capsys.readouterr().err
    assert said in told
    assert "publishconf.py:" in told
    assert (tmp_path / "full/letter.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("step", ["copyfile", "rename"])
def test_when_the_disk_fails_the_site_stays_whole_and_the_next_time_works(
    blog: Blog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    step: str,
) -> None:
    blog.publish()
    first = digests(tmp_path / "site")
    blog.write("articles/one.md", article("Changed"))

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28), str(tmp_path / "site.new/index.html"))

    with monkeypatch.context() as broken:
        if step == "copyfile":
            broken.setattr(shutil, "copyfile", full)
        else:
            broken.setattr(folder, "_swap", full)
        assert blog.publish() == 1
    told = capsys.readouterr().err
    assert "no space left on device" in told
    assert "Make room" in told
    assert "Nothing was published; your blog is as it was." in told
    assert digests(tmp_path / "site") == first
    assert not (tmp_path / "site.new").exists()
    assert blog.publish() == 0
    assert digests(tmp_path / "site") == blog.built()


def _killed_before_the_new_one_is_there(site: Path) -> None:
    (site.with_name("site.earlier") / "9").parent.mkdir(exist_ok=True)
    site.rename(site.with_name("site.earlier") / "9")


def _killed_while_going_back(site: Path) -> None:
    site.rename(site.with_name("site.undone"))


def _killed_while_copying(site: Path) -> None:
    (site.with_name("site.new") / ".insession").mkdir(parents=True)


@pytest.mark.parametrize(
    "killed",
    [
        _killed_before_the_new_one_is_there,
        _killed_while_going_back,
        _killed_while_copying,
    ],
)
def test_a_killed_run_is_mended_by_the_next(
    blog: Blog, tmp_path: Path, killed: Callable[[Path], None]
) -> None:
    blog.publish()
    first = digests(tmp_path / "site")
    killed(tmp_path / "site")
    assert blog.publish(dry_run=True) == 0
    assert digests(tmp_path / "site") == first
    assert not (tmp_path / "site.new").exists()
    assert not (tmp_path / "site.undone").exists()


def test_ctrl_c_leaves_the_site_whole(
    blog: Blog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    blog.publish()
    first = digests(tmp_path / "site")
    blog.write("articles/one.md", article("Changed"))

    def pressed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "copyfile", pressed)
    assert blog.publish() == 130
    assert "Stopped." in capsys.readouterr().out
    assert digests(tmp_path / "site") == first
    assert not (tmp_path / "site.new").exists()


def test_what_arrives_damaged_is_taken_back(
    blog: Blog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    blog.publish()
    first = digests(tmp_path / "site")
    blog.write("articles/one.md", article("Changed"))
    send = folder.send

    def damaged(setting: command.Setting, site: Path) -> None:
        send(setting, site)
        (tmp_path / "site/one/index.html").write_text("half of it", encoding="utf-8")

    monkeypatch.setattr(folder, "send", damaged)
    assert blog.publish() == 1
    told = capsys.readouterr().err
    assert "1 changed page" in told
    assert "has been brought back" in told
    assert "your blog is as it was" not in told
    assert digests(tmp_path / "site") == first
