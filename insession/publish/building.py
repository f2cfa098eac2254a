"""The site as it is about to be published: its files, and which text each page belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.contents import Article, Content

from insession.build import Built, make_site
from insession.problems import shown_path


@dataclass(frozen=True)
class Site:
    """A built site.

    `url` is where it is published, `base` the folder in which it lies on its host (“/blog”, or
    nothing). `addresses` is the address of each text and list, `redirects` each old address with
    the new one, `gone` those whose text was taken down (insession/ledger.py). `sources` is the file
    in content/ behind a page, `articles` the pages that are articles, `kept_back` those that must
    not be there. `comments` says whether readers can comment, `drafts` are the files that nobody
    but her may see yet, `theme` and `ledger` further places of what the site is made from.
    """

    folder: Path
    url: str
    base: str
    addresses: dict[str, str]
    redirects: list[tuple[str, str]]
    gone: list[str]
    sources: dict[str, Path]
    articles: frozenset[str]
    kept_back: dict[str, Path]
    content: Path
    comments: bool
    drafts: frozenset[Path]
    theme: Path
    ledger: Path
    built: Built

    def shown(self, page: str) -> str:
        """Return the file she wrote for a page, or the page itself if there is none."""
        source = self.sources.get(page) or self.kept_back.get(page)
        return shown_path(source, {"PATH": self.content}) if source else page


def build_site(folder: Path, settings_file: str) -> Site:
    """Build the site into `folder`. Raises Problems."""
    context: dict[str, Any] = {}

    def note(generators: list[Any]) -> None:
        nonlocal context
        context = generators[0].context

    signals.all_generators_finalized.connect(note)
    try:
        built = make_site(folder, settings_file)
    finally:
        signals.all_generators_finalized.disconnect(note)
    texts = [text for text in context["generated_content"].values() if text]
    published = [text for text in texts if text.status != "draft"]
    practice = context["PRACTICE"].site
    return Site(
        folder,
        practice.url,
        practice.base_path,
        context["ADDRESSES"],
        context["REDIRECTS"],
        context["GONE"],
        dict(_pages(published)),
        frozenset(text.save_as for text in published if isinstance(text, Article)),
        dict(_pages(text for text in texts if text.status == "draft")),
        Path(context["PATH"]),
        context["COMMENTS"] == "on",
        frozenset(Path(text.source_path) for text in texts if text.metadata["status"] == "draft"),
        Path(context["THEME"]),
        Path(context["PATH"]).parent / context["LEDGER"],
        built,
    )


def _pages(texts: Iterator[Content] | list[Content]) -> Iterator[tuple[str, Path]]:
    """Yield the page that each text has, or a draft would have, and its file."""
    for text in texts:
        yield text.save_as or f"{text.slug}/index.html", Path(text.source_path)
