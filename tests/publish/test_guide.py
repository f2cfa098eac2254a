"""The guide for publishing (docs/publishing.md), typed as it is written, where this machine can."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support import ROOT

GUIDE = (ROOT / "docs/publishing.md").read_text(encoding="utf-8")
WHO = {f"GIT_{who}_{what}": "h@x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
pytestmark = pytest.mark.skipif(
    os.name == "nt" or not shutil.which("git"), reason="git or a shell is not installed"
)
STAND_IN = '#!/bin/sh\necho "$0 $@" | sed "s|.*/||" >>"$HOME/typed"\n'


def box(language: str, word: str) -> str:
    """The one box of the guide in which a word stands."""
    boxes = re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.S | re.M)
    (found,) = [text for text in boxes if word in text]
    return found


def run(folder: Path, script: str, **env: str) -> str:
    done = subprocess.run(
        ["sh", "-e", "-c", script],
        cwd=folder,
        env={**os.environ, **WHO, **env},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def test_the_clone_becomes_hers_and_takes_a_new_version_without_losing_anything(
    tmp_path: Path,
) -> None:
    developer, hers = tmp_path / "developer", tmp_path / "hers"
    for name in ("software", "my-texts"):
        run(tmp_path, f"git init -q --bare -b main {name}.git")
    run(tmp_path, "git clone -q software.git developer")
    sample = {f"content/articles/{name}.md": "sample\n" for name in ("a", "b", "c")}
    write(developer, {**sample, "insession/old.py": "1\n", "publishconf.py": "A = 1\n"})
    run(developer, "git add . && git commit -qm First && git push -q origin HEAD:main")
    run(tmp_path, "git clone -q software.git hers")
    # She publishes, which commits the ledger, takes away one sample text and changes another.
    write(hers, {"urls.json": "{}\n"})
    run(hers, "git add urls.json && git commit -qm 'Published: 5 new addresses'")
    (hers / "content/articles/a.md").unlink()
    write(hers, {"content/articles/b.md": "hers\n", "content/articles/mine.md": "hers\n"})
    write(hers, {"publishconf.py": "A = 1\nPUBLISH = {}\n"})
    mine = {path: path.read_bytes() for path in hers.rglob("*") if ".git" not in path.parts
            and path.is_file() and path.name != "old.py"}  # fmt: skip
    # Meanwhile the software changes everywhere.
    (developer / "insession/old.py").rename(developer / "insession/new.py")
    write(developer, {f"content/articles/{name}.md": "another sample\n" for name in "abd"})
    write(developer, {"publishconf.py": "A = 2\n"})
    run(developer, "git add . && git commit -qm Second && git push -q origin HEAD:main")
    own = box("sh", "git remote rename").replace(
        "git@codeberg.org:me/my-texts.git", str(tmp_path / "my-texts.git")
    )
    run(hers, own)
    for _ in range(2):  # the second time there is nothing new
        run(hers, f"set +e\n{box('sh', '--strategy=ours')}true")  # there may be nothing to commit
        assert {path.name for path in (hers / "insession").iterdir()} == {"new.py"}
        for path, data in mine.items():
            assert path.read_bytes() == data
        assert not (hers / "content/articles/a.md").exists()
        assert not (hers / "content/articles/d.md").exists()
        assert run(hers, "git status --porcelain") == ""
    run(hers, "git push -q")
    assert "A new version" in run(tmp_path / "my-texts.git", "git log --format=%s main")


def test_what_cron_runs_publishes_and_keeps_what_was_said(tmp_path: Path) -> None:
    line = box("crontab", "publish").strip()
    schedule, command = re.fullmatch(r"((?:\S+ ){5})(.*)", line).groups()
    assert schedule == "27 8 * * * "
    assert "%" not in command  # which cron would read as the end of the line
    write(tmp_path, {"in-session/tasks.py": "import sys\nprint('typed', *sys.argv[1:])\n"})
    run(Path("/"), command, HOME=str(tmp_path))
    assert (tmp_path / "publish.log").read_text(encoding="utf-8") == "typed publish\n"


def test_the_timer_of_systemd_is_one(tmp_path: Path) -> None:
    write(tmp_path, {"bin/systemctl": STAND_IN, "in-session/tasks.py": ""})
    (tmp_path / "bin/systemctl").chmod(0o755)
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    run(tmp_path, box("sh", "publish.timer"), HOME=str(tmp_path), PATH=path)
    assert "--user enable --now publish.timer" in (tmp_path / "typed").read_text(encoding="utf-8")
    units = tmp_path / ".config/systemd/user"
    assert "%h/in-session/tasks.py publish" in (units / "publish.service").read_text("utf-8")
    if analyze := shutil.which("systemd-analyze"):
        run(units, f"{analyze} calendar '*-*-* 08:27'")
        said = subprocess.run(
            [analyze, "--user", "verify", "./publish.timer", "./publish.service"],
            cwd=units,
            env={**os.environ, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert "publish." not in said.stderr, said.stderr
    timer = (units / "publish.timer").read_text("utf-8")
    assert "Persistent=true" in timer


def test_what_is_public_is_said_before_the_setting_of_a_branch() -> None:
    section = GUIDE.partition("## A git branch\n")[2].partition("\n## ")[0]
    first, _, rest = section.partition("```python")
    for word in ("public", "drafts", "practice.toml", "private"):
        assert word in first
    assert "PUBLISH" in rest
