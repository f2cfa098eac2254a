"""Pelican's `Key: value` header, and Hexo's without its first line, taken apart.

A header that may not be one is not touched.
Source: https://docs.getpelican.com/en/latest/content.html#file-metadata
"""

import re
from dataclasses import replace

from insession.content import header_keys as names
from insession.content.foreign_header import ForeignHeader, read_foreign
from insession.content.front_matter import ArticleHeader, PageHeader
from insession.content.header_keys import same_key

ROW = re.compile(r"([A-Za-z][\w -]*?)[ \t]*:(?:[ \t]+(.*)|[ \t]*)$")
# Two lines and more that end in a line of ---, which isn't the line below a heading then.
UNOPENED = re.compile(r"\n*[A-Za-z][\w -]*:.*\n(?:(?:[A-Za-z][\w -]*:|[ \t-]).*\n)*?---[ \t]*\n")
OURS = {*ArticleHeader.model_fields, *PageHeader.model_fields}
KEYS = {*map(same_key, OURS), *names.TOPICS, *names.TAGS, *names.AUTHORS, "description", "language"}


def is_classic(text: str) -> bool:
    """Whether a file (Unix line ends) starts the way Pelican's own header does."""
    first = text.lstrip("\n").split("\n")[0]
    found = ROW.match(first)
    return found is not None and same_key(found[1]) in KEYS


def read_classic(text: str) -> ForeignHeader | str:
    """Return what the header says, or a sentence on why it was left alone."""
    if UNOPENED.match(text) and (unopened := read_foreign(f"---\n{text}")):
        return replace(unopened, form="unopened", first_line=unopened.first_line - 1)
    skipped = len(text) - len(text.lstrip("\n"))
    head, *rest = re.split(r"\n[ \t]*\n", text[skipped:], maxsplit=1)
    head, body = head.rstrip("\n"), "".join(rest)
    pairs = _pairs(head)
    if pairs is None:
        return "its header and its text stand together; put an empty line between them"
    keys = [same_key(key) for key, _ in pairs]
    if len(set(keys)) < len(keys):
        return "one of the keys in its header stands there twice"
    further = ROW.match(body.lstrip("\n ").split("\n")[0])
    if further and same_key(further[1]) in KEYS:
        return f"below an empty line there is another line of a header ({further[0].strip()})"
    data = {key: value.split(";") if _has_list(key, value) else value for key, value in pairs}
    return ForeignHeader("classic", data, head, skipped + 1, body)


def _has_list(key: str, value: str) -> bool:
    """Whether a ; parts the words of a list, so that they may have commas."""
    return same_key(key) in {*names.TAGS, *names.AUTHORS} and ";" in value


def _pairs(head: str) -> list[tuple[str, str]] | None:
    """Key and value of each row; a value may go on in indented rows."""
    pairs: list[tuple[str, str]] = []
    for row in head.split("\n"):
        if found := ROW.match(row):
            pairs.append((found[1], (found[2] or "").strip()))
        elif pairs and re.match(r"( {4}|\t)\s*\S", row):
            key, value = pairs[-1]
            pairs[-1] = (key, f"{value} {row.strip()}".strip())
        else:
            return None
    return pairs
