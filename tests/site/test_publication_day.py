"""An article that is published and has no date gets that of the day, once, in its own file."""

import re
from pathlib import Path

import pytest

from insession.content import publication_day
from insession.content.front_matter import read_file
from insession.site.build import build
from tests.publish.a_blog import Blog
from tests.support import article

Capture = pytest.CaptureFixture[str]
UNDATED = re.sub("date: .*\n", "", article("Undated"))


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Blog:
    monkeypatch.delenv("CI", raising=False)
    return Blog(tmp_path, {"target": "folder", "folder": "../site"})


def make(blog: Blog, tmp_path: Path) -> int:
    return build(str(tmp_path / "output"), str(blog.settings))


def test_the_day_of_the_build_is_written_once(blog: Blog, tmp_path: Path, capsys: Capture) -> None:
    path = blog.write("articles/undated.md", UNDATED)
    path = blog.root / "content/articles/undated.md"
    assert make(blog, tmp_path) == 0
    day = publication_day.today(None)
    said = capsys.readouterr().out
    assert "content/articles/undated.md had no date: it is of today" in said
    text = path.read_text("utf-8")
    assert re.sub("date: .*\n", "", text) == UNDATED
    written = read_file(path, "", False)[0]
    assert abs((written.date.date() - day).days) <= 1  # that of the practice
    assert make(blog, tmp_path) == 0
    assert path.read_text("utf-8") == text
    assert "had no date" not in capsys.readouterr().out


def test_publishing_writes_it_too_and_a_dry_run_does_not(blog: Blog, capsys: Capture) -> None:
    blog.write("articles/undated.md", UNDATED)
    path = blog.root / "content/articles/undated.md"
    blog.publish(dry_run=True)
    assert path.read_text("utf-8") == UNDATED
    assert blog.publish() == 0
    assert re.search(r"^date: \d{4}-\d\d-\d\d$", path.read_text("utf-8"), re.M)
    assert "content/articles/undated.md had no date" in capsys.readouterr().out


def test_nothing_is_written_while_something_else_is_wrong(
    blog: Blog, tmp_path: Path, capsys: Capture
) -> None:
    blog.write("articles/undated.md", UNDATED)
    blog.write("articles/other.md", article("Other").replace("topic:", "topics:"))
    assert make(blog, tmp_path) == 1
    assert (blog.root / "content/articles/undated.md").read_text("utf-8") == UNDATED
    said = capsys.readouterr().out
    assert "date is missing" in said and "on your computer writes the day" in said


def test_a_git_host_is_told_the_line_instead(
    blog: Blog, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    blog.write("articles/undated.md", UNDATED)
    assert make(blog, tmp_path) == 1
    assert "date is missing" in capsys.readouterr().out


def test_a_draft_waits_without_one(blog: Blog, tmp_path: Path) -> None:
    draft = UNDATED.replace("---\n\n", "status: draft\n---\n\n", 1)
    draft = re.sub("topic: .*\n", "", draft)
    blog.write("articles/undated.md", draft)
    assert make(blog, tmp_path) == 0
    assert (blog.root / "content/articles/undated.md").read_text("utf-8") == draft
    assert not (tmp_path / "output/undated").exists()
