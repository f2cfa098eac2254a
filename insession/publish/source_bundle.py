"""What a site was built from, sent along with it: so the server can build it again by itself.

It is needed where comments are: when she has approved one, the server publishes the site anew
(republish.py) from the sources of just the release that is shown. They lie in it, in a folder that
only their owner can read, and that the web server hides besides. Drafts stay at home; texts that
wait for their day go along, so that they appear on it.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from insession.content.url_ledger import read_kept, read_ledger, write_ledger
from insession.output.output_folder import MARK
from insession.publish.built_site import SiteBuild
from insession.publish.update_ledger import updated

FOLDER = ".source"
SETTINGS = ("pelicanconf.py", "publishconf.py")


def add_sources(root: Path, site: SiteBuild) -> None:
    """Put into a built site what it was built from; `root` is the folder of the project.

    Raises Problems if the ledger can't be read, and OSError.
    """
    to = site.folder / FOLDER
    # What the build tells the comments service (insession/plugins/comments.py) goes with it.
    shutil.copytree(site.folder / MARK, to / MARK)
    for folder in (site.content, site.theme):
        if folder.is_relative_to(root):
            shutil.copytree(folder, to / folder.relative_to(root), ignore=_left_out(site))
    for name in SETTINGS:
        if (root / name).is_file():
            shutil.copyfile(root / name, to / name)
    ledger, kept = updated(read_ledger(site.ledger), read_kept(site.ledger), site)
    write_ledger(to / site.ledger.name, ledger, kept)


def _left_out(site: SiteBuild) -> Callable[[str, list[str]], set[str]]:
    """Return what tells shutil.copytree which names in a folder to leave out."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        return {name for name in names if name.startswith(".") or Path(folder, name) in site.drafts}

    return left_out
