"""The site as it is about to be published: its files, and which text each page belongs to."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pelican.contents import Article, Content

from insession.common.problems import shown_path
from insession.content.similarity import sketch
from insession.content.url_ledger import Published
from insession.output.digest import digest
from insession.plugins.redirects import owner_of
from insession.publish import lineage
from insession.publish.file_facts import Facts, read_files
from insession.publish.lineage import SourceFile, Sources, sources_of, written
from insession.site.build import Built, make_site
from insession.site.memory import Memory, code_digest

KIND = "sketch"  # what they are called in the memory


@dataclass(frozen=True)
class SiteBuild:
    """A built site.

    `url` is where it is published, `base` the folder in which it lies on its host (“/blog”, or
    nothing). `addresses` is the address of each text and list, `redirects` each old address with
    the new one, `gone` those whose text was taken down (insession/content/url_ledger.py). `sources`
    is the file in content/ behind a page, `articles` the pages that are articles, `kept_back` those
    that must not be there. `comments` says whether readers can comment, `drafts` are the files that
    nobody but her may see yet, `theme` and `ledger` further places of what the site is made from.
    `texts` and `site_id` are what the ledger notes of it, `made_from` all files in content/ that
    went in. `old_comments` says whether the comments that are shown are those of an earlier time.
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
    notes: list[str]
    texts: dict[str, Published] = field(default_factory=dict)
    site_id: str = ""
    made_from: Sources = field(default_factory=dict)
    old_comments: bool = False

    @cached_property
    def files(self) -> dict[str, Facts]:
        """What is in each file that was built, by its path in the site. Raises OSError."""
        memory, code = Memory(self.content.parent), code_digest(self.theme)
        return read_files(self.folder, self.url, memory, code)

    def shown(self, page: str) -> str:
        """Return the file she wrote for a page, or the page itself if there is none."""
        source = self.sources.get(page) or self.kept_back.get(page)
        return shown_path(source, {"PATH": self.content}) if source else page


def build_site(folder: Path, settings_file: str, **changed: Any) -> SiteBuild:
    """Build the site into `folder`, with settings that differ from the file's. Raises Problems."""
    return site_of(folder, make_site(folder, settings_file, MAKES_SITE_ID=True, **changed))


def site_of(folder: Path, built: Built) -> SiteBuild:
    """Return the site that was built into `folder`, with a note of what it was made from."""
    settings, texts, published = built.settings, built.contents, built.published
    content = Path(settings["PATH"])
    drafts = frozenset(Path(t.source_path) for t in texts if t.metadata["status"] == "draft")
    made_from = sources_of(content, settings["IGNORE_FILES"], drafts, dict(_sources(texts)))
    (folder / lineage.NAME).write_text(written(made_from), encoding="utf-8", newline="\n")
    return SiteBuild(
        folder,
        built.practice.site.url,
        built.practice.site.base_path,
        built.addresses,
        built.redirects,
        built.gone,
        dict(_pages(published)),
        frozenset(text.save_as for text in published if isinstance(text, Article)),
        dict(_pages(text for text in texts if text.status == "draft")),
        content,
        settings["COMMENTS"] == "on",
        drafts,
        Path(settings["THEME"]),
        content.parent / settings["LEDGER"],
        [*built.kept_back, *built.renamed],
        dict(_texts(published, Memory(content.parent), code_digest(Path(settings["THEME"])))),
        built.site_id,
        made_from,
        built.old_comments,
    )


def _texts(texts: list[Content], memory: Memory, code: str) -> Iterator[tuple[str, Published]]:
    """Yield each text as the ledger notes it. The sketch of its words is remembered."""
    keys = {_file(text): digest(code, text.raw_body) for text in texts}
    known = {file: sketch.decode() for file, sketch in memory.recall(KIND, keys)}
    made = {_file(text): sketch(text.raw_body) for text in texts if _file(text) not in known}
    memory.remember(KIND, [(file, keys[file], words.encode()) for file, words in made.items()])
    memory.forget_others(KIND, keys)
    for text in texts:
        yield owner_of(text), Published(_file(text), (known | made)[_file(text)])


def _file(text: Content) -> str:
    return str(text.relative_source_path).replace(os.sep, "/")


def _sources(texts: list[Content]) -> Iterator[tuple[Path, SourceFile]]:
    """Yield the page that each text has, or will have, and its title if that is listed."""
    for text in texts:
        title = str(text.title) if text.status == "published" else ""
        yield Path(text.source_path), SourceFile("", _page(text), title)


def _page(text: Content) -> str:
    return text.save_as or f"{text.slug}/index.html"


def _pages(texts: Iterator[Content] | list[Content]) -> Iterator[tuple[str, Path]]:
    """Yield the page that each text has, or a draft would have, and its file."""
    for text in texts:
        yield _page(text), Path(text.source_path)
