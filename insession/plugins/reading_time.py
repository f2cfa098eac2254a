"""How long an article takes to read. Gives each Article: `minutes`.

Adults read non-fiction in English silently at about 238 words a minute: M. Brysbaert, "How many
words do we read per minute?", Journal of Memory and Language 109 (2019),
https://doi.org/10.1016/j.jml.2019.104047
"""

import re

from pelican import signals
from pelican.contents import Article, Content

WORDS_A_MINUTE = 238


def count_minutes(content: Content) -> None:
    """Set `minutes`, at least 1."""
    if isinstance(content, Article):
        words = len(re.sub(r"<[^>]*>", " ", content._content).split())
        content.minutes = max(1, round(words / WORDS_A_MINUTE))


def register() -> None:
    """Connect to Pelican."""
    signals.content_object_init.connect(count_minutes)
