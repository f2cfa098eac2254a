"""The workflow files for git hosts: what they may do, and their steps run for real in a clone."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from insession.content import picture_store
from insession.plugins import social_cards
from tests.support import CONTACT, HER_PRACTICE, ROOT, article, write_content

GITHUB, FORGEJO, GITLAB = (
    ".github/workflows/publish.yml",
    ".forgejo/workflows/publish.yml",
    ".gitlab-ci.yml",
)
ACTIONS = (GITHUB, FORGEJO)
HERS = ("-c", "user.name=Hannah", "-c", "user.email=hannah@practice.example")
FOR = {GITHUB: "branch", FORGEJO: "branch", GITLAB: "folder"}
PUBLISH = {
    "branch": 'PUBLISH = {"target": "branch", "remote": "origin", "branch": "pages"}\n',
    "folder": "PUBLISH = {'target': 'folder', 'folder': '../public'}\n",
}
SECRET = "the-token-of-this-run"  # noqa: S105  (of tests only)
KNOWN = {  # what the host puts in the place of these
    "${{ github.ref_name }}": "main",
    "$CI_COMMIT_BRANCH": "main",
    "${{ github.token }}": SECRET,
    "$CI_JOB_TOKEN": SECRET,
}
# `python3 tasks.py` would make a .venv first; the commands themselves are the clone's own.
PYTHON = '#!/bin/sh\nshift\nexec "{python}" -m invoke "$@"\n'
needs_git = pytest.mark.skipif(
    os.name == "nt" or not shutil.which("git"), reason="git or bash is not installed"
)


def read(name: str) -> Any:
    """What stands in the file; YAML takes the word “on” for a truth."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return yaml.safe_load(re.sub(r"^on:", '"on":', text, flags=re.M))


def steps(name: str) -> list[tuple[str, dict[str, str]]]:
    """Each command of a file with its environment, in order."""
    if name == GITLAB:
        job = read(name)["pages"]
        return [(line, job["variables"]) for line in job["script"]]
    job = read(name)["jobs"]["publish"]
    return [(step["run"], step.get("env", {})) for step in job["steps"] if "run" in step]


# What they may do


@pytest.mark.parametrize("name", ACTIONS)
def test_a_push_and_each_day_start_it_and_nothing_that_others_can_do(name: str) -> None:
    started = read(name)["on"]
    assert started.keys() == {"push", "schedule"}
    assert started["push"] == {"branches": ["main", "master"]}
    assert re.fullmatch(r"\d+ \d+ \* \* \*", started["schedule"][0]["cron"])


def test_at_gitlab_only_the_branch_with_the_texts_starts_it() -> None:
    rules = read(GITLAB)["pages"]["rules"]
    assert rules == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]


