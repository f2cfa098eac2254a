"""What Pelican's contents have: by Pelican itself, from a text's header, and from our plugins.

A plugin that gives contents another attribute adds it here. What a header may leave out (`cover`,
`modified` and so on) is not there at all without it: ask with hasattr or getattr.
"""

from datetime import datetime
from typing import Any, Protocol

from pelican.urlwrappers import Author, Category, Tag

from insession.comments.published_reader import PublishedComment
from insession.output.digest import Read

class Memoized(Protocol):
    """A method whose answers Pelican keeps (pelican.utils.memoized)."""

    cache: dict[Any, str]
    def __call__(self, siteurl: str) -> str: ...

class Content:
    # By Pelican
    settings: dict[str, Any]
    metadata: dict[str, Any]
    source_path: str
    relative_source_path: str
    relative_dir: str
    slug: str
    title: str
    summary: str
    status: str
    lang: str
    in_default_lang: bool
    url: str
    save_as: str
    override_url: str
    override_save_as: str
    content: str
    _content: str
    _context: dict[str, Any]
    get_content: Memoized
    get_summary: Memoized
    def _update_content(self, content: str, siteurl: str) -> str: ...
    # From the header (insession/plugins/reader.py)
    id: str
    own_id: str
    raw_body: str
    content_note: str
    quick_exit: bool
    modified: datetime
    reviewed: datetime
    sources: list[dict[str, str]]
    # By the other plugins
    art: dict[str, str]
    has_quick_exit: bool
    headings: tuple[str, ...]
    names_practice: bool
    pictures: set[str]
    search_words: str
    written: dict[str, list[str]]
    _links: tuple[str, list[tuple[str, str]]]
    # By the engine
    _read: Read
    _card: str

class Page(Content):
    menu: int

class Article(Content):
    date: datetime
    author: Author
    authors: list[Author]
    category: Category
    tags: list[Tag]
    # From the header
    audio: str
    comments: str
    cover: str
    cover_alt: str
    invitation: str
    perspective: str
    series: str
    start: int
    vignette: str
    # By the plugins
    answers_by_email: bool
    comment_count: int
    comment_tree: list[PublishedComment]
    comments_closed: bool
    comments_feed: str
    comments_open: bool
    cover_picture: dict[str, str]
    cover_photo: object
    is_long: bool
    key_words: str
    minutes: int
    parts: list[Article]
    word_count: int
    recording: dict[str, Any]

class SkipStub(Content): ...
class Static(Content): ...
