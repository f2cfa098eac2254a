"""Fixtures for the tests of the preview."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.preview.running import Preview, starting

Start = Callable[..., Preview]


@pytest.fixture
def open_preview(tmp_path: Path) -> Iterator[Start]:
    """Start a preview of a small blog and wait until it answers: `open_preview(files={…})`."""
    with starting() as start:
        yield partial(_opened, start, tmp_path)


def _opened(start: Start, folder: Path, **options: object) -> Preview:
    preview = start(folder, **options)
    preview.says("Your blog is at")
    return preview
