"""The header of an article or page: YAML between `---` lines, with a strict schema.

Every value is read as text first (no YAML 1.1 surprises: `title: No` stays "No", a date isn't
guessed) and then checked by the schema, with its line kept for what is said about it.
"""

import re
from datetime import datetime
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from insession.problems import Problem, Problems
from insession.schema import Location, Strict, explain
from insession.values import image_path, language_code, web_address

Text = Annotated[str, StringConstraints(min_length=1)]


def _date(value: Any) -> datetime:
    """ISO 8601 dates only: 2026-03-04, with a time if she likes (14:00)."""
    how = "Write year-month-day: 2026-03-04"
    text = str(value)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?([+-]\d{2}:\d{2}|Z)?)?", text):
        twofold = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text)
        why = " (which is the month, which the day?)" if twofold else ""
        raise ValueError(f"“{text}” is not a date I can read{why}. | {how}")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"there is no such day or time as “{text}”. | {how}") from None


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError(
            f"“{value}” can't be part of an address. | "
            "Use small letters, digits and hyphens: how-therapy-ends"
        )
    return value


def _menu(value: Any) -> int:
    if not re.fullmatch(r"[1-9]", str(value)):
        raise ValueError(f"“{value}” is not a place in the menu. | Write a number from 1 to 9.")
    return int(value)


Date = Annotated[datetime, BeforeValidator(_date)]
Slug = Annotated[Text, AfterValidator(_slug)]
Language = Annotated[Text, AfterValidator(language_code)]
Image = Annotated[Text, AfterValidator(image_path)]


class Source(Strict):
    """A source that an article names."""

    title: Text = Field(examples=["title: What a Good Faith Estimate is"])
    url: Annotated[Text, AfterValidator(web_address)] = Field(
        examples=["url: https://www.cms.gov/nosurprises"]
    )


class Header(Strict):
    """What articles and pages have in common."""

    title: Text = Field(examples=["title: How a therapy session works"])
    summary: Text = Field(examples=["summary: One or two sentences on what this is about."])
    id: Text | None = Field(None, examples=["id: the-old-file-name"])
    slug: Slug | None = Field(None, examples=["slug: how-therapy-ends"])
    status: Literal["published", "draft", "hidden"] = Field("published", examples=["status: draft"])
    modified: Date | None = Field(None, examples=["modified: 2026-03-04"])
    reviewed: Date | None = Field(None, examples=["reviewed: 2026-03-04"])
    content_note: Text | None = Field(
        None, examples=["content_note: This piece mentions thoughts of suicide."]
    )
    sources: list[Source] = Field([], examples=["- title: …, and below it url: https://…"])
    lang: Language | None = Field(None, examples=["lang: es"])


class ArticleHeader(Header):
    """The header of a file in content/articles."""

    date: Date = Field(examples=["date: 2026-03-04"])
    topic: Text = Field(examples=["topic: Starting therapy"])
    tags: list[Text] = Field([], examples=["tags: [silence, first session]"])
    perspective: Text | None = Field(None, examples=["perspective: psychodynamic"])
    comments: Literal["open", "closed", "off"] = Field("open", examples=["comments: closed"])
    cover: Image | None = Field(None, examples=["cover: images/window.jpg"])
    cover_alt: Text | None = Field(None, examples=["cover_alt: A window with rain on it."])
    invitation: Literal["none"] | None = Field(None, examples=["invitation: none"])

    @model_validator(mode="after")
    def _cover_is_described(self) -> "ArticleHeader":
        if self.cover and not self.cover_alt:
            raise ValueError(
                "the cover has no description. | Add what one sees: cover_alt: A window with rain."
            )
        return self


class PageHeader(Header):
    """The header of a file in content/pages."""

    template: Literal["page", "contact", "follow"] = Field("page", examples=["template: contact"])
    menu: Annotated[int, BeforeValidator(_menu)] | None = Field(None, examples=["menu: 1"])


