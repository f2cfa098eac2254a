"""Publishing to a storage: rclone and a real S3 server, on this machine."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from insession.publish.digests import digests
from insession.publish.setting import Setting
from tests.publish.a_blog import Blog
from tests.publish.a_storage import KEY, RCLONE, SECRET, Storage
from tests.support import article

Capture = pytest.CaptureFixture[str]
SETTING = {"target": "storage", "remote": "blog:my-bucket"}


@pytest.fixture
def s3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    folder = tmp_path / "s3"
    folder.mkdir()
    running = Storage(folder)
    for name, value in running.environment().items():
        monkeypatch.setenv(name, value)
    yield running
    running.stop()


def test_what_is_served_is_the_build_before_and_after_and_after_undo(
    s3: Storage, tmp_path: Path, capsys: Capture
) -> None:
    blog = Blog(tmp_path, SETTING)
    assert blog.publish() == 0
    first = blog.built()
    assert s3.shown() == first
    blog.write("articles/three.md", article("Three titles"))
    assert blog.publish() == 0
    assert s3.shown() == blog.built() != first
    assert blog.undo() == 0
    assert s3.shown() == first
    assert blog.undo() == 1
    printed = capsys.readouterr()
    print(printed)
