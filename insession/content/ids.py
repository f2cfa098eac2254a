"""The permanent id of each text: its file's name, unless its header or the ledger says another.

A file that was renamed is known again by its words (similarity.py), if exactly one published text
has no file any more and exactly one new file has its words. It keeps its id, and with it comments,
what readers have read, and addresses. Wherever that can't be told for sure, it is asked for.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePath
from unicodedata import normalize

from insession.common.problems import Problem, Problems
from insession.content.front_matter import read_file
from insession.content.similarity import are_alike, sketch
from insession.content.text_file import IGNORED, find_texts
from insession.content.url_ledger import Published, read_kept

FOLDERS = {"article": "articles", "page": "pages"}
MOST = 3  # texts that are named as what a file may have been


@dataclass(frozen=True)
class Ids:
    """The ids that aren't the file's name, by its path in content/; what was renamed; problems."""

    by_file: dict[str, str] = field(default_factory=dict)
    renamed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class _Text:
    """What a file says: the text that its header names, and a sketch of its words."""

    owner: str
    words: str


def permanent_ids(content: Path, ledger: Path, ignored: Iterable[str] = IGNORED) -> Ids:
    """Return the ids of all articles and pages in `content`. Raises Problems of the ledger."""
    published = read_kept(ledger).texts
    if not published:
        return Ids()
    files = _files(content, ignored)
    here = {normalize("NFC", file): file for file in files}
    published = {
        owner: text._replace(file=here.get(normalize("NFC", text.file), text.file))
        for owner, text in published.items()
    }
    owners = {text.file: owner for owner, text in published.items() if text.file in files}
    missing = {owner: text for owner, text in published.items() if text.file not in files}
    texts = {file: _text(content, file) for file in files if file not in owners}
    for file, text in texts.items():  # that say it, or were only moved to another folder
        missing.pop(text.owner or _default(files[file], file), None)
    new = {file: text for file, text in texts.items() if not text.owner}
    found = _matches(new, files, missing)
    found.problems.extend(_moved_on(content, new, owners, published, missing))
    by_owner = {owner: file for file, owner in owners.items()}
    for file in new.keys() - found.by_file.keys():
        if before := by_owner.get(_default(files[file], file)):
            found.problems.append(_taken(file, before))
    known = {file: owner.partition(":")[2] for file, owner in owners.items()}
    by_file = {file: id_ for file, id_ in known.items() if id_ != default_id(file)}
    return Ids(by_file | found.by_file, found.renamed, found.problems)


def _files(content: Path, ignored: Iterable[str]) -> dict[str, str]:
    """Return each text's path in content/, and whether it is an article or a page."""
    return {
        path.relative_to(content).as_posix(): kind
        for kind, folder in FOLDERS.items()
        for path in find_texts(content, folder, ignored)
    }


def _default(kind: str, file: str) -> str:
    """Return the text that a file is by its name."""
    return f"{kind}:{default_id(file)}"


def default_id(file: str) -> str:
    """Return the id that a file has by its name, the same whether an é in it is one sign or two."""
    return normalize("NFC", PurePath(file).stem)


def _text(content: Path, file: str) -> _Text:
    status = (content / file).stat()
    return _read(content, file, (status.st_mtime_ns, status.st_size, status.st_ino))


@lru_cache(1024)
def _read(content: Path, file: str, _stamp: tuple[int, ...]) -> _Text:
    """Return what a file says; nothing if it can't be read, which the reader tells."""
    kind = "page" if file.startswith("pages/") else "article"
    with suppress(Problems):
        header, body = read_file(content / file, file, kind == "page")
        return _Text(f"{kind}:{header.id}" if header.id else "", sketch(body))
    return _Text("", "")


