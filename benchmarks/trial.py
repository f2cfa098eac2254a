"""One generator with its blog, what was measured of it, and how its programs are run."""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.articles import Article
from benchmarks.generators import OURS, Generator

SAMPLED = 0.02  # seconds between two looks at the memory of a program


class FailedError(Exception):
    """Why a generator can't be measured any further."""


@dataclass
class Trial:
    """A generator with its blog.

    `figures` are seconds, or bytes of memory, by what was measured; `failed` is why it is out.
    """

    generator: Generator
    folder: Path
    articles: list[Article]
    figures: dict[str, list[float]] = field(default_factory=dict)
    failed: str = ""
    posts: Path = field(init=False)
    titles: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.posts = self.generator.write(self.folder, self.articles)
        self.titles = {each.slug: each.title for each in self.articles}

    def keep(self, what: str, figure: float) -> None:
        """Keep a figure."""
        self.figures.setdefault(what, []).append(figure)

    def clear(self) -> None:
        """Remove all that was made but drawn cards, so that the next build begins with nothing."""
        for path in (path for name in self.generator.made for path in self.folder.glob(name)):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    def add_words(self, slug: str, sentence: str) -> None:
        """Save an article with a sentence more."""
        with self._file(slug).open("a", encoding="utf-8") as file:
            file.write(f"\n{sentence}\n")

    def set_title(self, slug: str, title: str) -> None:
        """Save an article with another title."""
        file = self._file(slug)
        text = file.read_text(encoding="utf-8").replace(self.titles[slug], title, 1)
        file.write_text(text, encoding="utf-8")
        self.titles[slug] = title

    def _file(self, slug: str) -> Path:
        return self.posts / f"{slug}.md"

    def run(self, command: list[str]) -> float:
        """Run one of its programs to its end; return the seconds. Raises FailedError."""
        begun = time.perf_counter()
        with self.started(command) as process:
            code = process.wait()
        seconds = time.perf_counter() - begun
        if code:
            raise FailedError(f"“{' '.join(command)}” failed")
        return seconds

    def run_for_memory(self, command: list[str]) -> int:
        """Run one of its programs; return the most memory that it had, with all that it started."""
        most = 0
        with self.started(command) as process:
            while process.poll() is None:
                most = max(most, memory(process.pid))
                time.sleep(SAMPLED)
        if process.returncode:
            raise FailedError(f"“{' '.join(command)}” failed")
        return most

    @contextmanager
    def started(self, command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
        """Start one of its programs; at the end it is gone, with all that it started."""
        with (self.folder / "bench.log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
            try:
                yield process
            finally:
                end(process)

    def said(self) -> str:
        """The end of what its last program said."""
        return (self.folder / "bench.log").read_text("utf-8", errors="replace")[-2000:]

    def check_made(self, slug: str, words: str) -> None:
        """See that these words are in the page of an article. Raises FailedError."""
        page = self.generator.page.format(slug=slug)
        file = self.folder / self.generator.output / page.lstrip("/")
        file = file / "index.html" if page.endswith("/") else file
        if not file.is_file() or words not in file.read_text(encoding="utf-8"):
            raise FailedError(f"{file} lacks “{words}”")


def in_turn(trials: Iterable[Trial], act: Callable[[Trial], None], what: str = "") -> None:
    """Do something with each that isn't out, and say what; one that fails is out.

    Stops if that is ours.
    """
    if what:
        print(f"  {what} …", flush=True)
    for each in trials:
        if each.failed:
            continue
        try:
            act(each)
        except FailedError as why:
            print(f"{each.generator.name}: {why}\n{each.said()}", file=sys.stderr)
            if each.generator.name == OURS:
                sys.exit(1)
            each.failed = f"with {len(each.articles):,} articles: {why}"


def shuffled(trials: list[Trial], chance: random.Random) -> list[Trial]:
    """The trials in another order, so that none always follows the same one."""
    return chance.sample(trials, len(trials))


def memory(pid: int) -> int:
    """Return the memory of a process and all that it has started, in bytes.

    What several of them share counts once, where the system tells (Linux); what the largest of them
    shares with other programs, such as Python itself, counts in full.
    """
    total = largest = 0
    with suppress(psutil.Error):
        own = psutil.Process(pid)
        for process in [own, *own.children(recursive=True)]:
            with suppress(psutil.Error):
                whole = process.memory_full_info()
                total += getattr(whole, "pss", whole.uss)
                largest = max(largest, whole.rss)
    return max(total, largest)


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a process and what it has started."""
    own = psutil.Process(process.pid) if process.poll() is None else None
    tree = [*own.children(recursive=True), own] if own else []
    for each in tree:
        with suppress(psutil.Error):
            each.terminate()
    _, alive = psutil.wait_procs(tree, timeout=20)
    for each in alive:
        with suppress(psutil.Error):
            each.kill()
    process.wait()
