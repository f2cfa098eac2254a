"""Long work shows itself at a terminal: what, how many, how long still; elsewhere nothing."""

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from insession.common import cores, progress
from insession.common.progress import Advance
from tests.signals import default_signals
from tests.support import ROOT, Counted, article, build_blog

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")

# A bar that stands there as soon as something is done, or never.
START = """
from time import sleep
from insession.common import progress
progress.PATIENCE = {patience}
"""
HALF = """
print("Sending", end=" … ", flush=True)
with progress.progress("Sending the files", 48) as advance:
    advance(12)
    {then}
print("done.")
"""
SHARES = """
from insession.common import cores
def work(share, advance):
    for each in share:
        sleep(0.01)
        advance(1)
cores.os.cpu_count = lambda: {cores}
cores.on_all_cores("Reading the texts", work, [*range(100)], 10)
"""


def run_at_terminal(code: str, *, patience: float = 0, **env: str) -> tuple[str, int]:
    """Return what Python puts on the screen of a terminal, and its exit code."""
    screen, inside = os.openpty()
    clean = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    clean |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TERM": "xterm", "COLUMNS": "80"}
    # The terminal becomes that of the process, so that Ctrl-C reaches it.
    own = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
    with default_signals():
        process = subprocess.Popen(
            [sys.executable, "-c", f"{own}{START.format(patience=patience)}\n{code}"],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            start_new_session=True,
            env=clean | env,
        )
    os.close(inside)
    seen = b""
    while part := read(screen):
        seen += part
        if b"typed here" in part:
            os.write(screen, b"\x03")
    os.close(screen)
    return seen.decode(), process.wait()


def read(screen: int) -> bytes:
    """Return what comes next; nothing at the end."""
    try:
        return os.read(screen, 65536)
    except OSError:  # Linux says so that nobody has it open any longer
        return b""


def left_on(seen: str) -> str:
    """Return what stands on the screen at the end, line by line: as a terminal would have it."""
    rows, row, column, kept = [[""] * 400 for _ in range(60)], 0, 0, (0, 0)
    for part in re.findall(r"\x1b\[[?\d;]*[a-zA-Z]|\x1b.|[^\x1b]", seen, re.DOTALL):
        match part:
            case "\r":
                column = 0
            case "\n":
                row += 1
            case "\x1bD":
                row += 1
            case "\x1b7":
                kept = (row, column)
            case "\x1b8":
                row, column = kept
            case "\x1b[2K":
                rows[row] = [""] * 400
            case _ if found := re.fullmatch(r"\x1b\[(\d*)A", part):
                row -= int(found[1] or 1)
            case _ if part[0] != "\x1b":
                rows[row][column] = part
                column += 1
    return "\n".join("".join(cell or " " for cell in line).rstrip() for line in rows).rstrip()


@posix_only
def test_a_bar_says_what_how_many_and_how_long_and_is_gone_at_the_end() -> None:
    seen, code = run_at_terminal(HALF.format(then="advance(12)"))
    assert re.search(r"Sending the files.*━.*12 of 48.*about \d+ s left", seen), seen
    assert left_on(seen) == "Sending … done."
    assert code == 0


@posix_only
def test_it_stands_in_the_lines_below_wherever_the_screen_ends() -> None:
    seen, _ = run_at_terminal("print('\\n' * 40)\n" + HALF.format(then="pass"))
    assert left_on(seen).strip() == "Sending … done."


@posix_only
def test_nothing_is_shown_in_the_first_second_and_rich_is_not_imported() -> None:
    code = HALF.format(then="import sys; print([name for name in sys.modules if name == 'rich'])")
    assert run_at_terminal(code, patience=3600) == ("Sending … []\r\ndone.\r\n", 0)


@posix_only
def test_a_terminal_that_cannot_draw_gets_none() -> None:
    assert run_at_terminal(HALF.format(then="pass"), TERM="dumb") == ("Sending … done.\r\n", 0)


@posix_only
def test_without_colour_it_has_none() -> None:
    seen, _ = run_at_terminal(HALF.format(then="pass"), NO_COLOR="1")
    assert "12 of 48" in seen
    assert not re.search(r"\x1b\[[\d;]*3\d[\d;]*m", seen)


@posix_only
def test_what_went_wrong_is_said_when_the_bar_is_gone() -> None:
    seen, code = run_at_terminal(HALF.format(then="raise SystemExit('It broke.')"))
    assert "12 of 48" in seen
    assert (left_on(seen), code) == ("Sending … It broke.", 1)


@posix_only
def test_ctrl_c_leaves_a_clean_window() -> None:
    then = "print('typed here', end='', flush=True); [sleep(0.05) for _ in range(1200)]"
    caught = "try:\n" + re.sub("^", "    ", HALF.format(then=then), flags=re.MULTILINE)
    seen, code = run_at_terminal(f"{caught}\nexcept KeyboardInterrupt:\n    print('Stopped.')")
    assert "12 of 48" in seen
    assert left_on(seen).splitlines()[0] == "Sending … Stopped."
    assert "━" not in left_on(seen)
    assert seen.count("\x1b[?25h") >= 1 and seen.rfind("\x1b[?25h") > seen.rfind("\x1b[?25l")
    assert code == 0


@posix_only
@pytest.mark.parametrize("count", [1, 2])
def test_work_on_any_number_of_cores_shows_how_far_it_is(count: int) -> None:
    seen, code = run_at_terminal(SHARES.format(cores=count))
    counted = [int(done) for done in re.findall(r"(\d+) of 100", seen)]
    assert counted and counted == sorted(counted)
    assert "Reading the texts" in seen
    assert (left_on(seen), code) == ("", 0)


def test_in_a_pipe_nothing_is_shown() -> None:
    code = f"{START.format(patience=0)}\n{HALF.format(then='pass')}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1", "FORCE_COLOR": "1"},
        check=True,
    )
    assert (done.stdout.decode().strip(), done.stderr) == ("Sending … done.", b"")


@pytest.mark.parametrize("count", [1, 3])
def test_each_core_counts_and_all_of_it_is_made(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(share: list[int], advance: Advance) -> list[int]:
        for _ in share:
            advance(1)
        return [number * 2 for number in share]

    monkeypatch.setattr(cores.os, "cpu_count", lambda: count)
    shares = cores.on_all_cores("Doubling", work, [*range(50)], 10)
    assert sorted(number for share in shares for number in share) == [*range(0, 100, 2)]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "about 1 s left"), (59, "about 59 s left"), (61, "about 2 min left")],
)
def test_the_time_that_is_left_is_said_in_words(seconds: float, words: str) -> None:
    assert progress.say_left(seconds) == words


def test_each_picture_counts_when_it_is_looked_at_and_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cores.os, "cpu_count", lambda: 1)
    monkeypatch.setattr(cores, "progress", counted := Counted())
    Image.new("RGB", (4, 3)).save(made := BytesIO(), "PNG")
    pictures = {f"images/{n}.png": made.getvalue() for n in range(3)}
    site = build_blog(tmp_path, {"articles/one.md": article(), **pictures})
    to_make = len(pictures) + len([*site.folder.glob("cards/*.png")])
    assert [each for each in counted.all if "pictures" in each[0]] == [
        ("Looking at the pictures", 3, 3),
        ("Making the pictures", to_make, to_make),
    ]
