"""The header of an article or page: YAML between `---` lines, with a strict schema.

Every value is read as text (yaml_header.py) and then checked by the schema, with its line kept for
what is said about it.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from insession.common.problems import Problem, Problems
from insession.content.field_types import (
    DATE,
    Text,
    audio_path,
    country_code,
    image_path,
    language_code,
    web_address,
)
from insession.content.remark_names import known_remark
from insession.content.schema import Location, Strict, explain
from insession.content.text_file import read_text
from insession.content.yaml_header import read_header

FIX = "(“python3 tasks.py check --fix” does it for you)"
TOPIC = "No topic yet"  # of a draft that has none
NO_COVER = "none"  # in the place of a picture's name
NO = {"no", "off", "false", "null", "nothing", "empty", "without"}


def _date(value: Any) -> datetime:
    """ISO 8601 dates only: 2026-03-04, with a time if she likes (14:00)."""
    how = "Write year-month-day: 2026-03-04"
    text = str(value)
    if not DATE.fullmatch(text):
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


def _cover(value: str) -> str:
    """Return the path of a picture of hers, or NO_COVER."""
    if value == NO_COVER:
        return value
    if value.casefold() in {NO_COVER, *NO}:
        raise ValueError(
            f"“{value}” is not a picture. | Write cover: {NO_COVER} for no picture above the text, "
            "leave the line out for one that is drawn, or name one of yours: images/window.jpg"
        )
    return image_path(value)


def _start(value: Any) -> int:
    if not re.fullmatch(r"[1-3]", str(value)):
        raise ValueError(
            f"“{value}” is not a place under “Start here”. | Write 1, 2 or 3: start: 1"
        )
    return int(value)


def _quick_exit(value: Any) -> bool:
    if value not in {"true", "false"}:
        raise ValueError(
            f"“{value}” is neither true nor false. | "
            "Write quick_exit: true to show “Leave this page”, quick_exit: false to leave it out."
        )
    return bool(value == "true")


def _menu(value: Any) -> int:
    if not re.fullmatch(r"[1-9]", str(value)):
        raise ValueError(f"“{value}” is not a place in the menu. | Write a number from 1 to 9.")
    return int(value)


Date = Annotated[datetime, BeforeValidator(_date)]
Slug = Annotated[Text, AfterValidator(_slug)]
Language = Annotated[Text, AfterValidator(language_code)]
Recording = Annotated[Text, AfterValidator(audio_path)]
RemarkName = Annotated[str, AfterValidator(known_remark)]
Cover = Annotated[Text, AfterValidator(_cover)]


class Source(Strict):
    """A source that an article names."""

    title: Text = Field(examples=["title: What a Good Faith Estimate is"])
    url: Annotated[Text, AfterValidator(web_address)] = Field(
        examples=["url: https://www.cms.gov/nosurprises"]
    )


class Circumstances(Strict):
    """What a text takes for granted about the practice: elsewhere its facts may be wrong."""

    country: Annotated[Text, AfterValidator(country_code)] | None = Field(
        default=None, examples=["country: US"]
    )
    state: Text | None = Field(default=None, examples=["state: New York"])
    licence: Text | None = Field(default=None, examples=["licence: mental health counselor"])
    approach: Text | None = Field(default=None, examples=["approach: psychodynamic"])


class Header(Strict):
    """What articles and pages have in common."""

    other_words: ClassVar = {
        "author": "[therapist] in practice.toml",
        "category": "topic",
        "description": "summary",
        "draft": "status: draft",
        "keywords": "tags",
    }

    title: Text = Field(examples=["title: How a therapy session works"])
    summary: Text = Field(examples=["summary: One or two sentences on what this is about."])
    id: Text | None = Field(None, examples=["id: the-old-file-name"])
    slug: Slug | None = Field(None, examples=["slug: how-therapy-ends"])
    status: Literal["published", "draft", "hidden"] = Field("published", examples=["status: draft"])
    modified: Date | None = Field(None, examples=["modified: 2026-03-04"])
    reviewed: Date | None = Field(None, examples=["reviewed: 2026-03-04"])
    depends_on: Circumstances = Field(
        Circumstances(),
        examples=["depends_on: alone, and below it, two spaces in, state: New York"],
    )
    content_note: Text | None = Field(
        None, examples=["content_note: This piece mentions thoughts of suicide."]
    )
    sources: list[Source] = Field([], examples=["- title: …, and below it url: https://…"])
    lang: Language | None = Field(None, examples=["lang: es"])
    quick_exit: Annotated[bool, BeforeValidator(_quick_exit)] | None = Field(
        None, examples=["quick_exit: true"]
    )
    silence: dict[RemarkName, Text] = Field(
        {},
        examples=[
            "silence: alone, and below it, two spaces in, the name of the remark with your reason: "
            "spelling: the clinic writes itself so"
        ],
    )


class ArticleHeader(Header):
    """The header of a file in content/articles."""

    date: Date = Field(examples=["date: 2026-03-04"])
    topic: Text = Field(examples=["topic: Starting therapy"])
    tags: list[Text] = Field([], examples=["tags: [silence, first session]"])
    series: Text | None = Field(None, examples=["series: The first months"])
    start: Annotated[int, BeforeValidator(_start)] | None = Field(None, examples=["start: 1"])
    perspective: Text | None = Field(None, examples=["perspective: psychodynamic"])
    comments: Literal["open", "closed", "off"] = Field("open", examples=["comments: closed"])
    cover_alt: Text | None = Field(None, examples=["cover_alt: A window with rain on it."])
    cover: Cover | None = Field(None, examples=["cover: images/window.jpg"])
    audio: Recording | None = Field(None, examples=["audio: downloads/my-voice.mp3"])
    invitation: Literal["none"] | None = Field(None, examples=["invitation: none"])
    vignette: Literal["composite", "consented", "none"] | None = Field(
        None, examples=["vignette: composite"]
    )

    @model_validator(mode="before")
    @classmethod
    def _draft_may_wait(cls, data: Any) -> Any:
        """A draft needs no day before it is published, and no topic: only she ever sees it."""
        if isinstance(data, dict) and data.get("status") == "draft":
            return {"date": str(date.today()), "topic": TOPIC} | data
        return data

    @field_validator("cover")
    @classmethod
    def _cover_is_described(cls, cover: str | None, known: ValidationInfo) -> str | None:
        if cover and cover != NO_COVER and not known.data.get("cover_alt"):
            raise ValueError(
                "the picture has no description. | "
                "Add what one sees: cover_alt: A window with rain."
            )
        return cover


class PageHeader(Header):
    """The header of a file in content/pages."""

    template: Literal["page", "about", "contact", "follow"] = Field(
        "page", examples=["template: contact"]
    )
    menu: Annotated[int, BeforeValidator(_menu)] | None = Field(None, examples=["menu: 1"])


def read_file(path: Path, shown: str, is_page: bool) -> tuple[Header, str]:
    """Read an article or a page: its checked header and its Markdown body. Raises Problems."""
    return parse(read_text(path, shown), shown, schema_of(is_page))


def schema_of(is_page: bool) -> type[Header]:
    """Return what the header of an article, or of a page, may hold."""
    return PageHeader if is_page else ArticleHeader


def parse(text: str, shown: str, schema: type[Header]) -> tuple[Header, str]:
    """Split a file into its checked header and its Markdown body.

    Raises Problems with everything that is wrong with the header.
    """
    header, body, _ = parse_with_lines(text, shown, schema)
    return header, body


def parse_with_lines(
    text: str, shown: str, schema: type[Header]
) -> tuple[Header, str, dict[Location, int]]:
    """Do what `parse` does, and return also the line of each of the header's values."""
    block, body, first_line = _split(text, shown)
    data, lines = read_header(block, shown, first_line)
    try:
        return schema.model_validate(data), body, lines
    except ValidationError as error:
        raise Problems(_refused(error, data, lines, shown, first_line, schema)) from None


