"""Starts an article or a page: a draft with its header filled in and prompts to write over.

What a new file says stands in skeletons/, one file for each kind and, in beginnings/, for
each title that readers look for; $title, $topic and so on are filled in here. What is missing is
asked for at a terminal and never elsewhere.
"""

import math
import os
import shlex
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from string import Template
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from pelican.settings import read_settings
from pelican.utils import slugify

from insession.common.invisible import one_line
from insession.common.problems import Problems, shown_path
from insession.content.beginnings import (
    Beginning,
    all_beginnings,
    find_beginning,
    listed_beginnings,
)
from insession.content.inventory import (
    ANOTHER,
    RefusedError,
    free_slug,
    list_texts,
    topics_of,
)
from insession.content.practice import PracticeFile, read_practice

ROOT = Path(__file__).resolve().parents[2]
SKELETONS = Path(__file__).resolve().parent / "skeletons"
DOCUMENTS = (".docx", ".doc", ".odt", ".rtf", ".html", ".htm", ".pages")
KINDS = ("article", "answer", "book")
HOW_PUBLISHED = (
    "Once you remove the line “status: draft”, the next build publishes it. Its date is that day;\n"
    "a line date: with a day to come keeps it back until then."
)
SUMMARY = "Say in one or two sentences what this is about."  # until she writes her own


def new(
    title: str = "",
    page: bool = False,
    kind: str = "",
    content: str = "content",
    beginning: str | bool = "",
) -> int:
    """Make a draft in the folder `content`, say where it is, open it. Returns the exit code.

    `beginning` is the number of one, or words of its title; True lists them.
    """
    at_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    folder = Path(content).resolve()  # Pelican would look for it beside its settings
    try:
        if not folder.is_dir():
            raise RefusedError(f"There is no folder {folder}.")
        if beginning is True:
            print(f"Titles that readers look for:\n{listed_beginnings()}")
            if not at_terminal:
                print("Start one by its number: python3 tasks.py new --beginning 1")
                return 0
            beginning = ask("Its number: ")
        if title.lower().endswith(DOCUMENTS):
            how = f'python3 tasks.py new --from "{title}"'
            raise RefusedError(f"That is a file's name. To make a draft of a document, type: {how}")
        settings = read_settings(str(ROOT / "pelicanconf.py"), override={"PATH": str(folder)})
        chosen = find_beginning(beginning) if beginning else None
        path = make(settings, title, page, kind, at_terminal, chosen)
    except RefusedError as why:
        print(why, file=sys.stderr)
        return 1
    except (EOFError, KeyboardInterrupt):
        print("\nStopped. Nothing was written.")
        return 130
    shown = shown_path(path, settings)
    print(f"{shown} is ready, as a draft. Write over its prompts.")
    print(HOW_PUBLISHED, flush=True)
    open_file(path, shown, at_terminal)
    return 0


def make(
    settings: dict[str, Any],
    title: str,
    page: bool,
    kind: str,
    at_terminal: bool,
    beginning: Beginning | None = None,
) -> Path:
    """Write the file and return its path.

    Raises RefusedError where it can't be made, EOFError or KeyboardInterrupt if she stops.
    """
    if page and kind:
        raise RefusedError("A page has no kind. Leave out either --page or --kind.")
    if kind and kind not in KINDS:
        raise RefusedError(
            f"There is no kind “{kind}”. Write --kind and one of: {', '.join(KINDS)}."
        )
    if beginning and (page or kind):
        raise RefusedError(
            "A beginning is an article. Leave out --page and --kind, or --beginning."
        )
    there = list(list_texts(settings))
    title = one_line(title)
    if not title and not beginning:
        title, beginning = _ask_title(at_terminal, offered=not (page or kind))
    title = title or (beginning.title if beginning else "")
    slug = free_slug(title, page, there, settings)
    topics = topics_of(there, settings)
    first = next(iter(topics), "")
    topic = first if page or not at_terminal else ask_topic(topics, settings, first)
    summary = ask("Summary, in one or two sentences (Enter: later): ") if at_terminal else ""
    practice = _practice(settings)
    text = fill_in(
        beginning.skeleton if beginning else "page" if page else kind or "article",
        title=scalar(title),
        date=str(today(practice)),
        country=(practice and practice.country) or "US",
        state=scalar(
            (practice and practice.therapist.licence_state) or "the one that licenses you"
        ),
        summary=scalar(summary or SUMMARY),
        topic=scalar(topic),
        topics=", ".join(topics) or "none yet",
    )
    text = text if topic else text.replace("\ntopic: ''\n", f"\n{topic_line('')}\n", 1)
    folder: str = settings["PAGE_PATHS" if page else "ARTICLE_PATHS"][0]
    path = Path(settings["PATH"]) / folder / f"{slug}.md"
    write(path, text, shown_path(path, settings))
    return path


