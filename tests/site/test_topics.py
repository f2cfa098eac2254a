"""Topics with a sentence of their own: content/topics.toml."""

from pathlib import Path

import pytest

from insession.common.problems import Problems
from tests.support import article, build_blog, one

SENTENCE = 'For those who "wonder".'


def test_a_topic_says_what_it_is_about(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "topics.toml": "# Mine.\n\"starting  Therapy\" = 'For those who \"wonder\".'\nKept = 'A'\n"
        "[Late]\nsentence = 'Of \"late\" hours.'\n",
        "articles/a.md": article(),
        "articles/b.md": article("B").replace("Starting therapy", "Endings"),
        "articles/c.md": article("C", "status: draft").replace("Starting therapy", "Kept"),
        "articles/d.md": article("D").replace("Starting therapy", "Late"),
    }
    built = build_blog(tmp_path, files)
    page = built.page("topic/starting-therapy/")
    assert one(page, ".page-header .standfirst").get_text() == "For those who “wonder”."
    assert one(page, "meta[name=description]")["content"].startswith("For those who “wonder”.")
    assert one(built.page("topic/late/"), ".standfirst").get_text() == "Of “late” hours."
    assert not built.page("topic/endings/").select(".standfirst")


@pytest.mark.parametrize(
    ("text", "line", "what", "how"),
    [
        ('\n"Starting theraphy" = "A"', 2, "Starting theraphy", '"Starting therapy" = '),
        ('Elsewhere = "A"', 1, "Elsewhere", "Starting therapy"),
        ('"Starting therapy" = 5', 1, "5", '= "'),
        ('"Starting therapy" = ["A", "B"]', 1, "quotes", '= "'),
        ('# a\n"Starting therapy" = " "', 2, "empty", "remove"),
        ('Starting therapy = "A"', 1, "can't be read", '"Starting therapy" = '),
        ('[topics]\n"Starting therapy" = "A"', 1, "section", '"Starting therapy" = '),
        ('"Starting therapy" = "A"\n"Starting therapy" = "B"', 2, "twice", "Remove"),
        ('"Starting therapy" = "A"\n"starting therapy" = "B"', 2, "twice", "Remove"),
        ('"Starting therapy" = "A\\u000B"', 1, "invisible", "Remove"),
        ("", 0, "empty", '"Starting therapy" = '),
        ('["Starting therapy"]\n', 1, "section", '"Starting therapy" = '),
        ('["Starting therapy"]\nquick_exit = "yes"', 2, "quick_exit", "quick_exit = true"),
        ('["Starting therapy"]\nquick_exit = True', 2, "small letters", "quick_exit = true"),
        ('["Starting therapy"]\nsentence = " "\nquick_exit = true', 2, "empty", "sentence = "),
        ('["Starting therapy"]\n\nsentence = 5', 3, "text", "sentence = "),
        ('["Starting therapy"]\nsentence = "A"\nquickexit = true', 3, "quickexit", "quick_exit"),
        (
            '["Starting therapy"]\nquick_exit = true\n"In the room" = "B"',
            *(3, "In the room", "above the first section"),
        ),
        ('["Elsewhere"]\nquick_exit = true', 1, "Elsewhere", "Starting therapy"),
        ('["Starting therapy"]\nsentence = "A\\u000B"', 2, "invisible", "Remove"),
    ],
)
def test_what_is_written_wrong_is_said_with_its_line(
    tmp_path: Path, text: str, line: int, what: str, how: str
) -> None:
    with pytest.raises(Problems) as refused:
        build_blog(tmp_path, {"topics.toml": text, "articles/a.md": article()})
    [problem] = refused.value.problems
    assert (problem.file, problem.line) == ("content/topics.toml", line), problem
    assert what in problem.what and how in problem.how, problem