def _refused(
    error: ValidationError,
    data: dict[str, Any],
    lines: dict[Location, int],
    shown: str,
    first_line: int,
    schema: type[Header],
) -> Iterator[Problem]:
    """Yield what is wrong with a header; a word for what `check --fix` can mend stands with it."""
    from insession.content.translate_header import translate  # most headers need none of it

    made = translate(data, schema.model_fields)
    found, left = [*explain(error, schema)], []
    try:
        schema.model_validate(made.fields)
    except ValidationError as still:
        left = [*explain(still, schema)]
    told = {(location, what) for location, what, _ in left}
    mended = [each for each in found if (each[0], each[1]) not in told and each[0][0] in data]
    unknown = [str(each[0][0]) for each in mended if each[0][0] not in schema.model_fields]
    if len(unknown) > 1:
        keys = f"{', '.join(unknown[:-1])} and {unknown[-1]}"
        what = f"this header is written for another program: {keys} are no keys that I know."
        how = "“python3 tasks.py check --fix” writes it as it has to be here, and shows it."
        yield Problem(shown, min(lines[(key,)] for key in unknown), what, how)
        mended = [each for each in mended if each[0][0] not in unknown]
    for location, what, how in mended:
        yield Problem(shown, _nearest(lines, location, first_line), what, f"{how} {FIX}")
    for location, what, how in left:
        if (location, what) == (("date",), "date is missing."):
            how = f"{how} Or leave it: “build” or “publish” on your computer writes the day."
        origin = made.origin.get(str(location[0]), "") or location[0]
        yield Problem(shown, _nearest(lines, (origin, *location[1:]), first_line), what, how)


def _split(text: str, shown: str) -> tuple[str, str, int]:
    """Return the header's YAML, the body, and the line on which the YAML starts."""
    how = "Write a line --- above the header and a line --- below it."
    start = len(text) - len(text.lstrip("\n "))
    first = text.count("\n", 0, start) + 1
    found = re.match(r"---[ \t]*\n(.*?)^---[ \t]*$\n?", text[start:], re.S | re.M)
    if found:
        return found[1], text[start + found.end() :], first + 1
    from insession.content.foreign_header import other_form

    if text[start:].startswith("---") and not other_form(text):
        raise Problems(
            [Problem(shown, first, "the header is opened by --- but never closed.", how)]
        )
    if re.match(r"[A-Za-z_][\w -]*:", text[start:]):
        what = "the header doesn't stand between --- lines."
        raise Problems([Problem(shown, first, what, f"{how} {FIX}")])
    if other := other_form(text):
        raise Problems([_written_otherwise(text, shown, first, other)])
    what = "this file has no header with title, date and summary."
    raise Problems([Problem(shown, first, what, how)])


def _written_otherwise(text: str, shown: str, first: int, other: str) -> Problem:
    """Say of a header in another form what it is, and how it becomes one of ours."""
    from insession.content.foreign_header import why_unreadable

    how = "It stands between two lines ---, each of its lines as in title: Silence"
    if why := why_unreadable(text):
        return Problem(shown, why[0], f"this header is written as {other}, but {why[1]}.", how)
    mend = "“python3 tasks.py check --fix” writes it as it has to be here, and shows it. "
    what = f"this header is written as {other}, for another program."
    return Problem(shown, first, what, mend + how)


def _nearest(lines: dict[Location, int], location: Location, first_line: int) -> int:
    """The line of the value at `location`, or of what it belongs to."""
    while location and location not in lines:
        location = location[:-1]
    return lines.get(location, first_line) if location else first_line
