"""Publishing while the comments service can't be reached: nothing comes back that was withdrawn.

What was fetched last may be older than what the blog shows: meanwhile a reader may have withdrawn a
comment, and the server, or another computer, may have published without it. So publishing stops;
if it is to go on, it shows only those comments that are in the pages that readers see now.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

from insession.problems import Problem, Problems
from insession.publish.building import Site, build_site
from insession.publish.setting import Setting

COMMENT = re.compile(r'\bid="comment-(\d+)"')
TIMEOUT = 10  # seconds
LARGEST = 16 * 1024 * 1024  # bytes of a page


def keep_to_published(site: Site, setting: Setting, settings_file: str, goes_on: bool) -> Site:
    """Return the site with no comment that the blog doesn't show. Raises Problems to stop."""
    if not site.old_comments:
        return site
    if not goes_on:
        what = "they can't be fetched, and some may have been withdrawn since the last time."
        how = "Try again when the comments service answers. To publish all the same, with\n"
        how += (
            "    those that your blog shows now and no other, type: python3 tasks.py publish --yes"
        )
        raise Problems([Problem("Comments", 0, what, how)])
    hidden = frozenset(_not_shown(site, setting))
    if not hidden:
        return site
    count = f"{len(hidden)} comment" if len(hidden) == 1 else f"{len(hidden)} comments"
    print(f"Left out: {count} that your blog doesn't show now, or that can't be looked up there.")
    shutil.rmtree(site.folder)
    return build_site(site.folder, settings_file, COMMENTS_HIDDEN=hidden)


def _not_shown(site: Site, setting: Setting) -> Iterator[int]:
    """Yield the ids of comments that are in a built page and not in the published one."""
    is_reachable = True
    for page in sorted(site.articles):
        built = set(COMMENT.findall((site.folder / page).read_text("utf-8")))
        published: set[str] = set()
        if built and is_reachable:
            try:
                published = set(COMMENT.findall(_published(site, setting, page)))
            except ConnectionError:
                is_reachable = False
        yield from map(int, built - published)


def _published(site: Site, setting: Setting, page: str) -> str:
    """Return a page as it is published: nothing if it isn't. Raises ConnectionError."""
    if setting.values["target"] == "folder":
        file = setting.root / Path(setting.values["folder"]).expanduser() / page
        return file.read_text("utf-8") if file.is_file() else ""
    address = f"{site.url}/{quote(page.removesuffix('index.html'))}"
    try:
        asked = Request(address, headers={"Cache-Control": "no-cache"})  # noqa: S310  (her own)
        with urlopen(asked, timeout=TIMEOUT) as answer:  # noqa: S310
            return answer.read(LARGEST).decode("utf-8", "replace")
    except OSError as error:
        if getattr(error, "code", None) in (404, 410):
            return ""
        raise ConnectionError from None
