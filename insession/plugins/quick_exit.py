"""Decides where “Leave this page” stands. Gives each article and page `has_quick_exit`.

A text's header decides, or else its topic (content/topics.toml) and the site (practice.toml).
"""

from pelican import signals
from pelican.contents import Article, Content
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.utils import slugify


def decide(generators: list[Generator]) -> None:
    """Set `has_quick_exit`, also on drafts and hidden texts."""
    settings = generators[0].settings
    by_site: bool = settings["PRACTICE"].site.quick_exit
    topics = {
        slugify(topic, regex_subs=settings["SLUG_REGEX_SUBSTITUTIONS"])
        for topic, said in settings["TOPICS"].items()
        if said.quick_exit
    }
    for text in [text for generator in generators for text in _texts(generator)]:
        by_topic = isinstance(text, Article) and text.category.slug in topics
        text.has_quick_exit = getattr(text, "quick_exit", by_site or by_topic)


def _texts(generator: Generator) -> list[Content]:
    if isinstance(generator, ArticlesGenerator):
        return [*generator.articles, *generator.hidden_articles, *generator.drafts]
    if isinstance(generator, PagesGenerator):
        return [*generator.pages, *generator.hidden_pages, *generator.draft_pages]
    return []


def register() -> None:
    """Connect to Pelican."""
    signals.all_generators_finalized.connect(decide)
