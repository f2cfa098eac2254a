"""The texts that the preview keeps in memory: read once, and again when their file changes."""

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR
from typing import Any

from pelican.contents import Article, Content, Page, SkipStub
from pelican.readers import Readers

from insession.common.crash_reports import told
from insession.common.problems import Problem, collected
from insession.common.walk import walk
from insession.plugins.internal_links import links_of

Stamp = tuple[int, int, int]

# Set when a text is arranged among the others, which its words alone don't change.
ARRANGED = {"author", "authors", "category", "tags", "translations"}


@dataclass
class Text:
    """What was last read from a file: its problems, and the last content without any.

    `attributes` are those that reading gave the content; what plugins add later isn't among them.
    """

    content: Content | None = None
    problems: list[Problem] = field(default_factory=list)
    attributes: tuple[str, ...] = ()


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
            return status.st_mtime_ns, status.st_size, status.st_ino
    return None


def is_text(path: str, settings: dict[str, Any]) -> bool:
    """Whether a path in content/ is an article or a page."""
    folder = path.split("/")[0]
    return path.endswith(".md") and folder in settings["ARTICLE_PATHS"] + settings["PAGE_PATHS"]


def read(path: str, before: Text | None, settings: dict[str, Any], context: dict[str, Any]) -> Text:
    """Read a text anew; where anything is wrong with it, keep the content from `before`."""
    kind = Page if path.split("/")[0] in settings["PAGE_PATHS"] else Article
    settings["PROBLEMS"] = []
    try:
        content = Readers(settings).read_file(settings["PATH"], path, kind, context=context)
    except Exception as error:
        content, folder = None, Path(settings["PATH"]).parent
        collected(settings).extend(told(error, folder))
    problems = collected(settings)
    if problems and before and before.content:
        return Text(before.content, problems, before.attributes)
    if content is None or isinstance(content, SkipStub):
        return Text(None, problems)
    links_of(content)  # which remembers them
    return Text(content, problems, tuple(vars(content)))


def take_words(text: Text, fresh: Text) -> bool:
    """Put new words into the content that all lists hold already.

    Returns False, and changes nothing, if more than its words is different: its title, date,
    address or anything else that other pages show or are arranged by.
    """
    old, new = text.content, fresh.content
    if old is None or new is None or text.problems or fresh.problems:
        return False
    if type(old) is not type(new) or old.status != new.status or _header(old) != _header(new):
        return False
    vars(old).update({key: value for key, value in vars(new).items() if key not in ARRANGED})
    text.attributes = fresh.attributes
    return True


def _header(content: Content) -> dict[str, Any]:
    """Its metadata but for the text, with topic and tags by name (Pelican compares slugs)."""
    known = {key: value for key, value in content.metadata.items() if key != "raw_body"}
    names = {"category": str(known.get("category"))}
    names["tags"] = [str(tag) for tag in known.get("tags", [])]
    return known | names
