"""Reads the blog as a build does, draws the pages that have to be looked at, and writes nothing.

What is checked is what `publishconf.py` publishes, and drafts besides: she checks before she
publishes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from insession.check.text.page import CheckedPage, CheckedSite, Picture
from insession.check.text.text import read_text_file
from insession.common.crash_reports import problems_in
from insession.common.problems import Problem, Problems, shown_path
from insession.content.pictures import FORMATS, PictureFacts
from insession.content.practice import PracticeFile, read_practice
from insession.content.text_file import find_texts, read_text
from insession.output.digest import digest
from insession.output.writer import Writer
from insession.site.memory import Memory
from insession.site.site import Site

TextFile = tuple[Path, str, bool]  # its path, that as she knows it, whether it is a page


class Drawing:
    """The pages of texts, by their path in content/: drawn together, or when one is asked for.

    There are none if anything keeps one of them from being drawn.
    """

    def __init__(self, engine: Site) -> None:
        self._engine, self._html = engine, dict[str, str]()
        self._writer = None if engine.problems else engine.state.writer
        contents = {path: text.content for path, text in engine.state.texts.items() if text.content}
        self._paths = {path: each.save_as for path, each in contents.items() if each.save_as}
        self._keys: dict[str, str] = {}
        self.problems = engine.problems or self._begin()

    def _begin(self) -> list[Problem]:
        """Find the key of each page, and draw those without one: they are made anew each time."""
        try:
            self._keys = self._writer.keys([*self._paths.values()]) if self._writer else {}
        except Exception as error:
            return self._give_up(error)
        return self.draw([text for text, path in self._paths.items() if path not in self._keys])

    def draw(self, texts: Iterable[str]) -> list[Problem]:
        """Draw the pages of these texts. Returns the problems that kept it from being done."""
        if self._writer is None:
            return []
        wanted = [self._paths[text] for text in texts if text in self._paths]
        try:
            for path, page in self._writer.make(wanted, self._engine.memory):
                if path not in self._keys:  # the others are remembered: all at once are too large
                    self._html[path] = page.decode()
        except Exception as error:
            return self._give_up(error)
        return self._engine.logged_problems()

    def _give_up(self, error: Exception) -> list[Problem]:
        self._writer, self._html = None, {}
        return problems_in(error, self._engine.folder)

    def html(self, relative: str) -> str:
        """Return a page; "" if there is none."""
        path = self._paths.get(relative, "")
        if path and self._writer and path not in self._html:
            ((_, page),) = self._writer.make([path], self._engine.memory)
            return page.decode()
        return self._html.get(path, "")

    def mark(self, relative: str) -> str:
        """Return a digest of what stands on a page; "" if there is none."""
        path = self._paths.get(relative, "")
        if not (path and self._writer):
            return ""
        return self._keys.get(path) or digest(self.html(relative))


@dataclass(frozen=True)
class Reading:
    """What was read: the site, and the problems that stop a build now, or once a draft is one.

    `keys` is the digest of each text that could be read, by its path in content/; `memory` keeps
    what is found in it, together with `theme`, the folder of the templates, and our code. `counts`
    is how many articles and pages there are, also those that couldn't be read.
    """

    site: CheckedSite
    memory: Memory
    theme: Path
    keys: dict[str, str]
    drawing: Drawing
    counts: Counter[str]
    problems: tuple[Problem, ...] = ()
    later: tuple[Problem, ...] = ()


def read_site(engine: Site, settings: dict[str, Any]) -> Reading:
    """Return what there is to be checked of a site that was read and arranged with its drafts."""
    drawing = Drawing(engine)
    texts = [*text_files(settings)]
    pages = tuple(_pages(settings, engine, drawing, texts))
    pictures = tuple(
        _pictures(settings, engine.state.context.get("pictures", {}), engine.state.writer)
    )
    file, practice = Path(settings["PATH"]) / "practice.toml", _practice(settings)
    shown = shown_path(file, settings)
    words = read_text(file, shown) if practice else ""
    site = CheckedSite(pages, pictures, practice, shown, words)
    contents = {path: text.content for path, text in engine.state.texts.items() if text.content}
    keys = {path: content._read.key for path, content in contents.items()}
    later = tuple(engine.state.context.get("problems_of_drafts", ()))
    counts = Counter("page" if is_page else "article" for _, _, is_page in texts)
    theme, problems = Path(settings["THEME"]), tuple(drawing.problems)
    return Reading(site, engine.memory, theme, keys, drawing, counts, problems, later)


def text_files(settings: dict[str, Any]) -> Iterator[TextFile]:
    """Yield each article and page: its path, the path as she knows it, whether it is a page."""
    root = Path(settings["PATH"])
    for is_page, key in ((False, "ARTICLE_PATHS"), (True, "PAGE_PATHS")):
        for folder in settings[key]:
            for path in find_texts(root, folder, settings["IGNORE_FILES"]):
                if not path.is_symlink():
                    yield path, shown_path(path, settings), is_page


def _pages(
    settings: dict[str, Any], engine: Site, drawing: Drawing, texts: list[TextFile]
) -> Iterator[CheckedPage]:
    """Each text that could be read; what is wrong with the others are problems already."""
    for path, shown, is_page in texts:
        relative = path.relative_to(settings["PATH"]).as_posix()
        read = partial(read_text_file, path, shown, is_page)
        known = engine.state.texts.get(relative)
        content = known.content if known else None
        try:
            body = content.raw_body if content else read().body
        except Problems:
            continue
        address = content.url if content else ""
        draw = partial(drawing.html, relative)
        yield CheckedPage(shown, relative, body, read, draw, settings["MARKDOWN"], address)


def _pictures(
    settings: dict[str, Any], known: dict[str, PictureFacts], writer: Writer | None
) -> Iterator[Picture]:
    """Yield each picture with its weight; a photo is sent as small as it is shown, and has none."""
    root = Path(settings["PATH"])
    for path in sorted((root / "images").rglob("*")):
        if path.suffix.lower() in FORMATS and path.is_file() and not path.is_symlink():
            name = path.relative_to(root).as_posix()
            is_sent_whole = name in known and known[name].kind != "photo"
            make = writer.find_slow(name) if writer and is_sent_whole else None
            yield Picture(shown_path(path, settings), path, len(make()) if make else 0)


def _practice(settings: dict[str, Any]) -> PracticeFile | None:
    try:
        return read_practice(Path(settings["PATH"]) / "practice.toml")
    except Problems:
        return None
