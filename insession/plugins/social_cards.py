"""Social cards: a picture for whoever shows a link to a page (insession/output/cards.py).

Each text has its own, every other page the front page's. Gives the templates `card_of`, which
returns the path of a text's card in the site. What was drawn is kept in .cache/cards
(insession/output/drawings.py). The preview draws a card when it is asked for.
"""

from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.contents import Article, Content
from pelican.generators import ArticlesGenerator, PagesGenerator

from insession.content.languages import direction
from insession.content.picture_store import FOLDER as PICTURES
from insession.content.picture_store import PictureStore
from insession.content.text_file import name_on_disk
from insession.output.art import Choice, choose, choose_at, picture_at
from insession.output.cards import SocialCard, card_of, code, draw
from insession.output.digest import digest
from insession.output.drawings import forget_others, kept_or_drawn
from insession.output.feed_format import author_name
from insession.output.writer import Writer

FOLDER = ".cache/cards"


def name_cards(generator: ArticlesGenerator) -> None:
    """Tell the templates where cards are."""
    generator.context["card_of"] = card_of


def add_cards(generator: PagesGenerator, writer: Writer) -> None:
    """Hand a card for each text that has a page, and the front page's, to the writer."""
    settings, context = generator.settings, generator.context
    folder = Path(settings["PATH"]).parent / FOLDER
    texts: dict[str, Content | None] = {card_of(None): None}
    texts |= {card_of(text): text for text in writer.shown.values()}
    keys = set()
    for path, text in texts.items():
        key = _key(settings, _card(settings, context, text))
        keys.add(key)
        get = partial(_get, settings, context, folder, text)
        writer.add_slow(path, get, key, partial(_prepare, folder / key, get))
        if text:
            writer.shown[path] = text  # that of a draft isn't published
    forget_others(folder, keys)


def _card(settings: dict[str, Any], context: dict[str, Any], text: Content | None) -> SocialCard:
    """Return what is on a card now: a title may be saved while a site is shown."""
    file = settings["PRACTICE"]
    byline, blog = author_name(file.therapist), file.site.title
    if text is None:
        tagline, language = file.site.tagline, file.site.language
        room = choose_at(settings["ART"], "room", "morning", "")._replace(pair="chairs")
        return SocialCard(tagline, language, direction(language) == "rtl", byline, blog, room)
    picture = context["pictures"].get(_cover(settings, text))
    is_right_to_left = direction(text.lang) == "rtl"
    card = SocialCard(unescape(text.title), text.lang, is_right_to_left, byline, blog)
    return card._replace(cover=picture.digest) if picture else card._replace(art=_art(text))


def _cover(settings: dict[str, Any], text: Content) -> str:
    return name_on_disk(Path(settings["PATH"]), getattr(text, "cover", ""))


def _art(text: Content) -> Choice | None:
    """Return the picture that the page shows; a page without one has one on its card alone."""
    if text.art:
        return picture_at(text.art["day"])[0]
    return None if isinstance(text, Article) else choose(text.settings["ART"], "", text.id)


def _key(settings: dict[str, Any], card: SocialCard) -> str:
    return digest(code(), settings["ART"].digest, repr(card))  # which is plain all through


def _get(
    settings: dict[str, Any], context: dict[str, Any], folder: Path, text: Content | None
) -> bytes:
    """Return a card, drawn if it isn't kept. Raises what reading a cover does."""
    card = _card(settings, context, text)

    def drawn() -> bytes:
        cover = None
        if text and card.cover:
            root, name = Path(settings["PATH"]), _cover(settings, text)
            store = PictureStore(root, root.parent / PICTURES)
            cover = store.get(name, context["pictures"][name], "")
        return draw(card, settings["ART"], cover)

    return kept_or_drawn(folder, _key(settings, card), drawn)


def _prepare(file: Path, get: partial[bytes]) -> None:
    if not file.is_file():
        get()


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_init.connect(name_cards)
    signals.page_writer_finalized.connect(add_cards)
