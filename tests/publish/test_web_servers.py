"""The site as Caddy and nginx serve it: real ones, with the files that publishing wrote."""

import base64
import gzip
import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import brotli
import pytest

from tests import programs
from tests.publish.a_published_site import GONE, HOSTILE, bare, build, release
from tests.publish.observatory import score
from tests.publish.web_servers import BROTLI, WebServer, quoted, running
from tests.support import BuiltSite

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the servers are Linux servers")
FOUND = {"caddy": programs.caddy(), "nginx": programs.nginx()}
PLACES = [(name, base) for name in FOUND for base in ("", "/blog")]
NEW = "/why-silence-helps/"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, str], WebServer]]:
    """Each server, with the site on a host of its own and with it in a folder of one."""
    with ExitStack() as stack:
        servers = {}
        for base in ("", "/blog"):
            folder = tmp_path_factory.mktemp("site")
            site = build(folder, base=base)
            current = release(site, folder / "server", "1")
            if base:
                (folder / "server/blog").symlink_to(current, target_is_directory=True)
            for name in [name for name in FOUND if FOUND[name]]:
                server = stack.enter_context(running(name, folder / name, current))
                server.site, server.base = BuiltSite(site.folder), base
                servers[name, base] = server
        yield servers


@pytest.fixture(params=PLACES, ids=lambda place: "".join(place))
def server(request: pytest.FixtureRequest, started: dict[tuple[str, str], WebServer]) -> WebServer:
    if request.param not in started:
        pytest.skip(f"{request.param[0]} is not installed")
    return started[request.param]


def is_old(path: str) -> bool:
    """Whether only a note lies there that the text is elsewhere."""
    return path.strip("/") in {address.strip("/") for address in HOSTILE}


def test_every_page_is_there_with_the_bytes_that_were_built(server: WebServer) -> None:
    pages = [path for path in server.site.pages() if not is_old(path)]
    assert len(pages) > 50
    for path in pages:
        answer = server.ask(f"{server.base}/{quoted(path)}")
        assert answer.status == 200, path
        assert answer.body.decode("utf-8") == server.site.text(path), path
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_every_page_earns_an_a_plus(server: WebServer) -> None:
    for path in ("", "why-silence-helps/", "about/", "topic/in-the-room/", "follow/", "nope"):
        answer = server.ask(f"{server.base}/{path}")
        assert score(answer.headers, answer.body.decode("utf-8")) >= 100, path


def test_only_a_page_with_a_form_may_send_anything(server: WebServer) -> None:
    pages = [path for path in server.site.pages() if not is_old(path)]
    forms = {path: bool(server.site.page(path).select("form:not([role=search])")) for path in pages}
    assert {*forms.values()} == {True, False}
    for path in pages:
        policy = server.ask(f"{server.base}/{quoted(path)}").headers["Content-Security-Policy"]
        assert ("form-action 'self'" in policy) == forms[path], path
        assert ("form-action 'none'" in policy) != forms[path], path
        assert ("connect-src 'self'" in policy) == forms[path], path


def test_an_old_address_leads_at_once_to_where_the_text_is_now(server: WebServer) -> None:
    for address in HOSTILE:
        answer = server.ask(quoted(server.base + address))
        assert (answer.status, answer.headers["Location"]) == (301, server.base + NEW), address
        assert "Strict-Transport-Security" in answer.headers
    assert server.ask(f"{server.base}/?p=999").status == 200
    assert server.ask(f"{server.base}/?p=12&x=1").status == 200


def test_what_was_taken_down_is_gone_and_what_never_was_is_missing(server: WebServer) -> None:
    page = server.site.text("404.html")
    for address in GONE:
        answer = server.ask(quoted(server.base + address))
        assert (answer.status, answer.body.decode("utf-8")) == (410, page), address
    for path in ("/nope", "/nope/", "/why-silence-helps/nope", "/theme/", "/feeds/", "/nope.xml"):
        answer = server.ask(server.base + path)
        assert (answer.status, answer.body.decode("utf-8")) == (404, page), path
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "immutable" not in answer.headers["Cache-Control"]
        assert "form-action 'none'" in answer.headers["Content-Security-Policy"]


def test_a_page_without_its_last_slash_leads_to_the_page(server: WebServer) -> None:
    answer = server.ask(f"{server.base}/about")
    assert answer.status in (301, 308)
    assert answer.headers["Location"] == f"{server.base}/about/"


@pytest.mark.parametrize(
    "path",
    [
        *("/.server/Caddyfile", "/.server/nginx.conf", "/.server/", "/.server/style/"),
        *("/.insession/threads.json", "/%2eserver/Caddyfile", "//.server/Caddyfile"),
        *("/theme/../.server/Caddyfile", "/.well-known/../.server/Caddyfile", "/about/.hidden"),
    ],
)
def test_nothing_in_a_folder_with_a_dot_is_shown(server: WebServer, path: str) -> None:
    hidden = Path(server.current, "about/.hidden")
    hidden.write_text("secret", encoding="utf-8")
    answer = server.ask(server.base + path)
    assert answer.status in (301, 308, 404)
    assert b"written by In Session" not in answer.body
    assert b"secret" not in answer.body


