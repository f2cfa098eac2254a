"""Work that is shared by all cores: each item once, and none waits behind one that takes long."""

import os
from pathlib import Path

import pytest

from insession.common.cores import on_all_cores
from insession.common.progress import Advance
from tests.comments.running import until


def note_process(share: list[int], advance: Advance) -> list[tuple[int, int]]:
    """Return each item with the process that had it."""
    advance(len(share))
    return [(item, os.getpid()) for item in share]


@pytest.mark.parametrize("shares", [1, 3, 50])
@pytest.mark.parametrize("count", [0, 1, 2, 7, 40])
def test_each_item_is_worked_on_once(count: int, shares: int) -> None:
    found = on_all_cores("Trying", note_process, [*range(count)], 2, shares)
    assert sorted(item for share in found for item, _ in share) == [*range(count)]


@pytest.mark.skipif("sys.platform != 'linux'", reason="only Linux can fork safely")
def test_who_is_done_takes_what_another_would_come_to_late(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def wait_for_the_others(share: list[int], advance: Advance) -> int:
        """The first waits until the others are done, which its own process so can't do."""
        for item in share:
            if item == 0:
                until(lambda: len([*tmp_path.iterdir()]) == 9)
            else:
                Path(tmp_path, str(item)).touch()
            advance(1)
        return os.getpid()

    by = on_all_cores("Trying", wait_for_the_others, [*range(10)], 2, shares_a_core=5)
    assert len({*by}) == 2


@pytest.mark.skipif("sys.platform != 'linux'", reason="only Linux can fork safely")
@pytest.mark.parametrize("shares", [1, 5])
def test_this_process_is_one_of_as_many_as_there_are_cores(
    monkeypatch: pytest.MonkeyPatch, shares: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    found = on_all_cores("Trying", note_process, [*range(40)], 2, shares)
    processes = {process for share in found for _, process in share}
    assert len(processes) <= 2
    assert os.getpid() in processes


@pytest.mark.skipif("sys.platform != 'linux'", reason="only Linux can fork safely")
@pytest.mark.parametrize("wrong", [0, 9], ids=["in another process", "here"])
def test_what_goes_wrong_in_either_process_is_raised(
    monkeypatch: pytest.MonkeyPatch, wrong: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def divide(share: list[int], advance: Advance) -> list[float]:
        return [1 / (item - wrong) for item in share]

    with pytest.raises(ZeroDivisionError):
        on_all_cores("Trying", divide, [*range(10)], 2)
