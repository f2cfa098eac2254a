"""The header of an article or page: strict, and every mistake told with its line."""

import random
from datetime import datetime, timedelta, timezone

import pytest

from insession.common.problems import Problem, Problems
from insession.content import yaml_header
from insession.content.front_matter import ArticleHeader, Header, PageHeader, parse
from insession.content.yaml_header import read_header

TITLE = "title: A title"
REST = ["date: 2026-03-04", "summary: A summary.", "topic: Starting"]


def header(*lines: str) -> str:
    """An article whose header is these lines."""
    return "\n".join(["---", *lines, "---", "", "Body.", ""])


def read(text: str, schema: type[Header] = ArticleHeader) -> tuple[Header, str]:
    return parse(text, "content/articles/x.md", schema)


def refused(text: str, schema: type[Header] = ArticleHeader) -> list[Problem]:
    with pytest.raises(Problems) as caught:
        read(text, schema)
    assert {problem.file for problem in caught.value.problems} == {"content/articles/x.md"}
    return caught.value.problems


def test_a_header_is_read_and_the_body_kept_to_the_letter() -> None:
    found, body = read(header(TITLE, *REST, "tags: [silence, first session]") + "---\n  end")
    assert (found.title, found.topic, found.tags) == (
        "A title",
        "Starting",
        ["silence", "first session"],
    )
    assert (found.date, found.status, found.comments) == (
        datetime(2026, 3, 4),
        "published",
        "open",
    )
    assert body == "\nBody.\n---\n  end"


@pytest.mark.parametrize("title", ["No", "on", "1.10", "2026", "null", "~", "0x1F", "12:30:00"])
def test_a_title_is_taken_as_it_is_written(title: str) -> None:
    assert read(header(f"title: {title}", *REST))[0].title == title


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-03-04", datetime(2026, 3, 4)),
        ("2026-03-04 14:00", datetime(2026, 3, 4, 14)),
        ("2026-03-04T14:00:30", datetime(2026, 3, 4, 14, 0, 30)),
        ('"2024-02-29"', datetime(2024, 2, 29)),
        ("2026-03-04T14:00Z", datetime(2026, 3, 4, 14, tzinfo=timezone(timedelta()))),
        ("2026-03-04 14:00+02:00", datetime(2026, 3, 4, 14, tzinfo=timezone(timedelta(hours=2)))),
    ],
)
def test_a_date_is_read_as_iso_8601(written: str, meant: datetime) -> None:
    assert read(header(TITLE, f"date: {written}", *REST[1:]))[0].date == meant


@pytest.mark.parametrize(
    "written",
    [
        *("March", "03/04/2026", "3.4.2026", "2026-02-30", "2026-13-01", "2026-3-4", "20260304"),
        *("2026-03-04 25:00", "tomorrow", "4 March 2026", "2026", "0000-00-00", "２０２６-03-04"),
    ],
)
def test_a_date_written_any_other_way_is_refused_and_never_guessed(written: str) -> None:
    (problem,) = refused(header(TITLE, f"date: {written}", *REST[1:]))
    assert problem.line == 3
    assert written in problem.what
    assert "year-month-day: 2026-03-04" in problem.how


