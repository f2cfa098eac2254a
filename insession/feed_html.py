"""What of an article a feed reader may show: it stands alone there, away from our pages."""

from urllib.parse import urljoin

from justhtml import JustHTML, SanitizationPolicy, UrlPolicy, UrlRule

TAGS = """a abbr aside b blockquote br caption cite code dd del dl dt em figcaption figure
h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre q s section small strong sub sup table tbody td
tfoot th thead time tr u ul""".split()
SCHEMES = ("http", "https", "mailto", "tel", "sms")
ADDRESSES = [
    ("a", "href"),
    ("img", "src"),
    ("img", "srcset"),
    ("blockquote", "cite"),
    ("q", "cite"),
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
    },
    url_policy=UrlPolicy(
        default_handling="strip",
        allow_rules={
            pair: UrlRule(allowed_schemes=SCHEMES, handling="allow") for pair in ADDRESSES
        },
    ),
)


def safe_html(html: str, url: str) -> str:
    """Return `html` with every address absolute to `url`, and no script, form, frame or style."""
    document = JustHTML(html, fragment=True, sanitize=False)
    for link in document.query("a.section-link"):
        link.parent.remove_child(link)
    for node in document.query("[href], [src], [srcset], [cite]"):
        for name in ("href", "src", "cite"):
            if node.attrs.get(name):
                node.attrs[name] = urljoin(url, node.attrs[name])
        if node.attrs.get("srcset"):
            node.attrs["srcset"] = _absolute_srcset(node.attrs["srcset"], url)
    absolute = document.to_html(pretty=False)
    return JustHTML(absolute, fragment=True, policy=POLICY).to_html(pretty=False)


def _absolute_srcset(srcset: str, url: str) -> str:
    candidates = (candidate.split() for candidate in srcset.split(","))
    return ", ".join(" ".join([urljoin(url, c[0]), *c[1:]]) for c in candidates if c)
