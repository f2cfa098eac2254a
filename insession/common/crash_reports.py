"""A fault in the theme, the settings or the software: one sentence with its place.

Everything else that can go wrong is a mistake in content/ and has its own words. Here the details
are for whoever changes the code, and go into a file.
"""

import errno
import logging
import re
import sys
import traceback
from contextlib import suppress
from pathlib import Path

from jinja2 import TemplateNotFound

from insession.common.problems import Problem, Problems

LOG = "build-error.log"
# What a disk says, rather than the software.
OF_A_DISK = {errno.EACCES, errno.EDQUOT, errno.EFBIG, errno.ENOSPC, errno.EPERM, errno.EROFS}
HOW = "This is a fault in the theme or the software, not in your text. Details:"


class LoggedErrors(logging.Handler):
    """Keeps what Pelican only logs: an error there means that something was left out."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.logged: list[str | BaseException] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Take the exception, if there is one, or else the message."""
        arguments = record.args if isinstance(record.args, tuple) else ()
        raised = [record.exc_info[1]] if record.exc_info else []
        errors = [error for error in (*arguments, *raised) if isinstance(error, BaseException)]
        self.logged.append(errors[0] if errors else record.getMessage())

    def problems(self, folder: Path) -> list[Problem]:
        """Return what was logged since the last time."""
        how = "This is a fault in the software, not in your text. Please report it."
        found: list[Problem] = []
        for logged in self.logged:
            if isinstance(logged, BaseException):
                found += problems_in(logged, folder)
            else:
                found.append(Problem("insession", 0, logged, how))
        self.logged.clear()
        return found


def problems_in(
    error: BaseException, folder: Path, undone: str = "the site could not be made"
) -> list[Problem]:
    """Return the problems that were raised or, of a fault, where and what it is.

    Its traceback goes into build-error.log in `folder`; `undone` is what didn't come about.
    """
    if isinstance(error, Problems):
        return error.problems
    if isinstance(error, OSError) and error.errno in OF_A_DISK:
        return [of_a_disk(error, _shown(Path(error.filename)) if error.filename else f"{folder}/")]
    details = "".join(traceback.format_exception(error))
    with suppress(OSError):  # on a disk that is full there is no room for details either
        (folder / LOG).write_text(details, encoding="utf-8")
    file, line = _place(error)
    what = f"{undone} ({type(error).__name__}: {error})."
    if isinstance(error, TemplateNotFound):
        what = f"there is no template {error}."
    elif isinstance(error, FileNotFoundError) and error.filename:
        file, line, what = _shown(Path(error.filename)), 0, "this file is missing."
    return [Problem(file, line, what, f"{HOW} {LOG}")]


def of_a_disk(error: OSError, place: str) -> Problem:
    """Say what a disk says about this place."""
    what = f"this can't be used: {(error.strerror or str(error)).lower()}."
    how = "Make room on that disk, or see that you may read and write there, and try again."
    return Problem(place, 0, what, how)


def problem_in_traceback(stderr: str, folder: Path) -> Problem:
    """Make a problem of the traceback with which a Python ended."""
    (folder / LOG).write_text(stderr, encoding="utf-8")
    places = re.findall(r'^ *File "(.+)", line (\d+)', stderr, re.M)
    ours = [place for place in places if Path(place[0]).is_relative_to(folder)]
    file, line = (ours or places or [("insession", "0")])[-1]
    what = f"the code can't be started ({stderr.strip().rpartition(chr(10))[2]})."
    return Problem(_shown(Path(file)), int(line), what, f"{HOW} {LOG}")


def _place(error: BaseException) -> tuple[str, int]:
    """The file and line of a syntax error, or else the last that are ours."""
    file = getattr(error, "filename", None)
    if isinstance(file, str) and Path(file).is_file():
        return _shown(Path(file)), getattr(error, "lineno", None) or 0
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_file() and not path.is_relative_to(sys.prefix) and _is_ours(path):
            return _shown(path), frame.lineno or 0
    return "insession", 0


def _is_ours(path: Path) -> bool:
    return path.suffix == ".html" or path.is_relative_to(Path(__file__).parents[2])


def _shown(path: Path) -> str:
    """Return the path from the project's folder, if it is in there."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
