"""What all our feeds have in common: who writes, ids that never change, how a file is written."""

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from feedgenerator import SyndicationFeed

from insession.practice import Therapist


def author_name(therapist: Therapist) -> str:
    """Return her name with the credential."""
    return f"{therapist.name}, {therapist.credentials}"


def permanent_id(name: str) -> str:
    """Return an id that never changes and is no address (RFC 9562, version 5)."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def write_feed(feed: SyndicationFeed, path: Path) -> None:
    """Write the feed, making the folder if it isn't there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        feed.write(out, "utf-8")
