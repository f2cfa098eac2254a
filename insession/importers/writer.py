"""Writes what an import has made ready: all of it or nothing, and never over what is there.

Everything is laid into a folder beside content/ first, and moved into its place at the end. What
was imported once is noted in `imported.json` (beside content/, to be kept under version control):
it is never imported again, so that her changes stay, and what she deletes stays away.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from insession.common.atomic_file import replace_file
from insession.common.problems import Problem, Problems
from insession.common.progress import progress
from insession.content.text_file import read_text
from insession.content.url_ledger import Ledger, write_ledger
from insession.importers.packed import Packed

RECORD = "imported.json"
STAGING = ".import.new"


def write(
    root: Path,
    files: Mapping[str, Packed],
    copies: Mapping[str, Path],
    record: Mapping[str, str],
    ledger: Ledger,
) -> None:
    """Put everything into its place, or, if anything fails, nothing. Raises OSError.

    `files` and `copies` are texts, and files to copy, by their paths inside content/.
    """
    staging, content = root / STAGING, root / "content"
    shutil.rmtree(staging, ignore_errors=True)
    moved: list[Path] = []
    try:
        for name, packed in files.items():
            path = staging / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(packed.text, encoding="utf-8", newline="\n")
        with progress("Copying the pictures", len(copies)) as advance:
            for name, source in copies.items():
                (staging / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, staging / name)
                advance(1)
        for name in [*copies, *files]:
            target = content / name
            if target.exists():  # the very picture is there already, or a file came meanwhile
                if name in copies:
                    continue
                raise FileExistsError(17, "this file has been made meanwhile", str(target))
            target.parent.mkdir(parents=True, exist_ok=True)
            (staging / name).rename(target)
            moved.append(target)
        write_record(root / RECORD, record)
        write_ledger(root / "urls.json", ledger)
    except OSError:
        for path in moved:
            path.unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def read_record(path: Path) -> dict[str, str]:
    """Return what was imported before: the text for each name in WordPress. Raises Problems."""
    if not path.exists():
        return {}
    how = "Bring back an earlier version of it, or remove it to import everything anew."
    try:
        texts = json.loads(read_text(path, path.name))["texts"]
    except (ValueError, TypeError, KeyError):
        raise Problems([Problem(path.name, 0, "this file can't be read.", how)]) from None
    if not isinstance(texts, dict) or not all(isinstance(owner, str) for owner in texts.values()):
        raise Problems([Problem(path.name, 0, "“texts” isn't written right.", how)])
    return texts


def write_record(path: Path, record: Mapping[str, str]) -> None:
    """Write what has been imported, one text a line, in one step."""
    text = json.dumps(
        {"version": 1, "texts": dict(sorted(record.items()))}, indent=1, ensure_ascii=False
    )
    replace_file(path, f"{text}\n".encode())
