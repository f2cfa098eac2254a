"""What is looked at before the tests, and before a commit, is the same."""

import re
import tomllib

import yaml

from insession.cli.commands import LINT
from tests.support import ROOT


def test_pre_commit_runs_the_lint_of_the_tests_and_fetches_nothing() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert {repo["repo"] for repo in config["repos"]} == {"local"}
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert [hook["entry"] for hook in hooks] == [f".venv/bin/{command}" for command in LINT]
    assert not any(hook["pass_filenames"] for hook in hooks)


def test_all_of_the_code_is_checked_strictly_and_each_exception_has_its_reason() -> None:
    written = (ROOT / "pyproject.toml").read_text("utf-8")
    mypy = tomllib.loads(written)["tool"]["mypy"]
    assert mypy["strict"]
    assert set(mypy["files"]) == {"insession", "tasks.py", "pelicanconf.py"}
    overrides = mypy["overrides"]
    ours = [name for each in overrides for name in each["module"] if name.startswith("insession")]
    assert not ours
    assert len(re.findall(r"#[^\n]+\n\[\[tool\.mypy\.overrides\]\]", written)) == len(overrides)
    for path in [ROOT / "tasks.py", ROOT / "pelicanconf.py", *ROOT.glob("insession/**/*.py")]:
        rows = path.read_text("utf-8").split("\n")
        for before, row in zip(["", *rows], rows, strict=False):
            if "type: ignore" in row:
                assert re.search(r"# type: ignore\[[\w-]+\](  #|$)", row), row
                assert before.strip().startswith("#") or re.search(r"\]  #", row), (path, row)
