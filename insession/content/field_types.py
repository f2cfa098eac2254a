"""What a single value in a file must look like: telephone numbers, addresses, names of places.

Each function returns the value, or raises ValueError with what is wrong and how to write it,
divided by " | " (see schema.py).
"""

import re
from pathlib import PurePosixPath
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import phonenumbers
from pydantic import GetPydanticSchema, StringConstraints, ValidationInfo
from pydantic_core import core_schema

# As a header has it: ISO 8601.
DATE = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?([+-]\d{2}:\d{2}|Z)?)?")
Text = Annotated[str, StringConstraints(min_length=1)]


class Number(str):
    """A number to call or to text, as people write it: "988", "116 123"."""

    @property
    def href(self) -> str:
        """The link that calls it (RFC 3966)."""
        return f"tel:{self._dialled}"

    @property
    def text_href(self) -> str:
        """The link that opens a text message to it (RFC 5724)."""
        return f"sms:{self._dialled}"

    @property
    def _dialled(self) -> str:
        return re.sub(r"[^\d+*#]", "", self)


class Phone(Number):
    """A telephone number in E.164 form, such as "+12125550123"; perhaps with an extension.

    `region` is the country of those who read it, if that is known.
    """

    extension = ""
    region: str | None = None

    @property
    def local(self) -> str:
        """The number as its readers dial it: (212) 555-0123 ext. 7, from abroad +44 20 7946 0018.

        Countries that share a code, as the United States and Canada do, dial each other so, too.
        """
        number = phonenumbers.parse(self)
        number.extension = self.extension or None
        form = phonenumbers.PhoneNumberFormat
        own = phonenumbers.country_code_for_region(self.region) if self.region else 0
        is_own = number.country_code == own
        return phonenumbers.format_number(number, form.NATIONAL if is_own else form.INTERNATIONAL)

    @property
    def belongs_to(self) -> str | None:
        """The country of the number."""
        return phonenumbers.region_code_for_number(phonenumbers.parse(self))

    @property
    def href(self) -> str:
        """The link that dials it (RFC 3966)."""
        return f"{super().href};ext={self.extension}" if self.extension else super().href


def phone(value: str, known: ValidationInfo) -> Phone:
    """Return a real number in E.164 form, however it was written.

    The context of `known` has the region whose own way of writing is understood, or nothing.
    """
    region: str | None = (known.context or {}).get("region")
    how = _phone_example(region)
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        raise ValueError(f"“{value}” is not a telephone number I understand. | {how}") from None
    if not phonenumbers.is_valid_number(number):
        raise ValueError(f"“{value}” can't be a telephone number: no such number exists. | {how}")
    found = Phone(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    found.extension, found.region = number.extension or "", region
    return found


def _phone_example(region: str | None) -> str:
    example = phonenumbers.example_number(region) if region else None
    if not example:
        return (
            'Write it with + and the country\'s number: phone = "+12125550123"; or give the '
            'language its country, such as language = "en-US", and write it as you always do.'
        )
    form = phonenumbers.PhoneNumberFormat
    local, whole = (
        phonenumbers.format_number(example, each) for each in (form.NATIONAL, form.INTERNATIONAL)
    )
    return f'Write it as phone = "{local}", or from another country as "{whole}".'


def phone_region(language: object, region: object) -> str | None:
    """Return the country whose way of writing numbers is meant, or None.

    It is that of the crisis lines, or else of a language such as "en-US".
    """
    parts = [str(region or ""), *str(language or "").replace("_", "-").split("-")[1:]]
    known = (part.upper() for part in parts)
    return next((part for part in known if part in phonenumbers.SUPPORTED_REGIONS), None)


def web_address(value: str) -> str:
    """Return an absolute http(s) address, or raise ValueError in her words."""
    try:
        parts = urlsplit(value)
        complete = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        complete = False
    if not complete or re.search(r'[\s"<>\\^`{|}]', value):
        raise ValueError(
            f"“{value}” is not a complete web address. | "
            f"Write it whole, with https:// at the front: https://{_host(value)}"
        )
    return value


def _host(value: str) -> str:
    address = value.split("://")[-1].lstrip("/")
    return address if re.fullmatch(r"[\w./~%-]*\w[\w./~%-]*", address) else "www.example.org"


def site_address(value: str) -> str:
    """Return where the blog starts, without the last slash."""
    parts = urlsplit(web_address(value))
    if parts.query or parts.fragment:
        raise ValueError(
            f"“{value}” has a ? or # in it. | Write only where the blog starts: "
            "https://blog.your-name.com"
        )
    return value.rstrip("/")


def email_address(value: str) -> str:
    """Return an e-mail address."""
    if not re.fullmatch(r"[^@\s<>\"',;:]+@[^@\s<>\"',;:]+\.[^@\s<>\"',;:]+", value):
        raise ValueError(f"“{value}” is not an e-mail address. | Write: hello@your-practice.com")
    return value


def time_zone(value: str) -> str:
    """Return the name of a zone in the IANA time zone database."""
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError(
            f"“{value}” is not a time zone I know. | "
            'Write it as continent/city: timezone = "Europe/Dublin".'
        ) from None
    return value


def language_code(value: str) -> str:
    """Return a language code such as "en-US", or raise ValueError in her words."""
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise ValueError(f"“{value}” is not a language code. | Write it as en, en-US or es.")
    return value


def country_code(value: str) -> str:
    """Return a country's code (ISO 3166-1) such as "US", or raise ValueError in her words."""
    if value not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError(f"“{value}” is not a country's code. | Write its two letters: US, GB, DE.")
    return value


def short_number(value: str) -> Number:
    """Return a number that may be shorter than a telephone number, such as 988."""
    if not re.fullmatch(r"\+?[\d -]*\d", value):
        raise ValueError(f"“{value}” is not a number to call or text. | Write digits only: 988")
    return Number(value)


def image_path(value: str) -> str:
    """Return a path inside content/images, or raise ValueError in her words."""
    if not re.fullmatch(r"images/[^\\:]+", value) or ".." in value.split("/"):
        raise ValueError(
            f"“{value}” is not a picture in content/images. | "
            "Put the picture there and write its name: images/portrait.jpg"
        )
    return value


# What browsers and feed readers play, by the ending of its name.
AUDIO = {
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
}


def audio_path(value: str) -> str:
    """Return a path inside content/downloads, or raise ValueError in her words."""
    inside = re.fullmatch(r"downloads/[^\\:]+", value) and ".." not in value.split("/")
    if not inside or PurePosixPath(value).suffix.lower() not in AUDIO:
        raise ValueError(
            f"“{value}” is not a recording in content/downloads. | "
            "Put the recording there, as MP3 or M4A, and write its name: downloads/my-voice.mp3"
        )
    return value


# A text that becomes a number, so that its field has what a number knows.
ShortNumber = Annotated[
    Number,
    GetPydanticSchema(
        lambda _, handler: core_schema.no_info_after_validator_function(
            short_number, handler.generate_schema(Text)
        )
    ),
]
PhoneNumber = Annotated[
    Phone,
    GetPydanticSchema(
        lambda _, handler: core_schema.with_info_after_validator_function(
            phone, handler.generate_schema(Text)
        )
    ),
]
