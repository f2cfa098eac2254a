"""A disk of a test's own, which can be full or read-only: where the system lets us mount one."""

import errno
import os
import subprocess
from pathlib import Path

MEGABYTE = 1 << 20


def mount_disk(folder: Path) -> bool:
    """Put a disk of 64 MB at this folder; False if that isn't allowed here."""
    folder.mkdir()
    return _mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder))


def unmount_disk(folder: Path) -> None:
    """Take it away again, also if somebody still uses it."""
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path, left: int) -> None:
    """Leave room for so many bytes, or nothing, whoever else writes there meanwhile."""
    taken = 0
    with (folder / "ballast").open("wb") as file:
        while (size := free(folder) - left) > 0:
            try:
                os.posix_fallocate(file.fileno(), taken, size)
                taken += size
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise  # another has just taken some of it: there is less to take


def free(folder: Path) -> int:
    """Return how many bytes can still be written."""
    state = os.statvfs(folder)
    return state.f_bavail * state.f_frsize


def used(folder: Path) -> int:
    """Return how many bytes are taken."""
    state = os.statvfs(folder)
    return (state.f_blocks - state.f_bavail) * state.f_frsize


def lock(folder: Path) -> bool:
    """Let nothing be written; False while somebody is writing."""
    return _mount("-o", "remount,ro", str(folder))


def mend(folder: Path) -> None:
    """Let it be written again, with room for everything."""
    assert _mount("-o", "remount,rw", str(folder))
    (folder / "ballast").unlink(missing_ok=True)


def _mount(*words: str) -> bool:
    try:
        return not subprocess.run(["mount", *words], capture_output=True, check=False).returncode
    except OSError:
        return False
