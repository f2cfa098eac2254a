"""Headers of other programs say the same in ours, and what was hidden stays hidden."""

from typing import Any

import pytest

from insession.content.foreign_header import read_foreign
from insession.content.front_matter import ArticleHeader, Header, PageHeader, parse
from insession.content.text_file import find_texts
from insession.content.translate_header import Translation, translate
from tests.support import ROOT

JEKYLL = """---
layout: post
title: A title
date: 2024-03-04 13:45:05 -0600
categories: therapy anxiety
tags: [Silence, "first session", therapy]
description: A short summary of what this is about.
published: false
author: Jane
image: /assets/x.jpg
permalink: /blog/:year/:title/
redirect_from:
  - /old/one
  - /old/two.html
toc: true
subtitle: In her words
---

Words.
"""
HUGO = """+++
title = "A title"
date = 2024-03-04T10:00:00-05:00
draft = true
lastmod = 2024-03-05
categories = ["Starting therapy", "Anxiety"]
tags = ["a", "b"]
aliases = ["/posts/old/"]
slug = "My_Slug"
[cover]
image = "img/x.png"
alt = "A window"
[params]
toc = true
+++

Words.
"""
ZOLA = """+++
title = "A title"
description = "A summary."
date = 2024-03-04
updated = 2024-03-09
path = "blog/why"
[taxonomies]
tags = ["x"]
categories = ["Anger"]
[extra]
image = "a.png"
+++
Words.
"""
HUGO_JSON = """{
  "title": "A title", "date": "2024-03-04", "draft": false,
  "tags": ["x"], "categories": ["Anger"], "weight": 3
}

Words.
"""


def translated(text: str, stem: str = "a", *, page: bool = False, author: str = "") -> Translation:
    header = read_foreign(text)
    assert header
    assert header.body.strip() == "Words."
    schema = PageHeader if page else ArticleHeader
    return translate(header.data, schema.model_fields, stem, author)


def yaml(rows: str, stem: str = "a", **others: Any) -> Translation:
    return translated(f"---\n{rows}\n---\n\nWords.\n", stem, **others)


def test_a_header_of_jekyll_says_the_same() -> None:
    made = translated(JEKYLL, "2024-03-04-a-title")
    assert made.fields == {
        "title": "A title",
        "date": "2024-03-04 13:45:05-06:00",
        "topic": "therapy",
        "tags": ["anxiety", "Silence", "first session"],
        "summary": "A short summary of what this is about.",
        "status": "draft",
        "slug": "a-title",
    }
    assert made.kept == {"author": "Jane", "image": "/assets/x.jpg", "subtitle": "In her words"}
    assert made.old_addresses == ["/old/one/", "/old/two.html"]
    assert (made.picture, made.picture_alt) == ("/assets/x.jpg", "")
    assert made.gone == ["redirect_from", "permalink", "layout", "toc"]
    assert "cover: images/x.jpg" in made.remarks[0]


def test_a_header_of_hugo_says_the_same() -> None:
    made = translated(HUGO)
    assert made.fields == {
        "title": "A title",
        "date": "2024-03-04 10:00:00-05:00",
        "modified": "2024-03-05",
        "topic": "Starting therapy",
        "tags": ["Anxiety", "a", "b"],
        "status": "draft",
        "slug": "my-slug",
        "cover": "images/x.png",
        "cover_alt": "A window",
    }
    assert made.origin["cover_alt"] == "cover.alt"
    assert (made.old_addresses, made.kept, made.remarks) == (["/posts/old/"], {}, [])


def test_headers_of_zola_and_in_json_say_the_same() -> None:
    made = translated(ZOLA)
    assert made.fields == {
        "title": "A title",
        "date": "2024-03-04",
        "modified": "2024-03-09",
        "topic": "Anger",
        "tags": ["x"],
        "summary": "A summary.",
        "slug": "why",
    }
    assert (made.old_addresses, made.picture) == (["/blog/why/"], "a.png")
    assert translated(HUGO_JSON).fields == {
        "title": "A title",
        "date": "2024-03-04",
        "topic": "Anger",
        "tags": ["x"],
    }


