"""Structured data: who speaks on a page, and of what, for search engines (https://schema.org/).

Gives the templates the function `structured_data`, which returns one JSON-LD graph for a page. It
says nothing that doesn't stand on the page. `reviewedBy` and `lastReviewed` belong to the page, and
not to the article on it; there is no type for a psychologist. Why these types:
docs/decisions/0016-schema-org-types.md
"""

import json
from collections.abc import Callable
from datetime import datetime
from functools import cache, partial
from typing import Any, NamedTuple

from markupsafe import Markup
from pelican import signals
from pelican.contents import Article, Content
from pelican.generators import Generator
from pelican.urlwrappers import Category

from insession.content.practice import PracticeFile

Node = dict[str, Any]
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
KINDS = {"contact": "ContactPage", "about": "ProfilePage"}  # of a page, by its template


class Mentions(NamedTuple):
    """What a page shows of the author and the practice."""

    is_front: bool
    is_article: bool
    is_contact: bool
    has_invitation: bool


def structured_data(
    file: PracticeFile,
    around: Callable[[Mentions], str],
    path: str,
    title: Markup,
    text: Content | None,
    topic: Category | None,
) -> Markup:
    """Return the graph of the page at `path`, as it stands in a <script>, which may hold no “<”.

    `around` gives what many pages say alike. `text` is the article or page that it is there for,
    `topic` the one whose list it is.
    """
    article = text if isinstance(text, Article) else None
    shown = Mentions(
        is_front=not path,
        is_article=bool(article),
        is_contact=getattr(text, "template", "") == "contact",
        has_invitation=bool(article) and getattr(article, "invitation", "") != "none",
    )
    nodes = [_page(file, path, str(title.unescape()), text, topic)]
    if article:
        nodes.append(_article(file, article))
    graph = f"{_encode(nodes)},{around(shown)}"
    return Markup(f'{{"@context":"https://schema.org","@graph":[{graph}]}}')  # noqa: S704


def _encode(nodes: list[Node]) -> str:
    """Return the nodes as they stand in a list."""
    return ENCODER.encode([*map(_filled, nodes)])[1:-1].replace("<", "\\u003c")


def say_alike(file: PracticeFile, portrait: str, shown: Mentions) -> str:
    """Return the nodes that are the same on all pages that show the same of them."""
    return _encode([_author(file, portrait, shown), _practice(file, shown), _blog(file, shown)])


def _page(
    file: PracticeFile, path: str, title: str, text: Content | None, topic: Category | None
) -> Node:
    url, template = f"{file.site.url}/{path}", getattr(text, "template", "")
    kind = KINDS.get(template, "WebPage") if text or not path else "CollectionPage"
    about = {"contact": "practice", "about": "author", "": "" if path else "blog"}.get(template)
    subject = f"{url}#article" if isinstance(text, Article) else _id(file, about) if about else ""
    reviewed, modified = getattr(text, "reviewed", None), getattr(text, "modified", None)
    if isinstance(text, Article):
        modified = None  # which is said of the article
    return {
        "@type": kind,
        "@id": url,
        "url": url,
        "name": title,
        "isPartOf": {"@id": _id(file, "blog")},
        "mainEntity": {"@id": subject} if subject else None,
        "dateModified": _day(modified) if modified else None,
        "lastReviewed": _day(reviewed) if reviewed else None,
        "reviewedBy": {"@id": _id(file, "author")} if reviewed else None,
        "breadcrumb": _breadcrumb(file, title, text, topic),
    }


def _breadcrumb(
    file: PracticeFile, title: str, text: Content | None, topic: Category | None
) -> Node | None:
    """The way from the front page, where the page itself shows one: over a topic, or to it."""
    if not isinstance(text, Article) and not topic:
        return None
    steps = [(file.site.title, f"{file.site.url}/")]
    if isinstance(text, Article):
        steps.append((text.category.name, f"{file.site.url}/{text.category.url}"))
    steps.append((title, ""))  # the last is the page itself
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name}
            | ({"item": {"@id": url}} if url else {})
            for place, (name, url) in enumerate(steps, 1)
        ],
    }


