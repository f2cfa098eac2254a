"""Removes articles of the sample, or makes drafts of them, and mends the links that led to them."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote, urlsplit

from pelican.utils import slugify

from insession.common.problems import Problems, shown_path
from insession.content.front_matter import read_file
from insession.content.inventory import list_texts, readable
from insession.content.practice import read_practice
from insession.content.practice_file import leave_out, set_values
from insession.content.samples import is_sample_picture, is_untouched, share_of_sample, values_of
from insession.content.text_file import read_text, rewrite
from insession.content.topics import FILE, read_topics
from insession.content.topics import leave_out as leave_topics_out

CODE = re.compile(r"(^[ >]*(?:```|~~~).*?^[ >]*(?:```|~~~)[ \t]*$|`[^`\n]+`)", re.S | re.M)
WORDS = r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]"
INLINE = re.compile(rf"(?<!!){WORDS}\(\s*<?([^)\s>]+)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")
REFERENCE = re.compile(rf"(?<!!){WORDS}\[([^\[\]]*)\]")
DEFINITION = re.compile(r"^ {0,3}\[([^\]^\n][^\]\n]*)\]:[ \t]*<?(\S+?)>?(?:[ \t]+.*)?$\n?", re.M)
ANCHOR = re.compile(r"<a\b[^>]*?\bhref=[\"']([^\"']*)[\"'][^>]*>(.*?)</a>", re.S | re.I)
REQUIRED_URLS = {"practice.website", "practice.contact_url"}


@dataclass(frozen=True)
class Sample:
    """An article of the sample: its file, its title, its address.

    `is_untouched` says whether nothing of hers stands in it, `is_draft` whether it is kept back.
    """

    path: Path
    title: str
    slug: str
    is_untouched: bool
    is_draft: bool


@dataclass
class Removal:
    """What was done: files that are gone, articles that are drafts, lines that lost a link."""

    removed: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def find_samples(settings: dict[str, Any]) -> list[Sample]:
    """Return the articles that are the sample's, in the order of their files."""
    found = []
    for each, path, header, body in readable(settings):
        if not each.is_page and share_of_sample(body) > 0.5:
            is_draft = header.status == "draft"
            found.append(Sample(path, header.title, each.slug, is_untouched(body), is_draft))
    return found


def remove_samples(
    samples: Iterable[Sample], kept: Iterable[Sample], settings: dict[str, Any]
) -> Removal:
    """Remove these articles, and make drafts of those to be kept. Raises OSError and Problems.

    The links to them go first: whenever it is stopped, no link leads nowhere, and doing it again
    does the rest.
    """
    root, done = Path(settings["PATH"]), Removal()
    gone, drafts = [*samples], [each for each in kept if not each.is_draft]
    published = _Targets(settings, [*gone, *drafts])
    removed = _Targets(settings, gone)
    kept_back = {each.path for each in kept}
    for each in list_texts(settings):
        path = root.parent / each.shown
        if path not in removed.paths:
            targets = removed if path in kept_back or _is_draft(path, each) else published
            done.lines += _mend_links(path, each.shown, targets)
    _mend_practice(root / "practice.toml", published.slugs)
    _mend_topics(root, removed.paths, settings)
    for sample in drafts:
        _make_draft(sample.path)
        done.drafts.append(shown_path(sample.path, settings))
    for sample in gone:
        sample.path.unlink(missing_ok=True)
        done.removed.append(shown_path(sample.path, settings))
    done.removed += _remove_pictures(settings)
    return done


class _Targets:
    """The articles to which links may not lead any more."""

    def __init__(self, settings: dict[str, Any], samples: Iterable[Sample]) -> None:
        self.root, samples = Path(settings["PATH"]), [*samples]
        self.paths = {sample.path for sample in samples}
        self.slugs = {sample.slug for sample in samples}
        self.files = {path.relative_to(self.root).as_posix() for path in self.paths}
        self.site = read_practice(self.root / "practice.toml").site

    def has(self, link: str, source: Path) -> bool:
        """Whether a link in a text leads to one of them."""
        target = re.sub(r"^\{(?:filename|static)\}", "", link.strip())
        try:
            parts = urlsplit(target)
        except ValueError:
            return False
        if parts.scheme or parts.netloc:
            return target.startswith(self.site.url) and parts.path.strip("/") in self._addresses()
        path = unquote(parts.path)
        if not path.endswith(".md"):
            return path.startswith("/") and path.strip("/") in self.slugs
        folder = "" if path.startswith("/") else dirname(source.relative_to(self.root).as_posix())
        return normpath(join(folder, path.lstrip("/"))) in self.files

    def _addresses(self) -> set[str]:
        base = self.site.base_path.strip("/")
        return {f"{base}/{slug}".strip("/") for slug in self.slugs}


