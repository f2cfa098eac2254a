"""The web page that a word processor saves, as plain HTML: Google Docs', Word's, LibreOffice's.

Each writes in its own way what HTML has a sign for; and what was deleted, hidden or said beside the
text stands in it, too.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup, Comment, Tag
from bs4.dammit import UnicodeDammit
from bs4.element import NavigableString
from justhtml import JustHTML

from insession.common.invisible import UNSEEN, remove_invisible
from insession.importers.document_pictures import PictureFolder, picture_data
from insession.importers.normalize_html import BLOCKS
from insession.importers.parsing import attribute, parse
from insession.importers.stayed_behind import what_stayed
from insession.importers.todo_notes import cleaned

WEB = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|meta|!--|h\d|p|div)\b", re.I
)
RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
STYLES = (
    ("strong", re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")),
    ("em", re.compile(r"font-style\s*:\s*italic")),
    ("del", re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through")),
    ("sup", re.compile(r"vertical-align\s*:\s*super")),
    ("sub", re.compile(r"vertical-align\s*:\s*sub\b")),
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
CLASSES = {
    "title": "document-title", "MsoTitle": "document-title",
    "subtitle": "document-subtitle", "MsoSubtitle": "document-subtitle",
}  # fmt: skip
QUOTES = {"MsoQuote", "MsoIntenseQuote", "MsoBlockText"}
COMMENTS = "[style*='mso-element:comment'], .MsoCommentReference, .msocomanchor, a[id^=cmnt_ref]"


def is_web(data: bytes) -> bool:
    """Whether a file is a web page."""
    return bool(WEB.match(data[:2000]))


def read_web(data: bytes, folder: Path, pictures: PictureFolder) -> tuple[str, str, list[str]]:
    """Return the page as HTML, its title, and sentences on what stayed behind."""
    text = UnicodeDammit(data, ["utf-8"]).unicode_markup or ""
    text = UNSEEN.sub("", remove_invisible(cleaned(text)))
    soup = parse(JustHTML(text, sanitize=False).to_html(pretty=False))
    stayed: Counter[str] = Counter()
    looks = _looks(soup)
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    for comment in soup.find_all(string=lambda each: isinstance(each, Comment)):
        comment.extract()
    for row in soup.find_all(string=re.compile("\n")):  # where the editor ends its lines
        if not row.find_parent("pre") and type(row) is NavigableString:
            row.replace_with(NavigableString(re.sub(r"\s*\n\s*", " ", row)))
    _take_out(soup, looks, stayed)
    _marks(soup, looks)
    _paragraphs(soup)
    _lists(soup)
    _footnotes(soup)
    said = [*_links(soup)]
    for image in soup.find_all("img"):
        alt = " ".join(attribute(image, "alt").split())
        found = picture_data(attribute(image, "src"), folder)
        if isinstance(found, str):
            words = pictures.notes.mark(f"A picture is left out: {found}.")
            image.replace_with(f"{words}(Picture: {alt})" if alt else words)
        else:
            image.replace_with(parse(pictures.html(found, alt)))
    body = soup.body or soup
    return "".join(map(str, body.contents)), title, [*said, *what_stayed(stayed)]


def _looks(soup: BeautifulSoup) -> dict[str, str]:
    """Return what the page says of the looks of each class."""
    rules: dict[str, str] = {}
    for style in soup.find_all("style"):
        for name, look in RULE.findall(style.get_text()):
            rules[name] = f"{rules.get(name, '')};{look}"
    return rules


def _style(element: Tag, looks: dict[str, str]) -> str:
    names = attribute(element, "class").split()
    return ";".join([*(looks.get(name, "") for name in names), attribute(element, "style")]).lower()


def _take_out(soup: BeautifulSoup, looks: dict[str, str], stayed: Counter[str]) -> None:
    for note in soup.select("a[id^=cmnt]"):  # Google's comments, below the text
        if not attribute(note, "id").startswith("cmnt_ref"):
            (note.find_parent("div") or note).decompose()
    for comment in soup.select(COMMENTS):
        if not comment.decomposed:
            is_reference = comment.name == "a"
            stayed["comments"] += is_reference or "msocomanchor" in attribute(comment, "class")
            comment.decompose()
    for deleted in soup.find_all("del"):
        if deleted.get("datetime") and not deleted.decomposed:
            stayed["deleted"] += 1
            deleted.decompose()
    for element in soup.find_all(True):
        if element.decomposed or element.name in {"body", "html", "head"}:
            continue
        if element.has_attr("hidden") or HIDDEN.search(_style(element, looks)):
            stayed["hidden"] += bool(element.get_text(strip=True))
            element.decompose()


def _marks(soup: BeautifulSoup, looks: dict[str, str]) -> None:
    """Write with elements what a page says with styles."""
    for span in soup.find_all("span"):
        style = _style(span, looks)
        for name, look in STYLES:
            if look.search(style) and not span.find_parent([name, "h1", "h2", "h3", "h4"]):
                inner = soup.new_tag(name)
                inner.extend([part.extract() for part in list(span.contents)])
                span.append(inner)
    for bold in soup.find_all(["b", "i"]):  # Google's clipboard puts all into a bold that is none
        if re.search(r"font-weight\s*:\s*normal", attribute(bold, "style")):
            bold.unwrap()
    for span in soup.find_all("span"):
        span.unwrap()
    soup.smooth()
    for name in ("strong", "em"):
        for element in soup.find_all(name):
            after = element.next_sibling
            while isinstance(after, Tag) and after.name == name:  # one, cut by the editor
                element.extend([part.extract() for part in list(after.contents)])
                after.decompose()
                after = element.next_sibling


def _paragraphs(soup: BeautifulSoup) -> None:
    for paragraph in soup.find_all("p"):
        names = attribute(paragraph, "class").split()
        kind = next((CLASSES[name] for name in names if name in CLASSES), "")
        if QUOTES & {*names}:
            paragraph.wrap(soup.new_tag("blockquote"))
        paragraph.attrs = {"class": kind} if kind else {}
    for quote in soup.find_all("blockquote"):
        before = quote.find_previous_sibling()
        if before is not None and before.name == "blockquote" and quote.p and not quote.get("cite"):
            before.extend([part.extract() for part in list(quote.contents)])
            quote.decompose()


def _lists(soup: BeautifulSoup) -> None:
    """Google writes lists in lists one after the other, with the depth in their classes."""
    for element in soup.find_all(["ul", "ol"]):
        found = re.search(r"lst-kix_(\w+)-(\d)", attribute(element, "class"))
        before = element.find_previous_sibling()
        if not found or before is None or before.name not in {"ul", "ol"}:
            continue
        depth = int(found[2])
        if not depth:
            if before.name == element.name and found[1] in attribute(before, "class"):
                before.extend([point.extract() for point in list(element.contents)])
                element.decompose()
            continue
        for _ in range(depth - 1):
            deeper = before.find_all("li", recursive=False)[-1:]
            inner = deeper[0].find(["ul", "ol"], recursive=False) if deeper else None
            before = inner if isinstance(inner, Tag) else before
        points = before.find_all("li", recursive=False)
        if points:
            known = points[-1].find(element.name, recursive=False)
            if isinstance(known, Tag):
                known.extend([point.extract() for point in element.find_all("li", recursive=False)])
                element.decompose()
            else:
                points[-1].append(element.extract())


def _footnotes(soup: BeautifulSoup) -> None:
    """A link to a note that leads back to it becomes a footnote, whoever wrote them."""
    places = {
        attribute(e, key): e for e in soup.find_all(True) for key in ("name", "id") if e.get(key)
    }
    for link in soup.find_all("a", href=re.compile("^#.")):
        if link.decomposed:
            continue
        own = {attribute(link, "id"), attribute(link, "name")} - {""}
        around = link.find_parent("sup")
        own |= {attribute(around, "id")} - {""} if around is not None else set()
        target = places.get(attribute(link, "href")[1:])
        if target is None or target.decomposed or not own:
            continue
        note = target
        if target.name in {"a", "sup"}:
            note = target.find_parent(["div", "li", "p"]) or target
            box = note.parent
            if box is not None and box.name == "div" and not box.find("hr"):
                is_alone = box.get_text(strip=True) == note.get_text(strip=True)
                note = box if is_alone else note
        backs = [a for a in note.find_all("a", href=True) if attribute(a, "href")[1:] in own]
        backs += [target] if target.name == "a" and attribute(target, "href")[1:] in own else []
        if not backs or link in note.find_all("a"):
            continue
        if note.name == "div" and len(note.find_all("a", href=re.compile("^#"))) > len(backs):
            note = target.find_parent("p") or note
        for back in backs:
            if not back.decomposed:
                back.decompose()
        name = attribute(link, "href")[1:]
        reference = soup.new_tag("sup", attrs={"data-fn": name})
        reference.string = "*"
        (around or link).replace_with(reference)
        note.name, note.attrs = "div", {"class": "imported-footnote", "data-fn": name}
        only = note.find_all("p")
        if len(only) == 1:
            only[0].unwrap()
        rule = note.find_previous_sibling()
        if rule is not None and rule.name == "hr":
            rule.decompose()


def _links(soup: BeautifulSoup) -> Iterator[str]:
    for link in soup.find_all("a", href=True):
        address = attribute(link, "href").strip()
        if re.match(r"https?://www\.google\.\w+/url\?", address):
            asked = parse_qs(urlsplit(address).query)
            link["href"] = (asked.get("q") or asked.get("url") or [address])[0]
        elif address and not re.match(r"#|[a-z][a-z0-9+.-]+:|//", address, re.I):
            if not link.find(BLOCKS):
                yield f"A link to {address} is taken out: that is a file on your computer."
            link.unwrap()
