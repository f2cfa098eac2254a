"""A folder takes the place of another: in one step where that is possible, else in two."""

import os
import signal
import sys
from pathlib import Path

import pytest

from insession.output import swap_folders
from tests.signals import default_signals


def folder(path: Path) -> Path:
    path.mkdir()
    (path / "name").write_text(path.name, encoding="utf-8")
    return path


def names(tmp_path: Path) -> dict[str, str]:
    """What each folder was called before."""
    return {path.name: (path / "name").read_text("utf-8") for path in tmp_path.iterdir()}


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="takes two steps here")
def test_two_folders_trade_places_in_one_step(tmp_path: Path) -> None:
    one, other = folder(tmp_path / "one"), folder(tmp_path / "other")
    assert swap_folders.exchange(one, other)
    assert names(tmp_path) == {"one": "other", "other": "one"}


def test_what_cannot_be_exchanged_stays_as_it_is(tmp_path: Path) -> None:
    one = folder(tmp_path / "one")
    assert not swap_folders.exchange(one, tmp_path / "none")
    assert names(tmp_path) == {"one": "one"}


@pytest.mark.parametrize("in_one_step", [True, False])
def test_the_new_folder_is_in_its_place_and_the_old_one_is_put_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_one_step: bool
) -> None:
    if not in_one_step:
        monkeypatch.setattr(swap_folders, "exchange", lambda *_: False)
    fresh, place, old = folder(tmp_path / "fresh"), folder(tmp_path / "place"), tmp_path / "old"
    swap_folders.put_in_place(fresh, place, old)
    assert names(tmp_path) == {"place": "fresh", "old": "place"}


def test_where_nothing_was_the_new_folder_is_simply_there(tmp_path: Path) -> None:
    swap_folders.put_in_place(folder(tmp_path / "fresh"), tmp_path / "place", tmp_path / "old")
    assert names(tmp_path) == {"place": "fresh"}


def test_when_the_second_step_fails_the_old_folder_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, place = folder(tmp_path / "fresh"), folder(tmp_path / "place")
    rename = Path.rename

    def refuse(path: Path, to: Path) -> Path:
        if path == fresh:
            raise PermissionError(13, "a program has a file open in it")
        return rename(path, to)

    monkeypatch.setattr(swap_folders, "exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        swap_folders.put_in_place(fresh, place, tmp_path / "old")
    assert names(tmp_path) == {"fresh": "fresh", "place": "place"}


@pytest.mark.skipif(os.name == "nt", reason="no signal can be sent to oneself there")
def test_ctrl_c_waits_until_both_folders_are_in_their_place(tmp_path: Path) -> None:
    done = False
    with default_signals():
        with pytest.raises(KeyboardInterrupt), swap_folders.undisturbed():
            os.kill(os.getpid(), signal.SIGINT)
            done = True
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert done
