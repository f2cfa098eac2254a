"""The prompts of a new file are remarked on as long as they stand there."""

import re
from pathlib import Path

import pytest

from insession.check.rules.leftover_prompts import left_prompts
from insession.check.text.text import CheckedText, text_from
from insession.content.beginnings import all_beginnings
from insession.content.new import KINDS, SKELETONS, SUMMARY, fill_in
from tests.check.texts import KNOWN, SHOWN
from tests.support import article


def new_text(kind: str, summary: str = SUMMARY) -> CheckedText:
    """A file as `new` makes it."""
    values = {"title": "Anger", "date": "2026-11-25", "topic": "Feelings", "topics": "none yet"}
    values |= {"country": "US", "state": "Maine"}
    filled = fill_in(kind, summary=summary, **values)
    return text_from(filled, Path(SHOWN), SHOWN, is_page=kind == "page")


@pytest.mark.parametrize("kind", [*KINDS, "page", *(each.skeleton for each in all_beginnings())])
def test_what_new_asks_for_is_remarked_on_until_it_is_written(kind: str) -> None:
    text = new_text(kind)
    remarks = list(left_prompts(text, KNOWN))
    assert len(remarks) == 2
    assert remarks[0].words == SUMMARY
    prompts = [n for n, row in enumerate(text.body.splitlines(), text.first_line) if row[:1] == ">"]
    assert remarks[1].line == prompts[0]
    assert len(prompts) == 1 or f"and {len(prompts) - 1} more" in remarks[1].why


@pytest.mark.parametrize("topic", ["Your first topic", "your  first topic"])
def test_the_topic_of_a_new_file_in_an_empty_blog_is_remarked_on(topic: str) -> None:
    written = article(body="Text.").replace("Starting therapy", topic)
    (remark,) = left_prompts(text_from(written, Path(SHOWN), SHOWN, is_page=False), KNOWN)
    assert (remark.rule, remark.line, remark.words) == ("prompt", 5, topic)


def test_what_shows_how_a_source_is_written_is_remarked_on() -> None:
    filled = (SKELETONS / "book.md").read_text(encoding="utf-8")
    sources = "\n".join(re.findall(r"^# (sources:|  .*(?:title|url): .*)$", filled, re.M))
    written = article(more=sources, body="Text.")
    rows = written.split("\n")
    found = [*left_prompts(text_from(written, Path(SHOWN), SHOWN, is_page=False), KNOWN)]
    assert len(found) == 2
    assert all(remark.words in rows[remark.line - 1] for remark in found)
    hers = written.replace("Author, Title (publisher, year)", "Bowlby, Attachment (1969)")
    hers = hers.replace("https://www.example.org", "https://www.amsel.test")
    assert not [*left_prompts(text_from(hers, Path(SHOWN), SHOWN, is_page=False), KNOWN)]


def test_a_quotation_of_hers_is_no_prompt() -> None:
    written = new_text("article", summary="What anger is for.")
    body = "> Anger is a signal, wrote Harriet Lerner.\n\nIt is."
    hers = CheckedText(written.shown, written.path, written.header, written.header_lines, body, 9)
    assert list(left_prompts(hers, KNOWN)) == []
