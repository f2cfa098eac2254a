"""What to read next: the articles before and after. Gives each Article: `older`, `newer`."""

from itertools import pairwise

from pelican import signals
from pelican.generators import ArticlesGenerator


def link_neighbours(generator: ArticlesGenerator) -> None:
    """Set `older` and `newer` on the published articles (None at the ends)."""
    for article in generator.articles:
        article.older = article.newer = None
    for newer, older in pairwise(generator.articles):
        older.newer, newer.older = newer, older


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(link_neighbours)
