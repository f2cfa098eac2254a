"""The files in deploy/ that let a web server show what is published."""

import json
import re
import shutil
import subprocess
import sys
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from insession.publish.web_servers.server_files import add_server_files
from tests import programs
from tests.comments.test_deploy import Upstream
from tests.publish.a_published_site import bare
from tests.publish.web_servers import BROTLI, running
from tests.support import ROOT

DEPLOY = ROOT / "deploy"
CURRENT = "/srv/blog/current"
needs_nginx = pytest.mark.skipif(not programs.nginx(), reason="nginx is not installed")
needs_systemd = pytest.mark.skipif(not programs.systemd_analyze(), reason="there is no systemd")


def test_all_of_them_speak_of_the_same_folder() -> None:
    for name in ("Caddyfile", "nginx.conf"):
        assert CURRENT in (DEPLOY / name).read_text("utf-8"), name
    watched = f"PathChanged={Path(CURRENT).parent}\n"  # where the link is, not where it leads
    assert watched in (DEPLOY / "insession-reload.path").read_text("utf-8")


@needs_systemd
def test_systemd_understands_what_reloads_the_web_server(tmp_path: Path) -> None:
    units = [tmp_path / f"insession-reload.{kind}" for kind in ("path", "service")]
    for unit in units:
        shutil.copy(DEPLOY / unit.name, unit)
    text = units[1].read_text("utf-8").replace("/usr/bin/systemctl", sys.executable)
    units[1].write_text(text, encoding="utf-8")
    command = [str(programs.systemd_analyze()), "verify", *map(str, units)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")


@needs_nginx
@pytest.mark.parametrize("published", [True, False])
def test_nginx_shows_what_is_published_and_hands_comments_to_the_service(
    tmp_path: Path, published: bool
) -> None:
    if published:
        site = tmp_path / "site"
        site.mkdir()
        (site / "index.html").write_text("<p>The front page", encoding="utf-8")
        add_server_files(bare(site), str(tmp_path))
        (tmp_path / "current").symlink_to(site, target_is_directory=True)
    upstream = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    block = (DEPLOY / "nginx.conf").read_text("utf-8")
    block = block[block.index("server {", block.index("return 301")) :]  # the one with https
    block = re.sub(r"\tlisten \[::\].*\n|\tssl_certificate.*\n", "", block)
    if not BROTLI.exists():
        block = block.replace("\tbrotli_static on;\n", "")
    block = block.replace(CURRENT, str(tmp_path / "current"))
    block = block.replace("127.0.0.1:8001", f"127.0.0.1:{upstream.server_port}")
    block = block.replace("{", "{{").replace("}", "}}")
    block = block.replace("listen 443 ssl http2", "listen 127.0.0.1:{port}")
    with running("nginx", tmp_path / "run", tmp_path / "current", block) as server:
        answer = server.ask("/")
        if published:
            assert (answer.status, answer.body) == (200, b"<p>The front page")
            assert "Content-Security-Policy" in answer.headers
        else:
            assert b"The front page" not in answer.body
        claimed = {"X_Forwarded_For": "198.51.100.7", "Forwarded": "for=198.51.100.9"}
        answer = server.ask("/comments/new?x=1", **claimed)
        told = json.loads(answer.body)
        assert (answer.status, told["path"]) == (200, "/comments/new?x=1")
        headers = {name.lower(): value for name, value in told["headers"].items()}
        assert headers["x-forwarded-for"] == "127.0.0.1"
        assert not headers.get("forwarded")
        assert "Content-Security-Policy" not in answer.headers  # the service sends its own
    upstream.shutdown()
