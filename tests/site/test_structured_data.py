"""What search engines and other programs read of a page: schema.org and microformats."""

import importlib
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from insession.content.practice import parse_practice
from tests.site.test_articles import showcase
from tests.support import (
    HER_PRACTICE,
    BuiltSite,
    article,
    build_blog,
    one,
    replace_all,
    words,
)

PRACTICE = replace_all(
    HER_PRACTICE,
    {
        "# portrait = ": "portrait = ",
        "images/portrait.jpg": "images/chairs.png",
        "# profile_url": "profile_url",
        "# address": "address",
        'url = "https://blog.amsel.test"': 'url = "https://amsel.test/blog"',
    },
)
OWNER = parse_practice(PRACTICE, "practice.toml")
HOSTILE = "'</script><!-- <b>&amp; \"{{x}}\" \\u003c'"
ABOUT = """---
title: About
summary: Who writes here.
template: about
modified: 2026-04-05
reviewed: 2026-05-06
---

I do.
"""
Node = dict[str, Any]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A blog in a folder of its host, with everything an article can have, and a hostile title."""
    hostile = article("TITLE", "sources:\n- title: TITLE\n  url: https://example.com/")
    files: dict[str, str | bytes] = showcase() | {
        "practice.toml": PRACTICE,
        "pages/about.md": ABOUT,
        "articles/hostile.md": hostile.replace("TITLE", HOSTILE),
    }
    return build_blog(tmp_path_factory.mktemp("data"), files)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A blog with the least that a practice can say."""
    optional = r"(licence_\w+|pronouns|booking_url|email|hours|\[offer\]\ntitle) = .*\n"
    practice = re.sub(optional, "", PRACTICE.replace("portrait = ", "# portrait = "))
    practice = re.sub(r"url = .*first-session-guide.*\n|address = .*\n", "", practice)
    files: dict[str, str | bytes] = {
        "practice.toml": practice,
        "articles/plain.md": article("Plain", "invitation: none\ncover: none"),
    }
    return build_blog(tmp_path_factory.mktemp("bare"), files)


def graph(page: BeautifulSoup) -> dict[str, Node]:
    """Return the nodes of a page's graph by their types; each page has one graph."""
    data = json.loads(one(page, 'script[type="application/ld+json"]').get_text())
    assert data.keys() == {"@context", "@graph"}
    assert data["@context"] == "https://schema.org"
    nodes = {node["@type"]: node for node in data["@graph"]}
    assert len(nodes) == len(data["@graph"])
    return nodes


def texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of a graph with the name of what it is said of."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from texts(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each, name)
    else:
        yield name, str(value)


def checked(models: Any, value: Any, types: dict[str, str]) -> Any:
    """Return a node as the model of its type, with all in it. Raises ValueError if it doesn't fit.

    `types` are those of what a reference leads to.
    """
    if isinstance(value, list):
        return [checked(models, each, types) for each in value]
    if isinstance(value, dict):
        parts = {name: checked(models, each, types) for name, each in value.items()}
        elsewhere = {} if "#" in parts.get("@id", "#") else {parts["@id"]: "WebPage"}
        kind = parts.pop("@type", None) or (elsewhere | types)[parts["@id"]]
        return getattr(models, kind).model_validate(parts)
    is_day = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    return date.fromisoformat(value) if is_day else value


def graphs(site: BuiltSite) -> dict[str, dict[str, Node]]:
    """Return the graph of each page that has one, by the page's path."""
    pages = {path: site.page(path) for path in site.pages()}
    return {path: graph(page) for path, page in pages.items() if page.select("script[type*=json]")}


def test_each_node_is_what_schema_org_has(built: BuiltSite, bare: BuiltSite) -> None:
    models = importlib.import_module("schema_org")  # which takes seconds to load
    found = [*graphs(built).values(), *graphs(bare).values()]
    types = {node["@id"]: kind for nodes in found for kind, node in nodes.items()}
    different = {json.dumps(node) for nodes in found for node in nodes.values()}
    assert len(different) > 20
    for node in different:
        checked(models, json.loads(node), types)
    for wrong in ({"lastReviewed": "2026-03-04"}, {"author": {"@type": "Place"}}, {"psyche": "x"}):
        with pytest.raises(ValueError, match="BlogPosting"):
            checked(models, {"@type": "BlogPosting"} | wrong, {})


