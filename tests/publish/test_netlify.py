"""`_headers` and `_redirects`, read as the hosts say that they read them."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest

from insession.common.csp import style_source
from insession.publish.built_site import SiteBuild
from insession.publish.web_servers.netlify import add_host_files
from tests.publish.a_published_site import GONE, HOSTILE, bare, build
from tests.publish.web_servers import quoted
from tests.support import BuiltSite

Rules = list[tuple[re.Pattern[str], dict[str, str]]]
NEW = "/why-silence-helps/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteBuild:
    site = build(tmp_path_factory.mktemp("site"))
    add_host_files(site)
    return site


def rules(site: SiteBuild) -> Rules:
    """Read `_headers`: an address, then its headers, further in; # starts a remark."""
    found: Rules = []
    lines = (site.folder / "_headers").read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) <= 2000
    for line in lines:
        if line.startswith("/"):
            pattern = re.sub(r":\w+", "[^/]+", re.escape(line).replace(r"\*", ".*"))
            found.append((re.compile(pattern), {}))
        elif line.strip() and not line.startswith("#"):
            name, value = line.strip().split(": ", 1)
            found[-1][1][name] = value
    return found


def sent(site: SiteBuild, path: str) -> dict[str, list[str]]:
    """Return the headers of an address: all rules that fit count, in their order."""
    values: dict[str, list[str]] = {}
    for pattern, headers in rules(site):
        if pattern.fullmatch(f"/{quote(path)}"):
            for name, value in headers.items():
                values.setdefault(name, []).append(value)
    return values


def allowed(policies: list[str], directive: str) -> set[str]:
    """Return the sources that all of these policies allow."""
    found = []
    for policy in policies:
        parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
        found.append(set(parts.get(directive, parts["default-src"]).split()) - {"'none'"})
    return set.intersection(*found)


def test_each_page_may_do_what_it_needs_and_only_one_with_a_form_may_send(site: SiteBuild) -> None:
    built = BuiltSite(site.folder)
    pages = [path for path in built.pages() if f"/{path}" not in HOSTILE]
    for path in pages:
        policies = sent(site, path)["Content-Security-Policy"]
        soup, is_stub = built.page(path), path.strip("/") in ("old.html", "without-a-slash")
        service = {"'self'"} if soup.select("form:not([role=search])") or is_stub else set()
        assert allowed(policies, "form-action") == service, path
        assert allowed(policies, "connect-src") == service, path
        assert bool(allowed(policies, "script-src")) >= bool(soup.select("script[src]")), path
        assert allowed(policies, "img-src") == allowed(policies, "font-src") == {"'self'"}
        styles = {style_source(style.get_text()) for style in soup.select("head > style")}
        assert styles <= allowed(policies, "style-src"), path
        assert all(each.startswith("'sha256-") for each in allowed(policies, "style-src"))
        assert not allowed(policies, "frame-src") | allowed(policies, "object-src")


def test_no_header_but_the_policy_is_sent_twice(site: SiteBuild) -> None:
    files = [p.relative_to(site.folder).as_posix() for p in site.folder.rglob("*") if p.is_file()]
    for name in files:
        found = sent(site, name.removesuffix("index.html"))
        assert {n for n in found if len(found[n]) > 1} <= {"Content-Security-Policy"}, name


def test_files_say_what_they_are_and_how_long_they_may_be_kept(site: SiteBuild) -> None:
    [font] = [path.name for path in (site.folder / "theme").glob("serif.*.woff2")]
    immutable = ["public, max-age=31536000, immutable"]
    assert sent(site, f"theme/{font}")["Cache-Control"] == immutable
    assert "Cache-Control" not in sent(site, "about/")  # both hosts ask for pages again each time
    for name, kind in {
        "feeds/all.atom.xml": "application/atom+xml; charset=utf-8",
        "feeds/all.rss.xml": "application/rss+xml; charset=utf-8",
        "feeds/topic/in-the-room.rss.xml": "application/rss+xml; charset=utf-8",
        "feeds/comments/why-silence-helps.atom.xml": "application/atom+xml; charset=utf-8",
        "contact.vcf": "text/vcard; charset=utf-8",
    }.items():
        assert (site.folder / name).exists()
        assert sent(site, name)["Content-Type"] == [kind]
    assert "Cross-Origin-Resource-Policy" not in sent(site, "images/field.png")
    assert sent(site, "about/")["Cross-Origin-Resource-Policy"] == ["same-origin"]


