"""What all our feeds have in common: who writes, ids that never change."""

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from feedgenerator import SyndicationFeed

from insession.practice import Therapist

# The date of a feed without any entry: no blog is older than the software that makes it.
BEFORE_ALL = datetime(2026, 11, 23, tzinfo=UTC)


def author_name(therapist: Therapist) -> str:
    """Return her name with the credential."""
    return f"{therapist.name}, {therapist.credentials}"


def permanent_id(name: str) -> str:
    """Return an id that never changes and is no address (RFC 9562, version 5)."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def feed_bytes(feed: SyndicationFeed) -> bytes:
    """Return the feed as it is published."""
    return feed.writeString("utf-8").encode()
