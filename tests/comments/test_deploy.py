"""The files for a server: hardened, complete, and true to what the service reads."""

import http.client
import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from insession.comments import Refusal
from insession.comments.config import check, from_environment
from insession.publish.web_servers.server_files import add_server_files
from tests.comments.running import SECRET, until, write_site
from tests.publish.a_published_site import bare
from tests.support import ROOT

DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "insession-comments.service"
EXAMPLE = DEPLOY / "comments.env.example"
GUIDES = ("comments", "server")
CADDY = shutil.which("caddy")
ANALYZE = shutil.which("systemd-analyze")
needs_caddy = pytest.mark.skipif(not CADDY, reason="Caddy is not installed")
needs_systemd = pytest.mark.skipif(not ANALYZE, reason="systemd is not on this machine")


def environment(text: str) -> dict[str, str]:
    """Read an environment file, as systemd and the shell do."""
    return dict(re.findall(r"^(\w+)='([^'\n]*)'$", text, re.MULTILINE))


def unit() -> dict[str, list[str]]:
    """Each key of the unit with all its values."""
    lines = re.findall(r"^(\w+)=(.*)$", UNIT.read_text("utf-8"), re.MULTILINE)
    found: dict[str, list[str]] = {}
    for key, value in lines:
        found.setdefault(key, []).append(value)
    return found


# Settings


def test_the_example_of_settings_holds_no_secret_and_the_service_refuses_it_as_it_is(
    tmp_path: Path,
) -> None:
    given = environment(EXAMPLE.read_text("utf-8"))
    assert given["INSESSION_SECRET"] == given["INSESSION_SMTP_PASSWORD"] == ""
    here = {
        "INSESSION_COMMENTS_FOLDER": str(tmp_path / "comments"),
        "INSESSION_SITE_FOLDER": str(write_site(tmp_path)),
    }
    with pytest.raises(Refusal, match="INSESSION_SECRET is missing"):
        check(from_environment(given | here))
    check(from_environment(given | here | {"INSESSION_SECRET": SECRET}))


def test_every_setting_that_is_written_about_is_one_that_the_service_reads() -> None:
    code = (ROOT / "insession" / "comments" / "config.py").read_text("utf-8")
    read = set(re.findall(r"(?:INSESSION_)?((?:SMTP|MAIL)_[A-Z]+)", code))
    read = {f"INSESSION_{name}" for name in read} | set(re.findall(r"INSESSION_[A-Z_]+[A-Z]", code))
    told = [*(ROOT / "docs" / f"{name}.md" for name in GUIDES), *DEPLOY.iterdir()]
    for path in told:
        named = set(re.findall(r"INSESSION_[A-Z_]+[A-Z]", path.read_text("utf-8")))
        assert named - {"INSESSION_USER"} <= read, path.name  # that one is compose's own
    assert set(environment(EXAMPLE.read_text("utf-8"))) <= read


def test_no_file_for_the_server_carries_a_secret() -> None:
    for path in DEPLOY.iterdir():
        text = path.read_text("utf-8")
        assert not re.search(r"(?:SECRET|PASSWORD)\W*[=:]\s*'?[^'\s]", text), path.name
    assert unit()["EnvironmentFile"] == ["/etc/insession/comments.env"]


def test_every_file_and_command_that_the_guide_names_exists() -> None:
    guide = "".join((ROOT / "docs" / f"{name}.md").read_text("utf-8") for name in GUIDES)
    made = set(re.findall(r"\btee (deploy/[\w.-]+)", guide))
    for name in set(re.findall(r"\bdeploy/[\w.-]+", guide)) - made:
        assert (ROOT / name).is_file(), name
    commands = set(re.findall(r"(?<![-/\w])comments\.(\w+)", guide)) - {"example"}
    code = (ROOT / "insession/cli/commands.py").read_text("utf-8")
    assert commands
    for name in commands:
        assert f"def comments_{name}(" in code, name


# systemd


def test_the_unit_lets_the_service_change_nothing_of_what_it_runs() -> None:
    keys = unit()
    assert keys["ProtectSystem"] == ["strict"]
    assert keys["NoNewPrivileges"] == keys["PrivateUsers"] == keys["ProtectHome"] == ["yes"]
    assert keys["CapabilityBoundingSet"] == [""]
    assert keys["User"] == ["insession"]
    written = {*keys["ReadWritePaths"], f"/var/lib/{keys['StateDirectory'][0]}"}
    assert written == {"/srv/blog", "/var/lib/insession"}
    given = environment(EXAMPLE.read_text("utf-8"))
    assert given["INSESSION_COMMENTS_FOLDER"] in written
    assert given["INSESSION_ON_CHANGE"].endswith(" publish --again /srv/blog")
    assert keys["WorkingDirectory"] == ["/srv/insession"]


