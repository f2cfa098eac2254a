"""What the articles and pages that are there have taken, and what is free for a new one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from pelican.utils import slugify

from insession.common.invisible import one_line
from insession.common.problems import Problems, shown_path
from insession.content.front_matter import TOPIC, Header, read_file
from insession.content.ids import default_id, permanent_ids
from insession.content.text_file import find_texts
from insession.content.url_ledger import RESERVED

LONGEST = 60  # characters of an address
OLD_TOPIC = "Your first topic"  # what new files once said in a blog that had none
ANOTHER = "Choose another title. You can change it in the file afterwards; the address stays."


class RefusedError(Exception):
    """Why no file was made, in words for her."""


class TextEntry(NamedTuple):
    """What an article or page that is there has taken; `topic` is "" if it has none."""

    shown: str
    is_page: bool
    id: str
    slug: str
    topic: str


def list_texts(settings: dict[str, Any]) -> Iterator[TextEntry]:
    """Every article and page; of one that can't be read, what its file's name says."""
    root, substitutions = Path(settings["PATH"]), settings["SLUG_REGEX_SUBSTITUTIONS"]
    ids: dict[str, str] = {}
    with suppress(Problems):  # of the ledger, which a build tells
        ids = permanent_ids(root, root.parent / settings["LEDGER"]).by_file
    folders = [(False, folder) for folder in settings["ARTICLE_PATHS"]]
    folders += [(True, folder) for folder in settings["PAGE_PATHS"]]
    for is_page, folder in folders:
        for path in find_texts(root, folder, settings["IGNORE_FILES"]):
            shown, header = shown_path(path, settings), None
            with suppress(Problems):
                header, _ = read_file(path, shown, is_page)
            file = path.relative_to(root).as_posix()
            id_ = (header and header.id) or ids.get(file, default_id(file))
            slug = (header and header.slug) or slugify(path.stem, regex_subs=substitutions)
            yield TextEntry(shown, is_page, id_, slug, getattr(header, "topic", ""))


def readable(settings: dict[str, Any]) -> Iterator[tuple[TextEntry, Path, Header, str]]:
    """Every article and page that can be read, with its file, its header and its words."""
    for each in list_texts(settings):
        path = Path(settings["PATH"]).parent / each.shown
        with suppress(Problems):
            yield each, path, *read_file(path, each.shown, each.is_page)


def topics_of(there: Iterable[TextEntry], settings: dict[str, Any]) -> list[str]:
    """The topics in use, the most frequent first; two spellings of one address are one topic."""
    substitutions = settings["SLUG_REGEX_SUBSTITUTIONS"]
    names: dict[str, str] = {}
    count: Counter[str] = Counter()
    for topic in (each.topic for each in there if each.topic not in {"", TOPIC, OLD_TOPIC}):
        slug = slugify(topic, regex_subs=substitutions)
        names.setdefault(slug, one_line(topic))
        count[slug] += 1
    return [names[slug] for slug, _ in count.most_common()]


def free_slug(title: str, page: bool, there: Iterable[TextEntry], settings: dict[str, Any]) -> str:
    """The address for a title, by the site's rules. Raises RefusedError if none is free."""
    slug = shortened(slugify(title, regex_subs=settings["SLUG_REGEX_SUBSTITUTIONS"]))
    if not slug:
        what = f"No address can be made from “{title}”: it has no letter and no digit."
        how = "Give it a name in letters; you can change the title in the file afterwards."
        raise RefusedError(f"{what} {how}")
    if slug in RESERVED:
        raise RefusedError(f"The address /{slug}/ is used by the site itself. {ANOTHER}")
    for each in there:
        if each.slug == slug:
            raise RefusedError(f"The address /{slug}/ already belongs to {each.shown}. {ANOTHER}")
        if each.id == slug and each.is_page == page:
            raise RefusedError(f"The id “{slug}” already belongs to {each.shown}. {ANOTHER}")
    return slug


def shortened(slug: str) -> str:
    """The slug, or as many of its first words as an address has room for."""
    if len(slug) <= LONGEST:
        return slug
    return (slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]).strip("-_")
