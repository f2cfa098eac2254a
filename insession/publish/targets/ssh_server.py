"""Target *a server over SSH*: releases side by side, and a link that says which one is shown.

On the server lie, in the folder of the setting:

    releases/20260304-101500-271828/   each release whole; what didn't change is a hard link
    releases/20260304-101500-271828c/  the same with a further comment (publish/republish.py)
    releases/.new-…                    one that is arriving, from one computer
    releases/.theme                    scripts and fonts, each as long as a release has it
    current -> releases/…              what the web server shows: it is turned over in one step

OpenSSH and rsync do the work; keys and known servers are where `ssh` itself has them (~/.ssh).
On the server itself (publish/republish.py) the same is done without ssh.
"""

import re
import subprocess
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from insession.common.problems import Problems
from insession.common.progress import progress
from insession.output.output_folder import MARK
from insession.publish.built_site import SiteBuild
from insession.publish.manifest import Digests, digest, names
from insession.publish.run_program import follow, run
from insession.publish.source_bundle import add_sources
from insession.publish.target_config import Setting
from insession.publish.targets.ssh_errors import in_words
from insession.publish.web_servers.server_files import add_server_files

TITLE = "a server of your own, over SSH"
KEYS = {
    "server": ("Which server, and as whom", "me@server.example"),
    "folder": ("Which folder on it", "/srv/blog"),
}
HERE = "localhost"  # the server is this machine: nothing goes over ssh
KEPT = 5  # of her releases, with the one that is published
SERVER = re.compile(r"((?:[\w.-]+@)?[a-zA-Z0-9][\w.-]*)(?::(\d{1,5}))?", re.A)
FOLDER = re.compile(r"(/[\w.][\w.-]*)+", re.A)  # nothing that a shell would read
RELEASE = re.compile(r"\d{8}-\d{6}-\d{6}[ac]*")
# Never ask anything; notice a connection that has gone silent.
OPTIONS = ("-oBatchMode=yes", "-oConnectTimeout=15", "-oServerAliveInterval=10")

# Scripts for the server; $1 is the folder.
PREPARE = """
set -e
mkdir -p "$1/releases"
cd "$1"
for program in rsync sha256sum flock; do
    command -v $program >/dev/null || { echo "$program: command not found" >&2; exit 127; }
done
# What runs that were killed have left: this computer's at once, another's when it is surely dead.
cd releases
rm -rf .new-"$2"-*
find . -maxdepth 1 -name '.new-*' -mmin +1440 -exec rm -rf {} +
mkdir .new-"$2"-try && rmdir .new-"$2"-try
mkdir -p .theme
find .theme -type f -links 1 -exec rm -f {} +
cd ..
"""
STATE = """
cd "$1" 2>/dev/null || exit 0
link=$(readlink current || test ! -e current || echo something else)
case ${link:-releases/0} in releases/[0-9]*) ;; *)
    echo "current is not a link" >&2
    exit 1
esac
echo "${link:-nothing}"
ls -1 releases
"""
LIST = """
cd "$1/current/" 2>/dev/null || exit 0
find . -type f -exec sha256sum {} +
"""
READ = """
cat -- "$1/current/$2"
"""
# $2 is the release that is shown now (or -), $3 the one to be shown, $4 the folder in which it has
# arrived (or -); what follows is forgotten. In theme/ a name stands for the same bytes forever, so
# all are in .theme, too: that is where links lead to, for the pages that somebody opened before.
SHOW = """
set -e
cd "$1/releases"
exec 9>.lock
flock 9
if test "$(readlink ../current || echo releases/-)" != "releases/$2"; then
    echo "published meanwhile" >&2
    exit 1
fi
if test "$4" != -; then
    if test -d "$4/.source"; then chmod 700 "$4/.source"; fi
    test -d "$4/theme" && find "$4/theme" -type f -exec ln -f {} .theme/ \\;
    mv -T "$4" "$3"
fi
for file in .theme/*; do
    if test -d "$3/theme" && test -f "$file" && ! test -e "$3/theme/${file##*/}"; then
        ln -sf "../../$file" "$3/theme/"
    fi
done
ln -sfn "releases/$3" .current
mv -T .current ../current
shift 4
rm -rf -- "$@"
"""
DROP = """
rm -rf "$1/releases/$2"
"""


def check(setting: Setting) -> None:
    """Refuse what is no server or no folder. Raises Problems."""
    if not SERVER.fullmatch(setting.values["server"]):
        what = f"“{setting.values['server']}” is not the name of a server."
        how = "Write it so: me@server.example (or me@server.example:2222, with its port)"
        raise setting.refused(what, how)
    if not FOLDER.fullmatch(setting.values["folder"]) or ".." in setting.values["folder"]:
        what = f"“{setting.values['folder']}” is not a folder that can be used on a server."
        how = "Write it whole, with letters, digits, dots and hyphens only: /srv/blog"
        raise setting.refused(what, how)


def try_out(setting: Setting) -> None:
    """See whether the server lets us in and the folder can be written. Raises Problems."""
    _call(setting, ["rsync", "--version"])
    _state(setting, PREPARE, _computer(setting))


def prepare(setting: Setting, site: SiteBuild) -> None:
    """Add what a web server reads, compressed copies, and what comments are added from there."""
    add_server_files(site, setting.values["folder"])
    if site.comments:
        add_sources(setting.root, site)


def held(setting: Setting) -> Digests:
    """Return what the server shows: it reads each file itself and says what it is."""
    rows = _remote(setting, LIST).splitlines()
    return {
        name.removeprefix("./"): digest for digest, _, name in (r.partition("  ") for r in rows)
    }


