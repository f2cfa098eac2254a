"""The keys that other programs have in a header, and what they are here.

They are compared in small letters without - and _, as programs differ in that alone. Sources: as in
foreign_header.py, and the themes that are used most (Minimal Mistakes, Chirpy, PaperMod, Hexo's).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

# What stands in our header for each, the first that is there.
NAMES = {
    "title": ("title",),
    "date": (
        *("date", "pubdate", "publishdate", "publisheddate", "publishedat", "published"),
        *("datepublished", "created", "createdat", "datecreated"),
    ),
    "modified": (
        *("modified", "updated", "lastmod", "lastmodified", "lastmodifiedat", "updateddate"),
        *("updatedat", "datemodified", "dateupdated"),
    ),
    "summary": (
        *("summary", "description", "excerpt", "customexcerpt", "metadescription"),
        *("seodescription", "abstract"),
    ),
    "content_note": ("contentnote", "contentwarning", "triggerwarning", "trigger", "cw", "tw"),
    "lang": ("lang", "language", "locale"),
    "slug": ("slug",),
}
TOPICS = ("topic", "topics", "category", "categories")
TAGS = ("tags", "tag", "keywords")
PICTURES = (
    *("cover", "image", "coverimage", "featuredimage", "featuredimg", "featureimage", "heroimage"),
    *("hero", "banner", "thumbnail", "thumb", "overlayimage", "teaser", "ogimage", "socialimage"),
    *("socialcard", "headerimage", "headerimg", "images", "photo", "picture", "img"),
)
ALTS = (
    *("coveralt", "imagealt", "coverimagealt", "featuredimagealt", "heroimagealt", "heroalt"),
    *("featureimagealt", "thumbnailalt", "imagedescription", "overlayimagealt", "alt"),
)
ADDRESSES = ("aliases", "alias", "redirectfrom", "redirects", "permalink", "url", "path")
AUTHORS = ("author", "authors", "byline")
OWN_ADDRESS = ("permalink", "url", "path")
# What says that a text isn't shown ("draft") or not listed ("hidden"), and the answer that does.
SAYS_NO = {
    "draft": ("draft", True),
    "private": ("draft", True),
    "headless": ("draft", True),
    "published": ("draft", False),
    "publish": ("draft", False),
    "render": ("draft", False),
    "hidden": ("hidden", True),
    "unlisted": ("hidden", True),
    "eleventyexcludefromcollections": ("hidden", True),
}
# What told the other program how to draw a text, or where to list it.
DRAWING = frozenset(
    """
    layout type template weight order navorder toc tocsticky showtoc tocopen math mathjax katex
    latex mermaid sitemap sidebar classes authorprofile readtime readingtime showreadingtime
    share related sticky pin pinned featured highlight highlighter linktitle markup
    iscjklanguage outputs translationkey insearchindex insertanchorlinks pagetemplate sortby
    paginateby paginate pagination eleventynavigation eleventycomputed override hidemeta
    searchhidden showbreadcrumbs showpostnavlinks showsharebuttons showcodecopybuttons
    usehugotoc hidesummary searchable excerptseparator outdated css js style scripts header
    footer menu parent nav navigation section comment commentable showdate showauthor
    showcomments showrelated showhero disableshare hidecomments robotsnoindex disablehljs
    editpost cascade resources top swiper swiperindex toccollapse generator wordpressid guid
    uuid minute words wordcount
    """.split()
)
TABLES = {"taxonomies", "extra", "params", "header", "seo", "taxonomy", "data", "meta"}


class HeaderEntry(NamedTuple):
    """One key: how it is written (“extra.subtitle”), how it is compared, its value."""

    key: str
    name: str
    value: Any


def same_key(key: str) -> str:
    """Return a key as keys are compared."""
    return re.sub(r"[-_ ]", "", key).lower()


def entries(data: Mapping[str, Any], above: str = "") -> Iterator[HeaderEntry]:
    """Yield the keys; those in known tables as if they stood at the top."""
    for key, value in data.items():
        name = same_key(key)
        if isinstance(value, dict) and name in TABLES:
            yield from entries(value, f"{above}{key}.")
        elif isinstance(value, dict) and name in PICTURES:
            for part, each in value.items():
                is_alt = same_key(part) in {"alt", "alttext", "description"}
                is_path = same_key(part) in {"path", "src", "url", "image", "file", "feature"}
                kind = "imagealt" if is_alt else "image" if is_path else f"{name}{same_key(part)}"
                yield HeaderEntry(f"{above}{key}.{part}", kind, each)
        else:
            yield HeaderEntry(f"{above}{key}", name, value)
