"""The day of an article that is published and has none: the day of the build, written down once.

So a draft needs no date while she writes it, and every build after the first makes the same.
"""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

from insession.common.problems import Problem, Problems
from insession.content.front_matter import ArticleHeader, parse
from insession.content.new import today
from insession.content.practice import read_practice
from insession.content.text_file import read_text, replace_text


def write_days(problems: Iterable[Problem], content: Path) -> list[str]:
    """Write today's date into each article of these if nothing else is wrong anywhere.

    Returns a line for her on each file, none if nothing was written: so also where a git host
    builds (they all set CI), whose copy of the files is thrown away.
    """
    if os.environ.get("CI"):
        return []
    practice = None
    with suppress(Problems):
        practice = read_practice(content / "practice.toml")
    project, day = content.parent, today(practice)
    files = sorted({problem.file for problem in problems})
    texts = {file: dated for file in files if (dated := _with_day(project / file, file, day))}
    if len(texts) < len(files):
        return []
    for file, text in texts.items():
        try:
            replace_text(project / file, text.encode())
        except OSError:
            return []
    return [f"{file} had no date: it is of today, {day}." for file in texts]


def _with_day(path: Path, shown: str, day: date) -> str:
    """Return the file's text with the day in its header; "" if that isn't all it lacks."""
    if not shown.startswith("content/articles/"):
        return ""
    with suppress(Problems, OSError):
        text = read_text(path, shown)
        with suppress(Problems):
            parse(text, shown, ArticleHeader)
            return ""  # it was something else
        header, end, body = text.partition("\n---")
        place = re.search(r"^summary:", header, re.M)
        at = place.start() if place else len(header) + 1
        dated = f"{header}\n"[:at] + f"date: {day}\n" + f"{header}\n"[at:]
        dated = dated.removesuffix("\n") + end + body
        parse(dated, shown, ArticleHeader)
        return dated
    return ""
