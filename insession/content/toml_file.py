"""TOML as people write it: read, or refused in plain words, and where in it something stands."""

import json
import re
import tomllib
from typing import Any

from insession.common.problems import Problem, Problems

HOW = 'Each line is written as: key = "text". Straight quotes stand around text.'


def parse_toml(text: str, shown: str, how: str = HOW) -> dict[str, Any]:
    """Return what a TOML file says. Raises Problems, which say `how` its lines are written."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Problems([_unreadable(shown, text, str(error), how)]) from None


def _unreadable(shown: str, text: str, message: str, how: str) -> Problem:
    found = re.search(r"line (\d+)", message)
    line = int(found[1]) if found else text.count("\n") + 1
    row = text.split("\n")[line - 1].strip() if line <= text.count("\n") + 1 else ""
    key = row.split("=")[0].strip(" []")
    if "overwrite" in message or "twice" in message or "already" in message:
        return Problem(shown, line, f"{key} stands here twice.", "Remove one of the two.")
    if re.search(r"=\s*(True|False)\b", row):
        return Problem(shown, line, "true and false have small letters.", f"Write: {row.lower()}")
    return Problem(shown, line, "this line can't be read.", how)


def key_line(text: str, key: str, section: str = "") -> int:
    """Return the line of a key, or of its section where it isn't there; 1 if neither is."""
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines, 1) if _opens(line, section)), 0)
    for number, line in enumerate(lines[start:], start + 1):
        if section and line.lstrip().startswith("["):
            break
        if re.match(rf"\s*{_written(key)}\s*[.=]", line):
            return number
    return start or next((n for n, line in enumerate(lines, 1) if _opens(line, key)), 1)


def _opens(line: str, section: str) -> bool:
    return re.match(rf"\s*\[+\s*{_written(section)}\s*[\].]", line) is not None


def _written(key: str) -> str:
    """Return a pattern for the ways in which a key can be written."""
    quoted = json.dumps(key, ensure_ascii=False)
    return rf"(?:{re.escape(key)}|{re.escape(quoted)}|'{re.escape(key)}')"
