"""Sees to it that an id, and an address on the site, belongs to one file or word only.

Formats each text's address, which Pelican would do anew whenever it is asked for.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.contents import Article, Content
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.urlwrappers import URLWrapper
from pelican.utils import slugify

from insession.common.problems import Problem, collected, shown_path
from insession.content.text_file import header_line
from insession.content.url_ledger import RESERVED


def check_addresses(generators: list[Generator]) -> None:
    """Report ids and slugs that are taken, reserved or empty, and topics and tags without one."""
    settings = generators[0].settings
    by_id, by_slug = defaultdict(list), defaultdict(list)
    for content in _contents(generators):
        by_id[type(content), content.id].append(content)
        by_slug[content.slug].append(content)
        for problem in _own_problems(content):
            collected(settings).append(problem)
    for same in chain(by_id.values(), by_slug.values()):
        for content in same[1:]:
            collected(settings).append(_shared(content, same[0]))
    collected(settings).extend(_meeting_words([*_contents(generators)], settings))


def keep_address(content: Content) -> None:
    """Format `url` and `save_as` of a text that was read, once and for all."""
    if not hasattr(content, "override_url"):
        content.override_url = _formatted(content, "URL") or content.url
        content.override_save_as = _formatted(content, "SAVE_AS") or content.save_as


def _formatted(content: Content, key: str) -> str:
    """Fill in the slug, if the setting names that alone; Pelican finds out all it might name."""
    kind = "ARTICLE" if isinstance(content, Article) else "PAGE"
    if content.status == "draft":
        kind = "DRAFT" if kind == "ARTICLE" else "DRAFT_PAGE"
    language = "" if content.in_default_lang else "LANG_"
    before, slug, after = str(content.settings[f"{kind}_{language}{key}"]).partition("{slug}")
    is_plain = slug and "{" not in before + after and "}" not in before + after
    return f"{before}{content.slug}{after}" if is_plain else ""


def _contents(generators: list[Generator]) -> Iterator[Content]:
    """Every article and page, drafts too: a draft must not wait to collide until it is ready."""
    for generator in generators:
        if isinstance(generator, ArticlesGenerator):
            found = [*generator.articles, *generator.hidden_articles, *generator.drafts]
        elif isinstance(generator, PagesGenerator):
            found = [*generator.pages, *generator.hidden_pages, *generator.draft_pages]
        else:
            continue
        yield from sorted(found, key=lambda content: str(content.source_path))


def _own_problems(content: Content) -> Iterator[Problem]:
    if content.slug in RESERVED:
        what = f"the address /{content.slug}/ is used by the site itself."
        yield _problem(content, "slug", what, "Choose another: slug: how-therapy-ends")
    for kind, word in _words(content):
        if not word.slug:
            what = f"no address can be made from “{word.name}”."
            yield _problem(content, kind, what, "Use at least one letter or digit in it.")


def _words(content: Content) -> list[tuple[str, URLWrapper]]:
    """Return the topic and the tags of a text, each with the key that it stands behind."""
    if not isinstance(content, Article):
        return []
    tags = content.metadata.get("tags", [])  # all of them, while content.tags may be fewer
    return [("topic", content.category), *(("tags", tag) for tag in tags)]


def _meeting_words(contents: list[Content], settings: dict[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each word that would share its page with another word.

    Addresses have only the letters from a to z, in which año is ano, and 心 is 新. (Written with
    other capitals or signs, as “Silence” and “silence”, it is the same word.)
    """
    first: dict[tuple[str, str], tuple[str, Content]] = {}
    told: set[tuple[str, str]] = set()
    same = partial(_spelling, settings)
    for content in contents:
        for kind, word in _words(content):
            name, other = first.setdefault((kind, word.slug), (word.name, content))
            is_same = name == word.name or same(name) == same(word.name)
            if not is_same and (kind, word.name) not in told:
                told.add((kind, word.name))
                there = f"{_shown(other)}:{_line(other, kind, name)}"
                what = f"“{word.name}” would share the page /{word.url} with “{name}” ({there})."
                how = "If they mean the same, write both alike; if not, take another word for one."
                yield Problem(_shown(content), _line(content, kind, word.name), what, how)


def _spelling(settings: dict[str, Any], name: str) -> str:
    """Return the letters of a word, whichever alphabet they are of."""
    slug: str = slugify(name, settings["SLUG_REGEX_SUBSTITUTIONS"], use_unicode=True)
    return slug.casefold()


def _shown(content: Content) -> str:
    return shown_path(content.source_path, content.settings)


def _line(content: Content, key: str, value: str) -> int:
    return header_line(Path(content.source_path), key, value)


def _shared(content: Content, other: Content) -> Problem:
    first = shown_path(other.source_path, other.settings)
    if content.slug == other.slug:
        what = f"the address /{content.slug}/ already belongs to {first}."
        return _problem(content, "slug", what, "Give one of the two another slug in its header.")
    what = f"the id “{content.id}” already belongs to {first}."
    return _problem(content, "id", what, "Give one of the two another id in its header.")


def _problem(content: Content, key: str, what: str, how: str) -> Problem:
    path = Path(content.source_path)
    return Problem(shown_path(path, content.settings), header_line(path, key), what, how)


def register() -> None:
    """Connect to Pelican."""
    signals.all_generators_finalized.connect(check_addresses)
