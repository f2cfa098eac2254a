"""What every page has, whatever its kind: its head, its frame, and links that lead somewhere."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from insession.content.practice import read_practice
from tests.site.test_articles import showcase, typed
from tests.support import ROOT, BuiltSite, article, build_blog, build_content, one, write_content

SITE = read_practice(ROOT / "content" / "practice.toml").site
CRISIS = read_practice(ROOT / "content" / "practice.toml").crisis
# Each kind of page with the path of one that the site below has.
KINDS = {
    "front page": "",
    "article": "full/",
    "article with little in it": "plain/",
    "article in another language": "arabic/",
    "hidden article": "unlisted/",
    "page": "a-page/",
    "contact": "contact/",
    "follow": "follow/",
    "topic": "topic/starting-therapy/",
    "tag": "tag/silence/",
    "archive": "archive/",
    "search": "search/",
    "404": "404.html",
    "too long a comment": "413.html",
    "no comments service": "503.html",
    "second page of all": "page/2/",
    "second page of a topic": "topic/starting-therapy/page/2/",
    "second page of a tag": "tag/silence/page/2/",
}
ERRORS = ("404.html", "413.html", "503.html")  # a web server answers with them
NOT_INDEXED = ("unlisted/",)
UNLISTED = (*ERRORS, *NOT_INDEXED)
Pages = dict[str, BeautifulSoup]


def build_every_kind(folder: Path) -> BuiltSite:
    """Build the sample blog with the showcase and enough articles for second pages."""
    sample = {
        path.relative_to(ROOT / "content").as_posix(): path.read_bytes()
        for path in (ROOT / "content").rglob("*")
        if path.is_file()
    }
    many = {f"articles/extra-{n}.md": article(f"Extra {n}") for n in range(13)}
    page = {"pages/a-page.md": "---\ntitle: A page\nsummary: What it is.\n---\n\nIts text.\n"}
    return build_content(
        write_content(folder, sample | showcase() | many | page), folder / "output"
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A site with every kind of page, built once."""
    return build_every_kind(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def pages(built: BuiltSite) -> Pages:
    """Every page of it as soup, by its path."""
    return {path: built.page(path) for path in built.pages()}


@pytest.fixture(params=KINDS.values(), ids=list(KINDS))
def path(request: pytest.FixtureRequest) -> str:
    """The path of a page of each kind."""
    return request.param


@pytest.fixture
def page(pages: Pages, path: str) -> BeautifulSoup:
    """A page of each kind."""
    return pages[path]


def meta(page: BeautifulSoup, name: str) -> str:
    """Return what the one <meta> of this name or property says."""
    return str(one(page, f'meta[name="{name}"], meta[property="{name}"]')["content"])


def faults(pages: Pages, find: Callable[[BeautifulSoup], list]) -> dict[str, list]:
    """Return what `find` finds on each page where it finds something."""
    return {path: found for path, page in pages.items() if (found := find(page))}


def test_headings_are_in_order_below_one_h1(pages: Pages) -> None:
    for path, page in pages.items():
        headings = page.select(":is(h1, h2, h3, h4, h5, h6):not(template *)")
        levels = [int(heading.name[1]) for heading in headings]
        assert levels[0] == 1 and levels.count(1) == 1, path
        steps = pairwise(levels)
        assert all(after <= before + 1 for before, after in steps), f"{path}: {levels}"
        assert not [h for h in headings if not h.get_text(strip=True)], path


def test_the_head_says_what_the_page_is(page: BeautifulSoup, path: str) -> None:
    title = one(page, "head > title").get_text()
    assert typed(SITE.title) in typed(title)
    if path:
        assert one(page, "h1").get_text(strip=True)[:20] in title or "page/" in path
    assert meta(page, "description").strip()
    assert one(page, "meta[charset]")["charset"] == "utf-8"
    assert meta(page, "viewport") == "width=device-width, initial-scale=1"
    assert one(page, "html")["lang"] == SITE.language


def test_second_pages_have_titles_of_their_own(pages: Pages) -> None:
    for path in ("", "topic/starting-therapy/", "tag/silence/"):
        assert pages[path].title.get_text() != pages[f"{path}page/2/"].title.get_text()


def test_the_canonical_address_is_the_pages_own(pages: Pages) -> None:
    for path, page in pages.items():
        found = [link["href"] for link in page.select("link[rel=canonical]")]
        assert found == ([] if path in UNLISTED else [f"{SITE.url}/{path}"])
        noindex = page.select('meta[name=robots][content~="noindex"]')
        assert bool(noindex) == (path in NOT_INDEXED) or path in ERRORS


def test_a_messenger_is_told_what_it_may_show(page: BeautifulSoup, path: str) -> None:
    assert meta(page, "og:title") in one(page, "head > title").get_text()
    assert meta(page, "og:description") == meta(page, "description")
    assert meta(page, "og:url") == f"{SITE.url}/{path}"
    assert typed(meta(page, "og:site_name")) == typed(SITE.title)
    assert meta(page, "og:type") == ("article" if page.select("main > article") else "website")
    assert meta(page, "twitter:card") == "summary_large_image"


def test_the_language_is_told_in_open_graphs_form(page: BeautifulSoup) -> None:
    """https://ogp.me/#optional: language_TERRITORY."""
    assert re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", meta(page, "og:locale"))


def test_the_icons_are_there(pages: Pages, built: BuiltSite) -> None:
    for page in pages.values():
        icons = {link["href"].rpartition(".")[2]: link for link in page.select("link[rel=icon]")}
        assert icons.keys() == {"svg", "ico"}
        assert icons["svg"]["type"] == "image/svg+xml"
        svg, ico = (built.folder / icons[kind]["href"].lstrip("/") for kind in ("svg", "ico"))
        assert ElementTree.fromstring(svg.read_bytes()).tag.endswith("svg")  # noqa: S314
        assert ico.read_bytes().startswith(b"\0\0\1\0")


def test_the_browsers_frame_takes_the_colours_of_the_paper(page: BeautifulSoup) -> None:
    css = (ROOT / "theme" / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    light, dark = css.partition("@media print")[0].split("prefers-color-scheme: dark")
    for scheme, rules in (("light", light), ("dark", dark)):
        (value,) = re.findall(r"--paper:\s*([^;]+);", rules)
        if name := re.fullmatch(r"var\((--[\w-]+)\)", value):
            (value,) = re.findall(rf"{name[1]}:\s*([^;]+);", css)
        selector = f'meta[name="theme-color"][media="(prefers-color-scheme: {scheme})"]'
        assert one(page, selector)["content"] == value
    assert len(page.select("meta[name=theme-color]")) == 2


def test_every_page_tells_a_feed_reader_where_the_feeds_are(pages: Pages, built: BuiltSite) -> None:
    for path, page in pages.items():
        feeds = page.select('link[rel=alternate][type^="application/"]')
        addresses = [link["href"] for link in feeds]
        kinds = ("rss.xml", "atom.xml", "feed.json")
        assert {f"{SITE.url}/feeds/all.{kind}" for kind in kinds} <= {*addresses}
        assert all(built.has(address.removeprefix(f"{SITE.url}/")) for address in addresses)
        assert len({link["title"] for link in feeds}) == len(feeds)
        if list_ := re.match(r"((?:topic|tag)/[^/]+)/", path):
            assert f"{SITE.url}/feeds/{list_[1]}.rss.xml" in addresses


def test_nothing_says_which_program_made_the_page(pages: Pages) -> None:
    assert faults(pages, lambda page: page.select("meta[name=generator]")) == {}
    assert faults(pages, lambda page: re.findall("(?i)pelican", str(page))) == {}


def test_the_first_link_skips_to_the_text(page: BeautifulSoup) -> None:
    first = one(page, "body").select("a, button, input, [tabindex]")[0]
    assert first["href"].startswith("#")
    assert one(page, f"[id={first['href'][1:]}]").name == "main"


def test_the_landmarks_are_there_and_told_apart(page: BeautifulSoup) -> None:
    landmarks = "body > header, body > main, body > footer"
    assert [element.name for element in page.select(landmarks)] == ["header", "main", "footer"]
    one(page, "main")
    assert one(page, "body > header nav").select("a[href]")
    named = page.select("nav, section, aside")
    assert all(e.get("aria-label") or e.get("aria-labelledby") for e in named)
    labels = [nav.get("aria-label") or nav.get("aria-labelledby") for nav in page.select("nav")]
    assert len(labels) == len({*labels})
    for element in page.select("[aria-labelledby]"):
        assert one(page, f"[id={element['aria-labelledby']}]").get_text(strip=True)


def test_the_menu_shows_where_one_is(pages: Pages) -> None:
    for path in ("", "archive/", "contact/"):
        current = one(pages[path], "body > header [aria-current=page]")
        assert current["href"] == f"/{path}"


def test_the_crisis_line_is_the_same_in_every_footer(pages: Pages) -> None:
    lines = {str(one(page, "body > footer .crisis")) for page in pages.values()}
    assert len(lines) == 1
    links = [a["href"] for a in BeautifulSoup(lines.pop(), "html.parser").select("a")]
    wanted: list[str | None] = []
    for line in CRISIS.all_lines:
        wanted += [line.call and f"tel:{line.call}", line.text and f"sms:{line.text}", line.chat]
    emergency = CRISIS.emergency_number
    wanted.append(emergency and f"tel:{emergency}")
    assert links == [href.replace(" ", "") for href in wanted if href]
    assert all(
        page.select("body > footer > *")[0]["class"] == ["crisis"] for page in pages.values()
    )


def test_no_page_carries_script_or_style_among_its_elements(pages: Pages) -> None:
    """So that one short Content-Security-Policy fits every page."""
    assert faults(pages, lambda page: page.select("[style]")) == {}
    assert (
        faults(pages, lambda page: page.select("script:not([src], [type$=json]), body style")) == {}
    )
    assert (
        faults(pages, lambda p: [e for e in p(True) if any(a[:2] == "on" for a in e.attrs)]) == {}
    )
    assert faults(pages, lambda page: page.select('[href^="javascript:"]')) == {}
    assert len({str(page.select("head > style")[0]) for page in pages.values()}) == 1


def loaded(page: BeautifulSoup) -> Iterator[str]:
    """Yield every address that a browser loads by itself for this page."""
    for link in page.select("link[href]"):
        if not {*link["rel"]} & {"canonical", "alternate"}:
            yield link["href"]
    for element in page.select("[src]"):
        yield element["src"]
    for element in page.select("[poster], object[data]"):
        yield element.get("poster") or element["data"]
    for element in page.select("[srcset]"):
        yield from (part.split()[0] for part in element["srcset"].split(","))
    css = " ".join(style.get_text() for style in page.select("style"))
    yield from re.findall(r"url\(\s*['\"]?([^'\")]+)", css)
    yield from re.findall(r"@import\s+['\"]([^'\"]+)", css)


def test_nothing_is_loaded_from_elsewhere_and_all_of_it_is_there(
    pages: Pages, built: BuiltSite
) -> None:
    for path, page in pages.items():
        addresses = [urljoin(f"/{path}", address) for address in loaded(page)]
        assert len(addresses) >= 4, path
        assert all(re.match(r"/[^/]", address) for address in addresses), path
        missing = [address for address in addresses if not built.has(unquote(address[1:]))]
        assert missing == [], path


def test_every_link_within_the_site_leads_somewhere(pages: Pages, built: BuiltSite) -> None:
    ids = {path: {element["id"] for element in page.select("[id]")} for path, page in pages.items()}

    def dead(path: str, page: BeautifulSoup) -> Iterator[str]:
        for element in page.select("[href], [data-copy], [data-share]"):
            written = element.get("href") or element.get("data-copy") or element["data-share"]
            address, fragment = urldefrag(urljoin(f"{SITE.url}/{path}", written))
            if not f"{address}/".startswith(f"{SITE.url}/"):
                continue
            target = unquote(address.removeprefix(SITE.url).lstrip("/"))
            if not built.has(target) or (fragment and fragment not in ids.get(target, ())):
                yield written

    assert {path: found for path, page in pages.items() if (found := [*dead(path, page)])} == {}


def test_a_page_served_from_anywhere_finds_its_way_home(pages: Pages) -> None:
    """These answer for every address, so that none of their links may be relative."""
    for error in ERRORS:
        for link in pages[error].select("a[href], link[href]"):
            assert re.match(r"/|#|[a-z]+:", link["href"]), link


def test_ids_are_unique(pages: Pages) -> None:
    for path, page in pages.items():
        ids = [element["id"] for element in page.select("[id]")]
        assert len(ids) == len({*ids}), path


def test_pictures_have_a_description_and_a_size(pages: Pages) -> None:
    wanting = "img:not([alt]), img:not([width]), img:not([height])"
    assert faults(pages, lambda page: page.select(wanting)) == {}


def test_the_follow_page_shows_every_feed_to_copy(pages: Pages, built: BuiltSite) -> None:
    shown = {element.get_text() for element in pages["follow/"].select(".feeds .address")}
    feeds = [*(built.folder / "feeds").glob("*.[xj]*"), *(built.folder / "feeds").glob("t*/*.xml")]
    assert shown == {f"{SITE.url}/{feed.relative_to(built.folder).as_posix()}" for feed in feeds}


def test_the_footer_leads_to_the_page_of_all_feeds_or_else_to_one(
    pages: Pages, tmp_path: Path
) -> None:
    feed = "body > footer a[href='/feeds/all.rss.xml']"
    assert one(pages["about/"], "body > footer a[href='/follow/']")
    assert not pages["about/"].select(feed)
    bare = build_blog(tmp_path, {"articles/one.md": article()})
    assert one(bare.page("one/"), feed).get_text() == "RSS feed"


def test_the_privacy_and_other_pages_are_linked_from_every_page(pages: Pages) -> None:
    written = {path.stem for path in (ROOT / "content" / "pages").glob("*.md")}
    for page in pages.values():
        linked = {a["href"] for a in page.select("body > header a, body > footer a")}
        assert {f"/{name}/" for name in written if f"{name}/" in pages} <= linked