def parse(text: str, shown: str, schema: type[Header]) -> tuple[Header, str]:
    """Split a file into its checked header and its Markdown body.

    Raises Problems with everything that is wrong with the header.
    """
    block, body, first_line = _split(text, shown)
    data, lines = _values(block, shown, first_line)
    try:
        return schema.model_validate(data), body
    except ValidationError as error:
        raise Problems(
            Problem(shown, _nearest(lines, location, first_line), what, how)
            for location, what, how in explain(error, schema)
        ) from None


def _split(text: str, shown: str) -> tuple[str, str, int]:
    """Return the header's YAML, the body, and the line on which the YAML starts."""
    how = "Write a line --- above the header and a line --- below it."
    start = len(text) - len(text.lstrip("\n "))
    first = text.count("\n", 0, start) + 1
    found = re.match(r"---[ \t]*\n(.*?)^---[ \t]*$\n?", text[start:], re.S | re.M)
    if found:
        return found[1], text[start + found.end() :], first + 1
    if text[start:].startswith("---"):
        raise Problems(
            [Problem(shown, first, "the header is opened by --- but never closed.", how)]
        )
    if re.match(r"[A-Za-z_][\w -]*:", text[start:]):
        raise Problems([Problem(shown, first, "the header doesn't stand between --- lines.", how)])
    what = "this file has no header with title, date and summary."
    raise Problems([Problem(shown, first, what, how)])


def _values(block: str, shown: str, first_line: int) -> tuple[dict[str, Any], dict[Location, int]]:
    """Read the YAML into text, lists and dicts, and note on which line each value stands."""
    lines: dict[Location, int] = {}
    problems: list[Problem] = []

    def value(node: yaml.Node, location: Location) -> Any:
        lines.setdefault(location, first_line + node.start_mark.line)
        if isinstance(node, yaml.SequenceNode):
            return [value(item, (*location, n)) for n, item in enumerate(node.value)]
        if not isinstance(node, yaml.MappingNode):
            return node.value
        pairs: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), first_line + key_node.start_mark.line
            if key in pairs:
                how = f"Keep one of the lines that start with {key}: and remove the other."
                problems.append(Problem(shown, line, f"{key} stands here twice.", how))
            lines[(*location, key)] = line
            pairs[key] = value(value_node, (*location, key))
        return pairs

    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(block)):
            how = "Put the text in quotes if it starts with *."
            raise Problems([Problem(shown, first_line, "the header uses a YAML alias.", how)])
        root = yaml.compose(block, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise Problems([_not_yaml(error, block, shown, first_line)]) from None
    if not isinstance(root, yaml.MappingNode):
        how = "Write one line for each: title: …, date: …, summary: …, topic: …"
        raise Problems([Problem(shown, first_line, "the header has no keys in it.", how)])
    data = value(root, ())
    if problems:
        raise Problems(problems)
    return data, lines


def _not_yaml(error: yaml.YAMLError, block: str, shown: str, first_line: int) -> Problem:
    """Say what YAML could not read, with the line in question written right where we can."""
    mark = getattr(error, "problem_mark", None)
    reason = str(getattr(error, "problem", None) or "an unexpected sign")
    number = min(mark.line if mark else 0, max(block.count("\n"), 0))
    if mark and mark.index >= len(block) and getattr(error, "context_mark", None):
        number = error.context_mark.line  # a quote that was never closed: say where it opens
    line = block.split("\n")[number]
    what = f"this line of the header can't be read ({reason})."
    how = "Put the text after the colon in quotes."
    pair = re.match(r"([\w-]+):\s+(\S.*)", line)
    if "\t" in line:
        what, how = "this line of the header has a tab in it.", "Use spaces in its place."
    elif pair and not pair[2].startswith(("[", "{")):
        quote = "'" if '"' in pair[2].strip('"') else '"'
        how = f"Put the text in quotes: {pair[1]}: {quote}{pair[2].strip(quote)}{quote}"
    elif line and not re.match(r"\s*([\w-]+:|-\s)", line):
        how = "Each line of the header is written as key: text."
    return Problem(shown, first_line + number, what, how)


def _nearest(lines: dict[Location, int], location: Location, first_line: int) -> int:
    """The line of the value at `location`, or of what it belongs to."""
    while location and location not in lines:
        location = location[:-1]
    return lines.get(location, first_line) if location else first_line
