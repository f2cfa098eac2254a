"""Fixtures that all tests share, and the rule that nothing is skipped where it counts."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import ROOT, BuiltSite, build_blog, build_content


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take --thorough: as many trials as it needs to be sure, instead of as many as are quick."""
    parser.addoption("--thorough", action="store_true", help="all trials; four minutes more")


@pytest.fixture(scope="session")
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether there is time for all trials."""
    return request.config.getoption("--thorough")


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