def test_an_action_is_named_by_the_commit_that_was_read() -> None:
    for name in ACTIONS:
        text = (ROOT / name).read_text(encoding="utf-8")
        for line in re.findall(r"uses:.*", text):
            assert re.fullmatch(r"uses: [\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


@pytest.mark.parametrize("name", ACTIONS)
def test_it_may_write_to_the_repository_and_nothing_else(name: str) -> None:
    workflow = read(name)
    assert workflow.get("permissions", {}) == {}
    assert workflow["jobs"]["publish"]["permissions"] == {"contents": "write"}
    assert "secrets." not in (ROOT / name).read_text(encoding="utf-8")


def test_only_the_step_that_publishes_has_the_token() -> None:
    for name in ACTIONS:
        for command, environment in steps(name):
            has_it = any("token" in value.lower() for value in environment.values())
            assert has_it == command.startswith(".ci/publish"), command
    checkout = read(GITHUB)["jobs"]["publish"]["steps"][0]
    assert checkout["with"] == {"persist-credentials": False}


def test_two_runs_take_turns() -> None:
    assert read(GITHUB)["concurrency"] == "publish"
    assert read(FORGEJO)["concurrency"] == {"group": "publish", "cancel-in-progress": False}
    assert read(GITLAB)["pages"]["resource_group"] == "publish"


def test_photos_and_cards_are_carried_from_one_run_to_the_next() -> None:
    kept = {picture_store.FOLDER, social_cards.FOLDER}
    assert {*read(GITLAB)["pages"]["cache"]["paths"]} == kept
    steps_of_all = read(GITHUB)["jobs"]["publish"]["steps"]
    carry = next(step for step in steps_of_all if "actions/cache@" in step.get("uses", ""))
    assert {*carry["with"]["path"].split()} == kept
    # A new text makes a new key, and what was made for the text before is taken for it.
    assert carry["with"]["key"].startswith(carry["with"]["restore-keys"])
    assert "'content/**'" in carry["with"]["key"]
    publish = next(n for n, step in enumerate(steps_of_all) if "publish" in step.get("run", ""))
    assert steps_of_all.index(carry) < publish


@pytest.mark.parametrize("name", FOR)
def test_the_tests_come_first_and_what_is_typed_exists(name: str) -> None:
    commands = [command for command, _ in steps(name)]
    tests = next(n for n, command in enumerate(commands) if "tasks.py test" in command)
    assert tests < commands.index(f".ci/publish {FOR[name]}")
    assert os.access(ROOT / ".ci/publish", os.X_OK) or os.name == "nt"


# What they do


@dataclass
class Host:
    """A git host: a bare repository with her blog, and runs of a workflow file on a clone of it."""

    folder: Path
    said: str = ""
    runs: int = 0

    def __post_init__(self) -> None:
        self.bare, self.hers = self.folder / "repository.git", self.folder / "hers"
        (self.folder / "bin").mkdir()
        python = self.folder / "bin/python3"
        python.write_text(PYTHON.format(python=sys.executable), encoding="utf-8")
        python.chmod(0o755)
        self.hers.mkdir()
        for name in ("insession", "theme", ".ci"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, self.hers / name, ignore=ignored)
        for name in ("tasks.py", "pelicanconf.py", ".gitignore"):
            shutil.copyfile(ROOT / name, self.hers / name)
        settings = 'from pelicanconf import *\n\nCOMMENTS = "off"\n'
        (self.hers / "publishconf.py").write_text(settings, encoding="utf-8")
        texts = {"articles/one.md": article("One"), "pages/contact.md": CONTACT}
        write_content(self.hers, {"practice.toml": HER_PRACTICE, **texts})
        self.git(self.folder, "init", "-q", "--bare", "-b", "main", str(self.bare))
        self.git(self.hers, "init", "-q", "-b", "main")
        self.git(self.hers, "remote", "add", "origin", str(self.bare))
        self.push("Hers")

    def git(self, folder: Path, *words: str) -> str:
        """Run git, as herself."""
        command = ["git", "-C", str(folder), *HERS, *words]
        return subprocess.run(
            command, check=True, capture_output=True, encoding="utf-8"
        ).stdout.strip()

    def push(self, message: str) -> None:
        """Commit all that she has written, and push it."""
        self.git(self.hers, "add", "--all")
        self.git(self.hers, "commit", "-qm", message)
        self.git(self.hers, "push", "-q", "origin", "main")

    def choose(self, target: str) -> None:
        """Say in her settings where the blog goes."""
        with (self.hers / "publishconf.py").open("a", encoding="utf-8") as file:
            file.write(PUBLISH[target])
        self.push("Where it goes")

    def run(self, name: str, meanwhile: str = "") -> int:
        """Run the file's commands; `meanwhile` is a text she pushes before the last of them."""
        self.runs += 1
        self.clone = self.folder / f"run{self.runs}/clone"
        self.clone.mkdir(parents=True)
        if name != FORGEJO:
            shallow = ("-c", "protocol.file.allow=always", "clone", "-q", "--depth=1")
            self.git(self.clone, *shallow, self.bare.as_uri(), ".")
        self.said = ""
        for command, given in steps(name):
            if "tasks.py test" in command:
                continue
            if meanwhile and command.startswith(".ci/publish"):
                (self.hers / "content/articles/meanwhile.md").write_text(article(meanwhile))
                self.push(meanwhile)
            environment = {key: KNOWN.get(value, value) for key, value in given.items()}
            if "REPOSITORY" in environment:
                environment["REPOSITORY"] = str(self.bare)
            path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
            done = subprocess.run(
                ["bash", "-e", "-c", command],
                cwd=self.clone,
                env={**os.environ, "PATH": path, **environment},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                check=False,
            )
            self.said += done.stdout
            if done.returncode:
                return done.returncode
        return 0

    def tips(self) -> str:
        """Where each branch is."""
        return self.git(self.bare, "show-ref")


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path)


