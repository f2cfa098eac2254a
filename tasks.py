"""Every command of In Session: `python3 tasks.py` lists them, `python3 tasks.py preview` runs one.

A bare Python is enough to start with: `insession.bootstrap` makes `.venv`, installs what is pinned
in the requirement files and starts this file again in there. In an activated `.venv` the same
commands are `invoke preview` and so on.
"""

import os
import shlex
import subprocess
import sys
from pathlib import Path

# An older Python has to be able to read this file as far as this sentence: so there is nothing
# here that Python 3.6 doesn't know, and nothing of ours is imported before it.
OLDEST = (3, 11)
if sys.version_info[:2] < OLDEST:
    sys.exit(
        "In Session needs Python {}.{} or newer; this is {}.{}.{}. "
        "Get it from python.org and start again.".format(*OLDEST, *sys.version_info[:3])
    )

if __name__ == "__main__":
    from insession.bootstrap import main

    sys.exit(main(sys.argv[1:]))
else:
    from invoke import Context, task  # only `.venv` has it, and by now we are in there

    os.chdir(Path(__file__).resolve().parent)  # wherever the command was typed


@task(
    help={
        "port": "the number at the end of its address (default: 8000)",
        "no_browser": "open no browser window",
    }
)
def preview(c: Context, port: int = 8000, no_browser: bool = False) -> None:
    """Show the blog on this computer and keep it up to date while you write."""
    from insession.preview import serve

    finish(serve(port, not no_browser))


@task
def build(c: Context) -> None:
    """Make the site for publishing, in the folder “output”."""
    from insession.build import build as make

    finish(make())


@task
def test(c: Context) -> None:
    """Check that everything works (for whoever changes the code or the design)."""
    checks = ("ruff check .", "ruff format --check .", "tests.programs")
    failed = [check for check in checks if python(*check.split())]
    if failed:
        print("\nFailed before the tests began: {}\n".format(", ".join(failed)), flush=True)
    if python("pytest", *shlex.split(c.remainder)) or failed:
        finish(1)


def python(*module: str) -> int:
    """Run `python -m` with a module and its arguments; its exit code."""
    return subprocess.call([sys.executable, "-m", *module])


def finish(code: int) -> None:
    """End with this exit code, unless it is 0: another command may follow."""
    if code:
        sys.exit(code)
