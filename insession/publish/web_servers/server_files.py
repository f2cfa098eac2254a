"""What a web server reads beside the pages: the site's folder .server."""

from insession.publish.built_site import SiteBuild
from insession.publish.web_servers.caddy import caddyfile, style_name
from insession.publish.web_servers.headers import headers
from insession.publish.web_servers.nginx import nginx_conf
from insession.publish.web_servers.precompress import compress

FOLDER = ".server"


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
