"""Two computers that publish to one server, and pages that were opened before."""

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from insession.common.problems import Problems
from insession.publish.run_program import follow
from insession.publish.target_config import Setting
from insession.publish.targets import ssh_server
from tests.publish.small_sites import listed, page, send


@pytest.fixture
def computers(small: Setting, tmp_path: Path) -> list[Setting]:
    """The same blog on three computers, or in three folders of one."""
    return [replace(small, root=tmp_path / name) for name in ("one", "two", "three")]


def test_who_is_overtaken_by_another_computer_is_told_and_takes_nothing_back(
    computers: list[Setting], shown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs, _ = computers
    send(mine, "before")
    waiting = ["theirs"]

    def overtaken(command: list[str]) -> Iterator[str]:
        if waiting:
            send(theirs, waiting.pop())
        return follow(command)

    with monkeypatch.context() as patched:
        patched.setattr(ssh_server, "follow", overtaken)
        with pytest.raises(Problems, match=r"somebody else has published meanwhile"):
            send(mine, "mine")
    assert page(shown) == "theirs"
    assert not [*(shown.parent / "releases").glob(".new-*")]
    send(mine, "mine")
    ssh_server.undo(theirs)
    assert page(shown) == "theirs"


def test_of_several_at_once_each_is_published_whole_or_told(
    computers: list[Setting], shown: Path
) -> None:
    send(computers[0], "before")
    told: list[str] = []

    def sending(setting: Setting) -> None:
        try:
            send(setting, setting.root.name)
        except Problems as found:
            told.append(str(found))

    threads = [threading.Thread(target=sending, args=[setting]) for setting in computers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(told) < 3
    assert all("somebody else has published meanwhile" in words for words in told)
    releases = sorted(listed(shown.parent / "releases"))
    texts = [page(shown.parent / "releases" / name) for name in releases]
    assert len(texts) == 1 + 3 - len(told)
    assert len({*texts}) == len(texts)
    assert page(shown) == texts[-1]


def test_what_another_computer_is_sending_is_left_alone_unless_it_is_surely_dead(
    small: Setting, shown: Path
) -> None:
    send(small, "before")
    fresh, old = (shown.parent / f"releases/.new-{name}" for name in ("fresh", "old"))
    fresh.mkdir()
    old.mkdir()
    os.utime(old, (0, 0))
    send(small, "after")
    assert fresh.exists()
    assert not old.exists()


def test_a_page_that_was_opened_before_still_finds_its_script(small: Setting, shown: Path) -> None:
    def asked(script: str) -> str:
        return (shown / "theme" / script).read_text(encoding="utf-8")

    for name in "abc":
        send(small, name, f"theme/{name}.js")
    assert [asked(f"{name}.js") for name in "abc"] == [*"abc"]
    assert "theme/a.js" not in ssh_server.held(small)
    ssh_server.undo(small)
    assert asked("c.js") == "c"
    assert {*ssh_server.held(small)} == {"font.woff2", "one/index.html", "theme/b.js"}


def test_scripts_that_no_release_has_any_more_are_not_kept(
    small: Setting, shown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ssh_server, "KEPT", 2)
    for number in range(4):
        send(small, f"{number}", f"theme/{number}.js")
    kept = {path.name for path in (shown.parent / "releases/.theme").iterdir()}
    assert kept == {"1.js", "2.js", "3.js"}
