"""Characters that nobody sees: named with file and line, taken away by check --fix, no fault."""

import os
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from insession.check.command import collect
from insession.check.result import Result
from insession.common.invisible import remove_escapes, remove_invisible, remove_references
from insession.common.problems import Problems
from tests.support import PRACTICE, ROOT, article, build_content, write_content

RAW = ("\x01", "\x08", "\x0b", "\x0c", "\x10", "\x7f", "\x85", "\x92", "\u2028", "\ufdd0", "\ufffe")
RAW += ("\uffff", "\U0001fffe")
REFERENCES = (
    "&#8;",
    "&#x0B;",
    "<i title='&#12'>",
    "&#xFFFE;",
    "&#xfdd0;",
    "&#0;",
    "&#xD800;",
    "&#x110000;",
)
SITE = PRACTICE.replace('tagline = "', 'tagline = "Plain{}')


def problems_of(folder: Path, files: dict[str, str]) -> list[tuple[str, int]]:
    """Return where a build finds something wrong, which must never be in the software."""
    content = write_content(folder, {"articles/right.md": article("Right")} | files)
    with pytest.raises(Problems) as found:
        build_content(content, folder / "output")
    assert "fault" not in str(found.value)
    assert "check --fix" in str(found.value)
    return [(problem.file, problem.line) for problem in found.value.problems]


def check(folder: Path, fix: bool = False) -> Result:
    return collect(
        fix=fix, settings_file=str(ROOT / "pelicanconf.py"), PATH=str(folder / "content")
    )


@pytest.mark.parametrize("sign", RAW, ids=ascii)
def test_one_in_a_text_is_named_with_its_line(tmp_path: Path, sign: str) -> None:
    files = {"articles/a.md": article(body=f"First.\n\nThe last{sign}meeting.")}
    assert problems_of(tmp_path, files) == [("content/articles/a.md", 11)]


@pytest.mark.parametrize("reference", REFERENCES)
def test_one_that_is_written_as_a_number_is_named_with_its_line(
    tmp_path: Path, reference: str
) -> None:
    files = {"articles/a.md": article(body=f"`{reference}` is code.\n\n*This* {reference} isn't.")}
    assert problems_of(tmp_path, files) == [("content/articles/a.md", 11)]


def test_a_number_without_its_semicolon_is_shown_as_it_is_written(tmp_path: Path) -> None:
    write_content(tmp_path, {"articles/right.md": article("Right", body="In room &#12 we met.")})
    built = build_content(tmp_path / "content", tmp_path / "output")
    assert "In room &amp;#12 we met." in (built.folder / "right/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"articles/a.md": article("Tit\x0ble")}, ("content/articles/a.md", 2)),
        ({"articles/a.md": article('"Tit\\x0ble"')}, ("content/articles/a.md", 2)),
        ({"articles/a.md": article('"Tit\\uD800le"')}, ("content/articles/a.md", 2)),
        ({"articles/a.md": article(more='content_note: "a\\b"')}, ("content/articles/a.md", 7)),
        ({"articles/a.md": article(more='perspective: "a\\L"')}, ("content/articles/a.md", 7)),
        (
            {"articles/a.md": article(body='![What\x0bone sees](../images/x.png "A caption.")')},
            ("content/articles/a.md", 9),
        ),
        (
            {"articles/a.md": article(body='![x](../images/x.png "A &#11; caption.")')},
            ("content/articles/a.md", 9),
        ),
        ({"practice.toml": SITE.format("\x0b")}, ("content/practice.toml", 6)),
        ({"practice.toml": SITE.format("\\u000b")}, ("content/practice.toml", 6)),
        ({"practice.toml": SITE.format("\\f")}, ("content/practice.toml", 6)),
    ],
)
def test_one_in_a_header_a_caption_or_practice_toml_is_named_too(
    tmp_path: Path, files: dict[str, str], place: tuple[str, int]
) -> None:
    picture = (ROOT / "content/images/two-chairs.png").read_bytes()
    assert problems_of(tmp_path, {"images/x.png": picture} | files) == [place]


def test_one_in_the_list_of_words_is_named_by_check(tmp_path: Path) -> None:
    write_content(tmp_path, {"articles/a.md": article(), "words.txt": "one\ntwo\x0bthree\n"})
    found = check(tmp_path).problems
    assert [(problem.file, problem.line) for problem in found] == [("content/words.txt", 2)]
    check(tmp_path, fix=True)
    assert (tmp_path / "content/words.txt").read_text("utf-8") == "one\ntwo three\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows lets no file have such a name")
@pytest.mark.parametrize(
    "name", [b"articles/b\x0bad.md", b"downloads/f\xfchrer.pdf", b"images/x\x7f.png"]
)
def test_a_name_of_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: bytes) -> None:
    content = write_content(tmp_path, {"articles/right.md": article("Right")})
    path = os.fsencode(content) + b"/" + name
    try:
        shutil.copy(ROOT / "content/images/two-chairs.png", path)
    except OSError:
        pytest.skip("this disk takes no such name")
    with pytest.raises(Problems) as found:
        build_content(content, tmp_path / "output")
    assert "fault" not in str(found.value)
    [problem] = found.value.problems
    assert problem.file.encode() == b"content/" + name.translate(
        bytes.maketrans(b"\x0b\xfc\x7f", b"???")
    ).replace(b"?", "�".encode())


def test_check_fix_takes_them_away_and_leaves_the_rest(tmp_path: Path) -> None:
    body = (
        "The last\x0bmeeting, \x93said\x94 she; &#8;it is&#11;plain.\n\n"
        "`&#8;` is code.\n\n    &#8; too\n\nWait\x08."
    )
    header = 'content_note: "One \\x0b two, \\\\x0b stays."'
    files = {"articles/a.md": article('"A\\x08 title"', header, body)}
    write_content(tmp_path, files | {"practice.toml": SITE.format("\\u000bly")})
    fixed = check(tmp_path, fix=True)
    assert fixed.problems == ()
    assert {(change.file, change.line) for change in fixed.changes} >= {
        *(("content/articles/a.md", line) for line in (2, 7, 10, 16)),
        ("content/practice.toml", 6),
    }
    text = (tmp_path / "content/articles/a.md").read_text("utf-8")
    assert 'title: "A title"' in text
    assert 'content_note: "One   two, \\\\x0b stays."' in text
    assert "The last meeting, “said” she; it is plain." in text
    assert "`&#8;` is code.\n\n    &#8; too\n\nWait.\n" in text
    assert check(tmp_path, fix=True).changes == ()
    built = build_content(tmp_path / "content", tmp_path / "output")
    for feed in ("all.atom.xml", "all.rss.xml"):
        ElementTree.parse(built.folder / "feeds" / feed)  # noqa: S314  (our own)


def test_what_is_seen_stays_as_it_is() -> None:
    for text in ("a\tb\nc", "\u200bזה\u200f\u200e", "e\u0301 \u00ad \ufeff 👩\u200d🚒", "\u2060"):
        assert remove_invisible(text) == text
    for row in ("&#65; &amp; &#x1F600; &#150; &#9;", "`&#8;`", "&#8", ""):
        assert remove_references(row) == row.replace("&#8", "") or "`" in row
    for row in (r'"\n\t\"\\ \u00e9 \x41"', r"'\x0b'", r"a \x0b"):
        assert remove_escapes(row) == row