# one further line in the header, what she is told about it, how to write it right
MISTAKES = [
    ("sumary: x", "“sumary” is not a key", "Did you mean summary?"),
    ("Tags: [a]", "“Tags” is not a key", "Did you mean tags?"),
    ("save_as: ../output-evil/x.html", "“save_as” is not a key", "The keys are title"),
    ("url: /x/", "“url” is not a key", "The keys are title"),
    ("tags: silence", "tags must be a list", "tags: [silence, first session]"),
    ("tags: [[a], b]", "tags", "tags: [silence, first session]"),
    ("tags:", "tags", "tags: [silence, first session]"),
    ("status: drfat", "“drfat”", "did you mean draft?"),
    ("status: Draft", "“Draft”", "did you mean draft?"),
    ("status:", "status", "published, draft or hidden"),
    ("comments: yes", "“yes”", "open, closed or off"),
    ("invitation: no", "“no”", "none"),
    ("vignette: yes", "“yes”", "composite, consented or none"),
    ("quick_exit: yes", "“yes” is neither true nor false", "quick_exit: true"),
    ("quick_exit: True", "“True” is neither true nor false", "quick_exit: true"),
    ("quick_exit:", "quick_exit is empty", "quick_exit: true"),
    ("quick_exit: https://example.org", "neither true nor false", "quick_exit: true"),
    ("quickexit: true", "“quickexit” is not a key", "Did you mean quick_exit?"),
    ("slug: ../../x", "“../../x” can't be part of an address", "how-therapy-ends"),
    ("slug: How It Ends", "can't be part of an address", "small letters"),
    ("slug: a--b", "can't be part of an address", "how-therapy-ends"),
    ("id: ''", "id is empty", "id: the-old-file-name"),
    ("modified: yesterday", "“yesterday” is not a date", "2026-03-04"),
    ("lang: English", "not a language code", "en-US"),
    ("cover: ../secret.jpg", "not a picture in content/images", "images/"),
    ("cover: https://example.org/x.jpg", "not a picture in content/images", "images/"),
    ("cover: No", "“No” is not a picture", "cover: none"),
    ("cover: None", "“None” is not a picture", "cover: none"),
    ("cover: images/x.jpg", "the picture has no description", "cover_alt:"),
    ("sources: [https://example.org]", "sources", "url: https://"),
    ("sources: [{title: T}]", "url is missing", "url: https://"),
    ("sources: [{title: T, url: example.org}]", "web address", "https://example.org"),
    ("sources: [{title: T, url: 'javascript:x'}]", "web address", "https://"),
    ("title: B", "title stands here twice", "remove the other"),
    ("template: contact", "“template” is not a key", "The keys are"),
    ("content_note: *stars", "", "in quotes"),
    ("<<: {status: draft}", "“<<” is not a key", "The keys are"),
    ("comment", "can't be read", "key: text"),
    ("tags: [a, b", "never closed", "tags: [a, b]"),
    ('content_note: "never closed', "never closed", '"never closed"'),
    ("content_note: One: two", "a second colon", 'content_note: "One: two"'),
    ('content_note: "One" and two', "can't be read", "content_note: '\"One\" and two'"),
    ("content_note: @home", "can't be read", 'content_note: "@home"'),
    ("\tcontent_note: x", "has a tab in it", "spaces"),
]


@pytest.mark.parametrize(("line", "what", "how"), MISTAKES, ids=[row[0] for row in MISTAKES])
def test_a_mistake_is_told_with_its_line_and_how_to_write_it(
    line: str, what: str, how: str
) -> None:
    (problem,) = refused(header(TITLE, *REST, line))
    assert problem.line == 6, problem
    assert what in problem.what
    assert how in problem.how


@pytest.mark.parametrize("key", ["title", "date", "summary", "topic"])
def test_what_every_article_needs_is_asked_for(key: str) -> None:
    lines = [line for line in (TITLE, *REST) if not line.startswith(key)]
    (problem,) = refused(header(*lines))
    assert f"{key} is missing" in problem.what
    assert f"{key}: " in problem.how
    (empty,) = refused(header(f"{key}: ", *lines))
    assert (empty.line, key in empty.what) == (2, True)


@pytest.mark.parametrize("key", ["title: [a, b]", "title: {a: b}", "title: ''", "title: '  '"])
def test_a_title_that_is_no_text_is_refused(key: str) -> None:
    (problem,) = refused(header(key, *REST))
    assert problem.line == 2
    assert problem.what.startswith("title ")


@pytest.mark.parametrize(
    ("first", "how"),
    [
        ("title:A title", "title: A title"),
        (" title: A title", "title: A title"),
        ("- title: A title", "title: A title"),
    ],
)
def test_a_line_that_spoils_the_next_one_is_itself_named(first: str, how: str) -> None:
    (problem,) = refused(header(first, *REST))
    assert problem.line == 2
    assert how in problem.how


@pytest.mark.parametrize(
    "title", ["&c and so on", "!important news", "!!str x", "#1 question", "Your #1 question"]
)
def test_no_word_of_a_title_is_lost_without_a_message(title: str) -> None:
    (problem,) = refused(header(f"title: {title}", *REST))
    assert problem.line == 2
    assert f'title: "{title}"' in problem.how


def test_every_mistake_in_a_header_is_told_at_once() -> None:
    found = refused(header("date: March", "sumary: x", "tags: silence", "status: drfat"))
    assert [problem.line for problem in found] == [2, 2, 2, 2, 3, 4, 5]
    assert [p.what.split()[0] for p in found] == [
        *("date:", "summary", "title", "topic"),
        *("“sumary”", "tags", "status:"),
    ]


