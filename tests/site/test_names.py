"""Who she is stands in one place: another therapist's details change every page, feed and card."""

import re
import tomllib
from pathlib import Path
from urllib.parse import quote, urlsplit

import feedparser
import phonenumbers
import pytest
import vobject

from insession.content.practice import PracticeFile, read_practice
from tests.site.test_articles import picture
from tests.support import ROOT, BuiltSite, article, build_content, words, write_content

SAMPLE = ROOT / "content" / "practice.toml"
OTHER = """
[site]
title = "The Blue Door"
tagline = "Letters from a consulting room."
url = "https://example.net/blog"
language = "en-GB"
timezone = "Europe/London"

[therapist]
name = "Ines Adair-Müller"
credentials = "LCSW"
credentials_spelled_out = "licensed clinical social worker"
licence_number = "73-9184"
licence_state = "Maine"
approach = "relational"
pronouns = "they/them"
portrait = "images/portrait.png"
bio = "I see couples by the sea."
profile_url = "https://directory.example.net/ines"

[practice]
area = "Portland, ME"
phone = "+12075550123"
website = "https://rooms.example.net"
contact_url = "https://rooms.example.net/write"
booking_url = "https://rooms.example.net/times"
email = "ines@rooms.example.net"
address = "9 Harbor Lane"
hours = "Fridays, noon to 8 pm"
invitation = "Ring me on any Friday."
accepting_clients = true

[offer]
title = "A letter on quarrels"
url = "https://rooms.example.net/quarrels"

[crisis]
emergency = "112"

[[crisis.lines]]
label = "Samaritans"
call = "116 123"
chat = "https://listeners.example.net/chat"

[[crisis.lines]]
label = "Shout"
text = "85258"

[articles]
share_request = "Hand this on."
comments_request = "Write back to me."
"""
OURS = ("theme", "insession", "content", "pelicanconf.py", "publishconf.py", "tasks.py")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The sample blog with another therapist's practice.toml and one more article."""
    folder = tmp_path_factory.mktemp("names")
    files: dict[str, str | bytes] = {
        path.relative_to(ROOT / "content").as_posix(): path.read_bytes()
        for path in (ROOT / "content").rglob("*")
        if path.is_file()
    }
    files["practice.toml"] = OTHER
    files["articles/another.md"] = article("Another", body="Call {practice.phone}.")
    files["images/portrait.png"] = picture()
    return build_content(write_content(folder, files), folder / "output")


def others_details() -> PracticeFile:
    """Return the other therapist's details as typed objects."""
    return PracticeFile.model_validate(tomllib.loads(OTHER))


def phone_pattern(phone: str) -> str:
    """Return a pattern for the number in every way of writing it."""
    return r"\D{0,3}".join(str(phonenumbers.parse(phone).national_number))


def values(file: PracticeFile) -> dict[str, str]:
    """Return a pattern for each thing that says who she is, by what it is."""
    hosts = [file.site.url, file.practice.website, file.practice.contact_url]
    hosts += [file.practice.booking_url or "", file.therapist.profile_url or ""]
    hosts += [file.offer.url if file.offer else "", f"//{file.practice.email or ''}"]
    therapist, practice = file.therapist, file.practice
    said = {
        "name": therapist.name,
        "credential": therapist.credentials,
        "licence": therapist.licence_number,
        "bio": therapist.bio,
        "site": file.site.title,
        "tagline": file.site.tagline,
        "area": practice.area,
        "invitation": practice.invitation,
        "offer": file.offer and file.offer.title,
        "share request": file.articles.share_request,
        "comments request": file.articles.comments_request,
    }
    found = {
        what: rf"\b(?:{re.escape(text)}|{re.escape(quote(text))})(?!\w)"
        for what, text in said.items()
        if text
    }
    spelled_out = re.escape(therapist.credentials_spelled_out)
    found |= {"phone": phone_pattern(practice.phone), "spelled out": f"(?i:{spelled_out})"}
    named = {urlsplit(host).hostname or "" for host in hosts} - {""}
    return found | {f"host {host}": f"(?i:{re.escape(host)})" for host in named}


def found_in(folder: Path, wanted: dict[str, str]) -> list[str]:
    """Return what of these patterns stands in which file of the folder (or in the file)."""
    paths = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    return [
        f"{path.relative_to(folder.parent).as_posix()}: {what}"
        for path in paths
        if path.is_file() and path.suffix != ".pyc" and path != SAMPLE
        for what, pattern in wanted.items()
        if re.search(pattern.encode(), path.read_bytes())
    ]


def test_nothing_of_the_old_therapist_is_left_in_the_output(other: BuiltSite) -> None:
    old, new = values(read_practice(SAMPLE)), values(others_details())
    kept = {what for what in old if old[what] == new.get(what)}
    wanted = {what: pattern for what, pattern in old.items() if what not in kept}
    assert "phone" in wanted and "name" in wanted
    assert found_in(other.folder, wanted) == []


