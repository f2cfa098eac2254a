"""Reads articles and pages: strict YAML header, Markdown body.

A file with a mistake is set aside, its problems are collected, and the rest is read, so that
she sees all of them at once; the build then ends before it writes.
Gives each Content: `id`, `own_id` (that of its header, or ""), `raw_body` (her Markdown), and the
header's keys as attributes.
"""

from pathlib import Path
from typing import Any, ClassVar

from pelican import signals
from pelican.generators import ArticlesGenerator
from pelican.readers import BaseReader, Readers
from pelican.urlwrappers import Category, Tag, URLWrapper
from pelican.utils import slugify

from insession.common.invisible import HOW, invisible_references
from insession.common.problems import Problem, Problems, collected, shown_path
from insession.content import front_matter
from insession.content.ids import default_id
from insession.content.markdown import to_html
from insession.content.text_file import body_line

SKIPPED = {"status": "skip"}  # Pelican's word for: nothing to publish here


class FrontMatterReader(BaseReader):
    """Our header over Markdown (Pelican asks for a class here)."""

    file_extensions: ClassVar = ["md"]

    def __init__(self, settings: dict[str, Any]) -> None:
        """Know no word yet."""
        super().__init__(settings)
        self._words: dict[tuple[type[URLWrapper], str], URLWrapper] = {}

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the body as HTML and the metadata; a refused file comes back as skipped."""
        path = Path(source_path)
        shown = shown_path(path, self.settings)
        file = path.relative_to(self.settings["PATH"])
        is_page = file.parts[0] == self.settings["PAGE_PATHS"][0]
        if any(problem.file == shown for problem in collected(self.settings)):
            return "", SKIPPED
        try:
            header, body = front_matter.read_file(path, shown, is_page)
            self._require_slug(header, path, shown)
        except Problems as refused:
            collected(self.settings).extend(refused.problems)
            return "", SKIPPED
        metadata = self._metadata(header, file) | {"raw_body": body}
        html = to_html(body, self.settings["MARKDOWN"])
        for reference in dict.fromkeys(invisible_references(html)):
            line = body_line(path, body, reference)
            what = f"{reference} stands for a character that nobody sees."
            collected(self.settings).append(Problem(shown, line, what, HOW))
        return html, metadata

    def _require_slug(self, header: front_matter.Header, path: Path, shown: str) -> None:
        substitutions = self.settings["SLUG_REGEX_SUBSTITUTIONS"]
        if not header.slug and not slugify(path.stem, regex_subs=substitutions):
            what = "no address can be made from this file's name."
            how = "Add one to the header: slug: how-therapy-ends"
            raise Problems([Problem(shown, 1, what, how)])

    def _metadata(self, header: front_matter.Header, file: Path) -> dict[str, Any]:
        of_checks = {"depends_on", "silence"}
        metadata = header.model_dump(exclude_none=True, exclude={"topic", "tags", *of_checks})
        metadata["own_id"] = header.id or ""
        ids = self.settings.get("IDS", {})
        metadata["id"] = header.id or ids.get(file.as_posix(), default_id(file.name))
        if header.lang:
            metadata["lang"] = header.lang.lower()  # as Pelican keeps it
        if isinstance(header, front_matter.ArticleHeader):
            metadata["category"] = self._word(Category, header.topic)
            metadata["tags"] = [self._word(Tag, tag) for tag in dict.fromkeys(header.tags)]
            if header.cover == front_matter.NO_COVER:
                metadata["cover"] = ""
            approach = self.settings["PRACTICE"].therapist.approach
            perspective = header.perspective or approach
            metadata["perspective"] = "" if perspective == "none" else perspective
        return metadata

    def _word(self, kind: type[URLWrapper], name: str) -> URLWrapper:
        """Make each topic and each tag once: to find its slug takes long."""
        if (kind, name) not in self._words:
            self._words[kind, name] = kind(name, self.settings)
        return self._words[kind, name]


def use_front_matter(readers: Readers) -> None:
    """Read .md with our reader; every other file is only ever copied."""
    readers.reader_classes = {"static": BaseReader, "md": FrontMatterReader}


def order_articles(generator: ArticlesGenerator) -> None:
    """Newest first, and always the same order for those of one day (by id)."""
    generator.articles.sort(key=lambda article: (article.date, article.id), reverse=True)


def drop_repeated_tags(generator: ArticlesGenerator) -> None:
    """An article with both "Silence" and "silence" has one tag."""
    for article in generator.articles:
        article.tags = list(dict.fromkeys(article.tags))


def leave_dates_empty(generator: ArticlesGenerator) -> None:
    """Keep large blogs quick: Pelican would look for every article in every list, one by one.

    That is for `dates`, the articles of a list in the order of its archive; our templates show
    `articles`, newest first. With 10,000 articles it took four seconds of six.
    """
    generator.dates = []


def register() -> None:
    """Connect to Pelican."""
    signals.readers_init.connect(use_front_matter)
    signals.article_generator_pretaxonomy.connect(order_articles)
    signals.article_generator_pretaxonomy.connect(drop_repeated_tags)
    signals.article_generator_finalized.connect(leave_dates_empty)
