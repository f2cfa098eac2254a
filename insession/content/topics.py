"""A sentence of its own for a topic: content/topics.toml, a line for each.

"Starting therapy" = "For those who have never been, and wonder what it is like."
"""

from collections.abc import Iterable
from pathlib import Path

from insession.common.invisible import HOW as REMOVE
from insession.common.invisible import INVISIBLE, describe
from insession.common.problems import Problem, Problems
from insession.content.text_file import read_text, rewrite
from insession.content.toml_file import key_line, parse_toml

FILE = "topics.toml"
LINE = '"Starting therapy" = "A sentence on what it is about."'
HOW = f"Write a line for each topic, with straight quotes: {LINE}"


def read_topics(path: Path, shown: str) -> dict[str, str]:
    """Return the sentences by topic; none where there is no such file. Raises Problems."""
    if not path.exists():
        return {}
    text = read_text(path, shown, HOW)
    data = parse_toml(text, shown, HOW)
    wrong = [(topic, _wrong(topic, value)) for topic, value in data.items()]
    if found := [Problem(shown, key_line(text, topic), *why) for topic, why in wrong if why]:
        raise Problems(found)
    return {topic: value.strip() for topic, value in data.items()}


def leave_out(path: Path, gone: Iterable[str]) -> None:
    """Take the lines of these topics out of the file. Raises OSError and Problems."""
    if not path.exists():
        return
    text = read_text(path, path.name)
    wanted = read_topics(path, path.name)
    for topic in [topic for topic in gone if wanted.pop(topic, None) is not None]:
        rows = text.split("\n")
        del rows[key_line(text, topic) - 1]
        text = "\n".join(rows)
    # One who writes a sentence over several lines takes it out herself, as a build then says.
    if text.strip() and parse_toml(text, path.name) == wanted:
        rewrite(path, text)


def _wrong(topic: str, value: object) -> tuple[str, str] | None:
    if not isinstance(value, str):
        stands = "a section" if isinstance(value, dict) else f"“{value}”"
        return f"“{topic}” must have a sentence in quotes, but {stands} stands there.", HOW
    if found := INVISIBLE.search(topic + value):
        return describe(found[0]), REMOVE
    if not value.strip():
        return f"the sentence on “{topic}” is empty.", "Write one, or remove the line."
    return None
