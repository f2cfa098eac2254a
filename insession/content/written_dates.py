"""Dates as people and other programs write them, if there is only one day that they can mean."""

import re
from datetime import datetime

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
# What RFC 5322 and Ruby know; others have more than one meaning.
ZONES = {
    "z": "+00:00", "utc": "+00:00", "gmt": "+00:00", "ut": "+00:00",
    "est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00",
    "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00",
}  # fmt: skip
DAY = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(?:"
    r"(?P<year>\d{4})(?P<sign>[-/.]?)(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"
    r"|(?P<first>\d{1,2})(?P<other>[-/.])(?P<second>\d{1,2})(?P=other)(?P<year2>\d{4})"
    r"|(?P<day3>\d{1,2})(?:st|nd|rd|th)?\.?[\s-]+(?P<name3>[a-z]{3,9})\.?,?[\s-]+(?P<year3>\d{4})"
    r"|(?P<name4>[a-z]{3,9})\.?\s+(?P<day4>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year4>\d{4})"
    r")"
)
TIME = re.compile(
    r"(?:t|,?\s+(?:at\s+)?)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:\s*([ap])\.?m\.?)?"
    r"\s*(?:(?P<zone>[a-z]{1,3})|(?P<offset>[+-]\d{2}:?\d{2}))?(?:\s*\[[a-z_/]+\])?"
)


def read_date(written: str) -> str:
    """Return a date as a header of ours has it, with its time; "" if it may mean another day."""
    text = " ".join(written.strip().lower().split())
    if not (found := DAY.match(text)):
        return ""
    day = _day(found.groupdict())
    time = _time(text[found.end() :])
    try:
        datetime.fromisoformat(f"{day}{time}".strip())
    except ValueError:
        return ""
    return "" if time is None else f"{day}{time}"


def _day(part: dict[str, str | None]) -> str:
    year = part["year"] or part["year2"] or part["year3"] or part["year4"]
    if part["year"]:
        if not part["sign"] and len(f"{part['month']}{part['day']}") < 4:
            return ""
        month, day = int(part["month"] or 0), int(part["day"] or 0)
    elif part["year2"]:
        first, second = int(part["first"] or 0), int(part["second"] or 0)
        if first != second and max(first, second) <= 12:
            return ""  # which is the month, which the day?
        month, day = (second, first) if first > 12 else (first, second)
    else:
        name = part["name3"] or part["name4"] or ""
        month = next((n for n, each in enumerate(MONTHS, 1) if _is_short(name, each)), 0)
        day = int(part["day3"] or part["day4"] or 0)
    return f"{year}-{month:02}-{day:02}"


def _is_short(name: str, month: str) -> bool:
    return month.startswith(name) or name == "sept" == month[:4]


def _time(text: str) -> str | None:
    """Return the time behind a day, "" if there is none, None if it can't be read."""
    if not text.strip():
        return ""
    if not (found := TIME.fullmatch(text)):
        return None
    hour = int(found[1])
    if found[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[4] == "p" else 0)
    zone = ""
    if found["zone"]:
        if not (zone := ZONES.get(found["zone"], "")):
            return None
    elif offset := found["offset"]:
        zone = f"{offset[:3]}:{offset[-2:]}"
    seconds = f":{found[3]}" if found[3] else ""
    return f" {hour:02}:{found[2]}{seconds}{zone}"
