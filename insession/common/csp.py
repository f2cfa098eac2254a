"""The Content-Security-Policy: nothing is loaded but what is named (https://www.w3.org/TR/CSP3/)."""

import base64
import hashlib
from collections.abc import Iterable, Mapping

SELF, NONE = "'self'", "'none'"
DIRECTIVES = (
    "style-src",
    "script-src",
    "img-src",
    "font-src",
    "media-src",
    "connect-src",
    "manifest-src",
)


def content_security_policy(allowed: Mapping[str, Iterable[str]]) -> str:
    """Return the policy of a page that needs these sources: directive → what it allows."""
    parts = [f"{name} {' '.join(sorted(allowed[name]))}" for name in DIRECTIVES if name in allowed]
    form = " ".join(sorted(allowed.get("form-action", ()))) or NONE
    end = [f"form-action {form}", f"base-uri {NONE}", f"frame-ancestors {NONE}"]
    return "; ".join([f"default-src {NONE}", *parts, *end])


def style_source(css: str) -> str:
    """Return what allows one inlined stylesheet, to the letter."""
    digest = hashlib.sha256(css.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
