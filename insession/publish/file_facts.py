"""What is in each file of a built site: where it leads, what it loads, what is wrong with it.

A file is read once: its facts hang on its bytes alone, and are remembered by their digest.
"""

import pickle
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from insession.common.cores import on_all_cores
from insession.common.html import tags
from insession.common.progress import Advance
from insession.content.picture_forms import AVIF
from insession.content.pictures import FORMATS
from insession.output.digest import digest
from insession.publish.manifest import PAGE, digests
from insession.publish.web_servers.sources import Sources, sources
from insession.site.memory import Memory

KIND = "built file"  # what they are called in the memory
WORTH_SHARING = 60  # so many pages take longer to read than other processes take to start
PREVIEW_MARK = "<!--preview-->"
ADDRESSES = {"href", "src", "poster", "action", "data", "content"}
CSS_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)")
REFRESH = re.compile(r"\d+;\s*url=", re.I)
# Where Pillow keeps what insession/content/pictures.py takes away.
METADATA = {"exif", "icc_profile", "xmp", "XML:com.adobe.xmp", "comment", "photoshop"}


class Facts(NamedTuple):
    """The addresses in a file, what its policy has to allow if it is a page, and what is wrong."""

    links: tuple[str, ...]
    loads: Sources
    fault: str


NOTHING = Facts((), {}, "")


def read_files(folder: Path, url: str, memory: Memory, code: str) -> dict[str, Facts]:
    """Return the facts of each file of a site at `url`, by its path there. Raises OSError.

    `code` is the digest of ours, which reads them.
    """
    marks, around = digests(folder), digest(code, url)
    keys = {name: f"{mark} {around}" for name, mark in marks.items() if _has_facts(name)}
    known: dict[str, Facts] = {}
    for name, data in memory.recall(KIND, keys):
        known[name] = pickle.loads(data)  # noqa: S301  (our own, and whole by its digest)

    def read_share(share: list[str], advance: Advance) -> list[tuple[str, Facts]]:
        found = []
        for name in share:
            found.append((name, _read(folder, name, url)))
            advance(1)
        return found

    missing = [name for name in keys if name not in known]
    for found in on_all_cores("Verifying the pages", read_share, missing, WORTH_SHARING):
        memory.remember(KIND, [(name, keys[name], pickle.dumps(facts)) for name, facts in found])
        known |= found
    memory.forget_others(KIND, keys)
    return {name: known.get(name, NOTHING) for name in marks}


def _has_facts(name: str) -> bool:
    return name.endswith(PAGE) or _is_feed(name) or _is_picture(name)


def _is_feed(name: str) -> bool:
    """Whether it is a feed or the sitemap, and no download of hers."""
    return name == "sitemap.xml" or (name.startswith("feeds/") and name.endswith(".xml"))


def _is_picture(name: str) -> bool:
    return posixpath.splitext(name)[1].lower() in {*FORMATS, AVIF}


def _read(folder: Path, name: str, url: str) -> Facts:
    file = folder / name
    if name.endswith(PAGE):
        return _read_page(file.read_text(encoding="utf-8"), url)
    if _is_feed(name):
        return _read_feed(file.read_bytes())
    return Facts((), {}, _fault_of_picture(file))


def _read_page(html: str, url: str) -> Facts:
    has_mark = PREVIEW_MARK in html
    fault = "this page has marks that only the preview may show." if has_mark else ""
    return Facts(tuple(dict.fromkeys(links_of(html))), sources(html, url), fault)


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


def _read_feed(data: bytes) -> Facts:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError) as error:
        return Facts((), {}, f"this file can't be read ({error}).")
    return Facts(tuple(dict.fromkeys(_feed_links(root))), {}, "")


def _feed_links(root: Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag.rpartition("}")[2] in {"link", "loc"}:
            yield (element.get("href") or element.text or "").strip()


def _fault_of_picture(file: Path) -> str:
    """Say what a picture tells of where or when it was taken, or with what; or that it is none."""
    from PIL import Image

    try:
        with Image.open(file) as image:
            image.load()
            notes = getattr(image, "text", None) or {}  # of a PNG; other kinds have none
            told = METADATA & image.info.keys() or image.getexif() or notes
    except (OSError, ValueError, SyntaxError) as error:
        return f"this picture can't be read ({error})."
    said = ", ".join(map(str, told))
    return f"this picture still says things about itself: {said}." if told else ""
