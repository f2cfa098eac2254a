"""Articles that belong together and are read in order. Gives each Article: `parts`.

Those are all published articles whose header names the same `series`, the oldest first; none where
there aren't two.
"""

from collections import defaultdict

from pelican import signals
from pelican.contents import Article
from pelican.generators import ArticlesGenerator


def join_parts(generator: ArticlesGenerator) -> None:
    """Set `parts`, also on drafts and hidden articles, of which others don't know."""
    parts: defaultdict[str, list[Article]] = defaultdict(list)
    for article in reversed(generator.articles):
        if name := series_of(article):
            parts[name].append(article)
    for article in [*generator.articles, *generator.hidden_articles, *generator.drafts]:
        found = parts.get(series_of(article), [])
        article.parts = found if article in found and len(found) > 1 else []


def series_of(article: Article) -> str:
    """Return the name of its series, however its capitals and spaces are written, or ""."""
    return " ".join(getattr(article, "series", "").casefold().split())


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(join_parts)
