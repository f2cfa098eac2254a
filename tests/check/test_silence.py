"""A remark is silenced with a reason, for one text or for the blog; and remarks have names."""

import ast
import re
from pathlib import Path

import pytest

from insession.check.command import collect
from insession.check.own_words import read_own_words
from insession.check.report import as_text
from insession.check.result import Result
from insession.check.rules import frame, pasted
from insession.check.select_files import UnknownRemark, named_remarks
from insession.common.problems import Problems
from insession.content.front_matter import ArticleHeader, parse
from insession.content.remark_names import REMARKS
from tests.support import HER_PRACTICE, ROOT, article, write_content

SETTINGS = str(ROOT / "publishconf.py")
BODY = "He is a drug addict. You recieve it."
KEBAB = re.compile(r"[a-z]+(?:-[a-z]+)*")


def silence(*lines: str) -> str:
    return "\n  ".join(("silence:", *lines))


def checked(folder: Path, *more: str, words: str = "# hers\n") -> Result:
    """What is said of two texts with the same two faults; `more` are lines of one's header."""
    other = article("Other", body=BODY).replace("A short summary", "A quite different summary")
    files = {"articles/a.md": article("A", "\n".join(more), BODY), "articles/b.md": other}
    content = write_content(folder, {"practice.toml": HER_PRACTICE, "words.txt": words, **files})
    return collect(settings_file=SETTINGS, PATH=str(content))


def said(result: Result) -> set[tuple[str, str]]:
    return {(Path(remark.file).stem, remark.rule) for remark in result.remarks}


BOTH = {(text, rule) for text in "ab" for rule in ("addiction-wording", "spelling")}


def test_a_header_silences_a_remark_for_its_text_alone(tmp_path: Path) -> None:
    assert said(checked(tmp_path / "before")) == BOTH
    result = checked(tmp_path / "after", silence("addiction-wording: It is a title of 1821"))
    assert said(result) == BOTH - {("a", "addiction-wording")}
    assert [remark.words for remark in result.silenced] == ["addict"]
    assert "1 remark silenced with a reason: addiction-wording." in as_text(result)


def test_words_txt_silences_a_remark_for_the_blog(tmp_path: Path) -> None:
    result = checked(tmp_path, words="froodle\nsilence: addiction-wording  # a blog on a novel\n")
    assert said(result) == {("a", "spelling"), ("b", "spelling")}
    assert len(result.silenced) == 2


@pytest.mark.parametrize(
    ("line", "what", "how"),
    [
        ("spelinng: The clinic writes itself so", "“spelinng” is not the name", "spelling?"),
        ("harm: I know", "“harm” is not the name", "shows each name"),
        ("spelling:", "spelling is empty", "with your reason"),
        ('spelling: ""', "spelling is empty", "with your reason"),
    ],
)
def test_an_unknown_name_or_a_missing_reason_is_refused_with_its_line(
    line: str, what: str, how: str
) -> None:
    whole = article(more=silence("grade: I like long sentences", line))
    with pytest.raises(Problems) as refused:
        parse(whole, "a.md", ArticleHeader)
    (problem,) = refused.value.problems
    assert problem.line == whole[: whole.index(f"  {line}")].count("\n") + 1
    assert what in problem.what
    assert how in problem.how


def test_silence_alone_is_refused() -> None:
    with pytest.raises(Problems, match="silence"):
        parse(article(more="silence: spelling"), "a.md", ArticleHeader)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("silence: spelinng  # a reason", "spelinng"),
        ("silence: passives", "no reason"),
        ("Silence: passives  #", "no reason"),
        ("silence:", "not the name"),
    ],
)
def test_a_line_of_words_txt_that_silences_wrongly_is_refused_with_its_line(
    tmp_path: Path, line: str, what: str
) -> None:
    (tmp_path / "words.txt").write_text(f"# hers\nfroodle\n{line}\n", "utf-8")
    with pytest.raises(Problems, match=what) as refused:
        read_own_words(tmp_path / "words.txt")
    assert [problem.line for problem in refused.value.problems] == [3]


def test_only_those_of_a_name_or_a_weight_are_said_and_counted(tmp_path: Path) -> None:
    result = checked(tmp_path)
    assert said(result.only_named(["spelling"])) == {("a", "spelling"), ("b", "spelling")}
    harm = result.only_named(named_remarks("harm"))
    assert {rule for _, rule in said(harm)} == {"addiction-wording"}
    assert "2 remarks on harm." in as_text(harm)
    assert said(result.only_named(["cure"])) == set()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", []),
        ("harm", ["harm"]),
        ("HURTS", ["harm"]),
        ("spelling, grade", ["spelling", "grade"]),
        ("small,spelling", ["small", "spelling"]),
    ],
)
def test_names_are_taken_as_they_are_typed(typed: str, names: list[str]) -> None:
    assert named_remarks(typed) == names


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownRemark, match=r"“speling”\. Did you mean spelling\?"):
        named_remarks("harm,speling")


def test_every_remark_that_the_check_makes_has_its_name_in_the_list() -> None:
    """Else it couldn't be silenced. A new name belongs into insession/content/remark_names.py."""
    names: dict[str, Path] = {}
    for path in sorted((ROOT / "insession/check").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in {
                "remark", "_remark", "Remark", "_remarks"
            }:  # fmt: skip
                names |= {
                    each.value: path
                    for each in node.args
                    if isinstance(each, ast.Constant)
                    and isinstance(each.value, str)
                    and KEBAB.fullmatch(each.value)
                }
    names |= {f"pasted-{kind}": ROOT for kind in pasted.KINDS}
    names |= {f"twice-{part}": ROOT for part in frame.SAID}
    assert "spelling" in names
    assert {name: path for name, path in names.items() if name not in REMARKS} == {}


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""