@needs_systemd
def test_systemd_understands_the_unit_and_finds_it_well_closed(tmp_path: Path) -> None:
    here = tmp_path / UNIT.name
    command = unit()["ExecStart"][0].split()[0]
    here.write_text(UNIT.read_text("utf-8").replace(command, sys.executable), encoding="utf-8")
    verified = subprocess.run(
        [ANALYZE, "verify", here], capture_output=True, encoding="utf-8", check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    judged = subprocess.run(
        [ANALYZE, "security", "--offline=true", "--threshold=20", here],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert judged.returncode == 0, judged.stdout[-300:]


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_command_for_the_server_is_a_program_that_the_shell_understands() -> None:
    script = DEPLOY / "insession"
    assert script.stat().st_mode & stat.S_IXUSR
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0


# Caddy


class Upstream(BaseHTTPRequestHandler):
    """Stands where the service stands, and says what arrived."""

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer()

    def _answer(self) -> None:
        text = json.dumps({"path": self.path, "headers": dict(self.headers)}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args: object) -> None:
        """Print nothing."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="module")
def caddy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Caddy with our file, but on loopback and without certificates; its port."""
    folder = tmp_path_factory.mktemp("caddy")
    site = write_site(folder)
    (site / "index.html").write_text("<p>The front page", encoding="utf-8")
    (site / "404.html").write_text("<p>Nothing here", encoding="utf-8")
    shutil.copytree(site / ".insession", site / ".source/.insession")
    upstream = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    port = free_port()
    text = (DEPLOY / "Caddyfile").read_text("utf-8")
    text = text.replace("{\n\tservers", "{\n\tadmin off\n\tservers", 1)
    text = text.replace("blog.example.org {", f"http://127.0.0.1:{port} {{")
    (folder / "current").symlink_to(site, target_is_directory=True)
    add_server_files(bare(site), str(folder))
    text = text.replace("/srv/blog", str(folder))
    text = text.replace("127.0.0.1:8001", f"127.0.0.1:{upstream.server_port}")
    (folder / "Caddyfile").write_text(text, encoding="utf-8")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [CADDY, "run", "--config", folder / "Caddyfile"],
            stdout=log,
            stderr=log,
            env=os.environ | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)},
        )

    def listens() -> bool:
        assert process.poll() is None, (folder / "log").read_text("utf-8")
        with socket.socket() as trial:
            return trial.connect_ex(("127.0.0.1", port)) == 0

    until(listens)
    yield port
    process.kill()
    process.wait()
    upstream.shutdown()


def ask(
    port: int, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=90)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("POST" if body else "GET", path, body, given)
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read()
    connection.close()
    return found


@needs_caddy
def test_caddy_accepts_the_file_as_it_is() -> None:
    done = subprocess.run(
        [CADDY, "validate", "--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Valid configuration" in done.stdout + done.stderr


@needs_caddy
def test_pages_come_from_the_folder_and_comments_from_the_service(caddy: int) -> None:
    assert ask(caddy, "/")[2] == b"<p>The front page"
    status, _, text = ask(caddy, "/comments/health?x=1")
    assert (status, json.loads(text)["path"]) == (200, "/comments/health?x=1")
    status, _, text = ask(caddy, "/nowhere/")
    assert (status, text) == (404, b"<p>Nothing here")


@needs_caddy
@pytest.mark.parametrize(
    "path",
    [
        *("/.insession/threads.json", "/.insession/frame.html", "/.insession/", "/.insession"),
        *("/.source/.insession/threads.json", "//.source", "/%2esource/.insession/threads.json"),
        *("/%2einsession/threads.json", "//.insession/threads.json", "/a/../.insession/frame.html"),
    ],
)
def test_what_the_build_writes_for_the_service_is_not_for_visitors(caddy: int, path: str) -> None:
    status, _, text = ask(caddy, path)
    assert status in (301, 308, 404)
    assert b"silence" not in text


@needs_caddy
def test_a_visitor_cannot_choose_the_address_he_is_counted_by(caddy: int) -> None:
    _, _, text = ask(
        caddy,
        "/comments/new",
        b"x=1",
        X_Forwarded_For="198.51.100.7, 198.51.100.8",
        Forwarded="for=198.51.100.9",
    )
    headers = {name.lower(): value for name, value in json.loads(text)["headers"].items()}
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert "forwarded" not in headers


@needs_caddy
def test_what_is_far_too_large_does_not_reach_the_service(caddy: int) -> None:
    assert ask(caddy, "/comments/new", b"x" * 60_000)[0] == 200
    assert ask(caddy, "/comments/new", b"x" * 1_000_000)[0] == 413
