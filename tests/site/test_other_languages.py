"""Texts and blogs in other languages: all words say which language it is and which way it runs."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag

from tests.support import PRACTICE, ROOT, BuiltSite, article, build_blog, one

HEBREW = "שתיקה בחדר"
LETTERS = {"he": re.compile(r"[א-ת]"), "en": re.compile(r"[A-Za-z]{2,}")}
# Addresses, and what stands for nothing but itself.
TYPED = {  # in practice.toml, with what is to be set apart
    "hours": f"{HEBREW}, 9:00–18:00, {HEBREW} 10:15",
    "bio": f"{HEBREW} 555-0142 'א' *2345",
    "invitation": f"{HEBREW} (718) 555-0142, me@blog.example.org",
    "share_request": f"{HEBREW} https://www.example.org/?a=1&b=2",
}
NO_WORDS = re.compile(r"https?://\S+|\S+@\S+|[\w-]+\.example\.org|\b(RSS|vcf|Atom)\b")
BODY = f"""{HEBREW}.[^1]

## {HEBREW}

| {HEBREW} | {HEBREW} |
|---|---:|
| {HEBREW} | 10:00 |

`code here`

[^1]: {HEBREW}.
"""


def in_hebrew(text: str) -> str:
    """The text of practice.toml with sentences and names in Hebrew; addresses and numbers stay."""
    kept = r"(licence_number|language|timezone|phone|email|region|website|(\w+_)?url) = "
    lines = [
        line if re.match(kept, line) else re.sub(r'= ".*"', f'= "{HEBREW}"', line)
        for line in text.splitlines()
        if not line.startswith("#")
    ]
    text = "\n".join(lines).replace('language = "en-US"', 'language = "he"')
    for key, words in TYPED.items():
        text = re.sub(rf"^{key} = .*", f'{key} = "{words}"', text, flags=re.M)
    return text


@pytest.fixture(scope="module")
def hebrew(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A blog that is written in Hebrew throughout."""
    more = f"content_note: {HEBREW}\nperspective: {HEBREW}\nsources:\n- title: {HEBREW}"
    more += "\n  url: https://www.example.org/\nreviewed: 2026-05-01"
    one_article = re.sub(r"A short summary.*", HEBREW, article(HEBREW, more, BODY))
    one_article = one_article.replace("Starting therapy", HEBREW).replace("silence", HEBREW)
    other = one_article.replace("2026-03-04", "2026-04-04")
    page = f"---\ntitle: {HEBREW}\nsummary: {HEBREW}\n{{}}\n---\n\n{HEBREW}\n"
    files = {
        "practice.toml": in_hebrew(PRACTICE),
        "articles/one.md": one_article,
        "articles/two.md": other,
        "pages/contact.md": page.format("template: contact\nmenu: 1"),
        "pages/follow.md": page.format("template: follow"),
        "pages/about.md": page.format(f"content_note: {HEBREW}"),
    }
    return build_blog(tmp_path_factory.mktemp("hebrew"), files)


def spoken(node: Tag | NavigableString) -> tuple[str, str]:
    """The language and direction that a browser takes words to have."""
    around = [node, *node.parents] if isinstance(node, Tag) else [*node.parents]
    languages = [tag["lang"] for tag in around if tag.get("lang")]
    directions = [tag["dir"] for tag in around if tag.get("dir", "auto") != "auto"]
    return str(languages[0]), str(directions[0])


def all_words(page: BeautifulSoup) -> list[tuple[Tag | NavigableString, str]]:
    """Each piece of text and each label in the page's body, with where it stands."""
    texts = [(node, str(node)) for node in page.body.find_all(string=True) if node.strip()]
    texts = [found for found in texts if not found[0].find_parent(["script", "style", "code"])]
    tags = page.body(True)
    return texts + [
        (tag, tag[name]) for tag in tags for name in ("aria-label", "alt") if tag.get(name)
    ]


def faults(page: BeautifulSoup) -> list[str]:
    """Words that are said to be in another language, or to run another way, than they do."""
    found = []
    for node, written in all_words(page):
        words = NO_WORDS.sub("", written)
        lang, direction = spoken(node)
        is_label = isinstance(node, Tag)  # a name that is read out runs no way
        if LETTERS["en"].search(words):
            right = lang == "en" and (is_label or direction == "ltr")
        else:
            right = lang == "he" or not LETTERS["he"].search(words)
        if not right:
            found.append(f"{lang}, {direction}: {written.strip()}")
    return found


def test_each_word_of_a_blog_in_hebrew_says_its_language(hebrew: BuiltSite) -> None:
    pages = hebrew.pages()
    assert len(pages) >= 9
    assert {path: found for path in pages if (found := faults(hebrew.page(path)))} == {}
    html = hebrew.page("").html
    assert (html["lang"], html["dir"]) == ("he", "rtl")


