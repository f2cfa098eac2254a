"""`.venv`, made and filled with what the requirement files pin, and the way into it.

This runs before anything is installed: it imports from the standard library alone.
"""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from subprocess import PIPE, STDOUT
from time import monotonic
from typing import IO

from insession.common.locks import alone
from insession.common.progress import PATIENCE, say_left

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOG = VENV / "install.log"
# Fingerprints of what is wholly installed, and whose Python it was; gone while installing.
STAMP = VENV / "installed"
LOCK = ROOT / ".venv.lock"  # not inside `.venv`, which may be made anew
ENTERED = "IN_SESSION_ENTERED"  # tells the Python in `.venv` that another one has begun
WIDTH = 78

FETCHED = re.compile(r"\s*(?:Downloading|Using cached|Processing) (?:.*[/\\])?(\w+)-\S+\.whl(?!\S)")
THERE = re.compile(r"Requirement already satisfied: \S+==")
OFFLINE = re.compile(r"Retrying \(|timed out|Timeout|ConnectionError|SSLError")

NOTES = {  # what to say, once, when pip says this
    "Installing collected packages": "Putting them in place …",
    "Retrying (": "The network does not answer; trying again …",
}


class CannotRunError(Exception):
    """Why the command cannot run, in words for the person who typed it."""


def say(text: str, end: str = "\n") -> None:
    """Print at once, into a pipe too: what follows may take a minute or be another process."""
    print(text, end=end, flush=True)


# The way into `.venv`


def prepare(testing: bool) -> bool:
    """Make `.venv` hold what is pinned; True if it did not already."""
    files = [ROOT / "requirements.txt", ROOT / "requirements-test.txt"][: 2 if testing else 1]
    try:
        if is_installed(files):
            return False
        with alone(LOCK, tell_to_wait):
            if not is_installed(files):  # it may be, by now: another window's work
                STAMP.unlink(missing_ok=True)
                if not has_pip():
                    make_venv()
                install(files)
                version = ask_version()
                stamp = [fingerprint(files[: n + 1], version) for n in range(len(files))]
                STAMP.write_text("\n".join([*stamp, python_mark(version)]), encoding="utf-8")
    except OSError as error:
        raise CannotRunError(f"In Session could not be set up: {error}.") from None
    return True


def is_installed(files: list[Path]) -> bool:
    """Whether the last install that ended well was of these files, for the Python in `.venv`."""
    if not STAMP.is_file():
        return False
    known = STAMP.read_text("utf-8").split()
    own = "{} {}\n".format(*sys.version_info)
    version = own if is_inside() or python_mark(own) in known else ask_version()
    return fingerprint(files, version) in known


