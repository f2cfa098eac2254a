"""How Mozilla's HTTP Observatory judges a page: its criteria of version 1.4.8, algorithm 4.

https://github.com/mdn/mdn-http-observatory (src/grader/charts.js, src/analyzer/tests). A page
starts with 100 points; 100 and more are an A+, and what is good is counted only from 90 on. Left
out is what the files don't decide: the redirect from http to https, and its own list of hosts.
"""

from email.message import Message

from bs4 import BeautifulSoup

SIX_MONTHS = 15552000
BROAD = {"ftp:", "http:", "https:", "*", "http://*", "https://*", "http://*.*", "https://*.*"}
UNSAFE = BROAD | {"'unsafe-inline'", "data:"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
PASSIVE = {"img-src", "media-src"}


def score(headers: Message, html: str) -> int:
    """Return the points of a page on a host with https."""
    policy = _policy(headers.get_all("Content-Security-Policy") or [])
    points = [
        _content(policy),
        -50 if headers["Access-Control-Allow-Origin"] else 0,
        -20 if headers["Set-Cookie"] else 0,
        5 if headers["Referrer-Policy"] in PRIVATE else -5 if headers["Referrer-Policy"] else 0,
        _transport(headers["Strict-Transport-Security"] or ""),
        -50 if _foreign_scripts(html) else 0,
        0 if headers["X-Content-Type-Options"] == "nosniff" else -5,
        _frames(policy, headers["X-Frame-Options"]),
        {"same-origin": 10, "same-site": 10, "cross-origin": 0, None: 0}.get(
            headers["Cross-Origin-Resource-Policy"], -5
        ),
    ]
    bad = 100 + sum(point for point in points if point < 0)
    return bad + sum(point for point in points if point > 0) if bad >= 90 else bad


def _policy(values: list[str]) -> dict[str, set[str]]:
    """Read the policy; the site sends one."""
    assert len(values) <= 1
    parts = [part.split() for value in values for part in value.split(";")]
    assert len({name for name, *_ in parts}) == len(parts), "a directive stands there twice"
    return {name: {source.lower() for source in sources} or {"'none'"} for name, *sources in parts}


def _content(policy: dict[str, set[str]]) -> int:
    if not policy:
        return -25
    default = policy.get("default-src", {"*"})
    script, style = (policy.get(name, default) for name in ("script-src", "style-src"))
    if script & UNSAFE or policy.get("object-src", default) & BROAD:
        return -20
    loaded = {source for name in policy if name not in PASSIVE for source in policy[name]}
    if any(source.startswith(("http:", "ftp:")) for source in loaded):
        return -20
    if "'unsafe-eval'" in script | style:
        return -10
    if any(s.startswith(("http:", "ftp:")) for name in PASSIVE for s in policy.get(name, ())):
        return -10
    if style & UNSAFE:
        return 0
    return 10 if default == {"'none'"} else 5


def _transport(value: str) -> int:
    ages = [part.strip()[8:] for part in value.split(";") if part.strip().startswith("max-age=")]
    if not ages:
        return -20
    return 0 if int(ages[0]) >= SIX_MONTHS else -10


def _frames(policy: dict[str, set[str]], header: str | None) -> int:
    if not policy.get("frame-ancestors", {"*"}) & BROAD:
        return 5
    return 0 if header and header.upper() in {"DENY", "SAMEORIGIN"} else -20


def _foreign_scripts(html: str) -> bool:
    scripts = BeautifulSoup(html, "html.parser").select("script[src]")
    return any(script["src"].startswith(("//", "http:", "https:")) for script in scripts)
