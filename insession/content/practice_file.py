"""Changes practice.toml line by line: its notes, its order and its other lines stay as they are."""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from insession.common.problems import Problem, Problems

HEADER = re.compile(r"\s*(?:#\s*)?\[\[?\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?$")
LONGEST = 60  # lines of one value


def set_values(text: str, values: Mapping[str, str | bool]) -> str:
    """Return the file's text with other values: {"practice.phone": "+19177273549"}.

    A line that is only suggested (# in front) is used, and one that isn't there is added.
    Raises Problems for what is written so that a line can't be changed by itself.
    """
    for key, value in values.items():
        section, name = key.split(".")
        text = _with(text, section, name, value)
    return text


def leave_out(text: str, *keys: str) -> str:
    """Return the file's text with # in front of these lines; a section without any is gone, too."""
    for key in keys:
        text = _without(text, *key.split("."))
    return text


def add_crisis_line(text: str, label: str, call: str) -> str:
    """Return the file's text with one more line for people in crisis."""
    rows = text.split("\n")
    start = _find_section(rows, "crisis")
    added = ["", "[[crisis.lines]]", f"label = {_toml(label)}", f"call = {_toml(call)}"]
    end = _end(rows, start)
    rows[end:end] = added
    return "\n".join(rows)


def _with(text: str, section: str, key: str, value: str | bool) -> str:
    wanted = tomllib.loads(text)
    wanted[section] = {**wanted.get(section, {}), key: value}
    rows, line = text.split("\n"), f"{key} = {_toml(value)}"
    start = _find_section(rows, section)
    if start is None:
        new = "\n".join([*rows, f"[{section}]", line, ""])
        return _checked(new, wanted, key)
    rows[start] = _uncommented(rows[start])
    for pattern in (rf"\s*[\"']?{key}[\"']?\s*=", rf"\s*#\s*{key}\s*="):
        found = _find_row(rows, start, pattern)
        if found is not None:
            return _replaced(rows, found, line, wanted, key)
    end = _end(rows, start)
    return _checked("\n".join([*rows[:end], line, *rows[end:]]), wanted, key)


def _without(text: str, section: str, key: str) -> str:
    wanted = tomllib.loads(text)
    if key not in wanted.get(section, {}):
        return text
    del wanted[section][key]
    rows = text.split("\n")
    start = _find_section(rows, section) or 0
    if not wanted[section]:
        del wanted[section]
        rows[start] = f"# {rows[start]}"
    found = _find_row(rows, start, rf"\s*[\"']?{key}[\"']?\s*=")
    return _replaced(rows, start if found is None else found, "", wanted, key)


def _replaced(rows: list[str], place: int, line: str, wanted: dict[str, Any], key: str) -> str:
    """Put a line in place of a value, which may go over several; without one, make it a note."""
    for end in range(place + 1, min(place + LONGEST, len(rows)) + 1):
        old = rows[place:end]
        note = _note(old[0]) if end == place + 1 else ""
        new = [f"{line}{note}"] if line else [f"# {row}" for row in old]
        text = "\n".join([*rows[:place], *new, *rows[end:]])
        if _says(text, wanted):
            return text
    return _checked("\n".join(rows), wanted, key, place + 1)


def _note(row: str) -> str:
    """Return what stands behind a value on its line: "  # a note"."""
    for found in re.finditer(r"\s*#", row):
        value = row[: found.start()]
        if "=" in value and _data(value) is not None:
            return row[found.start() :]
    return ""


def _find_section(rows: list[str], section: str) -> int | None:
    headers = [(n, found[1]) for n, row in enumerate(rows) if (found := HEADER.match(row))]
    real = [n for n, name in headers if name == section and not rows[n].lstrip().startswith("#")]
    suggested = [n for n, name in headers if name == section]
    return next(iter([*real, *suggested]), None)


def _find_row(rows: list[str], start: int, pattern: str) -> int | None:
    for number in range(start + 1, len(rows)):
        if HEADER.match(rows[number]):
            return None
        if re.match(pattern, rows[number]):
            return number
    return None


def _end(rows: list[str], start: int | None) -> int:
    """Return where a line is added to a section: behind the last that says something."""
    last = start = start or 0
    for number in range(start + 1, len(rows)):
        if HEADER.match(rows[number]):
            break
        if rows[number].strip() and not rows[number].lstrip().startswith("#"):
            last = number
    return last + 1


def _uncommented(row: str) -> str:
    return re.sub(r"^(\s*)#\s*", r"\1", row)


def _toml(value: str | bool) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _data(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _says(text: str, wanted: dict[str, Any]) -> bool:
    return _data(text) == wanted


def _checked(text: str, wanted: dict[str, Any], key: str, line: int = 0) -> str:
    if _says(text, wanted):
        return text
    what = f"{key} is written in a way that only you can change."
    how = f'Write it on a line of its own, below its section: {key} = "…"'
    raise Problems([Problem("content/practice.toml", line, what, how)])
