"""Whatever a title holds, the new file holds it too, and builds."""

import re
from pathlib import Path

import pytest

from insession.content import new
from insession.content.front_matter import ArticleHeader, PageHeader, read_file
from tests.support import CONTACT, build_content, one, words, write_content

TITLES = [
    "Why silence helps",
    "Silence: a beginning",
    "“Why now?” she asked",
    '"Why then?" she asked',
    "It's 'only' anxiety",
    'She said "it\'s fine"',
    "#1 question",
    "Question #1, or # 2",
    "C:\\new\\table",
    "Ends with a backslash \\",
    "  spaces around  ",
    "a line\nbreak and a\ttab",
    "- not a list",
    "[not a list either]",
    "{curly} brackets",
    "& ampersands & *stars* !exclaim",
    "% and @ and `ticks`",
    "No",
    "null",
    "2026-10-27",
    "1,000",
    "--- three hyphens ---",
    "<em>Tags</em> & <script>alert(1)</script>",
    "5 < 7 > 3",
    "Was ist „Übertragung“?",
    "Что такое терапия",
    "心理治疗是什么",
    "سؤال وجواب",
    "🙂 A smile",
    "e\u0301crire, avec une espace\u00a0: fine",
    "$title and $100",
    "a  b: two  spaces",
    "zero\u200bwidth \ufeffmarks and a \x07 bell",
    "Very " + "long " * 60 + "title",
    "Donaudampfschifffahrt" * 8,
    "key: value: value",
    "\\ \\n a slash",
    "' one quote",
    "? a question mark first",
    "> quoted | piped",
]


@pytest.mark.parametrize("kind", ["article", "answer", "book", "page"])
def test_whatever_the_title_the_file_builds_as_a_draft_and_when_published(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write_content(tmp_path, {"pages/contact.md": CONTACT})
    schema = PageHeader if kind == "page" else ArticleHeader
    written = {}
    for title in TITLES:
        before = set(content.glob("*s/*.md"))
        is_page = kind == "page"
        code = new.new(title, is_page, "" if is_page else kind, str(content))
        assert code == 0, capsys.readouterr().err
        (path,) = set(content.glob("*s/*.md")) - before
        name = path.relative_to(content).as_posix()
        header, body = read_file(path, name, is_page)
        expected = re.sub("[\u200b\ufeff\x07]", "", re.sub("[\n\t]", " ", title)).strip()
        assert (type(header), header.title, header.status) == (schema, expected, "draft")
        assert "$" not in body
        written[name] = expected
    folder = "pages" if kind == "page" else "articles"
    slugs = {name: name.removeprefix(f"{folder}/").removesuffix(".md") for name in written}
    assert max(map(len, slugs.values())) <= 60
    site = build_content(content, tmp_path / "drafts")
    assert not [slug for slug in slugs.values() if site.has(f"{slug}/")]
    for name in written:
        path = content / name
        text = re.sub("^# (?=date:|topic:)", "", path.read_text("utf-8"), flags=re.M)
        path.write_text(text.replace("status: draft\n", ""), "utf-8")
    site = build_content(content, tmp_path / "output")
    assert all(site.has(f"{slug}/") for slug in slugs.values())
    smile = next(name for name, title in written.items() if title == "🙂 A smile")
    assert words(one(site.page(f"{slugs[smile]}/"), "h1")) == "🙂 A smile"
