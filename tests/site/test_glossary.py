"""Words that are explained: their page, and the first use of each that leads to it."""

from pathlib import Path

import pytest

from insession.common.problems import Problems
from insession.content.glossary import Term, read_glossary
from insession.plugins.glossary import finder, link_terms
from tests.support import BuiltSite, article, build_blog, one, words

GLOSSARY = """# Words of mine.
[transference]
meaning = "Old feelings <b>that</b> find a new person."
source = { title = "A dictionary", url = "https://www.example.org/a" }

["Good Faith Estimate"]
meaning = "What it may cost."

[boundary]
meaning = "Where one ends."
forms = ["boundaries"]

["écoute"]
meaning = "Listening."

[CBT]
meaning = "Cognitive behavioral therapy."
"""
TEXT = """## Of transference

[transference](b.md) and `transference` and “so is transference, he said” and *a transference*.

> On boundaries.

It is transference again. Boundaries and boundary. A good faith estimate, a Good Faith
Estimate. Counter-transference, boundary-less, cbt. CBT and l’écoute.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    files: dict[str, str | bytes] = {
        "glossary.toml": GLOSSARY,
        "articles/a.md": article(body=TEXT),
        "articles/b.md": article(body="Nothing. See [all](/glossary/)."),
        "articles/c.md": article(more="lang: fr", body="Transference."),
        "pages/p.md": "---\ntitle: P\nsummary: S.\n---\n\nTransference.\n",
    }
    return build_blog(tmp_path_factory.mktemp("blog"), files)


def test_the_page_explains_each_word_in_the_order_of_their_letters(built: BuiltSite) -> None:
    page = built.page("glossary/")
    names = [dfn.get_text() for dfn in page.select("dl dt > dfn")]
    assert names == ["boundary", "CBT", "écoute", "Good Faith Estimate", "transference"]
    assert len(page.select("dl > div > dd")) == len(names)
    ids = [dfn["id"] for dfn in page.select("dfn")]
    assert ids == ["boundary", "cbt", "ecoute", "good-faith-estimate", "transference"]
    last = page.select("dd")[-1]
    assert "<b>that</b>" in words(last), "her words are no HTML"
    assert one(last, "a")["href"] == "https://www.example.org/a"
    assert "/glossary/" in built.text("sitemap.xml")
    assert one(built.page("b/"), ".site-footer a[href='/glossary/']")
    assert one(page, ".site-footer [aria-current=page]")["href"] == "/glossary/"


def test_the_first_use_in_running_text_leads_there(built: BuiltSite) -> None:
    page = built.page("a/")
    found = [(link["href"], words(link)) for link in page.select(".prose a.term")]
    assert found == [
        ("/glossary/#transference", "transference"),
        ("/glossary/#boundary", "Boundaries"),
        ("/glossary/#good-faith-estimate", "Good Faith Estimate"),
        ("/glossary/#cbt", "CBT"),
        ("/glossary/#ecoute", "écoute"),
    ]
    assert "a transference" in words(page.select("em:has(a.term)")[0])
    for path in ("b/", "c/", "p/"):
        assert not built.page(path).select("a.term")
    assert "a class" not in built.text("feeds/all.rss.xml")


def test_without_the_file_there_is_no_such_page(tmp_path: Path) -> None:
    built = build_blog(tmp_path, {"articles/a.md": article(body=TEXT), "articles/b.md": article()})
    assert not built.has("glossary/")
    assert not built.page("a/").select("a[href*=glossary]")
    assert "glossary" not in built.text("sitemap.xml")


def test_nothing_else_can_stand_at_its_address(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="used by the site itself"):
        build_blog(tmp_path, {"articles/glossary.md": article()})


def terms(*names: str) -> tuple[Term, ...]:
    return tuple(Term(name, name, "", (name,), None) for name in names)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>ego, Ego</p>", "<p>[ego], Ego</p>"),
        ("<p>egos, super-ego, ego’s</p>", "<p>egos, super-ego, [ego]’s</p>"),
        ("<h2>ego</h2><p>ego</p>", "<h2>ego</h2><p>[ego]</p>"),
        ("<p><a href='#'>my <b>ego</b></a> <b>ego</b></p>", None),
        ("<p><code>ego</code> ego</p>", "<p><code>ego</code> [ego]</p>"),
        ("<blockquote><blockquote>a</blockquote>ego</blockquote>ego", None),
        ("<p>“an <em>old</em> ego”, ego</p>", "<p>“an <em>old</em> ego”, [ego]</p>"),
        ("<p>“never closed</p><p>ego</p>", "<p>“never closed</p><p>[ego]</p>"),
        ("<p>„das ego“ ego</p>", "<p>„das ego“ [ego]</p>"),
        ('<p title="ego">ego</p>', '<p title="ego">[ego]</p>'),
        ("<!-- ego --><p>ego</p>", "<!-- ego --><p>[ego]</p>"),
        ("<p>ego <strong>ideal</strong> ego\nideal</p>", None),
        ("<p>Q&amp;A</p>", "<p>[Q&amp;A]</p>"),
        ("<p>移情と自我</p>", "<p>[移情]と自我</p>"),
    ],
)
def test_whole_words_in_running_text_alone_lead_there(html: str, expected: str | None) -> None:
    names = {"ego": "ego", "ego ideal": "ego ideal", "Q&A": "Q&A", "移情": "移情"}
    found = tuple(sorted(names.items(), key=lambda each: -len(each[0])))
    made = link_terms(html, found, "/glossary/")
    marked = made
    for name in names.values():
        marked = marked.replace(f'<a class="term" href="/glossary/#{name}">', "[")
    if expected:
        assert marked.replace("</a>", "]") == expected
    assert made.count('class="term"') == (2 if "ideal" in html else 1)


def test_a_page_depends_only_on_words_that_may_stand_on_it() -> None:
    class Text:
        lang = "en-us"
        raw_body = "Transference, and a *good\nfaith* estimate."

    found = finder(terms("transference", "superbill", "faith estimate"), "en-US")
    assert [form for form, _ in found(Text())] == ["faith estimate", "transference"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('transference = "Old feelings"', 1, "brackets"),
        ("[working alliance]\nmeaning = 'x'", 1, "can't be read"),
        ("\n[transference]\nmeaning = ''", 3, "empty"),
        ("[transference]\n\n[ego]\nmeaning = 'x'", 1, "missing"),
        ("[ego]\nmeaning = 'x'\nform = ['y']", 3, "form"),
        ("[ego]\nmeaning = 'x'\nforms = 'y'", 3, "list"),
        ("[ego]\nmeaning = 5", 2, "text"),
        ("[ego]\nmeaning = 'x'\n[id]\nmeaning = 'y'\nforms = ['Ego']", 3, "twice"),
        ("[ego]\nmeaning = 'x'\n[ego]\nmeaning = 'y'", 3, "ego"),
        ("[ego]\nmeaning = 'x'\nsource = 'A book'", 3, "source"),
    ],
)
def test_what_is_written_wrong_is_said_with_its_line(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    (tmp_path / "glossary.toml").write_text(text, "utf-8")
    with pytest.raises(Problems) as refused:
        read_glossary(tmp_path / "glossary.toml", "content/glossary.toml")
    [problem] = refused.value.problems
    assert (problem.file, problem.line) == ("content/glossary.toml", line), problem
    assert what in problem.what and problem.how
