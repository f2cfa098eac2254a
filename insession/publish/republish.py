"""On the server itself: publishes again what is published there, with the newest comments.

The comments service starts this when she has approved a comment, or when another release is shown;
once a day it brings the texts whose day has come. Everything is taken from the release that is
shown (source_bundle.py), goes the way of any other publishing (command.py), and becomes a release
beside the others: so nothing of what she published meanwhile can get lost, and `undo` works as
always.
"""

import os
import shutil
import sys
from pathlib import Path

from insession.comments.config import comments_folder
from insession.common.locks import alone
from insession.publish import command
from insession.publish.source_bundle import FOLDER
from insession.publish.target_config import Setting
from insession.publish.targets.ssh_server import HERE

CACHE = ".cache"  # pictures that were made already: the one thing that is kept from time to time
NOTHING = "Nothing is published here with its sources yet, so there is nothing to publish again."


def publish_again(folder: str) -> int:
    """Publish anew what `folder` (as in the setting of the target) shows. Returns the exit code."""
    comments = comments_folder(os.environ).resolve()
    if not (comments / "approved.json").is_file():
        print(f"{comments} holds no comments: start the comments service first.", file=sys.stderr)
        return 1
    with alone(comments / "again.lock"):
        shown = Path(folder, "current").resolve()
        if not (shown / FOLDER).is_dir():
            print(NOTHING)
            return 0
        work = comments / "again"
        work.mkdir(mode=0o700, exist_ok=True)
        _take(shown / FOLDER, work)
        settings = _write_settings(work, comments / "approved.json")
        sys.path.insert(0, str(work))  # publishconf.py takes most from pelicanconf.py beside it
        values = {"target": "server", "server": HERE, "folder": folder, "release": shown.name}
        return command.publish(settings_file=str(settings), setting=Setting(values, work))


def _take(sources: Path, work: Path) -> None:
    """Copy the sources of a release, in the place of those of an earlier one."""
    for old in work.iterdir():
        if old.is_dir() and old.name != CACHE:
            shutil.rmtree(old)
        elif old.is_file():
            old.unlink()
    shutil.copytree(sources, work, dirs_exist_ok=True)


def _write_settings(work: Path, approved: Path) -> Path:
    """Write her settings for publishing, but for where the comments are; return that file."""
    settings = work / "serverconf.py"
    text = (work / "publishconf.py").read_text(encoding="utf-8")
    settings.write_text(f"{text}\nCOMMENTS_APPROVED = {str(approved)!r}\n", encoding="utf-8")
    return settings