def test_what_is_typed_in_practice_toml_runs_from_left_to_right(hebrew: BuiltSite) -> None:
    def set_apart(page: str, part: str) -> list[str]:
        found = hebrew.page(page).select(f"{part} bdi[dir=ltr]")
        return [bdi.get_text() for bdi in found]

    number = "(718) 555-0142"
    assert set_apart("contact/", "dt:-soup-contains(When) + dd") == ["9:00–18:00", "10:15"]
    assert set_apart("one/", ".author p") == ["555-0142", "*2345"]
    assert set_apart("one/", ".invitation p:not(.invitation-ways)") == [
        number,
        "me@blog.example.org",
    ]
    assert set_apart("one/", "p:-soup-contains('?a=1')") == ["https://www.example.org/?a=1&b=2"]
    assert f'&lt;bdi dir="ltr"&gt;{number}&lt;/bdi&gt;' in hebrew.text("feeds/all.rss.xml")


def test_numbers_addresses_and_code_run_from_left_to_right(tmp_path: Path) -> None:
    body = """התקשרו {practice.phone} או [{practice.phone}]({practice.phone}),
[116 123](tel:116123),
{practice.email}, <https://www.example.org/a/>, [בחדר]({practice.website}), `code (x)`.
{practice.hours}; 9:30-10:15, me@example.org"""
    site = build_blog(tmp_path, {"articles/a.md": article(HEBREW, "lang: he", body)})
    prose = one(site.page("a/"), ".prose")
    assert (prose["lang"], prose["dir"]) == ("he", "rtl")
    # Digits and signs alone run from left to right where dir is auto (HTML, "The dir attribute").
    links = {link.get_text(): link.get("dir") for link in prose.select("a")}
    inside = {bdi.get_text(): bdi["dir"] for bdi in prose.select("a bdi")}
    assert inside == {"(718) 555-0142": "ltr"}
    assert set(links) == {
        *("(718) 555-0142", "116 123", "hello@practice.example.org"),
        *("https://www.example.org/a/", "בחדר"),
    }
    assert links.pop("בחדר") == "auto"
    assert set(links.values()) <= {"ltr", "auto"}
    assert one(prose, "code")["dir"] == "ltr"
    typed = [bdi.get_text() for bdi in prose.select("bdi") if not bdi.find_parent("a")]
    assert typed == ["9 am", "6 pm", "9:30-10:15", "me@example.org"]


def test_a_number_in_a_title_runs_from_left_to_right(tmp_path: Path) -> None:
    files = {
        f"articles/{lang}.md": article("'{practice.phone}'", f"lang: {lang}")
        for lang in ("he", "de")
    }
    site = build_blog(tmp_path, files)
    assert one(site.page("he/"), "h1").get_text() == "\u2066(718) 555-0142\u2069"
    assert one(site.page("de/"), "h1").get_text() == "(718) 555-0142"


def test_a_number_typed_in_a_text_runs_from_left_to_right(tmp_path: Path) -> None:
    typed = "(718) 555-0142 או +44 20 7946 0958"
    header = f'lang: he\ncontent_note: "{HEBREW} (212) 555-0199"'
    text = article(f"{HEBREW} {typed}", header, f"{HEBREW} {typed} (2019) 1990 2000 `718 555 0142`")
    text = re.sub(r"A short summary.*", f"{HEBREW} {typed}", text)
    english = article("One", "", "Call (718) 555-0142.")
    site = build_blog(tmp_path, {"articles/a.md": text, "articles/b.md": english})
    page = site.page("a/")
    set_apart = [bdi.get_text() for bdi in page.select(".prose bdi[dir=ltr]")]
    assert set_apart == ["(718) 555-0142", "+44 20 7946 0958"]
    marked = f"{HEBREW} \u2066(718) 555-0142\u2069 או \u2066+44 20 7946 0958\u2069"
    assert [one(page, part).get_text() for part in ("h1", ".standfirst")] == [marked, marked]
    assert page.select(".content-note p")[0].get_text() == f"{HEBREW} \u2066(212) 555-0199\u2069"
    assert not site.page("b/").select(".prose bdi")


def test_a_warning_in_another_language_says_so_and_help_beside_it_too(tmp_path: Path) -> None:
    text = article(HEBREW, f"lang: he\ncontent_note: {HEBREW}.")
    note, crisis = (
        build_blog(tmp_path, {"articles/a.md": text}).page("a/").select(".content-note p")
    )
    assert (note["lang"], note["dir"]) == ("he", "rtl")
    assert spoken(note) == ("he", "rtl")
    assert spoken(crisis) == ("en-US", "ltr")


def test_the_theme_has_no_physical_sides() -> None:
    """Left and right are start and end, so that a text from right to left is its mirror image.

    Only a sheet of paper has sides of its own: it is bound at one.
    """
    physical = re.compile(r"\b(margin|padding|border|inset)-(left|right)\b|\b(left|right)\s*[:;]")
    for path in (ROOT / "theme/static/css").glob("*.css"):
        css = re.sub(r"@page \{[^}]*\}", "", path.read_text("utf-8"))
        assert not physical.findall(css), path.name
        four = re.findall(r"(?:padding|margin):\s*\S+ (\S+) \S+ (\S+);", css)
        assert all(right == left for right, left in four), path.name
