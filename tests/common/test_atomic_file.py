"""A file is replaced whole, or stays as it was, and nothing is left beside it."""

import os
from pathlib import Path

import pytest

from insession.common import atomic_file
from insession.common.atomic_file import replace_file


def test_a_file_has_the_new_bytes_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "urls.json"
    for data in (b"one", b"two"):
        replace_file(path, data)
        assert path.read_bytes() == data
    assert [*tmp_path.iterdir()] == [path]


def test_what_a_killed_process_left_is_removed_with_the_next_replacement(tmp_path: Path) -> None:
    path, young = tmp_path / "urls.json", tmp_path / ".urls.json.4243"
    for name in (".urls.json.4242", young.name, ".urls.json.bak", ".urls.jsonx.4242"):
        (tmp_path / name).write_bytes(b"half")
        os.utime(tmp_path / name, (1_000, 1_000))
    os.utime(young)  # its process may still be writing it
    replace_file(path, b"two")
    kept = {".urls.json.bak", ".urls.jsonx.4242", young.name, path.name}
    assert {each.name for each in tmp_path.iterdir()} == kept


@pytest.mark.parametrize("step", ["fsync", "copymode"])
def test_a_failure_leaves_the_file_as_it_was(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "urls.json"
    path.write_bytes(b"one")
    monkeypatch.setattr(atomic_file.os if step == "fsync" else atomic_file.shutil, step, full)
    with pytest.raises(OSError, match="No space"):
        replace_file(path, b"two", like=path)
    assert path.read_bytes() == b"one"
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_permissions_are_those_asked_for(tmp_path: Path) -> None:
    private, like = tmp_path / "private", tmp_path / "like"
    like.touch()
    like.chmod(0o640)
    replace_file(private, b"", mode=0o600)
    assert private.stat().st_mode & 0o777 == 0o600
    replace_file(private, b"", like=like)
    assert private.stat().st_mode & 0o777 == 0o640
