"""practice.toml: read into typed objects, and every mistake in it told with its line."""

import copy
import re
from pathlib import Path

import pytest

from insession.common.problems import Problem, Problems
from insession.content.field_types import Phone
from insession.content.practice import PracticeFile, read_practice

SAMPLE = """[site]
title = "A Blog"
tagline = "Plain words."
url = "https://blog.example.org"
language = "en-US"
timezone = "America/New_York"

[therapist]
name = "Ruth Maria Adler"
credentials = "LCSW"
credentials_spelled_out = "licensed clinical social worker"
approach = "psychodynamic"
bio = "I work in a quiet room."

[practice]
area = "Queens, NY"
phone = "+17185550142"
website = "https://practice.example.org"
contact_url = "https://practice.example.org/contact"
invitation = "Call me."
accepting_clients = true

[crisis]
region = "US"

[articles]
share_request = "Pass it on."
comments_request = "What would you add?"
"""

LINES = 'emergency = "112"\n\n[[crisis.lines]]\nlabel = "A line"\ncall = "116 123"'


def with_line(key: str, line: str) -> str:
    """The sample with another line in the place of the one that starts with `key`."""
    changed, count = re.subn(rf"^{re.escape(key)}.*$", lambda _: line, SAMPLE, flags=re.M)
    assert count == 1, f"{key} stands {count} times in the sample"
    return changed


def line_of(text: str, start: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if line.startswith(start))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "content" / "practice.toml"
    path.parent.mkdir()
    return path


def read(file: Path, text: str) -> PracticeFile:
    file.write_text(text, encoding="utf-8")
    return read_practice(file)


def refused(file: Path, text: str) -> list[Problem]:
    with pytest.raises(Problems) as caught:
        read(file, text)
    assert {problem.file for problem in caught.value.problems} == {"content/practice.toml"}
    return caught.value.problems


def test_the_file_is_read_into_objects(file: Path) -> None:
    practice = read(file, SAMPLE)
    assert practice.therapist.name == "Ruth Maria Adler"
    assert practice.practice.accepting_clients is True
    assert practice.offer is None
    assert practice.practice.booking_url is None


@pytest.mark.parametrize(
    ("language", "written", "e164", "local"),
    [
        ("en-US", "+17185550142", "+17185550142", "(718) 555-0142"),
        ("en-US", "+1 (718) 555-0142", "+17185550142", "(718) 555-0142"),
        ("en-US", "(416) 555-0142", "+14165550142", "(416) 555-0142"),
        ("en-US", "+44 20 7946 0018 ext. 7", "+442079460018", "+44 20 7946 0018 x7"),
        ("en-GB", "+442079460018", "+442079460018", "020 7946 0018"),
        ("en-GB", "+17185550142", "+17185550142", "+1 718-555-0142"),
        ("en", "+442079460018", "+442079460018", "+44 20 7946 0018"),
        ("de-DE", "+493012345678", "+493012345678", "030 12345678"),
        ("fr-FR", "+33142278186", "+33142278186", "01 42 27 81 86"),
        ("en-AU", "+61255501234", "+61255501234", "(02) 5550 1234"),
    ],
)
def test_a_phone_is_shown_as_its_readers_dial_it(
    file: Path, language: str, written: str, e164: str, local: str
) -> None:
    text = with_line("phone", f'phone = "{written}"')
    if language != "en-US":
        text = text.replace('language = "en-US"', f'language = "{language}"')
        text = text.replace('region = "US"', LINES)
    phone = read(file, text).practice.phone
    assert isinstance(phone, Phone)
    assert (phone, phone.local) == (e164, local)
    assert phone.href.split(";")[0] == f"tel:{e164}"


