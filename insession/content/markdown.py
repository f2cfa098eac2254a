"""Her Markdown as HTML, by converters that look for nothing that a text hasn't got."""

import threading
from typing import Any

from markdown import Markdown

# Parts of Python-Markdown that find nothing in a text without this sign: half of the time goes into
# asking all of them about every paragraph. What isn't named here is always needed.
INLINE = {
    "backtick": "`",
    "escape": "\\",
    "reference": "]:",
    "image_link": "![",
    "image_reference": "]:",
    "short_reference": "]:",
    "short_image_ref": "]:",
    "autolink": "<",
    "automail": "<",
    "html": "<",
    "entity": "&",
    "footnote": "[^",
}
BLOCKS = {"footnote": "[^", "abbr": "*[", "reference": "]:", "table": "|"}
TREE = {"attr_list": "{"}
MOST = 32  # converters that are kept, one for each choice of parts

_own = threading.local()


def to_html(text: str, options: dict[str, Any]) -> str:
    """Return Markdown as HTML; `options` are pelicanconf's MARKDOWN.

    Each thread keeps its converters: to make one takes as long as a short text.
    """
    # Raw HTML is taken out first, and what stood before and after it may be a sign then.
    parts = () if "<" in text else (INLINE, BLOCKS, TREE)
    needless = tuple(tuple(n for n, sign in part.items() if sign not in text) for part in parts)
    if getattr(_own, "options", None) != options or len(_own.converters) == MOST:
        _own.options, _own.converters = options, {}
    # One that breaks off in the middle of a text isn't used again.
    converter = _own.converters.pop(needless, None) or _make(options, needless)
    html: str = converter.reset().convert(text)
    _own.converters[needless] = converter
    return html


def _make(options: dict[str, Any], needless: tuple[tuple[str, ...], ...]) -> Markdown:
    made = Markdown(**options)
    registries = (made.inlinePatterns, made.parser.blockprocessors, made.treeprocessors)
    for registry, names in zip(registries, needless, strict=False):
        for name in names:
            registry.deregister(name)
    return made