def test_a_blank_line_in_the_header_ends_nothing() -> None:
    found, body = read(header(TITLE, "", *REST, "", "status: draft"))
    assert (found.status, body) == ("draft", "\nBody.\n")
    (problem,) = refused(header(TITLE, "", *REST, "", "status: drfat"))
    assert problem.line == 8


def test_comments_and_blank_lines_before_the_header_are_fine_and_counted() -> None:
    assert read("\n\n" + header("# a note", TITLE, *REST))[0].title == "A title"
    (problem,) = refused("\n\n" + header("# a note", TITLE, *REST, "status: drfat"))
    assert problem.line == 9


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("Just some text.\n", 1, "no header"),
        ("# A heading\n\nText: with a colon\n", 1, "no header"),
        ("title: A title\ndate: 2026-03-04\n\nBody.\n", 1, "doesn't stand between --- lines"),
        ("\n\nTitle: A title\nDate: 2026-03-04\n", 3, "doesn't stand between --- lines"),
        ("---\ntitle: A title\n\nBody.\n", 1, "never closed"),
        ("---\ntitle: A title\n--\nBody.\n", 1, "never closed"),
    ],
)
def test_a_header_without_its_lines_is_told_how_to_mark_it(text: str, line: int, what: str) -> None:
    (problem,) = refused(text)
    assert problem.line == line
    assert what in problem.what
    assert "---" in problem.how


@pytest.mark.parametrize("block", ["", "# only a note", "- a\n- b", "word", "''"])
def test_a_header_without_keys_is_refused(block: str) -> None:
    (problem,) = refused(f"---\n{block}\n---\nBody.")
    assert problem.line in (1, 2)
    assert "title:" in problem.how


def test_a_page_needs_no_date_or_topic_and_has_a_place_in_the_menu() -> None:
    found, _ = read(header(TITLE, "summary: S.", "menu: 2", "template: contact"), PageHeader)
    assert (found.menu, found.template) == (2, "contact")
    for line, what in [
        ("menu: 0", "menu"),
        ("template: ../base", "template"),
        ("date: 2026-01-01", "“date”"),
    ]:
        (problem,) = refused(header(TITLE, "summary: S.", line), PageHeader)
        assert (problem.line, what in problem.what) == (4, True)


ALIAS_BOMB = [
    "a: &a [x, x]",
    *(f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcde", "bcdef", strict=True)),
]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(ALIAS_BOMB, id="alias bomb"),
        pytest.param([f"tags: {'[' * 3000}{']' * 3000}"], id="deep"),
        pytest.param([f"tags: {'- ' * 3000}x"], id="deep list"),
        pytest.param(["tags:", f"  {'- ' * 3000}x"], id="deep list below"),
        pytest.param(["tags: !!python/object/apply:os.system [id]"], id="python"),
        pytest.param(["[a]: x"], id="list as key"),
        pytest.param(["? a\n: b"], id="question"),
        pytest.param(["title: a\x07b"], id="control sign"),
        pytest.param(["%YAML 1.2"], id="directive"),
        pytest.param(["key: |\n text\nmore"], id="block"),
    ],
)
def test_strange_yaml_is_refused_in_plain_words(lines: list[str]) -> None:
    for problem in refused(header(TITLE, *REST, *lines)):
        assert problem.line >= 1
        assert not any(
            word in f"{problem.what}{problem.how}" for word in ("Node", "yaml.org", "0x")
        )


YAML_WORDS = (
    "mapping",
    "scalar",
    "block end",
    "stream",
    "token",
    "sequence",
    "alphabetic",
    "alias",
)


@pytest.mark.parametrize("line", [row[0] for row in MISTAKES])
def test_no_message_needs_a_programmer_to_be_understood(line: str) -> None:
    (problem,) = refused(header(TITLE, *REST, line))
    assert not [word for word in YAML_WORDS if word in problem.what]


HEADER = """title: What ends a session
date: 2026-03-04 14:00+02:00
summary: >
  Some folded words
  and more.
tags: [first steps, "long weeks", quiet rooms]
sources:
  - title: 'It''s: an estimate'
    url: https://www.cms.gov/nosurprises
content_note: "A \\"note\\""
topic: Über
"""
SLIPS = [
    *"\"'[]{}:,-?|>%@`~=\n\\.&#!*\t\ufeff",
    *("\n  ", ": ", "\n- ", " [a, b]", "[why?]", "x: y\n", "---\n", "...", "- - a", "\\x41", "''"),
    *(": |\n  x", ": >+\n\n", "%YAML 1.1\n", "? a\n: b\n", "[a: b]", "[[", "[,", " #", "é", "😀"),
    *("why? ", " & ", "&a", "- &a b", "a? ", " * ", "!x", "\n? ", "\n...\n", "> &", "'\n  ? x'"),
]


