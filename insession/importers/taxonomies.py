"""The old blog's lists, one for each category and tag, and the topic or tag that it is here."""

from collections.abc import Iterable
from datetime import datetime

from insession.importers.front_matter_out import topic_and_tags
from insession.importers.posts import Post
from insession.importers.slugs import site_slug
from insession.importers.wxr import Export

DEEPEST = 10  # categories within each other


def lists_of(export: Export, texts: Iterable[Post], now: datetime) -> dict[str, str]:
    """Return "topic:in-the-room" or "tag:silence" for the address of each old list.

    Only lists that have something to show from the start; a category that is a topic of one text
    and a tag of another is the topic.
    """
    found: dict[str, str] = {}
    for text in texts:
        if text.kind != "article" or text.place.live is None or text.place.live > now:
            continue
        topic, tags = topic_and_tags(text)
        slugs = {site_slug(tag): f"tag:{site_slug(tag)}" for tag in tags}
        slugs |= {site_slug(topic): f"topic:{site_slug(topic)}"} if topic else {}
        for kind, pairs in (("category", text.item.categories), ("tag", text.item.tags)):
            for nicename, name in pairs:
                owner = slugs.get(site_slug(name))
                address = _address(kind, nicename, export)
                if owner and not found.get(address, "").startswith("topic:"):
                    found[address] = owner
    return found


def _address(kind: str, nicename: str, export: Export) -> str:
    """The address that WordPress gives a list unless it is told otherwise: below its parents'."""
    names = [nicename]
    while kind == "category" and (above := export.parents.get(names[0])) and len(names) < DEEPEST:
        names.insert(0, above)
    folder = export.lists[kind == "tag"]
    return f"{export.home.rstrip('/')}/{folder}/{'/'.join(names)}/"