def test_each_key_has_its_line_in_the_file() -> None:
    header = read_foreign(f"\n{HUGO}")
    assert header
    assert [header.line(key) for key in ("title", "draft", "toc")] == [3, 5, 15]


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ("draft: true", "draft"),
        ("draft: yes", "draft"),
        ("draft: perhaps", "draft"),
        ("published: false", "draft"),
        ("published: no", "draft"),
        ("private: true", "draft"),
        ("headless: true", "draft"),
        ("render: false", "draft"),
        ("permalink: false", "draft"),
        ("password: secret", "draft"),
        ("visibility: members", "draft"),
        ("expiryDate: 2025-01-01", "draft"),
        ("build: {render: never}", "draft"),
        ("_build: {list: never}", "hidden"),
        ("unlisted: true", "hidden"),
        ("status: published\ndraft: true", "draft"),
        ("status: Draft", "draft"),
        ("status: drfat\ndraft: false", "drfat"),
        ("hidden: true\ndraft: true", "draft"),
        ("draft: false", None),
        ("draft:", None),
        ("published: true", None),
        ("published: 2024-03-04", None),
        ("visibility: public", None),
    ],
)
def test_what_was_kept_back_is_a_draft(rows: str, status: str | None) -> None:
    assert yaml(f"title: T\n{rows}").fields.get("status") == status


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        ("category: Starting therapy", {"topic": "Starting therapy"}),
        ("categories: [A, B]\ntags: c", {"topic": "A", "tags": ["B", "c"]}),
        ("topic: A\ncategories: [a, B]", {"topic": "A", "tags": ["B"]}),
        ("categories: [Uncategorized, B]", {"topic": "B"}),
        ("layout: x\ntags: [posts, A]", {"tags": ["A"]}),
        ("tags: first session", {"tags": ["first session"]}),
        ("tags: a, b", {"tags": ["a", "b"]}),
        ("layout: post\ntags: a b", {"tags": ["a", "b"]}),
        ("pubDate: Mar 4 2024", {"date": "2024-03-04"}),
        ("date: 2024-03-04\npublishDate: 2024-05-01", {"date": "2024-05-01"}),
        ("date: 03/04/2024\ndraft: false", {"date": "03/04/2024"}),
        ("comments: false", {"comments": "off"}),
        ("comments: true", {}),
        ("series: [One]", {"series": "One"}),
        ("language: en_US", {"lang": "en-US"}),
        ("Title: T", {"title": "T"}),
        ("url: /blog/Why%20silence.html", {"slug": "why-20silence"}),
        ("menu: main\nlayout: x", {}),
        (
            "cover: images/a.jpg\ncover_alt: B\nlayout: x",
            {"cover": "images/a.jpg", "cover_alt": "B"},
        ),
        ("trigger_warning: Loss.", {"content_note": "Loss."}),
    ],
)
def test_a_key_becomes_ours(rows: str, fields: dict[str, Any]) -> None:
    made = yaml(rows)
    assert made.is_foreign
    assert made.fields == fields


def test_a_file_that_jekyll_named_gives_its_day_and_its_slug() -> None:
    made = yaml("title: T\nlayout: post", "2024-03-04-on-silence")
    assert made.fields == {"title": "T", "date": "2024-03-04", "slug": "on-silence"}
    assert made.origin["slug"] == ""


def test_a_slip_of_the_pen_stays_to_be_asked_about_and_what_is_hers_is_kept() -> None:
    made = yaml("sumary: S\nmood: calm\nlayout: post\nshowThis: true")
    assert made.fields == {"sumary": "S"}
    assert made.kept == {"mood": "calm"}
    assert "showThis" in made.gone


def test_a_header_that_is_ours_but_for_unknown_keys_is_not_anothers() -> None:
    made = yaml("title: T\nmood: calm\ntags:\nsummary:\ndate: March")
    assert not made.is_foreign
    assert made.fields["mood"] == "calm"


@pytest.mark.parametrize("schema", [ArticleHeader, PageHeader])
def test_every_key_of_ours_stays_in_a_header_that_has_others(schema: type[Header]) -> None:
    data: dict[str, Any] = dict.fromkeys(schema.model_fields, "2026-03-04") | {
        "cover": "none",
        "menu": "2",
    }
    data |= {
        "tags": ["a"],
        "sources": [{"title": "T", "url": "U"}],
        "lang": "en",
        "status": "draft",
    }
    data = {key: value for key, value in data.items() if key in schema.model_fields}
    made = translate(data | {"layout": "post"}, schema.model_fields)
    assert made.fields == data
    assert made.gone == ["layout"]


def test_a_byline_of_her_own_goes_and_another_name_is_kept() -> None:
    assert yaml("author: Ruth Amsel", author="ruth amsel").kept == {}
    assert yaml("authors: [{name: Jo}, Al]", author="Ruth Amsel").kept == {"authors": "Jo, Al"}


def test_a_page_has_no_day_and_no_topic() -> None:
    made = yaml("title: T\ndate: 2024-03-04\ncategory: A\nmenu: 2", page=True)
    assert made.fields == {"title": "T", "menu": "2"}
    assert made.kept == {"date": "2024-03-04", "category": "A"}


@pytest.mark.parametrize("folder", ["articles", "pages"])
def test_a_header_of_ours_is_left_as_it_is(folder: str) -> None:
    schema = ArticleHeader if folder == "articles" else PageHeader
    for path in find_texts(ROOT / "content", folder):
        header = read_foreign(path.read_text(encoding="utf-8"))
        assert header
        made = translate(header.data, schema.model_fields, path.stem)
        assert not made.is_foreign
        assert made.fields == header.data
        parse(path.read_text(encoding="utf-8"), path.name, schema)


@pytest.mark.parametrize(
    "text",
    [
        "Words.\n",
        "---\ntitle: never closed\n",
        "+++\ntitle = never\n+++\n",
        "{% raw %}\n",
        "{" * 5000,
        "---\n" + "[" * 3000 + "\n---\n",
        "---\n- a\n---\n",
        "---\na: *b\n---\n",
        "---js\n{}\n---\n",
        "",
    ],
)
def test_what_is_no_header_is_none(text: str) -> None:
    assert read_foreign(text) is None


def test_a_comment_behind_a_title_is_one_as_it_was_in_the_old_blog() -> None:
    header = read_foreign("---\ntitle: A title # not yet\nlayout: post\n---\nWords.\n")
    assert header
    assert header.data == {"title": "A title", "layout": "post"}
