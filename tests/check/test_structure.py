"""Headings in order, links to parts of pages that exist, titles and summaries that tell apart."""

from dataclasses import replace

import pytest

from insession.check.rules.structure import anchors, empty_headings, heading_order
from insession.check.rules.summaries import summary_length, twins
from tests.check.pages import page, said, site


@pytest.mark.parametrize(
    "body",
    [
        "## One\n\n### Two\n\n#### Three\n\n## Four\n\ntext",
        "# One\n\n## Two\n\n### Three",
        "One\n===\n\nTwo\n---\n\n### Three",
        "```\n# a comment\n#### and one\n```\n\nNo headings.",
        "## ![A window](../images/a.png)",
        "## One\n\ntext[^1]\n\n[^1]: a note",
    ],
)
def test_headings_in_order_raise_nothing(body: str) -> None:
    assert said(heading_order, body) == []
    assert said(empty_headings, body) == []


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("### One", 1, "One"),
        ("## One\n\ntext\n\n#### Two *words*", 5, "Two words"),
        ("## One\n\n<h5>Two</h5>", 3, "Two"),
        ("```\n# no\n```\n\n## One\n\n##### Two", 7, "Two"),
    ],
)
def test_a_skipped_rank_is_found(body: str, line: int, words: str) -> None:
    assert said(heading_order, body) == [(line, words)]


@pytest.mark.parametrize("body", ["## One\n\n##\n\ntext", "## One\n\n<h3></h3>"])
def test_an_empty_heading_is_found(body: str) -> None:
    assert [line for line, _ in said(empty_headings, body)] == [3]


OTHER = page("## Why it helps\n\nText.\n\n## Questions", relative="articles/b.md", title="B")


def anchors_of(body: str) -> list[tuple[str, str]]:
    one = page(body)
    return [(a.words, a.instead) for a in anchors(one, site(one, OTHER))]


@pytest.mark.parametrize(
    "link",
    ["b.md#why-it-helps", "#here", "#top", "#", "b.md", "../articles/b.md#questions",
     "/b/#questions",
     "https://www.example.com/#nowhere", "mailto:a@b.example", "{filename}b.md#questions",
     "c.md#x"],
)  # fmt: skip
def test_a_link_to_a_part_that_is_there_raises_nothing(link: str) -> None:
    assert anchors_of(f"## Here\n\n[a link]({link}) and a note[^1]\n\n[^1]: a note") == []


def test_a_link_to_a_missing_part_names_the_nearest() -> None:
    assert anchors_of("[x](b.md#why-it-help)") == [("b.md#why-it-help", "b.md#why-it-helps")]
    assert anchors_of("## Here\n\n[x](#hre)") == [("#hre", "#here")]
    assert anchors_of("[x](/b/#question)") == [("/b/#question", "/b/#questions")]


def test_without_a_near_one_the_headings_are_offered() -> None:
    ((_, instead),) = anchors_of("[x](b.md#zzz)")
    assert instead == "one of its headings: b.md#why-it-helps, b.md#questions"


def test_a_summary_for_search_results_is_neither_long_nor_short() -> None:
    def found(summary: str) -> list[str]:
        one = page("x")
        header = one.text.header.model_copy(update={"summary": summary})
        text = type(one.text)(**{**vars(one.text), "header": header})
        changed = replace(one, read=lambda: text)
        return [remark.why for remark in summary_length(changed, site(changed))]

    assert found("How a first session goes, and what you can ask.") == []
    assert found("a" * 160) == []
    assert "171" in found("word " * 34 + "b")[0]
    assert len(found("Short.")) == 1


def test_two_texts_with_one_title_or_summary_name_each_other() -> None:
    one, two = page("x", title="A Title"), page("y", relative="articles/b.md", title="a  title")
    found = [*twins(site(one, two))]
    assert {a.rule for a in found} == {"same-title", "same-summary"}
    assert all("content/articles/b.md" in a.why for a in found if a.file.endswith("a.md"))
    assert [*twins(site(one))] == []


def test_a_note_that_nothing_leads_to_is_found_where_it_stands() -> None:
    body = "## Here\n\nText[^1].\n\n[^1]: a note\n\n[^lost]: another"
    assert said(anchors, body) == [(7, "[^lost]")]
