"""Publishing takes nothing down unasked, and nothing that it doesn't name."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from insession.publish import command, prompts
from insession.publish.manifest import digests
from tests.publish.a_blog import Blog
from tests.publish.an_sshd import Sshd
from tests.support import article

Capture = pytest.CaptureFixture[str]
HERS = ("-c", "user.name=Hannah", "-c", "user.email=hannah@practice.example")
MANY = {f"articles/more-{n}.md": article(f"More {n}", body=f"It is number {n}.") for n in range(12)}
needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *HERS, *words], check=True, capture_output=True)


class Computer(Blog):
    """Another computer with the same blog, as it is on the first one now."""

    def __init__(self, blog: Blog, name: str, memory: bool = False) -> None:
        self.root = blog.root.parent / name
        ignored = shutil.ignore_patterns(".publish*", ".git")
        shutil.copytree(blog.root, self.root, ignore=None if memory else ignored)
        self.settings = self.root / "publishconf.py"

    def remove(self, name: str) -> None:
        """Delete a text."""
        (self.root / "content" / name).unlink()


class Published(Blog):
    """A blog that lies in its folder already."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "blog"
        self.settings = self.root / "publishconf.py"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a blog of so many articles that one of them is not a tenth, and its site."""
    folder = tmp_path_factory.mktemp("published")
    blog = Blog(folder, {"target": "folder", "folder": "../site"})
    for name, text in MANY.items():
        blog.write(name, text)
    assert blog.publish() == 0
    return folder


@pytest.fixture
def first(published: Path, tmp_path: Path) -> Blog:
    """That blog, as published, in a folder of the test's own."""
    shutil.copytree(published, tmp_path, symlinks=True, dirs_exist_ok=True)
    return Published(tmp_path)


def on_a_server(sshd: Sshd, folder: Path) -> dict[str, str]:
    return {"target": "server", "server": sshd.name, "folder": str(folder / "server/blog")}


def on_a_branch(_: Sshd, folder: Path) -> dict[str, str]:
    git(folder, "init", "-q", "--bare", "-b", "main", str(folder / "remote.git"))
    return {"target": "branch", "remote": str(folder / "remote.git"), "branch": "pages"}


def in_a_folder(_: Sshd, folder: Path) -> dict[str, str]:
    return {"target": "folder", "folder": str(folder / "site")}


@needs_git
@pytest.mark.parametrize("where", [on_a_server, on_a_branch, in_a_folder])
def test_what_another_computer_published_is_named_and_not_taken_back(
    sshd: Sshd, tmp_path: Path, capsys: Capture, where: Callable[[Sshd, Path], dict[str, str]]
) -> None:
    one = Blog(tmp_path, where(sshd, tmp_path))
    assert one.publish() == 0
    two = Computer(one, "other")
    one.write("articles/three.md", article("Three titles", body="A third text."))
    one.write("articles/one.md", article("One title", body="One thing was put right."))
    assert one.publish() == 0
    two.write("articles/four.md", article("Four titles", body="A fourth."))
    capsys.readouterr()
    assert two.publish() == 1
    told = capsys.readouterr().err
    assert "taken down: /three/ “Three titles”" in told
    assert "changed back: /one/ “One title”" in told
    assert "/four/" not in told
    assert "git pull" in told
    assert "docs/recovery.md" in told
    assert "publish --yes" in told
    assert "Nothing was published" in told
    # Once it has what was published, it goes on.
    for name in ("three", "one"):
        shutil.copy(one.root / f"content/articles/{name}.md", two.root / "content/articles")
    assert two.publish() == 0
    assert one.publish() == 1  # and now the first one has to catch up
    assert "taken down: /four/ “Four titles”" in capsys.readouterr().err
    assert one.publish(yes=True) == 0
    assert one.publish() == 0


def test_a_text_taken_down_on_another_computer_does_not_come_back(
    first: Blog, capsys: Capture
) -> None:
    two = Computer(first, "other", memory=True)
    two.remove("articles/more-3.md")
    assert two.publish() == 0
    first.write("articles/new.md", article("New", body="Something new."))
    capsys.readouterr()
    assert first.publish() == 1
    assert "published again: /more-3/" in capsys.readouterr().err
    (first.root / "content/articles/more-3.md").unlink()
    assert first.publish() == 0


