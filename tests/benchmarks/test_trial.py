"""One generator that fails doesn't end the measurements of the others."""

import sys
from pathlib import Path

import pytest

from benchmarks.generators import OURS, Generator
from benchmarks.trial import Trial, in_turn


def trial(name: str, folder: Path, code: int) -> Trial:
    """A generator whose build ends with this exit code, after it said something."""
    build = [sys.executable, "-c", f"print('no room'); raise SystemExit({code})"]
    folder.mkdir()
    made = Generator(name, "1", lambda at, _: at, build, build, build, "/{slug}/", (), "output")
    return Trial(made, folder, [])


def build(each: Trial) -> None:
    each.keep("clean", each.run(each.generator.clean))


def test_a_peer_that_fails_is_out_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trials = [trial(OURS, tmp_path / "ours", 0), trial("Peer", tmp_path / "peer", 3)]
    in_turn(trials, build)
    in_turn(trials, build)
    assert [len(each.figures.get("clean", [])) for each in trials] == [2, 0]
    assert trials[1].failed.startswith("with 0 articles: “")
    assert "no room" in capsys.readouterr().err


def test_without_ours_there_is_nothing_to_compare(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        in_turn([trial(OURS, tmp_path / "ours", 1)], build)
