"""Reads and draws the whole blog as a build does, and writes nothing.

What is checked is what `publishconf.py` publishes, and drafts besides: she checks before she
publishes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican.settings import read_settings

from insession.check.text.page import CheckedSite, Page, Picture
from insession.check.text.text import read_text_file
from insession.common.crash_reports import problems_in
from insession.common.problems import Problem, Problems, shown_path
from insession.content.pictures import FORMATS
from insession.content.practice import PracticeFile, read_practice
from insession.content.text_file import find_texts, read_text
from insession.site import site as engines
from insession.site.memory import Memory


@dataclass(frozen=True)
class Reading:
    """What was read: the site, and the problems that stop a build now, or once a draft is one.

    `keys` is the digest of each text that could be read, by its path in content/; `memory` keeps
    what is found in it.
    """

    site: CheckedSite
    memory: Memory
    keys: dict[str, str]
    problems: tuple[Problem, ...] = ()
    later: tuple[Problem, ...] = ()


def read_site(settings_file: str, **changed: Any) -> Reading:
    """Read and draw the site as it would be built. `changed` are settings that differ."""
    settings = read_settings(settings_file, override=changed)
    engine = engines.Site(Path(), settings_file, engines.WITH_DRAFTS | changed)
    try:
        engine.refresh()
        built, problems = _drawn(engine)
    finally:
        engine.close()
    pages = tuple(_pages(settings, engine, built))
    pictures = tuple(_pictures(settings, engine.state.context.get("pictures", {})))
    file, practice = Path(settings["PATH"]) / "practice.toml", _practice(settings)
    shown = shown_path(file, settings)
    words = read_text(file, shown) if practice else ""
    site = CheckedSite(pages, pictures, practice, shown, words)
    contents = {path: text.content for path, text in engine.state.texts.items() if text.content}
    keys = {path: content._read.key for path, content in contents.items()}
    later = tuple(engine.state.context.get("problems_of_drafts", ()))
    return Reading(site, engine.memory, keys, tuple(problems), later)


def _drawn(engine: engines.Site) -> tuple[dict[str, str], list[Problem]]:
    """Return the page of each text, or the problems that keep it from being drawn."""
    if engine.problems or engine.state.writer is None:
        return {}, engine.problems
    paths = [text.content.save_as for text in engine.state.texts.values() if text.content]
    try:
        made = dict(engine.state.writer.make([path for path in paths if path], engine.memory))
    except Exception as error:
        return {}, problems_in(error, engine.folder)
    return {path: page.decode() for path, page in made.items()}, engine.logged_problems()


def text_files(settings: dict[str, Any]) -> Iterator[tuple[Path, str, bool]]:
    """Yield each article and page: its path, the path as she knows it, whether it is a page."""
    root = Path(settings["PATH"])
    for is_page, key in ((False, "ARTICLE_PATHS"), (True, "PAGE_PATHS")):
        for folder in settings[key]:
            for path in find_texts(root, folder, settings["IGNORE_FILES"]):
                if not path.is_symlink():
                    yield path, shown_path(path, settings), is_page


def _pages(settings: dict[str, Any], engine: engines.Site, built: dict[str, str]) -> Iterator[Page]:
    """Each text that could be read; what is wrong with the others are problems already."""
    for path, shown, is_page in text_files(settings):
        try:
            text = read_text_file(path, shown, is_page)
        except Problems:
            continue
        relative = path.relative_to(settings["PATH"]).as_posix()
        known = engine.state.texts.get(relative)
        content = known.content if known else None
        whole = built.get(content.save_as, "") if content else ""
        yield Page(text, relative, settings["MARKDOWN"], content.url if content else "", whole)


def _pictures(settings: dict[str, Any], published: dict[str, Path]) -> Iterator[Picture]:
    root = Path(settings["PATH"])
    for path in sorted((root / "images").rglob("*")):
        if path.suffix.lower() in FORMATS and path.is_file() and not path.is_symlink():
            made = published.get(path.relative_to(root).as_posix())
            yield Picture(shown_path(path, settings), path, made.stat().st_size if made else 0)


def _practice(settings: dict[str, Any]) -> PracticeFile | None:
    try:
        return read_practice(Path(settings["PATH"]) / "practice.toml")
    except Problems:
        return None
