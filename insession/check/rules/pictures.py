"""Pictures: words for who can't see them, their weight, and the ones that nobody uses."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote

from insession.check.remark import Remark, Weight
from insession.check.text.page import CheckedPage, CheckedSite, file_of
from insession.content.front_matter import NO_COVER
from insession.content.pictures import FORMATS, LONGEST_SIDE, OTHER_PICTURES

if TYPE_CHECKING:
    from justhtml.dom import Element

ENDINGS = "|".join(ending[1:] for ending in (*FORMATS, *OTHER_PICTURES))
NAMES_A_FILE = re.compile(rf"\S+\.({ENDINGS})", re.I)
PLACEHOLDER = re.compile(
    r"(an? |the )?(image|img|picture|pic|photo|photograph|graphic|figure|illustration|drawing|icon|"
    r"screenshot|spacer|untitled|placeholder|alt|alt text|description|bild|foto)s?\W*\d*|"
    r"(img|dsc[fn]?|pxl|mvi|p|scan|image|photo)?[\W_]*[\d\W_]+",
    re.I,
)
HEAVY = 500 * 1024  # bytes
LARGE_FILE = 8 * 1024 * 1024
LARGE_SIDE = 3 * LONGEST_SIDE


def alt_text(page: CheckedPage, site: CheckedSite) -> Iterator[Remark]:
    """Each picture needs words that stand for it; a decorative one says so with alt="" in HTML.

    Sources: WCAG 2.2, 1.1.1 with its failures F30 (a file's name or "image" is no alternative),
    F38 and F65 (https://www.w3.org/WAI/WCAG22/Techniques/failures/F30.html), and
    https://www.w3.org/WAI/tutorials/images/decorative/
    """
    times: Counter[str] = Counter()
    for image in page.named("img"):
        attributes = image.attrs or {}
        address = attributes.get("src") or ""
        alt = attributes.get("alt")
        times[address] += 1
        if alt is not None and not alt.strip() and _is_html(page, image):
            continue
        why = _why_not(alt, address)
        if why:
            line = page.line_of(address, times[address]) or page.text.first_line
            words = alt if alt and alt.strip() else address
            instead = f"say what one sees: ![Two chairs by a window]({file_of(address) or address})"
            yield page.remark(Weight.BROKEN, line, "alt-text", words, why, instead)
    cover_alt, cover = (getattr(page.text.header, key, None) for key in ("cover_alt", "cover"))
    if cover and cover != NO_COVER and (why := _why_not(cover_alt, cover)):
        instead = "say what one sees: cover_alt: A window with rain on it."
        line = page.text.line_of("cover_alt")
        yield page.remark(Weight.BROKEN, line, "alt-text", cover_alt or "", why, instead)


def _why_not(alt: str | None, address: str) -> str:
    """Say why these words are no text for a picture, or nothing if they may be."""
    words = " ".join((alt or "").split())
    if not words:
        return "This picture has no words, so who can't see it doesn't learn what is there."
    stem = PurePosixPath(file_of(address)).stem
    if NAMES_A_FILE.fullmatch(words) or (words == stem and re.search(r"[-_\d]", stem)):
        return "This is the name of a file; who can't see the picture learns nothing from it."
    if PLACEHOLDER.fullmatch(words):
        return "This says that there is a picture, but not what one sees on it."
    return ""


def _is_html(page: CheckedPage, image: "Element") -> bool:
    """Whether she wrote this picture as HTML herself: there an empty alt means decoration."""
    return page.tag_at(image.origin_offset or 0) in page.prose


def heavy_pictures(site: CheckedSite) -> Iterator[Remark]:
    """A picture should travel fast to a phone, and not be far larger than it is ever shown.

    Source: a whole page should stay below 1,600 KiB
    (https://developer.chrome.com/docs/lighthouse/performance/total-byte-weight); a picture may
    have a third of that here.
    """
    from PIL import Image

    for picture in site.pictures:
        if picture.published > HEAVY:
            why = f"Readers load {_size(picture.published)} for it, several seconds on a phone."
            instead = "a photograph as JPEG, a drawing as PNG with few colours, no long animation"
            yield Remark(picture.shown, Weight.HARD, 0, "heavy-picture", "", why, instead)
            continue
        try:
            with Image.open(picture.path) as image:
                side, weight = max(image.size), picture.path.stat().st_size
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            continue  # a Problem already
        if side > LARGE_SIDE or weight > LARGE_FILE:
            why = f"It is {side} pixels wide or high and {_size(weight)}; at most {LONGEST_SIDE} "
            why += "pixels are ever shown, and the rest only takes up space in your blog's folder."
            instead = f"save it again with at most {2 * LONGEST_SIDE} pixels"
            yield Remark(picture.shown, Weight.SMALL, 0, "large-picture", "", why, instead)


def orphaned_pictures(site: CheckedSite) -> Iterator[Remark]:
    """A picture that no text, cover or practice.toml names is published all the same.

    Source: this site's own promise that nothing is published by accident.
    """
    named = [unescape(unquote(page.body)) for page in site.pages]
    named += [card.cover for card in site.cards]
    portrait = site.practice.therapist.portrait if site.practice else None
    everything = normalize("NFC", "\n".join([*named, portrait or ""]))
    for picture in site.pictures:
        name = re.escape(normalize("NFC", picture.path.name))
        if not re.search(rf"(?<![\w-]){name}(?![\w-]|\.\w)", everything):
            why = "No text shows this picture, but everyone can open it once it is published."
            instead = "use it in a text, or move it out of content/images"
            yield Remark(picture.shown, Weight.SMALL, 0, "unused-picture", "", why, instead)


def _size(count: int) -> str:
    megabytes = count / 1024 / 1024
    return f"{megabytes:.1f} MB" if megabytes >= 1 else f"{count // 1024} KB"
