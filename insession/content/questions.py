"""What `start` asks for: each value of practice.toml that says who she is, one at a time."""

import re
import textwrap
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import phonenumbers

from insession.common.problems import Problems
from insession.content.leftovers import FACT_SECTIONS, FACTS
from insession.content.new import ask
from insession.content.practice import NEEDED, REGIONS, PracticeFile, parse_practice
from insession.content.practice_file import add_crisis_line, leave_out, set_values
from insession.content.samples import is_sample_value
from insession.content.schema import example_of
from insession.content.text_file import read_text, rewrite

WIDTH = 78
LEFT_OUT = {"-", "–", "—", "none"}  # “none” stands in the questions, too
HARMLESS = {"site.language", "site.timezone", "practice.accepting_clients"}


@dataclass(frozen=True)
class Question:
    """A key of practice.toml and how it is asked for; an optional one may be left out.

    Without an `example`, the one of the schema is shown.
    """

    key: str
    words: str
    is_optional: bool = False
    example: str = ""


WHO = (
    Question("therapist.name", "Your name, as readers see it", example="Ruth Adler"),
    Question("therapist.credentials", "The letters behind it"),
    Question("therapist.credentials_spelled_out", "What these letters stand for"),
    Question("therapist.licence_number", "The number of your licence", True),
    Question("therapist.licence_state", "The state that you are licensed in", True),
    Question("therapist.approach", "How you work, in a word or two"),
    Question("therapist.pronouns", "Your pronouns", True),
    Question("therapist.bio", "Who you are, in a sentence or two, below each article"),
)
BLOG = (
    Question("site.title", "The name of your blog", example="Notes from the Room"),
    Question("site.tagline", "What it is about, in a line", example="On couples, and on talking."),
    Question("site.url", "The address that it will have"),
    Question("site.timezone", "Your time zone"),
)
PRACTICE = (
    Question("practice.area", "Where you work"),
    Question("practice.phone", "Your telephone number"),
    Question("practice.email", "Your e-mail address, if readers may write to you", True),
    Question("practice.hours", "When you can be reached", True),
    Question("practice.website", "The website of your practice"),
    Question("practice.contact_url", "The page there that says how to reach you"),
    Question("practice.booking_url", "The page there where one books a meeting", True),
    Question("practice.invitation", "The invitation to call you, below each article"),
)


class Editor:
    """practice.toml while it is asked about: its words, what they say, and what they said first."""

    def __init__(self, file: Path) -> None:
        self.file, self.shown = file, f"{file.parent.name}/{file.name}"
        self.text = read_text(file, self.shown, NEEDED)
        self.practice: PracticeFile = parse_practice(self.text, self.shown)
        self.is_hers = not is_sample_value("therapist.name", self.practice.therapist.name)
        self.is_changed = False

    def value(self, key: str) -> Any:
        """Return what stands there, or None."""
        section, _, name = key.partition(".")
        return getattr(getattr(self.practice, section), name, None)

    def is_sample(self, key: str) -> bool:
        """Whether what stands there is the sample's, and can't be hers by chance."""
        value = self.value(key)
        if value is None or not is_sample_value(key, value):
            return False
        return not self.is_hers or _is_invented(key)

    def change(self, text: str) -> None:
        """Write other words down if they can be read. Raises Problems, with nothing changed."""
        self.practice = parse_practice(text, self.shown)
        if text != self.text:
            rewrite(self.file, text)
            self.text, self.is_changed = text, True

    def set(self, values: Mapping[str, str | bool]) -> None:
        """Write values down, such as {"practice.area": "Queens"}. Raises Problems."""
        text, family = self.text, self.practice.therapist.family_name
        name = str(values.get("therapist.name", family))
        if family and family not in name:  # that of another name
            text = leave_out(text, "therapist.family_name")
        self.change(set_values(text, values))

    def drop(self, *keys: str) -> None:
        """Leave keys out. Raises Problems."""
        self.change(leave_out(self.text, *keys))


def ask_all(editor: Editor) -> None:
    """Ask everything. Raises EOFError or KeyboardInterrupt if she stops, and OSError."""
    print("\nWho you are\n")
    for question in WHO:
        _ask(editor, question)
        if question.key == "therapist.name":
            _ask_family_name(editor)
    print("\nYour blog\n")
    _ask_country(editor)
    for question in BLOG:
        _ask(editor, question)
    print("\nHow readers reach you\n")
    for question in PRACTICE:
        _ask(editor, question)
    _ask_yes(editor, "practice.accepting_clients", "Do you take new clients at the moment?")
    _ask_offer(editor)


def _ask(editor: Editor, question: Question) -> None:
    """Ask until there is an answer that can be written down."""
    default = _default(editor, question.key)
    while True:
        typed = _answer(_prompt(editor, question, default))
        try:
            if typed == "-" and not question.is_optional:
                tell("This one has to stand there; Enter leaves it for later.")
                continue
            if typed == "-" or (not typed and question.is_optional and not default):
                editor.drop(question.key)
            elif typed or (default and editor.is_sample(question.key)):
                editor.set({question.key: typed or default})
                _keep_whole_number(editor, question.key)
            return
        except Problems as found:
            _explain(found)


def _answer(prompt: str) -> str:
    """Return what is typed: - for whatever leaves out, nothing for what leaves for later."""
    typed = ask(prompt)
    return "-" if typed.lower() in LEFT_OUT else "" if typed.lower() == "later" else typed


