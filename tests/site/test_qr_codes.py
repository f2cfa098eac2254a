"""The code of each article's address, for paper."""

from pathlib import Path

import pytest

from insession.output import qr_code
from insession.plugins import qr_codes
from insession.site.site import WITH_DRAFTS
from tests.support import (
    CONTACT,
    PRACTICE,
    article,
    build_blog,
    build_content,
    one,
    write_content,
)

FILES: dict[str, str | bytes] = {
    "pages/contact.md": CONTACT,
    "articles/silence.md": article("On silence"),
    "articles/unlisted.md": article("Unlisted", "status: hidden"),
    "articles/draft.md": article("Draft", "status: draft"),
}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that are drawn."""
    addresses: list[str] = []

    def draw(text: str) -> bytes:
        addresses.append(text)
        return qr_code.draw(text)

    monkeypatch.setattr(qr_codes, "draw", draw)
    return addresses


def test_each_article_has_the_code_of_the_address_that_it_says(tmp_path: Path) -> None:
    blog = "https://example.org/blog"
    files = FILES | {"practice.toml": PRACTICE.replace("https://blog.example.org", blog)}
    site = build_content(write_content(tmp_path, files), tmp_path / "output", **WITH_DRAFTS)
    for path in ("silence/", "unlisted/"):
        said = one(site.page(path), ".address").get_text()
        assert said == f"{blog}/{path}"
        assert site.text(f"{path}qr.svg").encode() == qr_code.draw(said)
    there = {file.parent.name for file in site.folder.rglob("qr.svg")}
    assert there == {"silence", "unlisted"}


def test_a_code_is_drawn_once_for_an_address_whatever_else_changes(
    tmp_path: Path, drawn: list[str]
) -> None:
    build_blog(tmp_path, FILES)
    assert len(drawn) == 2
    drawn.clear()
    build_blog(tmp_path, FILES)
    changed = {"articles/silence.md": article("Another title", body="Other words.")}
    changed["practice.toml"] = PRACTICE.replace("The Other Chair", "Two Windows")
    build_blog(tmp_path, FILES | changed)
    assert drawn == []
    moved = {"articles/silence.md": article("On silence", "slug: quiet")}
    site = build_blog(tmp_path, FILES | moved)
    assert drawn == ["https://blog.example.org/quiet/"]
    assert not site.has("silence/qr.svg")


def test_paper_has_the_telephone_number_without_an_invitation_too(tmp_path: Path) -> None:
    files = {"articles/a.md": article(more="invitation: none")}
    page = build_blog(tmp_path, files).page("a/")
    assert page.select(".invitation") == []
    assert "Hannah Vale" in one(page, ".colophon").get_text()
    assert one(page, ".colophon > .phone")["href"] == "tel:+17185550142"