def read(setting: Setting, name: str) -> str:
    """Return what is in a file that the server shows."""
    return _remote(setting, READ, name)


def send(setting: Setting, site: Path) -> None:
    """Copy the site beside what is shown, then turn the link over."""
    current, releases = _state(setting, PREPARE, computer := _computer(setting))
    name = _name_after(setting, current)
    host, port = _host(setting)
    # Changed files are sent whole: what rsync 3.5 sends of them in parts, 3.2.7 (Debian 12) refuses
    # with --link-dest (“failed verification”), and they are small.
    options = ["--recursive", "--checksum", "--whole-file", "--timeout=60"]
    options += ["--perms", "--chmod=D755,F644"]
    options += [f"--exclude=/{MARK}", f"--rsh={' '.join(['ssh', *OPTIONS, *port])}"]
    if current:
        options.append(f"--link-dest=../{current}")
    arriving = f".new-{computer}-{name}"
    to = f"{host}:" if host else ""
    to += f"{setting.values['folder']}/releases/{arriving}/"
    earlier = [release for release in releases if release <= current]
    last = {_hers(release): release for release in earlier if _hers(release) != _hers(name)}
    kept = {current, *list(last.values())[-(KEPT - 1) :]}
    try:
        _copy(setting, site, [*options, f"{site}/", to])
        old = (release for release in releases if release not in kept)
        _remote(setting, SHOW, current or "-", name, arriving, *old)
    except Problems:
        with suppress(Problems):  # so that a disk isn't full any longer
            _remote(setting, DROP, arriving)
        raise


def _copy(setting: Setting, site: Path, words: list[str]) -> None:
    """Let rsync copy the site, and count what has arrived or was there. Raises Problems."""
    sent = {*names(site)}
    with (
        _in_words(setting, "rsync"),
        progress("Sending the files", len(sent)) as advance,
        # Twice verbose, it names each file, also one that it needn't send.
        closing(follow(["rsync", "--verbose", "--verbose", *words])) as lines,
    ):
        for line in lines:
            advance(line.removesuffix(" is uptodate") in sent)


def _name_after(setting: Setting, current: str) -> str:
    """Return the name of the next release; publish/republish.py says from which one it was made."""
    base = setting.values.get("release")
    if not base:
        return max(f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}", f"{current}a" if current else "")
    if base != current:
        what = "another release is shown by now."
        raise setting.refused(what, "Publish again.", setting.values["server"])
    return f"{base}c"


def undo(setting: Setting) -> None:
    """Turn the link back to her release before, and forget this one."""
    current, releases = _state(setting)
    base = setting.values.get("release")
    earlier = [r for r in releases if (r == base if base else _hers(r) < _hers(current))]
    if not earlier:
        what = "there is no earlier release to go back to."
        how = "Mend what is wrong and publish again."
        raise setting.refused(what, how, setting.values["server"])
    undone = (release for release in releases if release > earlier[-1])
    _remote(setting, SHOW, current, earlier[-1], "-", *undone)


@contextmanager
def last_two(setting: Setting) -> Iterator[list[Path]]:
    """Yield nothing: the comments service makes the pages anew, with the comments of today."""
    yield []


def _hers(release: str) -> str:
    """Return the release that she published, to which comments were added since."""
    return release.rstrip("c")


def _computer(setting: Setting) -> str:
    """Return a name for this project on this computer: what it left half-done is its to remove."""
    return digest(f"{uuid.getnode()} {setting.root}".encode())[:12]


def _state(setting: Setting, before: str = "", *words: str) -> tuple[str, list[str]]:
    """Return the release that is shown ("" if there is none yet) and all there are, in order.

    `before` is a script that is run first, in the same call, and may have `words`.
    """
    link, *names = _remote(setting, before + STATE, *words).splitlines() or ["nothing"]
    current = link.removeprefix("releases/") if RELEASE.fullmatch(link[9:]) else ""
    return current, sorted(name for name in names if RELEASE.fullmatch(name))


def _host(setting: Setting) -> tuple[str, list[str]]:
    """Return user and name of the server, and the option for its port; nothing if it is here."""
    if setting.values["server"] == HERE:
        return "", []
    found = SERVER.fullmatch(setting.values["server"])
    host, port = found.groups() if found else ("", "")
    return host, [f"-p{port}"] if port else []


def _remote(setting: Setting, script: str, *words: str) -> str:
    """Run a script on the server. Raises Problems."""
    host, port = _host(setting)
    there = ["ssh", *OPTIONS, *port, host] if host else []
    command = [*there, "sh", "-s", "--", setting.values["folder"], *words]
    return _call(setting, command, f"{{{script}}}\n")  # it is read to its end before it begins


def _call(setting: Setting, command: Sequence[str], typed: str = "") -> str:
    """Return what a program printed. Raises Problems."""
    with _in_words(setting, command[0]):
        return run(command, typed)


@contextmanager
def _in_words(setting: Setting, program: str) -> Iterator[None]:
    """Turn what went wrong with a program into sentences."""
    try:
        yield
    except FileNotFoundError:
        what = f"the program “{program}” is not on this computer."
        how = "Install it (on Debian: sudo apt install rsync openssh-client) and publish again."
        raise setting.refused(what, how) from None
    except subprocess.CalledProcessError as failed:
        host, port = _host(setting)
        login = " ".join(["ssh", *(option.replace("-p", "-p ") for option in port), host or HERE])
        what, how = in_words(failed.stderr, login, setting.values["folder"])
        raise setting.refused(what, how, setting.values["server"]) from None
