"""A real SSH server on this machine, for one test run, with keys and settings of its own."""

import os
import socket
import subprocess
import time
from getpass import getuser
from pathlib import Path

from tests.programs import sshd as find_sshd
from tests.signals import default_signals

# A stand-in for `ssh` on the PATH: the real one, with this server's settings. It counts its
# calls, and the call that `fail` names ends as a lost connection does, before or after its work.
SSH = """#!/bin/sh
cd "{folder}"
echo >>calls
read -r number moment <fail
if [ "$(wc -l <calls)" = "$number" ]; then
    if [ "$moment" = after ]; then "{ssh}" -F client "$@" >/dev/null; fi
    echo "Connection closed by remote host" >&2
    exit 255
fi
exec "{ssh}" -F client "$@"
"""
SERVER = """
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
MaxStartups 100
UseDNS no
PrintMotd no
SetEnv HOME={folder}/home
"""
CLIENT = """
UserKnownHostsFile {folder}/known
GlobalKnownHostsFile /dev/null
IdentityFile {folder}/{key}
IdentitiesOnly yes
IdentityAgent none
KexAlgorithms curve25519-sha256
StrictHostKeyChecking yes
LogLevel ERROR
"""


class Sshd:
    """The server: `name` is what stands in the setting, `folder` holds its keys."""

    def __init__(self, folder: Path, ssh: str) -> None:
        self.folder = folder
        for key in ("host", "user", "stranger"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / key)]
            subprocess.run(command, check=True)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.lines: list[int] = []  # other ports that lead to it
        self.name = f"{getuser()}@127.0.0.1:{self.port}"
        words = {"folder": folder, "port": self.port, "ssh": ssh}
        (folder / "server").write_text(SERVER.format(**words), encoding="utf-8")
        self.show("user")
        (folder / "bin").mkdir()
        (folder / "bin/ssh").write_text(SSH.format(**words), encoding="utf-8")
        (folder / "bin/ssh").chmod(0o755)
        self.know("host")
        self.fail(0)
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)  # where it locks itself in
        command = [str(find_sshd()), "-D", "-e", "-f", str(folder / "server")]
        with default_signals():
            self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 90
        while not self._answers():
            assert time.monotonic() < deadline, "the SSH server doesn't start"
            time.sleep(0.05)

    def know(self, key: str) -> None:
        """Let the client expect the server to have this key."""
        public = (self.folder / f"{key}.pub").read_text(encoding="utf-8")
        known = [f"[127.0.0.1]:{port} {public}" for port in (self.port, *self.lines)]
        (self.folder / "known").write_text("".join(known), encoding="utf-8")

    def show(self, key: str) -> None:
        """Let the client use this key from now on."""
        text = CLIENT.format(folder=self.folder, key=key)
        (self.folder / "client").write_text(text, encoding="utf-8")

    def fail(self, number: int, moment: str = "before") -> None:
        """Let the connection break off at this call from now on (0: at none)."""
        (self.folder / "fail").write_text(f"{number} {moment}\n", encoding="utf-8")
        (self.folder / "calls").write_text("", encoding="utf-8")

    def calls(self) -> int:
        """How many calls there were since."""
        return len((self.folder / "calls").read_text(encoding="utf-8").splitlines())

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(90)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as to:
                return to.recv(4) == b"SSH-"
        except OSError:
            return False
