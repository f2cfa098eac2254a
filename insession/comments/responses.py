"""What the service answers: pages in the site's frame, or JSON for the form's script."""

import json
import operator
import re
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape
from werkzeug.wrappers import Request, Response

from insession.comments import Refusal, store
from insession.comments.site_manifest import SiteManifest
from insession.common.csp import NONE, SELF, content_security_policy

TEMPLATES = Path(__file__).resolve().parents[2] / "theme" / "templates"
PLAIN = "<!doctype html><meta charset=utf-8><title><!--title--></title><main><!--main--></main>"


def paragraphs(text: str) -> list[list[str]]:
    """Return plain text as paragraphs of lines: blank lines stand between them."""
    return [part.split("\n") for part in re.split(r"\n\s*\n", text.strip())]


def when(stored: str, zone: tzinfo) -> datetime:
    """Return a stored time as the clock of a zone shows it, for a template to put into words."""
    return store.moment(stored).astimezone(zone)


ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
ENVIRONMENT.filters |= {"paragraphs": paragraphs, "when": when, "combine": operator.or_}


def page(site: SiteManifest, template: str, status: int = 200, **values: Any) -> Response:
    """Return a page of theme/templates/comments/; the template sets `title` itself."""
    about = None
    try:
        about, frame = site.about(), site.frame()
        html = frame.html
    except Refusal:  # the site isn't built yet; what is to be said is said without its looks
        frame = None
        html = PLAIN
    module = ENVIRONMENT.get_template(f"comments/{template}.html").make_module(
        {"about": about, "site_url": site.url, **values}
    )
    title, main = str(escape(vars(module)["title"])), str(module)
    text = frame.filled(title, main) if frame else _plain(html, title, main)
    return Response(text, status, content_type="text/html; charset=utf-8")


def _plain(html: str, title: str, main: str) -> str:
    return html.replace("<!--title-->", title).replace("<!--main-->", main)


def as_json(value: Any, status: int) -> Response:
    """Return a JSON answer."""
    text = json.dumps(value, ensure_ascii=False)
    return Response(text, status, content_type="application/json")


def wants_json(request: Request) -> bool:
    """Whether the form's script asks, and not a browser for a page."""
    kinds = ["text/html", "application/json"]
    return request.accept_mimetypes.best_match(kinds, "text/html") == "application/json"


def policy(site: SiteManifest, own: str) -> str:
    """Return the Content-Security-Policy: nothing but the frame's style, pictures and fonts."""
    try:
        styles = set(site.frame().styles)
    except Refusal:
        styles = set()
    parts = urlsplit(site.url)
    there = f"{parts.scheme}://{parts.netloc}"
    sources = {SELF} if there == own else {SELF, there}
    allowed = dict.fromkeys(("img-src", "font-src", "script-src"), sources)
    allowed |= {"style-src": styles or {NONE}, "connect-src": {SELF}, "form-action": {SELF}}
    return content_security_policy(allowed)
