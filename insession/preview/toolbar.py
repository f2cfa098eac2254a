"""What the preview adds to a page: its file, what is unpublished, the sample's or wrong."""

from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader
from pelican.contents import Content

from insession.common.problems import shown_path
from insession.content.leftovers import grouped
from insession.site.site import Site
from insession.site.sources import is_waiting

EMPTY_PAGE = b"""<!doctype html>
<html lang="en">
<title>Preview</title>
<link rel="stylesheet" href="/.preview/tokens.css">
<body></body>
</html>
"""
TEMPLATE = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
).get_template("toolbar.html")


class Mark(NamedTuple):
    """How a text stands: a word for lists, and a sentence for its own page."""

    word: str
    sentence: str


def marked(page: bytes, text: Content | None, site: Site, version: str) -> bytes:
    """Return a page with the preview's marks, between two comments before </body>."""
    state = site.state
    texts = state.unpublished()
    waiting = [(other, mark_of(other), f"{state.base}/{other.url}") for other in texts]
    state.look_for_leftovers()
    leftovers = state.leftovers()
    marks = TEMPLATE.render(
        file=shown_path(text.source_path, state.settings) if text else "",
        mark=mark_of(text) if text else None,
        unpublished=sorted(waiting, key=lambda entry: entry[0].title),
        problems=site.problems,
        left_over=len(leftovers),
        sample=[*grouped(leftovers)],
        version=version,
    )
    before, body, after = page.rpartition(b"</body>")
    return before + marks.encode() + body + after


def mark_of(text: Content) -> Mark | None:
    """Return how a text stands, if it isn't simply published."""
    if is_waiting(text):
        day = text.date.strftime("%B %d, %Y").replace(" 0", " ")
        return Mark(f"waits until {day}", f"This waits: it is published on {day} or later.")
    if text.status == "draft":
        how = "To publish it, remove the line “status: draft”."
        return Mark("draft", f"A draft: only you see it. {how}")
    if text.status == "hidden":
        sentence = "Hidden: published, but in no list. Whoever has its address can read it."
        return Mark("hidden", sentence)
    return None
