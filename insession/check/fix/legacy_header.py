"""Pelican's `Key: value` header, rewritten as ours: YAML between --- lines, with our keys.

What isn't certain is left as it is: an unknown key keeps its name and a date that could be read in
two ways its form, and the check then says what is wrong with them. A header that may not be one is
not touched at all. Source: https://docs.getpelican.com/en/latest/content.html#file-metadata
"""

import re
from dataclasses import dataclass

import yaml

from insession.common.problems import Problems
from insession.content.front_matter import ArticleHeader, PageHeader
from insession.content.yaml_header import in_quotes, read_header

NEWLINES = "\n"
ROW = re.compile(r"([A-Za-z][\w -]*?)[ \t]*:(?:[ \t]+(.*)|[ \t]*)$")
OURS = {"category": "topic", "keywords": "tags", "description": "summary", "language": "lang"}
KEYS = {*ArticleHeader.model_fields, *PageHeader.model_fields}
STATUSES = {"published", "draft", "hidden"}
DATES = {"date", "modified", "reviewed"}
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(:\d{2})?)?")


@dataclass(frozen=True)
class Row:
    """One line of a header: where it was, how it was written, and how it is written now."""

    line: int
    before: str
    after: str


def is_classic(text: str) -> bool:
    """Whether a file (Unix line ends) starts the way Pelican's own header does."""
    first = text.lstrip("\n").split("\n")[0]
    found = ROW.match(first)
    return found is not None and _our_key(found[1]) in KEYS | {"author", "authors"}


def rewrite(text: str) -> tuple[str, list[Row]] | str:
    """Return the text with our header and its rows, or a sentence on why it was left alone."""
    skipped = len(text) - len(text.lstrip("\n"))
    head, *rest = re.split(r"\n[ \t]*\n", text[skipped:], maxsplit=1)
    body = "".join(rest)
    pairs = _pairs(head.rstrip("\n"), skipped + 1)
    if pairs is None:
        return "its header and its text stand together; put an empty line between them"
    keys = [_our_key(key) for _, key, _ in pairs]
    if len(set(keys)) < len(keys):
        return "one of the keys in its header stands there twice"
    further = ROW.match(body.lstrip("\n ").split("\n")[0])
    if further and _our_key(further[1]) in KEYS:
        return f"below an empty line there is another line of a header ({further[0].strip()})"
    rows = []
    for line, key, value in pairs:
        ours = _our_key(key)
        rows.append(Row(line, f"{key}: {value}".rstrip(), _written(ours, value)))
    block = "".join(f"{row.after}\n" for row in rows)
    try:
        read_header(block, "", 0)
    except Problems:
        return "its header can't be read as YAML"
    return f"---\n{block}---\n\n{body.lstrip(NEWLINES)}", rows


def _pairs(head: str, first_line: int) -> list[tuple[int, str, str]] | None:
    """Line, key and value of each row; a value may go on in indented rows."""
    pairs: list[tuple[int, str, str]] = []
    for number, row in enumerate(head.split("\n"), first_line):
        if found := ROW.match(row):
            pairs.append((number, found[1], (found[2] or "").strip()))
        elif pairs and re.match(r"( {4}|\t)\s*\S", row):
            line, key, value = pairs[-1]
            pairs[-1] = (line, key, f"{value} {row.strip()}".strip())
        else:
            return None
    return pairs


def _our_key(key: str) -> str:
    name = key.strip().lower().replace(" ", "_")
    return OURS.get(name, name)


def _written(key: str, value: str) -> str:
    if key == "tags":
        tags = [tag.strip() for tag in value.split(";" if ";" in value else ",")]
        return f"tags: [{', '.join(_scalar(tag, in_list=True) for tag in tags if tag)}]"
    if key == "status" and value.lower() in STATUSES:
        return f"status: {value.lower()}"
    if key in DATES and (found := YEAR_FIRST.fullmatch(value)):
        day = f"{found[1]}-{int(found[3]):02}-{int(found[4]):02}"
        time = f" {int(found[5]):02}:{found[6]}{found[7] or ''}" if found[5] else ""
        return f"{key}: {day}{time}"
    return f"{key}: {_scalar(value)}".rstrip()


def _scalar(value: str, in_list: bool = False) -> str:
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
