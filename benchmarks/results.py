"""What was measured, as a table and as JSON. Several figures count with their median."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.generators import HUGO, PELICAN

Figures = dict[str, dict[str, list[float]]]  # of each generator: what → seconds, or bytes of memory
MEMORY = "memory"
PAGEFIND = "Pagefind"
BYTES = {MEMORY: ("MB", 2**20), "search_memory": ("MB", 2**20)}
BYTES |= dict.fromkeys(("index_size", "script_size"), ("KB", 1000))
PAGE = """# How fast In Session is

![Bars for each measurement, In Session beside the others; the table has the figures](latest.svg)

{}
[How this is measured](../README.md)
"""


@dataclass(frozen=True)
class Measurement:
    """Something that is measured, and what it is divided by: a figure of another generator."""

    key: str
    label: str
    peer: str = PELICAN
    of: str = "clean"


MEASUREMENTS = (
    Measurement("clean", "clean build"),
    Measurement("changed", "build, one article changed"),
    Measurement("unchanged", "build, nothing changed"),
    Measurement("cold", "preview: first page, cold"),
    Measurement("warm", "preview: first page, warm"),
    Measurement("words", "preview: saved words in their page", HUGO, "words"),
    Measurement("title", "preview: saved title in its page", HUGO, "title"),
    Measurement("check", "`check`, one article changed"),
    Measurement("dry_run", "`publish --dry-run`, one article changed"),
    Measurement(MEMORY, "peak memory, clean build", HUGO, MEMORY),
    Measurement("search", "search: making its index", PAGEFIND, "search"),
    Measurement("index_size", "search: the index as it is sent", PAGEFIND, "index_size"),
    Measurement("script_size", "search: its scripts as they are sent", PAGEFIND, "script_size"),
    Measurement("search_memory", "search: peak memory", PAGEFIND, "search_memory"),
)


@dataclass
class Results:
    """Everything of one run; `missing` says why a generator isn't in it, or not to the end."""

    date: str
    machine: dict[str, str]
    versions: dict[str, str]
    missing: dict[str, str]
    sizes: dict[int, Figures] = field(default_factory=dict)
    searches: dict[int, Figures] = field(default_factory=dict)

    def as_json(self) -> str:
        """All figures as they were measured."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"

    def as_text(self) -> str:
        """The table of each size in Markdown, and what it was measured with."""
        versions = ", ".join(f"{name} {version}" for name, version in self.versions.items())
        lines = [f"{self.date}, {', '.join(self.machine.values())}: {versions}."]
        missing = self.missing.items()
        lines += [f"{name} is missing, wholly or in part: {why}." for name, why in missing]
        every = [*self.sizes.items(), *self.searches.items()]
        tables = [table(count, figures) for count, figures in every]
        return "\n\n".join([*lines, *tables]) + "\n"


def table(count: int, figures: Figures) -> str:
    """Return a table in Markdown: a line for each measurement, a column for each generator."""
    lines = [f"| {count:,} articles | {' | '.join(figures)} |", "|---" * (len(figures) + 1) + "|"]
    for each in MEASUREMENTS:
        if any(each.key in measured for measured in figures.values()):
            cells = [_cell(each, name, figures) for name in figures]
            lines.append(f"| {each.label} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(measurement: Measurement, name: str, figures: Figures) -> str:
    value = middle(figures, name, measurement.key)
    if value is None:
        return "–"
    base = middle(figures, measurement.peer, measurement.of)
    ratio = f" ({value / base:.2g})" if base else ""
    return shown(measurement.key, value) + ratio


def middle(figures: Figures, name: str, key: str) -> float | None:
    """Return the median of what was measured of a generator; None if that was nothing."""
    measured = figures.get(name, {}).get(key)
    return median(measured) if measured else None


def shown(key: str, value: float) -> str:
    """Return a figure as it is read: `38 ms`, `2.5 s`, `46 s`, `91 MB`, `5 KB`."""
    if key in BYTES:
        unit, size = BYTES[key]
        return f"{value / size:,.0f} {unit}"
    if value < 0.9995:
        return f"{1000 * value:.0f} ms"
    return f"{value:.1f} s" if value < 9.95 else f"{value:.0f} s"


def write(results: Results, folder: Path, plot: str) -> None:
    """Write the figures as JSON, the plot, and a page with that and the tables."""
    folder.mkdir(exist_ok=True)
    (folder / "latest.json").write_text(results.as_json(), encoding="utf-8")
    (folder / "latest.md").write_text(PAGE.format(results.as_text()), encoding="utf-8")
    (folder / "latest.svg").write_text(plot, encoding="utf-8")
