"""What all our feeds have in common: who writes, ids that never change.

An id hangs on what the ledger keeps for it (`SITE_ID`), not on an address: the blog may move.
"""

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from feedgenerator import SyndicationFeed

from insession.practice import Therapist

# The date of a feed without any entry: no blog is older than the software that makes it.
BEFORE_ALL = datetime(2026, 11, 23, tzinfo=UTC)


def author_name(therapist: Therapist) -> str:
    """Return her name with the credential."""
    return f"{therapist.name}, {therapist.credentials}"


def permanent_id(site_id: str, name: str) -> str:
    """Return the id of a thing of this site, which never changes (RFC 9562, version 5)."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{site_id}{name}')}"


def feed_bytes(feed: SyndicationFeed) -> bytes:
    """Return the feed as it is published."""
    return feed.writeString("utf-8").encode()
