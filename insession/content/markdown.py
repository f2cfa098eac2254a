"""Her Markdown as HTML: one converter for many texts, with what a text needs of it."""

import threading
from typing import Any

from markdown import Markdown

_own = threading.local()


def to_html(text: str, options: dict[str, Any]) -> str:
    """Return Markdown as HTML; `options` are pelicanconf's MARKDOWN.

    Each thread makes one converter for all its texts: to make one takes as long as a short text.
    """
    known = getattr(_own, "converter", None)
    if known is None or known[0] != options:
        known = options, Markdown(**options)
    _own.converter = None  # one that broke off in the middle of a text isn't used again
    html = known[1].reset().convert(text)
    _own.converter = known
    return html