def _practice(settings: dict[str, Any]) -> PracticeFile | None:
    """What practice.toml says, unless it can't be read."""
    try:
        return read_practice(Path(settings["PATH"]) / "practice.toml")
    except Problems:
        return None


def today(practice: PracticeFile | None) -> date:
    """The day it is where she works, or else on this computer."""
    if not practice:
        return datetime.now().astimezone().date()
    return datetime.now(ZoneInfo(practice.site.timezone)).date()


# What is asked for


def ask(question: str) -> str:
    """What she types after the question, as one line."""
    with suppress(ImportError):  # where it is there, arrow keys move in the line
        import readline  # noqa: F401
    return one_line(input(question))


def _ask_title(at_terminal: bool, offered: bool) -> tuple[str, Beginning | None]:
    """A title of hers or, if beginnings are `offered` to somebody who has none, one of those."""
    if not at_terminal:
        example = 'python3 tasks.py new "Why silence helps"'
        raise RefusedError(f"The title is missing. Type it between quotes: {example}")
    if not offered:
        while not (title := ask("Title: ")):
            pass
        return title, None
    if title := ask("Title (Enter: some that readers look for): "):
        return title, None
    print(listed_beginnings())
    while not (title := ask("Its number, or a title of yours: ")):
        pass
    if any(title == str(each.number) for each in all_beginnings()):
        return "", find_beginning(title)
    return title, None


def ask_topic(topics: list[str], settings: dict[str, Any], proposed: str = "") -> str:
    """One of the topics, a new one, or "" for later; just Enter takes the one that is proposed."""
    question = "Topic, in a word or two (Enter: later): "
    if topics:
        print("Topics so far:")
        print("\n".join(f"  {number}  {topic}" for number, topic in enumerate(topics, 1)))
        first = topics.index(proposed) + 1 if proposed in topics else 0
        question = f"Its number, or a new topic (Enter: {first or 'later'}): "
    substitutions = settings["SLUG_REGEX_SUBSTITUTIONS"]
    by_slug = {slugify(topic, regex_subs=substitutions): topic for topic in topics}
    while typed := ask(question):
        slug = slugify(typed, regex_subs=substitutions)
        if typed.isdecimal() and 1 <= int(typed) <= len(topics):
            return topics[int(typed) - 1]
        if topics and typed.isdecimal():
            print(f"The numbers go from 1 to {len(topics)}.")
        elif slug:
            return by_slug.get(slug, typed)
        else:
            print("A topic needs at least one letter or digit.")
    return proposed


# What is written


def scalar(text: str) -> str:
    """A one-line text as YAML, in quotes if it needs them."""
    written: str = yaml.safe_dump({"": text}, allow_unicode=True, width=math.inf)
    return written.partition(": ")[2].strip()


def topic_line(topic: str) -> str:
    """A header's line with the topic, or a note where she has none yet: a draft needs none."""
    return f"topic: {scalar(topic)}" if topic else "# topic: in a word or two"


def fill_in(kind: str, **values: str) -> str:
    """The skeleton of this kind with its values."""
    skeleton = (SKELETONS / f"{kind}.md").read_text(encoding="utf-8")
    return Template(skeleton[skeleton.index("---\n") :]).substitute(values)


def write(path: Path, text: str, shown: str) -> None:
    """Write a file that isn't there yet, whole or not at all. Raises RefusedError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("x", encoding="utf-8", newline="\n")
    except FileExistsError:
        raise RefusedError(f"There is already a {shown}. {ANOTHER}") from None
    except OSError as error:
        raise RefusedError(f"{shown} can't be written: {error.strerror}.") from None
    try:
        with file:
            file.write(text)
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise RefusedError(f"{shown} can't be written: {error.strerror}.") from None
        raise


def open_file(path: Path, shown: str, at_terminal: bool) -> None:
    """Open the file in her editor, if she sits at a terminal and names one."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if at_terminal and editor:
        open_in(editor, path, shown)


def open_in(editor: str, path: Path, shown: str) -> None:
    """Open the file in the editor and wait for its end; say it if it can't be started."""
    before = signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is for the editor to answer
    try:
        program, *options = command_words(editor, os.name == "nt")
        subprocess.call([shutil.which(program) or program, *options, str(path)])
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name can't be read"
        print(f"Your editor “{editor}” can't be started: {why}.", file=sys.stderr)
        print(f"Open {shown} yourself.", file=sys.stderr)
    finally:
        signal.signal(signal.SIGINT, before)


def command_words(command: str, windows: bool) -> list[str]:
    """The program and its options. Raises ValueError where a quotation mark is never closed."""
    if windows:  # where \ stands in paths
        return [word.strip('"') for word in shlex.split(command, posix=False)]
    return shlex.split(command)