@pytest.mark.parametrize(
    ("path", "kind", "subject"),
    [
        ("", "WebPage", "Blog"),
        ("archive/", "CollectionPage", None),
        ("topic/starting-therapy/", "CollectionPage", None),
        ("tag/silence/", "CollectionPage", None),
        ("about/", "ProfilePage", "Person"),
        ("contact/", "ContactPage", "MedicalBusiness"),
        ("full/", "WebPage", "BlogPosting"),
    ],
)
def test_each_kind_of_page_has_its_type(
    built: BuiltSite, path: str, kind: str, subject: str | None
) -> None:
    nodes = graph(built.page(path))
    node = nodes[kind]
    assert node["@id"] == node["url"] == f"{OWNER.site.url}/{path}"
    assert node["isPartOf"] == {"@id": nodes["Blog"]["@id"]}
    assert node.get("mainEntity") == ({"@id": nodes[subject]["@id"]} if subject else None)
    title = one(built.page(path), "title").get_text().rpartition(" – ")[0]
    assert node["name"] == title
    assert {"Person", "MedicalBusiness", "Blog"} < nodes.keys()


def test_a_page_that_is_no_place_has_none(built: BuiltSite) -> None:
    for path in ("404.html", "413.html", "503.html", ".insession/frame.html"):
        assert "ld+json" not in built.text(path), path


def test_an_article_says_what_its_page_shows(built: BuiltSite) -> None:
    page = built.page("full/")
    nodes = graph(page)
    node, url = nodes["BlogPosting"], f"{OWNER.site.url}/full/"
    assert node["@id"] == f"{url}#article"
    assert node["headline"] == words(one(page, "h1"))
    assert node["description"] == words(one(page, ".standfirst"))
    assert node["datePublished"] == one(page, ".dt-published")["datetime"]
    assert node["dateModified"] == one(page, ".dt-updated")["datetime"]
    assert node["author"] == {"@id": nodes["Person"]["@id"]}
    assert node["isPartOf"] == {"@id": nodes["Blog"]["@id"]}
    assert node["image"] == f"https://amsel.test{one(page, '.cover:is(img), .cover img')['src']}"
    source = one(page, ".sources li a")
    assert node["citation"] == [
        {"@type": "CreativeWork", "name": words(source), "url": source["href"]}
    ]
    one(page, ".prose .content-note").extract()
    counted = re.findall(r"[^\s<>]*\w\S*", re.sub(r"<[^>]*>", " ", str(one(page, ".prose"))))
    assert 0.9 * len(counted) < node["wordCount"] <= len(counted)
    assert "inLanguage" not in node
    assert graph(built.page("spanish/"))["BlogPosting"]["inLanguage"] == "es"


def test_the_page_says_when_and_by_whom_it_was_reviewed_if_that_stands_on_it(
    built: BuiltSite,
) -> None:
    for path, nodes in graphs(built).items():
        shown = [time["datetime"] for time in built.page(path).select(".reviewed time")]
        reviewed = [node for node in nodes.values() if "lastReviewed" in node]
        pages = [node for node in nodes.values() if node["@type"].endswith("Page")]
        said = [
            page[name]
            for page in pages
            for name in ("dateModified", "lastReviewed")
            if name in page
        ]
        assert said == shown, path
        assert all(node["reviewedBy"]["@id"] == nodes["Person"]["@id"] for node in reviewed)
    assert graph(built.page("full/"))["WebPage"]["lastReviewed"] == "2026-05-07"


def test_the_way_to_an_article_leads_over_its_topic(built: BuiltSite) -> None:
    page = built.page("full/")
    steps = graph(page)["WebPage"]["breadcrumb"]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3]
    home, topic, here = steps
    label = one(page, ".article-header .label a")
    assert (home["name"], home["item"]["@id"]) == (OWNER.site.title, f"{OWNER.site.url}/")
    assert (topic["name"], topic["item"]["@id"]) == (
        words(label),
        f"https://amsel.test{label['href']}",
    )
    assert here["name"] == words(one(page, "h1"))
    assert "item" not in here
    topic_page = graph(built.page("topic/starting-therapy/"))["CollectionPage"]
    assert len(topic_page["breadcrumb"]["itemListElement"]) == 2
    assert "breadcrumb" not in graph(built.page(""))["WebPage"]


