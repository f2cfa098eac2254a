"""The sure way to clean HTML for a feed: parsed as a browser does, and only what is safe kept."""

from urllib.parse import unquote, urljoin, urlsplit

from justhtml import (
    Element,
    JustHTML,
    Node,
    SanitizationPolicy,
    Text,
    UrlPolicy,
    UrlRule,
    sanitize_dom,
)

from insession.output.plain_html import SECTION_LINK

TAGS = """a abbr address article aside audio b bdi bdo blockquote br caption center cite code col
colgroup dd del details dfn div dl dt em figcaption figure footer h2 h3 h4 h5 h6 header hr i img ins
kbd li main mark nav ol p pre q rp rt ruby s samp section small source span strong sub summary sup
table tbody td tfoot th thead time tr track u ul var video wbr""".split()
SCHEMES = ("http", "https", "mailto", "tel", "sms")
ADDRESSES = [
    ("a", "href"),
    ("img", "src"),
    ("img", "srcset"),
    ("blockquote", "cite"),
    ("q", "cite"),
    ("audio", "src"),
    ("video", "src"),
    ("video", "poster"),
    ("source", "src"),
    ("track", "src"),
]
POLICY = SanitizationPolicy(
    allowed_tags=frozenset(TAGS),
    allowed_attributes={
        "*": ["id", "lang", "dir", "title"],
        "a": ["href"],
        "img": ["src", "srcset", "sizes", "alt", "width", "height"],
        "blockquote": ["cite"],
        "q": ["cite"],
        "ol": ["start"],
        "th": ["colspan", "rowspan", "scope"],
        "td": ["colspan", "rowspan"],
        "time": ["datetime"],
        "audio": ["src", "controls"],
        "video": ["src", "controls", "poster", "width", "height"],
        "source": ["src", "type"],
        "track": ["src", "kind", "srclang", "label"],
        "details": ["open"],
    },
    url_policy=UrlPolicy(
        default_handling="strip",
        allow_rules={
            pair: UrlRule(allowed_schemes=SCHEMES, handling="allow") for pair in ADDRESSES
        },
    ),
)


def parse_and_clean(html: str, url: str) -> str:
    """Do what `safe_html` does, for whatever HTML."""
    document = JustHTML(html, fragment=True, sanitize=False)
    elements = _elements(document.root)
    for element in elements:
        is_ours = SECTION_LINK in (element.attrs.get("class") or "").split()
        if element.name == "a" and is_ours and element.parent:
            element.parent.remove_child(element)
        _make_absolute(element.attrs, url)
    for element in elements:
        if element.name in ("audio", "video"):
            _add_link(element)
        elif element.name == "ruby":
            _add_brackets(element)
    sanitize_dom(document.root, policy=POLICY)
    return document.to_html(pretty=False)


def _elements(root: Node) -> list[Element]:
    """Return every element below `root`, in the order of the text."""
    found, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Element):
            found.append(node)
            if node.template_content:
                waiting.append(node.template_content)
        waiting += reversed(node.children or ())
    return found


def _make_absolute(attributes: dict[str, str | None], url: str) -> None:
    for name in ("href", "src", "cite", "poster"):
        if address := attributes.get(name):
            attributes[name] = urljoin(url, address)
    if srcset := attributes.get("srcset"):
        attributes["srcset"] = _absolute_srcset(srcset, url)


def _add_link(media: Element) -> None:
    """A feed reader that has no player shows what is inside it: a link, if it has none yet."""
    media.attrs["controls"] = None
    urls = ((each.attrs or {}).get("src") for each in (media, *media.query("source[src]")))
    url = next(filter(None, urls), None)
    if url is None or media.query("a[href]"):
        return
    link = Element("a", {"href": url}, "html")
    link.append_child(Text(unquote(urlsplit(url).path).rpartition("/")[2] or url))
    media.append_child(link)


def _add_brackets(ruby: Element) -> None:
    """A feed reader that knows no ruby shows 漢字(かんじ): HTML, the rp element."""
    if ruby.query("rp"):
        return
    for reading in ruby.query("rt"):
        around = reading.parent
        if around is None:  # what was found below an element has one
            continue
        siblings = [*(around.children or ()), None]
        after = siblings[siblings.index(reading) + 1]
        for sign, before in (("(", reading), (")", after)):
            bracket = Element("rp", {}, "html")
            bracket.append_child(Text(sign))
            around.insert_before(bracket, before)


def _absolute_srcset(srcset: str, url: str) -> str:
    candidates = (candidate.split() for candidate in srcset.split(","))
    return ", ".join(" ".join([urljoin(url, c[0]), *c[1:]]) for c in candidates if c)
