"""What other comment services export, read into `Imported`: WordPress, Disqus and Isso.

E-mail addresses, websites and network addresses are in these files too; they are not even read.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException

from insession.comments import Refusal
from insession.importers.comment_text import from_html, from_markdown, name_from
from insession.importers.heal_xml import Part, TooDeepError, read_parts

UNKNOWN = "This is no file that can be imported: it must come from WordPress, Disqus or Isso."
DISQUS_ID = "{http://disqus.com/disqus-internals}id"
WORDPRESS_STATUS = {"1": "published", "0": "pending"}
ISSO_STATUS = {1: "published", 2: "pending"}


@dataclass(frozen=True)
class Imported:
    """One comment as another service kept it.

    `source` names it for ever; `parent` is the source of what it answers; `pages` are addresses
    of its article, the best first; `left_out` says why it can't come along, or is empty.
    """

    source: str
    parent: str | None
    pages: tuple[str, ...]
    name: str
    body: str
    created: str
    status: str = "published"
    by_author: bool = False
    left_out: str = ""


def read(path: Path) -> list[Imported]:
    """Return every comment in an export, whichever service it is from. Raises Refusal."""
    try:
        with path.open("rb") as file:
            if file.read(16) == b"SQLite format 3\0":
                return list(_isso(path))
            file.seek(0)
            return list(_xml(file))
    except OSError as error:
        why = (error.strerror or "it can't be opened").lower()
        raise Refusal(f"{path} can't be read: {why}.") from None
    except (ParseError, TooDeepError, IndexError):
        raise Refusal(f"{path} is not a complete XML file.") from None
    except DefusedXmlException:
        raise Refusal(
            f"{path} has a DOCTYPE in it, which no export has and which could do harm: refused."
        ) from None
    except sqlite3.Error as error:
        raise Refusal(f"{path} can't be read as Isso's database: {error}.") from None


def _xml(file: IO[bytes]) -> Iterator[Imported]:
    parts = read_parts(file)
    first = next(parts, None)
    if first is None or (not first.is_whole and first.entry):
        raise Refusal(f"{file.name} is not a complete XML file: nothing in it can be read.")
    root, damaged = first.parse(), list[Imported]()
    entries = _entries(parts, damaged)
    if _local(root) == "rss":
        yield from _wordpress(root, entries)
    elif _local(root) == "disqus":
        yield from _disqus(entries)
    else:
        raise Refusal(UNKNOWN)
    yield from damaged


def _entries(parts: Iterable[Part], damaged: list[Imported]) -> Iterator[Element]:
    """Yield what can be read, one at a time: a blog's whole text may be in the file."""
    for part in parts:
        if not part.entry:
            continue
        try:
            if not part.is_whole:
                raise ParseError
            yield part.parse()
        except ParseError:
            why = "that the file cuts off or has damaged; export once more, and import that file"
            source = f"damaged {part.line}"
            damaged.append(Imported(source, None, (), "", "", "", left_out=why))


# WordPress: wp-admin/includes/export.php writes this file; its namespace changes with its version


def _wordpress(root: Element, items: Iterable[Element]) -> Iterator[Imported]:
    blog, is_wordpress = "", False
    authors = {_text(each, "author_id"): _text(each, "author_login") for each in root.iter()}
    for element in root.iterfind("./channel/*"):
        is_wordpress |= _local(element) == "wxr_version"
        blog = (element.text or "").strip() if _local(element) == "base_blog_url" else blog
    if not is_wordpress:
        raise Refusal(UNKNOWN)
    for item in items:
        for comment in _children(item, "comment"):
            yield _wordpress_comment(comment, item, blog, authors)