def test_the_author_has_a_credential_and_a_licence(built: BuiltSite, bare: BuiltSite) -> None:
    person = graph(built.page("full/"))["Person"]
    therapist = OWNER.therapist
    assert (person["name"], person["honorificSuffix"]) == (therapist.name, therapist.credentials)
    assert person["hasCredential"]["name"] == therapist.credentials_spelled_out
    assert person["identifier"]["value"] == therapist.licence_number
    assert person["sameAs"] == therapist.profile_url
    assert person["image"].startswith("https://amsel.test/blog/images/")
    nodes = graph(bare.page("plain/"))
    assert not {"identifier", "image"} & nodes["Person"].keys()
    assert "LocalBusiness" in nodes
    assert "image" not in nodes["BlogPosting"]


def test_only_what_stands_on_the_page_is_said(built: BuiltSite, bare: BuiltSite) -> None:
    named = {"@type", "@id", "@context", "propertyID"}
    for path, site in [*((path, built) for path in graphs(built)), ("", bare), ("plain/", bare)]:
        page = site.page(path)
        data = json.loads(one(page, "script[type*=json]").extract().get_text())
        attributes = " ".join(str(value) for tag in page(True) for value in tag.attrs.values())
        seen = re.sub(r"\s", "", page.get_text() + attributes)
        for name, text in texts(data):
            if name not in named | {"wordCount", "position"}:
                shown = re.sub(r"\s", "", text.removeprefix("https://amsel.test"))
                assert shown in seen, (path, name, text)


def test_nothing_that_stands_in_a_text_ends_the_script(built: BuiltSite) -> None:
    html = built.text("hostile/")
    data = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert "<" not in data
    title = "</script><!-- <b>&amp; “{{x}}” \\u003c"
    assert json.loads(data)["@graph"][1]["headline"] == title


def card(element: Tag) -> dict[str, str]:
    """Return the properties of an h-card by their names."""
    return {
        name: str(each.get("href") or each.get("src") or words(each))
        for each in element.select("[class]")
        for name in each["class"]
        if re.match(r"(p|u|dt|e)-", name)
    }


def test_an_article_is_an_h_entry_by_an_h_card(built: BuiltSite) -> None:
    page = built.page("full/")
    entry = one(page, ".h-entry")
    own = [each for each in entry.select(".p-name") if each.find_parent(class_="h-card") is None]
    assert [words(each) for each in own] == [words(one(page, "h1"))]
    assert words(one(entry, ".p-summary")) == words(one(page, ".standfirst"))
    assert one(entry, ".e-content").select("h2")
    assert one(entry, "time.dt-published") and one(entry, "time.dt-updated")
    assert words(one(entry, ".p-category")) == "Starting therapy"
    assert words(one(entry, ".u-url:not(a)")) == f"{OWNER.site.url}/full/"
    author = card(one(entry, ".p-author.h-card"))
    assert author["p-name"] == OWNER.therapist.name
    assert author["p-note"] == OWNER.therapist.bio
    assert author["u-url"] == OWNER.therapist.profile_url
    assert author["u-photo"].startswith("/blog/images/")


@pytest.mark.parametrize("path", ["", "topic/starting-therapy/", "tag/silence/"])
def test_articles_in_lists_are_h_entries(built: BuiltSite, path: str) -> None:
    entries = built.page(path).select("main .h-entry")
    assert len(entries) >= 2
    for entry in entries:
        known = card(entry)
        assert {"p-name", "u-url", "p-summary", "dt-published"} <= known.keys()
        assert built.has(known["u-url"].removeprefix("/blog/"))


def test_the_contact_page_and_each_footer_have_an_h_card(built: BuiltSite) -> None:
    page = built.page("contact/")
    reach = card(one(page, "main .h-card"))
    assert reach["p-name"] == OWNER.therapist.name
    assert reach["p-tel"] == OWNER.practice.phone.href
    assert reach["u-email"] == f"mailto:{OWNER.practice.email}"
    assert str(OWNER.practice.address) in reach["p-adr"]
    for path in built.pages():
        if cards := built.page(path).select("body > footer .h-card"):
            assert card(cards[0])["u-url"] == OWNER.practice.website
