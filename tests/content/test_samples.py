"""The sample is known again, also after some changes; what is hers isn't."""

import re
import shutil
import tomllib
from datetime import date, datetime
from pathlib import Path

import pytest

from insession.content import samples
from insession.content.front_matter import parse, schema_of
from insession.content.leftovers import (
    ARTICLE,
    EXAMPLES,
    FACT,
    VALUE,
    Leftover,
    Written,
    find_leftovers,
    listed_leftovers,
)
from insession.content.practice import parse_practice, read_practice
from insession.content.samples import COMMAND, is_sample_value, is_untouched, share_of_sample
from tests.support import HER_PRACTICE, PRACTICE, ROOT

SAMPLE = ROOT / "content"
TEXTS = sorted([*(SAMPLE / "articles").glob("*.md"), *(SAMPLE / "pages").glob("*.md")])
TODAY = date(2026, 12, 1)
HERS = "My grandmother kept a notebook of all her quarrels, and in spring she burned it. " * 30


def body_of(path: Path) -> str:
    return parse(path.read_text(encoding="utf-8"), path.name, schema_of(is_page(path)))[1]


def is_page(path: Path) -> bool:
    return path.parent.name == "pages"


def is_ours() -> bool:
    """Whether content/ is still the sample, and no therapist's own."""
    return is_sample_value("therapist.name", tomllib.loads(PRACTICE)["therapist"]["name"])


def test_every_value_sentence_and_picture_of_the_sample_is_known() -> None:
    missing = set(samples.lines_of(SAMPLE)) - samples.known() if is_ours() else set()
    assert not missing, f"the sample has changed; type: .venv/bin/{COMMAND}"


def test_no_page_of_the_sample_says_that_somebody_reviewed_it() -> None:
    pages = [path for path in TEXTS if is_page(path)] if is_ours() else []
    dated = [path.name for path in pages if "\nreviewed:" in path.read_text(encoding="utf-8")]
    assert dated == []


def test_a_blog_that_is_hers_is_never_taken_for_the_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "samples.txt"
    file.write_text(samples.FILE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(samples, "FILE", file)
    (tmp_path / "practice.toml").write_text(HER_PRACTICE, encoding="utf-8")
    assert samples.main(tmp_path) == 1
    assert "isn't the sample any more" in capsys.readouterr().out
    shipped = Path(samples.__file__).with_name("samples.txt")
    assert file.read_bytes() == shipped.read_bytes()


@pytest.mark.parametrize("path", TEXTS[:3], ids=lambda path: path.name)
def test_line_ends_blanks_signs_and_lost_links_hide_no_sample(path: Path) -> None:
    body = body_of(path)
    for changed in (
        body.replace("\n", "\r\n"),
        body.replace("\n", "  \n"),
        body.replace("*", "_").replace('"', "“"),
        body.replace("](", "](../somewhere/else-"),
        body.upper(),
        "\n\n".join(reversed(body.split("\n\n"))),
    ):
        assert share_of_sample(changed) > 0.95


def test_a_partly_edited_sample_is_the_samples_until_most_of_it_is_hers() -> None:
    body = body_of(SAMPLE / "articles" / "how-therapy-ends.md")
    parts = body.split("\n\n")
    a_word_each = "\n\n".join(f"Honestly, {part}" for part in parts)
    assert is_untouched(body)
    assert share_of_sample(a_word_each) > 0.5
    assert not is_untouched(a_word_each)
    assert share_of_sample(f"{HERS}\n\n{parts[0]}") < 0.2
    assert share_of_sample(HERS) == 0
    assert share_of_sample("") == 0


def test_each_value_is_known_however_it_is_spaced_and_hers_are_not() -> None:
    sample, hers = (parse_practice(text, "practice.toml") for text in (PRACTICE, HER_PRACTICE))
    assert all(is_sample_value(key, value) for key, value in samples.values_of(sample))
    assert is_sample_value("therapist.name", " hannah  VALE ")
    changed = {key for key, value in samples.values_of(hers) if not is_sample_value(key, value)}
    assert {"therapist.name", "practice.phone", "site.url", "offer.title"} <= changed
    assert not is_sample_value("site.title", "Hannah Vale")


def written(path: Path, body: str, **more: object) -> Written:
    values = {"is_page": False, "is_draft": False, "reviewed": None, "fields": ("A title",)}
    return Written(path, f"content/articles/{path.name}", body=body, **values | more)


def left(practice: str, *texts: Written, folder: Path) -> list[Leftover]:
    file = folder / "practice.toml"
    file.write_text(practice, encoding="utf-8")
    return find_leftovers(file, read_practice(file), texts, TODAY)


SESSION = (SAMPLE / "articles" / "how-therapy-ends.md").read_text(encoding="utf-8")


def test_the_list_begins_with_what_readers_would_act_on(tmp_path: Path) -> None:
    page = written(SAMPLE / "pages/privacy.md", body_of(SAMPLE / "pages/privacy.md"), is_page=True)
    article = written(SAMPLE / "articles/how-therapy-ends.md", SESSION)
    found = left(PRACTICE, page, article, folder=tmp_path)
    hows = list(dict.fromkeys(entry.how for entry in found if entry.blocks))
    assert hows[:2] == [VALUE, ARTICLE]
    assert "reviewed: 2026-12-01" in hows[2]
    assert found[0].what == "therapist.name: “Hannah Vale”"
    assert PRACTICE.splitlines()[found[0].line - 1] == 'name = "Hannah Vale"'
    assert [entry.what.partition(":")[0] for entry in found if not entry.blocks][:2] == [
        "site.title",
        "site.tagline",
    ]
    assert found[-1].how == FACT
    assert "credentials" in found[-1].what


def test_a_blog_whose_invented_values_are_hers_has_nothing_left(tmp_path: Path) -> None:
    assert left(HER_PRACTICE, folder=tmp_path) == []


@pytest.mark.parametrize(
    ("value", "example"),
    [
        ('website = "https://www.example.com/me"', "www.example.com/me"),
        ('email = "me@example.net"', "me@example.net"),
        ('booking_url = "https://clinic.example"', "clinic.example"),
        ('phone = "+1 212 555 0199"', "+12125550199"),
    ],
)
def test_an_example_that_the_sample_does_not_have_is_found(
    tmp_path: Path, value: str, example: str
) -> None:
    key = value.partition(" ")[0]
    rows = [value if row.startswith(f"{key} =") else row for row in HER_PRACTICE.splitlines()]
    (found,) = left("\n".join(rows), folder=tmp_path)
    assert found.how == EXAMPLES
    assert found.blocks
    assert example in found.what
    assert rows[found.line - 1] == value


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("See [me](https://www.example.org/).", ["“www.example.org”"]),
        ("Call (718) 555-0142 or 718.555.0142.", ["“(718) 555-0142”", "“718.555.0142”"]),
        ("For example.organic and counterexample.org it is no matter.", []),
        ("Write `https://example.org` as code.", []),
        ("Call 555-0142 today.", ["“555-0142”"]),
        ("Call 555-0242, 030 555 0142 or +49 30 555 0142.", []),
    ],
)
def test_examples_in_her_texts_are_found_with_their_line(
    tmp_path: Path, said: str, found: list[str]
) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\n# url: https://www.example.org\n---\n\n{said}\n", encoding="utf-8")
    entries = left(HER_PRACTICE, written(path, said), folder=tmp_path)
    assert [(entry.what, entry.line) for entry in entries] == [(words, 5) for words in found]


