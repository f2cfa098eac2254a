"""What is looked at before the tests, and before a commit, is the same."""

import yaml

from insession.cli.commands import LINT
from tests.support import ROOT


def test_pre_commit_runs_the_lint_of_the_tests_and_fetches_nothing() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert {repo["repo"] for repo in config["repos"]} == {"local"}
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert [hook["entry"] for hook in hooks] == [f".venv/bin/{command}" for command in LINT]
    assert not any(hook["pass_filenames"] for hook in hooks)
