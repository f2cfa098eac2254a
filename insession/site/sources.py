"""The texts of content/: found in one walk, read once, on all cores, and remembered.

What was read is known again by a key: the digest of the file's bytes, of its path and id, and of
all else that reading looks at (`needs`). So what is remembered is what reading would give.
"""

import gc
import os
import pickle
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from sys import intern
from typing import Any, NamedTuple, TypeGuard

from pelican.contents import Content, SkipStub
from pelican.readers import Readers
from pelican.urlwrappers import URLWrapper

from insession.common.cores import on_all_cores
from insession.common.crash_reports import problems_in
from insession.common.problems import Problem, collected
from insession.common.progress import Advance
from insession.common.walk import walk
from insession.content.leftovers import Leftover
from insession.output.contents import Article, Page
from insession.output.digest import ARRANGED, SHARED, Read, digest, digest_of_bytes, shown
from insession.plugins.internal_links import links_of
from insession.plugins.search import collect_words
from insession.site.memory import Memory
from insession.site.unchanged import YOUNG

KIND = "text"  # what it is called in the memory
WORTH_SHARING = 60  # so many texts take longer to read than other processes take to start
# Settings that no reading looks at: what is public, where it goes, how it is drawn.
UNREAD = re.compile(
    "COMMENTS|DIRECT_TEMPLATES|DRAFT_|DRAWS_ON_REQUEST|FEED|GLOSSARY|IDS$|JINJA|MAKES_SITE_ID|OUTPUT|"
    "PAGINAT|PRACTICE|PROBLEMS|RENAMED|SITENAME|SITESUBTITLE|STYLESHEETS|THEME|TOPIC_|.*_EXCLUDES"
)


class Stamp(NamedTuple):
    """What changes when a file is saved. Nobody can set the time of a change back."""

    modified: int  # nanoseconds
    changed: int
    size: int
    inode: int


@dataclass
class Text:
    """What was last read from a file: its problems, and the last content without any.

    `made` is what the memory keeps, until it has been given it; `left` what of it is still the
    sample's, if anybody has looked (state.py).
    """

    content: Content | None = None
    problems: list[Problem] = field(default_factory=list)
    made: bytes = b""
    left: list[Leftover] | None = None


class Needs(NamedTuple):
    """What besides its file, and what all texts depend on, a text was read from."""

    practice: bool  # it names what stands in practice.toml
    pictures: tuple[str, ...]  # whose sizes stand in it
    names: bool  # it names files with letters that can be written in two ways
    waits: bool  # its day has not come


@dataclass(frozen=True)
class Folder:
    """content/ as it is now: the stamp of each file by its path in there, and the settings."""

    stamps: dict[str, Stamp]
    settings: dict[str, Any]
    mark: str  # digest of what all texts depend on

    def data(self, path: str) -> bytes | None:
        """Return what a file holds; None where it can't be read."""
        try:
            return Path(self.settings["PATH"], path).read_bytes()
        except OSError:
            return None

    def key(self, path: str, data: bytes | None) -> str | None:
        """Return the digest of a text's bytes, path and id; None without any."""
        if data is None:
            return None
        return digest(self.mark, path, self.settings["IDS"].get(path, ""), digest_of_bytes(data))

    def answer(self, needs: Needs) -> str | None:
        """Return a digest of what is needed, as it is now; None while that is being changed."""
        stamps = [self.stamps.get(picture) for picture in needs.pictures]
        youngest = max((stamp.changed for stamp in stamps if stamp), default=0)
        if time.time() - youngest / 1e9 < YOUNG:
            return None
        practice = self.settings["PRACTICE"] if needs.practice else ""
        names = [name for name in self.stamps if not name.isascii()] if needs.names else []
        return digest(practice, stamps, names)


def find_files(root: Path, ignored: list[str]) -> dict[str, Stamp]:
    """Return each file below `root` by its path in there, with what changes when it is saved."""
    found, start = {}, len(str(root)) + 1
    for entry in walk(root, ignored):
        if stamp := _stamp(entry):
            found[entry.path[start:].replace(os.sep, "/")] = stamp
    return found


def _stamp(entry: os.DirEntry[str]) -> Stamp | None:
    """None for a folder and for what has just gone; a link that leads nowhere has one."""
    for is_followed in (True, False):
        with suppress(OSError):
            status = entry.stat(follow_symlinks=is_followed)
            if S_ISDIR(status.st_mode):
                return None
            return _stamped(status)
    return None


