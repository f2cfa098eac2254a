"""What is forgotten leaves no trace: in no byte of the folder, not for an hour, not by accident."""

from collections.abc import Callable
from pathlib import Path

from tests.comments.running import Running

SET_CLOCK = """
import pathlib, time
clock, offset = time.time, pathlib.Path({!r})
time.time = lambda: clock() + (float(offset.read_text() or 0) if offset.exists() else 0)
"""
YEAR = 365 * 86_400


def all_bytes(folder: Path) -> bytes:
    """Return every byte of every file in a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_nothing_about_who_came_is_on_the_disk(start: Callable[..., Running]) -> None:
    running = start()
    assert running.post("Who am I?", address="203.0.113.77").status == 303
    tables = {row[0] for row in running.rows("SELECT name FROM sqlite_master")}
    assert not tables & {"visit", "salt"}
    assert b"203.0.113" not in all_bytes(running.data)


def test_a_clock_set_ahead_and_back_blocks_no_article(
    start: Callable[..., Running], tmp_path: Path
) -> None:
    offset = tmp_path / "offset"
    few = 'limits.Limits((("everyone", ((2, 60),)),), ())'
    few = f"settings = dataclasses.replace(settings, limits={few})\n"
    running = start(few + SET_CLOCK.format(str(offset)))
    offset.write_text(str(YEAR))
    assert running.post("Ahead by a year, one.").status == 303
    assert running.post("Ahead by a year, two.").status == 303
    offset.write_text("0")
    refused = running.post("Back again.")
    assert refused.status == 429
    assert int(refused.headers["Retry-After"]) <= 61
