"""The site as nginx serves it: a file to be included in a server block.

https://nginx.org/en/docs/http/ngx_http_core_module.html#location; made for nginx 1.18 and later,
without any further module. nginx reads it when it is started or reloaded.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

from insession.publish.built_site import SiteBuild
from insession.publish.web_servers.headers import (
    ANY,
    CACHED,
    IN_QUERY,
    MISSING,
    SHOWN_ELSEWHERE,
    TOO_LARGE,
    TYPES,
    UNREACHABLE,
    Headers,
    policy,
)

TEXTS = "text/css text/plain text/xml application/javascript application/json application/xml"
KNOWN = {".ico", ".woff2"}  # among the types, in its own list
# What differs from page to page, so that the headers themselves can be the same for all: nginx
# forgets them all where one is added.
CACHE, POLICY, SHARING = "$insession_cache", "$insession_policy", "$insession_sharing"


def nginx_conf(site: SiteBuild, said: Headers, root: str) -> str:
    """Return the file; `root` is the folder on the server that is shown.

    A site that lies in a folder of its host needs a link of that name beside it: nginx can't take
    a part of an address away without losing it in its own redirects.
    """
    host = root.rpartition("/")[0] if site.base else root
    link = [f"# Once, by hand: ln -s {root} {host}{site.base}"] if site.base else []
    rows = [
        f"# {site.url}: written by In Session each time the site is published.",
        *link,
        f"set {CACHE} {_text(CACHED[ANY])};",
        f"set {POLICY} {_text(policy(said.rules[0][1]))};",
        f"set {SHARING} same-origin;",
        *(f"set {name} {_text(value)};" for value, name in _kinds(said).items()),
        *_error_pages(site, said),
        f"location {site.base}/ {{",
        *(f"\t{row}" for row in _location(site, said, host)),
        "}",
    ]
    return "\n".join(rows) + "\n"


def _error_pages(site: SiteBuild, said: Headers) -> Iterator[str]:
    """Yield which pages stand in for answers of the comments service (deploy/nginx.conf)."""
    if UNREACHABLE in said.pages:
        yield f"set $insession_unreachable {site.base}/{UNREACHABLE};"
        yield f"set $insession_too_large {site.base}/{TOO_LARGE};"


def _kinds(said: Headers) -> dict[str, str]:
    """Return each narrower policy with the name that stands for it."""
    narrower = dict.fromkeys(policy(allowed) for _, allowed in said.rules[1:])
    return {value: f"$insession_kind{number}" for number, value in enumerate(narrower)}


def _location(site: SiteBuild, said: Headers, root: str) -> Iterator[str]:
    yield f"root {root};"
    yield "index index.html;"
    yield f"error_page 404 410 {site.base}/{MISSING};"
    yield f"error_page 403 =404 {site.base}/{MISSING};"  # a folder without a page
    yield "absolute_redirect off;"
    yield "charset utf-8;"
    yield f"charset_types {TEXTS};"
    yield "gzip_static on;"
    yield "gzip_vary on;"
    for name, value in said.always.items():
        yield f"add_header {name} {_text(value)} always;"
    yield f"add_header Cache-Control {CACHE} always;"
    yield f"add_header Content-Security-Policy {POLICY} always;"
    yield f"add_header Cross-Origin-Resource-Policy {SHARING} always;"
    yield r"location ~ /\.(?!well-known/) { return 404; }"
    for ending in sorted(TYPES.keys() - KNOWN):
        kind = TYPES[ending]
        pattern = ending.replace(".", r"\.")
        yield f"location ~ {pattern}$ {{ types {{ }} default_type {_text(kind)}; }}"
    for pattern, value in CACHED.items():
        if pattern != ANY:
            sharing = f" set {SHARING} cross-origin;" if pattern in SHOWN_ELSEWHERE else ""
            yield f"{_place(site, pattern)} {{ set {CACHE} {_text(value)};{sharing} }}"
    kinds = _kinds(said)
    for pattern, allowed in said.rules[1:]:
        yield f"{_place(site, pattern)} {{ set {POLICY} {kinds[policy(allowed)]}; }}"
    for path, answers in _old(site).items():
        yield f"location = {_text(site.base + path)} {{ {' '.join(answers)} }}"


def _place(site: SiteBuild, pattern: str) -> str:
    """Return the location for a pattern of addresses; nginx knows the front page as a file."""
    if pattern.endswith("/*"):
        return f"location {_text(site.base + pattern[:-1])}"
    return f"location = {_text(site.base + ('/index.html' if pattern == '/' else pattern))}"


def _old(site: SiteBuild) -> dict[str, list[str]]:
    """Return what is answered to each path of an old address, or of one whose text is gone."""
    answers = [(old, f"return 301 {_text(site.base + quote(new))};") for old, new in site.redirects]
    answers += [(old, "return 410;") for old in site.gone]
    found: dict[str, list[str]] = {}
    for address, answer in sorted(answers, key=lambda pair: "?" not in pair[0]):
        path, asked, query = address.partition("?")
        path = re.sub("/+", "/", path)  # as nginx reads an address
        if asked:
            answer = f"if ($args = {_text(quote(query, safe=IN_QUERY))}) {{ {answer} }}"
        found.setdefault(path, []).append(answer)
    return found


def _text(words: str) -> str:
    """Return words as one word of nginx's language."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
