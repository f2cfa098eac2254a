"""Our own feeds, with the full text, and the list of them.

RSS 2.0, Atom and JSON Feed for all articles; RSS for each topic and each tag. all.opml lists what
one can follow, for a reader to take in at once.

An item's id hangs on the article's permanent `id`, so that a new title, date or address, of the
article or of the whole blog, never makes old articles look unread. Sources: RFC 4287 (Atom), the
RSS Advisory Board's specification and best practices profile, https://www.rssboard.org/rss-profile,
https://www.jsonfeed.org/version/1.1/ and http://opml.org/spec2.opml
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from html import escape, unescape
from typing import Any, NamedTuple, TextIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed
from feedgenerator.django.utils.feedgenerator import rfc3339_date
from pelican import signals
from pelican.contents import Article
from pelican.generators import ArticlesGenerator

from insession.output.cards import HEIGHT, WIDTH, card_of
from insession.output.feed_format import (
    BEFORE_ALL,
    author_name,
    feed_bytes,
    permanent_id,
    safe_html,
)
from insession.output.writer import Writer, keep

MOST_ITEMS = 50
CARD = {"medium": "image", "type": "image/png", "width": f"{WIDTH}", "height": f"{HEIGHT}"}
MOST_OF_A_TAG = 10  # a blog has many tags, and most of what they share stands in a topic's feed
CONTENT = "http://purl.org/rss/1.0/modules/content/"
CREATOR = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"  # https://www.rssboard.org/media-rss


class DatedFeed(SyndicationFeed):
    """A feed that has never changed as long as it is empty; feedgenerator would date it today."""

    def latest_post_date(self) -> datetime:
        """Return when the newest item was published or changed."""
        return super().latest_post_date() if self.items else BEFORE_ALL


class FullTextRss(DatedFeed, Rss201rev2Feed):
    """feedgenerator's RSS 2.0 with the full text and the time of the last change."""

    def rss_attributes(self) -> dict[str, str]:
        """Declare the namespaces once, at the top."""
        own: dict[str, str] = super().rss_attributes()
        return own | {"xmlns:content": CONTENT, "xmlns:dc": CREATOR, "xmlns:media": MEDIA}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add what RSS 2.0 itself has no element for."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])
        if item["updateddate"]:
            handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        handler.addQuickElement("media:content", attrs=item["card"])


class FullTextAtom(DatedFeed, Atom1Feed):
    """feedgenerator's Atom with a date if it is empty, and each entry's language and picture."""

    def root_attributes(self) -> dict[str, str]:
        """Declare the namespaces once, at the top."""
        own: dict[str, str] = super().root_attributes()
        return own | {"xmlns:media": MEDIA}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add what Atom itself has no element for."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("media:content", attrs=item["card"])

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """Say the entry's language where it isn't the feed's (RFC 4287, 2)."""
        return {"xml:lang": item["language"]} if item["language"] else {}


class Ending(NamedTuple):
    """All of an article that its end in a feed shows."""

    perspective: str
    invitation: str | None
    lang: str


class FullTextJson(DatedFeed):
    """JSON Feed 1.1 of what feedgenerator is given."""

    def write(self, outfile: TextIO, encoding: str) -> None:
        """Write the feed; feedgenerator's name and arguments."""
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "authors": [{"name": self.feed["author_name"]}],
            "language": self.feed["language"],
            "items": [*map(_json_item, self.items)],
        }
        json.dump(feed, outfile, ensure_ascii=False, indent=1)
        outfile.write("\n")


def _json_item(item: dict[str, Any]) -> dict[str, Any]:
    changed = item["updateddate"]
    found = {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "content_html": item["content"],
        "summary": unescape(item["description"]),
        "date_published": rfc3339_date(item["pubdate"]),
        "date_modified": rfc3339_date(changed) if changed else None,
        "image": item["card"]["url"],
        "language": item["language"],
        "tags": item["categories"],
        "attachments": [
            {"url": each.url, "mime_type": each.mime_type, "size_in_bytes": int(each.length)}
            for each in item["enclosures"]
        ],
    }
    return {name: value for name, value in found.items() if value}


def add_feeds(generator: ArticlesGenerator, writer: Writer) -> None:
    """Hand every feed to the writer."""
    ending = keep(partial(_ending, generator), generator.context)  # the same for most articles
    item = keep(partial(_item, generator, ending), generator.context)  # most are in several feeds

    def add(kind: type[SyndicationFeed], path: str, articles: list[Article], topic: str) -> None:
        newest = _newest(articles, MOST_OF_A_TAG if path.startswith("feeds/tag/") else MOST_ITEMS)

        def made_from() -> list[object]:
            return [kind, topic, generator.context["SITE_ID"], *map(writer.whole, newest)]

        def make() -> bytes:
            return _feed(generator, kind, path, map(item, newest), topic)

        writer.add(path, make, made_from)

    add(FullTextRss, "feeds/all.rss.xml", generator.articles, "")
    add(FullTextAtom, "feeds/all.atom.xml", generator.articles, "")
    add(FullTextJson, "feeds/all.feed.json", generator.articles, "")
    for topic, articles in generator.categories:
        add(FullTextRss, f"feeds/topic/{topic.slug}.rss.xml", articles, topic.name)
    for tag, articles in generator.tags.items():
        add(FullTextRss, f"feeds/tag/{tag.slug}.rss.xml", articles, tag.name)
    listed = [*_listed(generator)]
    writer.add("feeds/all.opml", partial(_opml, generator, listed), lambda: listed)