def test_what_other_programs_look_for_at_a_well_known_place_is_shown(server: WebServer) -> None:
    place = Path(server.current, ".well-known/security.txt")
    place.parent.mkdir(exist_ok=True)
    place.write_text("Contact: mailto:me@example.org\n", encoding="utf-8")
    assert server.ask(f"{server.base}/.well-known/security.txt").status == 200


def test_texts_are_sent_compressed_as_the_reader_can_take_it(server: WebServer) -> None:
    for path in ("", "feeds/all.atom.xml", "contact.vcf", "sitemap.xml", "nope"):
        plain = server.ask(f"{server.base}/{path}")
        assert plain.headers["Content-Encoding"] is None
        packed = server.ask(f"{server.base}/{path}", Accept_Encoding="gzip")
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.body) == plain.body
        assert packed.headers["Vary"] == "Accept-Encoding"
        if server.name == "caddy" or BROTLI.exists():
            packed = server.ask(f"{server.base}/{path}", Accept_Encoding="gzip, br")
            assert packed.headers["Content-Encoding"] == "br"
            assert brotli.decompress(packed.body) == plain.body
            assert packed.headers["Content-Type"] == plain.headers["Content-Type"]


@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
def test_what_a_reader_has_is_not_sent_again(server: WebServer, coding: str) -> None:
    for path in ("", "about/", "feeds/all.rss.xml", "images/field.png"):
        first = server.ask(f"{server.base}/{path}", Accept_Encoding=coding)
        tag = first.headers["ETag"]
        again = server.ask(f"{server.base}/{path}", Accept_Encoding=coding, If_None_Match=tag)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == tag
        other = server.ask(f"{server.base}/{path}", Accept_Encoding=coding, If_None_Match='"x"')
        assert other.status == 200


def test_what_may_be_kept_and_for_how_long(server: WebServer) -> None:
    def kept(path: str) -> str:
        return server.ask(f"{server.base}/{path}").headers["Cache-Control"]

    folder = server.site.folder
    lasting = [path for name in ("theme", "covers") for path in folder.glob(f"{name}/*")]
    names = sorted(path.relative_to(folder).as_posix() for path in lasting)
    assert len(names) >= 8
    assert any(name.startswith("covers/") for name in names)
    for name in names:
        assert kept(name) == "public, max-age=31536000, immutable"
        assert len(name.split(".")[-2]) == 10, f"{name} has no fingerprint"
    for path in ("", "about/", "feeds/all.atom.xml", "contact.vcf", "sitemap.xml"):
        assert kept(path) == "public, max-age=0, must-revalidate"
    assert kept("images/field.png") == "public, max-age=3600, must-revalidate"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("feeds/all.atom.xml", "application/atom+xml; charset=utf-8"),
        ("feeds/all.rss.xml", "application/rss+xml; charset=utf-8"),
        ("feeds/topic/in-the-room.rss.xml", "application/rss+xml; charset=utf-8"),
        ("feeds/comments/why-silence-helps.atom.xml", "application/atom+xml; charset=utf-8"),
        ("contact.vcf", "text/vcard; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("images/field.png", "image/png"),
    ],
)
def test_each_file_says_what_it_is(server: WebServer, path: str, kind: str) -> None:
    assert server.ask(f"{server.base}/{path}").headers["Content-Type"] == kind


def test_pictures_are_shown_in_feed_readers_and_nothing_else_elsewhere(server: WebServer) -> None:
    def sharing(path: str) -> str:
        return server.ask(f"{server.base}/{path}").headers["Cross-Origin-Resource-Policy"]

    assert sharing("images/field.png") == "cross-origin"
    assert sharing("") == sharing("about/") == sharing("why-silence-helps/") == "same-origin"


@pytest.mark.skipif(not FOUND["caddy"], reason="Caddy is not installed")
def test_whatever_the_hash_of_the_style_caddy_says_it_at_once(tmp_path: Path) -> None:
    site, server = tmp_path / "site", tmp_path / "server"
    site.mkdir()
    (site / "404.html").write_text("<p>Missing", encoding="utf-8")
    with ExitStack() as stack:
        web = None
        for slashes in range(5):
            css, wanted = style(slashes)
            (site / "index.html").write_text(f"<style>{css}</style><body>", encoding="utf-8")
            current = release(bare(site), server, f"{slashes}")
            web = web or stack.enter_context(running("caddy", tmp_path / "caddy", current))
            said = web.ask("/").headers["Content-Security-Policy"]
            assert f"style-src '{wanted}';" in said, slashes


def style(slashes: int) -> tuple[str, str]:
    """Return a style whose hash has so many slashes, and the hash."""
    for number in range(100_000):
        css = f"p{{margin:{number}px}}"
        found = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
        if found.count("/") == slashes and "+" in found:
            return css, f"sha256-{found}"
    raise AssertionError("there is no such style")
