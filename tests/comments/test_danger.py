"""Words of danger are marked, everyday words aren't: messages as readers write them."""

from pathlib import Path

import pytest

from insession.comments.danger import speaks_of_danger

FOLDER = Path(__file__).with_name("danger")
ACUTE, HARMLESS = (
    (FOLDER / f"{name}.txt").read_text("utf-8").splitlines() for name in ("acute", "harmless")
)


def test_acute_messages_are_marked_and_harmless_ones_are_not() -> None:
    missed = [message for message in ACUTE if not speaks_of_danger(message)]
    wrong = [message for message in HARMLESS if speaks_of_danger(message)]
    assert len(ACUTE) >= 450 and len(HARMLESS) >= 400
    assert len(missed) <= len(ACUTE) / 50, missed
    assert len(wrong) <= len(HARMLESS) / 50, wrong


@pytest.mark.parametrize(
    "written",
    [
        "I can't do this any more.",
        "i cant do this anymore",
        "I CANNOT DO THIS ANYMORE!!!",
        "I can’t do\nthis any more",
        "Thank you for the text. I read it twice. i just wanna die",
        "Call it what you like: I have the pills in front of me right now.",
        "I was suicidal ten years ago, and now I am suicidal again.",
        "My father hit us years ago. Today my husband hits me.",
        "I know this is a blog about books, but I want to kill myself.",
        "I can't stop thinking about killing myself",
    ],
)
def test_spelling_case_and_what_stands_around_hide_nothing(written: str) -> None:
    assert speaks_of_danger(written)


@pytest.mark.parametrize(
    "written",
    [
        "I don't want to die.",
        "I have never been suicidal.",
        "I was suicidal twenty years ago.",
        "I want to die of embarrassment.",
        "In the novel the hero kills himself.",
        "lol kill me now",
        "No quiero vivir más.",  # not covered, and the documentation says so
        "",
    ],
)
def test_what_is_denied_long_past_invented_or_in_jest_is_not_marked(written: str) -> None:
    assert not speaks_of_danger(written)
