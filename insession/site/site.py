"""The blog in memory: told what was saved, asked for a page.

What is shown is one value (state.py). The next one is made aside, of copies of the texts that are
arranged already, and put in its place whole: so whatever goes wrong meanwhile, pages stay as they
were. A page that is asked for while a save is taken in waits for that.

The short way: most saves change what is only shown, a text's words, title or summary. That is read
and put into the content that all lists hold already, and what was kept of drawn pages is forgotten;
nothing is arranged by it. Whatever else changed, and whatever is wrong, takes the long way: the
texts that changed, and those that depend on them, are read, and all are arranged anew.

The files' stamps say what has changed, and the watch names what was written twice within the
clock's grain.
"""

import logging
import threading
import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pelican
from pelican.contents import Content
from pelican.settings import read_settings

from insession.common.crash_reports import LoggedErrors, problems_in
from insession.common.problems import Problem, Problems, shown_path
from insession.output.writer import forget, forget_texts
from insession.plugins.internal_links import is_draft, problems_of
from insession.site.compiled import keep_compiled
from insession.site.generators import arrange, begin
from insession.site.memory import Memory, code_digest
from insession.site.saves import copied, dependent, facts_of, take_shown
from insession.site.sources import (
    Folder,
    Stamp,
    Text,
    find_files,
    is_text,
    mark_of,
    read_texts,
    stamp_of,
)
from insession.site.state import SiteState, waiting
from insession.site.unchanged import YOUNG

MOST_DRAWN = 200
# Settings with which texts that aren't published have a page at the address that they will have.
WITH_DRAFTS = {
    f"DRAFT_{kind}{name}": f"{{slug}}/{end}"
    for kind in ("", "LANG_", "PAGE_", "PAGE_LANG_")
    for name, end in (("URL", ""), ("SAVE_AS", "index.html"))
}


