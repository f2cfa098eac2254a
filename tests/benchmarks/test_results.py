"""What a benchmark says of its figures: medians, ratios of the same run, what is missing."""

import json
import re
from pathlib import Path

import pytest
from defusedxml import ElementTree

from benchmarks.articles import write_articles
from benchmarks.plot import plot
from benchmarks.results import Figures, Results, shown, table, write

SVG = "{http://www.w3.org/2000/svg}"
MB = 2.0**20
FIGURES: Figures = {
    "In Session": {"clean": [9, 2.5, 2], "words": [0.03], "memory": [90 * MB], "check": [1.5]},
    "Pelican": {"clean": [5.0]},
    "Hugo": {"clean": [1.5], "words": [0.3], "memory": [180 * MB]},
}


def rows(text: str) -> dict[str, list[str]]:
    """Each line of a table by its first cell."""
    lines = [line.strip("|").split("|") for line in text.splitlines()]
    return {line[0].strip(): [cell.strip() for cell in line[1:]] for line in lines}


def test_a_table_has_medians_and_ratios_to_what_the_peers_took_in_the_same_run() -> None:
    found = rows(table(1000, FIGURES))
    assert found["1,000 articles"] == ["In Session", "Pelican", "Hugo"]
    assert found["clean build"] == ["2.5 s (0.5)", "5.0 s (1)", "1.5 s (0.3)"]
    assert found["preview: saved words in their page"] == ["30 ms (0.1)", "–", "300 ms (1)"]
    assert found["`check`, one article changed"] == ["1.5 s (0.3)", "–", "–"]
    assert found["peak memory, clean build"] == ["90 MB (0.5)", "–", "180 MB (1)"]
    assert "build, nothing changed" not in found


def test_without_the_peer_there_is_no_ratio() -> None:
    found = rows(table(10, {"In Session": FIGURES["In Session"]}))
    assert found["preview: saved words in their page"] == ["30 ms"]


def test_a_search_is_measured_beside_its_peer() -> None:
    searches: Figures = {
        "In Session": {"search": [0.2], "index_size": [101_000], "script_size": [18_000]},
        "Pagefind": {"search": [3.6], "index_size": [4.5e6], "search_memory": [287 * MB]},
    }
    results = Results("2026-01-02", {}, {}, {}, {1000: FIGURES}, {1000: searches})
    found = rows(results.as_text())
    assert found["search: making its index"] == ["200 ms (0.056)", "3.6 s (1)"]
    assert found["search: the index as it is sent"] == ["101 KB (0.022)", "4,500 KB (1)"]
    assert found["search: its scripts as they are sent"] == ["18 KB", "–"]
    assert found["search: peak memory"] == ["–", "287 MB (1)"]


def test_who_is_missing_is_said_and_the_figures_are_kept() -> None:
    versions = {"In Session": "abc", "Pelican": "4.12.0"}
    missing = {"Astro": "npm could not install astro"}
    results = Results("2026-01-02", {"cores": "2 cores"}, versions, missing, {100: FIGURES})
    text = results.as_text()
    assert text.startswith("2026-01-02, 2 cores: In Session abc, Pelican 4.12.0.\n")
    assert "Astro is missing, wholly or in part: npm could not install astro." in text
    assert json.loads(results.as_json())["sizes"]["100"] == FIGURES


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.0384, "38 ms"), (0.9996, "1.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (79.4, "79 s")],
)
def test_a_time_is_as_exact_as_is_read(seconds: float, said: str) -> None:
    assert shown("clean", seconds) == said


def test_a_plot_has_bars_as_long_as_the_figures_and_says_them_in_words() -> None:
    tree = ElementTree.fromstring(plot({100: FIGURES, 1000: {"Pelican": {"clean": [4.0]}}}))
    assert tree.findtext(f"{SVG}title")
    said = tree.findtext(f"{SVG}desc") or ""
    assert "Clean build, 100 articles: In Session 2.5 s, Pelican 5.0 s, Hugo 1.5 s." in said
    assert "Clean build, 1,000 articles: Pelican 4.0 s." in said
    ids = {each.get("id") for each in tree}
    assert set(tree.attrib["aria-labelledby"].split()) <= ids
    bars = [float(each.attrib["width"]) for each in tree.iter(f"{SVG}rect") if each.get("x")]
    ours, pelicans, alone, hugos, *_ = bars
    assert ours == pytest.approx(pelicans / 2)
    assert hugos == pytest.approx(pelicans * 0.3, rel=0.01)
    assert alone == pelicans
    assert "prefers-color-scheme: dark" in (tree.findtext(f"{SVG}style") or "")


def test_articles_are_the_same_each_time() -> None:
    assert write_articles(12) == write_articles(12)
    lengths = [len(each.body.split()) for each in write_articles(40)]
    assert 650 < sum(lengths) / 40 < 800


def test_all_is_written_beside_each_other(tmp_path: Path) -> None:
    results = Results("2026-01-02", {"cores": "2 cores"}, {"Pelican": "4.12.0"}, {}, {100: FIGURES})
    write(results, tmp_path / "results", plot(results.sizes))
    page = (tmp_path / "results/latest.md").read_text("utf-8")
    assert results.as_text() in page
    linked = re.findall(r"\]\((?!\.\.)([^)]+)\)", page)
    assert linked == ["latest.svg"]
    assert {path.name for path in (tmp_path / "results").iterdir()} == {
        "latest.json",
        "latest.md",
        *linked,
    }
