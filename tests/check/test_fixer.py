"""`check --fix` mends what is certain, says what it did, and leaves everything else alone."""

import os
import re
import stat
import sys
from pathlib import Path

import pytest
from markdown import Markdown

from insession.check.fix.fixer import fix_file
from insession.check.fix.old_addresses import note_addresses
from insession.common import atomic_file
from insession.content import text_file
from insession.content.front_matter import ArticleHeader, parse
from insession.content.url_ledger import read_ledger, write_ledger
from tests.check.pages import settings
from tests.support import article

FIXES = Path(__file__).parent / "fixes"
NAMES = sorted(path.name.split(".")[0] for path in FIXES.glob("*.before.md"))


def written(folder: Path, data: bytes | str) -> Path:
    path = folder / "a.md"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_mended_as_expected(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, (FIXES / f"{name}.before.md").read_bytes())
    changes, left, _ = fix_file(path, "content/articles/a.md")
    assert path.read_bytes() == (FIXES / f"{name}.after.md").read_bytes()
    assert changes
    assert ("window.jpg" in left) == (name == "jekyll")  # which needs to be described


def test_only_lines_that_are_different_now_are_shown(tmp_path: Path) -> None:
    path = written(tmp_path, "title: Silence: a start\ndate: 2026-05-01\ncategory: X\n\nText.\n")
    changes, *_ = fix_file(path, "a.md")
    shown = [(change.before, change.after) for change in changes if not change.what]
    assert shown == [
        ("title: Silence: a start", 'title: "Silence: a start"'),
        ("category: X", "topic: X"),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_second_run_changes_nothing(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, (FIXES / f"{name}.after.md").read_bytes())
    assert fix_file(path, "a.md") == ([], "", ())
    assert path.read_bytes() == (FIXES / f"{name}.after.md").read_bytes()


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"hugo", "json"}])
def test_the_text_of_the_article_says_the_same(name: str) -> None:
    def html(kind: str) -> str:
        text = (FIXES / f"{name}.{kind}.md").read_text(encoding="utf-8")
        body = re.split(r"^---[ \t]*$" if text.startswith("---") else r"\n\n", text, flags=re.M)
        rest = body[2:] if text.startswith("---") else body[1:]
        separator = "---" if text.startswith("---") else "\n\n"
        made = Markdown(**settings()["MARKDOWN"]).convert(separator.join(rest).strip("\n"))
        return re.sub(r"[ \t]+(?=$|</p>)", "", made, flags=re.M)

    assert html("before") == html("after")


@pytest.mark.parametrize("name", ["classic", "hugo", "jekyll", "json", "quotes", "slips"])
def test_a_mended_header_can_be_read(name: str) -> None:
    text = (FIXES / f"{name}.after.md").read_text(encoding="utf-8")
    header, _ = parse(text, "a.md", ArticleHeader)
    assert header.title.startswith("Silence")


def test_a_draft_stays_a_draft_and_a_date_that_can_be_two_stays_as_it_is() -> None:
    classic = (FIXES / "classic.after.md").read_text(encoding="utf-8")
    uncertain = (FIXES / "classic-uncertain.after.md").read_text(encoding="utf-8")
    assert parse(classic, "a.md", ArticleHeader)[0].status == "draft"
    assert "date: 03/04/2026" in uncertain


@pytest.mark.parametrize(
    "data",
    [
        article(),
        "Some text without a header.\n",
        "Note: this is a sentence, not a header.\n\nMore.\n",
        "---\ntitle: A\ntitle: B\n---\n\ntext\n",
        "---\ntitle: A: b\ntitle: B\n---\n\ntext\n",
        "---\ntitle: [never closed\n---\n\ntext\n",
        "---\ntitle: never closed\n\ntext\n",
        "",
        "\n\n",
        b"\xff\xfet\x00i\x00t\x00l\x00e\x00",
        b"---\ntitle: caf\xe9: x\n---\n\ntext \n",
        b"Title: a\0b\n\ntext \n",
        "---\n" + "[" * 3000 + "\n---\n\ntext\n",
    ],
)
def test_a_file_that_is_fine_or_beyond_mending_is_not_touched(
    data: bytes | str, tmp_path: Path
) -> None:
    path = written(tmp_path, data)
    before = path.read_bytes()
    assert fix_file(path, "a.md") == ([], "", ())
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("Title: A\nDate: 2026-03-04\n\nStatus: draft\n\nText.\n", "(Status: draft)"),
        ("Title: A\nText that begins at once.\n", "empty line"),
        ("Title: A\nTitle: B\n\nText.\n", "twice"),
        ('+++\ntitle = "A"\ndate = never\n+++\n\nText.\n', "(line 3)"),
    ],
)
def test_a_header_that_may_not_be_one_is_left_and_said(
    data: str, reason: str, tmp_path: Path
) -> None:
    path = written(tmp_path, data)
    changes, left, _ = fix_file(path, "content/articles/a.md")
    assert (changes, path.read_bytes()) == ([], data.encode())
    assert "content/articles/a.md" in left
    assert reason in left


def test_windows_line_ends_stay_and_mixed_ones_become_the_same(tmp_path: Path) -> None:
    path = written(tmp_path, b"Title: A: b\r\n\r\nText.\r\n")
    fix_file(path, "a.md")
    assert path.read_bytes() == b'---\r\ntitle: "A: b"\r\n---\r\n\r\nText.\r\n'
    path = written(tmp_path, b"---\r\ntitle: A\r\n---\n\nText.\r\n")
    assert [change.line for change in fix_file(path, "a.md")[0]] == [0]
    assert path.read_bytes() == b"---\r\ntitle: A\r\n---\r\n\r\nText.\r\n"


