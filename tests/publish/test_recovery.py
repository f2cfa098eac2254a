"""A new computer: from a copy of her folder, or from what lies on the server (docs/recovery.md)."""

import os
import shutil
import stat
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from insession.publish import command
from insession.publish.manifest import digests
from insession.publish.source_bundle import FOLDER
from insession.publish.targets.ssh_server import HERE
from tests import programs
from tests.publish.a_blog import Blog
from tests.support import ROOT, article

Capture = pytest.CaptureFixture[str]
HERS = ("-c", "user.name=Hannah", "-c", "user.email=hannah@practice.example")
needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
needs_rsync = pytest.mark.skipif(
    os.name == "nt" or not programs.rsync(), reason="rsync is not installed"
)


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *HERS, *words], check=True, capture_output=True)


@needs_git
def test_a_fresh_clone_of_her_repository_publishes_and_nothing_changes(
    tmp_path: Path, capsys: Capture
) -> None:
    bare = tmp_path / "repository.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(bare))
    blog = Blog(tmp_path, {"target": "branch", "remote": "origin", "branch": "pages"})
    git(blog.root, "init", "-q", "-b", "main")
    git(blog.root, "remote", "add", "origin", str(bare))
    assert blog.publish() == 0
    git(blog.root, "add", "content", "publishconf.py", "urls.json")
    git(blog.root, "commit", "-qm", "My blog")
    git(blog.root, "push", "-q", "origin", "main")
    shutil.rmtree(blog.root)
    git(tmp_path, "clone", "-q", str(bare), "new")
    capsys.readouterr()
    assert command.publish(settings_file=str(tmp_path / "new/publishconf.py")) == 0
    assert "Nothing has changed since the last time." in capsys.readouterr().out


@pytest.fixture
def on_server(tmp_path: Path) -> Blog:
    """A blog with comments whose server is this machine; a draft, and a text that waits."""
    folder = str(tmp_path / "server")
    blog = Blog(tmp_path, {"target": "server", "server": HERE, "folder": folder})
    shutil.copytree(ROOT / "theme", blog.root / "theme")
    (tmp_path / "approved.json").write_text('{"version": 1, "threads": {}}', encoding="utf-8")
    with blog.settings.open("a", encoding="utf-8") as file:
        approved = str(tmp_path / "approved.json")
        file.write(f'THEME = "theme"\nCOMMENTS = "on"\nCOMMENTS_APPROVED = {approved!r}\n')
    later = (date.today() + timedelta(days=30)).isoformat()
    blog.write("articles/draft.md", article("A draft", "status: draft"))
    blog.write("articles/later.md", article("Later").replace("2026-03-04", later))
    return blog


@needs_rsync
def test_what_is_published_lies_on_the_server_for_nobody_but_her_and_no_draft_does(
    on_server: Blog, tmp_path: Path, capsys: Capture
) -> None:
    assert on_server.publish() == 0
    assert "2 new articles" in capsys.readouterr().out  # what is for the server isn't counted
    current = tmp_path / "server/current"
    assert stat.S_IMODE((current / FOLDER).stat().st_mode) == 0o700
    kept = {path for path in digests(current) if path.startswith(f"{FOLDER}/content/articles/")}
    assert {Path(path).name for path in kept} == {"one.md", "two.md", "later.md"}
    assert not any("A draft" in path.read_text("utf-8") for path in current.rglob("*.html"))
    # A text that waits changes nothing that readers see, and is sent all the same.
    on_server.write(
        "articles/later.md", article("Later", "id: later").replace("2026-03", "2999-03")
    )
    assert on_server.publish() == 0
    assert "Nothing that readers see has changed." in capsys.readouterr().out
    assert "2999-03" in (current / FOLDER / "content/articles/later.md").read_text("utf-8")


@needs_rsync
def test_her_published_texts_come_back_from_the_server_alone(
    on_server: Blog, tmp_path: Path, capsys: Capture
) -> None:
    assert on_server.publish() == 0
    shutil.rmtree(on_server.root)
    shutil.copytree(tmp_path / "server/current" / FOLDER, tmp_path / "new")
    capsys.readouterr()
    assert command.publish(settings_file=str(tmp_path / "new/publishconf.py")) == 0
    assert "Nothing has changed since the last time." in capsys.readouterr().out


@needs_rsync
def test_what_she_tried_out_in_the_preview_is_never_published(
    on_server: Blog, tmp_path: Path, capsys: Capture
) -> None:
    text = on_server.settings.read_text(encoding="utf-8")
    trial = text.replace(str(tmp_path / "approved.json"), ".comments/approved.json")
    on_server.settings.write_text(trial, encoding="utf-8")
    assert on_server.publish() == 1
    said = capsys.readouterr().err
    assert "“.comments/approved.json” holds the comments that you tried out in the preview" in said
    assert not (tmp_path / "server").exists()
