"""Keeps old addresses alive: a small page at each of them leads to where the text is now.

Reads the ledger (insession/content/url_ledger.py; setting LEDGER: its name, beside content/), and
refuses a text at an address that belongs to another. Gives the templates, and publishing,
`REDIRECTS` (pairs of old and new address) and `GONE` (addresses whose text isn't published any
more); both hold addresses for which there can be no file as well, such as /?p=123. `ADDRESSES` is
the address of each text and list that is published now: what publishing adds to the ledger.
`SITE_ID` is what the ids in feeds hang on, and outlives the address of the blog: whoever keeps it
sets MAKES_SITE_ID.
"""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.contents import Article, Content
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

from insession.common.problems import Problem, Problems, collected, shown_path
from insession.content.text_file import header_line
from insession.content.url_ledger import conflicts, gone, line_of, read_ledger, redirects, site_id
from insession.output.writer import Writer

# Signs that Windows allows in no file's name; ? is also where a query starts.
NO_FILE = re.compile(r'[<>:"|?*]|[ .](/|$)')
LONGEST_NAME = 255  # bytes, on the file systems of today
PAGE_ENDINGS = (".html", ".htm")


def find_redirects(generators: list[Generator]) -> None:
    """Read the ledger and compare it with the addresses of today."""
    settings, context = generators[0].settings, generators[0].context
    path = Path(settings["PATH"]).parent / settings["LEDGER"]
    context["REDIRECTS"], context["GONE"], context["ADDRESSES"] = [], [], {}
    context["SITE_ID"] = settings["PRACTICE"].site.url
    try:
        ledger = read_ledger(path)
        begun = _beginning(generators) if settings.get("MAKES_SITE_ID") else ""
        context["SITE_ID"] = site_id(path, settings["PRACTICE"].site.url, begun)
    except Problems as refused:
        collected(settings).extend(refused.problems)
        return
    texts = {owner: content for content in _texts(generators) for owner in [owner_of(content)]}
    addresses = {owner: f"/{content.slug}/" for owner, content in texts.items()}
    for address, owner, before in conflicts(ledger, addresses):
        collected(settings).append(_taken(texts[owner], address, before, path))
    published = {o: a for o, a in addresses.items() if texts[o].status != "draft"}
    published |= _lists(generators)
    context["ADDRESSES"] = published
    context["REDIRECTS"] = redirects(ledger, published)
    context["GONE"] = gone(ledger, published)


def _texts(generators: list[Generator]) -> Iterator[Content]:
    """Every article and page; drafts too, which must not wait to collide until they are ready."""
    for generator in generators:
        if isinstance(generator, ArticlesGenerator):
            yield from [*generator.articles, *generator.hidden_articles, *generator.drafts]
        elif isinstance(generator, PagesGenerator):
            yield from [*generator.pages, *generator.hidden_pages, *generator.draft_pages]


def _beginning(generators: list[Generator]) -> str:
    """The day of the oldest article, "" if there is none."""
    days = [
        article.date.date().isoformat()
        for generator in generators
        if isinstance(generator, ArticlesGenerator)
        for article in [*generator.articles, *generator.hidden_articles]
    ]
    return min(days, default="")


def _lists(generators: list[Generator]) -> dict[str, str]:
    """The address of each topic and tag that has something to show."""
    return {
        f"{kind}:{word.slug}": f"/{word.url}"
        for generator in generators
        if isinstance(generator, ArticlesGenerator)
        for kind, words in (("topic", dict(generator.categories)), ("tag", generator.tags))
        for word in words
    }


def owner_of(content: Content) -> str:
    """Return the text as the ledger names it."""
    return f"{'article' if isinstance(content, Article) else 'page'}:{content.id}"


def _taken(content: Content, address: str, before: str, ledger: Path) -> Problem:
    path = Path(content.source_path)
    kind, _, id_ = before.partition(":")
    what = f"the address {address} belongs to the {kind} “{id_}”, and links out there lead to it."
    other = f"{content.slug}-2" if content.id in (content.slug, id_) else content.id
    how = f"Give this text another slug in its header: slug: {other}"
    if kind == owner_of(content).partition(":")[0]:
        how += f"\n    If it is the same text and only its file has a new name, add: id: {id_}"
    how += (
        f"\n    To give the old text's address up for good, remove line {line_of(ledger, address)} "
        f"of {ledger.name}."
    )
    return Problem(shown_path(path, content.settings), header_line(path, "slug"), what, how)


def add_redirects(generator: ArticlesGenerator, writer: Writer) -> None:
    """Hand over a page for each old address that can be a file, and that no other file needs."""
    for save_as, new in _files(generator.context):
        writer.add(save_as, partial(_page, generator, save_as, new), partial(str, new))


def _page(generator: ArticlesGenerator, save_as: str, new: str) -> bytes:
    words = generator.context | {"new": new, "output_file": save_as}
    html: str = generator.get_template("redirect").render(words)
    return html.encode()


def _files(context: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the file for each old address, and the new one.

    Two names that differ only in capitals are one file on many computers, so they are here.
    """
    taken = {f"{new.strip('/')}/index.html" for _, new in context["REDIRECTS"]}
    contents = [content for content in context["generated_content"].values() if content]
    taken |= {content.save_as for content in contents if content.status != "draft"}
    taken = {name.casefold() for name in taken}
    folders = {folder for name in taken for folder in _folders(name)}
    for old, new in context["REDIRECTS"]:
        save_as = _file(old)
        name = save_as.casefold()
        is_free = name not in taken | folders and not taken & _folders(name)
        if save_as and is_free:
            taken.add(name)
            folders |= _folders(name)
            yield save_as, new


def _file(address: str) -> str:
    """Return the file that answers to an address on a static host, or "" if none can."""
    path = address.strip("/")
    if NO_FILE.search(path) or any(len(n.encode()) > LONGEST_NAME for n in path.split("/")):
        return ""
    is_file = address.endswith(PAGE_ENDINGS)
    return path if is_file else f"{path}/index.html"


def _folders(name: str) -> set[str]:
    parts = name.split("/")
    return {"/".join(parts[:count]) for count in range(1, len(parts))}


def register() -> None:
    """Connect to Pelican."""
    signals.all_generators_finalized.connect(find_redirects)
    signals.article_writer_finalized.connect(add_redirects)
