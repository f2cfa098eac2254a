"""Cover art: a picture for each article that has no cover of its own, and for the contact page.

Gives each text `art`, the paths of its picture in the site, by “day” and in the “evening”; it is
empty where there is none: with `cover: none` an article has none. Setting: ART, what is drawn in
theme/art.
"""

from functools import partial
from pathlib import Path

from pelican import Pelican, signals
from pelican.contents import Article, Content, Page
from pelican.generators import PagesGenerator

from insession.output.art import (
    Parts,
    choose,
    choose_at,
    compose,
    picture_at,
    published_as,
    read_parts,
)
from insession.output.writer import Writer


def take_up_parts(pelican: Pelican) -> None:
    """Read what is drawn in theme/art."""
    pelican.settings["ART"] = read_parts(Path(pelican.settings["THEME"]) / "art")


def choose_art(content: Content) -> None:
    """Set `art`: the article's own, or the lit window of the contact page."""
    if not isinstance(content, Article | Page):
        return
    parts: Parts = content.settings["ART"]
    content.art = {}
    if isinstance(content, Article) and not hasattr(content, "cover"):
        content.art = published_as(parts, choose(parts, content.category.name, content.id))
    elif getattr(content, "template", "") == "contact":
        window = choose_at(parts, "street", "lamp", content.id)._replace(pair="chairs", side="left")
        content.art = published_as(parts, window)


def add_art(generator: PagesGenerator, writer: Writer) -> None:
    """Hand the pictures of all texts that have a page to the writer; some may share one."""
    parts, texts = generator.settings["ART"], dict[str, Content]()
    for text in writer.shown.values():
        for path in text.art.values():
            if path not in texts or text.status != "draft":
                texts[path] = text
    for path, text in texts.items():
        writer.add(path, partial(compose, parts, *picture_at(path)), lambda: ())
        writer.shown[path] = text  # what only a draft shows isn't published


def register() -> None:
    """Connect to Pelican."""
    signals.initialized.connect(take_up_parts)
    signals.content_object_init.connect(choose_art)
    signals.page_writer_finalized.connect(add_art)