def test_a_byte_order_mark_goes(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbf---\ntitle: A\n---\n\nText.\n")
    assert len(fix_file(path, "a.md")[0]) == 1
    assert path.read_bytes().startswith(b"---")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_permissions_stay_and_a_read_only_file_is_left(tmp_path: Path) -> None:
    path = written(tmp_path, "Title: A\n\nText.\n")
    path.chmod(0o640)
    fix_file(path, "a.md")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_file_that_may_not_be_written_is_left_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "Title: A\n\nText.\n")
    monkeypatch.setattr(text_file.os, "access", lambda *_: False)
    changes, left, _ = fix_file(path, "content/articles/a.md")
    assert (changes, left) == (
        [],
        "content/articles/a.md could not be changed: you may not write to this file.",
    )


def test_a_write_that_fails_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "Title: A\n\nText.\n")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic_file.shutil, "copymode", full)
    assert "no space left" in fix_file(path, "a.md")[1]
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.md"]
    assert path.read_text(encoding="utf-8") == "Title: A\n\nText.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a right that most Windows users lack")
def test_a_link_to_a_file_is_not_replaced(tmp_path: Path) -> None:
    target = written(tmp_path, "Title: A\n\nText.\n")
    link = tmp_path / "b.md"
    link.symlink_to(target)
    assert fix_file(link, "b.md") == ([], "", ())
    assert link.is_symlink()


def test_what_goes_from_a_header_of_another_program_is_shown(tmp_path: Path) -> None:
    path = written(tmp_path, (FIXES / "jekyll.before.md").read_bytes())
    changes = {(c.line, c.before, c.after) for c in fix_file(path, "a.md").changes}
    assert (2, "layout: post", "") in changes
    assert (6, "category: Starting therapy", "topic: Starting therapy") in changes
    assert (14, "image: /assets/window.jpg", "# image: /assets/window.jpg") in changes


def test_a_header_that_would_lose_a_line_is_left(tmp_path: Path) -> None:
    path = written(tmp_path, "---\nlayout: post\ntitle: A\ntitle: B\n---\n\nWords.\n")
    assert fix_file(path, "a.md") == ([], "", ())


def test_her_own_byline_goes_and_a_guest_stays_named(tmp_path: Path) -> None:
    path = written(tmp_path, "---\ntitle: A\nauthor: Ruth Amsel\n---\n\nWords.\n")
    fix_file(path, "a.md", author="Ruth Amsel")
    assert path.read_text(encoding="utf-8") == "---\ntitle: A\n---\n\nWords.\n"
    path = written(tmp_path, "---\ntitle: A\nauthor: Jo Guest\n---\n\nWords.\n")
    fix_file(path, "a.md", author="Ruth Amsel")
    assert "# author: Jo Guest\n" in path.read_text(encoding="utf-8")


def test_old_addresses_lead_to_the_text_and_others_stay_with_theirs(tmp_path: Path) -> None:
    articles = tmp_path / "content" / "articles"
    articles.mkdir(parents=True)
    for name, more in (("a", "redirect_from: [/old/a, /b/, /c/]"), ("b", ""), ("c", "slug: d")):
        (articles / f"{name}.md").write_text(article(more=more), encoding="utf-8")
    ledger = tmp_path / "urls.json"
    write_ledger(ledger, {"/c/": "article:c"})
    fixed = fix_file(articles / "a.md", "content/articles/a.md")
    said = note_addresses(tmp_path / "content", ledger, {"articles/a.md": fixed.old_addresses})
    assert read_ledger(ledger) == {"/old/a/": "article:a", "/c/": "article:c"}
    assert "/b/ belongs to article:b" in " ".join(said)
    assert "/c/ belongs to article:c" in " ".join(said)
    assert not [*note_addresses(tmp_path / "content", ledger, {})]


def test_what_came_along_with_a_pasted_text_is_mended_and_shown(tmp_path: Path) -> None:
    body = "By Ruth Amsel\n\n\tThe door closed behind her.\n\nIt\xa0helps:\n• one\n• two\xad"
    path = written(tmp_path, article("A\xa0title", body=body))
    changes, left, _ = fix_file(path, "a.md", author="Ruth Amsel")
    assert path.read_text(encoding="utf-8") == article(
        body="The door closed behind her.\n\nIt helps:\n\n- one\n- two"
    )
    shown = {(change.line, change.before or change.what.split()[0]) for change in changes}
    assert shown >= {(2, "spaces"), (9, "“By"), (11, "the"), (13, "spaces")}
    assert {(14, "• one"), (15, "signs")} <= shown
    assert left == ""
    assert fix_file(path, "a.md", author="Ruth Amsel") == ([], "", ())


def test_a_header_that_only_ends_in_a_line_of_hyphens_is_one(tmp_path: Path) -> None:
    path = written(tmp_path, "title: A\ncategories:\n- B\n---\nWords.\n")
    changes = fix_file(path, "a.md").changes
    assert path.read_text(encoding="utf-8") == "---\ntitle: A\ntopic: B\n---\n\nWords.\n"
    assert {change.line for change in changes} == {1, 2}
