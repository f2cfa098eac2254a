"""How long builds take: of everything, with one article changed, with nothing changed."""

import random
import time

from benchmarks.trial import Trial, in_turn, shuffled


def measure_builds(trials: list[Trial], rounds: int, pause: float, chance: random.Random) -> None:
    """Measure the builds of all, in turn: each kind, of each generator, in each round.

    The first build of each is only for its memory, and warms what can be warm. What was made is
    removed for all at once, well before one of them builds anew: a file system is slow meanwhile.
    """
    in_turn(trials, lambda trial: _measure_memory(trial, pause), "memory")
    for number in range(rounds):
        _measure_round(trials, number, pause, chance)


def _measure_memory(trial: Trial, pause: float) -> None:
    time.sleep(pause)
    trial.keep("memory", trial.run_for_memory(trial.generator.clean))
    for command in trial.generator.more.values():
        trial.run(command)


def _measure_round(trials: list[Trial], number: int, pause: float, chance: random.Random) -> None:
    slug = chance.choice(trials[0].articles).slug

    def clean(trial: Trial) -> None:
        time.sleep(pause)
        trial.keep("clean", trial.run(trial.generator.clean))

    def changed(trial: Trial) -> None:
        words = f"These words were new in round {number}."
        trial.add_words(slug, words)
        time.sleep(pause)
        trial.keep("changed", trial.run(trial.generator.build))
        trial.check_made(slug, words)

    def unchanged(trial: Trial) -> None:
        time.sleep(pause)
        trial.keep("unchanged", trial.run(trial.generator.build))

    def more(trial: Trial) -> None:
        for what, command in trial.generator.more.items():
            trial.run(command)  # the last one, since which one article is changed
            trial.add_words(slug, f"These words were new for “{what}” in round {number}.")
            time.sleep(pause)
            trial.keep(what, trial.run(command))

    for trial in trials:
        trial.clear()
    time.sleep(pause)
    for act, what in (
        (clean, "clean builds"),
        (changed, "one article changed"),
        (unchanged, "nothing changed"),
        (more, "check and publish --dry-run"),
    ):
        in_turn(shuffled(trials, chance), act, f"{what}, round {number + 1}")
