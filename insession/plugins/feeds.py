"""Our own feeds: RSS 2.0 and Atom for all articles, RSS for each topic, with the full text.

An item's id hangs on the article's permanent `id`, so that a new title, date or address never
makes old articles look unread. Sources: RFC 4287 (Atom), the RSS Advisory Board's
specification and best practices profile, https://www.rssboard.org/rss-profile
"""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from feedgenerator.django.utils.feedgenerator import rfc3339_date
from pelican import signals
from pelican.contents import Article
from pelican.generators import ArticlesGenerator

from insession.feed_file import author_name, permanent_id, write_feed
from insession.feed_html import safe_html

MOST_ITEMS = 50
CONTENT = "http://purl.org/rss/1.0/modules/content/"
CREATOR = "http://purl.org/dc/elements/1.1/"


class FullTextRss(Rss201rev2Feed):
    """feedgenerator's RSS 2.0 with the full text and the time of the last change."""

    def rss_attributes(self) -> dict[str, str]:
        """Declare the namespaces once, at the top."""
        return super().rss_attributes() | {"xmlns:content": CONTENT, "xmlns:dc": CREATOR}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add what RSS 2.0 itself has no element for."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])
        if item["updateddate"]:
            handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))


def write_feeds(generator: ArticlesGenerator, writer: object) -> None:
    """Write every feed into the output folder."""
    items = {article: _item(generator, article) for article in _newest(generator.articles)}
    _write(generator, FullTextRss, "feeds/all.rss.xml", "", items.values())
    _write(generator, Atom1Feed, "feeds/all.atom.xml", "", items.values())
    for topic, articles in generator.categories:
        chosen = [items.get(a) or _item(generator, a) for a in _newest(articles)]
        _write(generator, FullTextRss, f"feeds/topic/{topic.slug}.rss.xml", topic.name, chosen)


def _newest(articles: list[Article]) -> list[Article]:
    return sorted(articles, key=lambda article: article.date, reverse=True)[:MOST_ITEMS]


def _write(
    generator: ArticlesGenerator,
    kind: type[SyndicationFeed],
    path: str,
    topic: str,
    items: Iterable[dict[str, Any]],
) -> None:
    file = generator.settings["PRACTICE"]
    feed = kind(
        title=f"{file.site.title}: {topic}" if topic else file.site.title,
        link=f"{file.site.url}/" + (f"topic/{path.split('/')[-1].split('.')[0]}/" if topic else ""),
        description=file.site.tagline,
        language=file.site.language,
        author_name=author_name(file.therapist),
        feed_url=f"{file.site.url}/{path}",
        feed_guid=permanent_id(f"{file.site.url}/{path}"),
    )
    for item in items:
        feed.add_item(**item)
    write_feed(feed, Path(generator.output_path) / path)


def _item(generator: ArticlesGenerator, article: Article) -> dict[str, Any]:
    site_url = generator.settings["PRACTICE"].site.url
    url = f"{site_url}/{article.url}"
    text = generator.get_template("feed_item").render(
        generator.context, article=article, content=article.get_content(site_url)
    )
    return {
        "title": article.title,
        "link": url,
        "description": escape(article.summary, quote=False),  # readers take it as HTML
        "content": safe_html(text, url),
        "author_name": author_name(generator.settings["PRACTICE"].therapist),
        "pubdate": article.date,
        "updateddate": getattr(article, "modified", None),
        "unique_id": permanent_id(f"{site_url}#{article.id}"),
        "unique_id_is_permalink": False,
        "categories": [article.category.name, *(tag.name for tag in article.tags)],
    }


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(write_feeds)
