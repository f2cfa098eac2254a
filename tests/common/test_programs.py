"""The finder of programs: it takes what works, passes over what doesn't, and says what to do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import browsers, install, programs
from tests.programs import Program, find_or_install

posix_only = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")


def browser(path: Path, exit_code: int = 0) -> Path:
    """A stand-in for a browser that answers `--version` with the exit code."""
    path.write_text(f"#!/bin/sh\necho Chromium 999\nexit {exit_code}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no browser and one empty folder on its PATH, which is returned."""
    monkeypatch.setattr(browsers, "MAC_BROWSERS", ())
    monkeypatch.setattr(browsers, "WINDOWS_FOLDERS", ())
    monkeypatch.setattr(browsers, "_playwrights_own", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    return tmp_path


@posix_only
def test_a_browser_on_the_path_is_found(bare_machine: Path) -> None:
    assert browsers.chromium() is None
    chrome = browser(bare_machine / "google-chrome")
    assert browsers.chromium() == chrome


@posix_only
def test_the_browser_that_is_named_comes_before_those_that_are_found(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser(bare_machine / "chromium")
    named = browser(bare_machine / "my own browser")
    monkeypatch.setenv("CHROMIUM", str(named))
    assert browsers.chromium() == named


@posix_only
def test_a_browser_that_does_not_start_is_passed_over(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser(bare_machine / "chromium", exit_code=127)
    monkeypatch.setenv("CHROMIUM", str(bare_machine / "not there"))
    assert browsers.chromium() is None
    chrome = browser(bare_machine / "google-chrome")
    assert browsers.chromium() == chrome


@posix_only
def test_playwrights_own_browser_is_the_last_resort(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsers, "_playwrights_own", lambda: Path("playwrights"))
    assert browsers.chromium() == Path("playwrights")
    chrome = browser(bare_machine / "chromium")
    assert browsers.chromium() == chrome


@posix_only
def test_playwrights_shell_is_found_beside_the_browser_that_it_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "chromium-1/chrome-linux64/chrome"
    monkeypatch.setattr(browsers, "run", lambda command, **_: str(told) if "-c" in command else "")
    assert browsers._playwrights_own() is None
    shell = tmp_path / "chromium_headless_shell-1/chrome-headless-shell-linux64"
    shell.mkdir(parents=True)
    browser(shell / "chrome-headless-shell")
    assert browsers._playwrights_own() == shell / "chrome-headless-shell"


def test_a_command_that_fails_hangs_or_is_missing_answers_none() -> None:
    assert install.run([sys.executable, "-c", "print('yes')"], seconds=30) == "yes"
    assert install.run([sys.executable, "-c", "raise SystemExit(1)"], seconds=30) is None
    assert install.run([sys.executable, "-c", "import time; time.sleep(60)"], seconds=0.2) is None
    assert install.run(["no-such-program-anywhere"], seconds=30) is None


def program_that_comes_with(helpful: int | None) -> tuple[Program, list[int]]:
    """A program with three ways to install it, of which one helps, and the list of those tried."""
    tried: list[int] = []
    found = Path("/found/it")

    def way(number: int) -> None:
        tried.append(number)

    return Program(
        "Thing",
        lambda: found if helpful in [0, *tried] else None,
        (lambda: way(1), lambda: way(2), lambda: way(3)),
        "get one.",
    ), tried


@pytest.mark.parametrize(
    ("helpful", "tried", "line"),
    [
        pytest.param(0, [], f"Thing: {Path('/found/it')}", id="already there"),
        pytest.param(2, [1, 2], f"Thing: {Path('/found/it')}", id="the second way helps"),
        pytest.param(None, [1, 2, 3], "Thing: not found; get one.", id="nothing helps"),
    ],
)
def test_ways_to_install_are_tried_until_one_helps(
    helpful: int | None, tried: list[int], line: str
) -> None:
    program, log = program_that_comes_with(helpful)
    assert find_or_install(program) == line
    assert log == tried


PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A room</title>
<style>{css}</style></head><body><search><p>A page</p></search>{body}</body></html>"""


def test_the_html_checker_finds_faults_and_lets_todays_html_and_css_pass(tmp_path: Path) -> None:
    command = programs.nu_checker()
    if command is None:
        pytest.skip("Nu HTML checker: not found")
    pages = {
        "good.html": PAGE.format(
            css="@layer a{p{text-wrap:pretty}}",
            body='<button type="button" popovertarget="p">Share</button><p id="p" popover>x</p>',
        ),
        "nested.html": PAGE.format(css="", body="<p><a href='/a'><button>x</button></a></p>"),
        "styled.html": PAGE.format(css="p{colr:red}", body=""),
    }
    for name, text in pages.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [*command, str(tmp_path)], check=False, capture_output=True, encoding="utf-8"
    )
    messages = json.loads(done.stdout)["messages"]
    faults = {(message["url"].rsplit("/", 1)[1], message["type"]) for message in messages}
    assert faults == {("nested.html", "error"), ("styled.html", "error")}
    assert done.returncode == 1
