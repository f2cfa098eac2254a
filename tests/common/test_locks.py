"""One build at a time."""

import threading
from pathlib import Path

from insession.common.locks import alone
from tests.support import article, build_blog


def test_a_second_build_waits_until_the_first_is_done(tmp_path: Path) -> None:
    built = threading.Event()

    def build() -> None:
        build_blog(tmp_path, {"articles/a.md": article()})
        built.set()

    with alone(tmp_path / "output.lock"):
        second = threading.Thread(target=build)
        second.start()
        assert not built.wait(1.5)  # by far longer than it takes
        assert not (tmp_path / "output").exists()
    second.join(30)
    assert built.is_set()
    assert (tmp_path / "output" / "a" / "index.html").is_file()


def test_who_has_to_wait_is_told_once(tmp_path: Path) -> None:
    told: list[str] = []
    entered = threading.Event()

    def second() -> None:
        with alone(tmp_path / "x.lock", lambda: told.append("wait")):
            entered.set()

    with alone(tmp_path / "x.lock"):
        thread = threading.Thread(target=second)
        thread.start()
        assert not entered.wait(0.7)
    thread.join(10)
    assert entered.is_set()
    assert told == ["wait"]
