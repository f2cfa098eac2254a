"""Pelican's generators over the texts in memory, and our writer with what they make of them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateAssertionError, TemplateSyntaxError
from pelican import Pelican, signals
from pelican.contents import Content
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator

from insession.common.crash_reports import problems_in
from insession.common.problems import Problem, collected
from insession.output.writer import Writer
from insession.plugins.unique_urls import keep_address
from insession.site.sources import Text

EXCLUDES = ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES", "STATIC_EXCLUDES")


class _FromMemory:
    """What Pelican's generators do to read files, done with texts that were read already."""

    texts: dict[str, Text]
    context: dict[str, Any]

    def get_files(self, paths: list[str], exclude: Iterable[str] = (), **_: Any) -> list[str]:
        """Return the texts in these folders."""
        start, left_out = tuple(f"{path}/" for path in paths), set(exclude or ())
        return [
            path
            for path, text in self.texts.items()
            if text.content is not None and path.startswith(start) and path not in left_out
        ]

    def get_cached_data(self, filename: str, default: object = None) -> Content | None:
        """Return the content; there always is one, so that nothing is read."""
        content = self.texts[filename].content
        if content:
            keep_address(content)
        return content

    def add_source_path(self, content: Content, static: bool = False) -> None:
        """Remember where a content comes from, without asking the disk again."""
        self.context["generated_content"][content.relative_source_path] = content

    def add_static_links(self, content: Content) -> None:
        """All that may be linked to lies in images and downloads, which are read anyway."""


class _Articles(_FromMemory, ArticlesGenerator):
    pass


class _Pages(_FromMemory, PagesGenerator):
    pass


def begin(pelican: Pelican, *, is_first: bool) -> list[Problem]:
    """Let the plugins look at practice.toml and the folders. Returns what is wrong with those.

    The first time they did so when Pelican started. Raises Problems if practice.toml can't be used.
    """
    if not is_first:
        empty: dict[str, Any] = {name: [] for name in ("PROBLEMS", *EXCLUDES)}
        pelican.settings = pelican.settings | empty  # others: those of before are shown still
        signals.initialized.send(pelican)
    return collected(pelican.settings)


def arrange(
    pelican: Pelican, texts: dict[str, Text], problems: list[Problem], code: str
) -> tuple[dict[str, Any], Writer | None, list[Problem]]:
    """Let Pelican and the plugins arrange the texts. Returns the context, the writer, and problems.

    Those are the given ones, those of the texts and those of the site as a whole; the writer is
    None if the pages can't be told apart or drawn.
    """
    settings = pelican.settings
    found = problems + [problem for text in texts.values() for problem in text.problems]
    settings["PROBLEMS"] = found
    context: dict[str, Any] = settings.copy()
    for content in (text.content for text in texts.values() if text.content):
        vars(content).pop("_card", None)
        content.settings, content._context = settings, context
    context |= {"generated_content": {}, "static_links": set(), "static_content": {}}
    context["localsiteurl"] = settings["SITEURL"]
    try:
        return context, _collect(_generators(pelican, context, texts), settings, code), found
    except Exception as error:
        if not found:  # two texts at one address are said already
            found.extend(problems_in(error, Path(settings["PATH"]).parent))
        return context, None, found


def _generators(
    pelican: Pelican, context: dict[str, Any], texts: dict[str, Text]
) -> list[Generator]:
    words = {"context": context, "settings": pelican.settings, "path": pelican.path}
    words |= {"theme": pelican.theme, "output_path": pelican.output_path, "texts": texts}
    generators = [kind(**words) for kind in (_Articles, _Pages, StaticGenerator)]
    for generator in generators:
        generator.generate_context()
    signals.all_generators_finalized.send(generators)
    return generators


def _collect(generators: list[Generator], settings: dict[str, Any], code: str) -> Writer:
    if settings.get("DRAWS_ON_REQUEST"):
        collected(settings).extend(_template_problems(generators[0].env, settings))
    writer = Writer(settings, generators[0].context, code)
    for generator in generators:
        generator.generate_output(writer)
    return writer


_right: set[tuple[Path, int]] = set()  # templates in which there was no slip, by file and time


def _template_problems(env: Environment, settings: dict[str, Any]) -> Iterator[Problem]:
    """A slip in any template is said at once, not when somebody asks for a page that needs it."""
    folder = Path(settings["THEME"], "templates")
    for path in sorted(folder.rglob("*.html")):
        known = path, path.stat().st_mtime_ns
        if known in _right:
            continue
        try:
            env.get_template(path.relative_to(folder).as_posix())
        except TemplateAssertionError:
            pass  # a filter that only the comments service has, or said where it is used
        except TemplateSyntaxError as slip:
            yield from problems_in(slip, Path(settings["PATH"]).parent)
            continue
        _right.add(known)
