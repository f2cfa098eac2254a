"""Answers `new --from FILE`: a text from a word processor becomes a draft in content/.

word_package.py opens a Word document and word_reader.py reads it; document_web.py reads the web
pages that editors save. document_html.py makes lists and headings of what was typed in their place,
and adapt_html.py and to_markdown.py do the rest, as for any other text that is brought along.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bs4 import BeautifulSoup
from pelican.settings import read_settings

from insession.common.invisible import one_line
from insession.common.problems import Problem, Problems, shown_path
from insession.content.inventory import (
    RefusedError,
    free_slug,
    list_texts,
    topics_of,
)
from insession.content.new import (
    HOW_PUBLISHED,
    ROOT,
    ask,
    ask_topic,
    open_file,
    scalar,
    topic_line,
    write,
)
from insession.importers.adapt_html import adapt
from insession.importers.document_html import mend, take_title
from insession.importers.document_pictures import PictureFolder
from insession.importers.document_web import is_web, read_web
from insession.importers.front_matter_out import summary_of, summary_words
from insession.importers.markdown_blog import AT_UPLOADS, make_item
from insession.importers.media import Media
from insession.importers.near_topic import nearest_topic
from insession.importers.old_urls import OldBlog, Place
from insession.importers.parsing import attribute, parse, unmarked
from insession.importers.report import counted
from insession.importers.rewrite_links import Desk
from insession.importers.to_markdown import to_markdown
from insession.importers.todo_notes import Notes
from insession.importers.word_document import read_word
from insession.importers.word_package import LARGEST, SMALLER, open_package

NOWHERE = "https://the-document.invalid"  # where its pictures are until they have their place


@dataclass
class Document:
    """A document that was read: its words as HTML, and what is to be said of it as a whole."""

    soup: BeautifulSoup
    title: str
    said: list[str] = field(default_factory=list)


@dataclass
class NewDraft:
    """What was written for her, and what she should look at."""

    shown: str
    path: Path
    pictures: list[str]
    said: list[str]
    lines: list[tuple[int, str]]


def new_from(
    file: str,
    title: str = "",
    page: bool = False,
    content: str = "content",
    *,
    is_other: bool = False,
) -> int:
    """Make a draft of a document, say where it is and what to look at. Returns the exit code.

    `is_other` says that a kind or a beginning was typed, too, of which it can be none.
    """
    at_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    folder = Path(content).resolve()
    try:
        if not folder.is_dir():
            raise RefusedError(f"There is no folder {folder}.")
        if is_other:
            raise RefusedError("A document has its own words. Leave out --kind and --beginning.")
        settings = read_settings(str(ROOT / "pelicanconf.py"), override={"PATH": str(folder)})
        with TemporaryDirectory() as pictures:
            made = _make(settings, Path(file), title, page, at_terminal, Path(pictures))
    except (RefusedError, Problems) as why:
        print(why, file=sys.stderr)
        return 1
    except (EOFError, KeyboardInterrupt):
        print("\nStopped. Nothing was written.")
        return 130
    print("\n".join(_report(made, Path(file).name)), flush=True)
    open_file(made.path, made.shown, at_terminal)
    return 0


def _report(made: NewDraft, file: str) -> Iterator[str]:
    pictures = f", and {counted(len(made.pictures), 'picture')} in content/images"
    yield f"{made.shown} is ready, as a draft, from {file}{pictures if made.pictures else ''}."
    if made.said:
        yield from ("", "Of the document as a whole:", *(f"  {each}" for each in made.said))
    if made.lines:
        yield from ("", "Please look at these places:")
        yield from (f"  line {number}: {words}" for number, words in made.lines)
    if made.said or made.lines:
        yield ""
    yield HOW_PUBLISHED


def read_document(file: Path, notes: Notes, folder: Path) -> Document:
    """Read a document; its pictures are laid into the folder. Raises Problems, RefusedError."""
    data = _bytes(file)
    pictures = PictureFolder(folder, NOWHERE + AT_UPLOADS, notes)
    try:
        if is_web(data):
            html, title, said = read_web(data, file.parent, pictures)
        else:
            package = open_package(data, file.name)
            html, said = read_word(package, notes, pictures.html)
            title = package.title
    except RecursionError:
        what = "its parts are nested without end."
        raise Problems([Problem(file.name, 0, what, SMALLER)]) from None
    soup = parse(html)
    title = take_title(soup) or title or file.stem.replace("_", " ").replace("-", " ")
    return Document(soup, one_line(title), said)


def _bytes(file: Path) -> bytes:
    try:
        if file.is_dir():
            how = "Save or export it as a Word document (.docx), and name that file."
            raise Problems([Problem(file.name, 0, "this is a folder, not a document.", how)])
        if file.stat().st_size > LARGEST:
            raise Problems([Problem(file.name, 0, "it is far too large for a text.", SMALLER)])
        return file.read_bytes()
    except FileNotFoundError:
        how = "Drag it from its folder into this window after --from: so its name is whole."
        raise Problems([Problem(str(file), 0, "there is no such file.", how)]) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name can't be read"
        how = "Close it in other programs, or copy it to another folder, and try again."
        raise Problems([Problem(str(file), 0, f"it can't be read ({why}).", how)]) from None


def _make(
    settings: dict[str, Any], file: Path, title: str, page: bool, at_terminal: bool, temp: Path
) -> NewDraft:
    notes = Notes()
    document = read_document(file, notes, temp)
    there = list(list_texts(settings))
    title = one_line(title)
    if not title and at_terminal:
        print(f"The document’s title: {document.title}")
        title = ask("Your title (Enter: that one): ")
    title = unmarked(title or document.title)
    slug = free_slug(title, page, there, settings)
    mend(document.soup, notes, _ask_heading if at_terminal else lambda _: None)
    _name_pictures(document.soup, temp, slug)
    if at_terminal:
        _ask_descriptions(document.soup)
    folder: str = settings["PAGE_PATHS" if page else "ARTICLE_PATHS"][0]
    root = Path(settings["PATH"])
    media = Media(temp, root, is_blog=True)
    place, now = Place(f"{folder}/{slug}.md", None), datetime.now()
    desk = Desk(make_item(), place, now, OldBlog(NOWHERE), media, {}, notes)
    try:
        soup = adapt(str(document.soup), desk)
        words, body = summary_words(soup), to_markdown(soup)
    except RecursionError:
        what = "its parts are nested without end."
        raise Problems([Problem(file.name, 0, what, SMALLER)]) from None
    if not body.strip():
        document.said.append("It has no text.")
    topics = topics_of(there, settings)
    topic = "" if page else nearest_topic(f"{title} {words}", topics, settings)
    summary = summary_of("", words) or title
    if at_terminal:
        topic = topic if page else ask_topic(topics, settings, topic)
        print(f"How it begins, as a summary: {summary}")
        summary = ask("Your summary (Enter: that one): ") or summary
    header = _header(title, unmarked(summary), None if page else topic, topics)
    body, lines = notes.settle(body, header.count("\n") + 1)
    path = root / place.file
    shown = shown_path(path, settings)
    _write(path, f"{header}{body}".rstrip("\n") + "\n", shown, media.copies, root)
    return NewDraft(shown, path, sorted(media.copies), document.said, lines)


def _header(title: str, summary: str, topic: str | None, topics: list[str]) -> str:
    rows = [f"title: {scalar(title)}", f"summary: {scalar(summary)}"]
    if topic is not None:
        rows.append(f"# Topics so far: {', '.join(topics) or 'none yet'}")
        rows.append(topic_line(topic))
    return "\n".join(["---", *rows, "status: draft", "---", "", ""])


def _ask_heading(words: str) -> bool:
    print(f"A line that may be a heading: {words}")
    while (typed := ask("Is it one? (y/n) ").casefold()) not in {"y", "yes", "n", "no"}:
        print("Type y for yes, or n for no.")
    return typed.startswith("y")


def _name_pictures(soup: BeautifulSoup, folder: Path, slug: str) -> None:
    """Give pictures the name of their text: those that documents give say nothing."""
    for image in soup.find_all("img"):
        name = attribute(image, "src").rpartition("/")[2]
        if (folder / name).is_file():
            (folder / name).rename(folder / f"{slug}-{name}")
        if (folder / f"{slug}-{name}").is_file():
            image["src"] = f"{NOWHERE}{AT_UPLOADS}{slug}-{name}"


def _ask_descriptions(soup: BeautifulSoup) -> None:
    pictures = soup.find_all("img")
    for number, image in enumerate(pictures, 1):
        if attribute(image, "alt").strip():
            continue
        before = " ".join(str(image.find_previous(string=True) or "").split())
        place = f", after “…{before[-40:]}”" if before else ""
        print(f"Picture {number} of {len(pictures)}{place}")
        image["alt"] = ask("What does one see on it? (Enter: later) ")


def _write(path: Path, text: str, shown: str, copies: Mapping[str, Path], root: Path) -> None:
    """Write pictures and text, all or nothing, and nothing over what is there."""
    moved: list[Path] = []
    try:
        for name, source in copies.items():
            target = root / name
            if target.exists():  # the very picture is there
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                moved.append(target)
                file.write(source.read_bytes())
        write(path, text, shown)
    except BaseException as error:
        for target in moved:
            target.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise RefusedError(f"A picture can't be written: {error.strerror}.") from None
        raise
