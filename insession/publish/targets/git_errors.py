"""What git complains about while publishing, in her words and with what to do."""

import re

# Each: what stands in the complaint, what it means, what to do. The first that fits counts.
COMPLAINTS = (
    (
        r"could not read (Username|Password)|Authentication failed|Permission denied \(",
        "this repository doesn't let you in.",
        "See that your key or token is known there, and may write; “git push” in a checkout of "
        "it has to work.",
    ),
    (
        r"Host key verification failed",
        "this computer doesn't know the server yet, or the server isn't the one it was.",
        "Log in once by hand with ssh, and compare the fingerprint with the one your host names.",
    ),
    (
        r"read[- ]only|[Pp]ermission to \S+ denied|not allowed to push|error: 403",
        "this repository lets you read, but not write.",
        "Give your key or token the right to write, at your git host.",
    ),
    (
        r"[Cc]ould not resolve host|unable to access|[Cc]onnection (refused|timed out|reset)",
        "the server doesn't answer, or this computer is not online.",
        "See that you are online, and publish again.",
    ),
    (
        r"No space left on device|[Dd]isk quota exceeded",
        "there is no room left on the disk.",
        "Make room, here or at your host, and publish again.",
    ),
    (
        r"\[(remote )?rejected\]|hook declined|insufficient permission|unable to create",
        "the repository doesn't take it.",
        "Publish again, in case another computer published at the same moment. If that doesn't "
        "help: the branch may be protected at your host, or you may not write there.",
    ),
    (
        r"not found|does not (appear to be a git repository|exist)",
        "there is no repository of this name, or none that you may see.",
        "Check how it is written.",
    ),
)


def in_words(complaint: str) -> tuple[str, str]:
    """Return what is wrong and what to do."""
    for pattern, what, how in COMPLAINTS:
        if re.search(pattern, complaint):
            return what, how
    last = next(reversed([row for row in complaint.splitlines() if row.strip()]), "it says nothing")
    return f"git can't publish there: {last.strip()}", "Ask whoever set the repository up."
