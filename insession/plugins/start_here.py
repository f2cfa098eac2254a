"""What to read first: the articles with `start: 1`, 2, 3 in the header. Gives templates `START`."""

from pelican import signals
from pelican.generators import ArticlesGenerator


def choose_first(generator: ArticlesGenerator) -> None:
    """Give the front page these articles, by their number; of one number the newest first."""
    found = [article for article in generator.articles if hasattr(article, "start")]
    generator.context["START"] = sorted(found, key=lambda article: article.start)


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(choose_first)
