"""The short way to clean HTML for a feed, where every tag is written as Markdown writes it.

Such HTML means the same to whoever reads it: each tag is closed where it was opened, and stands
where it may. So its tags can be taken as they are written, without what else is in them. All other
HTML is parsed as a browser does (parsed_html.py), which takes ten times as long.
"""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z][a-z0-9-]*="[^"<>]*")*)>')
ATTRIBUTE = re.compile(r' ([a-z0-9-]+)="([^"]*)"')
REFERENCE = re.compile("&(?:amp|lt|gt|quot);")
# Any sign but letters, and others that everybody sees: those are left to the parser.
ODD = re.compile(
    "[^\\t\\n -~\xa0-\xac\xae-\u02ff\u0370-\u0373\u0386-\u0482\u048a-\u052f\u05d0-\u05ea"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u3001-\u3029\u3041-\u3096\u30a0-\u30ff"
    "\u4e00-\u9fff\uac00-\ud7a3]"
)
ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::\d{1,4})?(?:[/?#][A-Za-z0-9!#$%&()*+,./:;=?@_~-]*)?"
    r"|mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+|(?:tel|sms):[+0-9.-]+"
)

WORDS = set("a abbr b bdi br cite code em i img small span strong sub sup".split())
FLOW = WORDS | set("blockquote div dl figure h2 h3 h4 h5 h6 hr ol p section table ul".split())
# What may stand in each element; in all others, words.
ROWS = {"table": {"thead", "tbody"}, "thead": {"tr"}, "tbody": {"tr"}, "tr": {"td", "th"}}
INSIDE: dict[str, set[str]] = {
    **dict.fromkeys(("", *"blockquote dd div dt figcaption li section td th".split()), FLOW),
    **{"ol": {"li"}, "ul": {"li"}, "dl": {"dd", "dt"}, "figure": FLOW | {"figcaption"}},
    **ROWS,
}
ENDLESS = {"br", "hr", "img"}
KEPT = {name: {"id", "lang", "dir", "title"} for name in INSIDE.keys() | FLOW}
KEPT["a"] |= {"href"}
KEPT["img"] |= {"src", "sizes", "alt", "width", "height"}
KEPT["td"] |= {"colspan", "rowspan"}
KEPT["th"] |= {"colspan", "rowspan", "scope"}
ADDRESSES = {"href", "src"}
LEFT_TO_THE_PARSER = {"cite", "srcset", "start"}
SECTION_LINK = "section-link"


def clean_plain(html: str, url: str) -> str | None:
    """Return what `safe_html` makes of HTML that is plainly written; None of any other."""
    html = html.replace("&#160;", "\xa0").replace("&#8617;", "↩")  # as Markdown writes footnotes
    found = [*TAG.finditer(html)]
    is_plain = len(found) == html.count("<") == html.count(">") and not ODD.search(html)
    if not is_plain or html.count("&") != len(REFERENCE.findall(html)):
        return None
    try:
        return "".join(_parts(html, found, url))
    except ValueError:
        return None


def _parts(html: str, found: list[re.Match[str]], url: str) -> Iterator[str]:
    """Yield the text and the tags. Raises ValueError where something isn't plain."""
    end, opened, is_left_out = 0, [""], False
    for tag in found:
        yield _text(html[end : tag.start()], opened[-1])
        end = tag.end()
        closing, name, attributes = tag.groups()
        if closing:
            _demand(opened.pop() == name and not attributes)
            if not is_left_out:
                yield tag[0]
            is_left_out = False
            continue
        _demand(name in INSIDE.get(opened[-1], WORDS) and not (name == "a" and "a" in opened))
        if name not in ENDLESS:
            opened.append(name)
        written = _attributes(name, attributes, url) if attributes else ""
        is_left_out = written is None
        if is_left_out:
            _demand(html.startswith(f"</{name}>", end))
        else:
            yield f"<{name}{written}>"
    _demand(opened == [""])
    yield _text(html[end:], "")


def _demand(is_plain: bool) -> None:
    if not is_plain:
        raise ValueError


def _text(text: str, parent: str) -> str:
    _demand(parent not in ROWS or not text.strip("\n "))  # a browser moves it out of the table
    return text.replace("&quot;", '"')


def _attributes(tag: str, source: str, url: str) -> str | None:
    """Return the attributes that are kept; None for a link to a section, which goes."""
    pairs = ATTRIBUTE.findall(source)
    attributes: dict[str, str] = dict(pairs)
    _demand(len(attributes) == len(pairs) and LEFT_TO_THE_PARSER.isdisjoint(attributes))
    if tag == "a" and SECTION_LINK in attributes.get("class", "").split():
        return None
    parts = []
    for name, value in pairs:
        if name not in KEPT[tag]:
            continue
        if name in ADDRESSES:
            address = urljoin(url, value.replace("&amp;", "&"))
            _demand(value != "" and ADDRESS.fullmatch(address) is not None)
            parts.append(f' {name}="{address.replace("&", "&amp;")}"')
        else:
            _demand("&" not in value)
            parts.append(f' {name}="{value}"' if value else f" {name}")
    return "".join(parts)
