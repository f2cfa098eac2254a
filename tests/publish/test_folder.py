"""Publishing into a folder: what is there is always one whole site, and there is a way back."""

import os
import shutil
from pathlib import Path

import pytest

from insession.common.problems import Problems
from insession.output import swap_folders
from insession.publish.manifest import digests
from insession.publish.registry import read_setting
from insession.publish.target_config import Setting
from insession.publish.targets import folder
from tests.killing import CAN_FORK, each_step
from tests.publish.a_blog import WELL_KNOWN, Blog
from tests.support import Counted, article


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    return Blog(tmp_path, {"target": "folder", "folder": "../site"})


def test_what_lies_there_is_the_build_before_and_after_and_after_undo(
    blog: Blog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert blog.publish() == 0
    first = blog.built()
    assert digests(tmp_path / "site") == first
    assert WELL_KNOWN in first
    blog.write("articles/three.md", article("Three titles"))
    capsys.readouterr()
    assert blog.publish() == 0
    said = capsys.readouterr().out
    assert "1 new article, " in said
    assert said.endswith("Your blog: https://blog.amsel.test/\n")
    assert digests(tmp_path / "site") == blog.built() != first
    assert blog.undo() == 0
    assert ", 1 page taken down\n" in capsys.readouterr().out.replace(".\n", "\n")
    assert digests(tmp_path / "site") == first


def test_nothing_is_left_lying_about(blog: Blog, tmp_path: Path) -> None:
    blog.publish()
    assert {path.name for path in tmp_path.iterdir()} == {"blog", "site", "site.earlier"}
    left = {path.name for path in blog.root.iterdir()} - {".cache", "content", "urls.json"}
    assert left == {"publishconf.py", ".published.json", ".publishing-lock", ".publishing.lock"}


def test_what_the_comments_service_needs_is_not_published(blog: Blog, tmp_path: Path) -> None:
    blog.publish()
    left = {path.name for path in (tmp_path / "site/.insession").iterdir()}
    assert left == {"files.json", "release.json"}


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("site", "a part of this project"),
        ("..", "or the project lies in it"),
        ("../full", "holds files that were not made here: letter.txt."),
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
            broken.setattr(folder, "put_in_place", full)
        assert blog.publish() == 1
    told = capsys.readouterr().err
    assert "no space left on device" in told
    assert "Make room" in told
    assert "Nothing was published; your blog is as it was." in told
    assert digests(tmp_path / "site") == first
    assert not (tmp_path / "site.new").exists()
    assert blog.publish() == 0
    assert digests(tmp_path / "site") == blog.built()


@pytest.fixture
def small(blog: Blog) -> Setting:
    """The setting alone, for what needs no blog."""
    setting = read_setting(blog.settings)
    assert setting
    return setting


def site_that_says(text: str, setting: Setting, script: str = "script.js") -> Path:
    """Make a site of two pages that say `text`, and a script."""
    site = setting.root / f"small-{text}"
    for name in ("index.html", "one/index.html", script):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    return site


def send(setting: Setting, text: str, *script: str) -> None:
    folder.send(setting, site_that_says(text, setting, *script))
    shutil.rmtree(setting.root / f"small-{text}")


def says(setting: Setting) -> str:
    """What the folder says; each page must say the same."""
    site = setting.root.parent / "site"
    (text,) = {(site / name).read_text("utf-8") for name in ("index.html", "one/index.html")}
    return text


def test_each_undo_goes_one_release_further_back_and_never_to_one_that_was_undone(
    small: Setting,
) -> None:
    for text in ("first", "second", "third"):
        send(small, text)
    folder.undo(small)
    assert says(small) == "second"
    send(small, "fourth")
    folder.undo(small)
    assert says(small) == "second"
    folder.undo(small)
    assert says(small) == "first"


def test_five_releases_are_kept(small: Setting, tmp_path: Path) -> None:
    for number in range(7):
        send(small, f"{number}")
    assert len(list((tmp_path / "site.earlier").iterdir())) == 4
    for number in (5, 4, 3, 2):
        folder.undo(small)
        assert says(small) == f"{number}"
    with pytest.raises(Problems, match="no earlier release"):
        folder.undo(small)


STEPWISE = pytest.mark.parametrize("in_one_step", [True, False])


@pytest.mark.skipif(not CAN_FORK, reason="needs fork")
@STEPWISE
def test_a_run_that_is_killed_at_any_step_leaves_a_whole_site_and_the_next_works(
    small: Setting, monkeypatch: pytest.MonkeyPatch, in_one_step: bool
) -> None:
    if not in_one_step:
        monkeypatch.setattr(swap_folders, "exchange", lambda *_: False)
    for text in "abcde":
        send(small, text)
    here, new = "e", site_that_says("new", small)
    for step in each_step(lambda: folder.send(small, new)):
        if not in_one_step:
            folder.held(small)
        found = says(small)
        assert found in (here, "new"), step
        assert len(folder.held(small)) == 3
        assert says(small) == found
        earlier = [path.name for path in (small.root.parent / "site.earlier").iterdir()]
        assert len(earlier) in (4, 5)
        send(small, here := f"after {step}")
        folder.undo(small)
        assert says(small) == found
        send(small, here)
        assert len(list((small.root.parent / "site.earlier").iterdir())) == 4
        assert {path.name for path in small.root.parent.iterdir()} == BESIDE
    assert says(small) == "new"


BESIDE = {"blog", "site", "site.earlier"}


@pytest.mark.skipif(not CAN_FORK, reason="needs fork")
@STEPWISE
def test_an_undo_that_is_killed_at_any_step_leaves_a_whole_site_and_goes_back_once(
    small: Setting, monkeypatch: pytest.MonkeyPatch, in_one_step: bool
) -> None:
    if not in_one_step:
        monkeypatch.setattr(swap_folders, "exchange", lambda *_: False)
    for text in "abc":
        send(small, text)
    for step in each_step(lambda: folder.undo(small)):
        folder.held(small)
        found = says(small)
        assert found in "bc", step
        assert {path.name for path in small.root.parent.iterdir()} == BESIDE
        folder.undo(small)
        assert says(small) == ("a" if found == "b" else "b"), step
        for text in "bc" if found == "b" else "c":
            send(small, text)


def test_a_page_that_was_opened_before_still_finds_its_script_for_one_release(
    small: Setting, tmp_path: Path
) -> None:
    def scripts() -> set[str]:
        return {path.name for path in (tmp_path / "site/theme").iterdir()}

    send(small, "a", "theme/script.aaaa.js")
    send(small, "b", "theme/script.bbbb.js")
    assert (tmp_path / "site/theme/script.aaaa.js").read_text("utf-8") == "a"
    assert {*folder.held(small)} == {"index.html", "one/index.html", "theme/script.bbbb.js"}
    send(small, "c", "theme/script.cccc.js")
    assert scripts() == {"script.bbbb.js", "script.cccc.js"}
    folder.undo(small)
    assert scripts() == {"script.bbbb.js", "script.cccc.js"}
    assert "theme/script.cccc.js" not in folder.held(small)
    send(small, "d", "picture.jpg")
    send(small, "e", "theme/script.eeee.js")
    assert scripts() == {"script.eeee.js"}
    assert not (tmp_path / "site/picture.jpg").exists()


def test_a_file_of_hers_is_not_replaced(
    blog: Blog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blog.publish()
    (tmp_path / "site/.DS_Store").write_text("what a Mac leaves", encoding="utf-8")
    (tmp_path / "site/CNAME").write_text("blog.amsel.test", encoding="utf-8")
    blog.write("articles/one.md", article("Changed"))
    assert blog.publish() == 1
    assert "site holds files that were not made here: CNAME." in capsys.readouterr().err
    assert (tmp_path / "site/CNAME").read_text(encoding="utf-8") == "blog.amsel.test"
    (tmp_path / "site/CNAME").unlink()
    assert blog.publish() == 0


def test_each_file_counts_when_it_is_copied(
    blog: Blog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "progress", counted := Counted())
    assert blog.publish() == 0
    count = len(digests(tmp_path / "site"))
    assert counted.all == [("Copying the files", count, count)]
