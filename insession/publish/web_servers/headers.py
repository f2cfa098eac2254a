"""What a web server says beside the files of the site, read off the built pages.

`policies` says what each page may load and where it may send anything; `rules` joins that into a
few patterns of addresses, for hosts that allow few. The rest is the same for every site. How it is
written down for a server or host: caddy.py, nginx.py, netlify.py.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from insession.common.csp import SELF, content_security_policy
from insession.publish import file_types
from insession.publish.built_site import SiteBuild
from insession.publish.manifest import PAGE, shown
from insession.publish.web_servers.sources import Sources

ANY = "/*"
# Two years; not for subdomains, of which we know nothing. RFC 6797.
TRANSPORT = "max-age=63072000"
# https://www.w3.org/TR/permissions-policy/: nothing here asks for any of these.
PERMISSIONS = ", ".join(
    f"{name}=()"
    for name in (
        *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media"),
        *("geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment"),
        *("picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "usb"),
        *("xr-spatial-tracking", "browsing-topics"),
    )
)
CACHED = {f"/{folder}*": value for folder, value in file_types.CACHED.items()}
# What servers don't know by themselves, or not always.
TYPES = {
    ending: file_types.content_type(ending)
    for ending in (
        ".atom.xml",
        ".feed.json",
        ".rss.xml",
        ".opml",
        ".vcf",
        ".webmanifest",
        ".ico",
        ".woff2",
    )
}
MISSING = "404.html"  # the page that is shown for what is missing or gone
# Those for when the comments service doesn't answer, and when more was sent than it would take.
UNREACHABLE, TOO_LARGE = "503.html", "413.html"
# What browsers leave as it is in a query, and no server's language means anything by.
IN_QUERY = "=&/:@,;!()*+?~"
# What feeds show stands on other people's pages, too (https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header).
SHOWN_ELSEWHERE = ("/images/*", "/cards/*")


@dataclass(frozen=True)
class Headers:
    """What is said beside the files: `always`, with each page's policy in `pages` (file → sources).

    `rules` are patterns of addresses, the widest first, each with the sources that its pages need.
    """

    always: dict[str, str]
    pages: dict[str, Sources]
    rules: list[tuple[str, Sources]]


def headers(site: SiteBuild) -> Headers:
    """Return what is to be said beside the files of a built site."""
    stubs = {_file(old) for old, _ in site.redirects}  # servers answer before they come to these
    pages = policies(site)
    pages = {page: pages[page] for page in pages if page not in stubs}
    elsewhere = any(source != SELF for page in pages.values() for source in _asked(page))
    always = {
        "Strict-Transport-Security": TRANSPORT,
        # A comments service on another host has to see which site a comment comes from.
        "Referrer-Policy": "strict-origin" if elsewhere else "same-origin",
        "Permissions-Policy": PERMISSIONS,
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    return Headers(always, pages, rules(pages))


def _file(address: str) -> str:
    path = re.sub("/+", "/", address).strip("/")
    return path if path.endswith(PAGE) else f"{path}/index.html"


def policies(site: SiteBuild) -> dict[str, Sources]:
    """Return what each page of a site may load and where it may send anything."""
    return {name: site.files[name].loads for name in shown(site.files) if name.endswith(PAGE)}


def _asked(page: Sources) -> frozenset[str]:
    return page.get("form-action", frozenset())


def policy(allowed: Sources, styles: str = "") -> str:
    """Return a page's policy; `styles` stands in the place of the stylesheet's hash."""
    allowed = allowed | ({"style-src": frozenset([styles])} if styles else {})
    return content_security_policy(allowed)


def rules(pages: Mapping[str, Sources]) -> list[tuple[str, Sources]]:
    """Return (pattern, sources): /* with all that any page needs, then those that need less.

    A page of an address that no narrower pattern covers gets the widest policy. So does one that
    is newer than the rules a server has read.
    """
    widest = joined(pages.values())
    groups: dict[str, list[Sources]] = {}
    for page, needed in pages.items():
        groups.setdefault(_pattern(page), []).append(needed)
    found = [(pattern, joined(group)) for pattern, group in groups.items()]
    narrower = [rule for rule in found if rule[1] != widest]
    # The larger groups first, which are the lists; a host may take only so many.
    narrower.sort(key=lambda rule: (rule[0] != "/", -len(groups[rule[0]]), rule[0]))
    return [(ANY, widest), *narrower]


def joined(pages: Iterable[Sources]) -> Sources:
    """Return all that any of these pages needs."""
    found: dict[str, frozenset[str]] = {}
    for page in pages:
        for directive, allowed in page.items():
            found[directive] = found.get(directive, frozenset()) | allowed
    return found


def _pattern(page: str) -> str:
    """Return the addresses a page stands for: those that begin as its own does."""
    first, slash, _ = page.partition("/")
    if slash:
        return f"/{first}/*"
    return "/" if page == "index.html" else f"/{page}"
