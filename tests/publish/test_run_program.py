"""The programs that send the site: each line is heard at once, each complaint is kept."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from insession.publish.run_program import follow, run

# It goes on when the first line was heard, and not before.
TALKS = """
import pathlib, sys, time
print("first", flush=True)
heard = pathlib.Path(sys.argv[1])
ends = time.monotonic() + 60
while not heard.exists() and time.monotonic() < ends:
    time.sleep(0.01)
print("second" if heard.exists() else "nobody heard")
"""
OVER = """
import sys
print("unheard")
sys.stderr.write("1 of 2\\r2 of 2\\nit broke\\n")
sys.exit({})
"""
FAILS = "import sys; print('begun'); sys.exit('x' * 200_000 + ' it broke')"


def test_a_line_is_heard_while_the_program_goes_on(tmp_path: Path) -> None:
    lines = follow([sys.executable, "-c", TALKS, str(tmp_path / "heard")])
    assert next(lines) == "first"
    (tmp_path / "heard").touch()
    assert [*lines] == ["second"]


def test_a_program_that_fails_says_why() -> None:
    with pytest.raises(subprocess.CalledProcessError) as failed:
        assert [*follow([sys.executable, "-c", FAILS])] == ["begun"]
    assert failed.value.stderr.strip().endswith("it broke")


def test_what_is_written_over_itself_is_heard_line_by_line() -> None:
    lines = [*follow([sys.executable, "-c", OVER.format(0)], stream="stderr")]
    assert lines == ["1 of 2", "2 of 2", "it broke"]
    with pytest.raises(subprocess.CalledProcessError) as failed:
        list(follow([sys.executable, "-c", OVER.format(1)], stream="stderr"))
    assert failed.value.stderr.endswith("it broke\n")


def test_a_program_that_is_not_there_is_told_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the system says that it is forbidden: a folder in PATH is closed, or no folder."""
    for path in (os.environ["PATH"], f"{os.environ['PATH']}:{__file__}:/root/closed"):
        monkeypatch.setenv("PATH", path)
        with pytest.raises(FileNotFoundError):
            next(follow(["no-such-program-here"]))
        with pytest.raises(FileNotFoundError):
            run(["no-such-program-here"])


def test_who_stops_listening_ends_the_program(tmp_path: Path) -> None:
    lines = follow([sys.executable, "-c", TALKS, str(tmp_path / "never")])
    assert next(lines) == "first"
    lines.close()
