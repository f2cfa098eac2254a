"""Reads the built site once more before anybody else does: nothing wrong may be sent.

The check has read what she wrote; this reads what will be published, whatever made it.
"""

import posixpath
import re
from collections.abc import Iterator, Set
from urllib.parse import unquote, urljoin, urlsplit

from insession.common.problems import Problem
from insession.content.text_file import body_line
from insession.publish.built_site import SiteBuild
from insession.publish.file_facts import Facts

OURS = "This is a fault in the theme or the software, not in your text. Please report it."
ELSEWHERE = re.compile("(?:mailto|tel|sms):")  # most of those that aren't, known at a glance
SAME_EVERYWHERE = ("/", "http://", "https://")  # links that lead to one place from every page


def verify(site: SiteBuild) -> list[Problem]:
    """Return what is wrong with a built site."""
    files = site.files
    problems = {*_drafts(site, files.keys()), *_links(site, files)}
    problems |= {
        Problem(name, 0, facts.fault, OURS) for name, facts in files.items() if facts.fault
    }
    return sorted(problems)


def _drafts(site: SiteBuild, names: Set[str]) -> Iterator[Problem]:
    """No draft, and nothing that waits for its day, is among the pages."""
    for page in sorted(site.kept_back.keys() & names):
        what = f"it isn't to be published yet, and stands in the site as {page}."
        yield Problem(site.shown(page), 0, what, OURS)


def _links(site: SiteBuild, files: dict[str, Facts]) -> Iterator[Problem]:
    """All that a page or feed leads to within the site is there."""
    known: set[str] = set()
    for name, facts in files.items():
        for link in facts.links:
            if link in known or link.startswith("#"):
                continue
            if not _is_there(link, name, site, files.keys()):
                yield _dead(link, name, site)
            elif link.startswith(SAME_EVERYWHERE):
                known.add(link)


def _is_there(link: str, page: str, site: SiteBuild, names: Set[str]) -> bool:
    """Whether a link leads out of the site, or to a file of it."""
    if ELSEWHERE.match(link):
        return True
    try:
        parts = urlsplit(urljoin(f"{site.url}/{page.removesuffix('index.html')}", link))
        own = urlsplit(site.url)
    except ValueError:
        return True  # no browser follows it
    if parts.scheme not in {"http", "https"} or parts.netloc != own.netloc:
        return True
    path = unquote(parts.path) or "/"
    if not f"{path}/".startswith(f"{site.base}/"):
        return True  # another site on the same host
    path = path.removeprefix(site.base).lstrip("/")
    if path.startswith("comments/"):
        return True  # the comments service answers to it
    path = posixpath.normpath(path) if path.strip("/") else ""
    return path in names or f"{path}/index.html".lstrip("/") in names


def _dead(link: str, page: str, site: SiteBuild) -> Problem:
    source = site.sources.get(page)
    line = body_line(source, "", link) if source else 0
    what = f"“{link}” leads to nothing in this site."
    how = "Check how it is written; to another text it is written so: [words](its-file.md)"
    return Problem(site.shown(page), line, what, how if line else OURS)