@pytest.mark.parametrize(
    ("language", "crisis", "written", "e164"),
    [
        ("en-US", 'region = "US"', "917-727-3549", "+19177273549"),
        ("en-US", 'region = "US"', "(917) 727-3549", "+19177273549"),
        ("en-US", 'region = "US"', "917 727 3549", "+19177273549"),
        ("en-US", 'region = "US"', "917.727.3549", "+19177273549"),
        ("es", 'region = "US"', "1 (917) 727-3549", "+19177273549"),
        ("en-US", 'region = "US"', "+44 20 7946 0018", "+442079460018"),
        ("en-GB", LINES, "020 7946 0018", "+442079460018"),
        ("de-AT", LINES, "01 58858", "+43158858"),
        ("zh-Hant-TW", LINES, "02 2312 3456", "+886223123456"),
    ],
)
def test_a_phone_may_be_written_as_in_the_country_of_the_practice(
    file: Path, language: str, crisis: str, written: str, e164: str
) -> None:
    text = with_line("phone", f'phone = "{written}"')
    text = text.replace('language = "en-US"', f'language = "{language}"')
    assert read(file, text.replace('region = "US"', crisis)).practice.phone == e164


def test_an_extension_is_shown_and_dialled(file: Path) -> None:
    phone = read(file, with_line("phone", 'phone = "917-727-3549 ext. 12"')).practice.phone
    again = copy.deepcopy(phone)  # as the preview keeps it
    assert (again, again.local) == ("+19177273549", "(917) 727-3549 ext. 12")
    assert again.href == "tel:+19177273549;ext=12"


def test_a_local_number_without_a_country_is_asked_for_whole(file: Path) -> None:
    text = with_line("phone", 'phone = "030 901820"').replace('region = "US"', LINES)
    with pytest.raises(Problems) as caught:
        read(file, text.replace('language = "en-US"', 'language = "de"'))
    (problem,) = caught.value.problems
    assert "030 901820" in problem.what
    assert "with + and the country's number" in problem.how
    assert "language its country" in problem.how


@pytest.mark.parametrize(
    ("name", "monogram"),
    [("Ruth Adler", "RA"), ("Ruth Maria Adler", "RA"), ("Cher", "C"), ("élodie ørsted", "ÉØ")],
)
def test_the_monogram_is_made_of_the_first_and_the_last_name(
    file: Path, name: str, monogram: str
) -> None:
    assert read(file, with_line("name", f'name = "{name}"')).therapist.monogram == monogram


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://blog.example.org", ""),
        ("https://blog.example.org/", ""),
        ("https://example.org/blog/", "/blog"),
        ("https://example.org/a/b", "/a/b"),
    ],
)
def test_a_blog_may_lie_in_a_folder_of_its_host(file: Path, url: str, base: str) -> None:
    site = read(file, with_line("url", f'url = "{url}"')).site
    assert site.base_path == base
    assert not site.url.endswith("/")


def test_the_region_brings_its_crisis_lines(file: Path) -> None:
    crisis = read(file, SAMPLE).crisis
    assert crisis.emergency_number == "911"
    assert [(line.call, line.text) for line in crisis.all_lines] == [("988", "988")]
    assert crisis.all_lines[0].chat.startswith("https://")


def test_her_own_crisis_lines_take_the_place_of_the_regions(file: Path) -> None:
    own = 'emergency = "112"\n[[crisis.lines]]\nlabel = "Samaritans"\ncall = "116 123"'
    crisis = read(file, with_line("region", own)).crisis
    assert crisis.emergency_number == "112"
    assert [(line.label, line.call) for line in crisis.all_lines] == [("Samaritans", "116 123")]
    both = read(file, with_line("region", f'region = "US"\n{own}')).crisis
    assert (both.emergency_number, both.all_lines[0].label) == ("112", "Samaritans")


