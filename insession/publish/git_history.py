"""What the git history of her texts has had: a clone knows by it what others have published."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from insession.publish.lineage import TEXTS, fingerprint, of_blob

NO_BLOB = "0" * 40
LOG = ("log", "--format=", "--raw", "--no-abbrev", "--no-renames", "-m", "-z", "--relative", "HEAD")


def find_past(content: Path, wanted: set[str]) -> dict[str, str]:
    """Return the path in content/ of each of these fingerprints that the history has had.

    Nothing where there is no git, no repository, or only the newest commit of it.
    """
    try:
        blobs = {*_blobs(_git(content, *LOG, "--", ".").decode("utf-8", "replace"))}
        found = {mark: file for file, blob in blobs if (mark := of_blob(file, blob)) in wanted}
        if wanted - found.keys():  # perhaps its line ends were others, which git keeps as they are
            texts = [(file, blob) for file, blob in sorted(blobs) if file.endswith(TEXTS)]
            for (file, _), data in zip(texts, _contents(content, texts), strict=True):
                found[fingerprint(file, data)] = file
        return {mark: found[mark] for mark in wanted & found.keys()}
    except (OSError, subprocess.SubprocessError, ValueError):
        return {}


def _blobs(log: str) -> Iterator[tuple[str, str]]:
    """Yield each file, as it was before and after each commit."""
    parts = iter(log.split("\0"))
    for row in parts:
        if row.startswith(":"):
            file, (_, _, *blobs, _) = next(parts), row.split(" ")
            yield from ((file, blob) for blob in blobs if blob != NO_BLOB)


def _contents(content: Path, texts: list[tuple[str, str]]) -> Iterator[bytes]:
    """Yield what is in each of these."""
    answer = _git(content, "cat-file", "--batch", typed="".join(f"{blob}\n" for _, blob in texts))
    at = 0
    for _ in texts:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].rpartition(b" ")[2])
        yield answer[end + 1 : end + 1 + size]
        at = end + size + 2


def _git(folder: Path, *words: str, typed: str = "") -> bytes:
    return subprocess.run(
        ["git", "-C", str(folder), *words],
        input=typed.encode(),
        capture_output=True,
        check=True,
        timeout=120,
    ).stdout