def test_what_is_not_listed_is_counted_and_betrayed_to_nobody(
    first: Blog, tmp_path: Path, capsys: Capture
) -> None:
    two = Computer(first, "other")
    first.write("articles/hidden.md", article("For one reader", "status: hidden", "Not for all."))
    later = article("Later", body="Tomorrow.").replace("2026-03-04", "2999-01-01")
    first.write("articles/later.md", later)
    first.write("articles/draft.md", article("A draft", "status: draft", "Not yet."))
    assert first.publish() == 0
    note = (tmp_path / "site/.release.json").read_text(encoding="utf-8")
    assert "One title" in note
    assert not any(word in note for word in ("hidden", "reader", "ater", "raft", "articles"))
    assert two.publish() == 1
    told = capsys.readouterr().err
    assert "taken down: /hidden/\n" in told
    assert "1 more file: practice.toml, pictures, or texts that aren't listed" in told


@pytest.mark.parametrize("change", ["undo", "undo twice", "killed"])
def test_what_this_computer_did_itself_never_stops_it(
    first: Blog, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    first.write("articles/one.md", article("One title", body="Changed for the first time."))
    assert first.publish() == 0
    first.write("articles/one.md", article("One title", body="Changed for the second time."))
    if change == "killed":  # the site has arrived, and nothing could be remembered
        with monkeypatch.context() as patch:
            patch.setattr(command, "_record", lambda _: 1 / 0)
            assert first.publish() == 1
    else:
        assert first.publish() == 0
        for _ in [*change.split()[1:], ""]:
            assert first.undo() == 0
    first.write("articles/one.md", article("One title", body="Changed for the third time."))
    assert first.publish() == 0


@pytest.mark.parametrize("how", ["removed", "draft"])
def test_a_text_that_she_took_down_is_named_and_that_is_all(
    first: Blog, tmp_path: Path, capsys: Capture, how: str
) -> None:
    if how == "removed":
        (first.root / "content/articles/more-5.md").unlink()
    else:
        first.write("articles/more-5.md", article("More 5", "status: draft"))
    capsys.readouterr()
    assert first.publish() == 0
    said = capsys.readouterr().out
    assert "1 page taken down" in said
    assert "\n  taken down: /more-5/ “More 5”\n" in said
    assert not (tmp_path / "site/more-5").exists()


@pytest.mark.parametrize("where", [in_a_folder, on_a_branch])
@needs_git
def test_one_or_two_texts_may_go_however_small_the_blog_is(
    sshd: Sshd, tmp_path: Path, capsys: Capture, where: Callable[[Sshd, Path], dict[str, str]]
) -> None:
    blog = Blog(tmp_path, where(sshd, tmp_path))
    for name in ("three", "four", "five", "six"):
        blog.write(f"articles/{name}.md", article(f"Title {name}", body=f"Text {name}."))
    assert blog.publish() == 0
    for name in ("three", "four"):
        (blog.root / f"content/articles/{name}.md").unlink()
    assert blog.publish() == 0
    assert "taken down: /three/ “Title three”" in capsys.readouterr().out
    for name in ("one", "five", "six"):
        (blog.root / f"content/articles/{name}.md").unlink()
    assert blog.publish() == 1
    assert "/five/ “Title five”" in capsys.readouterr().err


def test_what_was_removed_before_an_undo_may_be_removed_again(
    first: Blog, tmp_path: Path, capsys: Capture
) -> None:
    first.write("articles/one.md", article("One title", body="Put right."))
    (first.root / "content/articles/more-5.md").unlink()
    assert first.publish() == 0
    assert first.undo() == 0
    (first.root / "content/articles/one.md").unlink()
    capsys.readouterr()
    assert first.publish() == 0
    said = capsys.readouterr().out
    assert "taken down: /more-5/ “More 5”" in said
    assert "taken down: /one/ “One title”" in said


def test_a_removed_text_takes_its_old_addresses_with_it(
    first: Blog, tmp_path: Path, capsys: Capture
) -> None:
    for slug in ("fifth", "cinq", "five"):
        first.write("articles/more-5.md", article("More 5", f"slug: {slug}", "It is number 5."))
        assert first.publish() == 0
    (first.root / "content/articles/more-5.md").unlink()
    capsys.readouterr()
    assert first.publish() == 0
    said = capsys.readouterr().out
    assert "taken down: /five/ “More 5”" in said
    assert "taken down: /more-5/\n" in said
    assert not (tmp_path / "site/more-5").exists()


def test_a_date_that_slipped_into_the_future_is_a_question(
    first: Blog, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digests(tmp_path / "site")
    text = MANY["articles/more-5.md"].replace("2026-03-04", "2996-03-04")
    first.write("articles/more-5.md", text)
    capsys.readouterr()
    assert first.publish() == 1  # nobody is there to be asked
    told = capsys.readouterr().err
    assert "/more-5/ “More 5” (its text has a date to come)" in told
    assert "publish --yes" in told
    assert first.publish(dry_run=True) == 0
    said = capsys.readouterr().out
    assert "Publishing would stop here:" in said
    assert "/more-5/" in said
    monkeypatch.setattr(command, "is_interactive", lambda: True)
    for answer in ("", "no"):
        monkeypatch.setattr("builtins.input", lambda _, typed=answer: typed)
        assert first.publish() == 1
        assert capsys.readouterr().out.endswith("Nothing was published; your blog is as it was.\n")
        assert digests(tmp_path / "site") == before
    monkeypatch.setattr("builtins.input", lambda _: "yes")
    assert first.publish() == 0
    assert not (tmp_path / "site/more-5").exists()


def test_old_addresses_that_would_be_lost_with_their_list_are_a_question(
    first: Blog, capsys: Capture
) -> None:
    first.write("articles/more-5.md", article("More 5", "slug: five", "It is number 5."))
    assert first.publish() == 0
    (first.root / "urls.json").unlink()
    assert first.publish() == 1
    assert "/more-5/" in capsys.readouterr().err


def test_lists_that_are_no_longer_used_are_no_question(first: Blog, capsys: Capture) -> None:
    for name, text in MANY.items():
        first.write(name, text.replace("tags: [silence]", "tags: [fee]"))
    assert first.publish() == 0
    capsys.readouterr()
    (first.root / "content/articles/more-1.md").unlink()
    (first.root / "content/articles/more-2.md").unlink()
    (first.root / "content/articles/more-3.md").unlink()
    assert first.publish(yes=True) == 0
    said = capsys.readouterr().out
    assert "taken down: /page/2/" in said


def test_a_release_of_before_says_nothing_and_stops_nothing(
    first: Blog, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "site/.release.json").unlink()
    (first.root / ".published.json").unlink()
    first.write("articles/one.md", article("One title", body="Put right."))
    assert first.publish() == 0


@needs_git
def test_a_clone_knows_by_its_history_what_others_published(
    first: Blog, tmp_path: Path, capsys: Capture
) -> None:
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(tmp_path / "hers.git"))
    git(first.root, "init", "-q", "-b", "main")
    first.write("articles/one.md", article("One title").replace("\n", "\r\n"))
    assert first.publish() == 0
    git(first.root, "add", "content", "publishconf.py", "urls.json")
    git(first.root, "commit", "-qm", "My blog")
    git(first.root, "push", "-q", str(tmp_path / "hers.git"), "main")
    git(tmp_path, "clone", "-q", str(tmp_path / "hers.git"), "clone")
    clone = tmp_path / "clone"
    text = clone / "content/articles/one.md"
    text.write_text(text.read_text(encoding="utf-8").replace("Some", "Other"), encoding="utf-8")
    (clone / "content/articles/more-4.md").unlink()
    settings = str(clone / "publishconf.py")
    capsys.readouterr()
    assert command.publish(settings_file=settings) == 0, capsys.readouterr().err
    assert "taken down: /more-4/ “More 4”" in capsys.readouterr().out


def test_the_question_is_only_answered_by_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    for typed, is_yes in (("yes", True), (" Y ", True), ("", False), ("no", False), ("ja", False)):
        monkeypatch.setattr("builtins.input", lambda _, typed=typed: typed)
        assert prompts.confirm("Publish?") == is_yes
