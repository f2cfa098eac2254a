"""What a web server reads beside the pages: the site's folder .server, and compressed copies."""

import gzip
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from posixpath import splitext

import brotli

from insession.publish.built_site import SiteBuild
from insession.publish.manifest import names, shown
from insession.publish.web_servers.caddy import caddyfile, style_name
from insession.publish.web_servers.headers import headers
from insession.publish.web_servers.nginx import nginx_conf

FOLDER = ".server"
TEXT = {
    ".css",
    ".html",
    ".ico",
    ".js",
    ".json",
    ".opml",
    ".svg",
    ".txt",
    ".vcf",
    ".webmanifest",
    ".xml",
}
# Brotli as strong as is worth its time: of a page of 22 KB, quality 8 makes 6.2 KB in 1 ms, 11
# makes 5.6 KB in 21 ms (measured with brotli 1.2), and either is there after one round trip.
# Gzip is for the few programs that know nothing else.
QUALITY = 8


def add_server_files(site: SiteBuild, folder: str) -> None:
    """Write it into a built site, and a compressed copy beside each text file. Raises OSError.

    `folder` is the one on the server, in which the link `current` leads to what is shown.
    """
    said, root = headers(site), f"{folder}/current"
    texts = {
        "Caddyfile": caddyfile(site, said, root),
        "nginx.conf": nginx_conf(site, said, root),
        f"style/{style_name(said)}": "",
    }
    compress(site.folder)
    for name, text in texts.items():
        path = site.folder / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def compress(folder: Path) -> None:
    """Write a .br and a .gz beside each text file, where that is smaller.

    The same bytes give the same bytes. Raises OSError.
    """
    texts = [folder / name for name in shown(names(folder)) if splitext(name)[1].lower() in TEXT]
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # both libraries let others work meanwhile
        list(threads.map(_compress, texts))


def _compress(path: Path) -> None:
    data = path.read_bytes()
    for ending, small in (
        (".br", brotli.compress(data, mode=brotli.MODE_TEXT, quality=QUALITY)),
        (".gz", gzip.compress(data, mtime=0)),
    ):
        if len(small) < len(data):
            path.with_name(f"{path.name}{ending}").write_bytes(small)
