"""The blog in memory: told what was saved, asked for a page.

The files' stamps say what has changed, and the watch names what was written twice within the
clock's grain. A change of words alone goes into the content that every list holds; anything else
arranges all texts anew, which reads none of them again.
"""

import logging
import threading
import time
from collections.abc import Collection
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any

import pelican
from pelican.contents import Content, Page
from pelican.settings import read_settings

from insession.common.crash_reports import LoggedErrors, problems_in
from insession.common.problems import Problem, Problems, shown_path
from insession.content.leftovers import Leftover, Written, find_leftovers, text_fields
from insession.content.practice import PracticeFile
from insession.output.writer import Writer
from insession.plugins.internal_links import is_draft, problems_of
from insession.site.compiled import keep_compiled
from insession.site.generators import arrange, begin
from insession.site.memory import Memory, code_digest
from insession.site.sources import (
    Folder,
    Stamp,
    Text,
    find_files,
    is_text,
    is_waiting,
    mark_of,
    read_texts,
    take_words,
)
from insession.site.unchanged import YOUNG

PRACTICE = "practice.toml"
MOST_DRAWN = 200
# Settings with which texts that aren't published have a page at the address that they will have.
WITH_DRAFTS = {
    f"DRAFT_{kind}{name}": f"{{slug}}/{end}"
    for kind in ("", "LANG_", "PAGE_", "PAGE_LANG_")
    for name, end in (("URL", ""), ("SAVE_AS", "index.html"))
}


