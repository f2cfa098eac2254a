"""Asks where the blog is to go, tries it out, and writes the setting into publishconf.py."""

import json
from pathlib import Path

from insession.common.invisible import one_line
from insession.common.problems import Problems, listed
from insession.publish.registry import HELP, TARGETS, check_setting, find_setting, target_of
from insession.publish.target_config import Setting


def explained() -> str:
    """Say in words how to choose a target."""
    rows = [
        f"  {target.TITLE}:\n    PUBLISH = {_written(_example(name))}"
        for name, target in TARGETS.items()
    ]
    return "\n".join(
        [
            "Nothing says yet where your blog is to go. It is one line in publishconf.py:",
            "",
            *rows,
            "",
            HELP,
        ]
    )


def _example(name: str) -> dict[str, str]:
    return {"target": name} | {key: example for key, (_, example) in TARGETS[name].KEYS.items()}


def set_up(settings_file: Path) -> Setting | None:
    """Ask at the terminal until a target works, write it down and return it.

    None at the end of the input. What is already there stays until something else works.
    """
    place = Setting({}, settings_file.resolve().parent, settings_file.name)
    try:
        while True:
            try:
                setting = check_setting(_asked(), place)
                print("Trying it out … ", end="", flush=True)
                target_of(setting).try_out(setting)
            except Problems as found:
                print(f"\n{listed(found.problems)}\n")
                continue
            break
    except EOFError:
        print()
        return None
    write_setting(settings_file, setting.values)
    print(f"it works. It stands in {settings_file.name} now.")
    return setting


def _asked() -> dict[str, str]:
    names = [*TARGETS]
    print("Where is your blog to go?")
    for number, name in enumerate(names, 1):
        print(f"  {number}  {TARGETS[name].TITLE}")
    while (typed := one_line(input("Type a number: "))) not in map(str, range(1, len(names) + 1)):
        print(f"Please type a number from 1 to {len(names)}.")
    name = names[int(typed) - 1]
    values = {"target": name}
    for key, (question, example) in TARGETS[name].KEYS.items():
        while not (answer := one_line(input(f"{question} (such as {example}): "))):
            pass
        values[key] = answer
    return values


def write_setting(settings_file: Path, values: dict[str, str]) -> None:
    """Put the setting into the settings file, in the place of an earlier one or at its end."""
    text = settings_file.read_text(encoding="utf-8")
    line = f"PUBLISH = {_written(values)}\n"
    rows = text.splitlines(keepends=True)
    if node := find_setting(text):
        rows[node.lineno - 1 : node.end_lineno] = [line]
    else:
        rows += [line] if text.endswith("\n") or not text else ["\n", line]
    settings_file.write_text("".join(rows), encoding="utf-8", newline="\n")


def _written(values: dict[str, str]) -> str:
    return json.dumps(values, ensure_ascii=False)  # a Python dictionary, too
