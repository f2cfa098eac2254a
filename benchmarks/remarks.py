"""How much of what deserves a remark `check` sees, and how often it speaks without need.

    .venv/bin/python benchmarks/remarks.py [file …] [--list]

Reads the sentences in tests/check/corpus/held/, after which no rule was made: what a rule was made
after says nothing about a text that nobody has seen. Recall is the share of the bad sentences that
get a remark of their kind; precision the share of bad ones among all that get one, where there are
about as many good ones as bad. `--list` names what was missed and what was said without need.
"""

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from insession.check.registry import TEXT_RULES
from insession.check.text.text import RuleContext, text_from
from insession.content.practice import read_practice

ROOT = Path(__file__).resolve().parent.parent
HELD = ROOT / "tests" / "check" / "corpus" / "held"
# The names of the remarks that each kind of sentence deserves.
KINDS = {
    "client-story": {"vignette", "identifying-detail", "testimonial"},
    "medicine": {"medicine"},
    "suicide": {"suicide-wording", "suicide-unannounced"},
    "people": {"illness-wording", "addiction-wording", "disability-wording"},
    "promise": {"cure", "guarantee", "superlative", "testimonial"},
}
ARTICLE = "---\ntitle: {}\ndate: 2026-03-04\nsummary: A short summary.\ntopic: Talk\n---\n\n{}\n"


@dataclass(frozen=True)
class Score:
    """What was found of one kind: the bad sentences without a remark, the good ones with one."""

    kind: str
    bad: int
    good: int
    missed: tuple[str, ...]
    false: tuple[str, ...]

    @property
    def recall(self) -> float:
        """The share of the bad sentences that got a remark."""
        return 1 - len(self.missed) / self.bad

    @property
    def precision(self) -> float:
        """The share of bad sentences among those that got a remark."""
        found = self.bad - len(self.missed)
        return found / ((found + len(self.false)) or 1)

    def row(self) -> str:
        """The line of a table in Markdown."""
        seen, false = self.bad - len(self.missed), len(self.false)
        shares = f"{self.recall:.0%} | {self.precision:.0%}"
        return f"| {self.kind} | {seen} of {self.bad} | {false} of {self.good} | {shares} |"


def main(arguments: list[str]) -> int:
    """Print a table for each file."""
    parser = argparse.ArgumentParser(prog="remarks", description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, default=sorted(HELD.glob("*.toml")))
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args(arguments)
    for path in asked.files:
        print(
            f"\n| {path.stem} | seen | without need | recall | precision |\n|---|---|---|---|---|"
        )
        for score in scores(path):
            print(score.row())
            for sentence in (*score.missed, "–", *score.false) if asked.list else ():
                print(f"    {sentence!r}")
    return 0


def scores(path: Path) -> Iterator[Score]:
    """Yield what is found of each kind of sentence in a file."""
    known = RuleContext(read_practice(ROOT / "content" / "practice.toml"), frozenset())
    for kind, sentences in tomllib.loads(path.read_text(encoding="utf-8")).items():
        bad, good = sentences["bad"], sentences["good"]
        missed = tuple(each for each in bad if not KINDS[kind] & names(each, known))
        false = tuple(each for each in good if KINDS[kind] & names(each, known))
        yield Score(kind, len(bad), len(good), missed, false)


def names(sentence: str, known: RuleContext) -> set[str]:
    """Return the names of the remarks on a sentence, or on an article that begins with “title:”."""
    titled = re.match(r"title: (.*)\n\n", sentence)
    title, body = (titled[1], sentence[titled.end() :]) if titled else ("A title", sentence)
    text = text_from(ARTICLE.format(f'"{title}"', body), Path("x.md"), "x.md", is_page=False)
    return {remark.rule for rule in TEXT_RULES for remark in rule(text, known)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
