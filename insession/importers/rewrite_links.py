"""Each link and picture of a text: settled to what it is here, or taken out and noted."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from bs4 import Tag
from bs4.element import NavigableString

from insession.importers.media import Media, NotUsableError, is_picture, upload
from insession.importers.old_urls import OldBlog, Place, absolute, path_between
from insession.importers.parsing import attribute
from insession.importers.todo_notes import Notes
from insession.importers.wxr import Item

PHOTON = re.compile(r"https?://i\d\.wp\.com/")  # WordPress.com's servers for others' pictures
EMOJI = re.compile(r"s\.w\.org/images/core/emoji|/wp-includes/images/smilies/")


SOURCES = ("data-src", "data-lazy-src", "src")  # of a picture, the true one first


@dataclass
class Desk:
    """What is at hand while one text is adapted."""

    item: Item
    place: Place
    now: datetime
    old: OldBlog
    media: Media
    attachments: dict[str, Item]
    notes: Notes
    anchors: set[str] = field(default_factory=set)  # ids of headings that the text links to

    def note(self, element: Tag, words: str) -> None:
        """Leave a note at the place of an element, before it."""
        element.insert_before(NavigableString(self.notes.mark(words)))


def settle_picture(image: Tag, desk: Desk) -> None:
    """Point a picture to its copy in content/images, or leave its words in its place."""
    source = next(filter(None, (attribute(image, each) for each in SOURCES)), "")
    alt, caption = attribute(image, "alt"), attribute(image, "title")
    if EMOJI.search(source):
        image.replace_with(NavigableString(alt))
        return
    address = PHOTON.sub("https://", absolute(source, desk.item.link or desk.old.home))
    number = re.search(r"wp-image-(\d+)", " ".join(image.get("class") or []))
    attachment = desk.attachments.get(number[1]) if number else None
    if attachment and not alt.strip():
        alt = attachment.meta.get("_wp_attachment_image_alt", "")
    try:
        if not upload(address):
            raise NotUsableError(
                "it is on another website, and this site fetches nothing from there"
            )
        target = desk.media.take(address)
    except NotUsableError as why:
        shown = address if address.startswith("http") else "within the text"
        desk.note(image, f"A picture is left out ({shown}): {why}.")
        words = f"(Picture: {alt.strip()})" if alt.strip() else ""
        image.replace_with(NavigableString(" ".join(filter(None, (words, caption)))))
        return
    if not alt.strip():
        how = "Write between its square brackets what one sees."
        desk.note(image, f"This picture has no description. {how}")
    image.attrs = {"src": path_between(desk.place.file, target), "alt": alt, "title": caption}


def settle_link(link: Tag, desk: Desk) -> None:
    """Point a link to where its target is now; a link that can't work becomes its words."""
    href = attribute(link, "href").strip()
    if href.startswith("#") or not href:
        if href[1:] not in desk.anchors or not href:
            if len(href) > 1 and link.get_text(strip=True):
                desk.note(link, f"“{link.get_text(strip=True)}” led to a place that isn't here.")
            link.unwrap()
        return
    address = absolute(href, desk.item.link or desk.old.home)
    if not desk.old.find(address):
        address = desk.old.find_file(address) or address
    if link.find("img") and (is_picture(address) or "attachment" in attribute(link, "rel")):
        link.unwrap()  # the large form of the picture, which is shown already
        return
    if not address:
        desk.note(link, f"A link to “{href}” is taken out; its words stay.")
        link.unwrap()
        return
    link["href"] = _target(link, address, desk)
    if not link["href"]:
        link.unwrap()


def _target(link: Tag, address: str, desk: Desk) -> str:
    """What a link leads to now; "" if it is to be taken out."""
    place = desk.old.find(address)
    if place:
        if _may_lead(desk, place):
            return path_between(desk.place.file, place.file)
        desk.note(link, f"The link to content/{place.file} is taken out: that is a draft.")
        return ""
    if desk.old.is_front_page(address):
        return "/"
    if here := desk.old.find_list(address):
        return here
    if upload(address) and (desk.old.owns(address) or desk.media.has(address)):
        try:
            return path_between(desk.place.file, desk.media.take(address))
        except NotUsableError as why:
            desk.note(link, f"This link still leads to a file of the old blog: {address} ({why}).")
    elif desk.old.owns(address):
        desk.note(link, f"This link still leads to the old blog: {address}")
    return address


def _may_lead(desk: Desk, place: Place) -> bool:
    """Whether the target will be published by the time this text is."""
    if desk.place.live is None:
        return True
    return place.live is not None and place.live <= max(desk.place.live, desk.now)