def _is_draft(path: Path, each: Any) -> bool:
    try:
        return read_file(path, each.shown, each.is_page)[0].status == "draft"
    except Problems:
        return False


def _mend_links(path: Path, shown: str, targets: _Targets) -> Iterator[str]:
    """Take the links away and keep their words; yield the places, to be read once more."""
    try:
        before = read_text(path, shown)
    except Problems:
        return

    def leads(link: str) -> bool:
        return targets.has(link, path)

    parts = CODE.split(before)
    dropped = {found[1].casefold() for found in DEFINITION.finditer(before) if leads(found[2])}
    parts[::2] = [_without_links(part, leads, dropped) for part in parts[::2]]
    after = "".join(parts)
    if after == before:
        return
    rewrite(path, after)
    old = set(before.split("\n"))
    for number, row in enumerate(after.split("\n"), 1):
        if row not in old:
            yield f"{shown}:{number}"


def _without_links(part: str, leads: Callable[[str], bool], dropped: set[str]) -> str:
    part = INLINE.sub(lambda link: link[1] if leads(link[2]) else link[0], part)
    part = ANCHOR.sub(lambda link: link[2] if leads(link[1]) else link[0], part)
    part = REFERENCE.sub(
        lambda link: link[1] if (link[2] or link[1]).casefold() in dropped else link[0], part
    )
    return DEFINITION.sub(lambda line: "" if leads(line[2]) else line[0], part)


def _mend_practice(file: Path, slugs: set[str]) -> None:
    """Let no address in practice.toml lead to what is gone."""
    practice, text = read_practice(file), read_text(file, file.name)
    changed = text
    for key, value in values_of(practice):
        path = str(value).removeprefix(f"{practice.site.url}/").strip("/")
        if path == str(value).strip("/") or path not in slugs:
            continue
        if key in REQUIRED_URLS:
            changed = set_values(changed, {key: practice.site.url})
        else:
            offer = ("offer.title", "offer.url")
            changed = leave_out(changed, *(offer if key in offer else (key,)))
    if changed != text:
        rewrite(file, changed)


def _mend_topics(root: Path, gone: set[Path], settings: dict[str, Any]) -> None:
    """Let no sentence in topics.toml speak of a topic that no article will have."""
    topics: dict[bool, set[str]] = {True: set(), False: set()}
    for each in list_texts(settings):
        slug = slugify(each.topic, regex_subs=settings["SLUG_REGEX_SUBSTITUTIONS"])
        topics[root.parent / each.shown in gone].add(slug)
    empty = topics[True] - topics[False]
    with suppress(Problems):  # of the file, which a build tells
        path = root / FILE
        known = {
            slugify(name, regex_subs=settings["SLUG_REGEX_SUBSTITUTIONS"]): name
            for name in read_topics(path, path.name)
        }
        leave_topics_out(path, [known[slug] for slug in sorted(empty & known.keys())])


def _make_draft(path: Path) -> None:
    text = read_text(path, path.name)
    header = re.match(r"\s*---[ \t]*\n(.*?)^---[ \t]*$", text, re.S | re.M)
    if header:
        rows = [row for row in header[1].splitlines(True) if not row.startswith("status:")]
        new = "".join([*rows, "status: draft\n"])
        rewrite(path, text[: header.start(1)] + new + text[header.end(1) :])


def _remove_pictures(settings: dict[str, Any]) -> Iterator[str]:
    """Remove the sample's pictures that no text shows any more."""
    root = Path(settings["PATH"])
    texts = [root / "practice.toml", *(root.parent / each.shown for each in list_texts(settings))]
    said = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in texts)
    for path in sorted((root / "images").glob("*")):
        if path.is_file() and path.name not in said and is_sample_picture(path.read_bytes()):
            path.unlink()
            yield shown_path(path, settings)
