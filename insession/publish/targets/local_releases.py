"""Earlier releases on this computer, for a target that keeps none itself.

In the project lie, for each place to which the blog was published:

    .releases/<place>/published/              what was read back from there last
    .releases/<place>/20260304-101500-271828/ what was published before (four of these)

What didn't change is a hard link where the disk knows such links.
"""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from insession.output.output_folder import MARK
from insession.publish.manifest import Digests, digests, names
from insession.publish.target_config import Setting

FOLDER = ".releases"
KEPT = 4  # with the one that is published, five


def read_back(setting: Setting) -> Path:
    """Return the folder for what is read back from this place. Raises Problems and OSError."""
    root = setting.root / FOLDER
    if root.is_dir() and any(root.iterdir()) and not (root / MARK).exists():
        what = "this folder holds files that were not made here."
        how = "Move them elsewhere: earlier releases of your blog are kept here."
        raise setting.refused(what, how, f"{FOLDER}/")
    (root / MARK).mkdir(parents=True, exist_ok=True)
    folder = _place(setting) / "published"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def earlier(setting: Setting, shown: Digests) -> list[Path]:
    """Return the releases before the one that is shown, the oldest first. Raises OSError."""
    kept = [path for path in sorted(_place(setting).glob("2*")) if path.suffix != ".new"]
    while kept and digests(kept[-1]) == shown:  # left by a run that was killed
        shutil.rmtree(kept.pop())
    return kept


def keep(setting: Setting, release: Path) -> None:
    """Keep a release beside the earlier ones. Raises OSError."""
    for left in _place(setting).glob("*.new"):
        shutil.rmtree(left)
    kept = earlier(setting, digests(release))
    last = f"{kept[-1].name}a" if kept else ""
    name = max(f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}", last)
    fresh = _place(setting) / f"{name}.new"
    for file in names(release):
        to = fresh / file
        to.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(release / file, to)
        except OSError:  # not every disk knows them
            shutil.copyfile(release / file, to)
    fresh.rename(fresh.with_suffix(""))
    for old in kept[: -(KEPT - 1)]:
        shutil.rmtree(old)


def _place(setting: Setting) -> Path:
    return setting.root / FOLDER / quote(setting.values["remote"], safe="")
