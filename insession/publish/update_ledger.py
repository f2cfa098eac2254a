"""Keeps the ledger up to date after publishing, and commits it where the project is under git."""

import subprocess
from pathlib import Path

from insession.content.similarity import are_close
from insession.content.url_ledger import (
    Kept,
    Ledger,
    Published,
    add,
    read_kept,
    read_ledger,
    write_ledger,
)
from insession.publish.built_site import SiteBuild


def record(site: SiteBuild) -> str:
    """Add what was published to the ledger, and say so in a sentence.

    Nothing is said if all of it stood there. Raises Problems and OSError if it can't be written.
    """
    before, kept = read_ledger(site.ledger), read_kept(site.ledger)
    after, now = updated(before, kept, site)
    if (before, kept) == (after, now):
        return ""
    write_ledger(site.ledger, after, now)
    count, name = len(after) - len(before), site.ledger.name
    added = f"{count} new {'address' if count == 1 else 'addresses'}" if count else "Your texts"
    if _commit(site.ledger, f"Published: {added}"):
        return f"{added} noted in {name}; this file alone was committed."
    return f"{added} noted in {name}; keep this file with your blog."


def updated(ledger: Ledger, kept: Kept, site: SiteBuild) -> tuple[Ledger, Kept]:
    """Return the ledger as it is once this site is published.

    A text's sketch stays as long as the text is much the same: so not each edit changes the file.
    """
    addresses = ((address, owner) for owner, address in sorted(site.addresses.items()))
    files = {text.file for text in site.texts.values()}
    texts = {owner: text for owner, text in kept.texts.items() if text.file not in files}
    for owner, text in site.texts.items():
        before = kept.texts.get(owner)
        is_close = before is not None and are_close(before.words, text.words)
        texts[owner] = Published(text.file, before.words) if before and is_close else text
    return add(ledger, addresses), Kept(kept.site or site.site_id, texts)


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
