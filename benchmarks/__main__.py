"""How fast builds and previews are, beside Pelican, Hugo, Eleventy and Astro.

    python3 tasks.py bench [--articles 100,1000,10000]

Needs no more than a bare Python at its top: what is measured with is installed first.
"""

import argparse
import os
import platform
import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).parent / "results"
SMALLEST = 10  # number of articles
REQUIREMENTS = ROOT / "requirements-bench.txt"


def main(arguments: list[str]) -> int:
    """Measure, print the tables, and write them, the figures and a plot into results/."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.split("\n")[0])
    parser.add_argument("--articles", default="100,1000", type=_counts)
    counts = parser.parse_args(arguments).articles
    if sys.prefix == sys.base_prefix:
        print("Start this with: python3 tasks.py bench", file=sys.stderr)
        return 1
    install()
    if not find_spec("psutil"):
        return 1
    from benchmarks.generators import find_generators
    from benchmarks.measure import effort, measure
    from benchmarks.plot import plot
    from benchmarks.results import Results, write
    from benchmarks.search import pagefind_version

    generators, missing = find_generators()
    versions = {each.name: each.version for each in generators} | pagefind_version()
    results = Results(date.today().isoformat(), machine(), versions, missing)
    for count in counts:
        figures, searches, failed = measure(count, generators, effort(count))
        results.sizes[count], results.searches[count] = figures, searches
        missing |= failed
    write(results, RESULTS, plot(results.sizes))
    place = RESULTS.relative_to(ROOT)
    print(f"\n{results.as_text()}\nThe figures are in {place}/latest.json, a plot in latest.svg.")
    return 0


def _counts(text: str) -> list[int]:
    counts = [int(each) if each.strip().isdecimal() else 0 for each in text.split(",")]
    if min(counts) < SMALLEST:
        raise argparse.ArgumentTypeError(
            f"“{text}” is not understood. It takes numbers from {SMALLEST}: 100,1000"
        )
    return counts


def install() -> None:
    """Install what is measured with into `.venv`; say why if that can't be."""
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "-r", str(REQUIREMENTS)]
    command = [sys.executable, "-m", "pip", "install", *options]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        why = done.stderr.strip().rpartition("\n")[2]
        print(f"{REQUIREMENTS.name} could not be installed: {why}", file=sys.stderr)


def machine() -> dict[str, str]:
    """What it is measured on."""
    import psutil

    return {
        "cores": f"{os.cpu_count()} cores",
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GB",
        "system": f"{platform.system()} {platform.machine()}",
        "python": f"Python {platform.python_version()}",
    }


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print("\nStopped.")
        sys.exit(130)
