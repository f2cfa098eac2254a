"""A header of another program, rewritten as ours: YAML between --- lines, with our keys.

What has no place in ours stays as a line that begins with #, which nobody reads but her. What isn't
certain stays as it is: a date that could be read in two ways keeps its form, a slip of the pen its
letters, and the check says what is wrong with them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from insession.common.problems import Problems
from insession.content.foreign_header import ForeignHeader
from insession.content.header_values import Translation, one_line
from insession.content.yaml_header import in_quotes, read_header

KEY = re.compile(r"[^\s#-][^:]*:")


@dataclass(frozen=True)
class Row:
    """A line of a header: where it was, how it was written, how it is written now ("": gone)."""

    line: int
    before: str
    after: str


def rewrite_header(header: ForeignHeader, made: Translation) -> tuple[str, list[Row]] | None:
    """Return the text with its header in our words, and the rows; None if it can't be read then."""
    rows = sorted(_rows(header, made), key=lambda row: row.line)
    block = "".join(f"{row.after}\n" for row in rows if row.after)
    block += "".join(f"{row}\n" for row in header.block.split("\n") if row.startswith("#"))
    try:
        read_header(block, "", 0)
    except Problems:
        return None
    body = header.body.lstrip("\n")
    return f"---\n{block}---\n\n{body}", [row for row in rows if row.before != row.after]


def _rows(header: ForeignHeader, made: Translation) -> Iterator[Row]:
    last = header.first_line + header.block.count("\n") + 1
    for ours, value in made.fields.items():
        key = made.origin.get(ours, "")
        before, line = _before(header, key), header.line(_last(key)) if key else last
        is_same = header.form == "YAML" and key == ours and header.data[key] == value
        yield Row(line, before, before if is_same else f"{ours}: {_written(value)}".rstrip())
    for key, value in made.kept.items():
        yield Row(header.line(_last(key)), _before(header, key), f"# {_last(key)}: {value}")
    for key in made.gone:
        yield Row(header.line(_last(key)), _before(header, key), "")


def _last(key: str) -> str:
    return key.rpartition(".")[2]


def _before(header: ForeignHeader, key: str) -> str:
    """Return the rows of a key as they stand there, or a table's part on one line."""
    rows = header.block.split("\n")
    if header.form != "YAML" or key not in header.data:
        value = header.data
        for part in key.split("."):
            value = value.get(part, "") if isinstance(value, dict) else ""
        return f"{key}: {one_line(value)}" if key else ""
    start = header.line(key) - header.first_line
    end = next((n for n in range(start + 1, len(rows)) if KEY.match(rows[n])), len(rows))
    return "\n".join(row for row in rows[start:end] if row.strip() and not row.startswith("#"))


def _written(value: Any) -> str:
    """Return a value as YAML, on one line if it isn't made of sections."""
    if isinstance(value, str):
        return write_text(value)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return f"[{', '.join(write_text(each, in_list=True) for each in value)}]"
    text: str = yaml.safe_dump(value, allow_unicode=True, width=10**9, default_flow_style=True)
    return text.strip()


def write_text(value: str, in_list: bool = False) -> str:
    """Return a text as YAML, in quotes only if it would be read as something else without."""
    if not value:
        return '""' if in_list else ""
    try:
        node = yaml.compose(f"[{value}]" if in_list else f"k: {value}", Loader=yaml.SafeLoader)
        read = node.value[0] if in_list else node.value[0][1]
        if len(node.value) == 1 and isinstance(read, yaml.ScalarNode) and read.value == value:
            return value
    except yaml.YAMLError:
        pass
    return in_quotes(value)
