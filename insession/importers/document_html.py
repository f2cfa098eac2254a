"""What people type in the place of lists, headings and lines, and what web pages of editors hold.

Works on the HTML of a document, Word's or a web page, before it goes the way of all imports.
"""

import re
from collections import Counter
from collections.abc import Callable

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from insession.importers.normalize_html import BLOCKS, HEADINGS
from insession.importers.todo_notes import MARK, Notes

SURE = "•‣◦▪▫●○■□◆➢➤►·\uf0b7"  # signs that nothing but a point begins with
POINT = re.compile(
    rf"\s*(?:([{SURE}])\s*|([–*-])\s+|([o§])[\t\xa0]\s*|(?:(\d{{1,3}})([.)]))\s+)(?=\S)"
)
RULE = re.compile(r"\s*(?:([*_–—~#•·⁂-])\s*(?:\1\s*){2,}|⁂)\s*")
ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”]*[^\s<>\"“”.,;:!?')\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
BEGINS = re.compile(r"(?:\d{1,2}[.):]\s+)?[\"“”‘’'«„(¿¡]*[^\W\d_]")
NUMBERED = ".)"
WORDS_OF_A_HEADING = 10
Decide = Callable[[str], bool | None]  # whether words are a heading; None: nobody can be asked


def mend(soup: BeautifulSoup, notes: Notes, is_heading: Decide) -> None:
    """Make lists, headings, lines and links of what was typed in their place."""
    _trim(soup)
    _part_lines(soup)
    _lists(soup)
    _rules(soup)
    _headings(soup, notes, is_heading)
    _links(soup)


def _trim(soup: BeautifulSoup) -> None:
    """Put spaces at the edges of bold words and italics outside, where they mean nothing."""
    for mark in soup.find_all(["strong", "em", "b", "i", "del"]):
        words = mark.find_all(string=True)
        if not mark.get_text(strip=True):
            mark.unwrap()
            continue
        first, last = words[0], words[-1]
        if not first[:1].strip() and first.strip():
            mark.insert_before(NavigableString(" "))
            first.replace_with(NavigableString(first.lstrip()))
            last = mark.find_all(string=True)[-1]
        if not last[-1:].strip() and last.strip():
            mark.insert_after(NavigableString(" "))
            last.replace_with(NavigableString(last.rstrip()))
    soup.smooth()


def words_of(element: Tag) -> str:
    """Return the words of an element in one line."""
    return " ".join(MARK.sub("", element.get_text(" " if element.find("br") else "")).split())


def take_title(soup: BeautifulSoup) -> str:
    """Take the title out of a document, if it has one at its beginning, and return it."""
    found = soup.find(class_="document-title")
    first = next((e for e in soup.find_all([*BLOCKS, "li"]) if words_of(e)), None)
    if not isinstance(found, Tag) and first is not None:
        is_alone = first.find_parent(["table", "ul", "ol", "blockquote"]) is None
        is_title = first.name in {"h1", "h2"} or (first.name == "p" and _looks_so(first))
        found = first if is_alone and is_title else None
    if not isinstance(found, Tag):
        return ""
    title = words_of(found)
    for image in found.find_all(["img", "sup"]):
        found.insert_before(image.extract())
    for mark in MARK.finditer(found.get_text()):
        found.insert_before(NavigableString(mark[0]))
    found.decompose()
    return title


# Typed points


def _point(element: object) -> re.Match[str] | None:
    if not isinstance(element, Tag) or element.name != "p":
        return None
    return POINT.match(MARK.sub("", element.get_text()))


def _kind(point: re.Match[str]) -> str:
    """Return the sign of a point, or what follows its number."""
    return str(point[1] or point[2] or point[3] or point[5])


def _part_lines(soup: BeautifulSoup) -> None:
    """Points that are lines of one paragraph become paragraphs of their own."""
    for paragraph in soup.find_all("p"):
        if not paragraph.find("br", recursive=False):
            continue
        lines: list[list[PageElement]] = [[]]
        for part in list(paragraph.contents):
            if isinstance(part, Tag) and part.name == "br":
                lines.append([])
            else:
                lines[-1].append(part)
        texts = ("".join(part.get_text() for part in line) for line in lines)
        found = [POINT.match(MARK.sub("", text)) for text in texts]
        points = [each for each in found if each]
        if len(points) < 2 or not _are_points(points):
            continue
        first = next(at for at, each in enumerate(found) if each)
        here = paragraph
        for line in lines[first:]:
            own = soup.new_tag("p")
            own.extend([part.extract() for part in line])
            here.insert_after(own)
            here = own
        if not first:
            paragraph.decompose()


def _are_points(points: list[re.Match[str]]) -> bool:
    """Whether these are points: a hyphen or a number alone may begin any paragraph."""
    counts = Counter(map(_kind, points))
    if any(count < 2 and kind not in SURE for kind, count in counts.items()):
        return False
    last: dict[str, int] = {}
    for point in points:
        if point[4]:
            kind, number = point[5], int(point[4])
            if kind in last and number != last[kind] + 1 and number != 1:
                return False
            last[kind] = number
    return True


def _lists(soup: BeautifulSoup) -> None:
    """Make lists of paragraphs that begin with a typed sign or number."""
    for paragraph in soup.find_all("p"):
        if paragraph.decomposed or paragraph.parent is None or not _point(paragraph):
            continue
        group, after = [paragraph], _next(paragraph)
        while isinstance(after, Tag) and _point(after):
            group.append(after)
            after = _next(after)
        while group and not _are_points([p for each in group if (p := _point(each))]):
            group.pop()
        if group:
            _make_list(soup, group)


def _next(element: Tag) -> object:
    after = element.next_sibling
    while isinstance(after, NavigableString) and not str(after).strip():
        after = after.next_sibling
    return after


def _make_list(soup: BeautifulSoup, group: list[Tag]) -> None:
    levels: list[tuple[str, Tag]] = []
    for at, paragraph in enumerate(group):
        point = _point(paragraph)
        if point is None:
            continue
        kind, number = _kind(point), point[4]
        known = [each for each, _ in levels]
        if kind in known and number != "1":
            levels = levels[: known.index(kind) + 1]
        else:
            # Points belong to a number, and numbers to a point, only if more of those follow.
            later = {_kind(each) for other in group[at:] if (each := _point(other))}
            current = levels[-1][0] if levels else ""
            is_within = current in later or (current not in NUMBERED and not number)
            levels = levels[: known.index(kind)] if kind in known else levels if is_within else []
            made = soup.new_tag("ol" if number else "ul")
            if number and number != "1":
                made["start"] = number
            if levels:
                levels[-1][1].find_all("li", recursive=False)[-1].append(made)
            else:
                paragraph.insert_before(made)
            levels.append((kind, made))
        item = soup.new_tag("li")
        levels[-1][1].append(item)
        _cut(paragraph, point.end())
        item.extend([part.extract() for part in list(paragraph.contents)])
        paragraph.decompose()


def _cut(element: Tag, count: int) -> None:
    """Take so many signs from the beginning of an element's words; notes stay."""
    for text in list(element.find_all(string=True)):
        marks = "".join(found[0] for found in MARK.finditer(str(text)))
        words = MARK.sub("", str(text))
        text.replace_with(NavigableString(marks + words[count:]))
        count -= min(count, len(words))
        if not count:
            return


# Lines, headings, links


def _rules(soup: BeautifulSoup) -> None:
    for paragraph in soup.find_all("p"):
        if RULE.fullmatch(paragraph.get_text()) and not paragraph.find("img"):
            paragraph.replace_with(soup.new_tag("hr"))


def _looks_so(paragraph: Tag) -> bool:
    """Whether a paragraph is one bold or large line that could be a heading."""
    words = words_of(paragraph)
    bold = paragraph.find(["b", "strong"])
    is_bold = isinstance(bold, Tag) and words_of(bold) == words
    is_large = "large" in (paragraph.get("class") or [])
    is_short = 0 < len(words.split()) <= WORDS_OF_A_HEADING
    return bool(
        (is_bold or is_large)
        and is_short
        and words[-1] not in ".,;:!"
        and BEGINS.match(words)
        and not paragraph.find("img")
    )


def _headings(soup: BeautifulSoup, notes: Notes, is_heading: Decide) -> None:
    """Ask of each bold line whether it is a heading, or say that it may be one."""
    level = 0
    asked = []
    for element in soup.find_all([*HEADINGS, "p"]):
        if element.name != "p":
            level = int(element.name[1])
            continue
        after = element.find_next_sibling()
        is_followed = after is not None and not (after.name == "p" and _looks_so(after))
        if not is_followed or (after is not None and after.name in HEADINGS):
            continue
        if element.find_parent(["li", "td", "th", "blockquote"]) or not _looks_so(element):
            continue
        asked.append((element, min(level + 1, 6) if level else 2))
    for element, depth in asked:
        words = words_of(element)
        answer = is_heading(words)
        if answer:
            element.name = f"h{depth}"
        elif answer is None:
            is_bold = element.find(["b", "strong"]) is not None
            how = "in the place of the stars around it" if is_bold else "before it"
            said = f"“{words}” looks like a heading. If it is one, write ## {how}."
            element.insert(0, NavigableString(notes.mark(said)))


def _links(soup: BeautifulSoup) -> None:
    """Make links of addresses that stand among the words."""
    for text in list(soup.find_all(string=ADDRESS)):
        if text.find_parent(["a", "pre", "code"]) or type(text) is not NavigableString:
            continue
        end = 0
        for found in ADDRESS.finditer(str(text)):
            address = found[0]
            is_mail = "@" in address and not address.lower().startswith(("http", "www"))
            before = "mailto:" if is_mail else "" if address.startswith("http") else "https://"
            link = soup.new_tag("a", href=f"{before}{address}")
            link.string = address
            text.insert_before(NavigableString(str(text)[end : found.start()]))
            text.insert_before(link)
            end = found.end()
        text.replace_with(NavigableString(str(text)[end:]))
