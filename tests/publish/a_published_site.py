"""A whole blog with comments, as it lies on a server: every kind of page, and hostile addresses."""

import json
from dataclasses import replace
from pathlib import Path
from shutil import copytree

from insession.publish.building import Site, build_site
from insession.publish.server_files import add_server_files
from tests.browser.kinds import crowded
from tests.support import ROOT, write_content

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
    "/index.php?p=12",
)
GONE = ("/taken-down/", "/auch-{weg}/", "/?p=13")


def build(folder: Path, comments: str = "on", more: str = "") -> Site:
    """Build the sample blog together with the crowded one; `more` are further settings."""
    root = folder / "blog"
    copytree(ROOT / "content", root / "content")
    write_content(root, crowded())
    urls = dict.fromkeys(HOSTILE, "article:why-silence-helps")
    urls |= dict.fromkeys(GONE, "article:there-is-none")
    (root / "urls.json").write_text(json.dumps({"version": 1, "urls": urls}), encoding="utf-8")
    text = f'{SETTINGS}\nTHEME = {str(ROOT / "theme")!r}\nCOMMENTS = "{comments}"\n{more}\n'
    (root / "publishconf.py").write_text(text, encoding="utf-8")
    return build_site(folder / "site", str(root / "publishconf.py"))


def release(site: Site, server: Path, name: str) -> Path:
    """Put the site onto the server, and show it; return the link that leads to it."""
    to = server / "releases" / name
    copytree(site.folder, to)
    add_server_files(replace(site, folder=to), str(server))
    fresh, current = server / "current.new", server / "current"
    fresh.symlink_to(to.relative_to(server), target_is_directory=True)
    fresh.replace(current)
    return current