def test_a_large_blog_stays_within_what_a_host_takes(tmp_path: Path) -> None:
    form = '<form class="comment-form" action="/comments/new"></form>'
    for number in range(300):
        page = tmp_path / f"page-{number}/index.html"
        page.parent.mkdir()
        page.write_text(f"<body>{'' if number else form}", encoding="utf-8")
    redirects = [(f"/old/{'x' * length}/", "/page-1/") for length in (5, 2000)]
    site = bare(tmp_path, redirects=redirects)
    add_host_files(site)
    assert len(rules(site)) == 100
    assert sent(site, "page-0/")["Content-Security-Policy"] == [
        "default-src 'none'; connect-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ]
    assert len(rules_of_redirects(site)) == 2


def rules_of_redirects(site: SiteBuild) -> list[list[str]]:
    """Read `_redirects`: words with spaces between them."""
    lines = (site.folder / "_redirects").read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) <= 1000
    return [line.split() for line in lines if not line.startswith("#")]


def netlify(site: SiteBuild, address: str) -> tuple[int, str] | None:
    """Return the answer: the first rule that fits; a page that is there wins, but over 301!."""
    path, _, query = quoted(address).partition("?")
    asked = set(query.split("&")) - {""}
    for start, *words in rules_of_redirects(site):
        to, code = words[-2:]
        assert "*" not in start and ":" not in start
        there = BuiltSite(site.folder).has(address.lstrip("/"))
        if start == path and set(words[:-2]) <= asked and (code.endswith("!") or not there):
            return int(code.rstrip("!")), to
    return None


def cloudflare(site: SiteBuild, address: str) -> tuple[int, str] | None:
    """Return the answer: the first rule that fits, of those that this host can read."""
    path = quoted(address).partition("?")[0]
    for words in rules_of_redirects(site):
        if len(words) == 3 and words[2] in {"301", "302", "303", "307", "308"} and words[0] == path:
            return int(words[2]), words[1]
    return None


def test_old_addresses_lead_to_where_the_text_is_now(site: SiteBuild) -> None:
    for address in HOSTILE:
        known = address != "/?archive"  # a query without a value means nothing to this host
        assert netlify(site, address) == ((301, NEW) if known else None), address
        assert cloudflare(site, address) == (None if "?" in address else (301, NEW)), address
    for address in ("/", "/about/", NEW, "/?p=999", "/index.php"):
        assert netlify(site, address) is cloudflare(site, address) is None, address


def test_what_was_taken_down_is_gone_where_the_host_can_say_so(site: SiteBuild) -> None:
    for address in GONE:
        assert netlify(site, address) == (410, "/404.html"), address
        assert cloudflare(site, address) is None


def test_a_host_of_another_kind_gets_nothing_that_it_may_misread(tmp_path: Path) -> None:
    redirects = [(address, NEW) for address in HOSTILE]
    site = bare(tmp_path, redirects=redirects, gone=[*GONE])
    add_host_files(site, plain=True)
    lines = rules_of_redirects(site)
    assert len(lines) == len([address for address in HOSTILE if "?" not in address])
    assert all(len(words) == 3 and words[1:] == [NEW, "301"] for words in lines)


def test_a_site_in_a_folder_of_its_host_has_its_addresses_there(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<body>", encoding="utf-8")
    add_host_files(bare(tmp_path, base="/blog", redirects=[("/old/", "/new/")]))
    headers = (tmp_path / "_headers").read_text(encoding="utf-8")
    assert re.findall(r"^/\S+", headers, re.MULTILINE)
    assert all(start.startswith("/blog/") for start in re.findall(r"^/\S*", headers, re.MULTILINE))
    assert "/blog/old/ /blog/new/ 301\n" in (tmp_path / "_redirects").read_text(encoding="utf-8")
