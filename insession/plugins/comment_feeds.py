"""Atom feeds of the published comments: one for each article that takes them, one for all.

Reads what insession/plugins/comments.py gives each article. Source: RFC 4287.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from feedgenerator import Atom1Feed
from pelican import signals
from pelican.contents import Article
from pelican.generators import ArticlesGenerator

from insession.feed_file import author_name, permanent_id, write_feed
from insession.practice import PracticeFile

MOST_ITEMS = 50


class CommentsFeed(Atom1Feed):
    """An Atom feed that is dated by its article as long as it is empty."""

    def latest_post_date(self) -> datetime:
        """Return when it last changed, the same in every build."""
        return super().latest_post_date() if self.items else self.feed["begun"]


def write_feeds(generator: ArticlesGenerator, writer: object) -> None:
    """Write the feeds into the output folder; that of all leaves out what isn't listed."""
    if generator.settings["COMMENTS"] == "off":
        return
    file, everything = generator.settings["PRACTICE"], []
    for article in [*generator.articles, *generator.hidden_articles]:
        items = [*_items(article, file)]
        if article in generator.articles:
            everything += items
        if article.comments_feed:
            path, link = article.comments_feed, f"{article.url}#comments"
            title = f"Comments on “{article.title}”"
            _write(generator, path, title, link, article.date, items)
    now = datetime.now().astimezone()
    begun = max((article.date for article in generator.articles), default=now)
    title = f"Comments on {file.site.title}"
    _write(generator, "feeds/comments.atom.xml", title, "", begun, everything)


def _items(article: Article, file: PracticeFile) -> Iterator[dict[str, Any]]:
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
            "unique_id": permanent_id(f"{file.site.url}#comment-{comment.id}"),
        }


def _write(
    generator: ArticlesGenerator,
    path: str,
    title: str,
    link: str,
    begun: datetime,
    items: list[dict[str, Any]],
) -> None:
    file = generator.settings["PRACTICE"]
    feed = CommentsFeed(
        title=title,
        link=f"{file.site.url}/{link}",
        description=None,
        language=file.site.language,
        author_name=author_name(file.therapist),
        feed_url=f"{file.site.url}/{path}",
        feed_guid=permanent_id(f"{file.site.url}/{path}"),
        begun=begun,
    )
    for item in sorted(items, key=lambda item: item["pubdate"], reverse=True)[:MOST_ITEMS]:
        feed.add_item(**item)
    write_feed(feed, Path(generator.output_path) / path)


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(write_feeds)