class Site:
    """All that is known of the blog. One thread at a time, by its lock."""

    def __init__(
        self, folder: Path, settings_file: str, changed: dict[str, Any], *, is_fresh: bool = False
    ) -> None:
        """Take the settings. Nothing is read before the first `refresh`.

        `changed` are those that differ from the file's; `folder` gets build-error.log; with
        `is_fresh` nothing that is remembered is used.
        """
        self.folder, self.lock = folder, threading.RLock()
        self._settings_file, self._changed, self._is_fresh = settings_file, changed, is_fresh
        self.memory = Memory(folder)
        self._code, self._is_first = "", True
        self.settings: dict[str, Any] = {}
        self.context: dict[str, Any] = {}  # the same one for ever: all contents hold it
        self.writer: Writer | None = None
        self.texts: dict[str, Text] = {}
        self._stamps: dict[str, Stamp] = {}
        self._young: set[str] = set()  # could have been written again, with the same stamp
        self._pending: set[str] = set()  # files that changed and aren't taken in yet
        self._is_whole = False  # whether the last arrangement could be drawn
        self._found: list[Problem] = []
        self.faults: dict[str, Problem] = {}  # of pages that couldn't be drawn
        self._drawn: dict[str, bytes] = {}  # the last good form of pages that were asked for
        self.code_problems: list[Problem] = []  # of code that was saved and can't be used yet
        self._errors = LoggedErrors()
        logging.getLogger().addHandler(self._errors)
        pelican.console.quiet = True
        self._pelican: pelican.Pelican | None = None
        self._facts: tuple[str, ...] = ()
        self._waiting: dict[str, datetime] = {}  # the day from which each such text is published

    @property
    def problems(self) -> list[Problem]:
        """What is wrong at the moment, each thing once, by file and line."""
        return sorted({*self._found, *self.faults.values(), *self.code_problems})

    @property
    def base(self) -> str:
        """Where the blog lies on its host: "" or, for instance, "/blog"."""
        return self.practice.site.base_path if self.practice else ""

    @property
    def practice(self) -> PracticeFile | None:
        """Who she is, as last read without a mistake."""
        return self.settings.get("PRACTICE")

    def refresh(self, named: Collection[Path] = ()) -> bool:
        """Take in what was saved. Returns whether anything was.

        `named` are files that changed whatever their stamps say, in content/ or elsewhere.
        """
        with self.lock:
            if not self._has_started():
                return True
            content = Path(self.settings["PATH"])
            stamps = find_files(content, self.settings["IGNORE_FILES"])
            differing = {path for path, _ in stamps.items() ^ self._stamps.items()}
            inside = [path.relative_to(content).as_posix() for path in named if _in(path, content)]
            changed = differing | self._due() | {path for path in inside if path in stamps}
            changed |= self._young & stamps.keys()
            newest = (time.time() - YOUNG) * 1e9
            is_first = not self._stamps
            self._young = {p for p, s in stamps.items() if is_first and s.changed > newest}
            self._stamps = stamps
            is_outside = len(inside) < len(named)
            if not changed and not is_outside and self._is_whole:
                return False
            self._take(changed, is_outside)
            return True

    def answer(self, path: str) -> tuple[bytes, Content | None] | None:
        """Return what stands at a path of the site, and the text that it shows, if it is one.

        A page that can't be drawn is answered in its last good form, with a problem.
        """
        with self.lock:
            if self._due():
                self.refresh()
            make = self.writer.find(path) if self.writer else None
            if make is None or self.writer is None:
                return None
            try:
                body = make()
            except FileNotFoundError:
                return None
            except Exception as error:
                self.faults[path] = problems_in(error, self.folder)[0]
                body = self._drawn.get(path, b"")
            else:
                self.faults.pop(path, None)
                if path.endswith(".html"):
                    self._drawn.pop(path, None)  # the newest last
                    self._drawn[path] = body
                    if len(self._drawn) > MOST_DRAWN:
                        del self._drawn[next(iter(self._drawn))]
            return body, self.writer.shown.get(path)

    def unpublished(self) -> list[Content]:
        """Return the texts that nobody can find: drafts, those that wait, and hidden ones."""
        kinds = ("drafts", "draft_pages", "hidden_articles", "hidden_pages")
        return [content for kind in kinds for content in self.context.get(kind, ())]

    def leftovers(self) -> list[Leftover]:
        """Return what is still the sample's."""
        with self.lock:
            if not self.practice:
                return []
            file = Path(self.settings["PATH"]) / PRACTICE
            contents = [text.content for _, text in sorted(self.texts.items()) if text.content]
            texts = [_written(content, self.settings) for content in contents]
            return find_leftovers(file, self.practice, texts, date.today())

    def logged_problems(self) -> list[Problem]:
        """Return what Pelican logged as an error since the last time."""
        return self._errors.problems(self.folder)

    def close(self) -> None:
        """Listen no more to what Pelican logs."""
        logging.getLogger().removeHandler(self._errors)

    def _has_started(self) -> bool:
        """Read the settings and load the plugins, once that succeeds."""
        if self._pelican is None:
            try:
                settings = read_settings(self._settings_file, override=self._changed)
                project = Path(settings["PATH"]).parent
                self.memory, self._code = Memory(project), code_digest(Path(settings["THEME"]))
                keep_compiled(settings, project)
                self._pelican = pelican.Pelican(settings)
                self._found = self._errors.problems(self.folder)
            except Exception as error:
                self._found = problems_in(error, self.folder)
            if self._pelican and not self._found:
                self.settings = settings
                if self._is_fresh:
                    self.memory.forget()
        return bool(self.settings)

    def _take(self, changed: set[str], is_outside: bool) -> None:
        for cached in (Content.get_content, Content.get_summary):
            cached.cache.clear()  # Pelican would keep each text it ever made
        self.faults.clear()
        self._pending |= changed
        if is_outside or not self._is_whole or not self._take_words():
            self._take_all()

    def _take_words(self) -> bool:
        """Take the change the short way, if only words changed and nothing is wrong anywhere."""
        if self._found:
            return False
        known = {path: self.texts.get(path) for path in self._pending}
        if not all(text and path in self._stamps for path, text in known.items()):
            return False
        for path, fresh in self._read(self._pending).items():
            text = self.texts[path]
            if self._leads_nowhere(fresh.content) or not take_words(text, fresh):
                return False
            self._pending.remove(path)
        return True

    def _leads_nowhere(self, content: Content | None) -> bool:
        """Whether a link in a text that isn't a draft is wrong."""
        if content is None or is_draft(content):
            return False
        return any(problems_of(content, self.context))

    def _take_all(self) -> None:
        """Read what changed, and what depends on it, and arrange everything anew."""
        if self._pelican is None:
            return
        try:
            problems = begin(self._pelican, is_first=self._is_first)
            self._is_first = False
        except Problems as refused:
            self._found, self._is_whole = refused.problems, False
            return
        before = self._read_again()
        context, writer, self._found = arrange(self._pelican, self.texts, problems, self._code)
        if self._put_back(before, is_drawn=writer is not None):
            context, writer, _ = arrange(self._pelican, self.texts, problems, self._code)
        self._found += self.logged_problems()
        self._is_whole = writer is not None
        self._waiting = {
            path: text.content.date
            for path, text in self.texts.items()
            if text.content and not text.problems and is_waiting(text.content)
        }
        if writer:
            self.writer = writer
            self.context.clear()
            self.context.update(context)

    def _read_again(self) -> dict[str, Text]:
        """Read all that may have become different; return the texts as they were before."""
        wanted = self._pending | self._dependent()
        gone = {path for path in wanted if path not in self._stamps}
        for path in gone | {*self.settings["ARTICLE_EXCLUDES"]}:
            self.texts.pop(path, None)
        read = {path for path in wanted - gone if is_text(path, self.settings)}
        read -= {*self.settings["ARTICLE_EXCLUDES"]}
        before = {path: self.texts.get(path, Text()) for path in read}
        self.texts |= self._read(read)
        self._pending.clear()
        return before

    def _read(self, paths: Collection[str]) -> dict[str, Text]:
        facts = _facts(self.settings["PRACTICE"])
        folder = Folder(self._stamps, self.settings, mark_of(self.settings, facts, self._code))
        return read_texts(sorted(paths), self.texts, folder, self.context, self.memory)

    def _put_back(self, before: dict[str, Text], is_drawn: bool) -> bool:
        """Show the last good form of what was read just now and is wrong among the others.

        A text that is new has none: it is shown as it is, if the site can be drawn with it.
        """
        any_back = False
        for path, old in before.items():
            shown = shown_path(path, self.settings)
            wrong = [problem for problem in self._found if problem.file == shown]
            if wrong and not self.texts[path].problems:
                if old.content or not is_drawn:
                    self.texts[path] = Text(old.content, wrong, old.attributes)
                    any_back = True
                else:
                    self.texts[path].problems = wrong
        return any_back

    def _dependent(self) -> set[str]:
        """Texts with problems or another id, and those that show what changed elsewhere."""
        before, self._facts = self._facts, _facts(self.settings["PRACTICE"])
        if before and before != self._facts:
            return set(self.texts)
        changes_practice = PRACTICE in self._pending
        return {path for path, text in self.texts.items() if text.problems} | {
            path
            for path, text in self.texts.items()
            if (content := text.content)
            and (
                _has_other_id(path, content)
                or (changes_practice and content.names_practice)
                or content.pictures & self._pending
            )
        }

    def _due(self) -> set[str]:
        """Texts whose day has come since they were read."""
        now = datetime.now(UTC)
        return {path for path, day in self._waiting.items() if day <= now}


def _written(content: Content, settings: dict[str, Any]) -> Written:
    path, said = Path(content.source_path), SimpleNamespace(**content.metadata)
    reviewed, is_page = content.metadata.get("reviewed"), isinstance(content, Page)
    fields, shown = text_fields(said), shown_path(path, settings)
    return Written(path, shown, is_page, is_draft(content), reviewed, fields, content.raw_body)


def _has_other_id(path: str, content: Content) -> bool:
    """Whether a text's id isn't that with which it was read: a file was renamed."""
    ids = content.settings["IDS"]
    return bool(content.id != (content.own_id or ids.get(path, PurePosixPath(path).stem)))


def _facts(practice: PracticeFile) -> tuple[str, ...]:
    """What of practice.toml stands in every text, once it is read."""
    site, therapist = practice.site, practice.therapist
    facts = site.base_path, site.language, site.timezone, therapist.approach, therapist.name
    return *facts, practice.practice.phone


def _in(path: Path, folder: Path) -> bool:
    return path.is_relative_to(folder)
