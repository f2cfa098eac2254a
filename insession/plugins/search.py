"""The search: an index of each language's texts, and all titles, topics and tags from A to Z.

The index lies at `search/LANGUAGE.js` (insession/output/search_index.py); what says that somebody
may be in danger at `search/danger.js`, as it stands in insession/comments/danger_words.txt. Both
are modules, because a page may load scripts of the site, and by our policy nothing else.

Gives each text `headings` and `search_words`; gives the templates `SEARCH_INDEXES`, the paths of
the indexes, and the function `by_letter`. `collect_words` is called when a text has been read.
"""

import json
import re
from collections.abc import Iterable
from functools import partial
from itertools import groupby
from typing import NamedTuple

from pelican import signals
from pelican.contents import Article, Content
from pelican.generators import ArticlesGenerator, Generator
from pelican.urlwrappers import URLWrapper

from insession.comments import danger_words
from insession.content.languages import direction
from insession.content.words import plain_text, split_words, words_by_weight
from insession.output.digest import card
from insession.output.search_index import Entry, make_index
from insession.output.writer import Writer

HEADING = re.compile(r"<h([2-4])\b(?![^>]*\bnotes-title\b)[^>]*>(.*?)</h\1>", re.S)
DANGER = "search/danger.js"
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
DIGITS, SIGNS = "0–9", "字"  # what numbers, and Chinese signs, stand under


class Listed(NamedTuple):
    """What stands in the list from A to Z: a text, a topic or a tag, with what it is called."""

    kind: str
    address: str
    title: str
    text: Content | None


def collect_words(content: Content) -> None:
    """Set `headings` and `search_words`, once nothing changes the text any more."""
    html, summary = content._content, content.metadata["summary"]
    content.headings = tuple(
        " ".join(plain_text(heading).split()) for _, heading in HEADING.findall(html)
    )
    named = [summary, *content.headings, *_topic_and_tags(content)]
    content.search_words = words_by_weight(content.title, named, plain_text(html))


def _topic_and_tags(content: Content) -> list[str]:
    known = content.metadata
    return [str(word) for word in (known.get("category", ""), *known.get("tags", ()))]


def add_search(generator: ArticlesGenerator, writer: Writer) -> None:
    """Hand the indexes to the writer, each made of its texts as they are then."""
    for language, texts in _by_language(generator).items():
        make = partial(_index, language, texts)
        writer.add(_path(language), make, partial(_made_from, texts))
    writer.add(DANGER, _danger, danger_words.FILE.read_bytes)


def _by_language(generator: ArticlesGenerator) -> dict[str, list[Content]]:
    """Return the texts that readers may find, the newest articles first, then the pages."""
    found: dict[str, list[Content]] = {}
    pages = sorted(generator.context["pages"], key=lambda page: page.url)
    for text in (*generator.articles, *pages):
        found.setdefault(text.lang, []).append(text)
    return dict(sorted(found.items()))


def _path(language: str) -> str:
    return f"search/{language.lower()}.js"


def _made_from(texts: list[Content]) -> list[tuple[str, str]]:
    return [(card(text), text._read.body) for text in texts]


def _index(language: str, texts: list[Content]) -> bytes:
    return make_index(language, direction(language), map(_entry, texts))


def _entry(text: Content) -> Entry:
    topic = text.category.name if isinstance(text, Article) else ""
    shown = text.url, str(text.title), str(text.summary), topic
    return Entry(*shown, text.headings, text.search_words)


def _danger() -> bytes:
    from insession.comments.danger import for_browsers  # it takes its time to read the list

    return f"export default {json.dumps(for_browsers(), ensure_ascii=False)};\n".encode()


def name_indexes(generators: list[Generator]) -> None:
    """Tell the page of the search where the indexes will be."""
    for generator in generators:
        if isinstance(generator, ArticlesGenerator):
            generator.context["SEARCH_INDEXES"] = [*map(_path, _by_language(generator))]


def offer_order(generator: Generator) -> None:
    """Give the templates `by_letter`."""
    generator.env.globals["by_letter"] = by_letter


def by_letter(
    texts: Iterable[Content], topics: Iterable[URLWrapper], tags: Iterable[URLWrapper]
) -> list[tuple[str, list[Listed]]]:
    """Return all of them in one order, with the letter that each part of it stands under."""
    listed = [Listed("", text.url, str(text.title), text) for text in texts]
    listed += [Listed("Topic", word.url, word.name, None) for word in topics]
    listed += [Listed("Tag", word.url, word.name, None) for word in tags]
    ordered = sorted(
        ((_order(each), each) for each in listed), key=lambda one: (one[0], one[1][1:3])
    )
    return [
        (letter, [each for _, each in part])
        for (_, letter), part in groupby(ordered, lambda one: one[0][:2])
    ]


def _order(listed: Listed) -> tuple[bool, str, str]:
    """Return what it is sorted by: numbers first, then what it stands under, then its words."""
    words = " ".join(split_words(listed.title)) or "…"
    first = words[0]
    if first.isdigit():
        return False, DIGITS, words
    return True, SIGNS if HAN.match(first) else first.upper(), words


def register() -> None:
    """Connect to Pelican."""
    signals.generator_init.connect(offer_order)
    signals.all_generators_finalized.connect(name_indexes)
    signals.article_writer_finalized.connect(add_search)