class Site:
    """All that is known of the blog: its state, and how to find the next one.

    Who takes several things from the state for one page holds `lock` meanwhile.
    """

    def __init__(
        self, folder: Path, settings_file: str, changed: dict[str, Any], *, is_fresh: bool = False
    ) -> None:
        """Take the settings. Nothing is read before the first `refresh`.

        `changed` are those that differ from the file's; `folder` gets build-error.log; with
        `is_fresh` nothing that is remembered is used.
        """
        self.folder, self.state = folder, SiteState()
        self.lock = threading.RLock()  # held while a page is drawn, and while a save is taken in
        self._looking = threading.RLock()  # held by who looks for what was saved; always the first
        self._settings_file, self._changed, self._is_fresh = settings_file, changed, is_fresh
        self.memory = Memory(folder)
        self._code, self._is_first = "", True
        self._stamps: dict[str, Stamp] = {}
        self._young: set[str] = set()  # could have been written again, with the same stamp
        self._pending: set[str] = set()  # files that changed and aren't taken in yet
        self._is_whole = False  # whether the last arrangement could be drawn
        self.faults: dict[str, Problem] = {}  # of pages that couldn't be drawn
        self._drawn: dict[str, bytes] = {}  # the last good form of pages that were asked for
        self.code_problems: list[Problem] = []  # of code that was saved and can't be used yet
        self._errors = LoggedErrors()
        logging.getLogger().addHandler(self._errors)
        pelican.console.quiet = True
        self._pelican: pelican.Pelican | None = None

    @property
    def problems(self) -> list[Problem]:
        """What is wrong at the moment, each thing once, by file and line."""
        return sorted({*self.state.problems, *self.faults.values(), *self.code_problems})

    def refresh(self, named: Collection[Path] = ()) -> bool:
        """Take in what was saved. Returns whether anything was.

        `named` are files that changed whatever their stamps say, in content/ or elsewhere.
        """
        with self._looking:
            if not self._has_started():
                return True
            content = Path(self.state.settings["PATH"])
            stamps = find_files(content, self.state.settings["IGNORE_FILES"])
            with self.lock:
                differing = {path for path, _ in stamps.items() ^ self._stamps.items()}
                inside = _inside(named, content)
                changed = self._pending | differing | self.state.due()
                changed |= (self._young | inside) & stamps.keys()
                newest = (time.time() - YOUNG) * 1e9
                is_first = not self._stamps
                self._young = {p for p, s in stamps.items() if is_first and s.changed > newest}
                self._stamps = stamps
                is_outside = len(inside) < len(named)
                if not changed and not is_outside and self._is_whole:
                    return False
                self._take(changed, is_outside)
                return True

    def refresh_shown(self, named: Collection[Path]) -> bool:
        """Take these files in the short way, without a look at all the others.

        Returns whether that could be done; if not, it is left to `refresh`.
        """
        with self._looking, self.lock:
            content = Path(self.state.settings.get("PATH", ""))
            paths = _inside(named, content)
            if len(paths) < len(named) or self.state.due():
                return False
            self._pending |= paths
            self._forget()
            return self._take_shown()

    def answer(self, path: str) -> tuple[bytes, Content | None] | None:
        """Return what stands at a path of the site, and the text that it shows, if it is one.

        A page that can't be drawn is answered in its last good form, with a problem.
        """
        with self.lock:
            if due := self.state.due():
                self._take(due, is_outside=False)
            return self.draw(path)

    def answer_slow(self, path: str) -> bytes | None:
        """Return a picture, if that is what stands at a path; nobody waits until it is made."""
        writer = self.state.writer
        make = writer.find_slow(path) if writer else None
        if make:
            with suppress(Exception):  # `answer` says what is wrong
                return make()
        return None

    def draw(self, path: str) -> tuple[bytes, Content | None] | None:
        """Answer without waiting for a save that is taken in: what nobody looks at."""
        writer = self.state.writer
        make = writer.find(path) if writer else None
        if make is None or writer is None:
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
        return body, writer.shown.get(path)

    def logged_problems(self) -> list[Problem]:
        """Return what Pelican logged as an error since the last time."""
        return self._errors.problems(self.folder)

    def close(self) -> None:
        """Listen no more to what Pelican logs."""
        logging.getLogger().removeHandler(self._errors)

    def _has_started(self) -> bool:
        """Read the settings and load the plugins, once that succeeds."""
        if self._pelican is None:
            problems: list[Problem] = []
            settings: dict[str, Any] = {}
            try:
                settings = read_settings(self._settings_file, override=self._changed)
                project = Path(settings["PATH"]).parent
                self.memory, self._code = Memory(project), code_digest(Path(settings["THEME"]))
                keep_compiled(settings, project)
                self._pelican = pelican.Pelican(settings)
                problems = self._errors.problems(self.folder)
            except Exception as error:
                problems = problems_in(error, self.folder)
            if self._pelican and not problems:
                self.state = SiteState(settings=settings)
                if self._is_fresh:
                    self.memory.forget()
            else:
                self.state = SiteState(problems=tuple(problems))
        return bool(self.state.settings)

    def _take(self, changed: set[str], is_outside: bool) -> None:
        self._forget()
        self._pending |= changed
        if is_outside or not self._is_whole or not self._take_shown():
            self._take_all()

    def _forget(self) -> None:
        """Forget what was drawn or couldn't be."""
        forget_texts()
        self.faults.clear()

    def _take_shown(self) -> bool:
        """Take the change the short way: see at the top. Returns whether that could be done."""
        state = self.state
        if state.problems or not self._is_whole:
            return False
        content, known = Path(state.settings["PATH"]), self._pending & state.texts.keys()
        stamps = {path: stamp for path in known if (stamp := stamp_of(content / path))}
        if len(stamps) < len(self._pending):
            return False
        self._stamps |= stamps
        read = self._read(self._pending, state.texts, state.settings, state.context)
        forget(state.context)
        titles = [getattr(state.texts[path].content, "title", "") for path in read]
        for path, fresh in read.items():
            if self._leads_nowhere(fresh.content) or not take_shown(state.texts[path], fresh):
                return False
            self._pending.remove(path)
        if titles != [getattr(fresh.content, "title", "") for fresh in read.values()]:
            self.state = replace(state)  # another value, for who keeps titles elsewhere
        return True

    def _leads_nowhere(self, content: Content | None) -> bool:
        """Whether a link in a text that isn't a draft is wrong."""
        if content is None or is_draft(content):
            return False
        return any(problems_of(content, self.state.context))

    def _take_all(self) -> None:
        """Read what changed, and what depends on it, arrange everything anew, and show that."""
        if self._pelican is None:
            return
        self._is_whole = False
        try:
            problems = begin(self._pelican, is_first=self._is_first)
            self._is_first = False
        except Problems as refused:
            self.state = replace(self.state, problems=tuple(refused.problems))
            return
        settings = self._pelican.settings
        texts, read = self._read_again(settings)
        context, writer, found = arrange(self._pelican, texts, problems, self._code)
        if self._put_back(texts, read, found, is_drawn=writer is not None):
            context, writer, _ = arrange(self._pelican, texts, problems, self._code)
        state = self.state if writer is None else SiteState(settings, context, writer)
        facts, found = facts_of(settings["PRACTICE"]), found + self.logged_problems()
        self.state = replace(
            state, texts=texts, facts=facts, problems=tuple(found), waiting=waiting(texts)
        )
        self._is_whole = writer is not None
        self._pending.clear()

    def _read_again(self, settings: dict[str, Any]) -> tuple[dict[str, Text], set[str]]:
        """Return copies of all texts, and which were read since they may have become different."""
        texts = {path: copied(text) for path, text in self.state.texts.items()}
        wanted = self._pending | dependent(self.state, settings, self._pending)
        gone = {path for path in wanted if path not in self._stamps}
        for path in gone | {*settings["ARTICLE_EXCLUDES"]}:
            texts.pop(path, None)
        read = {path for path in wanted - gone if is_text(path, settings)}
        read -= {*settings["ARTICLE_EXCLUDES"]}
        return texts | self._read(read, texts, settings, {}), read

    def _read(
        self,
        paths: Collection[str],
        before: dict[str, Text],
        settings: dict[str, Any],
        context: dict[str, Any],
    ) -> dict[str, Text]:
        mark = mark_of(settings, facts_of(settings["PRACTICE"]), self._code)
        folder = Folder(self._stamps, settings, mark)
        return read_texts(sorted(paths), before, folder, context, self.memory)

    def _put_back(
        self, texts: dict[str, Text], read: set[str], found: list[Problem], is_drawn: bool
    ) -> bool:
        """Show the last good form of what was read just now and is wrong among the others.

        A text that is new has none: it is shown as it is, if the site can be drawn with it.
        Returns whether any was put back.
        """
        any_back = False
        for path in read if found else ():
            old = copied(self.state.texts.get(path, Text()))
            shown = shown_path(path, self.state.settings)
            wrong = [problem for problem in found if problem.file == shown]
            if wrong and not texts[path].problems:
                if old.content or not is_drawn:
                    texts[path] = Text(old.content, wrong)
                    any_back = True
                else:
                    texts[path].problems = wrong
        return any_back


def _inside(paths: Collection[Path], folder: Path) -> set[str]:
    """Those of these files that lie in a folder, by their paths in there."""
    return {path.relative_to(folder).as_posix() for path in paths if path.is_relative_to(folder)}
