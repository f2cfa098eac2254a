"""A blog that changes at random, and is right after each change: the model behind its files.

`Blog.change` alters the model; `Blog.files` writes all of it down. So a new slug, a draft or a
deletion takes with it, in other files, the links that would no longer be allowed.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image

from tests.support import CONTACT, PRACTICE

ARTICLES, PAGES = 15, 3
TOPICS = ["Starting therapy", "In the room", "Endings", "Money"]
TAGS = ["silence", "feelings", "fees", "first steps", "C++", "Ångst"]
ZONES = ["America/New_York", "Europe/Berlin", "Pacific/Auckland"]
WORDS = "chair window quiet hour week again listen speak begin end trust ask wait room door".split()
STATUSES = ["published", "hidden", "draft"]
LATER = "2999-01-02"


@dataclass
class Text:
    """An article or a page."""

    name: str  # of its file, without .md
    title: str
    body: str
    slug: str = ""
    status: str = "published"
    date: str = "2026-03-04"
    topic: str = TOPICS[0]
    tags: list[str] = field(default_factory=list)
    links: list["Text"] = field(default_factory=list)
    picture: str = ""
    series: str = ""
    start: int = 0
    cover: str = ""
    is_page: bool = False

    @property
    def path(self) -> str:
        """Where it lies below content/."""
        return f"{'pages' if self.is_page else 'articles'}/{self.name}.md"

    @property
    def address(self) -> str:
        """Where it is read, relative to the blog."""
        return f"{self.slug or self.name}/"

    @property
    def is_kept_back(self) -> bool:
        """Whether a build leaves it out."""
        return self.status == "draft" or (self.date == LATER and not self.is_page)


class Blog:
    """The model: texts, pictures, and one word each for practice.toml, CSS and a template."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.number = 0
        self.pictures: dict[str, bytes] = {}
        self.tagline, self.zone, self.phone = "Plain words.", ZONES[0], "+17185550142"
        self.width, self.motto = 1, "first"
        self.explained, self.topics = ["chair"], "Of this."
        self.texts: list[Text] = []
        self.addresses: set[str] = set()  # every one that ever was
        for _ in range(3):
            self.picture()
        for number in range(ARTICLES + PAGES):
            self.add(is_page=number >= ARTICLES)
        for text in self.texts:
            self.link(text)
        self.files()

    def fresh(self, word: str) -> str:
        """A name that nothing had before."""
        self.number += 1
        return f"{word}-{self.number}"

    def words(self, count: int) -> str:
        """A sentence that nothing had before."""
        return " ".join(["Now", *self.chance.choices(WORDS, k=count), self.fresh("time")]) + "."

    def change(self) -> None:
        """Change one thing."""
        changes: list[Callable[[], object]] = [
            *[lambda: self.edit("body", self.words(40))] * 5,
            *[lambda: self.edit("title", self.words(3))] * 3,
            *[self.new_slug] * 3,
            *[lambda: self.edit("status", self.chance.choice(STATUSES))] * 6,
            *[lambda: self.edit("name", self.fresh("renamed"))] * 3,
            lambda: self.edit("topic", self.chance.choice(TOPICS)),
            lambda: self.edit("series", self.chance.choice(["", "First months", "Endings"])),
            lambda: self.edit("start", self.chance.randint(0, 3)),
            lambda: self.edit("tags", self.chance.sample(TAGS, k=self.chance.randint(0, 3))),
            lambda: self.edit("date", self.chance.choice([self.day(), self.day(), LATER])),
            lambda: self.edit("cover", self.chance.choice(["", "none", *self.pictures])),
            *[lambda: self.link(self.chance.choice(self.texts))] * 3,
            *[self.swap_slugs, self.delete, self.delete, self.picture, self.picture],
            *[self.replace_picture, self.delete_picture, self.new_practice],
            lambda: setattr(self, "explained", self.chance.sample(WORDS, k=3)),
            lambda: setattr(self, "topics", self.words(3)),
            lambda: setattr(self, "width", self.width + 1),
            lambda: setattr(self, "motto", self.fresh("motto")),
        ]
        if len(self.texts) < ARTICLES + PAGES:
            changes += [self.add] * 4
        self.chance.choice(changes)()

    def edit(self, what: str, value: object) -> None:
        """Change one thing of one text."""
        setattr(self.chance.choice(self.texts), what, value)

    def add(self, is_page: bool | None = None) -> None:
        """Add a text."""
        if is_page is None:
            is_page = sum(text.is_page for text in self.texts) < PAGES
        name = self.fresh("page" if is_page else "article")
        text = Text(name, self.words(2), self.words(40), date=self.day(), is_page=is_page)
        text.topic, text.tags = self.chance.choice(TOPICS), self.chance.sample(TAGS, k=2)
        self.texts.append(text)

    def day(self) -> str:
        """A day of a few, so that some articles share theirs."""
        return f"2026-03-{self.chance.randint(1, 20):02}"

    def link(self, text: Text) -> None:
        """Let a text link to up to three others, and show a picture or none."""
        text.links = self.chance.sample(self.texts, k=self.chance.randint(0, 3))
        text.picture = self.chance.choice(["", *self.pictures])

    def new_slug(self) -> None:
        """A text gets another address: a new one, or that of its file's name."""
        text = self.chance.choice(self.texts)
        is_free = f"{text.name}/" not in {other.address for other in self.texts}
        text.slug = self.chance.choice(["", self.fresh("address")] if is_free else [text.slug])

    def swap_slugs(self) -> None:
        """Two texts change addresses."""
        one, other = self.chance.sample(self.texts, k=2)
        one.slug, other.slug = other.address.strip("/"), one.address.strip("/")

    def delete(self) -> None:
        """Remove a text, and with it the links to it."""
        gone = self.texts.pop(self.chance.randrange(len(self.texts)))
        for text in self.texts:
            text.links = [other for other in text.links if other is not gone]

    def picture(self) -> None:
        """Add a picture."""
        self.pictures[f"images/{self.fresh('picture')}.png"] = self.drawn()

    def replace_picture(self) -> None:
        """Another picture under an old name."""
        self.pictures[self.chance.choice([*self.pictures])] = self.drawn()

    def delete_picture(self) -> None:
        """Remove a picture, and with it the places that show it."""
        gone = self.chance.choice([*self.pictures])
        if len(self.pictures) > 1:
            del self.pictures[gone]
            for text in self.texts:
                text.picture = "" if text.picture == gone else text.picture
                text.cover = "" if text.cover == gone else text.cover

    def drawn(self) -> bytes:
        """A small picture of any size and colour."""
        out, size = BytesIO(), (self.chance.randint(20, 90), self.chance.randint(20, 90))
        Image.new("RGB", size, f"#{self.chance.randrange(1 << 24):06x}").save(out, "PNG")
        return out.getvalue()

    def new_practice(self) -> None:
        """Other words, another telephone number, another place in the world."""
        self.tagline, self.zone = self.words(3), self.chance.choice(ZONES)
        self.phone = f"+1718555{self.chance.randint(100, 199):04}"

    def files(self) -> dict[str, bytes]:
        """Every file of the blog, by its path below the project's folder."""
        self.addresses |= {text.address for text in self.texts}
        practice = PRACTICE.replace("America/New_York", self.zone)
        practice = practice.replace("+17185550142", self.phone)
        practice = practice.replace("Plain words about", f"{self.tagline} Words about")
        written = {"practice.toml": practice, "pages/contact.md": CONTACT}
        sections = [f"[{word}]\nmeaning = '{word} or {self.motto}'" for word in self.explained]
        topics = {text.topic for text in self.texts if not text.is_page}
        sentences = [f'"{topic}" = "{self.topics}"' for topic in sorted(topics)]
        written |= {"glossary.toml": "\n".join(sections), "topics.toml": "\n".join(sentences)}
        written |= {text.path: self.markdown(text) for text in self.texts}
        files = {name: text.encode() for name, text in written.items()} | self.pictures
        return {f"content/{name}": data for name, data in files.items()}

    def markdown(self, text: Text) -> str:
        """A text as she would write it, with the links that it may have now."""
        lines = [f"title: '{text.title}'", f"summary: {text.body[:60]}", f"status: {text.status}"]
        lines += [f"slug: {text.slug}"] * bool(text.slug)
        if text.is_page:
            lines += ["menu: 2"] * (len(text.title) % 2)
        else:
            lines += [f"date: {text.date}", f"topic: {text.topic}", f"tags: {text.tags}"]
            lines += [f"series: {text.series}"] * bool(text.series)
            lines += [f"start: {text.start}"] * bool(text.start)
        if text.cover and not text.is_page:
            lines += [f"cover: {text.cover}", "cover_alt: A colour"]
        paragraphs = [text.body, "Call {practice.phone}."]
        paragraphs += [f"![A colour](../{text.picture})"] * bool(text.picture)
        for number, other in enumerate(text.links):
            if text.is_kept_back or not other.is_kept_back:
                mark = "{filename}" if number % 2 else ""
                paragraphs.append(f"See [another text]({mark}../{other.path}).")
        return "\n".join(["---", *lines, "---", ""]) + "\n" + "\n\n".join(paragraphs) + "\n"

    def kept_back(self) -> set[str]:
        """The addresses that only the preview shows."""
        return {text.address for text in self.texts if text.is_kept_back}

    def gone(self) -> set[str]:
        """The addresses that nothing has any more."""
        return self.addresses - {text.address for text in self.texts}
