"""No save is missed: not many at once, not during the start, not while a page is made."""

import re
import threading
import time
from pathlib import Path

import pytest

from tests.preview import saving
from tests.preview.conftest import Start
from tests.preview.running import FIRST, Preview, eventually, starting
from tests.support import article

SAVES = 50


def numbered(number: int) -> str:
    """An article that says how often it was saved."""
    return article(f"Saved {number} times", body=f"This is number {number}.")


def is_shown(preview: Preview, number: int, address: str = "/first/") -> None:
    """Wait until the article is served as it was saved last, and listed so."""
    eventually(preview.shows(address, f"This is number {number}."), f"number {number}")
    eventually(preview.shows("/", f"Saved {number} times"), f"the title of number {number}")


@pytest.mark.parametrize("way", saving.WAYS, ids=lambda way: way.__name__)
def test_a_save_is_seen_however_the_editor_writes(way: saving.Way, open_preview: Start) -> None:
    preview = open_preview()
    path = preview.folder / "content/articles/first.md"
    for number in range(1, 6):
        way(path, numbered(number).encode())
        is_shown(preview, number)
    way(path.with_name("second.md"), article("A new file").encode())
    eventually(preview.shows("/second/", "A new file"), "the new file is served")
    assert preview.panel() == []
    assert {item.name for item in path.parent.iterdir()} == {"first.md", "second.md"}


def test_of_fifty_saves_in_a_second_the_last_is_served(open_preview: Start) -> None:
    preview = open_preview()
    for number in range(1, SAVES + 1):
        way = saving.by_replacing if number % 2 else saving.plainly
        way(preview.folder / "content/articles/first.md", numbered(number).encode())
        time.sleep(1 / SAVES)
    is_shown(preview, SAVES)


def test_of_saves_to_many_files_at_once_none_is_missed(open_preview: Start) -> None:
    texts = {f"articles/text-{n}.md": article(f"Text {n}") for n in range(10)}
    preview = open_preview(files=texts)
    for number in range(1, SAVES + 1):
        preview.save(f"articles/text-{number % 10}.md", numbered(number))
    for number in range(SAVES - 9, SAVES + 1):
        is_shown(preview, number, f"/text-{number % 10}/")


def test_saves_during_the_start_are_not_missed(tmp_path: Path) -> None:
    with starting() as start:
        preview = start(tmp_path, {f"articles/text-{n}.md": article() for n in range(5)})
        number = 0
        while "Your blog is at" not in preview.printed and preview.process.poll() is None:
            number += 1
            preview.save(f"articles/text-{number % 5}.md", numbered(number))
            time.sleep(0.005)
        assert number > 5, "it was saved before the preview had begun"
        for last in range(number - 4, number + 1):
            is_shown(preview, last, f"/text-{last % 5}/")


def test_after_a_storm_of_renames_the_last_name_is_served_and_no_other(open_preview: Start) -> None:
    preview = open_preview()
    path = preview.folder / "content/articles/first.md"
    for number in range(30):
        path = path.replace(path.with_name(f"name-{number}.md"))
    eventually(preview.shows("/name-29/", "The first title"), "the last name is served")
    assert preview.panel() == []
    for old in ("/first/", "/name-0/", "/name-15/", "/name-28/"):
        assert preview.get(old)[0] == 404, old
    assert "name-28" not in preview.get("/")[2]


def test_two_files_that_change_names_change_addresses(open_preview: Start) -> None:
    files = {"articles/one.md": article("I am one"), "articles/two.md": article("I am two")}
    preview = open_preview(files=files)
    folder = preview.folder / "content/articles"
    aside = (folder / "one.md").replace(folder / ".aside")
    (folder / "two.md").replace(folder / "one.md")
    aside.replace(folder / "two.md")
    eventually(preview.shows("/one/", "I am two"), "the second under the first name")
    eventually(preview.shows("/two/", "I am one"), "the first under the second name")


def test_a_file_that_comes_back_is_served_again(open_preview: Start) -> None:
    preview = open_preview(files=FIRST | {"articles/second.md": article("The second")})
    path = preview.folder / "content/articles/second.md"
    for number in range(5):
        path.unlink()
        eventually(lambda: preview.get("/second/")[0] == 404, "the deleted file is gone")
        assert "/second/" not in preview.page("/")
        preview.save("articles/second.md", numbered(number))
        is_shown(preview, number, "/second/")


def test_a_page_that_is_being_read_never_goes_back_and_ends_with_the_last_save(
    open_preview: Start,
) -> None:
    preview = open_preview(files={"articles/first.md": numbered(0)})
    seen: list[int] = []
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            found = re.search(r"This is number (\d+)", preview.get("/first/")[2])
            seen.append(int(found[1]) if found else -1)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(1, SAVES + 1):
            path = preview.folder / "content/articles/first.md"
            saving.by_replacing(path, numbered(number).encode())
            time.sleep((number % 7) * 0.005)  # each at another moment of a page's making
        eventually(lambda: seen and seen[-1] == SAVES, "the last save is served")
    finally:
        ended.set()
        reader.join()
    assert seen == sorted(seen)
    assert seen[0] >= 0


def test_what_an_open_page_is_told_is_true_when_it_is_told(open_preview: Start) -> None:
    preview = open_preview()
    with preview.changes() as events:
        for number in range(1, 11):
            preview.save("articles/first.md", numbered(number))
            assert "reload" in str(next(events))
            eventually(preview.shows("/first/", f"This is number {number}."), "the saved state")