@pytest.mark.parametrize("place", OURS)
def test_who_she_is_stands_nowhere_but_in_practice_toml(place: str) -> None:
    assert found_in(ROOT / place, values(read_practice(SAMPLE))) == []


def test_the_patterns_find_what_they_look_for(other: BuiltSite) -> None:
    wanted = values(others_details())
    found = {line.partition(": ")[2] for line in found_in(other.folder, wanted)}
    assert found == wanted.keys()
    for written in ("207.555.0123", "(207) 555-0123", "207-5550123", "+12075550123"):
        assert re.search(phone_pattern("+12075550123"), written)


def test_every_page_says_who_the_new_therapist_is(other: BuiltSite) -> None:
    for path in other.pages():
        page = other.page(path)
        assert "The Blue Door" in words(page.select("body > header")[0])
        footer = page.select("body > footer")[0]
        assert "Ines Adair-Müller, LCSW" in words(footer)
        assert "73-9184" in words(footer) and "Maine" in words(footer)
        links = [a["href"] for a in footer.select(".crisis a")]
        chat = "https://listeners.example.net/chat"
        assert links == ["tel:116123", chat, "sms:85258", "tel:112"]
        assert "The Blue Door" in page.title.get_text()
        assert page.select('meta[property="og:site_name"]')[0]["content"] == "The Blue Door"


def test_every_article_ends_with_the_new_therapists_words(other: BuiltSite) -> None:
    articles = [
        page for path in other.pages() if (page := other.page(path)).select("main > article")
    ]
    assert len(articles) > 1
    for page in articles:
        end = words(page.select(".article-end")[0])
        for said in ("relational therapy", "Ring me on any Friday.", "Hand this on."):
            assert said in end
        for said in ("Ines Adair-Müller", "they/them", "I see couples by the sea."):
            assert said in end
        links = {a["href"] for a in page.select(".article-end a")}
        offer, profile = "https://rooms.example.net/quarrels", "https://directory.example.net/ines"
        assert {"tel:+12075550123", offer, profile, "/blog/contact/"} <= links
        assert "licensed clinical social worker" in words(page.select(".author")[0])
        portrait = page.select(".author img.portrait")[0]
        assert portrait["src"] == "/blog/images/portrait.png"
        assert "Write back to me." in end
    text = other.page("another/").select(".prose a[href^='tel:']")[0]
    assert (text["href"], text.get_text()) == ("tel:+12075550123", "+1 207-555-0123")


def test_the_contact_page_and_card_follow(other: BuiltSite) -> None:
    page = other.page("contact/")
    said = words(page.select("main")[0])
    for wanted in ("+1 207-555-0123", "9 Harbor Lane", "Portland, ME", "Fridays, noon to 8 pm"):
        assert wanted in said
    links = {a["href"] for a in page.select("main a")}
    out = {f"https://rooms.example.net{path}" for path in ("", "/write", "/times")}
    assert out | {"tel:+12075550123", "mailto:ines@rooms.example.net"} <= links
    card = vobject.readOne(other.text("contact.vcf"))
    assert card.tel.value == "+12075550123"
    assert card.fn.value.startswith("Ines Adair-Müller")


def test_every_feed_follows(other: BuiltSite) -> None:
    feeds = [*(other.folder / "feeds").rglob("*.xml")]
    assert len(feeds) >= 3
    for path in feeds:
        read = feedparser.parse(path.read_bytes(), sanitize_html=False)
        assert "The Blue Door" in read.feed.title or "comments" in str(path)
        if "comments" not in str(path):
            assert read.feed.subtitle == "Letters from a consulting room."
        assert read.feed.language.lower() == "en-gb"
        for entry in read.entries:
            assert entry.author == "Ines Adair-Müller, LCSW"
            assert entry.link.startswith("https://example.net/blog/")
            assert "Ring me on any Friday." in entry.content[0].value
            assert "sms:85258" in entry.content[0].value


def test_a_blog_below_a_path_keeps_all_of_its_addresses_below_it(other: BuiltSite) -> None:
    for path in other.pages():
        page = other.page(path)
        local = [
            element[name]
            for name in ("href", "src", "srcset", "poster")
            for element in page.select(f"[{name}]")
            if not re.match(r"[a-z]+:|#", element[name])
        ]
        css = re.findall(r"url\(['\"]?([^)'\"]+)", page.select("style")[0].get_text())
        assert css
        assert not [address for address in local + css if not address.startswith("/blog/")], path
        for address in local + css:
            assert other.has(address.removeprefix("/blog/").partition("#")[0]), f"{path}: {address}"
        absolute = [str(e["href"]) for e in page.select("[href^='https://example.net']")]
        assert not [a for a in absolute if not a.startswith("https://example.net/blog/")], path
    assert "Sitemap: https://example.net/blog/sitemap.xml" in other.text("robots.txt")
    assert other.text("sitemap.xml").count("<loc>https://example.net/blog/") > 5
