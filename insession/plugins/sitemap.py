"""sitemap.xml and robots.txt, serialised, with published addresses and true dates only.

Sources: https://www.sitemaps.org/protocol.html, RFC 9309 (robots.txt).
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from pelican import signals
from pelican.generators import ArticlesGenerator

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_sitemap(generator: ArticlesGenerator, writer: object) -> None:
    """Write both files into the output folder."""
    site, output = generator.settings["PRACTICE"].site, Path(generator.output_path)
    root = Element("urlset", xmlns=NAMESPACE)
    for address, changed in _addresses(generator):
        url = SubElement(root, "url")
        SubElement(url, "loc").text = f"{site.url}/{address}"
        if changed:
            SubElement(url, "lastmod").text = changed.isoformat(timespec="seconds")
    indent(root)
    ElementTree(root).write(output / "sitemap.xml", encoding="utf-8", xml_declaration=True)
    robots = f"User-agent: *\nAllow: /\nSitemap: {site.url}/sitemap.xml\n"
    (output / "robots.txt").write_text(robots, encoding="utf-8")


def _addresses(generator: ArticlesGenerator) -> Iterator[tuple[str, datetime | None]]:
    """Yield each published address with the time its page last changed."""
    newest = _latest(generator.articles)
    yield "", newest
    for article in generator.articles:
        yield article.url, _latest([article])
    for page in generator.context["pages"]:
        yield page.url, getattr(page, "modified", None)
    yield generator.settings["ARCHIVES_URL"], newest
    for word, articles in [*generator.categories, *generator.tags.items()]:
        yield word.url, _latest(articles)


def _latest(articles: list) -> datetime | None:
    return max((getattr(a, "modified", a.date) for a in articles), default=None)


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(write_sitemap)
