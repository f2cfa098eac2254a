"""sitemap.xml, serialised, with published addresses and true dates only.

Source: https://www.sitemaps.org/protocol.html.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pelican import signals
from pelican.contents import Article
from pelican.generators import ArticlesGenerator

from insession.output.writer import Writer

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def add_sitemap(generator: ArticlesGenerator, writer: Writer) -> None:
    """Hand it to the writer."""
    site = generator.settings["PRACTICE"].site
    addresses = partial(_addresses, generator)
    writer.add("sitemap.xml", lambda: _sitemap(addresses(), site.url), lambda: [*addresses()])


def _sitemap(addresses: Iterable[tuple[str, datetime | None]], site_url: str) -> bytes:
    root = Element("urlset", xmlns=NAMESPACE)
    for address, changed in addresses:
        url = SubElement(root, "url")
        SubElement(url, "loc").text = f"{site_url}/{address}"
        if changed:
            SubElement(url, "lastmod").text = changed.isoformat(timespec="seconds")
    indent(root)
    xml: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return xml


def _addresses(generator: ArticlesGenerator) -> Iterator[tuple[str, datetime | None]]:
    """Yield each published address with the time its page last changed."""
    newest = _latest(generator.articles)
    yield "", newest
    for article in generator.articles:
        yield article.url, _latest([article])
    for page in generator.context["pages"]:
        yield page.url, getattr(page, "modified", None)
    yield generator.settings["ARCHIVES_URL"], newest
    yield "search/", newest
    if glossary := generator.settings["GLOSSARY_URL"]:
        yield glossary, None
    for word, articles in [*generator.categories, *generator.tags.items()]:
        yield word.url, _latest(articles)


def _latest(articles: list[Article]) -> datetime | None:
    return max((getattr(a, "modified", a.date) for a in articles), default=None)


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(add_sitemap)
