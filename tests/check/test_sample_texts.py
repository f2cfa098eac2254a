"""What the sample's texts promise of themselves."""

import re
from pathlib import Path

import pytest

from insession.content.front_matter import ArticleHeader, Header, read_file
from tests.support import ROOT

ARTICLES = sorted((ROOT / "content" / "articles").glob("*.md"))
PAGES = sorted((ROOT / "content" / "pages").glob("*.md"))
PAINFUL = re.compile(
    r"\bsuicid|\bending (?:your|one's) life|\bself-harm|\babused?\b|\bviolence\b|\bhurts? or threat"
    r"|\bsexual (?:contact|abuse|assault|misconduct)",
    re.I,
)
# What a text says that holds with one practice and not with another.
DEPENDENT = {
    "country": re.compile(r"\b(?:911|988|United States|federal law)\b"),
    "state": re.compile(r"\bNew York\b"),
    "licence": re.compile(r"\b(?:of|in) my profession\b|\bcounselors like me\b"),
    "approach": re.compile(r"\bmy own kind of work\b|\bin another tradition\b", re.I),
}
STEMS = [path.stem for path in [*ARTICLES, *PAGES]]


def read(path: Path) -> tuple[Header, str]:
    return read_file(path, path.name, path.parent.name == "pages")


@pytest.mark.parametrize("path", [*ARTICLES, *PAGES], ids=STEMS)
def test_each_source_is_cited_by_its_address_or_by_its_name(path: Path) -> None:
    header, body = read(path)
    for source in header.sources:
        name = re.split(r"[:,(]", source.title)[0].strip()
        assert source.url in body or name in body, source.title


@pytest.mark.parametrize("path", ARTICLES, ids=[path.stem for path in ARTICLES])
def test_a_painful_piece_says_so_before_it_begins(path: Path) -> None:
    header, body = read(path)
    prose = re.sub(r"988 Suicide & Crisis Lifeline|\(https?://[^)]*\)", "", body)
    assert bool(PAINFUL.search(prose)) == bool(header.content_note)


@pytest.mark.parametrize("path", ARTICLES, ids=[path.stem for path in ARTICLES])
def test_each_article_says_when_its_facts_were_checked(path: Path) -> None:
    header, _ = read(path)
    assert isinstance(header, ArticleHeader)
    assert header.reviewed and header.reviewed >= header.date


@pytest.mark.parametrize("path", [*ARTICLES, *PAGES], ids=STEMS)
def test_a_text_says_in_its_header_what_it_depends_on(path: Path) -> None:
    header, body = read(path)
    depends_on = header.depends_on.model_dump(exclude_none=True)
    assert {key for key, words in DEPENDENT.items() if words.search(body)} <= depends_on.keys()


def test_her_pronouns_stand_in_practice_toml_alone() -> None:
    for path in [*ARTICLES, *PAGES]:
        header, _ = read(path)
        assert not re.search(r"\b(?:she|her|hers)\b", header.summary, re.I), path.name
    session = (ROOT / "content/articles/how-a-therapy-session-works.md").read_text("utf-8")
    assert "Will she just look at me?" not in session
    assert "I'm boring her" not in session


def test_the_privacy_page_says_where_a_comment_goes_and_what_can_come_back() -> None:
    _, body = read(ROOT / "content/pages/privacy.md")
    comment = body.partition("## If you write a comment")[2].partition("\n## ")[0]
    for said in (
        "e-mail",
        "backup",
        "two months",
        "keep it privately",
        "public",
        "feed",
        "midnight",
    ):
        assert said in comment, said
    assert comment.lstrip().startswith("This part matters where an article has a form")
    assert "## If you write an e-mail" in body  # what readers do where comments are off
    assert "patient" not in body and "can't be read" not in comment


def test_nobody_is_asked_how_therapy_was() -> None:
    practice = (ROOT / "content/practice.toml").read_text("utf-8")
    assert "What would you add?" in practice
    assert "What was it like" not in practice
    guide = (ROOT / "docs/comments.md").read_text("utf-8")
    assert "testimonial" in guide and "confirm that somebody is a client" in guide


@pytest.mark.parametrize("name", ["thanks", "withdraw", "withdrawn"])
def test_a_writer_is_not_told_that_every_copy_is_gone(name: str) -> None:
    page = (ROOT / f"theme/templates/comments/{name}.html").read_text("utf-8")
    assert "for good" not in page
    assert name == "thanks" or "e-mail" in page
