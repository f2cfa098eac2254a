"""Ids hang on what was made once and kept, not on where the blog is."""

import json
import re
from pathlib import Path

import pytest

from insession.content.url_ledger import Kept, read_kept, write_ledger
from insession.site.build import build
from tests.publish.a_blog import Blog
from tests.site.test_comments import TALK, approved
from tests.support import HER_PRACTICE, PRACTICE, article, build_content, write_content


def ids(output: Path) -> dict[str, set[str]]:
    """Every id in feeds and the contact card, by file."""
    files = [path for path in output.rglob("*") if path.name.endswith((".xml", ".vcf"))]
    return {
        path.relative_to(output).as_posix(): {*re.findall(r"urn:uuid:[\w-]+", text)}
        for path in files
        if (text := path.read_text(encoding="utf-8"))
    }


def test_feeds_comments_feeds_and_contact_card_outlive_a_new_address(tmp_path: Path) -> None:
    found = []
    for number, url in enumerate(("https://hannah.github.io/blog", "https://blog.amsel.test")):
        files = {"articles/one.md": article(), "practice.toml": moved(PRACTICE, url)}
        content = write_content(tmp_path / f"{number}", files)
        (content.parent / ".comments").mkdir()
        text = approved(one=TALK)
        (content.parent / ".comments/approved.json").write_text(text, encoding="utf-8")
        write_ledger(content.parent / "urls.json", {}, Kept("tag:hannah.github.io,2026-03-04:blog"))
        build_content(content, tmp_path / f"{number}/output")
        found.append(ids(tmp_path / f"{number}/output"))
    assert found[0] == found[1]
    assert len(found[0]["feeds/comments/one.atom.xml"]) == 1 + len(TALK)
    assert len(found[0]["feeds/comments.atom.xml"]) == 1 + len(TALK)
    assert len(found[0]["contact.vcf"]) == 1
    assert json.loads((tmp_path / "1/urls.json").read_text("utf-8"))["urls"] == {}


def moved(practice: str, url: str) -> str:
    """The practice.toml of a blog at this address."""
    return re.sub(r'^url = "[^"]*"', f'url = "{url}"', practice, count=1, flags=re.M)


@pytest.mark.parametrize("first", ["https://hannah.github.io/blog", "https://a.amsel.test"])
def test_a_blog_that_is_built_and_brought_to_its_host_by_hand_keeps_them_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], first: str
) -> None:
    blog, found = Blog(tmp_path), []
    for url in (first, "https://blog.other.test"):
        blog.write("practice.toml", moved(HER_PRACTICE, url))
        assert build(str(tmp_path / "output"), str(blog.settings)) == 0
        found.append(ids(tmp_path / "output"))
    assert found[0] == found[1]
    assert capsys.readouterr().out.count("is noted in urls.json") == 1
    assert read_kept(blog.root / "urls.json").site.startswith("tag:")


def test_the_address_of_the_sample_is_kept_for_nobody(tmp_path: Path) -> None:
    blog = Blog(tmp_path)
    blog.write("practice.toml", moved(HER_PRACTICE, "https://blog.example.org"))
    assert build(str(tmp_path / "output"), str(blog.settings)) == 0
    assert not (blog.root / "urls.json").exists()
