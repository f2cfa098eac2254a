"""The HTML by its standard, and how much of it has to travel before anyone can read."""

import gzip
import json
import re
import subprocess
from pathlib import Path

import pytest
from justhtml import JustHTML, StrictModeError

from tests.programs import nu_checker
from tests.site.test_pages import build_every_kind
from tests.support import BuiltSite, words

# What the checker's extract has of CSS that it can't read: a function in `@supports`, and
# `::highlight()`.
UNREADABLE = ("em Text Serif}}}", "ighlight(spoken){")
ONE_ROUND_TRIP = 14_600  # bytes: ten TCP segments, what a server may send at first (RFC 6928)
SCRIPTS = 5 * 1024
FONTS = 60 * 1024
LONG = 1_500  # words
SAMPLE = "how-a-therapy-session-works/"


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A site with every kind of page."""
    return build_every_kind(tmp_path_factory.mktemp("html"))


def gzipped(data: bytes) -> int:
    """Return how many bytes travel, at the level that servers use."""
    return len(gzip.compress(data, 6))


def test_an_article_is_there_after_one_round_trip(site: BuiltSite) -> None:
    sizes = {}
    for path in site.pages():
        text = site.page(path).select("main > article .prose")
        if text and (path == SAMPLE or len(words(text[0]).split()) <= LONG):
            sizes[path] = gzipped(site.text(path).encode())
    assert SAMPLE in sizes
    assert max(sizes.values()) <= ONE_ROUND_TRIP, sizes


def test_every_other_page_of_the_sample_is_too(site: BuiltSite) -> None:
    for path in site.pages():
        page = site.page(path)
        if not page.select("main > article"):
            assert gzipped(site.text(path).encode()) <= ONE_ROUND_TRIP, path


def test_nothing_blocks_the_rendering(every_kind: BuiltSite) -> None:
    for path in every_kind.pages():
        page = every_kind.page(path)
        assert page.select("link[rel~=stylesheet]") == [], path
        assert page.select("script:not([defer], [async], [type=module], [type$=json])") == [], path
        assert "@import" not in "".join(style.get_text() for style in page.select("style"))


def test_scripts_are_small(every_kind: BuiltSite) -> None:
    for path in every_kind.pages():
        sources = [
            script["src"].lstrip("/") for script in every_kind.page(path).select("script[src]")
        ]
        scripts = [(every_kind.folder / source).read_bytes() for source in sources]
        assert sum(map(gzipped, scripts)) <= SCRIPTS, path


def test_fonts_are_small_and_ours(site: BuiltSite) -> None:
    fonts = [path for path in site.folder.rglob("*") if re.match(r"\.(woff2?|[ot]tf)", path.suffix)]
    assert fonts
    assert sum(path.stat().st_size for path in fonts) <= FONTS
    assert all(path.read_bytes().startswith(b"wOF2") for path in fonts)
    css = site.page("").style.get_text()
    assert {*re.findall(r"[\w.-]+\.woff2", css)} == {path.name for path in fonts}
    assert css.count("@font-face") == css.count("font-display:optional") + css.count("src:local")


def test_the_first_view_waits_for_no_font(every_kind: BuiltSite) -> None:
    for path in every_kind.pages():
        page = every_kind.page(path)
        assert page.select("link[rel=preload]") == [], path
        css = page.style.get_text()
        # Who is told where a page was opened from begins with the device's letters.
        assert "@supports at-rule(@view-transition){@view-transition{navigation:auto}:root{" in css


def test_scripts_are_asked_for_before_pictures(every_kind: BuiltSite) -> None:
    """So they come on the connection that is there; the picture is the larger part of the view."""
    page = every_kind.page("extra-1/")
    assert page.select("head > script[src*=buttons][defer]")


def test_every_page_parses_without_an_error(every_kind: BuiltSite) -> None:
    faults = {}
    for path in every_kind.pages():
        try:
            JustHTML(every_kind.text(path), strict=True)
        except StrictModeError as error:
            faults[path] = str(error)
    assert faults == {}


def test_the_nu_checker_finds_nothing(every_kind: BuiltSite, tmp_path: Path) -> None:
    checker = nu_checker()
    if checker is None:
        pytest.skip("the Nu HTML checker was not found: python -m tests.programs installs it")
    broken = tmp_path / "broken.html"  # shows that the checker does look
    broken.write_text("<!doctype html><html lang=en><title>A</title><p id=a><b id=a></p>")
    command = [*checker, every_kind.folder, broken]
    done = subprocess.run(command, capture_output=True, check=False)
    found = {broken.name: 0}
    for message in json.loads(done.stdout)["messages"]:
        extract = message.get("extract", "")
        if message["message"] == "CSS: Parse Error." and any(u in extract for u in UNREADABLE):
            continue
        name = broken.name if message["url"].endswith(broken.name) else str(message)
        found[name] = found.get(name, 0) + 1
    assert found.pop(broken.name) > 0
    assert found == {}
