"""Our feeds: who writes, ids that never change, and an article that stands alone in a reader.

An id hangs on what the ledger keeps for it (`SITE_ID`), not on an address: the blog may move.
"""

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from feedgenerator import SyndicationFeed

from insession.content.practice import Therapist
from insession.output.plain_html import clean_plain

# The date of a feed without any entry: no blog is older than the software that makes it.
BEFORE_ALL = datetime(2026, 11, 23, tzinfo=UTC)


def safe_html(html: str, url: str) -> str:
    """Return `html` with every address absolute to `url`, and no script, form, frame or style."""
    if (plain := clean_plain(html, url)) is not None:
        return plain
    from insession.output.parsed_html import parse_and_clean  # which takes long to load

    return parse_and_clean(html, url)


def author_name(therapist: Therapist) -> str:
    """Return her name with the credential."""
    return f"{therapist.name}, {therapist.credentials}"


def permanent_id(site_id: str, name: str) -> str:
    """Return the id of a thing of this site, which never changes (RFC 9562, version 5)."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{site_id}{name}')}"


def feed_bytes(feed: SyndicationFeed) -> bytes:
    """Return the feed as it is published."""
    xml: str = feed.writeString("utf-8")
    return xml.encode()
