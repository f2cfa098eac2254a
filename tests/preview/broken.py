"""What can be broken outside the articles: files, what is said about each, where the page shows it.

The mistakes in articles and among the files stand in tests/site/test_bad_input.py, for the build.
"""

import re
from typing import NamedTuple

from tests.support import PRACTICE, ROOT, article

Files = dict[str, str | bytes | None]  # path below the project → what is in it; None: not there
CSS, TEMPLATE = "theme/static/css/print.css", "theme/templates/article.html"
PLUGIN = "insession/plugins/reading_time.py"
SETTINGS, APPROVED = "pelicanconf.py", ".comments/approved.json"
TOML = "content/practice.toml"


class Broken(NamedTuple):
    """Files that are broken, and what is to be said: the start of the place, words of the rest."""

    files: Files
    place: str
    what: str
    how: str


def own(name: str) -> str:
    """A file of the project, as it is right."""
    return (ROOT / name).read_text(encoding="utf-8")


def practice(key: str, line: str) -> tuple[str, int]:
    """practice.toml with another line for this key, and the number of that line."""
    text, count = re.subn(rf"^{key}\s*=.*$", lambda _: line, PRACTICE, count=1, flags=re.M)
    assert count, f"no {key} in practice.toml"
    return text, text[: text.index(line)].count("\n") + 1


def of_practice(key: str, line: str, what: str, how: str) -> Broken:
    """A mistake in one line of practice.toml."""
    text, number = practice(key, line)
    return Broken({TOML: text}, f"{TOML}:{number}", what, how)


def broken_template(line: str, what: str) -> Broken:
    """A mistake in the template of articles, in the place of the line that includes the sources."""
    text = own(TEMPLATE).replace('{% include "partials/sources.html" %}', line)
    number = text[: text.index(line)].count("\n") + 1
    return Broken({TEMPLATE: text}, f"{TEMPLATE}:{number}", what, "theme")


def broken_code(name: str) -> Broken:
    """Python that isn't: a bracket is opened on a line after the last, and never closed."""
    text = own(name)
    return Broken({name: f"{text}broken = (\n"}, f"{name}:{text.count(chr(10)) + 1}", "", "")


ELSEWHERE: dict[str, Broken] = {
    "a topic of no article": Broken(
        {"content/topics.toml": '"Startng therapy" = "A"\n'},
        "content/topics.toml:1",
        "Startng",
        "Starting therapy",
    ),
    "a word without a meaning": Broken(
        {"content/glossary.toml": "[ego]\nmeaning = 5\n"},
        "content/glossary.toml:2",
        "ego",
        "meaning",
    ),
    "telephone": of_practice("phone", 'phone = "hello"', "telephone", ""),
    "website": of_practice("website", 'website = "a.org"', "web address", "https://"),
    "open quotation": of_practice("tagline", 'tagline = "Plain words', "", ""),
    "unknown key of hers": of_practice("hours", 'huors = "Monday"', "“huors”", "hours"),
    "time zone": of_practice("timezone", 'timezone = "America/Nowhere"', "America/Nowhere", ""),
    "portrait": of_practice(
        "pronouns", 'portrait = "images/no.jpg"', "there is no picture content/images/no.jpg", ""
    ),
    "practice.toml is missing": Broken({TOML: None}, TOML, "missing", ""),
    "practice.toml is empty": Broken({TOML: ""}, TOML, "empty", ""),
    "practice.toml in UTF-16": Broken({TOML: PRACTICE.encode("utf-16")}, TOML, "UTF-16", "UTF-8"),
    "template, syntax": broken_template("{% if %}", ""),
    "template, unknown tag": broken_template("{% nonsense %}", "nonsense"),
    "template, missing part": broken_template('{% include "partials/none.html" %}', "none.html"),
    "template, missing frame": Broken(
        {TEMPLATE: own(TEMPLATE).replace("base.html", "bsae.html")}, TEMPLATE, "bsae.html", "theme"
    ),
    "CSS is missing": Broken({CSS: None}, CSS, "", ""),
    "approved comments": Broken({APPROVED: "{"}, APPROVED, "comments can't be read", ""),
    "settings": broken_code(SETTINGS),
    "settings, a missing name": Broken(
        {SETTINGS: own(SETTINGS) + "X = NOWHERE\n"}, SETTINGS, "NOWHERE", ""
    ),
    "a plugin": broken_code(PLUGIN),
    "a plugin, a missing module": Broken(
        {PLUGIN: f"import nowhere\n{own(PLUGIN)}"}, PLUGIN, "nowhere", ""
    ),
}


def in_an_article(text: str | bytes, line: int, what: str, how: str) -> Broken:
    """A mistake in content/articles/x.md."""
    place = f"content/articles/x.md:{line}" if line else "content/articles/x.md"
    return Broken({"content/articles/x.md": text}, place, what, how)


def among_the_files(files: dict[str, str | bytes], place: str, what: str, how: str) -> Broken:
    """A mistake that is one only together with other files."""
    found = {f"content/{name}": data for name, data in files.items()}
    return Broken(found, f"content/{place}", what, how)


def good() -> Files:
    """What stands in the place of these files when nothing is broken."""
    whole = {name: own(name) for name in (CSS, TEMPLATE, PLUGIN, SETTINGS)}
    return whole | {TOML: PRACTICE, APPROVED: '{"version": 1, "threads": {}}'} | FILES


FILES: Files = {
    "content/articles/first.md": article("The first title"),
    "content/articles/x.md": article("The last good title"),
    "content/articles/y.md": article("Another"),
}