def is_inside() -> bool:
    """Whether this is the Python in `.venv`."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def fingerprint(files: list[Path], version: str) -> str:
    """Changes when the requirements do, or when the Python behind `.venv` is another or gone."""
    texts = [version, *(file.read_text("utf-8") for file in files)]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def python_mark(version: str) -> str:
    """The file behind the Python in `.venv`: while it stays that file, it needn't be asked again.

    "" where a file of its own stands there, which runs another one (Windows), or none.
    """
    try:
        if os.name == "nt" or not version:
            return ""
        found = PYTHON.stat()
    except OSError:
        return ""
    file = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
    return "-".join(map(str, (*file, *version.split())))


def ask_version() -> str:
    """The version of the Python in `.venv`, as it says; nothing where there is none that works."""
    return ask_python("-S", "-c", "import sys; print(*sys.version_info[:2])")


def ask_python(*args: str) -> str:
    """What the Python in `.venv` prints; nothing where there is none that works."""
    try:
        return subprocess.check_output([PYTHON, "-I", *args], text=True, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return ""


def has_pip() -> bool:
    """Whether `.venv` is whole enough for installing into."""
    return bool(ask_python("-m", "pip", "--version"))


def tell_to_wait() -> None:
    """Say why nothing happens: two windows must not install into one folder."""
    say("Another window is installing at the moment; waiting until it has finished …")


def make_venv() -> None:
    """Make `.venv` anew; on failure none is left."""
    if not (find_spec("venv") and find_spec("ensurepip")):  # Debian and Ubuntu pack it apart
        cure = "Get Python from python.org"
        if shutil.which("apt"):
            cure = "Type “sudo apt install python{}.{}-venv”".format(*sys.version_info)
        raise CannotRunError(f"This Python lacks its venv module. {cure} and start again.")
    say("Making .venv, a folder for what In Session needs (once) …")
    if VENV.exists():
        shutil.rmtree(VENV)
    command = [getattr(sys, "_base_executable", sys.executable), "-I", "-m", "venv", VENV]
    try:
        subprocess.run(command, check=True, stdout=PIPE, stderr=STDOUT, text=True)
    except subprocess.CalledProcessError as failure:
        why = failure.stdout.strip().rpartition("\n")[2]
        raise CannotRunError(f"Python could not make the folder {VENV}: {why}") from None
    finally:
        if not has_pip():  # failed or stopped half-way
            shutil.rmtree(VENV, ignore_errors=True)


def install(files: list[Path]) -> None:
    """Let pip install the last of these files, which includes the others, and show how it goes."""
    lines = "\n".join(file.read_text("utf-8") for file in files)
    pinned = re.findall(r"^\w[^;\n]*$", lines, re.MULTILINE)  # with a “;” it is for some systems
    say(f"Installing {len(pinned)} {'package' if len(pinned) == 1 else 'packages'}:")
    command = [str(PYTHON), "-I", "-m", "pip", "install", "--requirement", str(files[-1])]
    command += ["--no-user"]
    command += ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    with (
        LOG.open("w", encoding="utf-8") as log,
        subprocess.Popen(
            command, stdout=PIPE, stderr=STDOUT, encoding="utf-8", errors="replace"
        ) as pip,
    ):
        try:
            show(pip.stdout or (), log, len(pinned) if can_draw() else 0)
        except BaseException:
            pip.terminate()
            pip.wait()
            raise
    if pip.returncode:
        raise CannotRunError(explain(LOG.read_text("utf-8")))
    say("Ready.")


def can_draw() -> bool:
    """Whether the output is a window in which a line can be drawn anew."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def show(output: Iterable[str], log: IO[str], total: int = 0) -> None:
    """Keep all that pip says; print the name of each package when it comes, a few to a line.

    With a `total` there is a bar instead, and how many of them have come.
    """
    if total:
        show_bar(output, log, total)
        return
    column, notes = 0, NOTES.copy()
    for line in output:
        log.write(line)
        if fetched := FETCHED.match(line):
            word = f"  {fetched[1]}"
            if column + len(word) > WIDTH:
                say("")
                column = 0
            say(word, end="")
            column += len(word)
        for sign in [sign for sign in notes if sign in line]:
            say(("\n" if column else "") + notes.pop(sign))
            column = 0
    if column:
        say("")


def show_bar(output: Iterable[str], log: IO[str], total: int) -> None:
    """Keep all that pip says; draw how many packages have come, which, and for how long still."""
    come, began, notes, gone = 0, monotonic(), NOTES.copy(), f"\r{'':{WIDTH}}\r"
    try:
        for line in output:
            log.write(line)
            fetched = FETCHED.match(line)
            come = min(come + bool(fetched or THERE.match(line)), total)
            if fetched and (passed := monotonic() - began) >= PATIENCE:
                done = f"  [{'#' * (24 * come // total):24}] {come} of {total}"
                left = say_left(passed * (total - come) / come) if come < total else ""
                say("\r" + f"{done}  {left:18} {fetched[1]}"[:WIDTH].ljust(WIDTH), end="")
            for sign in [sign for sign in notes if sign in line]:
                say(gone + notes.pop(sign))
    finally:
        say(gone, end="")


def explain(log: str) -> str:
    """What went wrong, from pip's own words, and what to look at."""
    if OFFLINE.search(log):
        cause = "could not be fetched. See that this computer is online and start again."
    else:
        errors = re.findall(r"^ERROR: (.+)$", log, re.MULTILINE) or log.strip().splitlines()
        cause = f"could not be installed: {''.join(errors[-1:])}."
    return f"The packages {cause} (The details, for someone who knows Python: {LOG})"


def enter(args: list[str]) -> int:
    """Become the Python in `.venv`, running tasks.py with the same words."""
    foreign = ("PYTHONPATH", "PYTHONHOME")  # they would let other packages in, or ours not
    environment = {name: value for name, value in os.environ.items() if name not in foreign}
    environment[ENTERED] = "1"
    command = [str(PYTHON), str(ROOT / "tasks.py"), *args]
    if os.name != "nt":
        os.execve(command[0], command, environment)  # noqa: S606  (no shell is wanted)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command to answer
    return subprocess.call(command, env=environment)  # exec would free the window at once here