def _prompt(editor: Editor, question: Question, default: str) -> str:
    if default:
        return f"{question.words} [{default}]: "
    example = example_of(PracticeFile, tuple(question.key.split(".")))
    such_as = question.example or next(iter(tomllib.loads(example).values()))
    enter = "none" if question.is_optional else "later"
    return f"{question.words} (such as {such_as}; Enter: {enter}): "


def _default(editor: Editor, key: str) -> str:
    """Return what Enter keeps: her own value, or what follows from another."""
    value = editor.value(key)
    is_abroad = key == "site.timezone" and editor.practice.country != "US"
    is_harmless = key in HARMLESS and not is_abroad
    if value is not None and (is_harmless or not editor.is_sample(key)):
        return getattr(value, "local", None) or str(value)
    url = editor.practice.site.url
    if editor.is_sample("site.url"):
        return ""
    return {"practice.website": url, "practice.contact_url": f"{url}/contact/"}.get(key, "")


def _ask_family_name(editor: Editor) -> None:
    """Ask which part of a longer name is the family's; two words need no question."""
    names = editor.practice.therapist.name.split()
    if len(names) > 2 and not editor.is_sample("therapist.name"):
        words = f"Your family name, if it is more than “{names[-1]}”"
        _ask(editor, Question("therapist.family_name", words, True, " ".join(names[-2:])))


def _keep_whole_number(editor: Editor, key: str) -> None:
    """Write the number so that it stays right in whatever language the blog is one day."""
    if key == "practice.phone":
        phone = editor.practice.practice.phone
        whole = f"{phone} ext. {phone.extension}" if phone.extension else str(phone)
        editor.set({key: whole})


def _ask_country(editor: Editor) -> None:
    """Ask for the country: its crisis lines, and how telephone numbers are written there."""
    now = editor.practice.country or ""
    while True:
        country = ask(f"The country you work in, in two letters [{now or 'US'}]: ").upper()
        country = {"UK": "GB"}.get(country, country) or now or "US"
        if country in phonenumbers.SUPPORTED_REGIONS:
            break
        tell(f"“{country}” is no country’s code. Type two letters, such as US, CA or GB.")
    language = editor.practice.site.language
    if country != now and is_sample_value("site.language", language):
        language = f"{language.split('-')[0]}-{country}"
        editor.set({"site.language": language})
    _ask(editor, Question("site.language", "The language that you write in"))
    if country in REGIONS:
        if not editor.practice.crisis.lines:
            editor.set({"crisis.region": country})
    elif editor.practice.crisis.region or not editor.practice.crisis.lines:
        _ask_crisis(editor, country)


def _ask_crisis(editor: Editor, country: str) -> None:
    tell(f"I don’t know whom people in {country} can call in a crisis, and each page says it.")
    while True:
        emergency = ask("The emergency number there (such as 112): ")
        label = ask("A line for people in crisis, by its name (such as Samaritans): ")
        call = ask("And its number (such as 116 123): ")
        if not (emergency or label or call):
            tell("Later, then: until you tell, the pages go on naming the lines they name now.")
            return
        if not (emergency and label and call):
            tell("All three have to be there: your readers may need them.")
            continue
        try:
            text = leave_out(editor.text, "crisis.region")
            text = set_values(text, {"crisis.emergency": emergency})
            editor.change(add_crisis_line(text, label, call))
            return
        except Problems as found:
            _explain(found)


def _ask_yes(editor: Editor, key: str, words: str) -> None:
    default = "yes" if editor.value(key) else "no"
    answers = {"": editor.value(key), "y": True, "yes": True, "n": False, "no": False}
    while (typed := ask(f"{words} [{default}]: ").lower()) not in answers:
        tell("Type yes or no.")
    editor.set({key: answers[typed]})


def _ask_offer(editor: Editor) -> None:
    """Ask for the report, whose title and address go together."""
    offer = editor.practice.offer
    is_hers = offer is not None and not editor.is_sample("offer.title")
    title_now, url_now = (offer.title, offer.url) if offer and is_hers else ("", "")
    words = "Something free to read, such as a report: its title"
    title = _answer(f"{words} [{title_now}]: " if title_now else f"{words} (Enter: none): ")
    title = title or title_now
    if title in ("", "-"):
        editor.drop("offer.title", "offer.url")
        return
    while True:
        shown = f" [{url_now}]" if url_now else " (such as https://www.your-practice.com/report)"
        url = _answer(f"The address of “{title}”{shown}: ") or url_now
        if not url:
            tell("Readers can’t find it without one; a hyphen (-) leaves the report out.")
            continue
        try:
            if url == "-":
                editor.drop("offer.title", "offer.url")
            else:
                editor.set({"offer.title": title, "offer.url": url})
            return
        except Problems as found:
            _explain(found)


def _is_invented(key: str) -> bool:
    return key not in FACTS and not key.startswith(FACT_SECTIONS)


def _explain(found: Problems) -> None:
    """Say what is wrong with an answer: as for a line of the file, but without its key."""
    problem = found.problems[0]
    what = re.sub(r"^\w+: ", "", problem.what)
    how = re.sub(r'\w+ = "([^"]*)"', r"\1", problem.how)
    tell(f"{what[:1].upper()}{what[1:]} {how}")


def tell(words: str) -> None:
    """Print a sentence below a question."""
    print(textwrap.fill(words, WIDTH, initial_indent="  ", subsequent_indent="  "))