def _wordpress_comment(
    comment: Element, item: Element, blog: str, authors: dict[str, str]
) -> Imported:
    kind, approved = _text(comment, "comment_type"), _text(comment, "comment_approved")
    parent = _text(comment, "comment_parent")
    left_out = ""
    if kind not in ("", "comment"):
        left_out = "from other websites' machines (pingbacks and the like)"
    elif approved not in WORDPRESS_STATUS:
        left_out = "marked as spam or put in the bin"
    # WordPress shows a comment as the author's when the one who wrote the article wrote it.
    user = authors.get(_text(comment, "comment_user_id")) or None
    # What only some could read stays so until she says otherwise.
    was_public = _text(item, "status") in ("", "publish") and not _text(item, "post_password")
    return Imported(
        source=f"wordpress {blog} {_text(comment, 'comment_id')}",
        parent=f"wordpress {blog} {parent}" if parent not in ("", "0") else None,
        pages=(_text(item, "link"), _text(item, "post_name")),
        name=name_from(_text(comment, "comment_author")),
        body=from_html(_text(comment, "comment_content")),
        created=_date(_text(comment, "comment_date_gmt"), _text(comment, "comment_date")),
        status=WORDPRESS_STATUS.get(approved, "pending") if was_public else "pending",
        by_author=user is not None and user == _text(item, "creator"),
        left_out=left_out,
    )


# Disqus: threads are the pages, posts the comments; both are tied together by dsq:id


def _disqus(entries: Iterable[Element]) -> Iterator[Imported]:
    pages: dict[str, tuple[str, ...]] = {}
    for element in entries:
        if _local(element) == "thread":
            pages[element.get(DISQUS_ID, "")] = (_text(element, "link"), _text(element, "id"))
        else:
            yield _disqus_post(element, pages)


def _disqus_post(post: Element, pages: dict[str, tuple[str, ...]]) -> Imported:
    thread, parent = _child(post, "thread"), _child(post, "parent")
    author = _child(post, "author")
    left_out = ""
    if _text(post, "isSpam") == "true":
        left_out = "marked as spam or put in the bin"
    elif _text(post, "isDeleted") == "true":
        left_out = "deleted"
    return Imported(
        source=f"disqus {post.get(DISQUS_ID)}",
        parent=None if parent is None else f"disqus {parent.get(DISQUS_ID)}",
        pages=() if thread is None else pages.get(thread.get(DISQUS_ID, ""), ()),
        name=name_from("" if author is None else _text(author, "name")),
        body=from_html(_text(post, "message")),
        created=_date(_text(post, "createdAt")),
        status="pending" if _text(post, "isApproved") == "false" else "published",
        left_out=left_out,
    )


# Isso: its tables `threads` and `comments`, the same columns in all its versions


def _isso(path: Path) -> Iterator[Imported]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        if not {"threads", "comments"} <= tables:
            raise Refusal(UNKNOWN)
        for row in connection.execute(
            "SELECT c.id, c.parent, c.created, c.mode, c.text, c.author, t.uri"
            " FROM comments AS c JOIN threads AS t ON t.id = c.tid ORDER BY c.id"
        ):
            yield Imported(
                source=f"isso {row['uri']} {row['id']}",
                parent=f"isso {row['uri']} {row['parent']}" if row["parent"] else None,
                pages=(row["uri"],),
                name=name_from(row["author"] or ""),
                body=from_markdown(row["text"] or ""),
                created=_date_of_seconds(row["created"]),
                status=ISSO_STATUS.get(row["mode"], "pending"),
                left_out="" if row["mode"] in ISSO_STATUS else "deleted",
            )


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _children(element: Element, name: str) -> list[Element]:
    return [child for child in element if _local(child) == name]


def _child(element: Element, name: str) -> Element | None:
    return next(iter(_children(element, name)), None)


def _text(element: Element, name: str) -> str:
    child = _child(element, name)
    return "" if child is None else (child.text or "").strip()


def _date(*candidates: str) -> str:
    """The first of these that is a date, in UTC; WordPress writes 0000-00-00 where it has none."""
    for candidate in candidates:
        try:
            date = datetime.fromisoformat(candidate)
            return _utc(date.replace(tzinfo=UTC) if date.tzinfo is None else date)
        except (ValueError, OverflowError):  # the last for the year 1 in another zone
            continue
    return ""


def _date_of_seconds(seconds: object) -> str:
    try:
        return _utc(datetime.fromtimestamp(float(str(seconds)), UTC))
    except (ValueError, OverflowError, OSError):
        return ""


def _utc(date: datetime) -> str:
    return date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