def stamp_of(path: Path) -> Stamp | None:
    """Return what changes when this file is saved; None if it is none, or is a link."""
    try:
        status = path.lstat()
    except OSError:
        return None
    return _stamped(status) if S_ISREG(status.st_mode) else None


def _stamped(status: os.stat_result) -> Stamp:
    return Stamp(status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


def is_text(path: str, settings: dict[str, Any]) -> bool:
    """Whether a path in content/ is an article or a page."""
    folder = path.split("/")[0]
    return path.endswith(".md") and folder in settings["ARTICLE_PATHS"] + settings["PAGE_PATHS"]


def read_texts(
    paths: Iterable[str],
    before: dict[str, Text],
    folder: Folder,
    context: dict[str, Any],
    memory: Memory,
) -> dict[str, Text]:
    """Read these texts: from the memory what is known, the others from their files.

    Where anything is wrong with one, it keeps the content from `before`.
    """
    known = paths if memory.path.is_file() else ()  # who reads a text finds its key himself
    keys = {path: key for path in known if (key := folder.key(path, folder.data(path)))}
    with nullcontext() if before else _without_garbage():
        texts = dict(_recalled(keys, folder, context, memory))
    missing = [path for path in paths if path not in texts]
    for path, text in _read_all(missing, folder, context):
        old = before.get(path)
        if text.problems and old and old.content:
            text = Text(old.content, text.problems)
        texts[path] = text
    fresh = [(path, texts[path]) for path in missing]
    memory.remember(
        KIND, ((path, t.content._read.key, t.made) for path, t in fresh if t.content and t.made)
    )
    for _, text in fresh:
        text.made = b""  # as large as the text itself
    return texts


def read(path: str, readers: Readers, context: dict[str, Any]) -> Text:
    """Read a text from its file."""
    settings: dict[str, Any] = readers.settings
    kind = Page if path.split("/")[0] in settings["PAGE_PATHS"] else Article
    settings["PROBLEMS"] = []
    try:
        content = readers.read_file(settings["PATH"], path, kind, context=context)
    except Exception as error:
        content, project = None, Path(settings["PATH"]).parent
        collected(settings).extend(problems_in(error, project))
    problems = collected(settings)
    if content is None or isinstance(content, SkipStub):
        return Text(None, problems)
    links_of(content)  # which remembers them, as each of these does its slug
    _ = [author.slug for author in getattr(content, "authors", ())]
    collect_words(content)
    return Text(content, problems)


def is_waiting(content: Content) -> TypeGuard[Article]:
    """Whether Pelican holds it back because of its date alone."""
    return bool(content.status == "draft" and content.metadata["status"] != "draft")


def mark_of(settings: dict[str, Any], facts: tuple[str, ...], code: str) -> str:
    """Return the digest of what all texts depend on: code, settings, and who she is."""
    read = {name: value for name, value in settings.items() if not UNREAD.match(name)}
    return digest(code, facts, read)


def _read_all(
    paths: list[str], folder: Folder, context: dict[str, Any]
) -> Iterator[tuple[str, Text]]:
    """Read these texts from their files, on all cores."""

    def read_share(
        share: list[str], advance: Advance
    ) -> list[tuple[str, list[Problem], bytes, bool]]:
        found, readers = [], Readers(folder.settings)
        for path in share:
            text = _read(path, folder, readers, context)
            packed = text.made or _packed(text, folder)
            found.append((path, text.problems, packed, bool(text.made)))
            advance(1)
        return found

    word = _words_once(folder.settings)
    for share in on_all_cores("Reading the texts", read_share, paths, WORTH_SHARING):
        for path, problems, packed, is_known in share:
            content = _unpacked(packed, folder.settings, context, word) if packed else None
            yield path, Text(content, problems, packed if is_known else b"")


def _read(path: str, folder: Folder, readers: Readers, context: dict[str, Any]) -> Text:
    """Read a text, and pack it for the memory if it is what its key says."""
    before = folder.data(path)
    text = read(path, readers, context)
    if not text.content:
        return text
    text.content._read = _digests(text.content, folder.key(path, before) or "")
    is_steady = before is not None and before == folder.data(path)
    if is_steady and not text.problems and folder.answer(_needs(text.content)):
        text.made = _packed(text, folder)
    return text


# What the memory keeps of a text


def _needs(content: Content) -> Needs:
    named = [*content.pictures, *(link for _, link in content._links[1])]
    return Needs(
        practice=content.names_practice,
        pictures=tuple(sorted(content.pictures)),
        names=not all(name.isascii() and "%" not in name for name in named),
        waits=is_waiting(content),
    )


def _digests(content: Content, key: str) -> Read:
    known = vars(content)
    card = digest(shown(known, known.keys() - ARRANGED))
    body = digest(known["_content"], known.get("raw_body"))
    return Read(key, card, body, frozenset(known))


class _Pickler(pickle.Pickler):
    """Writes of a topic, a tag or an author what it is called: the settings know the rest."""

    def reducer_override(self, obj: object) -> Any:
        if isinstance(obj, URLWrapper):
            return _word, (type(obj), obj._name, obj._slug, obj._slug_from_name)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    """Makes a topic, a tag or an author that many texts have once, and each faster."""

    # No method: an unpickler holds what it finds, so it would hold itself, and with it the text.
    word: Callable[..., URLWrapper]

    def find_class(self, module: str, name: str) -> Any:
        """Return what a name stands for; what makes a word has to know the settings."""
        return self.word if name == _word.__name__ else super().find_class(module, name)


def _word(
    settings: dict[str, Any], kind: type[URLWrapper], name: str, slug: str, is_from_name: bool
) -> URLWrapper:
    word = kind(name, settings)
    word._slug, word._slug_from_name = slug, is_from_name
    return word


def _words_once(settings: dict[str, Any]) -> Callable[..., URLWrapper]:
    """Return a function that makes the topics, tags and authors of many texts, each once."""
    return cache(partial(_word, settings))


def _packed(text: Text, folder: Folder) -> bytes:
    """Return a text as bytes, after what it needs and the digest of that."""
    if not text.content:
        return b""
    out, known, needs = BytesIO(), vars(text.content), _needs(text.content)
    read: Read = known["_read"]
    alone: Content = text.content.__new__(type(text.content))
    own = read.attributes - SHARED
    vars(alone).update((name, each) for name, each in known.items() if name in own)
    _Pickler(out, pickle.HIGHEST_PROTOCOL).dump((alone, (read.key, read.card, read.body)))
    return pickle.dumps((tuple(needs), folder.answer(needs), out.getvalue()))


def _unpacked(
    made: bytes, settings: dict[str, Any], context: dict[str, Any], word: Callable[..., URLWrapper]
) -> Content:
    """Return a text; the names that all texts have are kept once, or they take as much as it.

    `word` makes its topic, its tags and its authors (`_words_once`).
    """
    _, _, packed = pickle.loads(made)  # noqa: S301  (our own, and whole by its digest)
    unpickler = _Unpickler(BytesIO(packed))
    unpickler.word = word
    content: Content
    content, (key, card, body) = unpickler.load()  # which keeps the names of attributes once
    content.settings, content._context = settings, context
    content.metadata = {intern(name): value for name, value in content.metadata.items()}
    content._read = Read(key, card, body, _kept_once(frozenset(vars(content))))
    return content


@cache
def _kept_once(names: frozenset[str]) -> frozenset[str]:
    return names


@contextmanager
def _without_garbage() -> Iterator[None]:
    """Have Python not look for garbage in what is made meanwhile, which all stays.

    For the start alone: with each save, it would always count anew and never look at all.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()  # as the oldest of all that there is
        gc.enable()


def _recalled(
    keys: dict[str, str], folder: Folder, context: dict[str, Any], memory: Memory
) -> Iterator[tuple[str, Text]]:
    """Yield the texts that are known and would be read in the same way now."""
    now, answers = datetime.now(UTC), cache(folder.answer)  # most texts need the same
    word = _words_once(folder.settings)
    for path, made in memory.recall(KIND, keys):
        needs, answer, _ = pickle.loads(made)  # noqa: S301
        if answer == answers(Needs(*needs)):
            content = _unpacked(made, folder.settings, context, word)
            date, is_draft = getattr(content, "date", None), content.metadata["status"] == "draft"
            if not date or is_draft or (date > now) == Needs(*needs).waits:
                yield path, Text(content)
