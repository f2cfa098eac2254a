"""The first day of a new blog, through the commands: be stopped, work the list off, publish."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from shutil import copy, copytree

from tests.preview.running import PARTS
from tests.signals import default_signals
from tests.support import ROOT

RUN = "import sys; from insession.cli.main import run; sys.exit(run(sys.argv[1:]))"
ANSWERS = """\
Ruth Amsel
LCSW
licensed clinical social worker
004217
Oregon
integrative
they/them
I see couples, and I write about what they ask first.
US

Two Windows
On talking, for couples.
https://blog.amsel.test
America/Los_Angeles
Portland, OR
(917) 727-3549
ruth@amsel.test
Tuesdays and Fridays



If it sounds like you two, call me.
yes

none
"""
PLACE = re.compile(r"^ +\d+\. (content/\S+):(\d+)", re.M)


def type_command(folder: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    with default_signals():
        return subprocess.run(
            [sys.executable, "-X", "utf8", "-c", RUN, *words],
            cwd=folder,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
            input=typed,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )


def begin(folder: Path) -> Path:
    """A copy of the project as it comes, that publishes into a folder beside it."""
    root = folder / "blog"
    root.mkdir()
    for part in (*PARTS, "content", "tasks.py"):
        (copytree if (ROOT / part).is_dir() else copy)(ROOT / part, root / part)
    with (root / "publishconf.py").open("a", encoding="utf-8") as settings:
        settings.write('\nCOMMENTS = "off"\nPUBLISH = {"target": "folder", "folder": "../site"}\n')
    return root


def test_a_new_blog_is_published_once_its_list_is_worked_off(tmp_path: Path) -> None:
    root, site = begin(tmp_path), tmp_path / "site"

    refused = type_command(root, "publish")
    assert (refused.returncode, site.exists()) == (1, False)
    places = PLACE.findall(refused.stdout)
    assert places[0][0] == "content/practice.toml"
    for name in ("articles", "pages"):
        texts = {f"content/{name}/{path.name}" for path in (root / "content" / name).glob("*.md")}
        assert texts <= {file for file, _ in places}

    started = type_command(root, "start", typed=ANSWERS)
    assert started.returncode == 0, started.stdout + started.stderr
    left = PLACE.findall(started.stdout)
    pages = {file for file, _ in left if file.startswith("content/pages/")}
    # What the sample says of words is said to her, too, and keeps nothing back.
    assert {file for file, _ in left} - pages == {"content/glossary.toml"}
    assert (type_command(root, "publish").returncode, site.exists()) == (1, False)

    for file in pages:
        path = root / file
        header = f"---\nreviewed: {date.today()}\n"
        text = path.read_text(encoding="utf-8").replace("---\n", header, 1)
        path.write_text(text, encoding="utf-8")
    done = type_command(root, "publish")
    assert done.returncode == 0, done.stdout + done.stderr
    shown = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    assert "Ruth Amsel" in shown
    assert not re.search(r"Hannah|Vale\b|example\.org|555-01|000000", shown)
