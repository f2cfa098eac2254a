"""Old addresses: each leads on by itself, and none takes the place of a page that is there."""

import shutil
import threading
from pathlib import Path
from queue import Queue

import pytest
from justhtml import JustHTML

from insession.common.problems import Problems
from insession.content.url_ledger import write_ledger
from insession.preview.watcher import follow
from insession.preview.worker import open_site
from tests.support import (
    CONTACT,
    ROOT,
    BuiltSite,
    article,
    build_content,
    one,
    words,
    write_content,
)

PAGE = "---\ntitle: About\nsummary: Who I am.\n{more}---\n\nText.\n"
SITE = "https://blog.example.org"


def build(folder: Path, ledger: dict[str, str], files: dict[str, str | bytes]) -> BuiltSite:
    content = write_content(folder, files)
    write_ledger(folder / "urls.json", ledger)
    return build_content(content, folder / "output")


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A blog in which one article has had several addresses, and some texts are gone."""
    ledger = {
        "/2019/05/тишина/": "article:a",
        "/2019/silence.html": "article:a",
        "/silence": "article:a",
        "/?p=12": "article:a",
        "/A/": "article:a",
        "/b/below/": "article:a",
        "/a/": "article:a",
        "/removed/": "article:removed",
        "/kept-back/": "article:draft",
        "/me/": "page:about",
        "/secret-old/": "article:hidden",
    }
    files = {
        "articles/a.md": article("A"),
        "articles/b.md": article("B", "id: b"),
        "articles/draft.md": article("Draft", "status: draft"),
        "articles/hidden.md": article("Hidden", "status: hidden"),
        "pages/about.md": PAGE.format(more=""),
    }
    return build(tmp_path_factory.mktemp("moved"), ledger, files)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2019/05/тишина/", "/a/"),
        ("2019/silence.html", "/a/"),
        ("silence/", "/a/"),
        ("b/below/", "/a/"),
        ("me/", "/about/"),
        ("secret-old/", "/hidden/"),
    ],
)
def test_an_old_address_leads_to_the_new_one_without_script(
    moved: BuiltSite, old: str, new: str
) -> None:
    page = moved.page(old)
    assert one(page, "meta[http-equiv=refresh]")["content"] == f"0; url={new}"
    assert one(page, "link[rel=canonical]")["href"] == f"{SITE}{new}"
    assert one(page, "a")["href"] == new
    assert one(page, "meta[name=robots]")["content"] == "noindex"
    assert page.select("script") == []
    assert words(one(page, "h1")) == "This page has moved"
    JustHTML(moved.text(old), strict=True)


def test_its_style_is_the_same_text_as_on_every_page(moved: BuiltSite) -> None:
    assert one(moved.page("me/"), "style").get_text() == one(moved.page(""), "style").get_text()


def test_a_page_that_is_there_is_never_covered_by_a_redirect(moved: BuiltSite) -> None:
    assert words(one(moved.page("a/"), "h1")) == "A"
    assert words(one(moved.page("b/"), "h1")) == "B"
    assert not moved.has("A/") or moved.text("A/") == moved.text("a/")


@pytest.mark.parametrize("path", ["removed/", "kept-back/", "draft/"])
def test_nothing_stands_where_a_text_is_gone(moved: BuiltSite, path: str) -> None:
    assert not moved.has(path)


def test_redirects_are_in_no_sitemap_and_no_feed(moved: BuiltSite) -> None:
    texts = moved.text("sitemap.xml") + moved.text("feeds/all.rss.xml")
    assert texts.count(f"{SITE}/a/") >= 2
    assert "2019" not in texts
    assert "/me/" not in texts


def test_no_file_is_made_for_a_query(moved: BuiltSite) -> None:
    assert not [path for path in moved.folder.rglob("*") if "?" in path.name]


def test_a_slug_that_changes_twice_leaves_two_redirects_to_the_last(tmp_path: Path) -> None:
    ledger = {"/one/": "article:a", "/two/": "article:a"}
    site = build(tmp_path, ledger, {"articles/a.md": article(more="slug: three")})
    targets = [one(site.page(old), "a")["href"] for old in ("one/", "two/")]
    assert targets == ["/three/", "/three/"]


def test_a_file_below_another_file_is_left_to_servers(tmp_path: Path) -> None:
    ledger = {"/x.html": "article:a", "/x.html/deeper/": "article:a", "/y/": "article:a"}
    site = build(tmp_path, ledger, {"articles/a.md": article()})
    assert site.has("x.html")
    assert site.has("y/")


def test_names_that_some_computers_refuse_are_left_to_servers(tmp_path: Path) -> None:
    ledger = dict.fromkeys(("/a:b/", "/c /", f"/{'d' * 300}/", "/e./"), "article:a")
    site = build(tmp_path, ledger, {"articles/a.md": article()})
    assert site.page("a/").select("meta[http-equiv=refresh]") == []
    assert [path for path in site.pages() if "This page has moved" in site.text(path)] == []


def test_signs_in_an_address_are_escaped(tmp_path: Path) -> None:
    ledger = {"/it's & more/": "article:a"}
    site = build(tmp_path, ledger, {"articles/a.md": article()})
    assert one(site.page("it's & more/"), "a")["href"] == "/a/"


def test_an_address_that_belongs_to_another_text_is_refused(tmp_path: Path) -> None:
    ledger = {"/other/": "article:other", "/silence/": "article:why-silence-helps"}
    with pytest.raises(Problems) as refused:
        build(tmp_path, ledger, {"articles/new.md": article(more="slug: silence")})
    (problem,) = refused.value.problems
    assert (problem.file, problem.line) == ("content/articles/new.md", 7)
    assert "/silence/ belongs to the article “why-silence-helps”" in problem.what
    assert "slug: new\n" in problem.how
    assert "id: why-silence-helps" in problem.how
    assert "remove line 3 of urls.json" in problem.how


def test_a_draft_is_told_before_it_is_ready(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="/a/ belongs to the page “old”"):
        build(tmp_path, {"/a/": "page:old"}, {"articles/a.md": article(more="status: draft")})


def test_a_renamed_file_with_its_old_id_is_the_same_text(tmp_path: Path) -> None:
    files = {"articles/new-name.md": article(more="id: old-name")}
    site = build(tmp_path, {"/old-name/": "article:old-name"}, files)
    assert one(site.page("old-name/"), "a")["href"] == "/new-name/"


def test_a_ledger_that_cannot_be_read_stops_the_build(tmp_path: Path) -> None:
    content = write_content(tmp_path, {"articles/a.md": article()})
    (tmp_path / "urls.json").write_text("{\n<<<<<<< HEAD\n", encoding="utf-8")
    with pytest.raises(Problems, match=r"urls\.json:2: this line can't be read"):
        build_content(content, tmp_path / "output")


def test_a_site_in_a_folder_of_its_host_redirects_within_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"articles/a.md": article()}
    content = write_content(tmp_path, files)
    practice = (content / "practice.toml").read_text(encoding="utf-8")
    practice = practice.replace(f'"{SITE}"', f'"{SITE}/blog"')
    (content / "practice.toml").write_text(practice, encoding="utf-8")
    write_ledger(tmp_path / "urls.json", {"/old/": "article:a"})
    page = build_content(content, tmp_path / "output").page("old/")
    assert one(page, "meta[http-equiv=refresh]")["content"] == "0; url=/blog/a/"
    assert one(page, "link[rel=canonical]")["href"] == f"{SITE}/blog/a/"


def test_the_preview_takes_in_a_changed_ledger(tmp_path: Path) -> None:
    write_content(tmp_path, {"articles/a.md": article(), "pages/contact.md": CONTACT})
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    shutil.copy(ROOT / "pelicanconf.py", tmp_path)
    told: Queue[set[Path]] = Queue()
    stopping = threading.Event()
    follow(tmp_path, told.put, stopping)
    site = open_site(tmp_path)
    site.refresh()
    assert site.answer("old/index.html") is None
    write_ledger(tmp_path / "urls.json", {"/old/": "article:a"})
    site.refresh(told.get(timeout=90))
    stopping.set()
    assert b"This page has moved" in site.answer("old/index.html")[0]