# key of the line that is changed, the line as she writes it, what she is told, how to write it
MISTAKES = [
    ("phone", 'phone = "hello"', "“hello” is not a telephone number", 'phone = "(2'),
    ("phone", 'phone = "555-0142"', "no such number", 'phone = "(2'),
    ("phone", 'phone = "+1718"', "no such number", 'phone = "(2'),
    ("phone", "phone = 17185550142", "phone must be text", 'phone = "(2'),
    ("phone", 'phone = ""', "phone is empty", 'phone = "(2'),
    (
        "website",
        'website = "practice.example.org"',
        "not a complete web address",
        "https://practice.example.org",
    ),
    ("website", 'website = "ftp://example.org"', "web address", "https://example.org"),
    ("website", 'website = "javascript:alert(1)"', "web address", "https://www.example.org"),
    ("website", 'website = "https://a b.org"', "web address", "https://"),
    ("website", 'website = "https://[oops"', "web address", "https://"),
    ("url", 'url = "blog.example.org"', "web address", "https://blog.example.org"),
    ("url", 'url = "https://blog.example.org/?a=b"', "has a ? or #", "where the blog starts"),
    ("timezone", 'timezone = "Brooklyn"', "not a time zone", "continent/city"),
    ("timezone", 'timezone = "../../etc"', "not a time zone", "continent/city"),
    ("language", 'language = "English"', "not a language code", "en-US"),
    ("name", 'name = " "', "name is empty", "name ="),
    ("name", 'nmae = "Ruth"', "“nmae” is not a key", "Did you mean name?"),
    ("bio", 'bio = ["a", "b"]', "bio must be text", "bio ="),
    ("bio", 'bio = "x"\nemail = "a@b.org"', "“email” is not a key", "name, credentials"),
    ("area", 'area = "x"\nemail = "hello"', "not an e-mail address", "hello@"),
    (
        "accepting_clients",
        'accepting_clients = "perhaps"',
        "must be true or false",
        "accepting_clients = true",
    ),
    (
        "bio",
        'bio = "x"\nportrait = "../../me.jpg"',
        "not a picture in content/images",
        "images/portrait.jpg",
    ),
    ("[articles]", "[artikles]", "[artikles] is not a section", "[articles]"),
]


@pytest.mark.parametrize(("key", "line", "what", "how"), MISTAKES)
def test_a_mistake_is_told_with_its_line_and_how_to_write_it(
    file: Path, key: str, line: str, what: str, how: str
) -> None:
    text = with_line(key, line)
    found = [problem for problem in refused(file, text) if what in problem.what]
    assert len(found) == 1, refused(file, text)
    assert found[0].line == line_of(text, line.splitlines()[-1])
    assert how in found[0].how


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('title = "A Blog', "can't be read"),
        ("title = “A Blog”", "can't be read"),
        ("title = A Blog", "can't be read"),
        ('title "A Blog"', "can't be read"),
    ],
)
def test_a_line_that_is_no_toml_is_named(file: Path, line: str, what: str) -> None:
    text = with_line("title", line)
    (problem,) = refused(file, text)
    assert problem.line == line_of(text, line)
    assert what in problem.what
    assert 'key = "text"' in problem.how


def test_every_mistake_is_told_at_once(file: Path) -> None:
    text = SAMPLE.replace("+1718", "+9999").replace("en-US", "English").replace("[crisis]", "[x]")
    found = refused(file, text)
    assert found == sorted(found)
    told = " ".join(problem.what for problem in found)
    assert all(word in told for word in ("phone", "language", "[x]", "crisis"))


def test_a_missing_section_is_called_a_section_and_shown_in_its_brackets(file: Path) -> None:
    (problem,) = refused(file, SAMPLE.split("[articles]")[0])
    assert "[articles]" in f"{problem.what} {problem.how}"
    assert "share_request" in problem.how


def test_a_key_that_stands_twice_is_named(file: Path) -> None:
    text = with_line("name", 'name = "Ruth"\nname = "Maria"')
    (problem,) = refused(file, text)
    assert problem.line == line_of(text, 'name = "Maria"')
    assert "name" in problem.what
    assert "twice" in problem.what


@pytest.mark.parametrize("crisis", ["", "emergency = '911'", "lines = []"])
def test_a_blog_without_any_crisis_line_is_refused(file: Path, crisis: str) -> None:
    (problem,) = refused(file, with_line("region", crisis))
    assert problem.line >= line_of(SAMPLE, "[crisis]")
    assert "988" in problem.how or 'region = "US"' in problem.how


