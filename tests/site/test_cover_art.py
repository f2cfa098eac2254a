"""Cover art on built pages: what has a picture, what kind, and that its files are there."""

from pathlib import Path

import pytest

from insession.site.site import WITH_DRAFTS
from tests.site.test_articles import picture
from tests.support import (
    CONTACT,
    BuiltSite,
    article,
    build_blog,
    build_content,
    one,
    write_content,
)

OWN = "cover: images/chairs.png\ncover_alt: Two chairs."


def day(text: str, number: int) -> str:
    """Return an article, dated."""
    return text.replace("2026-03-04", f"2026-03-{number:02}")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    files: dict[str, str | bytes] = {
        "images/chairs.png": picture(),
        "pages/contact.md": CONTACT,
        "pages/about.md": CONTACT.replace("Contact", "About").replace("template: contact\n", ""),
        "articles/newest.md": day(article("Newest"), 20),
        "articles/own.md": article("Own", OWN),
        "articles/none.md": article("None", "cover: none"),
        "articles/unlisted.md": article("Unlisted", "status: hidden"),
        "articles/draft.md": article("Draft", "status: draft"),
    }
    return build_blog(tmp_path_factory.mktemp("art"), files)


def art_of(site: BuiltSite, path: str) -> tuple[str, str]:
    """Return the addresses of a page's picture, by day and in the evening."""
    source, img = one(site.page(path), ".art > source"), one(site.page(path), ".art > img")
    assert source["media"] == "screen and (prefers-color-scheme: dark)"
    assert (img["alt"], img["width"], img["height"]) == ("", "1600", "1000")
    return str(img["src"]), str(source["srcset"])


def test_an_article_has_a_picture_by_day_and_in_the_evening(built: BuiltSite) -> None:
    for path in ("newest/", "unlisted/"):
        by_day, evening = art_of(built, path)
        assert "-day." in by_day
        assert evening == by_day.replace("-day.", "-evening.")
        assert built.text(by_day[1:]) != built.text(evening[1:])
        assert one(built.page(path), ".art > img").get("loading") != "lazy"
    assert art_of(built, "newest/") != art_of(built, "unlisted/")


def test_her_own_cover_stands_in_its_place_and_none_leaves_it_out(built: BuiltSite) -> None:
    assert built.page("own/").select(".art") == []
    assert one(built.page("own/"), ".cover img")["src"] == "/images/chairs.png"
    assert built.page("none/").select(".cover, .art") == []
    assert built.page("about/").select(".cover, .art") == []


def test_the_front_page_shows_the_picture_of_the_latest(built: BuiltSite) -> None:
    assert art_of(built, "") == art_of(built, "newest/")
    assert built.page("archive/").select(".art") == []


def test_the_front_page_shows_her_own_cover_of_the_latest(tmp_path: Path) -> None:
    site = build_blog(
        tmp_path, {"images/chairs.png": picture(), "articles/own.md": article("Own", OWN)}
    )
    assert one(site.page(""), ".cover img")["alt"] == "Two chairs."
    assert not site.has("covers")
    assert [*site.folder.glob("covers/*")] == []


def test_contact_shows_the_lit_window_when_it_is_seen(built: BuiltSite) -> None:
    by_day, _ = art_of(built, "contact/")
    assert "/street-lamp-chairs-" in by_day
    assert one(built.page("contact/"), ".art > img")["loading"] == "lazy"


def test_only_pictures_that_a_page_shows_are_there(built: BuiltSite) -> None:
    shown = {
        address[1:]
        for path in ("newest/", "unlisted/", "contact/")
        for address in art_of(built, path)
    }
    there = {file.relative_to(built.folder).as_posix() for file in built.folder.glob("covers/*")}
    assert there == shown
    assert not any(
        "covers/" in file.read_text("utf-8") for file in built.folder.glob("feeds/**/*.xml")
    )


def test_a_picture_stays_with_its_article_whatever_else_changes(
    built: BuiltSite, tmp_path: Path
) -> None:
    renamed = article("Another title", "id: newest\nslug: moved", "Other words.")
    site = build_blog(tmp_path, {"articles/other-file.md": renamed})
    assert art_of(site, "moved/") == art_of(built, "newest/")


def test_a_build_that_knows_its_drafts_publishes_no_picture_of_theirs(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "articles/a.md": article("A"),
        "articles/draft.md": article("Draft", "status: draft"),
    }
    site = build_content(write_content(tmp_path, files), tmp_path / "output", **WITH_DRAFTS)
    assert not site.has("draft/")
    assert {f"/covers/{file.name}" for file in site.folder.glob("covers/*")} == {
        *art_of(site, "a/")
    }