def _matches(
    texts: Mapping[str, _Text], kinds: Mapping[str, str], missing: Mapping[str, Published]
) -> Ids:
    """Find the new file of each text whose file is missing."""
    fits = {
        (file, owner)
        for file, text in texts.items()
        for owner, was in missing.items()
        if owner.startswith(f"{kinds[file]}:") and are_alike(text.words, was.words)
    }
    found = Ids()
    for file, owner in sorted(fits):
        rivals = {other for other in fits if file in other or owner in other} - {(file, owner)}
        id_, before = owner.partition(":")[2], missing[owner].file
        if rivals:
            found.problems.append(_unclear(file, before, id_))
            continue
        found.by_file[file] = id_
        found.renamed.append(
            f"content/{file} is what was content/{before}: it keeps its comments and readers, "
            "and its old address leads to it."
        )
    return found


def _moved_on(
    content: Path,
    new: Mapping[str, _Text],
    owners: Mapping[str, str],
    published: Mapping[str, Published],
    missing: Mapping[str, Published],
) -> Iterable[Problem]:
    """Tell of files that have the words of one which has other words itself by now.

    In a chain (b became c, and a became b) all of them are told at once.
    """
    seen, queue = {*new}, [*new]
    for file in queue:
        words = _text(content, file).words
        for before, owner in owners.items():
            was, now = published[owner].words, _text(content, before)
            is_moved = _is_same_kind(file, before) and are_alike(words, was)
            if not is_moved or before == file or not now.words or now.owner:
                continue
            if not are_alike(now.words, was):
                is_known = any(are_alike(now.words, text.words) for text in published.values())
                lost = {} if is_known else missing
                yield _replaced(file, before, lost, file in new)
                queue += {before} - seen
                seen.add(before)


def _is_same_kind(file: str, other: str) -> bool:
    return file.partition("/")[0] == other.partition("/")[0]


def _replaced(file: str, before: str, missing: Mapping[str, Published], is_new: bool) -> Problem:
    """Say that the file `before` has other words now: perhaps those of a text that is missing."""
    what = f"this has the words that were published from content/{before}, which has others now."
    how = f"If it is that text, give content/{before} another name, which no text had before."
    lost = [(owner, was) for owner, was in missing.items() if _is_same_kind(was.file, before)]
    for owner, was in lost[:MOST]:
        how += f"\n    If that one is what was content/{was.file}, add to its header as well: "
        how += f"id: {owner.partition(':')[2]}"
    if is_new:
        how += f"\n    If this is a new text, add to its header: id: {PurePath(file).stem}"
    return Problem(f"content/{file}", 1, what, how)


def exchanged(content: Path, ledger: Path, texts: Mapping[str, Published]) -> Iterable[Problem]:
    """Tell of texts to be published whose files have the words of another that was published.

    A file that says in its header which text it is may do so. Raises Problems of the ledger.
    """
    before = read_kept(ledger).texts
    moved = {
        owner: text
        for owner, text in texts.items()
        if owner in before and text.words and not are_alike(text.words, before[owner].words)
    }
    for owner, text in moved.items():
        if text.file != before[owner].file or _text(content, text.file).owner:
            continue
        for other, was in before.items():
            is_free = other in moved or other not in texts
            if is_free and _is_same_kind(text.file, was.file) and are_alike(text.words, was.words):
                yield _exchanged(text.file, was.file, owner.partition(":")[2])


def _exchanged(file: str, before: str, id_: str) -> Problem:
    what = f"this has the words that were published from content/{before}. The comments, readers "
    what += "and address of the text that was here would become its own."
    how = f"Give the text its name back: {PurePath(before).name}. (You can change its title.)\n"
    how += f"    If it is meant to take the place of the other, add to its header: id: {id_}"
    return Problem(f"content/{file}", 1, what, how)


def _taken(file: str, before: str) -> Problem:
    what = f"content/{before} had this name before, and keeps its comments, readers and address."
    how = "Give this new file another name. (If it is the same text, remove one of the two.)"
    return Problem(f"content/{file}", 1, what, how)


def _unclear(file: str, before: str, id_: str) -> Problem:
    what = f"this has the words that were published from content/{before}, and it isn't certain "
    what += "which file is that text now."
    how = f"If it is this one, add to its header: id: {id_}\n"
    how += f"    If this is a new text, add: id: {PurePath(file).stem}"
    return Problem(f"content/{file}", 1, what, how)
