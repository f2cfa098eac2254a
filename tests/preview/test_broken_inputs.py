"""Whatever is broken: the page and the terminal say where, what and how; mending it mends all."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from insession.common.problems import Problem
from tests.preview.broken import (
    ELSEWHERE,
    PLUGIN,
    SETTINGS,
    Broken,
    Files,
    among_the_files,
    good,
    in_an_article,
)
from tests.preview.running import Preview, Shown, eventually, starting
from tests.site.test_bad_input import IN_AN_ARTICLE, IN_THE_FOLDER

ALONE = ("content/articles/x.md", "content/articles/y.md")  # not there beside files of those names
# Of the mistakes that the build is tried with every second one: all reach the page the same way.
SECOND = islice(IN_AN_ARTICLE.items(), 0, None, 2)
CASES: dict[str, Broken] = {
    **{f"article: {name}": in_an_article(*case) for name, case in SECOND},
    **{f"files: {name}": among_the_files(*case) for name, case in IN_THE_FOLDER.items()},
    **ELSEWHERE,
}


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview, which has to live through everything."""
    folder = tmp_path_factory.mktemp("broken") / "project"
    folder.mkdir()
    (folder / "secret.txt").write_text("A secret.", encoding="utf-8")
    files = {n.removeprefix("content/"): t for n, t in good().items() if n.startswith("content/")}
    with starting() as start:
        preview = start(folder, files)
        preview.says("Your blog is at")
        yield preview


def write(folder: Path, files: Files) -> None:
    """Save these files, or remove those that are None."""
    for name, data in files.items():
        path = folder / name
        if data is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())


def mended(files: Files) -> Files:
    """The same files, right; those that belong to a mistake alone are gone."""
    return {name: good().get(name) for name in files}


def fitting(preview: Preview, case: Broken, path: str) -> Shown | None:
    """The problem in the panel that is the one of this case."""
    for shown in preview.panel(path):
        named = f"{shown.place}:".startswith(f"{case.place}:")
        if named and case.what in shown.what and case.how in shown.how:
            return shown
    return None


def flat(text: str) -> str:
    """The text with single spaces."""
    return " ".join(text.split())


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_is_said_in_the_page_and_the_terminal_until_it_is_mended(
    name: str, preview: Preview
) -> None:
    case = CASES[name]
    address = "/first/" if name.startswith("files") else "/x/"
    title = "The first title" if name.startswith("files") else "The last good title"
    if name.startswith("files"):
        write(preview.folder, dict.fromkeys(ALONE))
        eventually(lambda: preview.get("/x/")[0] == 404, "the other articles are out of the way")
    before, workers = len(preview.printed), preview.workers()
    try:
        write(preview.folder, case.files)
        is_told(preview, case, address, title, before)
    finally:
        before_mending = len(preview.printed)
        write(preview.folder, mended(case.files) | mended(dict.fromkeys(ALONE)))
    eventually(lambda: preview.panel(address) == [], "the panel goes away", pause=0.01)
    eventually(lambda: "All mended." in preview.printed[before_mending:], "“All mended.”")
    if case.files.keys() & {SETTINGS, PLUGIN}:
        eventually(lambda: preview.workers() - workers, "it has started again")
    eventually(preview.shows("/x/", "The last good title"), "the blog is whole again")
    assert "Traceback" not in preview.printed[before:]


def is_told(preview: Preview, case: Broken, address: str, title: str, before: int) -> None:
    """Wait until the mistake is in the page and in the terminal, with the last good page behind."""
    try:
        eventually(lambda: fitting(preview, case, address), "the right panel", pause=0.01)
    except AssertionError:
        raise AssertionError(
            f"wanted: {case.place}: {case.what} … {case.how}\nthe panel: {preview.panel(address)}"
            f"\nthe terminal: {preview.printed[before:]}"
        ) from None
    shown = fitting(preview, case, address)
    assert shown.what.endswith(".")
    assert shown.how
    status, _, page = preview.get(address)
    assert (status, title in page) == (200, True), "the last good page stays"
    assert "A secret." not in page
    assert "Traceback" not in page
    file, _, line = shown.place.rpartition(":")
    file, number = (file, int(line)) if line.isdecimal() else (shown.place, 0)
    said = Problem(file, number, shown.what, shown.how)
    eventually(lambda: flat(str(said)) in flat(preview.printed[before:]), f"the terminal: {said}")


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for rights to make symbolic links")
@pytest.mark.parametrize("target", ["../../secret.txt", "nowhere.md", "link.md"])
def test_a_symbolic_link_that_leads_out_or_nowhere_is_said(target: str, preview: Preview) -> None:
    link = preview.folder / "content/articles/link.md"
    try:
        link.symlink_to(target)
        wanted = Broken({}, "content/articles/link.md", "link", "")
        eventually(lambda: fitting(preview, wanted, "/"), "the link is named", pause=0.01)
        assert "A secret." not in preview.get("/")[2]
    finally:
        link.unlink()
    eventually(lambda: preview.panel() == [], "the panel goes away")


def test_many_mistakes_are_all_shown_in_order_and_go_one_by_one(preview: Preview) -> None:
    files: Files = {
        "content/articles/x.md": "Only text.\n",
        "content/articles/z.md": "",
        "content/images/c.png": b"hello",
    }
    write(preview.folder, files)
    eventually(lambda: len(preview.panel()) == 3, "three problems")
    assert [shown.place.split(":")[0] for shown in preview.panel()] == sorted(files)
    for left, (name, data) in zip((2, 1, 0), mended(files).items(), strict=True):
        write(preview.folder, {name: data})
        eventually(lambda left=left: len(preview.panel()) == left, f"{left} are left")


def test_a_blog_that_is_broken_from_the_start_shows_why_and_opens_when_mended(
    tmp_path: Path,
) -> None:
    broken = ELSEWHERE["telephone"]
    with starting() as start:
        preview = start(tmp_path, practice=lambda text: text.replace("+17185550142", "call me"))
        preview.says("Your blog is at")
        eventually(lambda: fitting(preview, broken, "/first/"), "a page with the panel alone")
        assert "content/practice.toml:" in preview.printed
        write(tmp_path, mended(broken.files))
        eventually(preview.shows("/first/", "The first title"), "the blog opens")
        assert preview.panel("/first/") == []
        assert "Traceback" not in preview.printed
