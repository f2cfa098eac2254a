"""What is still the sample's is never published as hers."""

import re
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from insession.publish import command
from insession.publish.target_config import Setting
from tests.publish.a_blog import Blog
from tests.support import HER_PRACTICE, HERS, PRACTICE, ROOT, article, replace_all

Capture = pytest.CaptureFixture[str]


def sample(name: str) -> str:
    """A text of the sample, without its links to other texts."""
    text = (ROOT / "content" / name).read_text(encoding="utf-8")
    return re.sub(r"\[([^\]]+)\]\([^)]*\.md[^)]*\)", r"\1", text)


PRIVACY, SILENCE = sample("pages/privacy.md"), sample("articles/why-silence-helps.md")


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    return Blog(tmp_path, {"target": "folder", "folder": "../site"})


def is_refused(blog: Blog, tmp_path: Path) -> bool:
    code = blog.publish()
    assert code == int(not (tmp_path / "site").exists())
    return code == 1


def test_the_sample_as_it_comes_is_refused_with_one_list(
    blog: Blog, tmp_path: Path, capsys: Capture
) -> None:
    copytree(ROOT / "content", blog.root / "content", dirs_exist_ok=True)
    assert is_refused(blog, tmp_path)
    told = capsys.readouterr()
    places = [told.out.index(f"content/{name}") for name in ("practice", "articles", "pages")]
    assert places == sorted(places)
    assert "Work off the list above" in told.err
    assert told.err.endswith("Nothing was published; your blog is as it was.\n")


def test_a_dry_run_shows_the_list_and_goes_on(blog: Blog, tmp_path: Path, capsys: Capture) -> None:
    copytree(ROOT / "content", blog.root / "content", dirs_exist_ok=True)
    assert blog.publish(dry_run=True) == 0
    said = capsys.readouterr().out
    assert "“Hannah Vale”" in said
    assert said.endswith("This was a dry run: nothing was published.\n")
    assert not (tmp_path / "site").exists()


ACTED_ON = ("Hannah Vale", '"000000"', "+17185550142", "example.org", "Before your first session")


@pytest.mark.parametrize("invented", ACTED_ON)
def test_one_value_that_readers_would_act_on_is_enough(
    blog: Blog, tmp_path: Path, capsys: Capture, invented: str
) -> None:
    pairs = {old: new for old, new in HERS.items() if invented not in old}
    blog.write("practice.toml", replace_all(PRACTICE, pairs))
    assert is_refused(blog, tmp_path)
    assert "content/practice.toml:" in capsys.readouterr().out


def test_the_sample_title_alone_is_told_and_published(
    blog: Blog, tmp_path: Path, capsys: Capture
) -> None:
    blog.write("practice.toml", HER_PRACTICE.replace("Two Windows", "The Other Chair"))
    assert not is_refused(blog, tmp_path)
    assert "site.title: “The Other Chair”" in capsys.readouterr().out


def test_an_article_of_the_sample_is_refused_until_it_is_a_draft(
    blog: Blog, tmp_path: Path, capsys: Capture
) -> None:
    blog.write("articles/mine.md", SILENCE)  # another name hides nothing
    assert is_refused(blog, tmp_path)
    assert "content/articles/mine.md:1" in capsys.readouterr().out
    blog.write("articles/mine.md", SILENCE.replace("topic:", "status: draft\ntopic:", 1))
    assert not is_refused(blog, tmp_path)


def test_a_page_with_statements_of_law_is_refused_until_she_has_reviewed_it(
    blog: Blog, tmp_path: Path, capsys: Capture
) -> None:
    blog.write("pages/privacy.md", PRIVACY)
    days = [date.today()]
    assert is_refused(blog, tmp_path)
    days.append(date.today())  # it may be midnight just now
    said = " ".join(capsys.readouterr().out.split())
    assert any(f"reviewed: {day:%Y-%m-%d}" in said for day in days)
    of_the_sample = PRIVACY.replace("summary:", "reviewed: 2026-11-23\nsummary:", 1)
    blog.write("pages/privacy.md", of_the_sample)  # as an earlier edition had it
    assert is_refused(blog, tmp_path)
    blog.write("pages/privacy.md", of_the_sample.replace("2026-11-23", "2026-12-24"))
    assert not is_refused(blog, tmp_path)


def test_an_example_address_in_a_text_is_refused_with_its_line(
    blog: Blog, tmp_path: Path, capsys: Capture
) -> None:
    blog.write("articles/one.md", article("One title", body="See [us](https://example.com/us)."))
    assert is_refused(blog, tmp_path)
    assert "content/articles/one.md:9  “example.com”" in capsys.readouterr().out


def test_publishing_again_on_a_server_is_not_kept_from_taking_comments_away(
    blog: Blog, tmp_path: Path
) -> None:
    blog.write("pages/privacy.md", PRIVACY)
    setting = Setting({"target": "folder", "folder": "../site"}, blog.root)
    assert command.publish(settings_file=str(blog.settings), setting=setting) == 0
    assert (tmp_path / "site/privacy/index.html").is_file()
