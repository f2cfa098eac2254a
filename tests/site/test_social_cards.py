"""Social cards on built pages and in feeds; what is drawn again, and when."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from insession.output import cards
from insession.output.art import Parts
from insession.output.cards import SocialCard
from insession.plugins import social_cards
from insession.site.build import make_site
from insession.site.site import WITH_DRAFTS, Site
from tests.site.test_articles import picture
from tests.support import (
    CONTACT,
    ROOT,
    BuiltSite,
    article,
    build_blog,
    build_content,
    one,
    write_content,
)

FILES: dict[str, str | bytes] = {
    "images/chairs.png": picture(),
    "pages/contact.md": CONTACT,
    "articles/silence.md": article("On silence"),
    "articles/own.md": article("Own", "cover: images/chairs.png\ncover_alt: Two chairs."),
    "articles/none.md": article("None", "cover: none"),
}
URL = "https://blog.example.org"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, drawn_cards: None) -> BuiltSite:
    return build_blog(tmp_path_factory.mktemp("cards"), FILES)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the cards that were drawn, in this process alone."""
    titles: list[str] = []

    def draw(card: SocialCard, parts: Parts, cover: bytes | None) -> bytes:
        titles.append(card.title)
        return cards.draw(card, parts, cover)

    monkeypatch.setattr(social_cards, "draw", draw)
    monkeypatch.setattr("insession.common.cores.os.cpu_count", lambda: 1)
    return titles


def test_each_page_names_a_card_that_is_there_with_its_size_and_words(built: BuiltSite) -> None:
    for path in built.pages():
        page = built.page(path)
        if page.select("meta[http-equiv=refresh]"):
            continue
        card = str(one(page, "meta[property='og:image']")["content"])
        with Image.open(built.folder / card.removeprefix(f"{URL}/")) as image:
            size = tuple(
                int(str(one(page, f"meta[property='og:image:{side}']")["content"]))
                for side in ("width", "height")
            )
            assert (image.format, image.size) == ("PNG", size) == ("PNG", (1200, 630))
        assert one(page, "meta[name='twitter:card']")["content"] == "summary_large_image"
        assert "Hannah Vale" in str(one(page, "meta[property='og:image:alt']")["content"])
    assert all(file.stat().st_size <= 60_000 for file in built.folder.glob("cards/*"))


def test_a_text_has_its_own_card_and_every_other_page_the_front_pages(built: BuiltSite) -> None:
    def card(path: str) -> str:
        return str(one(built.page(path), "meta[property='og:image']")["content"])

    assert card("silence/") == f"{URL}/cards/silence.png"
    assert card("contact/") == f"{URL}/cards/contact.png"
    assert card("") == card("archive/") == f"{URL}/cards/_.png"
    names = {file.name for file in built.folder.glob("cards/*")}
    assert names == {"_.png", "contact.png", "silence.png", "own.png", "none.png"}
    assert len({file.read_bytes() for file in built.folder.glob("cards/*")}) == len(names)


def test_feeds_show_the_card_of_each_article(built: BuiltSite) -> None:
    for feed in ("all.rss.xml", "all.atom.xml"):
        text = built.text(f"feeds/{feed}")
        assert 'xmlns:media="http://search.yahoo.com/mrss/"' in text
        assert text.count("<media:content ") == 3
        assert f'url="{URL}/cards/silence.png"' in text


def test_a_build_draws_only_what_has_changed_and_a_fresh_one_nothing(
    tmp_path: Path, drawn: list[str]
) -> None:
    content = write_content(tmp_path, FILES)
    first = build_content(content, tmp_path / "output")
    before = {file.name: file.read_bytes() for file in first.folder.glob("cards/*")}
    assert {"On silence", "Own", "None"} < {*drawn}
    drawn.clear()
    (content / "articles/silence.md").write_text(article("On silence", body="Other words."))
    build_content(content, tmp_path / "output")
    make_site(tmp_path / "output", str(ROOT / "pelicanconf.py"), is_fresh=True, PATH=str(content))
    assert drawn == []
    assert {f.name: f.read_bytes() for f in first.folder.glob("cards/*")} == before
    (content / "articles/silence.md").write_text(article("On quiet"))
    (content / "images/chairs.png").write_bytes(other_picture())
    build_content(content, tmp_path / "output")
    assert {*drawn} == {"On quiet", "Own"}
    again = {file.name: file.read_bytes() for file in first.folder.glob("cards/*")}
    assert {name for name in again if again[name] != before[name]} == {"silence.png", "own.png"}


def other_picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (400, 300), "#9a5540").save(out, "PNG")
    return out.getvalue()


def test_a_draft_has_a_card_in_the_preview_and_none_is_published(tmp_path: Path) -> None:
    files = FILES | {"articles/draft.md": article("Draft", "status: draft")}
    content = write_content(tmp_path, files)
    site = build_content(content, tmp_path / "output", **WITH_DRAFTS)
    assert not site.has("cards/draft.png")
    assert site.has("cards/silence.png")


def test_the_preview_draws_a_card_when_it_is_asked_for_with_the_title_of_now(
    tmp_path: Path, drawn: list[str]
) -> None:
    content = write_content(tmp_path, FILES)
    site = Site(tmp_path, str(ROOT / "pelicanconf.py"), {"PATH": str(content)})
    try:
        site.refresh()
        writer = site.state.writer
        assert writer and drawn == []
        make = writer.find("cards/silence.png")
        assert make
        before = make()
        assert drawn == ["On silence"]
        (content / "articles/silence.md").write_text(article("On quiet"))
        site.refresh()
        assert site.state.writer
        make = site.state.writer.find("cards/silence.png")
        assert make and make() != before
        assert drawn == ["On silence", "On quiet"]
    finally:
        site.close()
