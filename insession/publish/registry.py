"""The targets there are, and the setting that chooses one of them, read and checked."""

import ast
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from pelican.settings import read_settings

from insession.common.crash_reports import problems_in
from insession.common.problems import Problems
from insession.publish.built_site import SiteBuild
from insession.publish.manifest import Digests
from insession.publish.target_config import Setting
from insession.publish.targets import folder, git_branch, s3, ssh_server


class Target(Protocol):
    """A module that publishes; insession/publish/__init__.py says what each function is for."""

    TITLE: str  # what it is, for a menu
    KEYS: dict[str, tuple[str, str]]  # what stands in the setting: the question for it, an example

    def check(self, setting: Setting, /) -> None:
        """Refuse what can't be right. Raises Problems, as all of these do."""

    def try_out(self, setting: Setting, /) -> None:
        """See whether it could be done."""

    def prepare(self, setting: Setting, site: SiteBuild, /) -> None:
        """Add what this kind of host reads beside the pages."""

    def held(self, setting: Setting, /) -> Digests:
        """Return what is published now."""

    def read(self, setting: Setting, name: str, /) -> str:
        """Return what is in a published file."""

    def send(self, setting: Setting, site: Path, /) -> None:
        """Publish what is in a folder."""

    def undo(self, setting: Setting, /) -> None:
        """Bring back what was published before."""

    def last_two(self, setting: Setting, /) -> AbstractContextManager[list[Path]]:
        """Return the folders of what is published and of what was before, or nothing."""


TARGETS: Mapping[str, Target] = {
    "folder": folder,
    "server": ssh_server,
    "branch": git_branch,
    "storage": s3,
}
HELP = "docs/publishing.md tells which one suits you; “python3 tasks.py publish --setup” asks."


def read_setting(settings_file: Path) -> Setting | None:
    """Return the setting, or None if there is none yet. Raises Problems if it isn't right."""
    try:
        written = read_settings(str(settings_file)).get("PUBLISH")
        node = find_setting(settings_file.read_text(encoding="utf-8"))
    except Exception as error:  # a settings file is a program, and can fail in any way
        raise Problems(problems_in(error, settings_file.parent)) from error
    if not written:
        return None
    line = node.lineno if node else 0
    setting = Setting({}, settings_file.resolve().parent, settings_file.name, line)
    return check_setting(written, setting)


def target_of(setting: Setting) -> Target:
    """Return what sends the site there."""
    return TARGETS[setting.values["target"]]


def check_setting(written: Any, place: Setting) -> Setting:
    """Return the setting with these values, if they are right. Raises Problems."""
    target = TARGETS.get(str(written.get("target"))) if isinstance(written, dict) else None
    if not target:
        kinds = " or ".join(f"“{name}” ({TARGETS[name].TITLE})" for name in TARGETS)
        raise place.refused(f"PUBLISH needs a “target”: {kinds}.", HELP)
    example = ", ".join(f'"{key}": "{example}"' for key, (_, example) in target.KEYS.items())
    example = f'PUBLISH = {{"target": "{written["target"]}", {example}}}'
    for key, value in written.items():
        if key != "target" and key not in target.KEYS:
            raise place.refused(f"PUBLISH has “{key}”, which is not known.", f"Write: {example}")
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            how = f"Write it between quotes: {example}"
            raise place.refused(f"“{key}” in PUBLISH is not a text.", how)
    for key in target.KEYS:
        if key not in written:
            raise place.refused(f"“{key}” is missing in PUBLISH.", f"Write: {example}")
    setting = Setting(written, place.root, place.file, place.line)
    target.check(setting)
    return setting


def find_setting(source: str) -> ast.Assign | None:
    """Return the last assignment to PUBLISH in a settings file. Raises SyntaxError."""
    found = [
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign)
        and any(isinstance(name, ast.Name) and name.id == "PUBLISH" for name in node.targets)
    ]
    return found[-1] if found else None
