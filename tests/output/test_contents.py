"""Links are resolved quickly where they are plain, and always to what Pelican makes of them."""

from types import SimpleNamespace
from typing import Any

import pytest
from pelican import contents
from pelican.settings import DEFAULT_CONFIG

from insession.output.contents import Article

CONTEXT: dict[str, Any] = {
    "generated_content": {"articles/end.md": SimpleNamespace(url="end/")},
    "static_content": {"images/a.png": SimpleNamespace(url="images/a.png")},
}
PLAIN = [
    "<p>No link at all.</p>",
    '<p><a href="{filename}/articles/end.md">the end</a> and <a href="/archive/">all</a></p>',
    '<a class="x" href="{filename}/articles/end.md#how-it-ends" title="The end">it</a>',
    '<img alt="" src="{static}/images/a.png" width="4"><a href="{static}/images/a.png">large</a>',
]
ODD = [
    '<a href="{filename}/articles/end.md?a=1&amp;b=2#c">a query</a>',
    '<a href="{filename}/articles/end.md#">no name</a>',
    '<a href="{filename}/articles/none.md">nowhere</a>',
    '<a href="{filename}/images/a.png">the other mark</a>',
    '<a href="{static}/images/a%2Epng">written as an address</a>',
    '<a href="{filename}//articles/end.md">a host</a>',
    '<a href="{tag}anger">a tag</a><p>{curly}</p>',
    '<video src="{static}/images/a.png" poster="{static}/images/a.png"></video>',
    '<a href="{filename}/articles/end.md" cite="{static}/images/a.png">two in a tag</a>',
    '<a href="|filename|/articles/end.md">the other signs</a>',
    "<a href='{filename}/articles/end.md'>the other quotes</a>",
    '<a title="a > b" href="{filename}/articles/end.md">a bracket</a>',
]


@pytest.mark.parametrize(
    "site", ["", "/blog", "https://blog.example.org", "https://example.org/b/"]
)
@pytest.mark.parametrize("html", PLAIN + ODD)
def test_a_link_leads_where_pelican_leads_it(html: str, site: str) -> None:
    ours = _article(html)
    assert ours._update_content(html, site) == contents.Content._update_content(ours, html, site)


@pytest.mark.parametrize("html", PLAIN)
def test_plain_links_are_not_left_to_pelican(html: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(contents.Content, "_update_content")
    assert "{" not in _article(html)._update_content(html, "/blog")


def _article(html: str) -> Article:
    made = Article.__new__(Article)  # no plugin has changed it
    made.settings = DEFAULT_CONFIG | {"PATH": "/blog/content"}
    made._content, made._context = html, CONTEXT
    made.source_path = "/blog/content/articles/a.md"
    return made
