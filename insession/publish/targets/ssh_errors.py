"""What ssh, rsync and a server's programs complain about, in her words and with what to do."""

import re

# Each: what stands in the complaint, what it means, what to do. The first that fits counts.
# {login} is how to log in by hand, {folder} the folder on the server.
COMPLAINTS = (
    (
        r"IDENTIFICATION HAS CHANGED",
        "the server isn't the one it was, or somebody stands between you and it.",
        "Send nothing before you have asked whoever looks after the server. If it was set up anew,"
        " its old key has to go: see “ssh-keygen -R” in docs/publishing.md.",
    ),
    (
        r"Host key verification failed",
        "this computer doesn't know the server yet.",
        "Log in once by hand: {login}\n"
        "    Compare the fingerprint that it shows with the server's, and answer yes.",
    ),
    (
        r"Permission denied \(|Too many authentication failures",
        "the server doesn't let you in: it doesn't know your key.",
        "Log in by hand to see what is wrong: {login}\n"
        "    If your key has a passphrase, type “ssh-add” first. docs/publishing.md tells how a key"
        " gets onto a server.",
    ),
    (
        r"Could not resolve hostname",
        "there is no server of this name, or this computer is not online.",
        "Check how its name is written, and that you are online.",
    ),
    (
        r"Connection refused|[Cc]onnection timed out|No route to host|Network is unreachable",
        "the server doesn't answer.",
        "See that you are online and try again later; if it stays so, ask whoever looks after it.",
    ),
    (
        r"No space left on device|[Dd]isk quota exceeded",
        "the server's disk is full.",
        "Make room on it, and publish again.",
    ),
    (
        r"published meanwhile",
        "somebody else has published meanwhile.",
        "Publish again; “publish --dry-run” shows what that would change.",
    ),
    (
        r"(rsync|sha256sum|flock): (command )?not found",
        "a program is missing on the server: {0}.",
        "Log in ({login}) and install it: sudo apt install rsync coreutils util-linux",
    ),
    (
        r"current is not a link",
        "in {folder} on the server there is something called “current” that was not made here.",
        "Choose another folder in publishconf.py, or move that thing elsewhere.",
    ),
    (
        r"Read-only file system|Permission denied|Not a directory|[Cc]annot create directory",
        "the folder {folder} can't be written there.",
        "See that it is a folder of yours on the server: {login} ls -ld {folder}",
    ),
    (
        r"[Cc]onnection (closed|reset|unexpectedly)|Broken pipe|timeout|error in socket",
        "the connection broke off.",
        "Publish again.",
    ),
)


def in_words(complaint: str, login: str, folder: str) -> tuple[str, str]:
    """Return what is wrong and what to do."""
    known = {"login": login, "folder": folder}
    for pattern, what, how in COMPLAINTS:
        if found := re.search(pattern, complaint):
            return what.format(*found.groups(), **known), how.format(**known)
    last = next(reversed([row for row in complaint.splitlines() if row.strip()]), "it says nothing")
    what = f"the server can't take the blog: {last.strip()}"
    return what, f"Log in by hand to see what is wrong: {login}"
