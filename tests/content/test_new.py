"""A new article or page: what its file says, and what is refused."""

import re
import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from insession.content import new
from insession.content.front_matter import read_file
from insession.plugins.unique_urls import RESERVED
from tests.support import CONTACT, PRACTICE, article, build_content, one, words, write_content

KINDS = ["article", "answer", "book", "page"]


def start(folder: Path, title: str, kind: str = "article") -> int:
    """Type `new` with this title in the blog of this folder."""
    is_page = kind == "page"
    return new.new(title, is_page, "" if is_page else kind, str(folder / "content"))


def made(folder: Path) -> dict[str, str]:
    """The text of every file in content/articles and content/pages."""
    content = folder / "content"
    found = sorted(content.glob("*s/*.md"))
    return {path.relative_to(content).as_posix(): path.read_text("utf-8") for path in found}


def told(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that it says on standard error, and nothing else."""
    said = capsys.readouterr()
    assert said.out == ""
    assert re.fullmatch(r"[A-Z][^\n]+\n", said.err), said.err
    return said.err.strip()


def test_the_header_is_filled_in_and_where_the_file_is_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    second = article("Other").replace("topic: Starting therapy", "topic: In the room")
    files = {"articles/a.md": second, "articles/b.md": article(), "articles/c.md": article()}
    write_content(tmp_path, files)
    assert start(tmp_path, "Silence: a beginning") == 0
    text = made(tmp_path)["articles/silence-a-beginning.md"]
    header = text.split("---\n")[1].splitlines()
    assert header[0] == "title: 'Silence: a beginning'"
    assert header[1].startswith("# date: ")
    assert header[2] == f"summary: {new.SUMMARY}"
    assert header[3:5] == [
        "# Topics so far: Starting therapy, In the room",
        "topic: Starting therapy",
    ]
    assert header[-1] == "status: draft"
    said = capsys.readouterr().out
    assert said.startswith("content/articles/silence-a-beginning.md is ready, as a draft. ")
    assert len(said.splitlines()) == 3
    assert "date: with a day to come keeps it back" in said


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])  # never the same day
def test_the_date_is_that_of_the_practice(tmp_path: Path, zone: str) -> None:
    write_content(tmp_path, {"practice.toml": PRACTICE.replace("America/New_York", zone)})
    days = [datetime.now(ZoneInfo(zone)).date()]
    assert start(tmp_path, "One") == 0
    days.append(datetime.now(ZoneInfo(zone)).date())  # it may be midnight just now
    text = (tmp_path / "content/articles/one.md").read_text("utf-8")
    assert any(f"\n# date: {day}\n" in text for day in days)


def test_broken_files_elsewhere_do_not_stand_in_the_way(tmp_path: Path) -> None:
    files = {
        "practice.toml": "no toml",
        "articles/broken.md": "title: never closed",
        "articles/bytes.md": b"\xff\xfe\x00",
        "articles/empty.md": "",
        "articles/whole.md": article(),
    }
    write_content(tmp_path, files)
    assert start(tmp_path, "A new one") == 0
    header, _ = read_file(tmp_path / "content/articles/a-new-one.md", "", False)
    assert header.topic == "Starting therapy"
    assert start(tmp_path, "Broken") == 1  # what can't be read has its name all the same


def test_an_empty_blog_gets_its_first_article(tmp_path: Path) -> None:
    write_content(tmp_path, {})
    (tmp_path / "content/articles").rmdir()
    assert start(tmp_path, "First") == 0
    assert (
        "# Topics so far: none yet\n# topic: in a word or two\n"
        in made(tmp_path)["articles/first.md"]
    )
    assert start(tmp_path, "Second") == 0
    assert "# Topics so far: none yet\n" in made(tmp_path)["articles/second.md"]


def test_a_draft_needs_neither_day_nor_topic_and_stops_no_build(tmp_path: Path) -> None:
    content = write_content(tmp_path, {"articles/a.md": article()})
    shutil.rmtree(content / "articles")
    assert start(tmp_path, "First") == 0
    site = build_content(content, tmp_path / "output")
    assert not site.has("first/")


def test_the_lines_that_are_only_suggested_work_without_their_sign(tmp_path: Path) -> None:
    content = write_content(tmp_path, {"pages/contact.md": CONTACT})
    for kind in KINDS:
        assert start(tmp_path, f"The {kind}", kind) == 0
    for path in content.glob("*/the-*.md"):
        text = re.sub(
            r"^# (?=date:|topic:|tags:|menu:|sources:|  )", "", path.read_text("utf-8"), flags=re.M
        )
        path.write_text(text.replace("status: draft\n", ""), "utf-8")
    site = build_content(content, tmp_path / "output")
    assert "Author, Title (publisher, year)" in site.text("the-book/")
    assert site.has("tag/silence/")
    assert "The page" in words(one(site.page(""), "header nav"))


def test_a_long_title_is_cut_between_two_words(tmp_path: Path) -> None:
    write_content(tmp_path, {})
    title = "What I learned about endings from a year of counting the minutes of silence"
    assert start(tmp_path, title) == 0
    assert list(made(tmp_path)) == [
        "articles/what-i-learned-about-endings-from-a-year-of-counting-the.md"
    ]


@pytest.mark.parametrize(
    ("title", "kind", "taken_by"),
    [
        ("Old name", "article", "content/articles/old-name.md"),
        ("OLD  name!", "page", "content/articles/old-name.md"),
        ("By its slug", "article", "content/articles/renamed.md"),
        ("By its slug", "page", "content/articles/renamed.md"),
        ("By its id", "article", "content/articles/moved.md"),
        ("Contact", "article", "content/pages/contact.md"),
        ("Deep", "page", "content/articles/2025/deep.md"),
    ],
)
def test_what_is_taken_is_refused_with_the_file_that_has_it(
    tmp_path: Path, title: str, kind: str, taken_by: str, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        "articles/old-name.md": article(),
        "articles/renamed.md": article(more="slug: by-its-slug\nstatus: draft"),
        "articles/moved.md": article(more="id: by-its-id"),
        "articles/2025/deep.md": article(),
        "pages/contact.md": CONTACT,
    }
    write_content(tmp_path, files)
    before = made(tmp_path)
    assert start(tmp_path, title, kind) == 1
    assert f"already belongs to {taken_by}. Choose another title." in told(capsys)
    assert made(tmp_path) == before


def test_the_name_of_a_file_that_gave_its_address_away_is_taken_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given_away = article(more="slug: elsewhere\nid: another")
    write_content(tmp_path, {"articles/here.md": given_away})
    assert start(tmp_path, "Here") == 1
    assert "There is already a content/articles/here.md." in told(capsys)
    assert made(tmp_path) == {"articles/here.md": given_away}


def test_an_id_belongs_to_articles_or_to_pages(tmp_path: Path) -> None:
    write_content(tmp_path, {"articles/moved.md": article(more="id: by-its-id")})
    assert start(tmp_path, "By its id", "page") == 0


@pytest.mark.parametrize("address", sorted(RESERVED))
def test_addresses_of_the_site_itself_are_refused(
    tmp_path: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_content(tmp_path, {})
    assert start(tmp_path, address.title()) == 1
    assert f"The address /{address}/ is used by the site itself." in told(capsys)
    assert not made(tmp_path)


@pytest.mark.parametrize("title", ["🙂", "?!", "_", "—"])
def test_a_title_without_a_letter_is_asked_for_a_name(
    tmp_path: Path, title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_content(tmp_path, {})
    assert start(tmp_path, title) == 1
    assert "Give it a name in letters" in told(capsys)
    assert not made(tmp_path)


def test_a_title_that_nobody_sees_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_content(tmp_path, {})
    assert start(tmp_path, "\u200b") == 1
    assert "The title is missing" in told(capsys)
    assert not made(tmp_path)


@pytest.mark.parametrize("title", ["", "  ", "\n"])
def test_without_a_terminal_a_missing_title_is_said_and_not_asked_for(
    tmp_path: Path, title: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_content(tmp_path, {})
    monkeypatch.setattr("builtins.input", lambda _: pytest.fail("it asked"))
    assert start(tmp_path, title) == 1
    assert told(capsys).endswith('python3 tasks.py new "Why silence helps"')


def test_an_unknown_kind_is_answered_with_those_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write_content(tmp_path, {})
    assert start(tmp_path, "A", "poem") == 1
    assert told(capsys).endswith("one of: article, answer, book.")
    assert new.new("A", True, "book", str(content)) == 1
    assert told(capsys) == "A page has no kind. Leave out either --page or --kind."
    assert not made(tmp_path)
    assert {f"{kind}.md" for kind in KINDS} == {path.name for path in new.SKELETONS.glob("*.md")}


def test_no_file_is_left_half_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "articles" / "half.md"
    with pytest.raises(UnicodeEncodeError):  # stands for anything that goes wrong meanwhile
        new.write(path, "x" * 100_000 + "\ud800", "content/articles/half.md")
    assert list(path.parent.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write_content(tmp_path, {})
    (content / "articles").rmdir()
    (content / "articles").write_text("a file in the place of the folder")
    assert start(tmp_path, "One") == 1
    assert "content/articles" in told(capsys)
    assert new.new("One", content=str(tmp_path / "elsewhere")) == 1
    assert told(capsys) == f"There is no folder {tmp_path / 'elsewhere'}."


@pytest.mark.parametrize(
    ("typed", "windows", "understood"),
    [
        ("code --wait", True, ["code", "--wait"]),
        (r"C:\Windows\notepad.exe", True, [r"C:\Windows\notepad.exe"]),
        (r'"C:\Program Files\np.exe" -multi', True, [r"C:\Program Files\np.exe", "-multi"]),
        (r"'/opt/my editor' -w", False, ["/opt/my editor", "-w"]),
        (r"/opt/my\ editor", False, ["/opt/my editor"]),
    ],
)
def test_the_editors_name_is_read_as_its_system_writes_it(
    typed: str, windows: bool, understood: list[str]
) -> None:
    assert new.command_words(typed, windows) == understood
