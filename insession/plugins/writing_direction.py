"""In texts of other languages: what isn't in that language, or isn't written in its direction.

Telephone numbers, addresses and code run from left to right everywhere (Unicode, UAX #9); the
words that our Markdown extension adds (insession/plugins/prose.py) are English.
"""

import re
from functools import partial

import phonenumbers
from pelican import signals
from pelican.contents import Article, Content, Page

from insession.languages import INTERFACE, direction, is_english
from insession.markup import Attributes, rewrite_tags

CODE = {"code", "pre", "kbd", "samp"}
OURS = {"notes-title", "section-link", "footnote-ref", "footnote-backref"}
# Also what practice_words.py hasn't filled in yet: {practice.phone}.
LEADS_OUT = re.compile(r"(tel|sms|mailto|https?):|\{")
# What isn't running text: tags, and what has its direction already.
APART = re.compile(r"(<(a|code|pre|kbd|samp|bdi|bdo|svg|script|style)\b.*?</\2>|<[^>]*>)", re.S)


def set_directions(content: Content) -> None:
    """Mark them in the text."""
    if not isinstance(content, Article | Page) or is_english(content.lang):
        return
    content._content = rewrite_tags(content._content, partial(_mark, content.lang))
    if direction(content.lang) == "rtl":
        region = phonenumbers.region_code_for_number(
            phonenumbers.parse(content.settings["PRACTICE"].practice.phone)
        )
        content._content = _isolate_in_html(content._content, region)
        content.title = _isolate(content.title, region)
        content.metadata["summary"] = _isolate(content.metadata["summary"], region)
        if hasattr(content, "content_note"):
            content.content_note = _isolate(content.content_note, region)


def _isolate_in_html(html: str, region: str | None) -> str:
    """Set apart each telephone number that stands in running text."""
    parts, end = [], 0
    for tag in APART.finditer(html):
        parts += [_isolate(html[end : tag.start()], region, '<bdi dir="ltr">', "</bdi>"), tag[0]]
        end = tag.end()
    return "".join([*parts, _isolate(html[end:], region, '<bdi dir="ltr">', "</bdi>")])


def _isolate(text: str, region: str | None, start: str = "\u2066", stop: str = "\u2069") -> str:
    """Set apart the telephone numbers in a text: with signs of Unicode's where no HTML can be."""
    parts, end = [], 0
    for found in phonenumbers.PhoneNumberMatcher(text, region):
        if text[: found.start].endswith("\u2066"):  # as practice_words.py sets them apart
            continue
        parts += [text[end : found.start], start, found.raw_string, stop]
        end = found.end
    return "".join([*parts, text[end:]])


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
