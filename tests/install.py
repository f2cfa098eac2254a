"""Running other programs, and installing them where that needs no password."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path


def run(command: Sequence[str | Path], seconds: float, **env: str) -> str | None:
    """What the command printed, or None where it can't start, fails or takes too long."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            check=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            env={**os.environ, **env},
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def install_from_debian(package: str) -> None:
    """Only where it needs no password: as root, as in most containers."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        update_debians_lists()
        install = ["apt-get", "--yes", "--no-install-recommends", "install", package]
        run(install, seconds=600, DEBIAN_FRONTEND="noninteractive")


@cache
def update_debians_lists() -> None:
    """Once, however many programs are missing."""
    run(["apt-get", "--yes", "update"], seconds=120)
