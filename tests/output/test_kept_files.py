"""Files that stay from one build to the next, and never what somebody made of them."""

import os
import shutil
from pathlib import Path

import pytest

from insession.output import kept_files
from insession.output.digest import digest_of_bytes
from insession.output.kept_files import KeptFiles
from insession.site.memory import Memory

FIRST = {"index.html": b"one", "a/index.html": b"two", "a/b/index.html": b"three"}


def build(folder: Path, files: dict[str, bytes]) -> set[str]:
    """Build these files as the output, which and its forerunner take turns; those written anew."""
    output, spare, fresh = folder / "output", folder / "spare", folder / "fresh"
    if spare.exists():
        spare.rename(fresh)
    fresh.mkdir(exist_ok=True)
    kept, written = KeptFiles(fresh, output, Memory(folder)), set()
    kept.look(files)
    keys = {path: digest_of_bytes(data) for path, data in files.items()}
    for path, data in files.items():
        if not kept.keep(path, keys[path]):
            kept.write(path, data)
            written.add(path)
    kept.remember(keys)
    if output.exists():
        output.rename(spare)
    fresh.rename(output)
    assert tree(output) == files
    return written


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder; a folder without any is a mistake."""
    assert all(any(path.iterdir()) for path in folder.rglob("*") if path.is_dir())
    files = (path for path in folder.rglob("*") if not path.is_dir())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_what_is_the_same_is_written_once(tmp_path: Path) -> None:
    assert build(tmp_path, FIRST) == {*FIRST}
    assert build(tmp_path, FIRST) == set()
    for number in range(4):
        files = FIRST | {"a/index.html": b"%d" % number}
        assert build(tmp_path, files) == {"a/index.html"}
        assert build(tmp_path, files) == set()


def test_what_is_gone_leaves_nothing_behind(tmp_path: Path) -> None:
    for files in (FIRST, {"index.html": b"one"}, {"index.html": b"one", "a": b"a file now"}) * 2:
        build(tmp_path, files)
        build(tmp_path, files)


@pytest.mark.parametrize("name", ["output", "spare"])
def test_what_somebody_changed_is_written_again(name: str, tmp_path: Path) -> None:
    for _ in range(2):
        build(tmp_path, FIRST)
    path = tmp_path / name / "a/index.html"
    status = path.stat()
    path.write_bytes(b"TWO")  # with as many bytes, and the time set back
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert build(tmp_path, FIRST) == {"a/index.html"}
    (tmp_path / name / "index.html").unlink()
    build(tmp_path, FIRST)
    build(tmp_path, FIRST)


def test_nothing_is_written_into_a_file_that_is_served(tmp_path: Path) -> None:
    for _ in range(2):
        build(tmp_path, FIRST)
    with (tmp_path / "output/index.html").open("rb") as served:
        for number in range(3):
            build(tmp_path, FIRST | {"index.html": b"%d" % number})
        assert served.read() == b"one"


def test_a_link_in_the_place_of_a_file_is_no_file(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_bytes(b"hers")
    for _ in range(2):
        build(tmp_path, FIRST)
    for name in ("output", "spare"):
        (tmp_path / name / "index.html").unlink()
        (tmp_path / name / "index.html").symlink_to(outside / "index.html")
        shutil.rmtree(tmp_path / name / "a")
        (tmp_path / name / "a").symlink_to(outside)
    for _ in range(3):
        build(tmp_path, FIRST)
    assert tree(outside) == {"index.html": b"hers"}


def test_a_disk_without_links_has_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(kept_files.os, "link", refuse)
    assert [build(tmp_path, FIRST) for _ in range(3)] == [{*FIRST}, {*FIRST}, set()]
