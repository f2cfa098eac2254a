"""What is typed behind a command: words that may be left out, and options."""

import sys

import pytest

from insession.cli import main
from insession.common import venv
from insession.content import new


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        (["new"], ("", False, "", "")),
        (["new", "Why: silence"], ("Why: silence", False, "", "")),
        (["new", "build"], ("build", False, "", "")),
        (["new", "--page", "About"], ("About", True, "", "")),
        (["new", "A book", "--kind", "book"], ("A book", False, "book", "")),
        (["new", "--kind=answer"], ("", False, "answer", "")),
        (["new", "--title", "Why"], ("Why", False, "", "")),
        (["new", "--beginning"], ("", False, "", True)),
        (["new", "--beginning", "3"], ("", False, "", "3")),
        (["new", "--beginning=how long"], ("", False, "", "how long")),
        (["new", "Why", "--beginning", "3"], ("Why", False, "", "3")),
    ],
)
def test_the_title_may_be_left_out_and_needs_no_name(
    typed: list[str], understood: tuple[str, bool, str, str | bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def record(*words: str | bool, beginning: str | bool) -> int:
        calls.append((*words, beginning))
        return 0

    monkeypatch.setattr(new, "new", record)
    monkeypatch.chdir(venv.ROOT)  # running a command goes there
    monkeypatch.setattr(sys, "path", [str(venv.ROOT), *sys.path])
    assert main.run(typed) == 0
    assert calls == [understood]


@pytest.mark.parametrize("typed", [["--pge"], ["Why", "silence"], ["Why", "--pge"], ["--kind"]])
def test_an_option_that_is_not_known_never_becomes_the_title(
    typed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new, "new", lambda *_, **__: pytest.fail("it was made"))
    with pytest.raises(venv.CannotRunError, match="TITLE: between quotes"):
        main.run(["new", *typed])
