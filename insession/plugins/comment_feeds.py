"""Atom feeds of the published comments: one for each article that takes them, one for all.

Reads what insession/plugins/comments.py gives each article. Source: RFC 4287.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any

from feedgenerator import Atom1Feed
from pelican import signals
from pelican.contents import Article
from pelican.generators import ArticlesGenerator

from insession.content.practice import PracticeFile
from insession.output.feed_format import BEFORE_ALL, author_name, feed_bytes, permanent_id
from insession.output.writer import Writer

MOST_ITEMS = 50


class CommentsFeed(Atom1Feed):
    """An Atom feed that is dated by its article as long as it is empty."""

    def latest_post_date(self) -> datetime:
        """Return when it last changed, the same in every build."""
        newest: datetime = super().latest_post_date() if self.items else self.feed["begun"]
        return newest


def add_feeds(generator: ArticlesGenerator, writer: Writer) -> None:
    """Hand the feeds to the writer; that of all leaves out what isn't listed."""
    if generator.settings["COMMENTS"] == "off":
        return
    file, site_id = generator.settings["PRACTICE"], generator.context["SITE_ID"]
    for article in [*generator.articles, *generator.hidden_articles]:
        if article.comments_feed:
            make = partial(_of_one, article, file, site_id)
            writer.add(article.comments_feed, make, partial(writer.whole, article))
    writer.add("feeds/comments.atom.xml", partial(_of_all, generator.articles, file, site_id))


def _of_one(article: Article, file: PracticeFile, site_id: str) -> bytes:
    title, link = f"Comments on “{article.title}”", f"{article.url}#comments"
    items = _items(article, file, site_id)
    return _feed(file, site_id, article.comments_feed, title, link, article.date, items)


def _of_all(articles: list[Article], file: PracticeFile, site_id: str) -> bytes:
    begun = max((article.date for article in articles), default=BEFORE_ALL)
    items = chain.from_iterable(_items(article, file, site_id) for article in articles)
    title = f"Comments on {file.site.title}"
    return _feed(file, site_id, "feeds/comments.atom.xml", title, "", begun, items)


def _items(article: Article, file: PracticeFile, site_id: str) -> Iterator[dict[str, Any]]:
    for comment in [c for top in article.comment_tree for c in (top, *top.replies)]:
        if comment.is_removed:
            continue
        name = author_name(file.therapist) if comment.by_author else comment.name or "Anonymous"
        yield {
            "title": f"{name} on “{article.title}”",
            "link": f"{file.site.url}/{article.url}#comment-{comment.id}",
            "description": None,
            "content": comment.html,
            "author_name": name,
            "pubdate": comment.created,
            "unique_id": permanent_id(site_id, f"#comment-{comment.id}"),
        }


def _feed(
    file: PracticeFile,
    site_id: str,
    path: str,
    title: str,
    link: str,
    begun: datetime,
    items: Iterable[dict[str, Any]],
) -> bytes:
    feed = CommentsFeed(
        title=title,
        link=f"{file.site.url}/{link}",
        description=None,
        language=file.site.language,
        author_name=author_name(file.therapist),
        feed_url=f"{file.site.url}/{path}",
        feed_guid=permanent_id(site_id, f"/{path}"),
        begun=begun,
    )
    for item in sorted(items, key=lambda item: item["pubdate"], reverse=True)[:MOST_ITEMS]:
        feed.add_item(**item)
    return feed_bytes(feed)


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(add_feeds)
