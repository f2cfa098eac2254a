"""What to read next: the articles that are nearest to one. Gives templates `related(article)`.

Near are those that share words, tags or the topic, and the rarer what they share is among all
texts, the nearer: K. Spärck Jones, "A statistical interpretation of term specificity", Journal of
Documentation 28 (1972), https://doi.org/10.1108/eb026526. Gives each Article `key_words`, what of
its words is compared: found when it is read, and remembered with it.

In an index each word leads to the articles that have it. Only an article's rarest words are
followed, so a blog of ten times as many takes ten times as long. Everything is counted in whole
numbers, which are the same on each machine.
"""

from bisect import bisect, insort
from collections import defaultdict
from heapq import nlargest
from math import isqrt

from pelican import signals
from pelican.contents import Article, Content
from pelican.generators import ArticlesGenerator

from insession.content.key_words import key_words
from insession.output.writer import keep

MOST, FEWEST = 3, 2  # articles that are shown; where too little is shared, those of about its day
COMMON = 24  # articles that share a word: what more share says little
FOLLOWED = 200  # so many steps along an article's rarest words are enough
SHORT = 400  # letters: by so little no text is nearer than a longer one
TAG, TOPIC = 8, 4  # how many words one of these weighs


def collect_words(content: Content) -> None:
    """Set `key_words`: the beginnings of its words, each once, with spaces around each."""
    if isinstance(content, Article):
        content.key_words = key_words(f"{content.metadata['title']}\n{content.raw_body}")


class Index:
    """The published articles, newest first, and which of them have a word, a tag or a topic."""

    def __init__(self, articles: list[Article]) -> None:
        """Take the articles, with the words that they have now."""
        self.articles = articles
        self.places = {article.id: place for place, article in enumerate(articles)}
        self._words = [article.key_words for article in articles]
        # What → the places of the articles that have it, in order.
        self._having: defaultdict[str, list[int]] = defaultdict(list)
        self._weights: dict[int, int] = {}
        for place, article in enumerate(articles):
            for each in (*marks(article), *article.key_words.split()):
                self._having[each].append(place)

    def follow(self) -> None:
        """Take in the words that are others than before: a save may change those alone."""
        having = self._having
        for place, article in enumerate(self.articles):
            old, new = self._words[place], article.key_words
            if old is new:
                continue
            for word in old.split():
                having[word].remove(place)
            for word in new.split():
                insort(having[word], place)
            self._words[place] = new

    def nearest(self, article: Article) -> list[Article]:
        """Return those to read after this one, the nearest first."""
        place = self.places.get(article.id, -1)
        near = self._shared(article, place)
        left_out = {self.places.get(part.id) for part in article.parts} | {place}
        words, total = self._words, len(self.articles)
        # One number for both: how near, for a text of its length, and of two as near the newer.
        ranks = [
            (score * 64 // isqrt(SHORT + len(words[other])) + 1) * total - other - 1
            for other, score in near.items()
            if other not in left_out
        ]
        found = [total - 1 - rank % total for rank in nlargest(MOST, ranks)]
        if len(found) < FEWEST:
            day = place if place >= 0 else 0
            others = [n for n in range(day - MOST, day + MOST + 2) if 0 <= n < total]
            others = [n for n in others if n not in left_out and n not in found]
            others.sort(key=lambda n: (abs(n - day), n))
            found += others[: FEWEST - len(found)]
        return [self.articles[other] for other in found]

    def _shared(self, article: Article, place: int) -> dict[int, int]:
        """Return how much some other articles share with this one."""
        having, near, followed = self._having, dict[int, int](), 0
        most = min(COMMON, 1 + len(self.articles) // 2)
        by_count: list[list[list[int]]] = [[] for _ in range(most + 1)]
        for word in article.key_words.split():
            if (places := having.get(word)) and 1 < len(places) <= most:
                by_count[len(places)].append(places)
        for count, words in enumerate(by_count):
            if followed > FOLLOWED:
                break
            weight, followed = self._weight(count), followed + count * len(words)
            for places in words:
                for other in places:
                    near[other] = near.get(other, 0) + weight
        for mark in marks(article):
            places = having.get(mark, [])
            weight = self._weight(len(places)) * (TOPIC if mark[0] == "@" else TAG)
            for other in _around(places, place):
                near[other] = near.get(other, 0) + weight
        return near

    def _weight(self, count: int) -> int:
        """Return four times the binary logarithm of how rare it is, as a whole number."""
        if count not in self._weights:
            rarity = len(self.articles) ** 4 // max(1, count) ** 4
            self._weights[count] = rarity.bit_length() - 1
        return self._weights[count]


def marks(article: Article) -> list[str]:
    """Return its topic and its tags, told apart from words and from each other."""
    return [f"@{article.category.slug}", *(f"#{tag.slug}" for tag in article.tags)]


def _around(places: list[int], place: int) -> list[int]:
    """Return the articles of a long list whose days are nearest."""
    if len(places) <= COMMON:
        return places
    start = max(0, min(bisect(places, place) - COMMON // 2, len(places) - COMMON))
    return places[start : start + COMMON]


def offer_related(generator: ArticlesGenerator) -> None:
    """Give the templates `related`, whose answers last until a text has other words."""
    index = Index(generator.articles)

    def related(article: Article) -> list[Article]:
        """Return what to read after this article."""
        follow()
        return index.nearest(article)

    follow = keep(index.follow, generator.context)
    generator.env.globals["related"] = keep(related, generator.context)
    generator.context.setdefault("BESIDE", []).append(generator.env.globals["related"])


def register() -> None:
    """Connect to Pelican."""
    signals.content_object_init.connect(collect_words)
    signals.article_generator_finalized.connect(offer_related)
