"""Who the therapist is: content/practice.toml, read into typed objects.

The one place for her name, phone, credential, site and links. Templates, plugins, feeds and
the contact card take them from here.
"""

import re
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StrictBool, ValidationError

from insession.common.problems import Problem, Problems
from insession.content import field_types
from insession.content.field_types import PhoneNumber, ShortNumber, Text
from insession.content.schema import Location, Strict, explain
from insession.content.text_file import read_text
from insession.content.toml_file import parse_toml

WebAddress = Annotated[Text, AfterValidator(field_types.web_address)]


class SiteSection(Strict):
    """The blog itself."""

    title: Text = Field(examples=['title = "The name of your blog"'])
    tagline: Text = Field(examples=['tagline = "What it is about, for whom."'])
    url: Annotated[Text, AfterValidator(field_types.site_address)] = Field(
        examples=['url = "https://blog.your-name.com"']
    )
    language: Annotated[Text, AfterValidator(field_types.language_code)] = Field(
        examples=['language = "en-US"']
    )
    timezone: Annotated[Text, AfterValidator(field_types.time_zone)] = Field(
        examples=['timezone = "America/New_York"']
    )

    language_models: StrictBool = Field(True, examples=["language_models = false"])
    quick_exit: StrictBool = Field(False, examples=["quick_exit = true"])
    # As plain in one language as in any other, without advertisements or a question about cookies.
    quick_exit_url: WebAddress = Field(
        "https://www.wikipedia.org/", examples=['quick_exit_url = "https://www.weather.gov/"']
    )

    @property
    def base_path(self) -> str:
        """Where the blog lies on its host: "" or, for instance, "/blog"."""
        return urlsplit(self.url).path.rstrip("/")


class Therapist(Strict):
    """The person who writes."""

    name: Text = Field(examples=['name = "Your Name"'])
    family_name: Text | None = Field(None, examples=['family_name = "Name"'])
    credentials: Text = Field(examples=['credentials = "PhD"'])
    credentials_spelled_out: Text = Field(
        examples=['credentials_spelled_out = "doctor of philosophy"']
    )
    licence_number: Text | None = Field(None, examples=['licence_number = "12345"'])
    licence_state: Text | None = Field(None, examples=['licence_state = "Maine"'])
    approach: Text = Field(examples=['approach = "integrative"'])
    pronouns: Text | None = Field(None, examples=['pronouns = "they/them"'])
    portrait: Annotated[Text, AfterValidator(field_types.image_path)] | None = Field(
        None, examples=['portrait = "images/portrait.jpg"']
    )
    bio: Text = Field(examples=['bio = "I work with couples and families."'])
    profile_url: WebAddress | None = Field(
        None, examples=['profile_url = "https://directory.example.org/me"']
    )

    @property
    def given_and_family_name(self) -> tuple[str, str]:
        """The two parts of the name; without `family_name` its last word is the second."""
        if self.family_name is None:
            given, _, family = self.name.rpartition(" ")
            return given, family
        before, _, after = f" {self.name} ".rpartition(f" {self.family_name} ")
        return f"{before} {after}".strip(), self.family_name

    @property
    def monogram(self) -> str:
        """The first letters of the first and the last name."""
        names = self.name.split()
        return "".join(name[0] for name in dict.fromkeys((names[0], names[-1]))).upper()


class Practice(Strict):
    """Where she works and how to reach her."""

    area: Text = Field(examples=['area = "Portland, ME"'])
    phone: PhoneNumber = Field(examples=['phone = "(212) 555-0123"'])
    website: WebAddress = Field(examples=['website = "https://www.your-practice.com"'])
    contact_url: WebAddress = Field(
        examples=['contact_url = "https://www.your-practice.com/contact"']
    )
    booking_url: WebAddress | None = Field(
        None, examples=['booking_url = "https://www.your-practice.com/booking"']
    )
    email: Annotated[Text, AfterValidator(field_types.email_address)] | None = Field(
        None, examples=['email = "hello@your-practice.com"']
    )
    address: Text | None = Field(None, examples=['address = "1 Example Street"'])
    hours: Text | None = Field(None, examples=['hours = "weekdays, 9 am to 5 pm"'])
    invitation: Text = Field(examples=['invitation = "If you would like to talk, call me."'])
    accepting_clients: StrictBool = Field(examples=["accepting_clients = true"])


class Offer(Strict):
    """Something free to take along, such as a report."""

    title: Text = Field(examples=['title = "A guide to sleep"'])
    url: WebAddress = Field(examples=['url = "https://www.your-practice.com/report"'])


class CrisisLine(Strict):
    """One service for people in crisis, by call, text or chat."""

    label: Text = Field(examples=['label = "988 Suicide & Crisis Lifeline"'])
    call: ShortNumber | None = Field(None, examples=['call = "988"'])
    text: ShortNumber | None = Field(None, examples=['text = "988"'])
    chat: WebAddress | None = Field(None, examples=['chat = "https://988lifeline.org/chat/"'])


# 988: call, text or chat, day and night, free: https://988lifeline.org/get-help/
# 911 is the emergency number everywhere in the United States: https://www.911.gov/
REGIONS: dict[str, tuple[field_types.Number, list[CrisisLine]]] = {
    "US": (
        field_types.Number("911"),
        [
            CrisisLine(
                label="988 Suicide & Crisis Lifeline",
                call=field_types.Number("988"),
                text=field_types.Number("988"),
                chat="https://988lifeline.org/chat/",
            )
        ],
    )
}


