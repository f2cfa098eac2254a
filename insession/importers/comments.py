"""Brings comments from another service into ours; the same file twice adds nothing twice."""

import re
import sqlite3
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit

from insession.comments import Refusal, store
from insession.comments.sanitize import NAME_MOST, clean
from insession.common.progress import progress
from insession.importers.comment_formats import Imported

# What has been imported once, for ever: what she deletes or erases later doesn't come back.
IMPORTED = "CREATE TABLE IF NOT EXISTS imported (source TEXT PRIMARY KEY, comment INTEGER NOT NULL)"
INDEX_PAGES = ("index.html", "index.htm", "index.php")
POST = re.compile(r"(p|page_id)=\d+")  # WordPress's addresses without words: /?p=12
ENDINGS = (".html", ".htm", ".php", ".md")


@dataclass
class CommentsReport:
    """What an import did: comments by status, the ones left out by reason, the pages not found."""

    added: Counter[str] = field(default_factory=Counter)
    known: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        waiting, published = self.added["pending"], self.added["published"]
        lines = [
            f"Imported {_comments(waiting + published)}: {published} published, {waiting} waiting."
        ]
        if self.known:
            lines.append(
                f"{_comments(self.known)} had been imported before and stayed as they are."
            )
        lines += [f"Left out: {count} {why}." for why, count in sorted(self.left_out.items())]
        if self.unmapped:
            lines += ["", "These pages are no articles here, so their comments were left out:"]
            lines += [
                f"  {page} ({_comments(count)})" for page, count in sorted(self.unmapped.items())
            ]
            page = min(self.unmapped)
            lines += [
                "If one of them is an article under another name, say so and import once more;",
                f"for instance: --page {_path(page) or '/old-address'}=name-of-the-article",
            ]
        return "\n".join(lines)


class ArticleFinder:
    """Finds the article that an address of another blog, or an old one of this, means."""

    def __init__(
        self, addresses: Mapping[str, str], site_url: str, named: Iterable[str] = ()
    ) -> None:
        """Take each article's address by its id, and pairs such as "/2019/old/=article-id"."""
        self._base = _path(site_url)
        self._paths = {self._inside(address): id_ for id_, address in addresses.items()}
        # The address's last word is tried before the file's name: it is what the world has seen.
        self._words = {id_.casefold(): id_ for id_ in addresses}
        self._words |= {path.rpartition("/")[2]: id_ for path, id_ in self._paths.items()}
        self._named = {}
        for pair in named:
            page, equals, id_ = pair.rpartition("=")
            if not equals or id_ not in addresses:
                raise Refusal(f"“{pair}” isn't an old address, “=” and the id of an article here.")
            self._named[self._inside(page)] = id_

    def find(self, pages: Iterable[str]) -> str | None:
        """Return the id: as she named it, by the whole path, or by the path's last word."""
        paths = [path for page in pages if (path := _path(page))]
        words = [path.rpartition("/")[2] for path in paths]
        for ending in ENDINGS:
            words += [word.removesuffix(ending) for word in words if word.endswith(ending)]
        found = [self._named.get(self._inside(path)) for path in paths]
        found += [self._paths.get(self._inside(path)) for path in paths]
        found += [self._words.get(word) for word in words]
        return next(filter(None, found), None)

    def _inside(self, address: str) -> str:
        """The path without the folder in which the blog lies on its host."""
        path = _path(address)
        return path.removeprefix(self._base) if f"{path}/".startswith(f"{self._base}/") else path


def bring_in(
    connection: sqlite3.Connection,
    comments: Iterable[Imported],
    articles: ArticleFinder,
    drafts: Container[str] = (),
) -> CommentsReport:
    """Store what is new, all of it or, if anything fails, nothing. Returns the report.

    Nothing becomes public on an article in `drafts`.
    """
    by_source = {comment.source: comment for comment in comments}
    report, taken = CommentsReport(), {}
    for comment in by_source.values():
        article = articles.find(comment.pages)
        if comment.left_out or not clean(comment.body):
            report.left_out[comment.left_out or "without any text"] += 1
        elif article is None:
            report.unmapped[next(filter(None, comment.pages), "(no address)")] += 1
        else:
            taken[comment.source] = article
    with store.transaction(connection):
        connection.execute(IMPORTED)
        ids = dict(connection.execute("SELECT source, comment FROM imported").fetchall())
        report.known = sum(source in ids for source in taken)
        existing = {row[0] for row in connection.execute("SELECT id FROM comment").fetchall()}
        new = [by_source[source] for source in taken if source not in ids]
        tops = {comment.source: _top(comment, by_source, taken) for comment in new}
        # What is answered comes before its answers, whatever the clocks of the time said.
        new.sort(key=lambda comment: (tops[comment.source] is not None, comment.created))
        with progress("Importing the comments", len(new)) as advance:
            for comment in new:
                if taken[comment.source] in drafts:
                    comment = replace(comment, status="pending")
                top = ids.get(tops[comment.source])
                parent = top if top in existing else None
                number = _insert(connection, comment, taken[comment.source], parent)
                ids[comment.source] = number
                existing.add(number)
                report.added[comment.status] += 1
                advance(1)
    return report


def _top(
    comment: Imported, by_source: Mapping[str, Imported], taken: Mapping[str, str]
) -> str | None:
    """The source of the highest comment above this one that comes along on the same article."""
    top, seen = None, {comment.source}
    parent = comment.parent
    while parent and parent in by_source and parent not in seen:
        if taken.get(parent) == taken[comment.source]:
            top = parent
        seen.add(parent)
        parent = by_source[parent].parent
    return top


def _insert(
    connection: sqlite3.Connection, comment: Imported, article: str, parent: int | None
) -> int:
    number = store.insert(
        connection,
        article,
        " ".join(clean(comment.name).split())[:NAME_MOST],
        clean(comment.body),
        parent=parent,
        status=comment.status,
        by_author=int(comment.by_author),
        created=comment.created or store.now(),
        decided=None if comment.status == "pending" else store.now(),
    )
    connection.execute("INSERT INTO imported VALUES (?, ?)", (comment.source, number))
    return number


def _path(address: str) -> str:
    """An address's path, as two spellings of the same one compare equal: /blog/some-words."""
    try:
        parts = urlsplit(address.strip())
        path = unquote(parts.path).casefold()
    except ValueError:
        return ""
    for name in INDEX_PAGES:
        path = path.removesuffix(f"/{name}")
    path = path.rstrip("/") if path.startswith("/") else f"/{path.rstrip('/')}".rstrip("/")
    return f"{path}/?{parts.query}" if POST.fullmatch(parts.query) else path


def _comments(count: int) -> str:
    return f"{count} {'comment' if count == 1 else 'comments'}"
