"""What is said of a topic: content/topics.toml, a line for each, or a section.

"Starting therapy" = "For those who have never been, and wonder what it is like."

["Violence at home"]
sentence = "For those who live with it, and those who worry about somebody."
quick_exit = true
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import Field, StrictBool, ValidationError

from insession.common.invisible import HOW as REMOVE
from insession.common.invisible import INVISIBLE, describe
from insession.common.problems import Problem, Problems
from insession.content.field_types import Text
from insession.content.schema import Strict, explain
from insession.content.text_file import read_text, rewrite
from insession.content.toml_file import key_line, parse_toml

FILE = "topics.toml"
LINE = '"Starting therapy" = "A sentence on what it is about."'
HOW = f"Write a line for each topic, with straight quotes: {LINE}"


class Topic(Strict):
    """What is said of one topic, and whether its pages can be left at once."""

    sentence: Text | None = Field(None, examples=['sentence = "What it is about."'])
    quick_exit: StrictBool = Field(False, examples=["quick_exit = true"])


def read_topics(path: Path, shown: str) -> dict[str, Topic]:
    """Return what is said, by topic; nothing where there is no such file. Raises Problems."""
    if not path.exists():
        return {}
    text = read_text(path, shown, HOW)
    data = parse_toml(text, shown, HOW)
    if found := [each for topic, value in data.items() for each in _wrong(topic, value, text)]:
        raise Problems(Problem(shown, *each) for each in found)
    return {topic: Topic.model_validate(_section(value)) for topic, value in data.items()}


def leave_out(path: Path, gone: Iterable[str]) -> None:
    """Take what is said of these topics out of the file. Raises OSError and Problems."""
    if not path.exists():
        return
    text = read_text(path, path.name)
    known = read_topics(path, path.name)
    wanted = parse_toml(text, path.name)
    for topic in [topic for topic in gone if topic in known]:
        wanted.pop(topic, None)
        rows = text.split("\n")
        start = key_line(text, topic) - 1
        end = start + 1
        if rows[start].lstrip().startswith("["):
            last = text.rstrip().count("\n") + 1
            end = next((n for n in range(end, last) if rows[n].startswith("[")), last)
        del rows[start:end]
        text = "\n".join(rows)
    # One who writes a sentence over several lines takes it out herself, as a build then says.
    if text.strip() and parse_toml(text, path.name) == wanted:
        rewrite(path, text)


def _section(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {"sentence": value}


def _wrong(topic: str, value: object, text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the line of each mistake, what is wrong and how to write it."""
    if isinstance(value, dict) and value.keys() & Topic.model_fields.keys():
        yield from _wrong_section(topic, value, text)
    elif why := _wrong_line(topic, value):
        yield key_line(text, topic), *why


def _wrong_line(topic: str, value: object) -> tuple[str, str] | None:
    if not isinstance(value, str):
        stands = "a section" if isinstance(value, dict) else f"“{value}”"
        return f"“{topic}” must have a sentence in quotes, but {stands} stands there.", HOW
    if found := INVISIBLE.search(topic + value):
        return describe(found[0]), REMOVE
    if not value.strip():
        return f"the sentence on “{topic}” is empty.", "Write one, or remove the line."
    return None


def _wrong_section(
    topic: str, section: dict[str, Any], text: str
) -> Iterator[tuple[int, str, str]]:
    if found := INVISIBLE.search(topic):
        yield key_line(text, topic), describe(found[0]), REMOVE
    try:
        Topic.model_validate(section)
    except ValidationError as error:
        for location, what, how in explain(error, Topic):
            key = str(location[0])
            if isinstance(section[key], str) and key not in Topic.model_fields:
                how += f' A line on another topic stands above the first section: "{key}" = "…"'
            yield key_line(text, key, section=topic), f"“{topic}”: {what}", how
