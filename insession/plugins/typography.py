"""Real quotation marks, apostrophes, dashes and ellipses, in text written in English."""

from pelican import signals
from pelican.contents import Article, Content, Page
from smartypants import Attr, smartypants

STYLE = Attr.q | Attr.d | Attr.e | Attr.u


def set_type(content: Content) -> None:
    """Set the title, the summary, the note and the text as a book would."""
    if not isinstance(content, Article | Page) or not content.lang.startswith("en"):
        return
    content._content = smartypants(content._content, STYLE)
    content.title = smartypants(content.title, STYLE)
    content.metadata["summary"] = smartypants(content.metadata["summary"], STYLE)
    if hasattr(content, "content_note"):
        content.content_note = smartypants(content.content_note, STYLE)


def register() -> None:
    """Connect to Pelican."""
    signals.content_object_init.connect(set_type)