def _article(file: PracticeFile, article: Article) -> Node:
    url, modified = f"{file.site.url}/{article.url}", getattr(article, "modified", None)
    return {
        "@type": "BlogPosting",
        "@id": f"{url}#article",
        "headline": article.title,
        "inLanguage": _language(file, article),
        "description": article.summary,
        "datePublished": _day(article.date),
        "dateModified": _day(modified) if modified else None,
        "author": {"@id": _id(file, "author")},
        "wordCount": article.word_count,
        "image": _image(file, article),
        "audio": _audio(file, article),
        "citation": [
            {"@type": "CreativeWork", "name": source["title"], "url": source["url"]}
            for source in article.sources
        ],
        "isPartOf": {"@id": _id(file, "blog")},
    }


def _image(file: PracticeFile, article: Article) -> str | None:
    """The address of the picture above the text."""
    if picture := getattr(article, "cover_picture", None):
        return _absolute(file, picture)
    return f"{file.site.url}/{article.art['day']}" if article.art else None


def _audio(file: PracticeFile, article: Article) -> Node | None:
    if recording := getattr(article, "recording", None):
        url = f"{file.site.url}/{recording['path']}"
        return {"@type": "AudioObject", "contentUrl": url, "encodingFormat": recording["type"]}
    return None


def _author(file: PracticeFile, portrait: str, shown: Mentions) -> Node:
    """Who writes. The footer of each page has name, credential and licence; an article has more."""
    therapist = file.therapist
    licence = therapist.licence_number
    node: Node = {
        "@type": "Person",
        "@id": _id(file, "author"),
        "name": therapist.name,
        "honorificSuffix": therapist.credentials,
        "hasCredential": {
            "@type": "EducationalOccupationalCredential",
            "name": therapist.credentials_spelled_out,
        },
        "identifier": {"@type": "PropertyValue", "propertyID": "license", "value": licence}
        if licence
        else None,
        "worksFor": {"@id": _id(file, "practice")},
    }
    if shown.is_article:
        node["image"] = portrait
        node["sameAs"] = therapist.profile_url
    return node


def _practice(file: PracticeFile, shown: Mentions) -> Node:
    """Where she works: with a licence it is a medical business. Pages show more of it or less."""
    practice = file.practice
    node: Node = {
        "@type": "MedicalBusiness" if file.therapist.licence_number else "LocalBusiness",
        "@id": _id(file, "practice"),
        "name": file.therapist.name,
        "url": practice.website,
    }
    if shown.is_contact or shown.has_invitation:
        node["telephone"] = str(practice.phone)
    if shown.is_contact or shown.is_front:
        address = {"@type": "PostalAddress", "addressLocality": practice.area}
        street = practice.address if shown.is_contact else None
        node["address"] = _filled(address | {"streetAddress": street})
    if shown.is_contact:
        node["email"] = practice.email
    return node


def _blog(file: PracticeFile, shown: Mentions) -> Node:
    node: Node = {
        "@type": "Blog",
        "@id": _id(file, "blog"),
        "name": file.site.title,
        "url": f"{file.site.url}/",
    }
    if shown.is_front:
        node |= {
            "description": file.site.tagline,
            "inLanguage": file.site.language,
            "author": {"@id": _id(file, "author")},
        }
    return node


def _day(moment: datetime) -> str:
    return moment.date().isoformat()  # strftime of Pelican's dates takes ten times as long


def _id(file: PracticeFile, thing: str) -> str:
    return f"{file.site.url}/#{thing}"


def _absolute(file: PracticeFile, picture: dict[str, str]) -> str:
    return file.site.url.removesuffix(file.site.base_path) + picture["url"]


def _language(file: PracticeFile, article: Article) -> str | None:
    """The language of an article where it isn't the blog's."""
    return article.lang if article.lang != file.site.language.lower() else None


def _filled(node: Node) -> Node:
    """Return the node without what there is nothing to say of."""
    return {name: value for name, value in node.items() if value}


def offer_structured_data(generator: Generator) -> None:
    """Give the templates of a generator the function."""
    file = generator.settings["PRACTICE"]

    @cache
    def around(shown: Mentions) -> str:
        picture = generator.context["PORTRAIT"]
        return say_alike(file, _absolute(file, picture) if picture else "", shown)

    generator.env.globals["structured_data"] = partial(structured_data, file, around)


def register() -> None:
    """Connect to Pelican."""
    signals.generator_init.connect(offer_structured_data)