def read_or_refused(block: str) -> object:
    try:
        return read_header(block, "x.md", 2)
    except Problems as refused:
        return refused.problems


@pytest.mark.parametrize("seed", range(10))
def test_libyaml_and_pyyaml_read_the_same_and_refuse_the_same(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, blocks = random.Random(seed), [HEADER]
    for _ in range(25):
        block = HEADER
        for _ in range(chance.randint(1, 3)):
            start = chance.randrange(len(block))
            end = start + chance.choice((0, 0, 0, 1, 4))
            block = block[:start] + chance.choice(SLIPS) + block[end:]
        blocks.append(block)
    blocks += ["\n".join([TITLE, *REST, mistake, ""]) for mistake, *_ in MISTAKES[seed::10]]
    quickly = [read_or_refused(block) for block in blocks]
    monkeypatch.setattr(yaml_header, "QUICK_LOADER", None)
    for block, quick in zip(blocks, quickly, strict=True):
        assert quick == read_or_refused(block), block


def test_a_plain_header_is_read_by_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("yaml.scan", never)
    for title in ("What ends a session", "What? Rock & roll...", "Is it * or !?"):
        block = HEADER.replace("What ends a session", title)
        assert read_or_refused(block)[0]["title"] == title


def test_brackets_in_brackets_are_refused_before_they_are_taken_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("yaml.scan", never)
    monkeypatch.setattr("yaml.compose", never)
    (problem,) = refused(header(TITLE, *REST, f"tags: {'[' * 3000}"))
    assert (problem.line, "brackets" in problem.what) == (6, True)


def test_without_libyaml_a_header_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_header, "QUICK_LOADER", None)
    assert read(header(TITLE, *REST))[0].title == "A title"


JEKYLL = ["layout: post", "date: 2026-03-04 13:45:05 -0600", "category: Anger", "draft: true"]


def test_a_header_of_another_program_is_told_in_one_sentence_and_how_it_is_mended() -> None:
    foreign, summary, date = sorted(
        refused(header("title: T", *JEKYLL)), key=lambda problem: "key" not in problem.what
    )
    assert "layout, category and draft" in foreign.what
    assert foreign.line == 3
    assert "check --fix" in foreign.how
    assert (date.line, "check --fix" in date.how) == (4, True)
    assert summary.what == "summary is missing."


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('+++\ntitle = "A"\n+++\n\nWords.\n', "TOML"),
        ('---toml\ntitle = "A"\n---\n\nWords.\n', "TOML"),
        ('{\n  "title": "A"\n}\n\nWords.\n', "JSON"),
        ('---json\n{"title": "A"}\n---\n\nWords.\n', "JSON"),
        ("Title: A\n\nWords.\n", "--- lines"),
    ],
)
def test_a_header_in_another_form_is_named_and_how_it_is_mended(text: str, form: str) -> None:
    (problem,) = refused(text)
    assert form in problem.what
    assert "check --fix" in problem.how
    assert "---" in problem.how
    assert problem.line == 1 + text.startswith("\n")


def test_one_key_of_another_program_has_its_word_here_and_who_mends_it() -> None:
    (problem,) = refused(header(TITLE, *REST[:2], "category: Starting"))
    assert problem.how.startswith("Write topic.")
    assert "check --fix" in problem.how


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('+++\ntitle = "A"\ndate = never\n+++\n\nWords.\n', 3, "TOML"),
        ('\n+++ \ntitle = "never closed"\n\nWords.\n', 2, "never closed"),
        ('{\n  "title": "A",\n  date: 2\n}\n\nWords.\n', 3, "JSON"),
        ('---json\n{"title": }\n---\n\nWords.\n', 2, "JSON"),
    ],
)
def test_a_header_that_is_none_in_its_own_form_either_is_told_where(
    text: str, line: int, what: str
) -> None:
    (problem,) = refused(text)
    assert (problem.line, what in problem.what) == (line, True)
    assert "check --fix" not in problem.how
