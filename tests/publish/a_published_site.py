"""A whole blog with comments, as it lies on a server: every kind of page, and hostile addresses."""

import json
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

from insession.publish.built_site import SiteBuild, build_site
from insession.publish.web_servers.server_files import add_server_files
from tests.browser.kinds import crowded
from tests.support import ROOT, write_content

HOST = "blog.example.org"
SETTINGS = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
# Old addresses that mean something to a server's language, or to a browser, each by itself.
HOSTILE = (
    "/2019/05/silence/",
    "/an old one/",
    '/a "quoted" one/',
    "/it's here/",
    "/{braces}/",
    "/{$HOME}/",
    "/{http.request.host}/",
    "/$uri/",
    "/back`tick;semi/",
    "/100% sure/",
    "/star*/",
    "/a:b,c!d(e)+f@g=h/",
    "/[x]^|~/",
    "/über-die-stille/",
    "/حول-الصمت/",
    "/沉默/",
    "/UPPER/",
    "/old.html",
    "/without-a-slash",
    "/?p=12",
    "/?page_id=7&lang=de",
    "/?s=größe",
    "/?archive",
    "/index.php?p=12",
)
GONE = ("/taken-down/", "/auch-{weg}/", "/?p=13")


def bare(folder: Path, **more: Any) -> SiteBuild:
    """Return a site of what lies in a folder; `more` are further fields, such as redirects."""
    fields: dict[str, Any] = {"folder": folder, "url": "https://blog.example.org", "base": ""}
    fields |= {"addresses": {}, "redirects": [], "gone": [], "sources": {}, "kept_back": {}}
    fields |= {"articles": frozenset(), "content": folder, "comments": False}
    fields |= {"drafts": frozenset(), "theme": folder, "ledger": folder / "urls.json"}
    fields |= {"notes": []}
    return SiteBuild(**fields | more)


def build(folder: Path, base: str = "", more: str = "") -> SiteBuild:
    """Build the sample blog together with the crowded one, with comments.

    `base` is the folder on its host in which it lies; `more` are further settings.
    """
    root = folder / "blog"
    copytree(ROOT / "content", root / "content")
    write_content(root, crowded())
    if base:
        practice = root / "content/practice.toml"
        text = practice.read_text(encoding="utf-8").replace(f"//{HOST}", f"//{HOST}{base}")
        practice.write_text(text, encoding="utf-8")
    urls = dict.fromkeys(HOSTILE, "article:why-silence-helps")
    urls |= dict.fromkeys(GONE, "article:there-is-none")
    (root / "urls.json").write_text(json.dumps({"version": 1, "urls": urls}), encoding="utf-8")
    text = f'{SETTINGS}\nTHEME = {str(ROOT / "theme")!r}\nCOMMENTS = "on"\n{more}\n'
    (root / "publishconf.py").write_text(text, encoding="utf-8")
    return build_site(folder / "site", str(root / "publishconf.py"))


def release(site: SiteBuild, server: Path, name: str) -> Path:
    """Put the site onto the server, and show it; return the link that leads to it."""
    to = server / "releases" / name
    copytree(site.folder, to)
    add_server_files(replace(site, folder=to), str(server))
    fresh, current = server / "current.new", server / "current"
    fresh.symlink_to(to.relative_to(server), target_is_directory=True)
    fresh.replace(current)
    return current
