"""`_headers` and `_redirects`: what Netlify and Cloudflare Pages read beside the pages.

https://docs.netlify.com/routing/headers/, https://docs.netlify.com/routing/redirects/,
https://developers.cloudflare.com/pages/configuration/headers/ and …/redirects/. Where several
patterns fit an address, both hosts send all their headers, and two values of one name as one, with
a comma between them. Of a policy that means that both count, so a narrower pattern can only forbid
more; every other header stands in one pattern alone.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from insession.publish.built_site import SiteBuild
from insession.publish.manifest import shown
from insession.publish.web_servers.headers import ANY, CACHED, TYPES, Headers, headers, policy

MOST_RULES = 100  # that Cloudflare takes in _headers
HERS = ("theme/", "covers/", "cards/", "downloads/", "images/")
LONGEST_REDIRECT = 1000  # that it takes in _redirects
NOTE = "# Written by In Session each time the site is published.\n"


def add_host_files(site: SiteBuild, plain: bool = False) -> None:
    """Write both files into a built site. Raises OSError.

    `plain` leaves out what only Netlify understands: a host of another kind may misread it.
    """
    _write(site.folder / "_headers", _headers(headers(site), _feeds(site), site.base))
    _write(site.folder / "_redirects", "".join(_redirects(site, plain)))


def _write(path: Path, text: str) -> None:
    path.write_text(NOTE + text, encoding="utf-8", newline="\n")


def _headers(said: Headers, feeds: dict[str, str], base: str) -> str:
    """Return the rules; what doesn't fit gets the widest policy, which stands first."""
    always = said.always | {"Content-Security-Policy": policy(said.rules[0][1])}
    blocks = [(ANY, always)]
    blocks += [
        (pattern, {"Cache-Control": CACHED[pattern]}) for pattern in CACHED if pattern != ANY
    ]
    # Pages are one or two folders deep; pictures are shown in feed readers and can't have this.
    alone = {"Cross-Origin-Resource-Policy": "same-origin"}
    blocks += [(pattern, alone) for pattern in ("/", "/:page/")]
    blocks += [(pattern, {"Content-Type": kind}) for pattern, kind in feeds.items()]
    blocks += [
        (quote(pattern, safe="/*"), {"Content-Security-Policy": policy(allowed)})
        for pattern, allowed in said.rules[1:]
    ]
    return "\n".join(_block(f"{base}{pattern}", lines) for pattern, lines in blocks[:MOST_RULES])


def _block(pattern: str, lines: dict[str, str]) -> str:
    return "".join([f"{pattern}\n", *(f"  {name}: {lines[name]}\n" for name in lines)])


def _feeds(site: SiteBuild) -> dict[str, str]:
    """Return patterns of addresses that have a type of their own: one file, or all in a folder."""
    found: dict[str, str] = {}
    names = [name for name in shown(site.files) if not name.startswith(HERS)]
    for ending, kind in TYPES.items():
        for name in names:
            if name.endswith(ending):
                is_many = name.count("/") > 1
                found[f"/{name.rpartition('/')[0]}/*" if is_many else f"/{name}"] = kind
    return found


def _redirects(site: SiteBuild, plain: bool) -> Iterator[str]:
    """Yield a line for each old address, and one more for Netlify, which reads some otherwise.

    It needs the ! where a page lies at the old address, knows queries, and answers 410. Cloudflare
    leaves out each line with something that it doesn't know.
    """
    answers = [(old, f"{site.base}{quote(new)} 301") for old, new in site.redirects]
    answers += [(old, f"{site.base}/404.html 410") for old in site.gone]
    for old, answer in answers:
        path, query = old.partition("?")[::2]
        parts = query.split("&") if query else []
        words = [site.base + quote(path), *(quote(part, safe="=") for part in parts), answer]
        line = " ".join(words)
        if len(line) >= LONGEST_REDIRECT or not all("=" in part for part in parts):
            continue  # without a value, a part of a query would be read as something else
        if not plain:
            yield f"{line}!\n"
        if not query and answer.endswith("301"):
            yield f"{line}\n"
