"""Keeps the ledger up to date after publishing, and commits it where the project is under git."""

import subprocess
from pathlib import Path

from insession.ledger import add, read_ledger, write_ledger


def record(ledger: Path, addresses: dict[str, str]) -> str:
    """Add the address of each published text to the ledger, and say so in a sentence.

    Nothing is said if all of them stood there. Raises Problems and OSError if it can't be written.
    """
    before = read_ledger(ledger)
    after = add(before, ((address, owner) for owner, address in sorted(addresses.items())))
    count = len(after) - len(before)
    if not count:
        return ""
    write_ledger(ledger, after)
    added = f"{count} new {'address' if count == 1 else 'addresses'}"
    if _commit(ledger, f"Published: {added}"):
        return f"{added} noted in {ledger.name}; this file alone was committed."
    return f"{added} noted in {ledger.name}; keep this file with your blog."


def _commit(ledger: Path, message: str) -> bool:
    """Commit the ledger, and nothing else, if the project is under version control."""
    try:
        _git(ledger.parent, "ls-files", "--error-unmatch", "publishconf.py")
        _git(ledger.parent, "add", "--", ledger.name)
        _git(ledger.parent, "commit", "--quiet", "--only", "-m", message, "--", ledger.name)
    except (OSError, subprocess.SubprocessError):
        return False  # no git, no repository, in the middle of a merge: the file is what counts
    return True


def _git(folder: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-C", str(folder), *words],
        check=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )
