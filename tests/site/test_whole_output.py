"""The output folder: always one whole site, and nothing of hers is lost in it."""

import random
from pathlib import Path

import pytest

from insession.common.problems import Problems
from insession.output import output_folder
from insession.output.writer import Writer
from insession.site.memory import Memory
from tests.killing import CAN_FORK, killed_before, steps_of
from tests.support import article, build_blog

SEED = 5
SWAP = "ctypes.dlsym"  # the step before the folders trade places


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_list_of_files_names_what_lies_there_in_order(tmp_path: Path) -> None:
    files = {
        "articles/a.md": article("A"),
        "articles/a-b.md": article("B"),
        "articles/kept.md": article("Kept", more="status: draft"),
        "downloads/a/b.txt": "B",
        "downloads/a-b.txt": "B",
    }
    build_blog(tmp_path, files)
    output = tmp_path / "output"
    listed = output / ".insession" / "files.json"
    known = listed.read_bytes()
    output_folder.finish(output)  # which walks through the folder
    assert listed.read_bytes() == known


@pytest.mark.skipif(not CAN_FORK, reason="needs fork")
def test_a_build_that_is_killed_leaves_the_old_output_or_the_new_and_the_next_works(
    tmp_path: Path, thorough: bool
) -> None:
    old, new = {"articles/a.md": article("Old")}, {"articles/a.md": article("New")}
    build_blog(tmp_path, new)
    after = contents(tmp_path / "output")
    build_blog(tmp_path, old)
    before = contents(tmp_path / "output")
    steps = steps_of(lambda: build_blog(tmp_path, old))
    chosen = random.Random(SEED).sample(range(1, len(steps) + 1), len(steps) if thorough else 6)
    print(f"seed {SEED}, steps {chosen}")
    seen = []
    for step, since in [*((step, "") for step in chosen), *((step, SWAP) for step in range(1, 5))]:
        killed_before(step, lambda: build_blog(tmp_path, new), since)
        seen.append(contents(tmp_path / "output"))
        assert seen[-1] in (before, after), (step, since)
        if seen[-1] == after or since:
            build_blog(tmp_path, old)
            left = {path.name for path in tmp_path.iterdir()} - {"content", ".cache"}
            assert left == {"output", "output.lock"}
            assert contents(tmp_path / "output") == before
    assert before in seen
    assert after in seen


def test_a_file_of_hers_in_the_output_is_never_removed(tmp_path: Path) -> None:
    files = {"articles/a.md": article("A")}
    output = build_blog(tmp_path, files).folder
    (output / "notes").mkdir()
    (output / "notes/one.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Problems) as refused:
        build_blog(tmp_path, files)
    (problem,) = refused.value.problems
    assert problem.what == "this folder holds files that were not made here: notes/one.txt."
    assert (output / "notes/one.txt").read_text(encoding="utf-8") == "mine"


def test_what_computers_leave_lying_about_stops_nothing(tmp_path: Path) -> None:
    files = {"articles/a.md": article("A")}
    output = build_blog(tmp_path, files).folder
    for name in (".DS_Store", "a/Thumbs.db", "desktop.ini"):
        (output / name).write_text("made by a computer", encoding="utf-8")
    build_blog(tmp_path, files)
    assert not (output / ".DS_Store").exists()


def test_a_file_with_a_strange_name_is_known_again(tmp_path: Path) -> None:
    files = {"articles/a.md": article("A"), "downloads/a\nb – c.txt": "hers"}
    build_blog(tmp_path, files)
    build_blog(tmp_path, files)


@pytest.mark.parametrize("name", ["output", "output.new", "output.old"])
@pytest.mark.parametrize("half", ["", '["index.html",\n"a/ind'])
def test_half_a_list_of_files_stops_no_build(name: str, half: str, tmp_path: Path) -> None:
    files = {"articles/a.md": article("A")}
    whole = contents(build_blog(tmp_path, files).folder)
    folder = tmp_path / name / ".insession"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "files.json").write_text(half, encoding="utf-8")
    build_blog(tmp_path, files)
    assert contents(tmp_path / "output") == whole


def test_a_page_is_the_same_whichever_was_made_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"articles/{name}.md": article(name) for name in "abc"}
    forwards = contents(build_blog(tmp_path, files).folder)
    paths = Writer.paths
    monkeypatch.setattr(Writer, "paths", lambda writer: paths(writer)[::-1])
    Memory(tmp_path).forget()
    assert contents(build_blog(tmp_path, files).folder) == forwards
