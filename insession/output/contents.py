"""Articles and pages that find quickly where their links lead.

Pelican looks for a link in every attribute of every tag, and takes each address apart. Nearly all
links are as our plugin writes them (insession/plugins/internal_links.py): those are looked up.
"""

import re
from typing import Any

from pelican import contents

# The only {} in its tag: a tag with two of them, or anything else that isn't plain, is Pelican's.
LINK = re.compile(
    r'(<(?:a|img)(?: [^<>{]*)? (?:href|src)=")\{(filename|static)\}/(\w[\w./-]*)'
    r'((?:#[\w-]+)?"[^<>{]*>)'
)
# Where Pelican looks for a file.
FOUND_IN = {"filename": "generated_content", "static": "static_content"}


class _Linked(contents.Content):
    def _update_content(self, content: str, siteurl: str) -> str:
        """Return the HTML with the address of each file that it links to, below `siteurl`."""
        html = _resolve(content, siteurl.rstrip("/"), self._context)
        return super()._update_content(content, siteurl) if html is None else html


class Article(_Linked, contents.Article):
    """An article; Pelican finds its settings by the name of its class."""


class Page(_Linked, contents.Page):
    """A page, the same."""


def _resolve(html: str, site: str, context: dict[str, Any]) -> str | None:
    """Return the HTML with its links resolved; None where one isn't plain, or leads nowhere."""
    before, count = 0, html.count("{")
    if "|" in html:  # which is as good as { to Pelican
        return None
    parts: list[str] = []
    for found in LINK.finditer(html):
        tag, kind, path, rest = found.groups()
        target = context[FOUND_IN[kind]].get(path)
        if target is None:
            return None
        parts += [html[before : found.start()], tag, site, "/", target.url, rest]
        before, count = found.end(), count - 1
    return "".join([*parts, html[before:]]) if count == 0 else None
