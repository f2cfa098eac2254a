"""Runs the programs that send the site."""

import os
import subprocess
from collections.abc import Mapping, Sequence


def run(command: Sequence[str], typed: str = "", env: Mapping[str, str] | None = None) -> str:
    """Return what a program prints; its own words come in English, whatever her language is.

    `typed` is what it reads, line ends as they are; `env` what its environment has besides. Raises
    FileNotFoundError if it isn't there, CalledProcessError (with `stderr` as text) if it fails.
    """
    done = subprocess.run(
        command,
        input=typed.encode(),
        capture_output=True,
        env={**os.environ, "LC_ALL": "C", **(env or {})},
        check=False,
    )
    printed, complaint = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, printed, complaint)
    return printed
