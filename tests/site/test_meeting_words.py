"""Topics and tags that would share a page because addresses have only the letters from a to z."""

from pathlib import Path

import pytest

from insession.common.problems import Problems
from tests.support import article, build_blog


def tagged(*tags: str) -> str:
    return article().replace("[silence]", f"[{', '.join(tags)}]")


def topic(name: str) -> str:
    return article().replace("Starting therapy", name)


@pytest.mark.parametrize(
    ("first", "second", "line"),
    [
        (topic("心"), topic("新"), 5),
        (tagged("Fordern"), tagged("silence", "Fördern"), 6),
        (tagged("ano nuevo"), tagged("año nuevo"), 6),
        (tagged("cafe"), tagged("café"), 6),
        (tagged("мир"), tagged("mir"), 6),
        (tagged("Fordern"), article().replace("[silence]", "\n  - silence\n  - Fördern"), 8),
        (tagged("Fordern"), tagged("Fördern").replace("---\n\n", "status: draft\n---\n\n"), 6),
    ],
)
def test_two_words_that_would_share_a_page_are_both_named(
    tmp_path: Path, first: str, second: str, line: int
) -> None:
    with pytest.raises(Problems) as found:
        build_blog(tmp_path, {"articles/a.md": first, "articles/b.md": second})
    [problem] = found.value.problems
    assert (problem.file, problem.line) == ("content/articles/b.md", line)
    assert f"content/articles/a.md:{5 if 'topic: 心' in first else 6}" in problem.what


def test_one_article_can_have_both_and_is_told_once(tmp_path: Path) -> None:
    files = {f"articles/{name}.md": tagged("Fordern", "Fördern") for name in "ab"}
    with pytest.raises(Problems) as found:
        build_blog(tmp_path, files)
    assert [problem.file for problem in found.value.problems] == ["content/articles/a.md"]


def test_the_same_word_in_other_capitals_and_signs_has_one_page_at_its_old_address(
    tmp_path: Path,
) -> None:
    pairs = (("Silence", "silence"), ("first session", "First-session"), ("Straße", "STRASSE"))
    files = {
        f"articles/{n}-{m}.md": tagged(tag)
        for n, pair in enumerate(pairs)
        for m, tag in enumerate(pair)
    }
    files |= {"articles/x.md": tagged("Größe", "don’t", "año"), "articles/y.md": topic("心")}
    built = build_blog(tmp_path, files | {"articles/z.md": tagged("don't")})
    tags = sorted(path.name for path in (built.folder / "tag").iterdir())
    assert tags == ["ano", "dont", "first-session", "grosse", "silence", "strasse"]
    assert built.has("topic/xin/")
