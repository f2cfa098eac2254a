"""Gives each text its permanent id: insession/content/ids.py.

Gives the settings `IDS` (path in content/ → id, where that isn't the file's name) before anything
is read, and `RENAMED`: a line for each file that has another name than when it was published last.
"""

from pathlib import Path

from pelican import Pelican, signals

from insession.common.problems import Problems, collected
from insession.content.ids import Ids, permanent_ids


def find_ids(pelican: Pelican) -> None:
    """Compare the files with the ledger; plugins/redirects.py tells what is wrong with that."""
    settings = pelican.settings
    content = Path(settings["PATH"])
    try:
        ids = permanent_ids(content, content.parent / settings["LEDGER"], settings["IGNORE_FILES"])
    except Problems:
        ids = Ids()
    settings["IDS"], settings["RENAMED"] = ids.by_file, ids.renamed
    collected(settings).extend(ids.problems)


def register() -> None:
    """Connect to Pelican."""
    signals.initialized.connect(find_ids)
