"""Related articles: what is compared, and how much work that is."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from insession.content.key_words import key_words
from insession.plugins import related
from insession.plugins.related import Index


def text(name: str, words: str, topic: str = "a", tags: str = "") -> Any:
    """Stand in for an article."""
    return SimpleNamespace(
        id=name,
        key_words=key_words(words),
        category=SimpleNamespace(slug=topic),
        tags=[SimpleNamespace(slug=tag) for tag in tags.split()],
        parts=[],
        date=date(2026, 3, 4),
    )


def ids(articles: list[Any]) -> list[str]:
    return [article.id for article in articles]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("The silence; “silences”, *Silence*!", "silence"),
        ("self-harm", ""),
        ("psycho-dynamic", "dynamic psycho"),
        ("[waiting](../articles/waiting-room.md)", "room.md"),
        ("{practice.phone} <em>door</em> it and", ""),
        ("静かな時間", "かな 静か な時 時間"),
    ],
)
def test_key_words_are_the_beginnings_of_words(written: str, expected: str) -> None:
    found = {*key_words(written).split()}
    if expected == "room.md":
        assert not {word for word in found if "." in word or "]" in word}
    else:
        assert {*expected.split()} <= found
        assert "silence" not in found or found == {"silence"}


def test_rare_words_say_more_than_common_ones_and_tags_more_than_words() -> None:
    others = [text(f"n{n}", "common common2 waiting") for n in range(8)]
    rare = text("rare", "deductible waiting")
    asked = text("asked", "deductible waiting common", tags="money")
    tagged = text("tagged", "other", tags="money")
    index = Index([asked, *others, rare, tagged])
    assert ids(index.nearest(asked))[:2] == ["tagged", "rare"]


def test_of_two_that_are_as_near_the_newer_comes_first() -> None:
    index = Index([text(name, "waiting", tags="x") for name in "abcdef"])
    assert ids(index.nearest(index.articles[3])) == ["a", "b", "c"]


def test_an_article_with_other_words_is_found_by_those() -> None:
    articles = [text("a", "deductible"), *(text(f"n{n}", "nothing") for n in range(6))]
    articles += [text("b", "deductible"), text("c", "superbill")]
    index = Index(articles)
    assert ids(index.nearest(articles[0]))[0] == "b"
    articles[0].key_words, articles[-1].key_words = key_words("estimate"), key_words("estimate")
    index.follow()
    assert ids(index.nearest(articles[0]))[0] == "c"
    assert ids(index.nearest(articles[-1]))[0] == "a"
    fresh = Index(articles)
    assert [ids(index.nearest(a)) for a in articles] == [ids(fresh.nearest(a)) for a in articles]


class Steps(dict):  # type: ignore[type-arg]
    """Counts how often something is looked up in it."""

    count = 0

    def get(self, *args: Any) -> Any:
        Steps.count += 1
        return super().get(*args)


def test_ten_times_as_many_articles_cost_ten_times_as_much() -> None:
    """So many steps an article, however many share its tags, its topic and its words."""
    most = related.FOLLOWED + related.COMMON * (1 + 3)
    for count in (50, 1000):
        words = [f"word{n} again{n % 7} rare{n // 2} some{n // 20}" for n in range(count)]
        articles = [text(str(n), words[n], tags="x y") for n in range(count)]
        index = Index(articles)
        for article in articles[:: count // 10]:
            near = index._shared(article, index.places[article.id])
            assert 0 < len(near) <= most
