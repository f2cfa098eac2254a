"""In texts of other languages: what isn't in that language, or isn't written in its direction.

Telephone numbers, addresses and code run from left to right everywhere (Unicode, UAX #9); the
words that our Markdown extension adds (insession/plugins/prose.py) are English.
"""

import re
from functools import partial

from pelican import signals
from pelican.contents import Article, Content, Page

from insession.languages import INTERFACE, direction, is_english
from insession.markup import Attributes, rewrite_tags

CODE = {"code", "pre", "kbd", "samp"}
OURS = {"notes-title", "section-link", "footnote-ref", "footnote-backref"}
# Also what practice_words.py hasn't filled in yet: {practice.phone}.
LEADS_OUT = re.compile(r"(tel|sms|mailto|https?):|\{")


def set_directions(content: Content) -> None:
    """Mark them in the text."""
    if isinstance(content, Article | Page) and not is_english(content.lang):
        content._content = rewrite_tags(content._content, partial(_mark, content.lang))


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