def _region(value: str) -> str:
    if value not in REGIONS:
        raise ValueError(
            f"I don't know the crisis lines of “{value}”. | Leave region out and name the lines "
            'yourself: emergency = "112", and a section [[crisis.lines]] with label and call.'
        )
    return value


class Crisis(Strict):
    """Whom to turn to in an emergency: a region that is known here, or her own lines."""

    region: Annotated[Text, AfterValidator(_region)] | None = Field(
        None, examples=['region = "US"']
    )
    emergency: ShortNumber | None = Field(None, examples=['emergency = "112"'])
    lines: list[CrisisLine] = Field([], examples=['a section [[crisis.lines]] with label = "…"'])

    @property
    def emergency_number(self) -> field_types.Number | None:
        """The number for danger right now: 911."""
        return self.emergency or (REGIONS[self.region][0] if self.region else None)

    @property
    def all_lines(self) -> list[CrisisLine]:
        """Her own lines, or else those of the region."""
        return self.lines or (REGIONS[self.region][1] if self.region else [])


class Articles(Strict):
    """Her own words at the end of each article."""

    share_request: Text = Field(examples=['share_request = "Please pass it on."'])
    comments_request: Text = Field(examples=['comments_request = "Tell me what you think."'])
    comments_read_within: Text = Field("a few days", examples=['comments_read_within = "two days"'])


class PracticeFile(Strict):
    """All of content/practice.toml."""

    site: SiteSection
    therapist: Therapist
    practice: Practice
    offer: Offer | None = None
    crisis: Crisis
    articles: Articles

    @property
    def country(self) -> str | None:
        """The country she works in, as a code such as "US", or None if the file doesn't tell.

        It is the region of her crisis lines, or else of the language. Who names lines of her own
        and no region isn't in one of those whose lines are known, whatever the language says.
        """
        spoken_in = next((p for p in self.site.language.split("-")[1:] if len(p) == 2), "").upper()
        return self.crisis.region or (spoken_in if spoken_in not in REGIONS else "") or None


NEEDED = (
    "Bring back an earlier version of it. It says who you are, in the sections [site],\n"
    "    [therapist], [practice], [crisis] and [articles]."
)


def read_practice(path: Path) -> PracticeFile:
    """Read practice.toml. Raises Problems with every mistake in it."""
    shown = f"{path.parent.name}/{path.name}"
    return parse_practice(read_text(path, shown, NEEDED), shown)


def parse_practice(text: str, shown: str) -> PracticeFile:
    """Read the words of practice.toml. Raises Problems with every mistake in them."""
    data = parse_toml(text, shown)
    try:
        practice = PracticeFile.model_validate(data, context={"region": _region_of(data)})
    except ValidationError as error:
        raise Problems(
            Problem(shown, line_of(text, location), what, how)
            for location, what, how in explain(error, PracticeFile)
        ) from None
    _require_help(practice.crisis, shown, text)
    _require_family_name(practice.therapist, shown, text)
    return practice


def _region_of(data: dict[str, Any]) -> str | None:
    """Return the country whose telephone numbers may be written without its own number."""
    site, crisis = data.get("site"), data.get("crisis")
    language = site.get("language") if isinstance(site, dict) else None
    region = crisis.get("region") if isinstance(crisis, dict) else None
    return field_types.phone_region(language, region)


def _require_family_name(therapist: Therapist, shown: str, text: str) -> None:
    name, family = therapist.name, therapist.family_name
    if family is not None and f" {family} " not in f" {name} ":
        what = f"family_name: “{family}” is no part of the name, “{name}”."
        how = f'Write it as it stands in the name: family_name = "{name.split()[-1]}".'
        line = line_of(text, ("therapist", "family_name"))
        raise Problems([Problem(shown, line, what, how)])


def _require_help(crisis: Crisis, shown: str, text: str) -> None:
    if not crisis.all_lines:
        how = 'Write region = "US", or a section [[crisis.lines]] with label and call.'
        line = line_of(text, ("crisis",))
        raise Problems([Problem(shown, line, "[crisis] names no line to turn to.", how)])
    for number, each in enumerate(crisis.lines):
        if not (each.call or each.text or each.chat):
            what = f"the crisis line “{each.label}” has no call, text or chat."
            how = 'Add at least one of them, for instance: call = "988".'
            where = line_of(text, ("crisis", "lines", number))
            raise Problems([Problem(shown, where, what, how)])


def line_of(text: str, location: Location) -> int:
    """Find the line of a key such as ("practice", "phone"), or of its section."""
    section, *rest = location
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if _opens(line, str(section))), None)
    if start is None:
        return 0
    if rest[:1] == ["lines"] and len(rest) > 1:
        opened = [n for n, line in enumerate(lines) if _opens(line, "crisis.lines")]
        start = opened[int(rest[1])] if int(rest[1]) < len(opened) else start
    key = next((str(part) for part in reversed(rest) if isinstance(part, str)), "")
    for number, line in enumerate(lines[start + 1 :], start + 2):
        if line.lstrip().startswith("["):
            break
        if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[.=]", line):
            return number
    return start + 1


def _opens(line: str, section: str) -> bool:
    return (
        re.match(rf"\s*\[+\s*{re.escape(section)}\s*\]+|\s*{re.escape(section)}\s*=", line)
        is not None
    )
