"""Publishing to a branch of a git repository: a real one, bare, on this machine."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from insession.common.problems import Problems
from insession.publish.manifest import Digests, digests
from insession.publish.registry import check_setting
from insession.publish.target_config import Setting
from insession.publish.targets import git_branch
from insession.publish.targets.git_errors import in_words
from tests.publish.a_blog import WELL_KNOWN, Blog
from tests.support import Counted, article

Capture = pytest.CaptureFixture[str]
pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
HERS = ("-c", "user.name=Hannah", "-c", "user.email=hannah@practice.example")


def git(folder: Path, *words: str) -> str:
    command = ["git", "-C", str(folder), *HERS, *words]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.strip()


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A repository in which the branch main holds her texts."""
    bare, checkout = tmp_path / "remote.git", tmp_path / "blog"
    git(tmp_path, "init", "-q", "--bare", str(bare))
    git(tmp_path, "init", "-q", "-b", "main", str(checkout))
    (checkout / "notes.txt").write_text("hers\n", encoding="utf-8")
    git(checkout, "add", "notes.txt")
    git(checkout, "commit", "-qm", "Hers")
    git(checkout, "remote", "add", "origin", str(bare))
    git(checkout, "push", "-q", "origin", "main")
    return bare


@pytest.fixture
def blog(remote: Path, tmp_path: Path) -> Blog:
    return Blog(tmp_path, {"target": "branch", "remote": "origin", "branch": "pages"})


@pytest.fixture
def small(remote: Path, tmp_path: Path) -> Setting:
    """The setting alone, for what needs no blog."""
    values = {"target": "branch", "remote": str(remote), "branch": "pages"}
    return check_setting(values, Setting(root=tmp_path / "blog"))


def send(setting: Setting, text: str, script: str = "") -> None:
    """Send a site of one page, and perhaps a script."""
    site = setting.root.parent / "small"
    shutil.rmtree(site, ignore_errors=True)
    (site / "theme").mkdir(parents=True)
    (site / "index.html").write_bytes(text.encode())
    if script:
        (site / "theme" / script).write_bytes(text.encode())
    git_branch.send(setting, site)


def shown(remote: Path, tmp_path: Path) -> Digests:
    """What a host shows: a checkout of the branch, without what is there for the host."""
    shutil.rmtree(tmp_path / "shown", ignore_errors=True)
    git(tmp_path, "clone", "-q", "-b", "pages", str(remote), "shown", "-c", "core.autocrlf=false")
    shutil.rmtree(tmp_path / "shown/.git")
    found = digests(tmp_path / "shown")
    assert found.pop(".nojekyll")
    return found


def page(remote: Path) -> str:
    return git(remote, "show", "pages:index.html")


def test_each_thing_that_git_sends_counts(small: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_branch, "progress", counted := Counted())
    send(small, "<p>One</p>", script="one.js")
    # The commit, two folders, what stands in her files, and what stands in ours.
    assert counted.all == [("Sending the changes", 5, 5)]


def test_the_branch_is_the_build_before_and_after_and_after_undo(
    blog: Blog, remote: Path, tmp_path: Path, capsys: Capture
) -> None:
    assert blog.publish() == 0
    first = blog.built()
    assert shown(remote, tmp_path) == first
    assert WELL_KNOWN in first
    blog.write("articles/three.md", article("Three titles"))
    assert blog.publish() == 0
    assert shown(remote, tmp_path) == blog.built() != first
    assert blog.undo() == 0
    assert shown(remote, tmp_path) == first
    assert git(remote, "log", "--format=%s", "pages").splitlines() == ["Undo", "Publish", "Publish"]
    capsys.readouterr()
    assert blog.undo() == 1
    assert "there is no earlier release to go back to" in capsys.readouterr().err


def test_her_checkout_and_her_branch_are_untouched(blog: Blog, remote: Path) -> None:
    before = git(blog.root, "status", "--short", "--branch"), git(blog.root, "show-ref")
    blog.publish()
    after = git(blog.root, "status", "--short", "--branch"), git(blog.root, "show-ref")
    new = {
        "?? urls.json",
        "?? .published.json",
        "?? .publishing-lock",
        "?? .publishing.lock",
        "?? .cache/",
    }
    assert set(after[0].splitlines()) - set(before[0].splitlines()) <= new
    assert after[1] == before[1]
    assert git(remote, "ls-tree", "--name-only", "main") == "notes.txt"


def test_no_name_or_address_of_hers_is_published_with_it(blog: Blog, remote: Path) -> None:
    git(blog.root, "config", "user.email", "hannah@home.example")
    blog.publish()
    people = git(remote, "log", "-1", "--format=%an %ae %cn %ce", "pages")
    assert people == "In Session insession@localhost In Session insession@localhost"


def test_each_undo_goes_one_further_back_and_never_to_one_that_was_undone(
    small: Setting, remote: Path
) -> None:
    for text in ("first", "second", "third"):
        send(small, text)
    git_branch.undo(small)
    assert page(remote) == "second"
    send(small, "fourth")
    git_branch.undo(small)
    assert page(remote) == "second"
    git_branch.undo(small)
    assert page(remote) == "first"
    with pytest.raises(Problems, match="no earlier release"):
        git_branch.undo(small)