@needs_git
@pytest.mark.parametrize("name", FOR)
def test_a_blog_that_goes_nowhere_or_elsewhere_is_left_alone_without_a_failure(
    host: Host, name: str
) -> None:
    quiet = read(GITLAB)["pages"]["allow_failure"]["exit_codes"] if name == GITLAB else [0]
    assert host.run(name) in quiet
    assert "Nothing to publish from here" in host.said
    host.choose("folder" if FOR[name] == "branch" else "branch")
    before = host.tips()
    assert host.run(name) in quiet
    assert host.tips() == before


@needs_git
def test_github_publishes_notes_the_addresses_and_the_next_day_changes_nothing(host: Host) -> None:
    host.choose("branch")
    assert host.run(GITHUB) == 0, host.said
    assert "<h1" in host.git(host.bare, "show", "pages:one/index.html")
    assert '"/one/": "article:one"' in host.git(host.bare, "show", "main:urls.json")
    changed = host.git(host.bare, "show", "--format=%an <%ae>", "--name-only", "main")
    assert changed.split("\n") == ["In Session <insession@localhost>", "", "urls.json"]
    before = host.tips()
    assert host.run(GITHUB) == 0, host.said
    assert host.tips() == before
    kept = [path for path in host.folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert not any(SECRET.encode() in path.read_bytes() for path in kept)
    assert SECRET not in host.said


@needs_git
@pytest.mark.parametrize("name", ACTIONS[:1])  # the others call the same script
def test_a_later_run_knows_what_an_earlier_one_published_and_takes_nothing_else_back(
    host: Host, name: str
) -> None:
    for number in range(12):
        text = article(f"More {number}", body=f"It is number {number}.")
        (host.hers / f"content/articles/more-{number}.md").write_text(text, encoding="utf-8")
    host.choose("branch")
    assert host.run(name) == 0, host.said
    # She changes a text and removes another: both are in the history that a run has.
    host.git(host.hers, "pull", "-q", "--rebase", "origin", "main")
    one = host.hers / "content/articles/one.md"
    one.write_text(article("One", body="Put right."), encoding="utf-8")
    (host.hers / "content/articles/more-5.md").unlink()
    host.push("Put right")
    assert host.run(name) == 0, host.said
    assert "taken down: /more-5/ “More 5”" in host.said
    assert "Put right." in host.git(host.bare, "show", "pages:one/index.html")
    # And she publishes from her own computer what she hasn't pushed: a run doesn't take it down.
    host.git(host.hers, "pull", "-q", "--rebase", "origin", "main")
    two = host.hers / "content/articles/two.md"
    two.write_text(article("Two", body="Not pushed."), encoding="utf-8")
    typed = [sys.executable, "-m", "invoke", "publish"]
    done = subprocess.run(typed, cwd=host.hers, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert host.run(name) == 1
    assert "taken down: /two/ “Two”" in host.said
    host.push("Two")
    assert host.run(name) == 0, host.said


@needs_git
def test_what_she_pushes_during_a_run_at_codeberg_stays(host: Host) -> None:
    host.choose("branch")
    assert host.run(FORGEJO, meanwhile="Meanwhile") == 0, host.said
    assert "Meanwhile" in host.git(host.bare, "show", "main:content/articles/meanwhile.md")
    assert '"/one/": "article:one"' in host.git(host.bare, "show", "main:urls.json")


@needs_git
def test_gitlab_gets_the_site_in_public(host: Host) -> None:
    host.choose("folder")
    assert host.run(GITLAB) == 0, host.said
    assert read(GITLAB)["pages"]["artifacts"] == {"paths": ["public"]}
    assert (host.clone / "public/one/index.html").is_file()
    assert '"/one/": "article:one"' in host.git(host.bare, "show", "main:urls.json")
