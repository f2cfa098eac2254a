"""Reads the built site once more before anybody else does: nothing wrong may be sent.

The check has read what she wrote; this reads what will be published, whatever made it.
"""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from PIL import Image

from insession.common.cores import on_all_cores
from insession.common.html import tags
from insession.common.problems import Problem
from insession.common.progress import Advance
from insession.content.pictures import FORMATS
from insession.content.text_file import body_line
from insession.publish.built_site import SiteBuild
from insession.publish.manifest import PAGE, files

OURS = "This is a fault in the theme or the software, not in your text. Please report it."
WORTH_SHARING = 60  # so many pages take longer to read than other processes take to start
PREVIEW_MARK = "<!--preview-->"
ADDRESSES = {"href", "src", "poster", "action", "data", "content"}
CSS_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)")
REFRESH = re.compile(r"\d+;\s*url=", re.I)
# Where Pillow keeps what insession/content/pictures.py takes away.
METADATA = {"exif", "icc_profile", "xmp", "XML:com.adobe.xmp", "comment", "photoshop"}


def verify(site: SiteBuild) -> list[Problem]:
    """Return what is wrong with a built site."""
    names = {path.relative_to(site.folder).as_posix() for path in files(site.folder)}
    rules = (_drafts, _pages, _feeds, _pictures)
    return sorted({problem for rule in rules for problem in rule(site, names)})


def _drafts(site: SiteBuild, names: set[str]) -> Iterator[Problem]:
    """No draft, and nothing that waits for its day, is among the pages."""
    for page in sorted(site.kept_back.keys() & names):
        what = f"it isn't to be published yet, and stands in the site as {page}."
        yield Problem(site.shown(page), 0, what, OURS)


def _pages(site: SiteBuild, names: set[str]) -> Iterator[Problem]:
    """Every page is free of the preview's marks, and all it leads to within the site is there."""

    def read_share(share: list[str], advance: Advance) -> list[Problem]:
        known: set[str] = set()  # addresses from the root of the site, the same on every page
        problems: list[Problem] = []
        for page in share:
            problems += _page(page, site, names, known)
            advance(1)
        return problems

    pages = sorted(name for name in names if name.endswith(PAGE))
    for found in on_all_cores("Verifying the pages", read_share, pages, WORTH_SHARING):
        yield from found


def _page(page: str, site: SiteBuild, names: set[str], known: set[str]) -> Iterator[Problem]:
    html = (site.folder / page).read_text(encoding="utf-8")
    if PREVIEW_MARK in html:
        yield Problem(page, 0, "this page has marks that only the preview may show.", OURS)
    for link in {*links_of(html)} - known:
        if not _is_there(link, page, site, names):
            yield _dead(link, page, site)
        elif link.startswith("/"):
            known.add(link)


def links_of(html: str) -> Iterator[str]:
    """Yield every address in a page: links, pictures, scripts, and those in its style."""
    for tag, attributes in tags(html):
        for name, value in attributes.items():
            value = (value or "").strip()
            if name == "srcset":
                yield from (part.split()[0] for part in value.split(",") if part.strip())
            elif name == "content" and REFRESH.match(value):
                yield REFRESH.sub("", value, count=1)
            elif name == "content" and not (tag == "meta" and value.startswith("http")):
                continue  # words for search engines
            elif name in ADDRESSES:
                yield value
    yield from CSS_URL.findall(html.partition("<body")[0])


def _is_there(link: str, page: str, site: SiteBuild, names: set[str]) -> bool:
    """Whether a link leads out of the site, or to a file of it."""
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


def _feeds(site: SiteBuild, names: set[str]) -> Iterator[Problem]:
    """Every feed and the sitemap can be read, and leads only to pages that are there."""
    for name in sorted(name for name in names if name.endswith(".xml")):
        if not name.startswith("feeds/") and name != "sitemap.xml":
            continue  # a download of hers
        try:
            root = fromstring((site.folder / name).read_bytes())
        except (ParseError, DefusedXmlException, ValueError) as error:
            yield Problem(name, 0, f"this file can't be read ({error}).", OURS)
            continue
        for link in dict.fromkeys(_feed_links(root)):
            if not _is_there(link, name, site, names):
                yield Problem(name, 0, f"“{link}” leads to nothing in this site.", OURS)


def _feed_links(root: Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag.rpartition("}")[2] in {"link", "loc"}:
            yield (element.get("href") or element.text or "").strip()


def _pictures(site: SiteBuild, names: set[str]) -> Iterator[Problem]:
    """No picture says where or when it was taken, or with what."""
    for name in sorted(names):
        if posixpath.splitext(name)[1].lower() not in FORMATS:
            continue
        try:
            with Image.open(site.folder / name) as image:
                image.load()
                told = METADATA & image.info.keys() or image.getexif() or _texts(image)
        except (OSError, ValueError, SyntaxError) as error:
            yield Problem(name, 0, f"this picture can't be read ({error}).", OURS)
            continue
        if told:
            what = f"this picture still says things about itself: {', '.join(map(str, told))}."
            yield Problem(name, 0, what, OURS)


def _texts(image: Image.Image) -> dict[str, str]:
    """The notes in a PNG; other kinds have none."""
    return getattr(image, "text", None) or {}
