"""Nothing comes back that was withdrawn: neither without the comments service, nor by `undo`.

What was fetched last may be older than what the blog shows: meanwhile a reader may have withdrawn a
comment, and the server, or another computer, may have published without it. So publishing stops
while the service can't be reached; if it is to go on, it shows only those comments that are in the
pages that readers see now. What was published before is older still: `undo` asks.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

from insession.common.problems import Problem, Problems
from insession.publish.built_site import SiteBuild, build_site
from insession.publish.registry import target_of
from insession.publish.shown_comments import Shown, comments_in, shown_comments
from insession.publish.target_config import Setting

TIMEOUT = 10  # seconds
LARGEST = 16 * 1024 * 1024  # bytes of a page


def keep_to_published(
    site: SiteBuild, setting: Setting, settings_file: str, goes_on: bool
) -> SiteBuild:
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


def comments_of_then(setting: Setting, sent: Path | None = None) -> list[str]:
    """Return a line for each page on which `undo` would show comments that aren't shown now.

    `sent` is what was to be shown now, if it has arrived damaged. On a server the comments service
    makes the pages anew, with those of today. Raises Problems.
    """
    with target_of(setting).last_two(setting) as sites:
        now, then = map(comments_in, [sent or sites[0], sites[1]]) if sites else ({}, {})
    shown = {number: words for comments in now.values() for number, words in comments.items()}
    lines = []
    for page, comments in then.items():
        if count := sum(words != shown.get(number) for number, words in comments.items()):
            what = "1 comment" if count == 1 else f"{count} comments"
            lines.append(f"/{page.removesuffix('index.html')}: {what}")
    return lines


def _not_shown(site: SiteBuild, setting: Setting) -> Iterator[int]:
    """Yield the ids of comments that are in a built page and not so in the published one."""
    is_reachable = True
    for page in sorted(site.articles):
        built = shown_comments((site.folder / page).read_text("utf-8"))
        published: Shown = {}
        if built and is_reachable:
            try:
                published = shown_comments(_published(site, setting, page))
            except ConnectionError:
                is_reachable = False
        yield from (number for number in built if published.get(number) != built[number])


def _published(site: SiteBuild, setting: Setting, page: str) -> str:
    """Return a page as it is published: nothing if it isn't. Raises ConnectionError."""
    if setting.values["target"] == "folder":
        file = setting.root / Path(setting.values["folder"]).expanduser() / page
        return file.read_text("utf-8") if file.is_file() else ""
    address = f"{site.url}/{quote(page.removesuffix('index.html'))}"
    try:
        asked = Request(address, headers={"Cache-Control": "no-cache"})  # noqa: S310  (her own)
        with urlopen(asked, timeout=TIMEOUT) as answer:  # noqa: S310
            return str(answer.read(LARGEST), "utf-8", "replace")
    except OSError as error:
        if getattr(error, "code", None) in (404, 410):
            return ""
        raise ConnectionError from None
