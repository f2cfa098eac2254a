"""What a page's policy allows, read off the page."""

import base64
import hashlib
from pathlib import Path

import pytest

from insession.publish.web_servers.headers import headers, policy
from insession.publish.web_servers.nginx import nginx_conf
from insession.publish.web_servers.server_files import compress
from insession.publish.web_servers.sources import sources
from tests.publish.a_published_site import bare

URL = "https://blog.example.org"
SELF = frozenset({"'self'"})


def needed(body: str, css: str = "") -> dict[str, frozenset[str]]:
    """What a page with this body needs beside its stylesheet."""
    html = f"<!doctype html><head><style>{css}</style></head><body>{body}</body>"
    found = sources(html, URL)
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    assert found.pop("style-src") == {f"'sha256-{digest}'"}
    return found


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Words.", {}),
        ('<script type="application/ld+json">{}</script>', {}),
        ('<script src="/theme/buttons.js"></script>', {"script-src": SELF}),
        (f'<img src="{URL}/images/a.png" alt="">', {"img-src": SELF}),
        ('<audio src="/downloads/a.mp3"></audio>', {"media-src": SELF}),
        ('<video><source src="/a.mp4"></video>', {"media-src": SELF}),
        ('<picture><source srcset="/a.webp"></picture>', {"img-src": SELF}),
        ('<link rel="icon" href="/theme/favicon.ico">', {"img-src": SELF}),
        ('<img src="data:image/gif;base64,AA" alt="">', {"img-src": frozenset({"data:"})}),
        ('<a href="https://elsewhere.example/">', {}),
    ],
)
def test_a_page_may_load_what_it_shows(html: str, expected: dict[str, frozenset[str]]) -> None:
    assert needed(html) == expected


def test_a_font_is_no_picture() -> None:
    font = "@font-face{font-family:A;src:url(/theme/a.woff2)}"
    assert needed("", font) == {"font-src": SELF}
    assert needed("", f"{font}p{{background:url(/theme/a.svg)}}") == {
        "font-src": SELF,
        "img-src": SELF,
    }


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://elsewhere.example/pixel.gif" alt="">',
        '<img src="http://[nowhere" alt="">',
        '<script src="data:text/javascript,alert(1)"></script>',
        '<script src="//elsewhere.example/a.js"></script>',
        '<video src="https://elsewhere.example/a.mp4"></video>',
        '<iframe src="https://elsewhere.example/"></iframe>',
        '<form action="https://elsewhere.example/subscribe"></form>',
        "<style>p { color: red }</style>",
        "<script>alert(1)</script>",
        '<p style="color:red" onclick="alert(1)">',
    ],
)
def test_what_a_text_brings_from_elsewhere_opens_nothing(html: str) -> None:
    assert needed(html) == {}


def test_only_the_form_for_comments_may_be_sent_and_only_to_its_service() -> None:
    form = '<form class="comment-form" method="post" action="{}/comments/new"></form>'
    assert needed(form.format("")) == {"form-action": SELF, "connect-src": SELF}
    elsewhere = needed(form.format("https://comments.example.org"))
    assert elsewhere["form-action"] == {"https://comments.example.org"}
    assert "form-action https://comments.example.org;" in policy(elsewhere)
    assert "form-action 'none'; base-uri 'none'; frame-ancestors 'none'" in policy({})


def test_a_service_on_another_host_sees_which_site_a_comment_comes_from(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    for service, expected in (("", "same-origin"), ("https://c.example.org", "strict-origin")):
        form = f'<form class="comment-form" action="{service}/comments/new">'
        page.write_text(form, encoding="utf-8")
        assert headers(bare(tmp_path)).always["Referrer-Policy"] == expected


def test_what_lies_in_folders_with_a_dot_is_no_page(tmp_path: Path) -> None:
    for name in ("index.html", ".source/index.html", ".insession/frame.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<body>" + "word " * 99, encoding="utf-8")
    assert {*headers(bare(tmp_path)).pages} == {"index.html"}
    compress(tmp_path)
    packed = [path for path in tmp_path.rglob("*") if path.suffix in (".br", ".gz")]
    assert sorted(path.name for path in packed) == ["index.html.br", "index.html.gz"]
    assert {path.parent for path in packed} == {tmp_path}


def test_the_same_bytes_are_compressed_to_the_same_bytes_and_never_to_more(tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a.xml").write_bytes(b"<rss>" + b"word " * 200)
        (folder / "b.txt").write_bytes(b"")
        (folder / "c.svg").write_bytes(b"<svg/>")
        (folder / "d.png").write_bytes(b"word " * 200)
        compress(folder)
        found.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert found[0] == found[1]
    assert {*found[0]} == {"a.xml", "a.xml.br", "a.xml.gz", "b.txt", "c.svg", "d.png"}


def test_nothing_in_an_address_ends_what_is_written_for_nginx(tmp_path: Path) -> None:
    old = '/a"; } evil { \\'
    site = bare(tmp_path, redirects=[(old, "/new/")])
    assert 'location = "/a\\"; } evil { \\\\" { return 301 "/new/"; }' in nginx_conf(
        site, headers(site), "/srv/blog/current"
    )
