"""Lets her text name what stands in practice.toml: `{practice.phone}`, `{therapist.name}`.

In running text a telephone number, an address or an e-mail becomes a link; in the target of a
link the marker becomes the plain address: `[my practice]({practice.website})`.

Gives each text `names_practice`: whether it depends on practice.toml in this way.
"""

import re
from html import escape
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.contents import Article, Content, Page

from insession.common.html import Attributes, rewrite_tags
from insession.common.problems import Problem, collected, shown_path
from insession.content.field_types import Phone
from insession.content.languages import direction, isolate_in_html
from insession.content.text_file import body_line

MARKER = re.compile(r"\{([a-z_]+)\.([a-z_]+)\}")
LINK = re.compile(r"<a\b.*?</a>", re.S)
SECTIONS = ("site", "therapist", "practice", "offer")


def fill_in(content: Content) -> None:
    """Replace the markers in the body, the title and the summary."""
    if not isinstance(content, Article | Page):
        return
    written = f"{content.title} {content.metadata['summary']} {content._content}"
    content.names_practice = MARKER.search(written) is not None
    content.title = MARKER.sub(lambda m: _in_line(content, m), content.title)
    summary = content.metadata["summary"]
    content.metadata["summary"] = MARKER.sub(lambda m: _in_line(content, m), summary)
    if MARKER.search(content._content):
        html = rewrite_tags(content._content, lambda _, attrs: _attributes(content, attrs))
        html = LINK.sub(lambda link: _in_link(content, link[0]), html)
        content._content = MARKER.sub(lambda m: _html(content, _value(content, m)), html)


def _in_line(content: Content, marker: re.Match[str]) -> str:
    """The words in a title or a summary, which hold no HTML.

    In a text from right to left a number is set apart by signs of Unicode's (UAX #9, 2.4).
    """
    value = _value(content, marker)
    is_turned = isinstance(value, Phone) and direction(content.lang) == "rtl"
    return f"\u2066{_plain(value)}\u2069" if is_turned else _plain(value)


def _attributes(content: Content, attributes: Attributes) -> Attributes | None:
    filled = {
        name: MARKER.sub(lambda m: _value(content, m), value) if value else value
        for name, value in attributes.items()
    }
    if marker := MARKER.fullmatch(attributes.get("href") or ""):
        filled["href"] = _target(_value(content, marker))
    return filled if filled != attributes else None


def _target(value: str) -> str:
    """What a link to a telephone number or an e-mail address leads to."""
    if isinstance(value, Phone):
        return value.href
    return f"mailto:{value}" if _is_email(value) else value


def _in_link(content: Content, link: str) -> str:
    """The words of a link hold no second link."""
    return MARKER.sub(lambda m: _inside(_value(content, m)), link)


def _inside(value: str) -> str:
    words = escape(_plain(value))
    is_code = isinstance(value, Phone) or "://" in value or _is_email(value)
    return f'<bdi dir="ltr">{words}</bdi>' if is_code else words


def _plain(value: str) -> str:
    return value.local if isinstance(value, Phone) else value


def _html(content: Content, value: str) -> str:
    if isinstance(value, Phone):
        return f'<a class="phone" href="{value.href}" dir="ltr">{escape(value.local)}</a>'
    if value.startswith(("https://", "http://")):
        return (
            f'<a href="{escape(value)}" dir="ltr">{escape(value.split("://")[1].rstrip("/"))}</a>'
        )
    if _is_email(value):
        return f'<a href="mailto:{escape(value)}" dir="ltr">{escape(value)}</a>'
    if direction(content.lang) == "rtl":
        region = content.settings["PRACTICE"].practice.phone.belongs_to
        return isolate_in_html(escape(value), region)
    return escape(value)


def _is_email(value: str) -> bool:
    return bool(re.fullmatch(r"[^@\s]+@[^@\s]+", value))


def _value(content: Content, marker: re.Match[str]) -> str:
    """Look the marker up; one that stands for nothing is a problem with its line."""
    practice_file = content.settings["PRACTICE"]
    section: Any = getattr(practice_file, marker[1]) if marker[1] in SECTIONS else None
    value = getattr(section, marker[2], None) if section is not None else None
    if isinstance(value, str):
        return value
    path = Path(content.source_path)
    known = section is not None and marker[2] in type(section).model_fields
    what = f"{marker[0]} stands for nothing" + (": practice.toml leaves it out." if known else ".")
    how = f"Give {marker[2]} a value in [{marker[1]}] of content/practice.toml, or remove it here."
    line = body_line(path, content.raw_body, marker[0])
    problem = Problem(shown_path(path, content.settings), line, what, how)
    collected(content.settings).append(problem)
    return marker[0]


def register() -> None:
    """Connect to Pelican."""
    signals.content_object_init.connect(fill_in)
