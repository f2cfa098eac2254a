"""What a header of another program says, in the words of ours.

A text that wasn't shown there isn't shown here: whatever kept it back makes it a draft. What only
told the other program how to draw the text goes. What has no place here is kept as it was written.
An unknown key in a header that is otherwise ours stays, for it may be a slip of the pen.
"""

import difflib
import re
from collections.abc import Collection, Mapping
from typing import Any

from insession.content import header_keys as names
from insession.content.header_keys import HeaderEntry, same_key
from insession.content.header_values import (
    NO,
    YES,
    HeaderKeys,
    Translation,
    one_line,
    slug_of,
    translate_addresses,
    translate_picture,
    translate_status,
    translate_text,
    translate_topic_and_tags,
)
from insession.content.written_dates import read_date

DATED_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")  # as Jekyll names a file


def translate(
    data: Mapping[str, Any], known: Collection[str], stem: str = "", author: str = ""
) -> Translation:
    """Translate a header's values (foreign_header.py).

    `known` are the keys that ours may have, of an article or a page; `stem` is the file's name
    without its ending, which can have date and slug in it; `author` is the name that needs no
    byline here.
    """
    made, keys = Translation(), HeaderKeys(data)
    dated = DATED_NAME.fullmatch(stem)
    translate_status(made, keys)
    for ours, wanted in names.NAMES.items():
        translate_text(made, ours, keys.take(*wanted))
    translate_topic_and_tags(made, keys, is_jekyll=bool(dated) or "layout" in data)
    translate_picture(made, keys)
    translate_addresses(made, keys)
    _habits(made, keys, author)
    unknown = _others(made, keys, known)
    known_to_us = {key: data[key] for key in data if key not in {each.key for each in unknown}}
    made.is_foreign = bool(made.gone or made.kept) or made.fields != known_to_us
    if made.is_foreign:
        _from_name(made, dated, known)
        _leave_out(made, known)
    for entry in unknown:
        is_slip = difflib.get_close_matches(entry.key, known, n=1, cutoff=0.8)
        if is_slip or not made.is_foreign:
            made.put(entry.key, entry.value, entry.key)
        elif str(entry.value).lower() in YES | NO:
            made.gone.append(entry.key)
        else:
            made.keep(entry)
    made.gone = [key for key in dict.fromkeys(made.gone) if key not in made.origin.values()]
    return made


def _habits(made: Translation, keys: HeaderKeys, author: str) -> None:
    """Read what others write in another way: series, comments, and who wrote it."""
    for entry in keys.take("series"):
        series = entry.value
        made.put("series", series[0] if isinstance(series, list) and series else series, entry.key)
    for entry in keys.take("comments", "disablecomments"):
        value = str(entry.value).lower()
        says_no = value in (YES if entry.name == "disablecomments" else NO) and value
        if says_no:
            made.put("comments", "off", entry.key)
        elif entry.key == "comments" and value not in YES and isinstance(entry.value, str):
            made.put("comments", entry.value, entry.key)
        else:
            made.gone.append(entry.key)
    for entry in keys.take(*names.AUTHORS):
        if one_line(entry.value).casefold() == author.casefold():
            made.gone.append(entry.key)
        else:
            made.keep(entry)


def _others(made: Translation, keys: HeaderKeys, known: Collection[str]) -> list[HeaderEntry]:
    """Put our other keys where they belong, and return those that nobody knows."""
    unknown, by_name = [], {same_key(key): key for key in known}
    for entry in keys.left:
        ours = by_name.get(entry.name, "")
        is_theirs = (ours, str(entry.value).isdigit()) == ("menu", False) or (
            ours == "template" and "." in str(entry.value)
        )
        if ours and not is_theirs:
            made.put(ours, entry.value, entry.key)
        elif entry.name in names.DRAWING:
            made.gone.append(entry.key)
        else:
            unknown.append(entry)
    return unknown


def _from_name(made: Translation, dated: re.Match[str] | None, known: Collection[str]) -> None:
    """Take the day and the slug from the file's name, if the header has none that can be read."""
    if not dated:
        return
    if "date" in known and not read_date(str(made.fields.get("date", ""))):
        made.put("date", dated[1], made.origin.get("date", ""))
    if "slug" not in made.fields and (slug := slug_of(dated[2])):
        made.put("slug", slug, "")


def _leave_out(made: Translation, known: Collection[str]) -> None:
    """Leave out what is empty, and what a page can't have."""
    for ours, value in [*made.fields.items()]:
        if value in ("", []) or ours not in known:
            del made.fields[ours]
            made.keep(HeaderEntry(made.origin.pop(ours), "", value))
