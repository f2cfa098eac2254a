"""`publish --setup`: it asks until something works, and writes one line."""

import builtins
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from insession.publish import command
from insession.publish.registry import TARGETS, read_setting
from insession.publish.wizard import explained, set_up, write_setting
from tests.publish.a_blog import Blog

Answering = Callable[..., None]


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    """Give the answers that are typed, one after the other; then the input ends."""

    def answer(*typed: str) -> None:
        left = iter(typed)

        def take(_: str) -> str:
            try:
                return next(left)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr(builtins, "input", take)

    return answer


def test_what_works_is_written_and_nothing_else_is_changed(
    tmp_path: Path, answering: Answering, capsys: pytest.CaptureFixture[str]
) -> None:
    blog = Blog(tmp_path)
    before = blog.settings.read_text(encoding="utf-8")
    answering("9", "1\u200b", "\u200b", "\ufeff../site\u200b")  # with what nobody sees
    assert set_up(blog.settings).values == {"target": "folder", "folder": "../site"}
    line = 'PUBLISH = {"target": "folder", "folder": "../site"}\n'
    assert blog.settings.read_text(encoding="utf-8") == before + line
    assert "Please type a number" in capsys.readouterr().out
    assert not (tmp_path / "site.new").exists()


def test_what_does_not_work_is_said_and_asked_again(
    tmp_path: Path, answering: Answering, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    blog = Blog(tmp_path)
    answering("1", "../file", "1", "../file/below", "1", "../site")
    assert set_up(blog.settings).values["folder"] == "../site"
    said = capsys.readouterr().out
    assert "is a file" in said
    assert "can't be used: not a directory" in said


def test_the_end_of_the_input_writes_nothing(tmp_path: Path, answering: Answering) -> None:
    blog = Blog(tmp_path)
    before = blog.settings.read_bytes()
    answering("1")
    assert set_up(blog.settings) is None
    assert blog.settings.read_bytes() == before


def test_an_earlier_setting_is_replaced_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "publishconf.py"
    path.write_text('A = 1\nPUBLISH = {\n    "target": "x",\n}\nB = 2', encoding="utf-8")
    write_setting(path, {"target": "folder", "folder": "../“my” site's \\ end"})
    rows = path.read_text(encoding="utf-8").splitlines()
    assert (rows[0], rows[2]) == ("A = 1", "B = 2")
    assert read_setting(path).values["folder"] == "../“my” site's \\ end"


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "is_interactive", lambda: True)


@pytest.mark.usefixtures("at_a_terminal")
def test_publishing_for_the_first_time_at_a_terminal_asks_once(
    tmp_path: Path, answering: Answering
) -> None:
    blog = Blog(tmp_path)
    answering("1", "../site", "yes")
    assert blog.publish() == 0
    assert (tmp_path / "site/one/index.html").is_file()
    assert blog.publish() == 0


@pytest.mark.usefixtures("at_a_terminal")
@pytest.mark.parametrize("typed", [(), ("",), ("no",), ("what?",)])
def test_setup_asks_before_it_publishes_and_keeps_what_it_has_written(
    tmp_path: Path, answering: Answering, capsys: pytest.CaptureFixture[str], typed: tuple[str, ...]
) -> None:
    blog = Blog(tmp_path)
    answering("1", "../site", *typed)
    assert command.publish(setup=True, settings_file=str(blog.settings)) == 0
    assert not (tmp_path / "site").exists()
    assert read_setting(blog.settings).values["folder"] == "../site"
    said = capsys.readouterr().out
    assert "Trying it out … it works." in said
    assert said.endswith("When you are ready, type: python3 tasks.py publish\n")


@pytest.mark.usefixtures("at_a_terminal")
def test_setup_with_yes_publishes_without_a_further_question(
    tmp_path: Path, answering: Answering
) -> None:
    blog = Blog(tmp_path)
    answering("1", "../site")
    assert command.publish(setup=True, yes=True, settings_file=str(blog.settings)) == 0
    assert (tmp_path / "site/one/index.html").is_file()


READ_ONLY = """#!/bin/sh
for command; do :; done
case $command in *receive-pack*)
    echo "ERROR: The key you are authenticating with has been marked as read only." >&2
    exit 1
esac
exec sh -c "$command"
"""


@pytest.mark.skipif(os.name == "nt" or not shutil.which("git"), reason="needs git and a shell")
def test_a_repository_that_can_only_be_read_is_said_before_anything_is_written(
    tmp_path: Path,
    answering: Answering,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    blog, ssh = Blog(tmp_path), tmp_path / "ssh"
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "bare.git")], check=True)
    ssh.write_text(READ_ONLY, encoding="utf-8")
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH", str(ssh))
    monkeypatch.setenv("GIT_SSH_VARIANT", "simple")
    before = blog.settings.read_bytes()
    answering("3", f"me@git.example:{tmp_path / 'bare.git'}", "pages")
    assert set_up(blog.settings) is None
    said = capsys.readouterr().out
    assert "lets you read, but not write" in said
    assert blog.settings.read_bytes() == before
    answering("3", str(tmp_path / "bare.git"), "pages")
    assert set_up(blog.settings)
    refs = subprocess.check_output(["git", "-C", str(tmp_path / "bare.git"), "for-each-ref"])
    assert refs == b""  # it was a trial only


def test_every_target_is_explained_with_an_example_that_is_accepted(tmp_path: Path) -> None:
    for name, target in TARGETS.items():
        assert target.TITLE in explained()
        examples = {key: example for key, (_, example) in target.KEYS.items()}
        blog = Blog(tmp_path / name, {"target": name} | examples)
        assert read_setting(blog.settings).values["target"] == name


def test_setup_without_a_terminal_explains(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blog = Blog(tmp_path, {"target": "folder", "folder": "../site"})
    assert command.publish(setup=True, settings_file=str(blog.settings)) == 1
    assert "docs/publishing.md" in capsys.readouterr().out
