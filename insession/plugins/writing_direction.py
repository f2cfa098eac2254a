"""In texts of other languages: what isn't in that language, or isn't written in its direction.

Telephone numbers, addresses, times and code run from left to right everywhere (Unicode, UAX #9);
the words that our Markdown extension adds (insession/plugins/markdown_extension.py) are English.

Gives the templates the filter `isolate`, for her words in practice.toml.
"""

import re
from functools import partial

from markupsafe import Markup, escape
from pelican import signals
from pelican.contents import Article, Content, Page
from pelican.generators import Generator

from insession.common.html import Attributes, rewrite_tags
from insession.content.languages import INTERFACE, direction, is_english, isolate, isolate_in_html

CODE = {"code", "pre", "kbd", "samp"}
OURS = {"notes-title", "section-link", "footnote-ref", "footnote-backref"}
# Also what placeholders.py hasn't filled in yet: {practice.phone}.
LEADS_OUT = re.compile(r"(tel|sms|mailto|https?):|\{")


def set_directions(content: Content) -> None:
    """Mark them in the text."""
    if not isinstance(content, Article | Page) or is_english(content.lang):
        return
    content._content = rewrite_tags(content._content, partial(_mark, content.lang))
    if direction(content.lang) == "rtl":
        region = content.settings["PRACTICE"].practice.phone.belongs_to
        content._content = isolate_in_html(content._content, region)
        content.title = isolate(content.title, region)
        content.metadata["summary"] = isolate(content.metadata["summary"], region)
        if hasattr(content, "content_note"):
            content.content_note = isolate(content.content_note, region)


def offer_filter(generator: Generator) -> None:
    """Let templates set apart what is typed in practice.toml."""
    settings = generator.settings
    region = settings["PRACTICE"].practice.phone.belongs_to
    generator.env.filters["isolate"] = (
        (lambda words: Markup(isolate_in_html(str(escape(words)), region)))  # noqa: S704  (escaped)
        if direction(settings["DEFAULT_LANG"]) == "rtl"
        else lambda words: words
    )


def _mark(language: str, tag: str, attributes: Attributes) -> Attributes | None:
    if attributes.keys() & {"lang", "dir"}:
        return None
    classes = (attributes.get("class") or "").split()
    if OURS.intersection(classes):
        return attributes | {"lang": INTERFACE, "dir": "ltr"}
    if "table-scroll" in classes:  # the name is ours, the table is not
        return attributes | {"lang": INTERFACE}
    if tag == "table":
        return attributes | {"lang": language, "dir": direction(language)}
    if direction(language) == "ltr":
        return None
    if tag in CODE:
        return attributes | {"dir": "ltr"}
    # A link's own words say which way they run; digits alone run from left to right.
    if tag == "a" and LEADS_OUT.match(attributes.get("href") or ""):
        return attributes | {"dir": "auto"}
    return None


def register() -> None:
    """Connect to Pelican."""
    signals.content_object_init.connect(set_directions)
    signals.generator_init.connect(offer_filter)
