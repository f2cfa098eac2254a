"""The guide for a server (docs/server.md), typed as it is written: with paths below a folder of the
test, and stand-ins for the programs that change a whole machine."""

import ast
import os
import re
import shlex
import stat
import subprocess
import textwrap
from pathlib import Path

import pytest

from insession.comments.config import check, from_environment
from insession.publish.registry import check_setting
from insession.publish.target_config import Setting
from tests.support import ROOT

GUIDE = (ROOT / "docs/server.md").read_text(encoding="utf-8")
PLACES = ("/srv/", "/etc/", "/var/lib/", "/usr/local/bin", "/home/")
NOTED = ("apt", "useradd", "systemctl", "insession", "caddy", "ssh-keygen")
FILLED = {
    "authorized_keys": "ssh-ed25519 AAAA hannah@home",
    "comments.env": "INSESSION_SECRET='ZwV9vE3rGq0yJ1uYt7s5pLx2cB8nMkHd'",
    "Caddyfile": "# blog.example.org",
}
STANDS_IN = {
    # As herself, whoever it was to be.
    "sudo": 'if [ "$1" = -u ]; then shift 2; fi\nexec "$@"',
    "install": 'for word; do\nshift\ncase "$word" in\n-o | -g) skip=1 ;;\n*)\n'
    'if [ "$skip" ]; then skip=; else set -- "$@" "$word"; fi ;;\nesac\ndone\n'
    'exec /usr/bin/install "$@"',
    "git": 'if [ "$1" = clone ]; then cp -r "{project}/deploy" "$3"; fi\necho git "$@" >>"{log}"',
    # What is typed into an editor goes to the end, where it counts.
    "nano": 'cat "{root}/typed/$(basename "$1")" >>"$1"',
} | {name: f'echo {name} "$@" >>"{{log}}"' for name in NOTED}
needs_bash = pytest.mark.skipif(
    os.name == "nt" or not Path("/usr/bin/install").exists(), reason="a shell script"
)


def boxes(language: str) -> list[str]:
    """What stands in the boxes of the guide, in order."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", GUIDE, re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(text) for _, text in found]


def here(text: str, root: Path) -> str:
    """The text with every place on the server below `root`."""
    for place in PLACES:
        text = text.replace(place, f"{root}{place}")
    return text


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A server after all that stands in the guide was typed."""
    root = tmp_path_factory.mktemp("server")
    for name in ("bin", "typed", "etc/caddy", "etc/cron.d", "etc/systemd/system", "usr/local/bin"):
        (root / name).mkdir(parents=True)
    for name, text in FILLED.items():
        (root / "typed" / name).write_text(f"{text}\n", encoding="utf-8")
    words = {"root": root, "log": root / "log", "project": ROOT}
    for name, text in STANDS_IN.items():
        program = root / "bin" / name
        for word, value in words.items():
            text = text.replace(f"{{{word}}}", str(value))
        program.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        program.chmod(0o755)
    path = f"{root / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-e", "-u", "-c", here("\n".join(boxes("sh")), root)],
        env={**os.environ, "PATH": path},
        capture_output=True,
        encoding="utf-8",
        cwd=root,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return root


@needs_bash
def test_the_files_are_where_they_belong_and_secrets_are_for_root_alone(server: Path) -> None:
    for name, place in {
        "insession-comments.service": "etc/systemd/system/insession-comments.service",
        "insession": "usr/local/bin/insession",
    }.items():
        assert (server / place).read_bytes() == (ROOT / "deploy" / name).read_bytes()
    assert os.access(server / "usr/local/bin/insession", os.X_OK)
    closed = {"etc/insession": 0o700, "etc/insession/comments.env": 0o600}
    for name, mode in {**closed, "home/insession/.ssh": 0o700}.items():
        assert stat.S_IMODE((server / name).stat().st_mode) == mode, name


@needs_bash
def test_with_these_settings_the_service_starts_beside_what_is_published(server: Path) -> None:
    text = here((server / "etc/insession/comments.env").read_text(encoding="utf-8"), server)
    given = dict(re.findall(r"^(\w+)='([^'\n]*)'$", text, re.MULTILINE))
    config = from_environment(given)
    check(config)
    target = ast.literal_eval(boxes("python")[0].split("PUBLISH = ")[1])
    assert config.site == Path(f"{server}{target['folder']}/current/.source")
    assert config.on_change[-2:] == ("--again", f"{server}{target['folder']}")


@needs_bash
def test_what_runs_every_night_is_what_a_person_could_type(server: Path) -> None:
    rows = (server / "etc/cron.d/insession").read_text(encoding="utf-8").splitlines()
    typed = [shlex.split(row.removesuffix(" >/dev/null")) for row in rows]
    assert all(re.fullmatch(r"\d+ \d+ \* \* \* root", " ".join(words[:6])) for words in typed)
    commands = [words[7:] for words in typed if words[6].endswith("/usr/local/bin/insession")]
    backup = ["comments.backup", "--keep-days", "60"]
    assert commands == [backup, ["publish", "--again", f"{server}/srv/blog"]]
    assert not any("find" in words for words in typed), "only a whole new backup lets old ones go"


@needs_bash
def test_a_backup_is_brought_back_while_the_service_is_stopped(server: Path) -> None:
    log = (server / "log").read_text(encoding="utf-8").splitlines()
    (restored,) = (at for at, line in enumerate(log) if "comments.restore" in line)
    assert log[restored - 1] == "systemctl stop insession-comments"
    assert log[restored + 1] == "systemctl start insession-comments"


@needs_bash
def test_every_program_that_is_used_is_installed_first(server: Path) -> None:
    log = (server / "log").read_text(encoding="utf-8").splitlines()
    assert log[0] == "apt update"
    installed = set(log[1].split()[3:])
    assert installed >= {"git", "python3", "python3-venv", "rsync", "openssh-server", "caddy"}
    assert "systemctl enable --now insession-comments" in log
    assert log.index("systemctl daemon-reload") < log.index("systemctl restart insession-comments")


@needs_bash
def test_a_new_version_comes_while_the_service_is_stopped(server: Path) -> None:
    """The pages of one version and the code of another don't fit."""
    log = (server / "log").read_text(encoding="utf-8").splitlines()
    until = log.index("systemctl restart insession-comments")
    assert log[:until].count("systemctl stop insession-comments") == 1


def test_the_settings_for_her_own_computer_are_right(tmp_path: Path) -> None:
    settings: dict[str, object] = {}
    exec(boxes("python")[0], settings)  # noqa: S102  (it is our own guide)
    assert settings["COMMENTS"] == "on"
    assert settings["COMMENTS_APPROVED"] == "https://blog.example.org/comments/approved.json"
    check_setting(settings["PUBLISH"], Setting(root=tmp_path))
