"""The comments that a published page shows, each with its words."""

import re
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from insession.publish.manifest import PAGE

PLACE = re.compile(r"comment-(\d+)")

Shown = dict[int, str]  # id of a comment → its writer's name and what it says


def shown_comments(page: str) -> Shown:
    """Return the comments in a page; not those of which only the place is left."""
    if "comment-" not in page:
        return {}
    soup = BeautifulSoup(page, "html.parser")
    found = {}
    for place in soup.find_all("li", id=PLACE):
        comment = place.find("article", class_="comment", recursive=False)
        if comment:
            found[int(str(place["id"]).removeprefix("comment-"))] = _words(comment)
    return found


def comments_in(folder: Path) -> dict[str, Shown]:
    """Return the comments that a site shows, by page. Raises OSError."""
    found = {
        path.relative_to(folder).as_posix(): shown_comments(path.read_text("utf-8", "replace"))
        for path in sorted(folder.rglob(f"*{PAGE}"))
    }
    return {page: comments for page, comments in found.items() if comments}


def _words(comment: Tag) -> str:
    """Return name and text, without the date, which depends on the time zone of the blog."""
    if date := comment.find("time"):
        date.decompose()
    return " ".join(comment.get_text(" ").split())
