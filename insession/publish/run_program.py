"""Runs the programs that send the site."""

import errno
import os
import shutil
import subprocess
from collections.abc import Generator, Mapping, Sequence
from tempfile import TemporaryFile
from typing import Literal

Stream = Literal["stdout", "stderr"]


def run(command: Sequence[str], typed: str = "", env: Mapping[str, str] | None = None) -> str:
    """Return what a program prints; its own words come in English, whatever her language is.

    `typed` is what it reads, line ends as they are; `env` what its environment has besides. Raises
    FileNotFoundError if it isn't there, CalledProcessError (with `stderr` as text) if it fails.
    """
    done = subprocess.run(
        _found(command),
        input=typed.encode(),
        capture_output=True,
        env={**os.environ, "LC_ALL": "C", **(env or {})},
        check=False,
    )
    printed, complaint = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, printed, complaint)
    return printed


def follow(
    command: Sequence[str], env: Mapping[str, str] | None = None, *, stream: Stream = "stdout"
) -> Generator[str]:
    """Yield each line that a program prints as soon as it has printed it; otherwise like `run`.

    A line that is written over itself, as git says how far it is, counts each time. Of the other
    stream only complaints are kept.
    """
    with (
        TemporaryFile() as other,
        subprocess.Popen(
            _found(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if stream == "stdout" else subprocess.DEVNULL,
            stderr=subprocess.PIPE if stream == "stderr" else other,
            env={**os.environ, "LC_ALL": "C", **(env or {})},
            encoding="utf-8",
            errors="replace",
        ) as program,
    ):
        said: list[str] = []
        try:
            for line in program.stdout or program.stderr or ():
                if stream == "stderr":
                    said.append(line)
                yield line.rstrip("\n")
        except BaseException:
            program.kill()
            raise
        if program.wait():
            other.seek(0)
            complaint = "".join(said) or other.read().decode("utf-8", "replace")
            raise subprocess.CalledProcessError(program.returncode, command, "", complaint)


def _found(command: Sequence[str]) -> list[str]:
    """Return the command with the whole path of its program. Raises FileNotFoundError.

    Where PATH names a folder that may not be looked into, the system itself would say that it is
    forbidden to start a program that isn't there.
    """
    program = shutil.which(command[0])
    if program is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), command[0])
    return [program, *command[1:]]
