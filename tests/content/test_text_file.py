"""Reading text files: strictly, however they were saved, and refused in plain words."""

from pathlib import Path

import pytest
from pelican.settings import read_settings

from insession.common.problems import Problem, Problems
from insession.content.text_file import IGNORED, body_line, find_texts, read_text
from tests.support import ROOT


def refused(path: Path) -> Problem:
    with pytest.raises(Problems) as caught:
        read_text(path, "content/articles/x.md")
    (problem,) = caught.value.problems
    assert problem.file == "content/articles/x.md"
    return problem


@pytest.mark.parametrize(
    "raw",
    [
        "Zoë\nand\n",
        "\ufeffZoë\nand\n",
        "Zoë\r\nand\r\n",
        "Zoë\rand\r",
        "\ufeffZoë\r\nand\n",
    ],
)
def test_a_byte_order_mark_and_every_kind_of_line_end_are_fine(tmp_path: Path, raw: str) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(raw.encode())
    assert read_text(path, "x.md") == "Zoë\nand\n"


@pytest.mark.parametrize(
    ("raw", "line", "what"),
    [
        ("one\ntwo\nZoë\n".encode("latin-1"), 3, "UTF-8"),
        ("“quoted”".encode("cp1252"), 1, "UTF-8"),
        ("Zoë".encode("utf-16"), 0, "UTF-16"),
        ("Zoë".encode("utf-16-be"), 1, ""),
        (b"\xfe\xff" + "Zoë".encode("utf-16-be"), 0, "UTF-16"),
        (b"one\ntwo\0", 2, "zero byte"),
        (b"", 0, "empty"),
        (b" \n\t\r\n", 0, "empty"),
        (b"\xef\xbb\xbf\n", 0, "empty"),
        (b"\xf0\x9f\x99", 1, "UTF-8"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_its_line(
    tmp_path: Path, raw: bytes, line: int, what: str
) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(raw)
    problem = refused(path)
    assert problem.line == line
    assert what in problem.what
    assert problem.how


def test_a_missing_file_a_folder_and_a_link_to_nothing_are_refused(tmp_path: Path) -> None:
    assert "missing" in refused(tmp_path / "gone.md").what
    assert "can't be read" in refused(tmp_path).what
    (tmp_path / "link.md").symlink_to("nowhere.md")
    assert "missing" in refused(tmp_path / "link.md").what


def test_a_file_she_may_not_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbid(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbid)
    problem = refused(tmp_path / "x.md")
    assert "permission denied" in problem.what
    assert "may read it" in problem.how


@pytest.mark.parametrize(
    ("wanted", "line"),
    [("b.md", 4), ("a.md", 1), ("nowhere", 0), ("", 0)],
)
def test_a_line_is_looked_for_in_the_body_before_the_header(
    tmp_path: Path, wanted: str, line: int
) -> None:
    path, body = tmp_path / "x.md", "\nText\n[b](b.md)\n"
    path.write_text(f"title: a.md, b.md\n---{body}", encoding="utf-8")
    assert body_line(path, body, wanted) == line


def test_texts_are_found_in_order_and_nothing_that_a_computer_left_beside_them(
    tmp_path: Path,
) -> None:
    files = ("b.md", "a.md", "c/d.md", "._a.md", ".old/e.md", "a.md~", "#a.md#", "picture.jpg")
    for name in files:
        path = tmp_path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\0\5\x16\7")
    found = [path.relative_to(tmp_path).as_posix() for path in find_texts(tmp_path, "articles")]
    assert found == ["articles/a.md", "articles/b.md", "articles/c/d.md"]
    assert [*find_texts(tmp_path, "pages")] == []
    assert len([*find_texts(tmp_path, "articles", ())]) == 5


def test_what_is_passed_over_is_what_a_build_passes_over() -> None:
    assert [*IGNORED] == read_settings(str(ROOT / "pelicanconf.py"))["IGNORE_FILES"]
