"""Compares the words that an export's texts showed with those of the pages that came of them.

The words of the export are read without the importer: its HTML as a browser reads it, without
WordPress's comments and the square brackets of its shortcodes.
"""

import re
from collections import Counter
from collections.abc import Iterable

from bs4 import BeautifulSoup, Comment, Tag
from defusedxml.ElementTree import fromstring
from justhtml import JustHTML

WORD = re.compile(r"[^\W_]+|[*_#|`\\<>\[\]{}~^=+]")  # and the signs that Markdown writes with
# A shortcode: a name, then attributes with =, an address or nothing, if it isn't a word of a text.
SHORTCODE = re.compile(
    r"\[/?(?:(?:audio|caption|code|contact-form|embed|gallery|playlist|video|vimeo|youtube)\b"
    r"[^\[\]]*|[\w-]+\s[^\[\]]*=[^\[\]]*|(?<=/)[\w-]+)\]"
)
ADDRESSED = re.compile(r"\[(?:audio|video|youtube|vimeo)[ =]+(https?://[^\]\s]+)\]")
INVISIBLE = "button input noscript option script select style svg template textarea title".split()
DOUBLED = "a[href] + a.wp-block-file__button, sup.fn > a"  # links of WordPress's own
PLAYERS = ("iframe", "embed", "object", "video", "audio")


def words_of_html(html: str) -> list[str]:
    """Return the words that somebody reads in HTML, in order."""
    tree = BeautifulSoup(JustHTML(html, fragment=True, sanitize=False).to_html(pretty=False),
                         "html.parser")  # fmt: skip
    for comment in tree.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for element in tree.find_all([*INVISIBLE, *PLAYERS]):
        element.decompose()
    for link in tree.select(DOUBLED):
        if len(link.get_text().split()) < 2:
            link.decompose()
    return [word.casefold() for word in WORD.findall(tree.get_text(" "))]


def words_of_texts(export: str) -> dict[str, list[str]]:
    """Return the words of each post and page that an export has, by its title."""
    found = {}
    for item in fromstring(export).iter("item"):
        values = {child.tag.rpartition("}")[2]: child.text or "" for child in item
                  if "excerpt" not in child.tag}  # fmt: skip
        if values.get("post_type") in {"post", "page"}:
            text = SHORTCODE.sub(" ", ADDRESSED.sub(r" ", values["encoded"]))
            found[values["title"]] = words_of_html(text)
    return found


def words_of_page(prose: Tag) -> list[str]:
    """Return the words of a built page's text, without what the site adds to it."""
    copy = BeautifulSoup(str(prose), "html.parser")
    for ours in copy.select(".section-link, .notes-title, [role=doc-backlink], [role=doc-noteref]"):
        ours.decompose()
    return words_of_html(str(copy))


def differences(
    export: Iterable[str], page: Iterable[str], added: Iterable[str] = ()
) -> tuple[list[str], list[str]]:
    """Return the words that got lost, and those that came from nowhere (`added` may come)."""
    before, after = Counter(export), Counter(page)
    return sorted((before - after).elements()), sorted((after - before - Counter(added)).elements())