def test_drafts_are_not_on_the_list(tmp_path: Path) -> None:
    assert left(HER_PRACTICE, written(tmp_path, SESSION, is_draft=True), folder=tmp_path) == []


@pytest.mark.parametrize(
    ("reviewed", "count"),
    [(None, 1), (datetime(2026, 11, 23), 1), (datetime(2026, 12, 1), 0)],
)
def test_a_page_of_the_sample_is_hers_once_she_has_reviewed_it(
    tmp_path: Path, reviewed: datetime | None, count: int
) -> None:
    body = body_of(SAMPLE / "pages/privacy.md")
    page = written(tmp_path, body, is_page=True, reviewed=reviewed)
    assert len(left(HER_PRACTICE, page, folder=tmp_path)) == count


def test_what_the_sample_says_of_topics_and_words_is_told_until_it_is_hers(tmp_path: Path) -> None:
    for name in ("topics.toml", "glossary.toml"):
        shutil.copy(SAMPLE / name, tmp_path)
    topics, words = left(HER_PRACTICE, folder=tmp_path)
    assert not topics.blocks and not words.blocks
    rows = (tmp_path / "topics.toml").read_text(encoding="utf-8").splitlines()
    assert (topics.file, rows[topics.line - 1].partition(" = ")[0]) == (
        f"{tmp_path.name}/topics.toml",
        '"Starting therapy"',
    )
    assert topics.what == "Starting therapy, In the room, Practical matters"
    assert words.what.startswith("deductible, free association, ")
    (tmp_path / "topics.toml").write_text('"In the room" = "My own view of a room."', "utf-8")
    meaning = re.search("meaning = (.*)", (tmp_path / "glossary.toml").read_text("utf-8"))[1]
    glossary = f'["deductible"]\nmeaning = {meaning}\n\n["mine"]\nmeaning = "What is mine."\n'
    (tmp_path / "glossary.toml").write_text(glossary, "utf-8")
    assert [each.what for each in left(HER_PRACTICE, folder=tmp_path)] == ["deductible"]
    (tmp_path / "glossary.toml").write_text("[half", "utf-8")  # a build says so
    assert left(HER_PRACTICE, folder=tmp_path) == []


def test_the_list_is_numbered_and_no_line_is_too_long(tmp_path: Path) -> None:
    said = listed_leftovers(left(PRACTICE, folder=tmp_path))
    assert max(map(len, said.splitlines())) <= 78
    assert "\n  1. " in said
    assert "\n 10. " in said
