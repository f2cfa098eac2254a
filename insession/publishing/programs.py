"""Runs the programs that send the site."""

import os
import subprocess
from collections.abc import Mapping, Sequence


def run(command: Sequence[str], typed: str = "", env: Mapping[str, str] | None = None) -> str:
    """Return what a program prints; its own words come in English, whatever her language is.

    `typed` is what it reads, `env` what its environment has besides. Raises FileNotFoundError if
    it isn't there, CalledProcessError (with `stderr`) if it fails.
    """
    done = subprocess.run(
        command,
        input=typed,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "LC_ALL": "C", **(env or {})},
        check=True,
    )
    return done.stdout
