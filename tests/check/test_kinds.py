"""Sentences as therapists' blogs have them, by what they deserve: a remark of their kind, or none.

Those in corpus/kinds/ are what the rules were made with. Those in corpus/held/ are not: they say
how much is seen of a text that nobody has seen (benchmarks/remarks.py).
"""

from pathlib import Path

import pytest

from benchmarks.remarks import HELD, KINDS, names, scores
from insession.check.text.sentences import speeches
from tests.check.texts import KNOWN, corpus, remarks, text

FILES = sorted(path.stem for path in (Path(__file__).parent / "corpus" / "kinds").glob("*.toml"))
CASES = [
    (kind, sentence, is_bad)
    for name in FILES
    for kind, sentences in corpus(f"kinds/{name}").items()
    for is_bad in (True, False)
    for sentence in sentences["bad" if is_bad else "good"]
]


@pytest.mark.parametrize(("kind", "sentence"), [(k, s) for k, s, is_bad in CASES if is_bad])
def test_what_could_hurt_gets_a_remark_of_its_kind(kind: str, sentence: str) -> None:
    assert KINDS[kind] & names(sentence, KNOWN)


@pytest.mark.parametrize("sentence", [sentence for _, sentence, is_bad in CASES if not is_bad])
def test_what_hurts_nobody_gets_no_remark(sentence: str) -> None:
    assert names(sentence, KNOWN) == set()


@pytest.mark.parametrize("path", sorted(HELD.glob("*.toml")), ids=lambda path: path.stem)
def test_of_sentences_that_no_rule_was_made_after_most_are_seen(path: Path) -> None:
    few = {score.kind: (score.recall, score.precision) for score in scores(path)}
    assert {kind: pair for kind, pair in few.items() if min(pair) < 0.8} == {}


def test_a_case_is_about_its_person_up_to_the_next_heading() -> None:
    rain = "It rained. " * 12
    body = f"A client of mine had lost her job.\n\n{rain}\n\n{rain}\n\nShe is 34. I am 51."
    details = [remark.words for remark in remarks(text(body)) if remark.rule != "vignette"]
    assert details == ["is 34"]
    other = body.replace("She is 34", "## Another thing\n\nMy sister is a nurse. She is 34")
    assert [r.words for r in remarks(text(other)) if r.rule != "vignette"] == []


def test_each_detail_of_a_far_sentence_is_named() -> None:
    story = next(sentence for _, sentence, _ in CASES if "audiologist" in sentence)
    found = {each.words for each in remarks(text(story)) if each.rule == "identifying-detail"}
    assert found == {"Chen", "34", "audiologist", "three blocks from me"}


@pytest.mark.parametrize(
    ("sentence", "instead"),
    [
        ("An addict lies.", "“A person with an addiction”"),
        ("She is an alcoholic.", "“a person with an alcohol use disorder”"),
        ("Then addicts relapse.", "“people with an addiction”"),
        ("Addicts relapse.", "“People with an addiction”"),
        ("The addict’s brain changes.", "“The brain of the person with an addiction”"),
        ("She commits suicide in the film.", "“dies by suicide”"),
        ("Many commit suicide.", "“die by suicide”"),
        ("Committing suicide isn’t a crime.", "“Dying by suicide”"),
        ("He committed suicide.", "“died by suicide”"),
        ("People suffering from depression wait.", "“with” or “living with”"),
        ("She suffers from panic attacks.", "“has” or “lives with”"),
        ("OCD sufferers know this.", "“People with OCD”"),
        ("Schizophrenics hear voices.", "“People with schizophrenia”"),
        ("My uncle was a schizophrenic who painted.", "“a person with schizophrenia”"),
        ("The suicide victim’s mother waits.", "“The mother of the person who died by suicide”"),
        ("Drug users may come.", "“People who use drugs”"),
        ("A 52-year-old client told me that he sleeps.", "“in his fifties”"),
        ("A client of mine, 34, told me that she sleeps.", "“in her thirties”"),
        ("A fifteen-year-old client told me that he sleeps.", "“a teenager”"),
    ],
)
def test_a_suggestion_fits_the_grammar_of_what_stands_there(sentence: str, instead: str) -> None:
    assert any(remark.instead.startswith(instead) for remark in remarks(text(sentence)))


@pytest.mark.parametrize("marks", ["“”", '""'])
def test_a_quotation_over_paragraphs_is_not_hers(marks: str) -> None:
    body = "She wrote: {}I was a child.\n\nMy aunt was a lunatic.\n\nWe were insane.{} And then?"
    assert remarks(text(body.format(*marks))) == []
    hers = remarks(text(body.format(*marks) + "\n\nIt was an insane day."))
    assert [remark.words for remark in hers] == ["insane"]


def test_a_quotation_that_is_never_closed_covers_its_own_paragraph() -> None:
    assert speeches(["She said: “Wait.", "Then rain.", "“Rain.”"]) == {}
    assert [r.words for r in remarks(text("“I wait.\n\nIt was insane."))] == ["insane"]


def test_a_text_about_suicide_names_help_near_its_top_or_says_what_is_coming() -> None:
    about = "A suicide is never simple. Nobody who is suicidal is alone. Suicide is a word."
    far = "It rained all day. " * 60
    rule = "suicide-unannounced"
    assert [remark.rule for remark in remarks(text(about))] == [rule]
    assert rule in {remark.rule for remark in remarks(text(f"{about}\n\n{far}\n\nCall 988."))}
    assert remarks(text(f"Call 988 if you need to.\n\n{about}")) == []
    assert remarks(text(about, more="content_note: This piece speaks of suicide.")) == []
    assert remarks(text("A suicide is never simple.")) == []
