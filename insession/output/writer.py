"""What the site is made of: for each path, how to make what stands there.

Pelican's generators and our plugins hand everything in and nothing is made yet. The build then
makes all of it; the preview makes a page when the browser asks for it.

A page has a key, the digest of all that it is made from. It is given nothing else to show: so what
was made with the same key before needn't be made again.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from jinja2 import Template
from pelican.contents import Content
from pelican.paginator import Paginator

from insession.common.cores import on_all_cores
from insession.common.progress import Advance
from insession.output.digest import digest, digest_of_bytes, whole
from insession.output.kept_files import KeptFiles, Remembers

Make = Callable[[], bytes]
Key = Callable[[], str]
Made = TypeVar("Made")
KIND = "page"  # what it is called in the memory
# What is there of the whole blog: a page gets nothing of it but what its template shows.
OF_ALL = {
    *("articles", "dates", "drafts", "hidden_articles", "authors", "tags", "categories"),
    *("draft_pages", "hidden_pages", "related_posts", "period_archives", "PROBLEMS"),
    *("generated_content", "static_content", "static_links", "staticfiles", "all_articles"),
    *("problems_of_drafts", "PUBLISHED", "ADDRESSES", "REDIRECTS", "GONE", "pictures", "RENAMED"),
    *("START", "SEARCH_INDEXES", "TOPICS"),
}
# What is different in each command, and shown nowhere.
UNSHOWN = {
    *("OUTPUT_PATH", "PATH", "IDS", "JINJA_ENVIRONMENT", "COMMENTS_DIGEST", "MAKES_SITE_ID"),
    *("SITE_ID", "COMMENTS_OLD", "COMMENTS_HIDDEN", "LEDGER", "KEPT", "BESIDE", "GLOSSARY"),
    "SERVICE_STYLESHEET",
    *(f"DRAFT_{kind}URL" for kind in ("", "LANG_", "PAGE_", "PAGE_LANG_")),
    *(f"DRAFT_{kind}SAVE_AS" for kind in ("", "LANG_", "PAGE_", "PAGE_LANG_")),
}
SHOWN_OF_ALL = {
    "404.html": ("articles",),
    "archives.html": ("articles", "categories", "tags"),
    "category.html": ("TOPICS",),
    "follow.html": ("categories", "tags"),
    "index.html": ("START",),
    "search.html": ("articles", "categories", "tags", "SEARCH_INDEXES"),
}
# What stands in a remembered page for the stylesheet, which is half of it and the same in each.
STYLE = b"\0stylesheet\0"
TOGETHER = 64  # pages that are remembered at once
WORTH_PREPARING = 2  # what takes long
SHARES_OF_PICTURES = 16  # for each core: a photo takes a hundred times as long as a small drawing
SHARES_OF_PAGES = 8  # so that feeds, which have much in common, are made in one process
WORTH_SHARING = 500  # so many pages take longer to make than a second process takes to start


class Job(NamedTuple):
    """How a file is made, and the digest of what from; None where it is always made anew.

    `prepare` is there where making it takes long: it is done before, for this file and others that
    belong to it, and what it makes is kept elsewhere.
    """

    make: Make
    key: Key | None
    prepare: Callable[[], None] | None = None


class Writer:
    """Collects the jobs of one site. Pelican calls `write_file`."""

    def __init__(self, settings: dict[str, Any], context: dict[str, Any], code: str) -> None:
        """Take the settings, the context, and the digest of the code."""
        self.settings, self._context, self._code = settings, context, code
        self.whole = keep(whole, context)  # the newest texts stand in feeds, too
        self.shown: dict[str, Content] = {}  # the text that a page is there for
        self._jobs: dict[str, Job] = {}
        self._lists: list[Callable[[], Iterator[tuple[str, Template, dict[str, Any]]]]] = []

    def add(self, path: str, make: Make, made_from: Callable[[], Any] | None = None) -> None:
        """Take in a file: its path in the site, with slashes, and what makes its bytes.

        `made_from` returns all that it is made from besides what is the same on each page; without
        it the file is made anew each time. Raises ValueError if the path is taken or leads out of
        the site.
        """
        if path in self._jobs:
            raise ValueError(f"two things want to stand at {path}")
        if path.startswith("/") or ".." in path.split("/") or "\\" in path:
            raise ValueError(f"{path} is not a path in the site")
        key = (lambda: digest(self._everywhere, path, made_from())) if made_from else None
        self._jobs[path] = Job(make, key)

    def add_slow(
        self, path: str, make: Make, key: str, prepare: Callable[[], None] | None = None
    ) -> None:
        """Take in a file that takes long to make, and the digest of all that it is made from.

        Where what is made is kept elsewhere, a build calls `prepare`, on all cores, before it asks
        for such files; it is the same for all that are made together. Raises as `add`.
        """
        self.add(path, make)
        self._jobs[path] = Job(make, lambda: key, prepare)

    @cached_property
    def _frame(self) -> dict[str, Any]:
        return frame(self._context)

    @cached_property
    def _style(self) -> bytes:
        return str(self._context.get("STYLESHEET", "")).encode()

    @cached_property
    def _everywhere(self) -> str:
        """The digest of that, and of the code."""
        return digest(self._code, self._frame)

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
            self._lists.append(partial(_list, template, words, paginator))
        else:
            self._add_page(name, template, words)
            if text := words.get("article") or words.get("page"):
                self.shown[name] = text

    def _add_page(self, path: str, template: Template, words: dict[str, Any]) -> None:
        words = {name: each for name, each in words.items() if name not in OF_ALL}
        words |= {name: self._context[name] for name in SHOWN_OF_ALL.get(template.name or "", ())}
        words |= page_words(path, words)

        def make() -> bytes:
            # With a mark: what is half of each page needn't be joined and encoded in each.
            html = template.render(self._frame | words, STYLESHEET=STYLE.decode())
            return html.encode().replace(STYLE, self._style)

        def made_from() -> Any:
            return template.name, words, self.whole(words["text"]) if words["text"] else ""

        self.add(path, make, made_from)

    def find(self, path: str) -> Make | None:
        """Return what makes the file at this path of the site, or None."""
        if path not in self._jobs:
            self._number_lists()
        return self._jobs[path].make if path in self._jobs else None

    def find_slow(self, path: str) -> Make | None:
        """Return what makes a file that takes long, and needs nothing of the texts; or None."""
        job = self._jobs.get(path)
        return job.make if job and job.prepare else None

    def paths(self) -> list[str]:
        """Return the path of every file, sorted."""
        self._number_lists()
        return sorted(self._jobs)

    def write_all(self, folder: Path, memory: Remembers, output: Path | None) -> list[str]:
        """Make every file below `folder`, on all cores; return which of `output` it doesn't share.

        What is there already, or in `output`, isn't made again: kept_files.py. The page of a draft,
        if it has one, isn't written.
        """
        paths = self.written()
        files = KeptFiles(folder, output, memory)
        files.look(paths)
        # Where no file is known, who makes a page finds its key.
        keys = self.keys(paths) if files.are_known else {}
        missing = [path for path in paths if path not in keys or not files.keep(path, keys[path])]
        self._prepare(missing)
        write_share = partial(self.write_some, files, memory, keys)
        try:
            made = on_all_cores(
                "Making the pages", write_share, missing, WORTH_SHARING, SHARES_OF_PAGES
            )
        except Exception:
            # It fails once more, here, where its traceback is whole.
            made = [write_share(missing, lambda count: None)]
        for share in made:
            keys |= share
        files.remember(keys)
        memory.forget_others(KIND, self.paths())
        return files.outdated()

    def written(self) -> list[str]:
        """Return the path of every file that is written."""
        return [path for path in self.paths() if not self._is_draft(path)]

    def _prepare(self, paths: list[str]) -> None:
        """Do on all cores what takes long, once for all files that belong together."""
        slow = {id(job.prepare): path for path in paths if (job := self._jobs[path]).prepare}

        def prepare(share: list[str], advance: Advance) -> None:
            for path in share:
                if prepare := self._jobs[path].prepare:
                    prepare()
                advance(1)

        items = [*slow.values()]
        on_all_cores("Making the pictures", prepare, items, WORTH_PREPARING, SHARES_OF_PICTURES)

    def _is_draft(self, path: str) -> bool:
        text = self.shown.get(path)
        return text is not None and text.status == "draft"

    def write_some(
        self,
        files: KeptFiles,
        memory: Remembers,
        keys: dict[str, str],
        paths: list[str],
        advance: Advance,
    ) -> dict[str, str]:
        """Make these files, or take them from the memory; return the key of each."""
        keys, written = keys or self.keys(paths), dict[str, str]()
        for path, data in self._make(paths, keys, memory):
            written[path] = keys.get(path) or digest_of_bytes(data)
            if path in keys or not files.keep(path, written[path]):
                files.write(path, data)
            advance(1)
        return written

    def make(self, paths: list[str], memory: Remembers) -> Iterator[tuple[str, bytes]]:
        """Yield what stands at each of these paths: made, or taken from the memory."""
        yield from self._make(paths, self.keys(paths), memory)

    def keys(self, paths: list[str]) -> dict[str, str]:
        """Return the digest of what each of these files is made from, if it has one."""
        return {path: key() for path in paths if (key := self._jobs[path].key)}

    def _make(
        self, paths: list[str], keys: dict[str, str], memory: Remembers
    ) -> Iterator[tuple[str, bytes]]:
        known, made = set(), []
        keys = {path: key for path, key in keys.items() if not self._jobs[path].prepare}
        for path, data in memory.recall(KIND, {path: keys[path] for path in paths if path in keys}):
            known.add(path)
            yield path, data.replace(STYLE, self._style)
        for path in paths:
            if path not in known:
                data = self._jobs[path].make()
                if path in keys and STYLE not in data:
                    made.append((path, keys[path], self._without_style(data)))
                yield path, data
            if len(made) == TOGETHER:
                memory.remember(KIND, made)
                made.clear()
                forget_texts()
        memory.remember(KIND, made)

    def _without_style(self, data: bytes) -> bytes:
        """Put the mark for the stylesheet, whose start is found quicker than the whole."""
        start = data.find(self._style[:64])
        if not self._style or start < 0 or not data.startswith(self._style, start):
            return data
        return data[:start] + STYLE + data[start + len(self._style) :]

    def _number_lists(self) -> None:
        """Find out how many pages each list takes: not before somebody asks for one."""
        lists, self._lists = self._lists, []
        for pages in lists:
            for path, template, words in pages():
                self._add_page(path, template, words)


def keep(function: Callable[..., Made], context: dict[str, Any]) -> Callable[..., Made]:
    """Return a function that several pages ask, with its answers kept, until `forget`."""
    kept = cache(function)
    context.setdefault("KEPT", []).append(kept)
    return kept


def forget(context: dict[str, Any]) -> None:
    """Let what is kept be made anew: a text has other words, or another title."""
    for kept in context.get("KEPT", ()):
        kept.cache_clear()


def forget_texts() -> None:
    """Keep no text with its links resolved: Pelican would keep each that it ever made."""
    for cached in (Content.get_content, Content.get_summary):
        cached.cache.clear()


def frame(context: dict[str, Any]) -> dict[str, Any]:
    """Return what each page may show: the settings, who she is, the menu."""
    left_out = OF_ALL | UNSHOWN
    return {name: each for name, each in context.items() if name not in left_out}


def page_words(name: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the frame of every page knows of it.

    `output_file` is its file, `path` its address without the site's root, and `text` the article
    or page that it is there for, or None.
    """
    text = words.get("article") or words.get("page")
    return {"output_file": name, "path": name.removesuffix("index.html"), "text": text}


def _list(
    template: Template, words: dict[str, Any], paginator: Paginator
) -> Iterator[tuple[str, Template, dict[str, Any]]]:
    """Yield each page of a list, with Pelican's names for what its template shows."""
    pages = [None, *map(paginator.page, range(1, paginator.num_pages + 1)), None]
    for newer, current, older in zip(pages, pages[1:], pages[2:], strict=False):
        neighbours = {
            "articles_paginator": paginator,
            "articles_page": current,
            "articles_previous_page": newer,
            "articles_next_page": older,
        }
        yield current.save_as, template, words | neighbours
