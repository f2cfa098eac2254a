"""The containers: without rights, by the guide's own commands, with what a release brings."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.comments.running import until
from tests.support import ROOT

COMPOSE = ROOT / "deploy" / "compose.yaml"
COMMAND = ROOT / "deploy" / "insession-container"
IGNORED = (ROOT / ".gitignore").read_text("utf-8").splitlines()
SERVICES = yaml.safe_load(COMPOSE.read_text("utf-8"))["services"]
GUIDE = (ROOT / "docs" / "comments.md").read_text("utf-8")
GUIDE = GUIDE.split("### With containers instead")[1].split("\n### ")[0]
needs_shell = pytest.mark.skipif(os.name == "nt", reason="a shell script")


def program(folder: Path, name: str, text: str) -> None:
    """Put a stand-in for a program into the folder."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def with_programs(folder: Path) -> dict[str, str]:
    """The environment in which the stand-ins are found first."""
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def test_they_run_without_rights_and_can_write_what_they_must_alone() -> None:
    for service in SERVICES.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
    for volume in SERVICES["web"]["volumes"]:
        assert volume.endswith(":ro") or not volume.startswith((".", "/"))
    assert not any("comments.env" in volume for volume in SERVICES["web"]["volumes"])
    assert SERVICES["comments"]["env_file"] == ["/etc/insession/comments.env"]


def test_each_reader_has_an_address_of_his_own_in_the_containers_too() -> None:
    """A port that Docker hands on brings everybody who comes by IPv6 from Docker's own address."""
    for service in SERVICES.values():
        assert service["network_mode"] == "host"
        assert "ports" not in service


def test_what_is_mounted_can_be_replaced_while_the_web_server_runs() -> None:
    """A mounted file stays the one it was, also when another comes into its place."""
    mounted = [volume.split(":")[0] for volume in SERVICES["web"]["volumes"]]
    assert {"/etc/caddy", "/srv/blog"} <= set(mounted)
    assert "sudo install -D -m 0644 deploy/Caddyfile /etc/caddy/Caddyfile" in GUIDE


def test_every_command_of_the_guide_runs_as_who_owns_the_folder() -> None:
    """What stands before one command alone is not there for the next one."""
    assert SERVICES["comments"]["user"].startswith("${INSESSION_USER:?")
    typed = "".join(re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL))
    written = 'echo "INSESSION_USER=$(id -u insession):$(id -g insession)" | sudo tee deploy/.env'
    assert 0 < typed.index(written) < typed.index(" up --detach")
    assert "deploy/.env" in IGNORED  # or a new version would stumble over it


def test_what_a_new_version_replaces_is_never_changed_in_its_place() -> None:
    """`git pull` stops where a file of the software was changed."""
    changed = re.findall(r"^sudo nano (\S+)", GUIDE, re.MULTILINE)
    assert changed == ["/etc/caddy/Caddyfile"]
    rows = [row for row in GUIDE.splitlines() if row.startswith("sudo")]
    pull = rows.index("sudo -u insession git -C /srv/insession pull")
    compose = "sudo docker compose --file deploy/compose.yaml"
    assert rows[pull - 1] == f"{compose} stop comments"
    assert rows[pull + 2 :] == [
        f"{compose} pull web",
        f"{compose} build --pull comments",
        f"{compose} up --detach",
    ]


@needs_shell
@pytest.mark.parametrize(("container", "way"), [("4f2a", "exec"), ("", "run --rm")])
def test_the_command_speaks_to_the_container_that_runs_or_to_one_of_its_own(
    tmp_path: Path, container: str, way: str
) -> None:
    asked = (
        f'case "$*" in *" ps "*) echo {container};; *) printf "%s\\n" "$@" >>{tmp_path}/log;; esac'
    )
    program(tmp_path / "bin", "docker", asked)
    typed = ["comments.reply", "7", "--text", "Thank you, I’m glad $HOME"]
    subprocess.run([COMMAND, *typed], env=with_programs(tmp_path / "bin"), check=True)
    words = (tmp_path / "log").read_text("utf-8").splitlines()
    assert words[:3] == ["compose", "--file", "/srv/insession/deploy/compose.yaml"]
    assert words[3:] == [*way.split(), "comments", "python3", "tasks.py", *typed]


@needs_shell
def test_the_command_fails_when_what_was_typed_fails(tmp_path: Path) -> None:
    program(tmp_path / "bin", "docker", 'case "$*" in *" ps "*) echo 4f2a;; *) exit 3;; esac')
    done = subprocess.run([COMMAND, "comments"], env=with_programs(tmp_path / "bin"), check=False)
    assert done.returncode == 3


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Path]:
    """The folder of the blog, and a web server that only notes what it is told, in `log`."""
    refuses = f"[ -e {tmp_path}/unreadable ] && exit 1"
    told = f'echo "$@" >>{tmp_path}/log\ncase "$1" in run) exec sleep 600;; *) {refuses};; esac'
    program(tmp_path / "bin", "caddy", told)
    shell, option, text = SERVICES["web"]["command"]
    text = (
        text.replace("$$", "$").replace("/srv/blog", str(tmp_path)).replace("sleep 2", "sleep .1")
    )
    process = subprocess.Popen(
        [shell, option, text], env=with_programs(tmp_path / "bin"), start_new_session=True
    )
    yield tmp_path
    os.killpg(process.pid, 9)
    process.wait()


@needs_shell
def test_what_comes_with_a_release_is_read_once_and_after_one_that_could_not_be(web: Path) -> None:
    def show(release: str) -> None:
        (web / "next").symlink_to(f"releases/{release}")
        (web / "next").replace(web / "current")

    def reloads() -> int:
        log = web / "log"
        return log.read_text("utf-8").count("reload") if log.exists() else 0

    show("one")
    until(lambda: reloads() == 1)
    (web / "unreadable").touch()
    show("two")
    until(lambda: reloads() == 2)
    (web / "unreadable").unlink()
    show("three")
    until(lambda: reloads() == 3)
    lines = (web / "log").read_text("utf-8").splitlines()
    assert sorted(lines) == sorted(
        ["run --config /etc/caddy/Caddyfile", *["reload --config /etc/caddy/Caddyfile"] * 3]
    )
