"""Readers' comments: those that she has published, and what the comments service has to know.

Gives each Article: `comments_open` (readers can write one), `comments_closed` (they could, until
she closed them from her pages), `answers_by_email` (they could, if the site had comments),
`comment_tree` (insession/comments/published_reader.py; newest last), `comment_count` and
`comments_feed` (the path of their feed, "" where comments are off), and the templates `SITE_ZONE`,
in which comments are dated. Leaves for the comments service, in the site's folder .insession, which
articles there are (threads.json) and how the site looks (frame.html): it takes ids, titles and
looks from there and never from a browser. Leaves for the web server in front of it a page for when
the service doesn't answer, and one for when too much was sent; those and the frame know by
`in_service` what they are.

Settings: COMMENTS ("on", "off"), COMMENTS_URL (the service's origin; "" is the blog's own),
COMMENTS_APPROVED (where approved.json is: a path beside content/, or an https address) and
COMMENTS_HIDDEN (ids that are left out while it can't be fetched). The templates' context gets
`COMMENTS_OLD`: whether it couldn't.
"""

import hashlib
import json
import re
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pelican import Pelican, signals
from pelican.contents import Article
from pelican.generators import ArticlesGenerator

from insession.comments.published_reader import Approved, PublishedComment, read_approved, tree
from insession.common.problems import Problem, Problems, collected
from insession.output.writer import Writer, page_words

FOR_SERVICE = ".insession"
SETTINGS = "publishconf.py"
ERROR_PAGES = ("413.html", "503.html")


def check_settings(pelican: Pelican) -> None:
    """Refuse settings that would lose readers' words; without comments, no style for them."""
    settings = pelican.settings
    if settings["COMMENTS"] not in ("on", "off"):
        what = f"COMMENTS is “{settings['COMMENTS']}”."
        raise Problems([Problem(SETTINGS, 0, what, 'Write COMMENTS = "on" or COMMENTS = "off".')])
    if not re.fullmatch(r"(https?://[\w.-]+(:\d+)?)?", settings["COMMENTS_URL"]):
        what = f"COMMENTS_URL is “{settings['COMMENTS_URL']}”, which isn't a host alone."
        how = "Write it without anything after the host: https://comments.example.org"
        raise Problems([Problem(SETTINGS, 0, what, how)])
    if settings["COMMENTS"] == "off":
        settings["STYLESHEETS"] = [s for s in settings["STYLESHEETS"] if s != "comments.css"]


def give_comments(generator: ArticlesGenerator) -> None:
    """Give each article its comments. A comment without an article is a problem."""
    settings = generator.settings
    is_on = settings["COMMENTS"] == "on"
    approved = Approved.model_construct(version=1, threads={})
    if is_on:
        approved = _read(settings, generator.context)
    threads, closed = approved.threads, approved.closed
    generator.context["COMMENTS_DIGEST"] = approved.digest
    for article in _published(generator):
        shown = is_on and article.comments != "off"
        comments = threads.get(article.id, []) if shown else []
        article.comment_tree, article.comment_count = tree(comments), len(comments)
        article.comments_feed = f"feeds/comments/{_file_name(article.id)}.atom.xml" if shown else ""
    for article in [*_published(generator), *generator.drafts]:
        is_wanted = article.comments == "open"
        article.comments_open = is_on and is_wanted and article.id not in closed
        article.comments_closed = is_on and is_wanted and article.id in closed
        article.answers_by_email = is_wanted and not is_on
    generator.context["SITE_ZONE"] = ZoneInfo(settings["TIMEZONE"])
    known = {article.id for article in [*_published(generator), *generator.drafts]}
    if not collected(settings):  # a file that can't be read has an id that isn't known yet
        orphans = {key: threads[key] for key in threads.keys() - known if threads[key]}
        collected(settings).extend(_orphaned(key, orphans[key]) for key in orphans)


def _read(settings: dict[str, Any], context: dict[str, Any]) -> Approved:
    known = read_approved(settings["COMMENTS_APPROVED"], Path(settings["PATH"]).parent)
    context["COMMENTS_OLD"] = not known.is_current
    if known.said:
        print(known.said)
    hidden = () if known.is_current else settings.get("COMMENTS_HIDDEN", ())
    threads = {
        key: [comment for comment in comments if comment.id not in hidden]
        for key, comments in known.approved.threads.items()
    }
    return known.approved.model_copy(update={"threads": threads})


def _published(generator: ArticlesGenerator) -> list[Article]:
    return [*generator.articles, *generator.hidden_articles]


def _file_name(key: str) -> str:
    """A file's name for an id; where it can't be the id itself, one that no other id has."""
    slug = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")
    return key if key == slug else f"{slug}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def _orphaned(key: str, comments: list[PublishedComment]) -> Problem:
    count, numbers = len(comments), " ".join(str(comment.id) for comment in comments)
    they = "1 comment belongs" if count == 1 else f"{count} comments belong"
    what = f"{they} to the article “{key}”, and there is no such article any more."
    how = (
        f"If you renamed its file, add a line to the header of the renamed file: id: {key}\n"
        f"    To give the comments up instead: python3 tasks.py comments.delete {numbers}"
    )
    return Problem("content/articles", 0, what, how)


def add_for_service(generator: ArticlesGenerator, writer: Writer) -> None:
    """Hand to the writer what the service needs."""
    threads = partial(_threads, generator)

    def made_from() -> list[Any]:
        return [(known := threads()), [*known["threads"]]]  # in this order

    writer.add(f"{FOR_SERVICE}/threads.json", lambda: _as_json(threads()), made_from)
    frame = f"{FOR_SERVICE}/frame.html"
    style = generator.context["SERVICE_STYLESHEET"]
    writer.add(frame, partial(_framed, generator, "comments_frame", "comments/", STYLESHEET=style))
    if generator.settings["COMMENTS"] == "on":
        for page in ERROR_PAGES:
            writer.add(page, partial(_framed, generator, page.removesuffix(".html"), page))


def _threads(generator: ArticlesGenerator) -> dict[str, Any]:
    file, is_on = generator.settings["PRACTICE"], generator.settings["COMMENTS"] == "on"
    threads = {
        article.id: {
            "title": article.title,
            "url": f"/{article.url}",
            "comments": article.comments if is_on else "off",
        }
        for article in _published(generator)
    }
    return {
        "version": 1,
        "base": file.site.base_path,
        "site": file.site.title,
        "author": file.therapist.name,
        "timezone": generator.settings["TIMEZONE"],
        "read_within": file.articles.comments_read_within,
        "approved": generator.context["COMMENTS_DIGEST"],
        "threads": threads,
    }


def _as_json(known: dict[str, Any]) -> bytes:
    return f"{json.dumps(known, ensure_ascii=False, indent=1)}\n".encode()


def _framed(generator: ArticlesGenerator, template: str, page: str, **more: str) -> bytes:
    """A page that stands where the service is; frame.html has marks for a title and a text.

    On another host its links lead to the blog, and it goes without the blog's fonts.
    """
    words = generator.context | page_words(page, {}) | {"in_service": True} | more
    if generator.settings["COMMENTS_URL"]:
        style = re.sub(r"@font-face\{[^}]*url\([^}]*\}", "", words["STYLESHEET"])
        words |= {"SITEURL": generator.settings["PRACTICE"].site.url, "STYLESHEET": style}
    html: str = generator.get_template(template).render(words)
    return html.encode()


def register() -> None:
    """Connect to Pelican."""
    signals.initialized.connect(check_settings)
    signals.article_generator_finalized.connect(give_comments)
    signals.article_writer_finalized.connect(add_for_service)