def _listed(generator: ArticlesGenerator) -> Iterator[tuple[str, str, str]]:
    """Yield title, feed and page of what one can follow, each once: other formats add nothing."""
    title = generator.settings["PRACTICE"].site.title
    yield title, "feeds/all.rss.xml", ""
    if generator.settings["COMMENTS"] == "on":
        yield f"Comments on {title}", "feeds/comments.atom.xml", ""
    for topic, _ in generator.categories:
        yield f"{title}: {topic.name}", f"feeds/topic/{topic.slug}.rss.xml", topic.url
    for tag in sorted(generator.tags, key=lambda tag: tag.slug):
        yield f"{title}: {tag.name}", f"feeds/tag/{tag.slug}.rss.xml", tag.url


def _opml(generator: ArticlesGenerator, listed: Iterable[tuple[str, str, str]]) -> bytes:
    file = generator.settings["PRACTICE"]
    root = Element("opml", version="2.0")
    head, body = SubElement(root, "head"), SubElement(root, "body")
    SubElement(head, "title").text = file.site.title
    SubElement(head, "ownerName").text = author_name(file.therapist)
    for title, feed, page in listed:
        addresses = {"xmlUrl": f"{file.site.url}/{feed}", "htmlUrl": f"{file.site.url}/{page}"}
        # Atom is “rss” here, too.
        SubElement(body, "outline", {"text": title, "title": title, "type": "rss"} | addresses)
    indent(root)
    xml: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return xml


def _newest(articles: list[Article], count: int) -> list[Article]:
    return sorted(articles, key=lambda article: article.date, reverse=True)[:count]


def _feed(
    generator: ArticlesGenerator,
    kind: type[SyndicationFeed],
    path: str,
    items: Iterable[dict[str, Any]],
    topic: str,
) -> bytes:
    file = generator.settings["PRACTICE"]
    feed = kind(
        title=f"{file.site.title}: {topic}" if topic else file.site.title,
        link=f"{file.site.url}/{path.removeprefix('feeds/').partition('.')[0]}/"
        if topic
        else f"{file.site.url}/",
        description=file.site.tagline,
        language=file.site.language,
        author_name=author_name(file.therapist),
        feed_url=f"{file.site.url}/{path}",
        feed_guid=permanent_id(generator.context["SITE_ID"], f"/{path}"),
    )
    for item in items:
        feed.add_item(**item)
    return feed_bytes(feed)


def _item(
    generator: ArticlesGenerator, ending: Callable[[Ending], str], article: Article
) -> dict[str, Any]:
    """What feedgenerator is given of an article."""
    site_url = generator.settings["PRACTICE"].site.url
    url = f"{site_url}/{article.url}"
    site_language = generator.settings["PRACTICE"].site.language
    text = generator.get_template("feed_item").render(
        generator.context, article=article, content=article.get_content(site_url)
    )
    invitation = getattr(article, "invitation", None)
    end = ending(Ending(article.perspective, invitation, article.lang))
    return {
        "title": article.title,
        "link": url,
        "description": escape(article.summary, quote=False),  # readers take it as HTML
        "content": safe_html(text, url) + end,
        "author_name": author_name(generator.settings["PRACTICE"].therapist),
        "pubdate": article.date,
        "updateddate": getattr(article, "modified", None),
        "unique_id": permanent_id(generator.context["SITE_ID"], f"#{article.id}"),
        "unique_id_is_permalink": False,
        "language": article.lang if article.lang != site_language.lower() else "",
        "categories": [article.category.name, *(tag.name for tag in article.tags)],
        "card": {"url": f"{site_url}/{card_of(article)}", **CARD},
        "enclosures": [*_enclosures(article, site_url)],
    }


def _ending(generator: ArticlesGenerator, article: Ending) -> str:
    end = generator.get_template("feed_item_end").render(generator.context, article=article)
    return safe_html(end, f"{generator.settings['PRACTICE'].site.url}/")


def _enclosures(article: Article, site_url: str) -> Iterator[Enclosure]:
    if recording := getattr(article, "recording", None):
        url = f"{site_url}/{recording['path']}"
        yield Enclosure(url, str(recording["length"]), recording["type"])


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(add_feeds)
