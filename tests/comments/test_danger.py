"""Words of danger are marked, everyday words aren't: messages as readers write them."""

from pathlib import Path

import pytest

from insession.comments import danger, danger_words
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


def test_every_wording_that_is_in_a_clause_is_looked_for() -> None:
    words = danger_words.read()
    every = [(wording, danger_words.compiled(wording.rule)) for wording in words.all]
    assert len(every) > 250
    for message in [*ACUTE, *HARMLESS][::5]:
        for clause in danger._sentences(message):
            found = {wording for wording, rule in every if rule.search(clause)}
            assert found <= set(words.possible(clause)), clause


@pytest.mark.parametrize(
    ("rule", "stems"),
    [
        ("no way out", {"way"}),
        (r"(?:want|wish) to (?:just |only )?(?:die|be dead)(?! of)", {"die", "dead"}),
        (r"kill(?:s|ed|ing)? (?:him|her)self", {"kill"}),
        (r"over ?dos(?:e|ed)", {"over"}),
        (r"(?:pills|gun)(?: \w+){0,7} (?:tempt\w+|call)", {"pill", "gun"}),
        (r"my (?:\w+ )?(?:gun|(?:kitchen |bread )?knife)", {"gun", "knif"}),
        (r"(?:a|an?other) s?he?", set()),  # nothing that can be said
        (r"x(?:a )?die|y", set()),
    ],
)
def test_what_a_wording_needs_is_known_by_the_letters_of_its_words(
    rule: str, stems: set[str]
) -> None:
    assert danger_words.needs(rule) == stems
