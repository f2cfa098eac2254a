"""The site as Caddy serves it: a file to be imported in a site block.

https://caddyserver.com/docs/caddyfile; made for Caddy 2.6 and later. Caddy reads it when it is
started or reloaded. What may not wait for that is what the stylesheet's hash is: a new release has
another one, and its pages have to be right at once. So it is the name of a file, which Caddy looks
up at each request.
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
    joined,
    policy,
)
from insession.publish.web_servers.sources import Sources

FILES = ("file_server {", "\tprecompressed br gzip", "}")
LITERAL = re.compile(r"[\w./~ ?=&%:@,;!()*+-]+")
# Three hashes of 43 signs, each one of 64: there are hardly ever more (1 in 10 billion).
MOST_SLASHES = 16
PLAIN_PATTERN = re.compile(r"/[\w.-]*(/\*)?")


def caddyfile(site: SiteBuild, said: Headers, root: str) -> str:
    """Return the file; `root` is the folder on the server that is shown."""
    rows = [
        f"# {site.url}: written by In Session each time the site is published.",
        f"handle_path {site.base}/* {{" if site.base else "handle {",
        *_indented(["route {", *_indented(_route(site, said, root)), "}"]),
        "}",
        "handle_errors {",
        *_indented(_errors(site, said, root)),
        "}",
    ]
    return "\n".join(rows) + "\n"


def style_name(said: Headers) -> str:
    """Return the name of the file that tells Caddy what styles the pages have.

    A slash can't stand in it and is a “_”, which no hash has.
    """
    hashes = joined(said.pages.values()).get("style-src", frozenset())
    return " ".join(sorted(hashes)).replace("/", "_") or "'none'"


def _route(site: SiteBuild, said: Headers, root: str) -> Iterator[str]:
    """Yield what is done with a request; in a route, in this order."""
    yield f"root * {root}"
    yield from _always(said)
    yield from _policies(said.rules[0][1], _kinds(said))
    for pattern, value in CACHED.items():
        yield f'header {pattern} Cache-Control "{value}"'
    yield 'header Cross-Origin-Resource-Policy "same-origin"'
    for pattern in SHOWN_ELSEWHERE:
        yield f'header {pattern} Cross-Origin-Resource-Policy "cross-origin"'
    for ending, kind in TYPES.items():
        name = f"@type{ending.replace('.', '-')}"
        yield f"{name} path *{ending}"
        yield f'header {name} Content-Type "{kind}"'
    yield from ("@hidden {", "\tpath */.*", "\tnot path /.well-known/*", "}")
    yield "error @hidden 404"
    yield from _moved(site)
    yield from FILES


def _always(said: Headers) -> Iterator[str]:
    for name, value in said.always.items():
        yield f'header {name} "{value}"'


def _policies(widest: Sources, kinds: list[list[str]]) -> Iterator[str]:
    """Yield the policy of every page, then those of the kinds that need less."""
    yield "@style file /.server/style/*"
    yield "map {http.matchers.file.relative} {insession_style} {"
    for count in range(MOST_SLASHES, -1, -1):
        parts = "_".join(["([^_]*)"] * (count + 1))
        value = "/".join(f"${{{number}}}" for number in range(1, count + 2))
        yield f'\t"~/style/{parts}$" "{value}"'
    yield from ("\tdefault \"'none'\"", "}")
    yield f'header @style Content-Security-Policy "{_policy(widest)}"'
    for number, (value, *patterns) in enumerate(kinds):
        yield f"@kind{number} path {' '.join(patterns)}"
        yield f'header @kind{number} Content-Security-Policy "{value}"'


def _kinds(said: Headers) -> list[list[str]]:
    """Return each narrower policy, followed by the patterns of its pages."""
    found: dict[str, list[str]] = {}
    for pattern, allowed in said.rules[1:]:
        if PLAIN_PATTERN.fullmatch(pattern):
            value = _policy(allowed)
            found.setdefault(value, [value]).append(pattern)
    return list(found.values())


def _policy(allowed: Sources) -> str:
    return policy(allowed, "{insession_style}" if "style-src" in allowed else "")


def _moved(site: SiteBuild) -> Iterator[str]:
    """Yield where old addresses lead to; for what was taken down, that it is gone."""
    answers = [(old, site.base + quote(new)) for old, new in site.redirects]
    answers += [(old, "gone") for old in site.gone]
    if not answers:
        return
    for source, kind in (("path}?{http.request.uri.query", "asked"), ("path", "moved")):
        yield f"map {{http.request.uri.{source}}} {{insession_{kind}}} {{"
        for old, new in answers:
            if ("?" in old) == (kind == "asked"):
                yield f'\t{_matched(old)} "{new}"'
        yield '\tdefault "no"'
        yield "}"
        yield f"@gone_{kind} vars {{insession_{kind}}} gone"
        yield f"error @gone_{kind} 410"
        yield f"@{kind} not vars {{insession_{kind}}} no"
        yield f"redir @{kind} {{insession_{kind}}} 301"


def _matched(address: str) -> str:
    """Return an old address as a map has it; what means something to Caddy, as an expression."""
    path, asked, query = address.partition("?")
    address = path + asked + quote(query, safe=IN_QUERY)
    if LITERAL.fullmatch(address):
        return f'"{address}"'
    signs = (c if c == "/" or c.isalnum() else f"\\x{{{ord(c):X}}}" for c in address)
    return f'"~^{"".join(signs)}$"'


def _errors(site: SiteBuild, said: Headers, root: str) -> Iterator[str]:
    """Yield which page is shown instead of an answer, each with its own policy."""
    status, service = "{http.error.status_code}", "/comments/*"
    yield from _error(said, root, MISSING, f"{site.base}/*", f"{status} == 404 || {status} == 410")
    if UNREACHABLE in said.pages:
        yield from _error(said, root, TOO_LARGE, service, f"{status} == 413")
        yield from _error(said, root, UNREACHABLE, service, f"{status} >= 500")


def _error(said: Headers, root: str, page: str, pattern: str, status: str) -> Iterator[str]:
    name = f"@{page.removesuffix('.html')}"
    yield from (f"{name} {{", f"\tpath {pattern}", f"\texpression {status}", "}")
    yield f"route {name} {{"
    rows = [f"root * {root}", f"rewrite * /{page}", *_always(said)]
    rows += _policies(said.pages.get(page, {}), [])
    rows += [f'header Cache-Control "{CACHED[ANY]}"']
    rows += ['header Content-Type "text/html; charset=utf-8"']
    yield from _indented([*rows, *FILES])
    yield "}"


def _indented(rows: Iterator[str] | list[str]) -> Iterator[str]:
    return (f"\t{row}" for row in rows)
