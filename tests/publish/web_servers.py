"""Caddy and nginx on this machine, with the files that publishing wrote for them."""

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from tests import programs
from tests.signals import default_signals
from tests.support import BuiltSite

CADDY = """{{
	admin off
}}
http://127.0.0.1:{port} {{
	import {current}/.server/Caddyfile
}}
"""
NGINX = """
{user}{modules}
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log stderr;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/temp;
    proxy_temp_path {folder}/temp;
    fastcgi_temp_path {folder}/temp;
    uwsgi_temp_path {folder}/temp;
    scgi_temp_path {folder}/temp;
    {server}
}}
"""
SERVER = """server {{
        listen 127.0.0.1:{port};
        {brotli}
        include {current}/.server/nginx.conf;
    }}"""
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


class WebServer:
    """A running server: `url` is where, `current` what it shows, `ask` what it answers."""

    site: BuiltSite
    base = ""

    def __init__(self, name: str, port: int, current: Path, process: subprocess.Popen) -> None:
        self.name, self.port, self.current = name, port, current
        self.url = f"http://127.0.0.1:{port}"
        self.process = process

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path, as it is (`quoted` makes an address of one); If_None_Match="…"."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=given)
        answer = connection.getresponse()
        found = Answer(answer.status, answer.headers, answer.read())
        connection.close()
        return found


def quoted(address: str) -> str:
    """Return an address of the ledger as a browser asks for it."""
    path, asked, query = address.partition("?")
    return quote(path) + asked + quote(query, safe="=&")


def commands(folder: Path, current: Path, port: int, block: str) -> dict[str, list[str]]:
    """Write a configuration for each server that is installed; return the commands to run them."""
    brotli = BROTLI.exists()
    words = {
        "folder": folder,
        "current": current,
        "port": port,
        "user": "user root;\n" if os.geteuid() == 0 else "",  # who else could read the folder?
        "modules": f"load_module {BROTLI};" if brotli else "",
        "brotli": "brotli_static on;" if brotli else "",
    }
    words["server"] = (block or SERVER).format(**words)
    (folder / "Caddyfile").write_text(CADDY.format(**words), encoding="utf-8")
    (folder / "nginx.conf").write_text(NGINX.format(**words), encoding="utf-8")
    caddy, nginx = programs.caddy(), programs.nginx()
    return {
        "caddy": [
            str(caddy),
            "run",
            "--adapter",
            "caddyfile",
            "--config",
            str(folder / "Caddyfile"),
        ],
        "nginx": [str(nginx), "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")],
    }


@contextmanager
def running(name: str, folder: Path, current: Path, block: str = "") -> Iterator[WebServer]:
    """Start a server that shows what the link `current` leads to.

    `block` is a server block for nginx, with {port} where its port goes.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder.mkdir()
    command = commands(folder, current, port, block)[name]
    env = os.environ | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "log").open("wb") as log, default_signals():
        process = subprocess.Popen(command, stdout=log, stderr=log, env=env)
    try:
        deadline = time.monotonic() + 90
        while not _listens(port):
            log_text = (folder / "log").read_text("utf-8")
            assert process.poll() is None and time.monotonic() < deadline, log_text
            time.sleep(0.02)
        yield WebServer(name, port, current, process)
    finally:
        process.terminate()
        process.wait(90)


def _listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0