def test_the_domain_that_the_host_noted_there_stays(
    small: Setting, remote: Path, tmp_path: Path
) -> None:
    send(small, "first")
    send(small, "second")
    git(tmp_path, "clone", "-q", "-b", "pages", str(remote), "host")
    (tmp_path / "host/CNAME").write_text("blog.example.org\n", encoding="utf-8")
    git(tmp_path / "host", "add", "CNAME")
    git(tmp_path / "host", "commit", "-qm", "Create CNAME")
    git(tmp_path / "host", "push", "-q")
    git_branch.undo(small)
    assert (page(remote), git(remote, "show", "pages:CNAME")) == ("first", "blog.example.org")
    send(small, "third")
    assert (page(remote), git(remote, "show", "pages:CNAME")) == ("third", "blog.example.org")
    assert set(git_branch.held(small)) == {"index.html"}


def test_a_page_that_was_opened_before_still_finds_its_script_for_one_release(
    small: Setting, remote: Path
) -> None:
    for name in "abc":
        send(small, name, f"{name}.js")
    assert git(remote, "ls-tree", "--name-only", "pages:theme").split() == ["b.js", "c.js"]
    assert git(remote, "show", "pages:theme/b.js") == "b"
    assert {*git_branch.held(small)} == {"index.html", "theme/c.js"}
    git_branch.undo(small)
    assert {*git_branch.held(small)} == {"index.html", "theme/b.js"}
    assert git(remote, "show", "pages:theme/c.js") == "c"


def test_bytes_are_published_as_they_are(
    small: Setting, remote: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "gitconfig"
    config.write_text("[core]\nautocrlf = true\nexcludesFile = ignored\n", encoding="utf-8")
    (tmp_path / "ignored").write_text("*.html\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    send(small, "a\r\nb\r\n")
    site = tmp_path / "small"
    assert git_branch.held(small) == digests(site)
    blob = ["git", "-C", str(remote), "cat-file", "blob", "pages:index.html"]
    assert subprocess.check_output(blob) == b"a\r\nb\r\n"


@pytest.mark.parametrize("name", ["main", "other"])
def test_the_branch_with_her_texts_is_never_published_to(
    blog: Blog, remote: Path, capsys: Capture, name: str
) -> None:
    git(blog.root, "push", "-q", "origin", "main:other")
    before = git(remote, "show-ref")
    blog.set({"target": "branch", "remote": "origin", "branch": name})
    assert blog.publish() == 1
    told = capsys.readouterr().err
    assert "publishconf.py:" in told
    assert ("is the branch on which your texts are" if name == "main" else "not made here") in told
    assert git(remote, "show-ref") == before


def test_a_new_repository_gets_no_site_on_the_branch_she_works_on(
    blog: Blog, remote: Path, tmp_path: Path, capsys: Capture
) -> None:
    git(remote, "update-ref", "-d", "refs/heads/main")
    blog.set({"target": "branch", "remote": str(remote), "branch": "main"})
    assert blog.publish() == 1
    assert "is the branch on which your texts are" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="the hook is a shell script")
def test_a_push_that_is_refused_is_said_and_the_branch_stays(
    blog: Blog, remote: Path, tmp_path: Path, capsys: Capture
) -> None:
    blog.publish()
    first = shown(remote, tmp_path)
    blog.write("articles/one.md", article("Changed"))
    hook = remote / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    assert blog.publish() == 1
    told = capsys.readouterr().err
    assert "origin: the repository doesn't take it." in told
    assert "Nothing was published; your blog is as it was." in told
    assert shown(remote, tmp_path) == first
    hook.unlink()
    assert blog.publish() == 0


def test_a_repository_that_is_not_there_is_said(
    blog: Blog, tmp_path: Path, capsys: Capture
) -> None:
    blog.set({"target": "branch", "remote": "../none.git", "branch": "pages"})
    assert blog.publish() == 1
    assert "there is no repository of this name" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("remote", "https://hannah:secret@git.example.org/blog.git"),
        ("remote", "ext::sh -c evil"),
        ("remote", "--upload-pack=evil"),
        ("branch", "--force"),
        ("branch", "a..b"),
        ("branch", "a b"),
    ],
)
def test_a_secret_or_what_git_could_misread_is_refused(
    small: Setting, key: str, value: str
) -> None:
    with pytest.raises(Problems, match="is not the"):
        check_setting(small.values | {key: value}, small)


@pytest.mark.parametrize(
    ("complaint", "said"),
    [
        ("fatal: Authentication failed for 'https://x/'", "doesn't let you in"),
        ("fatal: unable to access 'https://x/': Could not resolve host: x", "not online"),
        ("error: file write error: No space left on device", "no room left"),
        ("remote: Repository not found.", "there is no repository"),
        ("remote: Permission to a/b.git denied to c.\nfatal: … error: 403", "but not write"),
        ("ERROR: This key is marked as read only.", "but not write"),
        ("remote: You are not allowed to push code to this project.", "but not write"),
        ("something new\n", "git can't publish there: something new"),
        ("", "it says nothing"),
    ],
)
def test_what_git_complains_about_is_said_in_words(complaint: str, said: str) -> None:
    assert said in in_words(complaint)[0]
