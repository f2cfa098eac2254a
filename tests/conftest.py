"""Fixtures that all tests share, and the rule that nothing is skipped where it counts."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from insession.output.cards import HEIGHT, WIDTH, code, draw
from insession.plugins import social_cards
from tests.support import ROOT, BuiltSite, build_blog, build_content


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take --thorough: as many trials as it needs to be sure, instead of as many as are quick."""
    parser.addoption("--thorough", action="store_true", help="all trials; four minutes more")


@pytest.fixture(scope="session")
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether there is time for all trials."""
    return request.config.getoption("--thorough")


@pytest.fixture(scope="session", autouse=True)
def empty_cards() -> Iterator[None]:
    """Let builds in this process make empty social cards: drawing them took half of all time.

    Commands in other processes draw them, and so do tests that ask for `drawn_cards`.
    """
    out = BytesIO()
    Image.new("P", (WIDTH, HEIGHT)).save(out, "PNG")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(social_cards, "draw", lambda card, parts, cover: out.getvalue())
        patch.setattr(social_cards, "code", lambda: "empty")  # so nobody takes them for drawn
        yield


@pytest.fixture(scope="module")
def drawn_cards() -> Iterator[None]:
    """Draw social cards as they are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(social_cards, "draw", draw)
        patch.setattr(social_cards, "code", code)
        yield


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The sample blog, built once, without comments and old addresses from trying things out."""
    output = tmp_path_factory.mktemp("site") / "output"
    left_out = {"COMMENTS_APPROVED": "none/approved.json", "LEDGER": "none/urls.json"}
    return build_content(ROOT / "content", output, **left_out)


@pytest.fixture
def blog(tmp_path: Path) -> Callable[[dict[str, str | bytes]], BuiltSite]:
    """Build a small blog from a few files: `blog({"articles/a.md": article()})`."""
    return lambda files: build_blog(tmp_path, files)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: much of a test is waiting for another process."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(hookwrapper=True)
def pytest_collection() -> Iterator[None]:
    """Let pytest keep the tests as it has compiled them, also where Python is told to keep nothing.

    Otherwise each worker compiles all of them again, at every run: eight seconds each.
    """
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, False
    yield
    sys.dont_write_bytecode = before


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the garbage collector need not look through it."""
    gc.freeze()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With CI=true a skipped test is a failure: a missing program must not look like success."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"Skipped, which counts as failed here: {report.longrepr}"
