"""Our search beside Pagefind's, for one blog: how long an index takes, and how large it is."""

import tempfile
import time
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import brotli

from benchmarks.generators import OURS
from benchmarks.results import PAGEFIND, Figures
from benchmarks.trial import FailedError, Trial
from insession.plugins.search import collect_words
from insession.publish.web_servers.server_files import QUALITY
from insession.site.site import Site

# Of Pagefind's files; the others are scripts, their styles, and what is compiled for them.
INDEX = ("index/", "fragment/", "pagefind-entry.json", "pagefind.en")


def measure_search(trial: Trial) -> tuple[Figures, dict[str, str]]:
    """Return the figures of both for a blog of ours that is built, and why one could not be had."""
    found: Figures = {OURS: _ours(trial)}
    try:
        found[PAGEFIND] = _pagefind(trial)
    except (OSError, FailedError) as why:
        return found, {PAGEFIND: str(why)}
    return found, {}


def pagefind_version() -> dict[str, str]:
    """Return which version of Pagefind is there; nothing, if none is."""
    try:
        return {PAGEFIND: version("pagefind-bin")}
    except PackageNotFoundError:
        return {}


def _ours(trial: Trial) -> dict[str, list[float]]:
    """Collect the words of all texts, and make the index, as a clean build does."""
    site = Site(trial.folder, str(trial.folder / "publishconf.py"), {})
    try:
        site.refresh()
        begun = time.perf_counter()
        for text in site.state.texts.values():
            if text.content:
                collect_words(text.content)
        for path in site.state.context["SEARCH_INDEXES"]:
            site.draw(path)
        seconds = time.perf_counter() - begun
    finally:
        site.close()
    output = trial.folder / trial.generator.output
    data = [path for path in output.glob("search/*.js") if path.name != "danger.js"]
    scripts = [*output.glob("theme/search.*.js"), output / "search/danger.js"]
    return {"search": [seconds], "index_size": [_sent(data)], "script_size": [_sent(scripts)]}


def _pagefind(trial: Trial) -> dict[str, list[float]]:
    """Let it read our pages. Raises OSError if it isn't there, and FailedError if it fails."""
    spec = find_spec("pagefind_bin")
    if not (spec and spec.submodule_search_locations):
        raise OSError("it is not installed (requirements-bench.txt)")
    program = next(Path(spec.submodule_search_locations[0]).glob("pagefind*"))
    output = trial.folder / trial.generator.output
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        command = [str(program), "--site", str(output), "--output-path", name]
        seconds = trial.run(command)
        memory = trial.run_for_memory(command)
        files = [path for path in Path(name).rglob("*") if path.is_file()]
        data = [path for path in files if path.relative_to(name).as_posix().startswith(INDEX)]
        scripts = [path for path in files if path not in data]
        return {
            "search": [seconds],
            "index_size": [_sent(data)],
            "script_size": [_sent(scripts)],
            "search_memory": [memory],
        }


def _sent(files: Iterable[Path]) -> int:
    """Return how many bytes they are as a server sends them; what is compressed stays as it is."""
    return sum(
        min(len(data := path.read_bytes()), len(brotli.compress(data, quality=QUALITY)))
        for path in files
    )
