"""The lock of all requirements: each file of each package, for every platform, by its digest.

What we need stands in requirements*.in, pinned and with the reasons; requirements*.txt are made
from those, and pip installs nothing that isn't in them byte for byte.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

LISTS = ("requirements", "requirements-test", "requirements-bench", "requirements-storage")
COMPILE = (
    *("-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version=3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header"),
)


def lock(root: Path) -> int:
    """Write requirements*.txt anew. Returns the exit code: uv has said why, if it isn't 0."""
    locked: dict[str, list[str]] = {}
    for name in LISTS:
        command = [sys.executable, *COMPILE, f"{name}.in"]
        done = subprocess.run(
            command, cwd=root, env=os.environ | _index(), stdout=subprocess.PIPE, encoding="utf-8"
        )
        if done.returncode:
            return done.returncode
        locked[name] = requirements(done.stdout)
        text = _text(name, (root / f"{name}.in").read_text("utf-8"), locked)
        (root / f"{name}.txt").write_text(text, "utf-8", newline="\n")
        print(f"{name}.txt: {len(requirements(text))} packages.")
    return 0


def requirements(text: str) -> list[str]:
    """Return each requirement in a list, with the lines of its digests."""
    return re.findall(r"^\w.*(?:\n +.*)*", text, re.MULTILINE)


def _text(name: str, source: str, locked: dict[str, list[str]]) -> str:
    """Return a list with the same options as its source, without what the included one has."""
    options = re.findall(r"^-.*", source, re.MULTILINE)
    included = {
        each
        for option in options
        if option.startswith("-r ")
        for each in locked[option.removeprefix("-r ").removesuffix(".in")]
    }
    rows = [f"# Made by “python3 tasks.py lock” from {name}.in: change that one."]
    rows += ["--require-hashes", *(re.sub(r"^(-r .*)\.in$", r"\1.txt", each) for each in options)]
    return "\n".join([*rows, *(each for each in locked[name] if each not in included), ""])


def _index() -> dict[str, str]:
    """Return what tells uv to ask where pip does, if pip has been told where."""
    command = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    told = subprocess.run(command, capture_output=True, encoding="utf-8").stdout.strip()
    address = os.environ.get("PIP_INDEX_URL") or told
    return {"UV_DEFAULT_INDEX": address} if address else {}
