"""An article that brings its own frame says twice what practice.toml says already."""

from dataclasses import replace

import pytest

from insession.check.rules.frame import said_twice, website_nowhere
from insession.check.text.page import CheckedSite
from tests.check.pages import page, site
from tests.support import PRACTICE

PARAGRAPHS = ["One thought.", "Another thought.", "A third.", "A fourth."]
ARTICLE = "\n\n".join([*PARAGRAPHS, "{}", *PARAGRAPHS])


def here(*pages: object) -> CheckedSite:
    return replace(site(*pages), practice_words=PRACTICE)


def rules(body: str, **more: str) -> list[tuple[str, str]]:
    one = page(body, **more)
    return [(remark.rule, remark.words) for remark in said_twice(one, here(one))]


WHOLE = """By Hannah Vale, LMHC

*This article was written from the perspective of a psychodynamic therapist.*

At four the buzzer goes.

If you would like to talk, call me at (718) 555-0142 for a free consultation.

If this article helped you, please share it with a friend. I'd love to hear your thoughts in the
comments below.

Hannah Vale is a licensed mental health counselor in Brooklyn. Download her guide, my free report on
sleep.
"""


def test_each_part_of_a_frame_is_found_with_its_lines_in_both_files() -> None:
    one = page(WHOLE)
    found = [*said_twice(one, here(one))]
    assert {remark.rule.removeprefix("twice-") for remark in found} == {
        "byline", "perspective", "invitation", "share", "comment", "bio", "report"
    }  # fmt: skip
    by_rule = {remark.rule: remark for remark in found}
    rows = one.text.body.split("\n")
    for remark in found:
        row = rows[remark.line - one.text.first_line]
        assert remark.words.split()[0] in row
    for rule, key in (
        ("twice-byline", "name"),
        ("twice-share", "share_request"),
        ("twice-comment", "comments_request"),
        ("twice-invitation", "invitation"),
        ("twice-bio", "bio"),
        ("twice-perspective", "approach"),
    ):
        line = next(n for n, r in enumerate(PRACTICE.split("\n"), 1) if r.startswith(f"{key} ="))
        assert f"({key}, line {line} of content/practice.toml)" in by_rule[rule].why


BAD = {
    "twice-share": [
        "Please share this post with anyone who needs it.",
        "If you found this helpful, feel free to pass it on: share it with a friend.",
        "Share this with someone who might need it today.",
        "Forward this article to a colleague.",
        "Did this resonate? Send it to someone, or share this on Facebook.",
        "Please share!",
    ],
    "twice-comment": [
        "Leave a comment below.",
        "What do you think? Let me know in the comments!",
        "Tell me your story below.",
        "Please comment below with your own experience.",
        "I would love to hear your thoughts.",
        "Your comments are welcome.",
    ],
    "twice-invitation": [
        "Call me at 718-555-0142.",
        "To schedule an appointment, phone my office: (212) 555-0177.",
        "Would you like to talk? Call {practice.phone}.",
        "[Call me](tel:+17185550142) today, or at 718.555.0142.",
    ],
    "twice-bio": [
        "Hannah Vale, LMHC, is a psychotherapist in private practice.",
        "**Hannah Vale** works with adults in Brooklyn.",
        "{therapist.name} is a counselor.",
    ],
    "twice-report": [
        "Download my free report, “Seven ways to sleep”.",
        "Get your free guide to better sleep.",
        "Sign up for my free e-book on anxiety.",
    ],
    "twice-perspective": [
        "This was written from the perspective of a couples therapist.",
        "This post is written from a psychodynamic point of view.",
        "This article has been written from the viewpoint of CBT.",
    ],
}


@pytest.mark.parametrize(("rule", "said"), [(r, said) for r, all_ in BAD.items() for said in all_])
def test_each_way_to_say_it_is_found(rule: str, said: str) -> None:
    assert rule in [found for found, _ in rules(ARTICLE.format(said))]


@pytest.mark.parametrize(
    "said", ["By Hannah Vale", "*by Hannah Vale, LMHC*", "Written by Jane Q. Doe, LCSW"]
)
@pytest.mark.parametrize("place", ["{0}\n\nText.", "Text.\n\n{0}"])
def test_a_byline_is_found_at_either_end(said: str, place: str) -> None:
    said = said.replace("*by", "*By")
    assert [rule for rule, _ in rules(place.format(said))] == ["twice-byline"]


@pytest.mark.parametrize(
    "said",
    [
        "Keep a diary of your dreams and share it with your therapist.",
        "It is hard to share a secret.",
        "You can send the bill to your plan.",
        "He left a comment on my silence.",
        "She passed the tissues and said nothing.",
        "Children share toys.",
        "Call or text 988 at any hour.",
        "Call the hotline at 1-800-799-7233; they listen.",
        "The Office of the Professions takes complaints: 1-800-442-8106.",
        "The novel is told from the perspective of a child.",
        "It was written from the point of view of her brother.",
        "Ask for a free first session.",
        "By Monday Morning Everything had changed, and I called my sister.",
        "Hannah Arendt is a philosopher who wrote about this.",
        "> Hannah Vale is a counselor.\n> Call me at 718-555-0142.",
        "`Leave a comment below.`",
    ],
)
def test_what_is_no_frame_raises_nothing(said: str) -> None:
    assert rules(ARTICLE.format(said)) == []


def test_pages_and_other_languages_are_left_alone() -> None:
    assert rules("Call me at 718-555-0142.", more="lang: de") == []


def nowhere(body: str) -> list[str]:
    one = page(body)
    return [remark.words for remark in website_nowhere(one, here(one))]


@pytest.mark.parametrize(
    "body",
    [
        "For more, visit my website:",
        "Please visit my website.\n\nMore text.",
        "Check out our web page for fees",
        "You can find me on my website, as always.",
        "Visit my website:\n\nHannah",
    ],
)
def test_a_call_to_visit_a_website_needs_an_address(body: str) -> None:
    one = page(f"Text.\n\n{body}")
    (remark,) = website_nowhere(one, here(one))
    assert remark.words in one.text.body.split("\n")[remark.line - one.text.first_line]
    row = next(n for n, r in enumerate(PRACTICE.split("\n"), 1) if r.startswith("website ="))
    assert f"line {row} of content/practice.toml" in remark.instead


@pytest.mark.parametrize(
    "body",
    [
        "Visit [my website]({practice.website}).",
        "Visit my website: <https://amsel.test>",
        "Visit my website: www.amsel.test",
        "Visit my website:\n\n{practice.website}",
        "Visit my website: {practice.website}",
        "Visit my website at amsel.com.",
        "Visit my <a href='https://amsel.test'>website</a>.",
        "> Visit my website:",
        "Visit [my website][site].\n\n[site]: https://amsel.test",
    ],
)
def test_a_call_that_leads_somewhere_raises_nothing(body: str) -> None:
    assert nowhere(body) == []
