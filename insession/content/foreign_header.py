"""A header as other programs want it, taken apart: Jekyll, Hugo, Zola, Eleventy, Hexo, Pelican.

It is YAML between --- lines, TOML between +++ lines, or JSON; what it says is translated by
translate_header.py. Sources: https://jekyllrb.com/docs/front-matter/,
https://gohugo.io/content-management/front-matter/,
https://www.getzola.org/documentation/content/page/, https://www.11ty.dev/docs/data-frontmatter/
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import yaml

from insession.common.problems import Problems
from insession.content.yaml_header import DEEPEST, read_header

# The opening line, what it says about the form, the block, the closing line.
FENCED = re.compile(r"(---|\+\+\+)[ \t]*(\w*)[ \t]*\n(.*?)^\1[ \t]*(?:\n|\Z)", re.S | re.M)
FORMS = {"": "YAML", "yaml": "YAML", "yml": "YAML", "toml": "TOML", "json": "JSON"}


@dataclass(frozen=True)
class ForeignHeader:
    """A header's keys and values, and the text below it.

    Values are texts, lists and dicts, as in a header of ours: true is "true", a date its ISO form.
    `block` is what stands between its two lines, and `first_line` the file's line on which it
    starts.
    """

    form: str  # YAML, TOML or JSON
    data: dict[str, Any]
    block: str
    first_line: int
    body: str

    def line(self, key: str) -> int:
        """Return the file's line on which a key stands (the first line of the block, if none)."""
        found = re.search(rf"""^[ \t{{,]*["']?{re.escape(key)}["']?[ \t]*[:=]""", self.block, re.M)
        return self.first_line + (self.block.count("\n", 0, found.start()) if found else 0)


def read_foreign(text: str) -> ForeignHeader | None:
    """Return the header that a file (Unix line ends) starts with; None if none can be read."""
    start = len(text) - len(text.lstrip("\n \ufeff"))
    line = text.count("\n", 0, start) + 1
    if fenced := FENCED.match(text, start):
        form = "TOML" if fenced[1] == "+++" else FORMS.get(fenced[2].lower(), "")
        data = _read(form, fenced[3])
        body = text[fenced.end() :]
        return None if data is None else ForeignHeader(form, data, fenced[3], line + 1, body)
    if text.startswith("{", start):
        try:
            value, end = json.JSONDecoder().raw_decode(text, start)
        except (ValueError, RecursionError):
            return None
        block, body = text[start:end], text[end:].removeprefix("\n")
        return ForeignHeader("JSON", _plain(value), block, line, body)
    return None


def other_form(text: str) -> str:
    """Return the name of the form, other than ours, in which a text has its header, or ""."""
    start = text.lstrip("\n \ufeff")
    if re.match(r"\+\+\+[ \t]*\n|---[ \t]*toml\b", start):
        return "TOML (as Hugo and Zola do)"
    return "JSON" if re.match(r"\{\s*\"|---[ \t]*json\b", start) else ""


def why_unreadable(text: str) -> tuple[int, str] | None:
    """Return where a header in another form can't be read: the file's line, and what is wrong."""
    start = len(text) - len(text.lstrip("\n \ufeff"))
    line = text.count("\n", 0, start) + 1
    fenced = FENCED.match(text, start)
    try:
        if fenced and fenced[1] == "---" and FORMS.get(fenced[2].lower()) == "JSON":
            json.loads(fenced[3])
        elif fenced:
            tomllib.loads(fenced[3])
        elif text.startswith("{", start):
            line -= 1
            json.JSONDecoder().raw_decode(text[start:])
        else:
            return line, "it is never closed"
    except json.JSONDecodeError as error:
        return line + error.lineno, "this line of it can't be read"
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        return line + int(found[1] if found else 0), "this line of it can't be read"
    except RecursionError:
        return line, "it has too many brackets"
    return None


def _read(form: str, block: str) -> dict[str, Any] | None:
    """Return a block's keys and values, or None."""
    try:
        if form == "TOML":
            return _mapping(tomllib.loads(block))
        if form == "JSON":
            return _mapping(json.loads(block))
        return _read_yaml(block) if form == "YAML" else None
    except (ValueError, RecursionError):
        return None


def _read_yaml(block: str) -> dict[str, Any] | None:
    """Return it as ours is read; what that refuses as others read it: a # begins a comment, too."""
    try:
        return read_header(block, "", 0)[0]
    except Problems:
        if len(re.findall(r"[\[{]", block)) > DEEPEST:
            return None
    try:
        return _mapping(yaml.BaseLoader(block).get_single_data())  # texts alone: nothing is made
    except yaml.YAMLError:
        return None


def _mapping(value: Any) -> dict[str, Any] | None:
    plain = _plain(value)
    return plain if isinstance(plain, dict) else None


def _plain(value: Any) -> Any:
    """Return a value as a header of ours has it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
