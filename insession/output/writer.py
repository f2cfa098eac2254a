"""What the site is made of: for each path, how to make what stands there.

Pelican's generators and our plugins hand everything in and nothing is made yet. The build then
makes all of it; the preview makes a page when the browser asks for it.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Template
from pelican.contents import Content
from pelican.paginator import Paginator

Make = Callable[[], bytes]
WORTH_SHARING = 200  # so many pages take longer to make than a second process takes to start


class Writer:
    """Collects the jobs of one site. Pelican asks for a class, and calls `write_file`."""

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        """Pelican gives where the site goes and the settings; those get it as WRITER."""
        self.output_path, self.settings = output_path, settings
        self.shown: dict[str, Content] = {}  # the text that a page is there for
        self._jobs: dict[str, Make] = {}
        self._lists: list[Callable[[], Iterator[tuple[str, Make]]]] = []
        settings["WRITER"] = self

    def add(self, path: str, make: Make) -> None:
        """Take in a file: its path in the site, with slashes, and what makes its bytes.

        Raises ValueError if the path is taken or leads out of the site.
        """
        if path in self._jobs:
            raise ValueError(f"two things want to stand at {path}")
        if path.startswith("/") or ".." in path.split("/") or "\\" in path:
            raise ValueError(f"{path} is not a path in the site")
        self._jobs[path] = make

    def write_file(
        self,
        name: str,
        template: Template,
        context: dict[str, Any],
        relative_urls: bool = False,
        paginated: None = None,
        template_name: str | None = None,
        override_output: bool = False,
        url: str | None = None,
        **words: Any,
    ) -> None:
        """Take in a page, or a list that may need several (Pelican's name and arguments)."""
        if not name:
            return
        if template_name in self.settings["PAGINATED_TEMPLATES"]:
            size = self.settings["PAGINATED_TEMPLATES"][template_name]
            size = size or self.settings["DEFAULT_PAGINATION"]
            paginator = Paginator(name, url, words["articles"], self.settings, size)
            self._lists.append(partial(_list, template, context, words, paginator))
        else:
            self.add(name, _page(template, context, words, name))
            if text := words.get("article") or words.get("page"):
                self.shown[name] = text

    def find(self, path: str) -> Make | None:
        """Return what makes the file at this path of the site, or None."""
        if path not in self._jobs:
            self._number_lists()
        return self._jobs.get(path)

    def paths(self) -> list[str]:
        """Return the path of every file, sorted."""
        self._number_lists()
        return sorted(self._jobs)

    def write_all(self) -> None:
        """Make every file below the output path; on all cores where that is quicker."""
        paths, cores = self.paths(), os.cpu_count() or 1
        if cores == 1 or len(paths) < WORTH_SHARING or sys.platform != "linux":
            self.write_some(paths)  # other systems can't, or shouldn't, fork
            return
        global _sharing
        _sharing = self  # what was read is in the other processes without being sent
        try:
            fork = multiprocessing.get_context("fork")
            with ProcessPoolExecutor(cores, mp_context=fork) as pool:
                list(pool.map(_write_share, (paths[n::cores] for n in range(cores))))
        except Exception:
            self.write_some(paths)  # fails once more, here, where its traceback is whole
        finally:
            _sharing = None

    def write_some(self, paths: list[str]) -> None:
        """Make these files."""
        for path in paths:
            file = Path(self.output_path, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(self._jobs[path]())

    def _number_lists(self) -> None:
        """Find out how many pages each list takes: not before somebody asks for one."""
        lists, self._lists = self._lists, []
        for pages in lists:
            for path, make in pages():
                self.add(path, make)


def _page(template: Template, context: dict[str, Any], words: dict[str, Any], name: str) -> Make:
    return lambda: template.render(context | words | page_words(name, words)).encode()


def page_words(name: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the frame of every page knows of it.

    `output_file` is its file, `path` its address without the site's root, and `text` the article
    or page that it is there for, or None.
    """
    text = words.get("article") or words.get("page")
    return {"output_file": name, "path": name.removesuffix("index.html"), "text": text}


def _list(
    template: Template, context: dict[str, Any], words: dict[str, Any], paginator: Paginator
) -> Iterator[tuple[str, Make]]:
    """Yield each page of a list, with Pelican's names for what its template shows."""
    total = paginator.num_pages
    for number in range(1, total + 1):
        current = paginator.page(number)
        neighbours = {
            "articles_paginator": paginator,
            "articles_page": current,
            "articles_previous_page": paginator.page(number - 1) if number > 1 else None,
            "articles_next_page": paginator.page(number + 1) if number < total else None,
        }
        yield current.save_as, _page(template, context, words | neighbours, current.save_as)


_sharing: Writer | None = None  # whose files the other processes make


def _write_share(paths: list[str]) -> None:
    assert _sharing is not None  # noqa: S101  (set before the processes begin)
    _sharing.write_some(paths)
