"""The page kinds that the browser looks at, and the blogs that have them.

`sample` is the blog as it is in content/. `crowded` holds what strains a layout, with more
articles than fit on one page. `empty` has no article, and a practice that leaves out all it may.
"""

import re
from fnmatch import fnmatch
from io import BytesIO
from typing import NamedTuple

from bs4 import BeautifulSoup
from PIL import Image

from tests.support import PRACTICE, BuiltSite, article

WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"  # 63 letters
PARAGRAPH = "Some weeks there is much to say, and in others only little; both are welcome. " * 8
ALL_SORTS = f"""{PARAGRAPH}

## A heading of the second rank, with `code` in it

{PARAGRAPH}[^one]

### A third

- a list
- with [a link](https://www.example.org/a/rather/long/address/that/goes/on/and/on/to/the/end/)
    1. and a list
    2. in it

#### A fourth

> A quotation, [with a link](https://www.example.org/) in it.

| What | Where | When | How long | How much | By whom | And then |
|:-----|:-----:|-----:|----------|----------|---------|----------|
| [A first session](https://www.example.org/) | Room | Monday | 50 | $150 | anyone | {WORD} |

```
a line of code that is a good deal longer than any window of a telephone is wide, and goes on
```

![A field.](../images/field.png "A field, with a caption.")

A term
:   What it means.

***

<{"https://www.example.org/" + "address/" * 12}>

[^one]: A note, [with a link](https://www.example.org/).
"""
ARABIC = "قد يكون الصمت في الجلسة مريحًا أو ثقيلًا، وكلاهما يستحق أن نلتفت إليه معًا. " * 12
SENTENCE = "A word of warning about what follows, in one sentence."


class Kind(NamedTuple):
    """A kind of page: the blog, the path (with * for any) and what the page must show."""

    blog: str
    path: str
    showing: str = "body"

    def find(self, site: BuiltSite) -> str:
        """The path of the longest page of this kind; a path without * need not exist."""
        if "*" not in self.path:
            return self.path
        pages = [(path, site.text(path)) for path in site.pages() if fnmatch(path, self.path)]
        found = [
            (len(text), path)
            for path, text in pages
            if BeautifulSoup(text, "html.parser").select_one(self.showing)
        ]
        return max(found)[1]


KINDS = {
    "front page": Kind("sample", ""),
    "article": Kind("sample", "*/", ".article-header"),
    "page": Kind("sample", "*/", ".frame-inner > .page-header + .prose:nth-last-child(-n + 2)"),
    "contact page": Kind("sample", "*/", ".reach"),
    "how to follow": Kind("sample", "*/", ".feeds"),
    "topic": Kind("sample", "topic/*/"),
    "tag": Kind("sample", "tag/*/"),
    "archive": Kind("sample", "archive/"),
    "search": Kind("sample", "search/"),
    "glossary": Kind("sample", "glossary/"),
    "part of a series": Kind("sample", "*/", ".series"),
    "article to leave at once": Kind("sample", "*/", ".quick-exit"),
    "missing page": Kind("sample", "there/is/no/such-page/"),
    "second page": Kind("crowded", "page/2/"),
    "second page of a tag": Kind("crowded", "tag/*/page/2/"),
    "crowded front page": Kind("crowded", ""),
    "crowded archive": Kind("crowded", "archive/"),
    "crowded glossary": Kind("crowded", "glossary/"),
    "crowded search": Kind("crowded", "search/"),
    "article with all sorts": Kind("crowded", "all-sorts/"),
    "article with a long word": Kind("crowded", "long-word/"),
    "article of a few words": Kind("crowded", "short/"),
    "article in Arabic": Kind("crowded", "arabic/"),
    "empty front page": Kind("empty", ""),
    "empty archive": Kind("empty", "archive/"),
    "empty search": Kind("empty", "search/"),
    "bare contact page": Kind("empty", "contact/"),
}


def field() -> bytes:
    """A picture, wider than any text."""
    file = BytesIO()
    Image.new("RGB", (1600, 900), "#8a9a80").save(file, "PNG")
    return file.getvalue()


def crowded() -> dict[str, str | bytes]:
    """The files of the blog that strains a layout."""
    more = f"content_note: {SENTENCE}\ncover: images/field.png\ncover_alt: A field."
    more += "\nsources:\n- title: A source\n  url: https://www.example.org/"
    bare = "invitation: none\nperspective: none\ncomments: off"
    long_word = article(WORD, body=f"{WORD} {PARAGRAPH}{WORD}").replace("silence", WORD)
    long_word = long_word.replace("Starting therapy", WORD).replace("A short", WORD)
    title = "A title of a hundred and twenty letters, which is about as long as anybody would "
    files: dict[str, str | bytes] = {
        "articles/all-sorts.md": article(f"{title}want to have one", more, ALL_SORTS).replace(
            "2026-03-04", "2026-03-05"
        ),
        "articles/long-word.md": long_word,
        "articles/short.md": article("Short", bare, "A few words."),
        "articles/arabic.md": article("عن الصمت", "lang: ar", ARABIC),
        "glossary.toml": f"['{WORD}']\nmeaning = '{WORD} {PARAGRAPH}'\n[ego]\nmeaning = 'I.'\n",
        "topics.toml": f'"{WORD}" = "{WORD}"\n',
        "pages/long.md": _page(WORD, "menu: 1"),
        "images/field.png": field(),
    }
    files["practice.toml"] = re.sub("# (portrait = ).*", r'\1"images/field.png"', PRACTICE)
    return files | {f"articles/filler-{n}.md": article(f"Filler {n}") for n in range(24)}


def empty() -> dict[str, str | bytes]:
    """The files of the blog without articles, of a practice that says only what it must."""
    optional = r"(licence_\w+|pronouns|booking_url|email|hours|\[offer\]\ntitle) = .*\n"
    practice = re.sub(optional, "", PRACTICE)
    practice = re.sub(r"url = .*first-session-guide.*\n", "", practice)
    practice = practice.replace("accepting_clients = true", "accepting_clients = false")
    return {
        "practice.toml": practice,
        "pages/contact.md": _page("Contact", "template: contact\nmenu: 1"),
    }


def _page(title: str, more: str) -> str:
    return f"---\ntitle: {title}\nsummary: A summary of it.\n{more}\n---\n\n{PARAGRAPH}{title}\n"
