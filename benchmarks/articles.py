"""Articles by the hundred for benchmarks: with the same seed always the same ones."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

TOPICS = ["Starting therapy", "In the room", "Endings", "Money", "Sleep", "Grief", "Family", "Work"]
TAGS = [f"{kind} {thing}" for kind in ("first", "long", "quiet", "open", "early", "late", "small",
        "plain") for thing in ("steps", "weeks", "rooms", "words", "nights")]  # fmt: skip
WORDS = """a about again all always an and any as ask at away be because before begin between but by
    can chair change come day do door each end enough even feel feeling few find first follow for
    from give go good hand have hear help here hour how if in into is it just keep know last leave
    less let like listen little long look make many may mean mind moment more much need never next
    no not now of often old on once one only or other our out over own pause people place question
    quiet rather right room same say see session silence sit slow small so some something speak
    stay still take talk tell than that the their then there they thing think this through time to
    together too trust two under until up wait want way we week well what when where which while
    who why will window with without word work year yes yet you""".split()


@dataclass(frozen=True)
class Article:
    """An article: what stands in its header, and its Markdown."""

    slug: str
    title: str
    day: date
    topic: str
    tags: list[str]
    summary: str
    body: str

    @property
    def first_words(self) -> str:
        """The words that show, in a page, that it is this one."""
        return self.body.partition(",")[0]


def write_articles(count: int, seed: int = 1) -> list[Article]:
    """Write so many articles of about 700 words, with links, a list, a quotation and headings.

    A link to another article is written as in any Markdown editor, `[text](other.md)`.
    """
    chance = random.Random(seed)  # noqa: S311 (not for secrets)
    return [_article(number, count, chance) for number in range(count)]


def _article(number: int, count: int, chance: random.Random) -> Article:
    parts = [f"These are the first words of text {number}, and more follow."]
    wanted, written = chance.randint(600, 800), 12
    while written < wanted:
        parts.append(_paragraph(chance))
        written += len(parts[-1].split())
        if len(parts) % 4 == 0:
            parts.append(f"## {_sentence(chance, 4)[:-1]}")
    parts[2] += f" See [another text]({_slug(chance.randrange(count))}.md)."
    parts[4] += f" Or [this one]({_slug(chance.randrange(count))}.md)."
    parts.insert(6, "\n".join(f"- {_sentence(chance, 6)}" for _ in range(3)))
    parts.insert(8, f"> {_sentence(chance, 14)}")
    title = f"{_sentence(chance, 4)[:-1]} {number}"
    day = date(2026, 6, 30) - timedelta(days=number // 3)
    topic, tags = chance.choice(TOPICS), chance.sample(TAGS, k=3)
    body = "\n\n".join(parts)
    return Article(_slug(number), title, day, topic, tags, _sentence(chance, 14), body)


def _slug(number: int) -> str:
    return f"text-{number}"


def _sentence(chance: random.Random, length: int) -> str:
    return " ".join(chance.choices(WORDS, k=length)).capitalize() + "."


def _paragraph(chance: random.Random) -> str:
    sentences = [_sentence(chance, chance.randint(7, 20)) for _ in range(chance.randint(3, 7))]
    sentences[0] = f"*{sentences[0][:-1]}*."
    return " ".join(sentences)
