"""The sections of a long article, to go to. Gives the templates the filter `contents`."""

import re
from html import unescape
from typing import NamedTuple

from pelican import signals
from pelican.contents import Article
from pelican.generators import ArticlesGenerator

FEWEST = 3  # sections that need a list
HEADING = re.compile(r'<h2 [^>]*?\bid="([^"]*)"[^>]*>(.*?)</h2>', re.S)
TAG = re.compile(r"<[^>]*>")
NOTES = "notes-title"  # our own heading, above the footnotes


class Section(NamedTuple):
    """A heading of the second rank: its id, and its words without any HTML."""

    id: str
    title: str


def contents(article: Article) -> list[Section]:
    """Return the sections of an article, if it is long and has enough of them."""
    if not article.is_long or article.content.count("<h2 ") < FEWEST:
        return []
    found = [
        Section(unescape(id_), " ".join(unescape(TAG.sub("", title)).split()))
        for id_, title in HEADING.findall(article.content)
        if id_ != NOTES
    ]
    return found if len(found) >= FEWEST else []


def offer_contents(generator: ArticlesGenerator) -> None:
    """Give the templates the filter."""
    generator.env.filters["contents"] = contents


def register() -> None:
    """Connect to Pelican."""
    signals.generator_init.connect(offer_contents)
