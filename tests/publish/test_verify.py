"""What is verified in the built site: each fault that is put into it is found and named."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from insession.publish import built_site, file_facts
from insession.publish.built_site import SiteBuild, build_site
from insession.publish.manifest import digests
from insession.publish.verify import verify
from insession.site.memory import Memory
from tests.publish.a_blog import Blog
from tests.support import article

DEAD = "https://blog.amsel.test/nowhere/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteBuild:
    blog = Blog(tmp_path_factory.mktemp("verified"))
    blog.write("articles/draft.md", article("Draft", "status: draft"))
    blog.write("articles/later.md", article("Later").replace("2026-03-04", "2999-01-01"))
    return build_site(blog.root / "site", str(blog.settings))


def problems(site: SiteBuild, name: str, data: bytes) -> list[str]:
    """What is found when one file of the site is another."""
    path = site.folder / name
    before = path.read_bytes() if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    try:
        return [f"{problem.file}: {problem.what}" for problem in verify(replace(site))]
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)


def page(html: str) -> bytes:
    return f"<!doctype html><title>x</title><body>{html}".encode()


def test_a_built_site_is_right(site: SiteBuild) -> None:
    assert verify(replace(site)) == []
    assert set(site.kept_back) == {"draft/index.html", "later/index.html"}


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/nowhere/">',
        '<a href="../nowhere">',
        '<a href="https://blog.amsel.test/nowhere/">',
        '<img src="/images/nowhere.png" alt="">',
        '<img srcset="/one/ 1x, /images/nowhere.png 2x" alt="">',
        '<script src="/theme/nowhere.js"></script>',
        '<form action="/nowhere/"></form>',
        '<meta property="og:image" content="https://blog.amsel.test/images/nowhere.png">',
        '<meta http-equiv="refresh" content="0; url=/nowhere/">',
        '<link rel="alternate" href="https://blog.amsel.test/feeds/nowhere.xml">',
    ],
)
def test_a_link_to_nothing_is_found_wherever_it_stands(site: SiteBuild, html: str) -> None:
    (found,) = problems(site, "archive/index.html", page(html))
    assert "nowhere" in found
    assert "leads to nothing in this site." in found


def test_a_font_that_is_missing_is_found(site: SiteBuild) -> None:
    html = b"<style>@font-face{src:url(/theme/nowhere.woff2)}</style><body>"
    assert "/theme/nowhere.woff2" in problems(site, "404.html", html)[0]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/one/">, <a href="../one/#part">, <a href="../one">, <a href="/?q=1">',
        '<a href="https://blog.amsel.test">, <a href="https://elsewhere.example/nowhere/">',
        '<a href="mailto:a@b.example">, <a href="tel:988">, <a href="#top">, <a href="http://[">',
        '<form action="/comments/one/"></form>',
        '<meta name="description" content="url=/nowhere/">',
    ],
)
def test_other_links_are_right(site: SiteBuild, html: str) -> None:
    assert problems(site, "archive/index.html", page(html)) == []


def test_a_dead_link_in_her_text_is_told_with_her_file_and_line(tmp_path: Path) -> None:
    blog = Blog(tmp_path)
    blog.write("articles/one.md", article(body=f'Text.\n\n<a href="{DEAD}">there</a>'))
    (problem,) = verify(build_site(tmp_path / "site", str(blog.settings)))
    assert (problem.file, problem.line) == ("content/articles/one.md", 11)


def test_a_site_in_a_folder_of_its_host_is_verified_within_it(tmp_path: Path) -> None:
    blog = Blog(tmp_path)
    practice = blog.root / "content/practice.toml"
    text = practice.read_text(encoding="utf-8").replace(
        '"https://blog.amsel.test"', '"https://amsel.test/blog"'
    )
    practice.write_text(text, encoding="utf-8")
    site = build_site(tmp_path / "site", str(blog.settings))
    assert verify(replace(site)) == []
    assert problems(site, "404.html", page('<a href="/blogging/">')) == []
    assert problems(site, "404.html", page('<a href="/blog/nowhere/">'))


@pytest.mark.parametrize("name", ["draft/index.html", "later/index.html"])
def test_a_draft_is_never_sent(site: SiteBuild, name: str) -> None:
    (found,) = problems(site, name, page("Draft"))
    assert found.startswith(f"content/articles/{name.partition('/')[0]}.md: it isn't to be")


def test_the_marks_of_the_preview_are_never_sent(site: SiteBuild) -> None:
    (found,) = problems(site, "one/index.html", page("<!--preview--><p>x</p><!--/preview-->"))
    assert found.startswith("one/index.html: ")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("feeds/all.rss.xml", b"<rss><channel>"),
        ("feeds/all.atom.xml", f'<feed><link href="{DEAD}"/></feed>'.encode()),
        ("feeds/all.rss.xml", f"<rss><channel><link>{DEAD}</link></channel></rss>".encode()),
        ("sitemap.xml", f"<urlset><url><loc>{DEAD}</loc></url></urlset>".encode()),
        ("feeds/all.rss.xml", b'<!DOCTYPE r [<!ENTITY a "b">]><rss>&a;</rss>'),
    ],
)
def test_a_feed_that_cannot_be_read_or_leads_nowhere_is_found(
    site: SiteBuild, name: str, data: bytes
) -> None:
    (found,) = problems(site, name, data)
    assert found.startswith(f"{name}: ")


def picture(kind: str, **saved: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", (2, 2)).save(out, kind, **saved)
    return out.getvalue()


def where_it_was_taken() -> Image.Exif:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (40.0, 41.0, 0.0)}
    return exif


def a_note() -> PngInfo:
    info = PngInfo()
    info.add_text("Author", "Hannah")
    return info


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("images/a.jpg", picture("JPEG", exif=where_it_was_taken())),
        ("images/a.jpg", picture("JPEG", comment=b"taken at home")),
        ("downloads/a.webp", picture("WEBP", exif=where_it_was_taken())),
        ("images/a.png", picture("PNG", pnginfo=a_note())),
        ("images/a.png", picture("PNG", exif=where_it_was_taken())),
        ("images/a.gif", picture("GIF", comment=b"taken at home")),
        ("images/a.JPG", b"no picture"),
    ],
)
def test_a_picture_that_tells_more_than_it_shows_is_never_sent(
    site: SiteBuild, name: str, data: bytes
) -> None:
    (found,) = problems(site, name, data)
    assert found.startswith(f"{name}: this picture ")


@pytest.mark.parametrize(
    ("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("GIF", "gif")]
)
def test_a_picture_without_metadata_is_right(site: SiteBuild, kind: str, ending: str) -> None:
    assert problems(site, f"images/a.{ending}", picture(kind)) == []


def test_a_file_is_read_once_and_again_when_its_bytes_change(
    site: SiteBuild, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify(replace(site))
    read: list[str] = []
    real = file_facts._read
    monkeypatch.setattr(
        file_facts,
        "_read",
        lambda folder, name, url: (read.append(name), real(folder, name, url))[1],
    )
    assert verify(replace(site)) == []
    assert read == []
    (found,) = problems(site, "one/index.html", page('<a href="/nowhere/">'))
    assert "nowhere" in found
    assert read == ["one/index.html"]
    names = {name for name in digests(site.folder) if file_facts._has_facts(name)}
    for other in (
        lambda: monkeypatch.setattr(built_site, "code_digest", lambda theme: "another rule"),
        lambda: Memory(site.content.parent).path.write_bytes(b"no database" * 500),
        lambda: Memory(site.content.parent).forget(),
    ):
        other()
        read.clear()
        assert verify(replace(site)) == []
        assert {*read} == names
