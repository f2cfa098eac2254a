"""`start` asks for what is hers, writes it down, and takes away what she doesn't keep."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from insession.content import questions, start
from insession.content.leftovers import FACT_SECTIONS
from insession.content.practice import PracticeFile, read_practice
from insession.content.questions import BLOG, PRACTICE, WHO
from insession.content.samples import values_of
from tests import support
from tests.support import HER_PRACTICE, ROOT, article, replace_all

Capture = pytest.CaptureFixture[str]
SAMPLE = ROOT / "content"
# What a therapist types where the question has these words.
HER_ANSWERS = {
    "Your name": "Ruth Amsel",
    "The letters": "LCSW",
    "letters stand for": "licensed clinical social worker",
    "number of your licence": "004217",
    "The state": "Oregon",
    "How you work": "integrative",
    "pronouns": "they/them",
    "Who you are": "I see couples, and I write about what they ask first.",
    "name of your blog": "Two Windows",
    "What it is about": "On talking, for couples.",
    "The address that": "https://blog.amsel.test",
    "time zone": "America/Los_Angeles",
    "Where you work": "Portland, OR",
    "telephone": "917-727-3549",
    "e-mail": "ruth@amsel.test",
    "can be reached": "Tuesdays and Fridays",
    "invitation": "If it sounds like you two, call me.",
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(SAMPLE, tmp_path / "content")


class Typed:
    """What somebody types: an answer by the words of its question, else Enter."""

    def __init__(self, answers: dict[str, str | list[str]]) -> None:
        self.answers = {key: [*([value] if isinstance(value, str) else value)]
                        for key, value in answers.items()}  # fmt: skip
        self.asked: list[str] = []

    def __call__(self, question: str) -> str:
        self.asked.append(question)
        for words, answers in self.answers.items():
            if words in question and answers:
                answer = answers.pop(0)
                if answer in (STOP, END):
                    raise {STOP: KeyboardInterrupt, END: EOFError}[answer]
                return answer
        return ""


STOP, END = "(Ctrl-C)", "(end)"


@pytest.fixture
def run(content: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Typed]]:
    def begin(code: int = 0, **answers: str | list[str]) -> Typed:
        typed = Typed({key.replace("_", " "): value for key, value in answers.items()})
        monkeypatch.setattr(questions, "ask", typed)
        monkeypatch.setattr(start, "ask", typed)
        assert start.start(str(content)) == code
        return typed

    return begin


def practice(content: Path) -> PracticeFile:
    return read_practice(content / "practice.toml")


def state(content: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in content.rglob("*") if path.is_file()}


def test_her_answers_stand_in_practice_toml_and_its_notes_stay(
    run: Callable[..., Typed], content: Path, capsys: Capture
) -> None:
    run(**HER_ANSWERS)
    found = practice(content)
    assert (found.therapist.name, found.therapist.licence_state) == ("Ruth Amsel", "Oregon")
    assert (found.practice.phone, found.site.timezone) == ("+19177273549", "America/Los_Angeles")
    assert (found.offer, found.practice.booking_url) == (None, None)
    assert found.practice.website == "https://blog.amsel.test"
    text = (content / "practice.toml").read_text(encoding="utf-8")
    notes = [row for row in support.PRACTICE.split("\n") if row.startswith("# ")]
    assert all(row in text.split("\n") for row in notes)
    assert 'phone = "+19177273549"' in text
    said = capsys.readouterr().out
    assert "content/practice.toml:" not in said  # nothing of it is left
    assert "content/pages/privacy.md:1" in said


def test_a_second_run_with_enter_alone_changes_nothing_more(
    run: Callable[..., Typed], content: Path
) -> None:
    run(**HER_ANSWERS, Which="none")
    before = state(content)
    asked = run().asked
    assert state(content) == before
    assert any("[Ruth Amsel]" in question for question in asked)
    assert any("[(917) 727-3549]" in question for question in asked)
    assert not any("Which" in question for question in asked)


def test_enter_never_takes_the_samples_values_for_hers(
    run: Callable[..., Typed], content: Path, capsys: Capture
) -> None:
    asked = run().asked
    assert not any("Hannah" in question or "LMHC" in question for question in asked)
    found = practice(content)
    assert found.therapist.name == "Hannah Vale"  # later
    assert (found.therapist.licence_number, found.practice.email) == (None, None)
    assert "therapist.name: “Hannah Vale”" in capsys.readouterr().out


@pytest.mark.parametrize("stop", [STOP, END])
def test_stopping_at_once_changes_nothing(
    run: Callable[..., Typed], content: Path, capsys: Capture, stop: str
) -> None:
    before = state(content)
    run(130, Your_name=stop)
    assert state(content) == before
    assert "Nothing was changed." in capsys.readouterr().out


@pytest.mark.parametrize("stop", [STOP, END])
def test_stopping_half_way_keeps_what_was_answered(
    run: Callable[..., Typed], content: Path, capsys: Capture, stop: str
) -> None:
    run(130, Your_name="Ruth Amsel", telephone=stop)
    assert practice(content).therapist.name == "Ruth Amsel"
    assert "What you answered stands in content/practice.toml" in capsys.readouterr().out
    run(130, Which=stop)
    assert len([*(content / "articles").iterdir()]) == len([*(SAMPLE / "articles").iterdir()])


def test_what_nobody_sees_in_an_answer_is_not_written_down(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pasted = {"Your name": "Ruth\u200b Amsel\ufeff", "e-mail": "\u202aruth@amsel.test\u202c"}
    typed = Typed({**pasted, "What it is about": "\u200b", "Which": STOP})
    monkeypatch.setattr("builtins.input", typed)
    assert start.start(str(content)) == 130
    assert practice(content).therapist.name == "Ruth Amsel"
    assert practice(content).practice.email == "ruth@amsel.test"
    assert practice(content).site.tagline == read_practice(SAMPLE / "practice.toml").site.tagline


def test_a_practice_file_that_may_not_be_written_is_named(
    run: Callable[..., Typed], content: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr("insession.content.text_file.os.access", lambda *_: False)
    run(1, Your_name="Ruth Amsel")
    said = capsys.readouterr().out
    assert f"{content / 'practice.toml'} can’t be written: you may not write to this file" in said


@pytest.mark.parametrize("word", ["-", "none", "None", "—"])
def test_what_is_to_be_left_out_can_be_said_in_several_ways(
    run: Callable[..., Typed], content: Path, word: str
) -> None:
    typed = run(pronouns=word, free_to_read="A report", The_address_of=[word, "-"])
    assert practice(content).therapist.pronouns is None
    assert practice(content).offer is None
    assert len([asked for asked in typed.asked if "“A report”" in asked]) == 1


def test_later_is_the_word_for_enter(run: Callable[..., Typed], content: Path) -> None:
    before = practice(content)
    run(Your_name="Later", time_zone="later")
    assert practice(content).therapist.name == before.therapist.name
    assert practice(content).site.timezone == before.site.timezone


@pytest.mark.parametrize(
    ("words", "wrong", "right", "said"),
    [
        ("telephone", "hello", "(917) 727-3549", "“hello” is not a telephone number"),
        ("telephone", "555", "+44 20 7946 0018", "no such number exists"),
        ("e-mail", "ruth", "ruth@amsel.test", "“ruth” is not an e-mail address"),
        ("The address that", "amsel.test", "https://amsel.test", "https://amsel.test"),
        ("time zone", "Moon", "Europe/Dublin", "“Moon” is not a time zone"),
        ("new clients", "perhaps", "no", "Type yes or no."),
        ("Your name", "-", "Ruth Amsel", "This one has to stand there"),
        ("The country", "Atlantis", "US", "no country’s code"),
        ("free to read", "", "-", ""),
    ],
)
def test_a_wrong_answer_is_explained_and_asked_again(
    run: Callable[..., Typed], capsys: Capture, words: str, wrong: str, right: str, said: str
) -> None:
    asked = run(**{words.replace(" ", "_"): [wrong, right]}).asked
    count = sum(words in question for question in asked)
    assert count == (2 if said else 1)
    assert said in " ".join(capsys.readouterr().out.split())


def test_another_country_brings_its_numbers_and_asks_for_its_lines(
    run: Callable[..., Typed], content: Path
) -> None:
    run(The_country="uk", emergency="999", A_line="Samaritans", its_number="116 123",
        telephone="020 7946 0018", time_zone="Europe/London")  # fmt: skip
    found = practice(content)
    assert (found.site.language, found.practice.phone) == ("en-GB", "+442079460018")
    assert (found.crisis.region, found.crisis.emergency) == (None, "999")
    assert [line.label for line in found.crisis.all_lines] == ["Samaritans"]
    assert found.site.timezone == "Europe/London"


def test_a_long_name_is_asked_for_its_family_name_and_another_name_drops_it(
    run: Callable[..., Typed], content: Path, capsys: Capture
) -> None:
    run(Your_name="Ana María García Márquez", family_name=["Garcia", "García Márquez"])
    assert "\n  “Garcia” is no part of the name" in capsys.readouterr().out
    assert practice(content).therapist.family_name == "García Márquez"
    asked = run(Your_name="Ruth Amsel").asked
    assert practice(content).therapist.family_name is None
    assert not any("family name" in question for question in asked)


def test_a_report_needs_its_address(run: Callable[..., Typed], content: Path) -> None:
    run(free_to_read="What couples ask", The_address_of=["", "here", "https://amsel.test/ask"])
    offer = practice(content).offer
    assert offer
    assert (offer.title, offer.url) == ("What couples ask", "https://amsel.test/ask")


def test_a_broken_practice_file_is_told_before_anything_is_asked(
    run: Callable[..., Typed], content: Path, capsys: Capture
) -> None:
    (content / "practice.toml").write_text("[site", encoding="utf-8")
    assert run(1).asked == []
    assert "content/practice.toml:1" in capsys.readouterr().out


def test_an_emptied_practice_file_is_to_be_brought_back(
    run: Callable[..., Typed], content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (content / "practice.toml").write_text("\n", encoding="utf-8")
    assert not run(code=1).asked
    told = capsys.readouterr().out
    assert "practice.toml: this file is empty.\n    Bring back an earlier version of it." in told
    assert "remove" not in told


def test_windows_line_ends_and_a_byte_order_mark_stay(
    run: Callable[..., Typed], content: Path
) -> None:
    file = content / "practice.toml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    run(Your_name="Zoë Ångström")
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert practice(content).therapist.name == "Zoë Ångström"


# The sample's articles


def hers(content: Path, files: dict[str, str]) -> None:
    """A blog whose practice is hers already, with these files besides."""
    for name, text in ({"practice.toml": HER_PRACTICE} | files).items():
        (content / name).write_text(text, encoding="utf-8")


def test_the_articles_of_the_sample_go_and_their_links_with_them(
    run: Callable[..., Typed], content: Path, capsys: Capture
) -> None:
    body = """See [how it *ends*](how-therapy-ends.md#afterward "The end") and [silence][s], [s],
<a href="/why-silence-helps/">that</a>, [whole](https://blog.amsel.test/how-therapy-ends/),
[marked]({filename}/articles/how-therapy-ends.md), [mine](other.md), [call](../pages/contact.md)
and `[code](how-therapy-ends.md)`.

[s]: why-silence-helps.md
"""
    other = article("Other")
    hers(content, {"articles/mine.md": article("Mine", body=body), "articles/other.md": other})
    sentences = '# Mine.\n"Starting therapy" = "A"\n"In the room" = "B"\n'
    sentences += '[Elsewhere]\nquick_exit = true\n["Practical matters"]\nsentence = "C"\n\n# End\n'
    (content / "topics.toml").write_text(sentences, encoding="utf-8")
    run(Which="none")
    left = (content / "topics.toml").read_text(encoding="utf-8")
    kept = '# Mine.\n"Starting therapy" = "A"\n[Elsewhere]\nquick_exit = true\n'
    assert left == kept, "the topics of her own articles"
    names = {path.name for path in (content / "articles").iterdir()}
    assert names == {"mine.md", "other.md"}
    assert not (content / "images/two-chairs.png").exists()
    mine = (content / "articles/mine.md").read_text(encoding="utf-8")
    assert "See how it *ends* and silence, [s]," in mine
    assert "\nthat, whole,\nmarked, " in mine
    assert "](how-therapy-ends" not in mine.replace("`[code](how-therapy-ends.md)`", "")
    assert "[mine](other.md)" in mine
    assert "`[code](how-therapy-ends.md)`" in mine
    assert "why-silence-helps" not in mine
    assert "](../articles/" not in (content / "pages/about.md").read_text(encoding="utf-8")
    said = capsys.readouterr().out
    assert "content/pages/about.md:" in said
    assert "content/articles/mine.md:9" in said


def test_what_she_keeps_becomes_a_draft_and_is_not_linked_from_what_is_published(
    run: Callable[..., Typed], content: Path, capsys: Capture
) -> None:
    hers(content, {"articles/mine.md": article("Mine", body="[a](how-therapy-ends.md)")})
    titles = [row.split("  ") for row in listed(run, capsys) if "How therapy ends" in row]
    run(Which=["0", "x", titles[0][-2].strip()])
    text = (content / "articles/how-therapy-ends.md").read_text(encoding="utf-8")
    assert text.count("\nstatus: draft\n---\n") == 1
    assert {path.name for path in (content / "articles").iterdir()} == {
        "mine.md", "how-therapy-ends.md"
    }  # fmt: skip
    assert "](" not in (content / "articles/mine.md").read_text(encoding="utf-8")
    assert "Type numbers from 1 to" in capsys.readouterr().out


def listed(run: Callable[..., Typed], capsys: Capture) -> list[str]:
    """The list of articles, as it is shown when she answers “later”."""
    run()
    return capsys.readouterr().out.splitlines()


def test_an_article_with_words_of_hers_is_never_removed(
    run: Callable[..., Typed], content: Path, capsys: Capture
) -> None:
    ends = content / "articles/how-therapy-ends.md"
    hers(content, {"articles/how-therapy-ends.md": f"{ends.read_text('utf-8')}\nMy own thought.\n"})
    run(Which="none")
    assert [path.name for path in (content / "articles").iterdir()] == ["how-therapy-ends.md"]
    assert "how-therapy-ends.md is still mostly the sample’s" in " ".join(
        capsys.readouterr().out.split()
    )


def test_an_address_in_practice_toml_leads_to_nothing_that_is_gone(
    run: Callable[..., Typed], content: Path
) -> None:
    address = "https://blog.amsel.test/how-therapy-ends/"
    pairs = {
        "https://practice.amsel.test/booking": address,
        "https://practice.amsel.test/contact": address,
        "https://practice.amsel.test/first-session-guide": address,
    }
    hers(content, {"practice.toml": replace_all(HER_PRACTICE, pairs)})
    run(Which="none")
    found = practice(content)
    assert (found.practice.booking_url, found.offer) == (None, None)
    assert found.practice.contact_url == "https://blog.amsel.test"


def test_later_leaves_every_article(run: Callable[..., Typed], content: Path) -> None:
    before = {path.name for path in (content / "articles").iterdir()}
    run()
    assert {path.name for path in (content / "articles").iterdir()} == before


def test_every_value_that_the_sample_invented_is_asked_for() -> None:
    sample = read_practice(SAMPLE / "practice.toml")
    keys = {key for key, _ in values_of(sample) if not key.startswith(FACT_SECTIONS)}
    asked = {question.key for question in (*WHO, *BLOG, *PRACTICE)}
    by_themselves = {"site.language", "site.language_models", "practice.accepting_clients"}
    by_themselves |= {"offer.title", "offer.url"}
    assert keys - asked - by_themselves == set()
