"""Caddy and nginx with the files of deploy/, on loopback, without certificates.

The visitor has an address of his own there, so that it is found wherever it was written.
"""

import http.client
import os
import re
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from insession.publish.web_servers.server_files import add_server_files
from tests import programs
from tests.comments.running import FORM, Answer, form, until
from tests.publish.a_published_site import bare
from tests.support import ROOT, BuiltSite

FOUND = {"caddy": programs.caddy(), "nginx": programs.nginx()}
VISITOR = "127.0.0.77"
# As Debian's nginx.conf has it: what isn't said otherwise is logged.
NGINX = """{user}daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log {folder}/access.log;
    error_log {folder}/error.log;
    client_body_temp_path {folder}/temp;
    proxy_temp_path {folder}/temp;
    fastcgi_temp_path {folder}/temp;
    uwsgi_temp_path {folder}/temp;
    scgi_temp_path {folder}/temp;
    {server}
}}
"""


class Front(NamedTuple):
    """A web server before the service: where it listens, what it shows, what it may have logged."""

    name: str
    port: int
    other_port: int  # for http, which leads to https
    folder: Path
    site: BuiltSite | None
    process: subprocess.Popen | None = None

    def ask(self, path: str, body: bytes | None = None, port: int = 0, **more: str) -> Answer:
        """Ask as a visitor at his own address, with a name for the host."""
        here = (VISITOR, 0)
        connection = http.client.HTTPConnection(
            "127.0.0.1", port or self.port, timeout=60, source_address=here
        )
        given = {name.replace("_", "-"): value for name, value in more.items()}
        try:
            connection.request("POST" if body else "GET", path, body, given)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def post(self, comment: str) -> Answer:
        """Send a comment as a browser does."""
        body = urlencode(form(comment)).encode()
        origin = {"Origin": "https://blog.example.org", "Sec_Fetch_Site": "same-origin"}
        return self.ask("/comments/new", body, Content_Type=FORM, **origin)

    def break_off(self, *parts: bytes) -> None:
        """Send something that isn't a whole request, and go."""
        with socket.create_connection(("127.0.0.1", self.port), 60, (VISITOR, 0)) as connection:
            for part in parts:
                connection.sendall(part)
            connection.shutdown(socket.SHUT_WR)
            with suppress(OSError):
                connection.recv(1000)


def free_ports(count: int) -> list[int]:
    """Return ports that nobody uses, and nobody answers at."""
    with ExitStack() as stack:
        found = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [each.getsockname()[1] for each in found]


def configure(
    name: str, folder: Path, server: Path, service: int, ports: Sequence[int]
) -> list[str]:
    """Write the file of deploy/ with other ports and without certificates; return the command."""
    port, other_port = ports
    text = (ROOT / "deploy" / ("Caddyfile" if name == "caddy" else "nginx.conf")).read_text("utf-8")
    text = text.replace("/srv/blog", str(server)).replace("127.0.0.1:8001", f"127.0.0.1:{service}")
    program, file = str(FOUND[name]), folder / f"{name}.conf"
    if name == "caddy":
        text = text.replace("{\n\tlog", "{\n\tadmin off\n\tlog", 1)
        text = text.replace("blog.example.org {", f"http://127.0.0.1:{port} {{")
        file.write_text(text, encoding="utf-8")
        return [program, "run", "--adapter", "caddyfile", "--config", str(file)]
    text = re.sub(r"\tlisten \[.*\n|\tssl_cert.*\n|\tbrotli.*\n", "", text)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{other_port};")
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    user = "user root;\n" if os.geteuid() == 0 else ""  # who else could read the folder?
    file.write_text(NGINX.format(folder=folder, server=text, user=user), encoding="utf-8")
    return [program, "-e", str(folder / "start.log"), "-p", str(folder), "-c", str(file)]


def publish(site: BuiltSite, server: Path) -> None:
    """Show a built site as publishing to a server does."""
    add_server_files(bare(site.folder), str(server))
    (server / "current").symlink_to(site.folder, target_is_directory=True)


@contextmanager
def started(front: Front, command: list[str]) -> Iterator[Front]:
    """Run the web server; its own output is one of its logs."""
    with (front.folder / "output.log").open("ab") as log:
        env = os.environ | {"HOME": str(front.folder), "XDG_CONFIG_HOME": str(front.folder)}
        process = subprocess.Popen(command, stdout=log, stderr=log, env=env)

    def listens() -> bool:
        assert process.poll() is None, (front.folder / "output.log").read_text("utf-8")
        with socket.socket() as trial:
            return trial.connect_ex(("127.0.0.1", front.port)) == 0

    try:
        until(listens, 60)
        yield front._replace(process=process)
    finally:
        process.terminate()
        process.wait(60)
