"""Reads the whole blog as a build does, into a folder of its own that is thrown away.

What is checked is what `publishconf.py` publishes, and drafts besides: she checks before she
publishes.
"""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown import Markdown
from pelican import signals
from pelican.settings import read_settings

from insession.check.text.page import Page, Picture, Site
from insession.check.text.text import read_text_file
from insession.common.problems import Problem, Problems, shown_path
from insession.content.pictures import FORMATS
from insession.content.practice import PracticeFile, read_practice
from insession.content.text_file import read_text
from insession.site.build import make_site

# Drafts get a page of their own here, at the address that they will have.
DRAFTS = {
    f"DRAFT_{kind}{part}": value
    for kind in ("", "PAGE_", "LANG_", "PAGE_LANG_")
    for part, value in (("URL", "{slug}/"), ("SAVE_AS", "{slug}/index.html"))
}
LOG = "build-error.log"


@dataclass(frozen=True)
class Reading:
    """What was read: the site, and the problems that stop a build now, or once a draft is one."""

    site: Site
    problems: tuple[Problem, ...] = ()
    later: tuple[Problem, ...] = ()


def read_site(settings_file: str, **changed: Any) -> Reading:
    """Build the site aside and read it back. `changed` are settings that differ."""
    settings = read_settings(settings_file, override=changed)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        output = Path(folder) / "site"
        context: dict[str, Any] = {}

        def note(generators: list[Any]) -> None:
            nonlocal context
            context = generators[0].context

        signals.all_generators_finalized.connect(note)
        try:
            make_site(output, settings_file, **DRAFTS | changed)
            problems: list[Problem] = []
        except Problems as found:
            problems = found.problems
            if (log := output.with_name(LOG)).exists():  # what it says goes beside the blog
                shutil.copy(log, LOG)
        finally:
            signals.all_generators_finalized.disconnect(note)
        pages = tuple(_pages(settings, context.get("generated_content", {}), output))
        pictures = tuple(_pictures(settings, output))
    file, practice = Path(settings["PATH"]) / "practice.toml", _practice(settings)
    shown = shown_path(file, settings)
    words = read_text(file, shown) if practice else ""
    site = Site(pages, pictures, practice, shown, words)
    return Reading(site, tuple(problems), tuple(context.get("problems_of_drafts", ())))


def text_files(settings: dict[str, Any]) -> Iterator[tuple[Path, str, bool]]:
    """Yield each article and page: its path, the path as she knows it, whether it is a page."""
    root = Path(settings["PATH"])
    for is_page, key in ((False, "ARTICLE_PATHS"), (True, "PAGE_PATHS")):
        for folder in settings[key]:
            for path in sorted((root / folder).rglob("*.md")):
                hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
                if path.is_file() and not hidden and not path.is_symlink():
                    yield path, shown_path(path, settings), is_page


def _pages(settings: dict[str, Any], contents: dict[str, Any], output: Path) -> Iterator[Page]:
    """Each text that could be read; what is wrong with the others are problems already."""
    for path, shown, is_page in text_files(settings):
        try:
            text = read_text_file(path, shown, is_page)
        except Problems:
            continue
        relative = path.relative_to(settings["PATH"]).as_posix()
        content = contents.get(relative)
        html = Markdown(**settings["MARKDOWN"]).convert(text.body)
        built = output / content.save_as if content else output
        whole = built.read_text(encoding="utf-8") if built.is_file() else ""
        yield Page(text, relative, html, content.url if content else "", whole)


def _pictures(settings: dict[str, Any], output: Path) -> Iterator[Picture]:
    root = Path(settings["PATH"])
    for path in sorted((root / "images").rglob("*")):
        if path.suffix.lower() in FORMATS and path.is_file() and not path.is_symlink():
            published = output / path.relative_to(root)
            size = published.stat().st_size if published.is_file() else 0
            yield Picture(shown_path(path, settings), path, size)


def _practice(settings: dict[str, Any]) -> PracticeFile | None:
    try:
        return read_practice(Path(settings["PATH"]) / "practice.toml")
    except Problems:
        return None
