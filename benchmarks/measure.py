"""All measurements with one number of articles."""

import random
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.articles import write_articles
from benchmarks.builds import measure_builds
from benchmarks.generators import Generator
from benchmarks.previews import measure_previews
from benchmarks.results import Figures
from benchmarks.search import measure_search
from benchmarks.trial import Trial

LARGE = 10_000


@dataclass(frozen=True)
class Effort:
    """How often it is measured, and how many seconds all rest before each time.

    `more` is whether what In Session alone can do is measured, too.
    """

    rounds: int
    saves: int
    pause: float
    more: bool


def effort(count: int) -> Effort:
    """Return what is enough for steady medians, and can be waited for."""
    return Effort(1, 3, 8, more=False) if count >= LARGE else Effort(3, 20, 2, more=True)


def measure(
    count: int, generators: list[Generator], how: Effort
) -> tuple[Figures, Figures, dict[str, str]]:
    """Return the figures of each generator, those of searches, and why some aren't measured."""
    chance = random.Random(count)  # noqa: S311 (not for secrets)
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        articles = write_articles(count)
        measured = generators if how.more else [replace(each, more={}) for each in generators]
        trials = [
            Trial(each, Path(folder, each.name.lower().replace(" ", "-"), "blog"), articles)
            for each in measured
        ]
        say(count, "builds")
        measure_builds(trials, how.rounds, how.pause, chance)
        say(count, "search")
        searches, missing = measure_search(trials[0])
        say(count, "previews")
        measure_previews(trials, how.rounds, how.saves, how.pause, chance)
    figures = {each.generator.name: each.figures for each in trials}
    missing |= {each.generator.name: each.failed for each in trials if each.failed}
    return figures, searches, missing


def say(count: int, what: str) -> None:
    """Say what is measured now; it takes minutes."""
    print(f"{count:,} articles: {what} …", flush=True)
