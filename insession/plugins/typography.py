"""Real quotation marks, apostrophes, dashes and ellipses, in text written in English.

Gives the templates the filter `typeset`, for her words in practice.toml.
"""

import re

from pelican import signals
from pelican.contents import Article, Content, Page
from pelican.generators import Generator
from smartypants import Attr, smartypants

from insession.markup import Attributes, rewrite_tags

# What smartypants takes for an opening quotation mark: <a>Ann</a>'s and the '90s.
APOSTROPHE = re.compile(
    r"(</(?:a|abbr|b|cite|em|i|span|strong)>)'(?=(?:s|d|m|t|ll|re|ve)\b)|(^|\s)'(?=\d\ds\b)"
)
STYLE = Attr.q | Attr.d | Attr.e | Attr.u


def set_type(content: Content) -> None:
    """Set the title, the summary, the note and the text as a book would."""
    if not isinstance(content, Article | Page) or not content.lang.startswith("en"):
        return
    content._content = typeset(content._content)
    content.title = typeset(content.title)
    content.metadata["summary"] = typeset(content.metadata["summary"])
    if hasattr(content, "content_note"):
        content.content_note = typeset(content.content_note)
    content.sources = [s | {"title": typeset(s["title"])} for s in content.sources]


def typeset(text: str) -> str:
    """Return the text or HTML with typographic signs."""
    text = rewrite_tags(text, _without_brackets)
    return smartypants(APOSTROPHE.sub(r"\1\2’", text), STYLE)


def _without_brackets(_: str, attributes: Attributes) -> Attributes | None:
    """To smartypants a tag ends at the first >, so none may stand in an attribute."""
    return attributes if any(">" in (value or "") for value in attributes.values()) else None


def offer_filter(generator: Generator) -> None:
    """Let templates typeset what comes from practice.toml."""
    english = generator.settings["DEFAULT_LANG"].startswith("en")
    generator.env.filters["typeset"] = typeset if english else str


def register() -> None:
    """Connect to Pelican."""
    signals.content_object_init.connect(set_type)
    signals.generator_init.connect(offer_filter)
