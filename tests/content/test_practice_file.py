"""practice.toml is changed line by line, and all else in it stays as it was."""

import tomllib

import pytest

from insession.common.problems import Problems
from insession.content.practice import parse_practice
from insession.content.practice_file import add_crisis_line, leave_out, set_values
from tests.support import PRACTICE


def changed(before: str, after: str) -> list[str]:
    """The lines that are new, as + and -."""
    old, new = before.split("\n"), after.split("\n")
    return [f"-{row}" for row in old if row not in new] + [f"+{r}" for r in new if r not in old]


@pytest.mark.parametrize(
    ("key", "value", "rows"),
    [
        ("therapist.name", "Ruth", ['-name = "Hannah Vale"', '+name = "Ruth"']),
        (
            "practice.accepting_clients",
            False,
            ["-accepting_clients = true", "+accepting_clients = false"],
        ),
        ("site.title", 'A "b" \\ c', ['-title = "The Other Chair"', r'+title = "A \"b\" \\ c"']),
        (
            "practice.address",
            "2 Elm Street",
            ['-# address = "1 Example Street, 2nd floor"', '+address = "2 Elm Street"'],
        ),
        ("crisis.emergency", "112", ['-# emergency = "112"', '+emergency = "112"']),
    ],
)
def test_one_line_is_changed(key: str, value: str | bool, rows: list[str]) -> None:
    after = set_values(PRACTICE, {key: value})
    assert changed(PRACTICE, after) == rows
    section, _, name = key.partition(".")
    assert tomllib.loads(after)[section][name] == value


def test_a_line_that_is_not_there_is_added_to_its_section() -> None:
    before = '[a]\nx = "1"\n\n# about b\n[b]\ny = "2"\n'
    assert set_values(before, {"a.z": "3"}) == '[a]\nx = "1"\nz = "3"\n\n# about b\n[b]\ny = "2"\n'
    assert set_values(before, {"c.z": "3"}).endswith('y = "2"\n\n[c]\nz = "3"\n')


@pytest.mark.parametrize(
    ("row", "after"),
    [
        ('name = "A"  # mine # really', 'name = "B"  # mine # really'),
        ('name = "A # 1"', 'name = "B"'),
        ("name = 'A'", 'name = "B"'),
        ('  name="A"', 'name = "B"'),
        ('"name" = "A"', 'name = "B"'),
        ('name = """\nA\n  # no note\nC"""', 'name = "B"'),
    ],
)
def test_a_value_is_found_however_it_is_written_and_keeps_its_note(row: str, after: str) -> None:
    text = f'# name = "no"\n[x]\nname = "other"\n[t]\n# note\n{row}\nz = 1\n'
    assert set_values(text, {"t.name": "B"}) == text.replace(row, after)


def test_what_cannot_be_changed_by_itself_is_said() -> None:
    with pytest.raises(Problems, match="only you can change"):
        set_values('t = { name = "A" }\n', {"t.name": "B"})


def test_what_is_left_out_stays_as_a_note_and_can_come_back() -> None:
    without = leave_out(PRACTICE, "offer.title", "offer.url", "practice.email")
    practice = parse_practice(without, "practice.toml")
    assert (practice.offer, practice.practice.email) == (None, None)
    assert '# email = "hello@practice.example.org"' in without.split("\n")
    back = {"offer.title": "A", "offer.url": "https://a.test/", "practice.email": "a@b.test"}
    again = set_values(without, back)
    assert parse_practice(again, "practice.toml").offer.title == "A"
    assert len(again.split("\n")) == len(PRACTICE.split("\n"))
    assert leave_out(without, "practice.email") == without


def test_a_crisis_line_takes_the_place_of_the_region() -> None:
    text = set_values(leave_out(PRACTICE, "crisis.region"), {"crisis.emergency": "999"})
    text = add_crisis_line(text, "Samaritans", "116 123")
    crisis = parse_practice(text, "practice.toml").crisis
    assert (crisis.emergency_number, crisis.all_lines[0].call) == ("999", "116 123")
    assert (
        parse_practice(set_values(text, {"crisis.emergency": "112"}), "x").crisis.emergency == "112"
    )
