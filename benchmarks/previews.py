"""How soon a preview shows its first page, and how soon a saved text is in its page.

All previews run at once and take turns: one article is saved, and its page is asked for until what
was saved is in it; the next save waits until all of them rest. Asking every 2 ms costs all alike.
"""

import http.client
import random
import socket
import subprocess
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial

import psutil

from benchmarks.trial import FailedError, Trial, in_turn, shuffled

PAUSE = 0.002  # s between two requests for a page
LONGEST = 300  # s that a save may take
START_LONGEST = 900  # s that the first page may take
REST_LONGEST = 60  # s to wait until they rest
AT_REST = 0.01  # s of processor time that all of them use together in a tenth of a second


@dataclass
class Preview:
    """A preview that runs."""

    trial: Trial
    process: subprocess.Popen[bytes]
    connection: http.client.HTTPConnection

    def page(self, slug: str) -> str:
        """The page of an article as it is served now, or nothing."""
        try:
            self.connection.request("GET", self.trial.generator.page.format(slug=slug))
            return self.connection.getresponse().read().decode()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return ""

    def wait_for(self, words: str, slug: str, longest: float) -> None:
        """Ask for the page of an article until these words are in it. Raises FailedError."""
        begun = time.perf_counter()
        while words not in self.page(slug):
            if self.process.poll() is not None or time.perf_counter() - begun > longest:
                raise FailedError(f"its preview never showed “{words}”")
            time.sleep(PAUSE)

    def worked(self) -> float:
        """The processor time that it has used, in seconds."""
        if self.process.poll() is not None:
            return 0
        own = psutil.Process(self.process.pid)
        total = 0.0
        for each in [own, *own.children(recursive=True)]:
            try:
                times = each.cpu_times()
            except psutil.Error:
                continue
            total += times.user + times.system
        return total


def measure_previews(
    trials: list[Trial], starts: int, saves: int, pause: float, chance: random.Random
) -> None:
    """Measure so many starts, cold and warm, and then so many saves of words and of a title."""
    for number in range(starts):
        for trial in trials:
            trial.clear()
        time.sleep(pause)
        for what in ("cold", "warm"):
            start = partial(_start, what=what, pause=pause)
            in_turn(shuffled(trials, chance), start, f"{what} starts, round {number + 1}")
    with ExitStack() as stack:
        running: dict[str, Preview] = {}

        def run(trial: Trial) -> None:
            running[trial.generator.name] = _started(trial, stack)

        in_turn(trials, run, "saves")
        _take_turns(trials, running, saves, chance)


def _start(trial: Trial, what: str, pause: float) -> None:
    """Measure one start, until the first page; end it again."""
    time.sleep(pause)
    with ExitStack() as stack:
        begun = time.perf_counter()
        _started(trial, stack)
        trial.keep(what, time.perf_counter() - begun)


def _started(trial: Trial, stack: ExitStack) -> Preview:
    """Start a preview and wait for its first page; the stack's end is its end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = stack.enter_context(trial.started([*trial.generator.preview, str(port)]))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    stack.enter_context(closing(connection))
    preview = Preview(trial, process, connection)
    first = trial.articles[0]
    preview.wait_for(first.first_words, first.slug, START_LONGEST)
    return preview


def _take_turns(
    trials: list[Trial], running: dict[str, Preview], saves: int, chance: random.Random
) -> None:
    """Save words, then a title, so many times in each, one after another."""
    for number in range(saves):
        slug = chance.choice(trials[0].articles).slug
        for what, new in (
            ("words", f"This was saved as number {number}."),
            ("title", f"A title that was saved as number {number}"),
        ):
            save = partial(_save, running=running, slug=slug, what=what, new=new)
            in_turn(shuffled(trials, chance), save)


def _save(trial: Trial, running: dict[str, Preview], slug: str, what: str, new: str) -> None:
    """Save words or a title when all rest, and measure until that is in the page."""
    _rest([*running.values()])
    begun = time.perf_counter()
    if what == "words":
        trial.add_words(slug, new)
    else:
        trial.set_title(slug, new)
    running[trial.generator.name].wait_for(new, slug, LONGEST)
    trial.keep(what, time.perf_counter() - begun)


def _rest(running: list[Preview]) -> None:
    """Wait until none of the previews is at work any more."""
    deadline = time.monotonic() + REST_LONGEST
    while time.monotonic() < deadline:
        before = sum(each.worked() for each in running)
        time.sleep(0.1)
        if sum(each.worked() for each in running) - before <= AT_REST:
            return