def test_a_crisis_line_that_can_not_be_reached_is_refused(file: Path) -> None:
    lines = (
        '[[crisis.lines]]\nlabel = "One"\ncall = "1"\n[[crisis.lines]]\nlabel = "Two"  # no number'
    )
    text = with_line("region", lines)
    (problem,) = refused(file, text)
    assert "“Two” has no call, text or chat" in problem.what
    assert problem.line in (line_of(text, 'label = "Two"'), line_of(text, 'label = "Two"') - 1)


def test_a_region_that_is_not_known_is_told_how_to_name_its_own_lines(file: Path) -> None:
    (problem,) = refused(file, with_line("region", 'region = "Germany"'))
    assert "“Germany”" in problem.what
    assert "[[crisis.lines]]" in problem.how


def test_a_missing_or_empty_file_is_told_with_what_belongs_in_it(file: Path) -> None:
    with pytest.raises(Problems) as caught:
        read_practice(file)
    (missing,) = caught.value.problems
    assert (missing.file, missing.line) == ("content/practice.toml", 0)
    assert "missing" in missing.what
    for text in ("", "\n \n", "\ufeff"):
        (empty,) = refused(file, text)
        assert "empty" in empty.what
        assert "remove" not in empty.how, "without this file nothing can be built"


def test_a_byte_order_mark_and_windows_line_ends_are_fine(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + SAMPLE.replace("\n", "\r\n").encode())
    assert read_practice(file) == read(file, SAMPLE)


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(file: Path) -> None:
    file.write_bytes(with_line("name", 'name = "Zoë"').encode("latin-1"))
    with pytest.raises(Problems) as caught:
        read_practice(file)
    assert caught.value.problems[0].line == line_of(SAMPLE, "name")
    assert "UTF-8" in caught.value.problems[0].how


@pytest.mark.parametrize(
    ("written", "called", "texted"),
    [
        ("1 1 2", "tel:112", "sms:112"),
        ("116 123", "tel:116123", "sms:116123"),
        ("85-258", "tel:85258", "sms:85258"),
        ("+44 20 7946 0000", "tel:+442079460000", "sms:+442079460000"),
    ],
)
def test_a_number_is_dialled_without_its_spaces(
    written: str, called: str, texted: str, file: Path
) -> None:
    own = f'emergency = "{written}"\n[[crisis.lines]]\nlabel = "A"\ncall = "{written}"'
    file.write_text(with_line("region", f'{own}\ntext = "{written}"'), "utf-8")
    crisis = read_practice(file).crisis
    assert (crisis.emergency_number, crisis.emergency_number.href) == (written, called)
    assert (crisis.all_lines[0].call.href, crisis.all_lines[0].text.text_href) == (called, texted)


@pytest.mark.parametrize(
    ("name", "family", "parts"),
    [
        ("Ruth Maria Adler", None, ("Ruth Maria", "Adler")),
        ("山田 花子", "山田", ("花子", "山田")),
        ("María José García Márquez", "García Márquez", ("María José", "García Márquez")),
        ("Ludwig van der Berg", "van der Berg", ("Ludwig", "van der Berg")),
        ("Sukarno", None, ("", "Sukarno")),
        ("Sukarno", "Sukarno", ("", "Sukarno")),
        ("Anna Ann", "Ann", ("Anna", "Ann")),
    ],
)
def test_a_name_has_a_given_and_a_family_name(
    name: str, family: str | None, parts: tuple[str, str], file: Path
) -> None:
    more = f'\nfamily_name = "{family}"' if family else ""
    file.write_text(with_line("name", f'name = "{name}"{more}'), "utf-8")
    assert read_practice(file).therapist.given_and_family_name == parts


def test_a_family_name_that_is_no_part_of_the_name_is_told_with_its_line(file: Path) -> None:
    text = with_line("name", 'name = "Ludwig van der Berg"\nfamily_name = "Bergen"')
    file.write_text(text, "utf-8")
    with pytest.raises(Problems) as refused:
        read_practice(file)
    [problem] = refused.value.problems
    assert (problem.line, "Bergen" in problem.what) == (line_of(text, "family_name"), True)
    assert 'family_name = "Berg"' in problem.how
