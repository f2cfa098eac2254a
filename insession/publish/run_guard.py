"""What is the same for `publish` and `undo`: one at a time, nothing left over, faults in words."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from insession.common.crash_reports import problems_in
from insession.common.locks import alone
from insession.common.problems import Problem, Problems, listed

FOLDER, TEMP, LOCK = ".publishing", ".publishing-temp", ".publishing-lock"
LOOK = "Type “python3 tasks.py publish --dry-run” to see how things stand."


class Unsure(Problems):
    """Raised when something went wrong after the blog was changed, or may have been.

    `then` says how it stands, or how to find out.
    """

    def __init__(self, problems: Iterable[Problem], then: str = LOOK) -> None:
        super().__init__(problems)
        self.then = then


@contextmanager
def finding_out(root: Path) -> Iterator[None]:
    """Turn any fault into Problems; how the blog is has to be found out afterwards."""
    try:
        yield
    except Problems:
        raise
    except Exception as error:
        raise Problems(problems_in(error, root, "it could not be finished")) from error


@contextmanager
def after_sending(root: Path) -> Iterator[None]:
    """Turn whatever goes wrong into Unsure: readers may see another blog by now."""
    try:
        with finding_out(root):
            yield
    except Unsure:
        raise
    except Problems as found:
        raise Unsure(found.problems) from found


def one_at_a_time(settings_file: Path, unchanged: str, work: Callable[[], int]) -> int:
    """Do the work when no other window does the same; return its exit code, 1 if it went wrong.

    Whatever goes wrong is said in words, with `unchanged` if it left the blog as it was.
    """
    root = settings_file.resolve().parent
    try:
        with alone(root / LOCK, _tell_to_wait), _cleared(root / FOLDER, root / TEMP):
            return work()
    except Unsure as found:
        problems, unchanged = found.problems, found.then
    except Problems as found:
        problems = found.problems
    except KeyboardInterrupt:
        print(f"\nStopped. {LOOK}")
        return 130
    except Exception as error:
        problems = problems_in(error, root)
    print(f"\n{listed(problems)}\n\n{unchanged}", file=sys.stderr)
    return 1


@contextmanager
def _cleared(*folders: Path) -> Iterator[None]:
    """Remove these folders afterwards, and before: a run that was killed couldn't.

    All that is made on the way lies in them, in the last also what has no name of its own.
    """
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    folders[-1].mkdir(exist_ok=True)  # a program of a run that was killed may still write there
    tempfile.tempdir, before = str(folders[-1]), tempfile.tempdir
    try:
        yield
    finally:
        tempfile.tempdir = before
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)


def _tell_to_wait() -> None:
    print("Another window is publishing at the moment; waiting until it has finished …", flush=True)
