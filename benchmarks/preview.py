"""How soon a saved sentence is in the served page: ours, Hugo's and Eleventy's previews.

    python benchmarks/preview.py [--sizes 1000 10000] [--saves 40] [--seed 1]

For each size the same Markdown is previewed by all three at once, each from a folder of its own.
They take turns: one article is saved with a sentence that stands nowhere else, and its page is
asked for until the sentence is in it; the next save waits until all of them rest. Only this
machine is asked. Eleventy is installed into .venv on the first run; where it can't be, that is
said.
"""

import argparse
import http.client
import os
import platform
import random
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil
from previewed import Site, Tool, tools, write_texts

PAUSE = 0.002  # s between two requests for a page
LONGEST = 60  # s that a sentence may take
START_LONGEST = 900  # s that the first page may take
AT_REST = 0.01  # share of one core, over a tenth of a second


@dataclass
class Running:
    """A preview that runs, and what was measured."""

    tool: Tool
    site: Site
    process: subprocess.Popen[bytes]
    port: int
    connection: http.client.HTTPConnection
    times: list[float] = field(default_factory=list)  # s
    missed: int = 0
    requests: int = 0
    starts: list[float] = field(default_factory=list)  # s: with empty caches, then with filled ones
    memory: list[int] = field(default_factory=list)  # bytes: before the saves, and after

    def tree(self) -> list[psutil.Process]:
        """Its processes."""
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True)]

    def resident(self) -> int:
        """The memory in which its processes reside, in bytes."""
        return sum(process.memory_info().rss for process in self.tree())

    def worked(self) -> float:
        """The processor time that it has used, in seconds."""
        times = [process.cpu_times() for process in self.tree()]
        return sum(each.user + each.system for each in times)

    def page(self, slug: str) -> str:
        """The page of an article as it is served now, or nothing."""
        self.requests += 1
        try:
            self.connection.request("GET", self.tool.address.format(slug=slug))
            return self.connection.getresponse().read().decode()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return ""


def main(arguments: list[str]) -> int:
    """Measure each size and print its table; 1 if a save of ours was missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--saves", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    print(f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}")
    found = tools()
    missed = [measure(size, chosen.saves, chosen.seed, found) for size in chosen.sizes]
    return 1 if any(missed) else 0


def measure(size: int, saves: int, seed: int, found: list[Tool]) -> int:
    """Measure all tools with that many articles; return how many saves of ours were missed."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, ExitStack() as stack:
        texts = write_texts(size, seed)
        running = []
        for tool in found:
            site = tool.write(Path(folder) / tool.name.replace(" ", "-").lower(), texts)
            with ExitStack() as first:
                cold = started(tool, site, first)
            running.append(started(tool, site, stack))
            running[-1].starts.insert(0, cold.starts[0])
        rest(running)
        for each in running:
            each.memory.append(each.resident())
        take_turns(running, saves, random.Random(seed))  # noqa: S311 (not for secrets)
        for each in running:
            each.memory.append(each.resident())
        print_table(size, running)
    return running[0].missed


def started(tool: Tool, site: Site, stack: ExitStack) -> Running:
    """Start a preview and wait for its first page; the stack's end is its end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = stack.enter_context((site.folder / "preview.log").open("ab"))
    begun = time.perf_counter()
    command = tool.command(site.folder, port)
    process = subprocess.Popen(
        command, cwd=site.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
    )
    stack.callback(end, process)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    stack.enter_context(closing(connection))
    running = Running(tool, site, process, port, connection)
    slug = next(iter(site.files))
    while site.first_words[slug] not in running.page(slug):
        if process.poll() is not None or time.perf_counter() - begun > START_LONGEST:
            said = (site.folder / "preview.log").read_text("utf-8", errors="replace")
            sys.exit(f"{tool.name} shows no page:\n{said[-3000:]}")
        time.sleep(PAUSE)
    running.starts.append(time.perf_counter() - begun)
    return running


def end(process: subprocess.Popen[bytes]) -> None:
    """End a preview and what it has started."""
    own = psutil.Process(process.pid) if process.poll() is None else None
    tree = [*own.children(recursive=True), own] if own else []
    for each in tree:
        each.terminate()
    _, alive = psutil.wait_procs(tree, timeout=20)
    for each in alive:
        each.kill()
    process.wait()


def rest(running: list[Running]) -> None:
    """Wait until none of the previews is at work any more."""
    deadline = time.monotonic() + LONGEST
    while time.monotonic() < deadline:
        before = [each.worked() for each in running]
        time.sleep(0.1)
        after = [each.worked() for each in running]
        if sum(after) - sum(before) <= AT_REST:
            return


def take_turns(running: list[Running], saves: int, chance: random.Random) -> None:
    """Save so many times in each, one after another."""
    slugs = [*running[0].site.files]
    for number in range(saves):
        slug = chance.choice(slugs)
        for each in running:
            rest(running)
            save(each, slug, f"This is saved as number {number} of all.")


def save(running: Running, slug: str, sentence: str) -> None:
    """Save an article with a sentence more, and measure until it is in the page."""
    file = running.site.files[slug]
    text = f"{file.read_text('utf-8')}\n{sentence}\n".encode()
    begun = time.perf_counter()
    file.write_bytes(text)
    while sentence not in running.page(slug):
        if time.perf_counter() - begun > LONGEST:
            running.missed += 1
            return
        time.sleep(PAUSE)
    running.times.append(time.perf_counter() - begun)


def share(times: list[float], part: float) -> float:
    """The time, in milliseconds, that this part of them stays within."""
    ordered = sorted(times) or [float("nan")]
    return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def print_table(size: int, running: list[Running]) -> None:
    """One line for each tool, and how ours compares."""
    print(f"\n{size} articles, {len(running[0].times) + running[0].missed} saves of each\n")
    print(f"{'':<24} save to page, ms      first page, s  memory, MB")
    print(f"{'':<24} median    p95    max   cold   warm    before  after   requests  missed")
    for each in running:
        times = "".join(f"{share(each.times, part):>7.0f}" for part in (0.5, 0.95, 1))
        starts = "".join(f"{seconds:>7.2f}" for seconds in each.starts)
        memory = "".join(f"{resident / 2**20:>7.0f}" for resident in each.memory)
        counts = f"{each.requests:>11}{each.missed:>8}"
        print(f"{each.tool.name:<24}{times}{starts}   {memory}{counts}")
    ours = running[0]
    for other in running[1:]:
        if ours.times and other.times:
            ratio = median(ours.times) / median(other.times)
            print(f"ours / {other.tool.name}: {ratio:.2f} at the median", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
