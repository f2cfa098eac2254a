"""An article's page: its head, its text as set in type, and its end, on a small blog."""

from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from PIL import Image

from insession.common.problems import Problems
from insession.content.practice import read_practice
from tests.support import CONTACT, PRACTICE, ROOT, BuiltSite, article, build_blog, one, words

OWNER = read_practice(ROOT / "content" / "practice.toml")
TEXT = """
"Who's there?" she asked -- and waited... In the '90s, [Ann](plain.md)'s "*quiet*" chair stood
here. Call {practice.phone}, or [call]({practice.phone}), or see [my site]({practice.website}).

## What it's like

Some `"code" isn't -- touched`, and then a note.[^one] And another.[^two] The first again.[^one]

    print("it's -- code")

### A smaller heading

| Day | What we do |
| --- | ---------- |
| 1   | We talk    |

![Two chairs.](../images/chairs.png "Two chairs at rest.")

![A chair.](../images/chairs.png)

Term
:   What it means.

[^one]: The first "note".
[^two]: The second note.
"""
HEADER = """tags: [silence, Listening & waiting]
modified: 2026-05-06
reviewed: 2026-05-07
cover: images/chairs.png
cover_alt: Two chairs by a window.
content_note: It's about "loss".
sources:
  - title: The law's own words
    url: https://law.example.com/text?a=1&b=2"""


def picture() -> bytes:
    """Return a small picture, as PNG."""
    out = BytesIO()
    Image.new("RGB", (40, 30), "tan").save(out, "PNG")
    return out.getvalue()


def showcase() -> dict[str, str | bytes]:
    """Return the files of a blog whose articles show everything that an article can have."""
    full = article("'\"Why?\" and other questions it''s hard to ask'", HEADER, TEXT)
    return {
        "images/chairs.png": picture(),
        "pages/contact.md": CONTACT,
        "articles/full.md": full.replace("tags: [silence]\n", "").replace(
            "2026-03-04", "2026-04-01"
        ),
        "articles/plain.md": article(
            "Plain", "perspective: none\ninvitation: none\ncomments: off", "Some text."
        ),
        "articles/own.md": article("Own", "perspective: attachment-based"),
        "articles/spanish.md": article("Por qué el silencio", "lang: es", "Hola."),
        "articles/arabic.md": article("الصمت", "lang: ar", "مرحبا."),
        "articles/unlisted.md": article("Unlisted", "status: hidden"),
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The showcase, built once."""
    return build_blog(tmp_path_factory.mktemp("articles"), showcase())


@pytest.fixture(scope="module")
def full(built: BuiltSite) -> BeautifulSoup:
    """The article that has everything."""
    return built.page("full/")


def says(element: Tag, text: str) -> bool:
    """Whether the element says her text, however it is typeset."""
    return typed(text) in typed(words(element))


def typed(text: str) -> str:
    """Return the text with the signs of a typewriter, to compare it with what was typed."""
    for sign, plain in zip("“”‘’—–…", ('"', '"', "'", "'", "--", "-", "..."), strict=True):
        text = text.replace(sign, plain)
    return text


def test_the_end_of_an_article_is_one_whole_in_its_order(full: BeautifulSoup) -> None:
    parts = ".author, .perspective, .invitation, .share, .responses, .read-next"
    order = [part["class"][0] for part in full.select(parts)]
    assert order == parts.replace(".", "").split(", ")
    assert one(full, ".sources").find_next(class_="author")


def test_the_perspective_is_the_therapists_unless_the_article_has_its_own(built: BuiltSite) -> None:
    assert f"{OWNER.therapist.approach} therapy" in words(one(built.page("full/"), ".perspective"))
    assert "attachment-based therapy" in words(one(built.page("own/"), ".perspective"))
    assert built.page("plain/").select(".perspective") == []


def test_the_invitation_leads_to_the_phone_and_the_contact_page(full: BeautifulSoup) -> None:
    invitation, phone = one(full, ".invitation"), OWNER.practice.phone
    assert says(invitation, OWNER.practice.invitation)
    call = one(invitation, f'a[href="tel:{phone}"]')
    assert (call.get_text(), call(True)) == (f"Call {phone.local}", []), "a box's parts lose spaces"
    assert one(invitation, 'a[href$="/contact/"]').get_text(strip=True)


def test_without_a_contact_page_the_invitation_leads_to_the_practice(tmp_path: Path) -> None:
    built = build_blog(tmp_path, {"articles/a.md": article()})
    invitation = one(built.page("a/"), ".invitation")
    assert one(invitation, f'a[href="{OWNER.practice.contact_url}"]')
    assert '"/contact/"' not in built.text("a/") + built.text("404.html")


def test_an_article_can_do_without_the_invitation(built: BuiltSite) -> None:
    assert built.page("plain/").select(".invitation") == []


def test_a_practice_without_openings_invites_no_one(tmp_path: Path) -> None:
    full_up = PRACTICE.replace("accepting_clients = true", "accepting_clients = false")
    files = {"practice.toml": full_up, "articles/a.md": article()}
    invitation = one(build_blog(tmp_path, files).page("a/"), ".invitation")
    assert not says(invitation, OWNER.practice.invitation)
    assert one(invitation, f'a[href="tel:{OWNER.practice.phone}"]')


def test_sharing_works_without_javascript(full: BeautifulSoup) -> None:
    share, address = one(full, ".share"), f"{OWNER.site.url}/full/"
    assert says(share, OWNER.articles.share_request)
    assert one(share, ".address").get_text() == address
    mail = parse_qs(urlsplit(one(share, 'a[href^="mailto:?"]')["href"]).query)
    assert mail["subject"] == [one(full, "h1").get_text()]
    assert address in mail["body"][0].split()
    assert all(button.has_attr("hidden") for button in share.select("button"))
    assert one(share, "[data-copy]")["data-copy"] == one(share, "[data-share]")["data-share"]
    assert one(share, "[data-copy]")["data-copy"] == address


def test_lines_of_the_shared_mail_are_broken_as_rfc_6068_says(full: BeautifulSoup) -> None:
    body = one(full, '.share a[href^="mailto:?"]')["href"].partition("body=")[2]
    assert body.count("%0A") == body.count("%0D%0A") > 0


def test_the_author_card_says_who_wrote_it_and_what_she_offers(full: BeautifulSoup) -> None:
    author, therapist = one(full, ".author"), OWNER.therapist
    assert therapist.name in words(author)
    assert says(author, therapist.bio)
    assert one(author, "abbr").get_text() == therapist.credentials
    assert bool(author.select(".portrait")), "neither portrait nor monogram"
    if OWNER.offer:
        assert says(one(author, f'a[href="{OWNER.offer.url}"]'), OWNER.offer.title)


def test_answers_are_asked_for_only_where_they_are_welcome(built: BuiltSite) -> None:
    responses = one(built.page("full/"), ".responses")
    assert says(responses, OWNER.articles.comments_request)
    assert responses.select("a[href]")
    assert built.page("plain/").select(".responses") == []


def test_the_credential_is_short_in_the_byline_and_spelled_out_at_the_end(
    full: BeautifulSoup,
) -> None:
    byline, therapist = one(full, ".byline"), OWNER.therapist
    abbreviation = one(byline, "abbr")
    assert abbreviation.get_text() == therapist.credentials
    assert abbreviation["title"] == therapist.credentials_spelled_out
    assert therapist.name in words(byline)
    assert therapist.credentials_spelled_out not in words(byline)
    assert therapist.credentials_spelled_out in words(one(full, ".author"))


def test_the_article_is_dated_and_says_when_it_changed(full: BeautifulSoup) -> None:
    days = [time["datetime"] for time in one(full, ".article-header").select("time")]
    assert days == ["2026-04-01", "2026-05-06"]
    assert one(full, ".reviewed time")["datetime"] == "2026-05-07"
    topic = one(full, ".article-header .label a")
    assert (topic["href"], topic.get_text()) == ("/topic/starting-therapy/", "Starting therapy")


def test_a_content_note_stands_above_the_text_with_the_crisis_line(built: BuiltSite) -> None:
    page = built.page("full/")
    note = one(page, ".content-note")
    assert note["aria-label"]
    assert one(page, ".prose > :first-child") is note
    footer = one(page, "body > footer .crisis")
    assert [a["href"] for a in note.select("a")] == [a["href"] for a in footer.select("a")] != []
    assert built.page("plain/").select(".content-note") == []


def test_sources_are_listed_with_their_links(built: BuiltSite) -> None:
    source = one(built.page("full/"), ".sources li a")
    assert source["href"] == "https://law.example.com/text?a=1&b=2"
    assert "own words" in source.get_text()
    assert built.page("plain/").select(".sources") == []


def test_the_newest_articles_cover_is_on_the_front_page(built: BuiltSite) -> None:
    cover = one(built.page(""), ".cover img")
    assert (cover["src"], cover["alt"]) == ("/images/chairs.png", "Two chairs by a window.")
    assert cover.get("loading") != "lazy"


def test_the_cover_is_shown_with_its_description(full: BeautifulSoup) -> None:
    cover = one(full, ".cover img")
    assert cover["alt"] == "Two chairs by a window."
    assert (cover["width"], cover["height"]) == ("40", "30")
    assert cover["src"] == "/images/chairs.png"
    assert cover.get("loading") != "lazy"
    assert all(img["loading"] == "lazy" for img in full.select(".prose img"))


def test_a_picture_with_a_title_is_a_figure_with_a_caption(full: BeautifulSoup) -> None:
    captioned, bare = full.select(".prose figure")
    assert one(captioned, "figcaption").get_text() == "Two chairs at rest."
    assert one(captioned, "img")["alt"] == "Two chairs."
    assert bare.select("figcaption") == []


def test_a_table_scrolls_inside_a_region_that_the_keyboard_reaches(full: BeautifulSoup) -> None:
    region = one(full, ".prose table").parent
    assert (region["role"], region["tabindex"]) == ("region", "0")
    assert region["aria-label"]
    assert [th.get("scope") for th in region.select("th")] == ["col", "col"]


def test_footnotes_lead_there_and_back_for_a_screen_reader(full: BeautifulSoup) -> None:
    notes = one(full, "section[role=doc-endnotes]")
    references = full.select("a[role=doc-noteref]")
    assert len(references) == 3
    for reference in references:
        assert reference["aria-label"]
        assert one(notes, f'[id="{reference["href"][1:]}"]')
    backlinks = notes.select("a[role=doc-backlink]")
    assert len(backlinks) == 3
    marks = {reference.find_parent(id=True)["id"] for reference in references}
    assert {link["href"][1:] for link in backlinks} == marks
    assert all(link["aria-label"] for link in backlinks)


def test_every_heading_of_the_text_can_be_linked_to(full: BeautifulSoup) -> None:
    headings = full.select(".prose > h2, .prose > h3")
    assert [heading.name for heading in headings] == ["h2", "h3"]
    for heading in headings:
        link = one(heading, "a")
        assert link["href"] == f"#{heading['id']}"
        assert typed(heading.get_text()) in typed(link["aria-label"])


def heard_in(element: Tag) -> tuple[str, str]:
    """Return the language and direction that a browser takes an element's text to have."""
    lang, direction = element.find_parents(lang=True), element.find_parents(dir=True)
    return (
        str(element.get("lang") or lang[0]["lang"]).lower(),
        str(element.get("dir") or direction[0]["dir"]),
    )


@pytest.mark.parametrize(
    ("name", "spoken"), [("spanish", ("es", "ltr")), ("arabic", ("ar", "rtl"))]
)
def test_a_text_in_another_language_is_read_out_in_it(
    built: BuiltSite, name: str, spoken: tuple[str, str]
) -> None:
    page = built.page(f"{name}/")
    for selector in ("h1", ".standfirst", ".prose p"):
        assert heard_in(one(page, selector)) == spoken, selector
    for selector in (".site-header a", "footer.site-footer .crisis a", ".invitation a"):
        assert heard_in(page.select(selector)[0])[0] == OWNER.site.language.lower()
    for path in ("", "archive/", "tag/silence/"):
        links = built.page(path).select(f'main a[href="/{name}/"]')
        assert [heard_in(link) for link in links] == [spoken], path


@pytest.mark.parametrize(
    ("selector", "phrase"),
    [
        ("h1", "“Why?” and other questions it’s hard to ask"),
        (".prose > p", "“Who’s there?” she asked — and waited…"),
        (".prose > p", "In the ’90s,"),
        (".prose > p", "Ann’s"),
        (".prose > p", "“quiet” chair"),
        (".content-note", "It’s about “loss”."),
        ("section[role=doc-endnotes]", "The first “note”."),
    ],
)
def test_quotes_and_dashes_are_set_as_in_a_book(
    full: BeautifulSoup, selector: str, phrase: str
) -> None:
    assert phrase in words(full.select(selector)[0])


@pytest.mark.parametrize("selector", [".standfirst", 'meta[name="description"]'])
def test_a_summary_is_set_as_in_a_book(tmp_path: Path, selector: str) -> None:
    text = article().replace("what this article is about", '"it\'s" -- and so on')
    found = one(build_blog(tmp_path, {"articles/a.md": text}).page("a/"), selector)
    assert "A short summary of “it’s” — and so on." in (found.get("content") or words(found))


def test_code_keeps_its_straight_quotes(full: BeautifulSoup) -> None:
    assert one(full, ".prose p code").get_text() == '"code" isn\'t -- touched'
    assert one(full, ".prose pre").get_text().strip() == 'print("it\'s -- code")'


def test_words_of_the_practice_are_filled_in_and_linked(full: BeautifulSoup) -> None:
    first, phone = one(full, ".content-note + p"), OWNER.practice.phone
    shown, called = first.select(f'a[href="tel:{phone}"]')
    assert (shown.get_text(), called.get_text()) == (phone.local, "call")
    assert one(first, f'a[href="{OWNER.practice.website}"]').get_text() == "my site"


def test_a_phone_number_inside_a_links_words_makes_no_second_link(tmp_path: Path) -> None:
    body = "[Call me at {practice.phone}]({practice.phone})."
    page = build_blog(tmp_path, {"articles/a.md": article(body=body)}).page("a/")
    link = one(page, ".prose a")
    assert link["href"] == f"tel:{OWNER.practice.phone}"
    assert words(link) == f"Call me at {OWNER.practice.phone.local}"


def test_a_phone_number_in_a_summary_is_written_the_local_way(tmp_path: Path) -> None:
    text = article().replace("what this article is about", "calling {practice.phone}")
    page = build_blog(tmp_path, {"articles/a.md": text}).page("a/")
    assert says(one(page, ".standfirst"), OWNER.practice.phone.local)
    assert OWNER.practice.phone.local in one(page, 'meta[name="description"]')["content"]


@pytest.mark.parametrize("marker", ["{practice.fone}", "{therapist.nmae}", "{practise.phone}"])
def test_a_word_that_stands_for_nothing_is_told_with_its_line(tmp_path: Path, marker: str) -> None:
    text = article(body=f"Some text.\n\nThen {marker} follows.")
    with pytest.raises(Problems) as refused:
        build_blog(tmp_path, {"articles/a.md": text})
    (problem,) = refused.value.problems
    line = text[: text.index(marker)].count("\n") + 1
    assert (problem.file, problem.line) == ("content/articles/a.md", line)
    assert marker in problem.what


def test_a_table_with_aligned_columns_brings_no_style_attributes(tmp_path: Path) -> None:
    body = "| Visit | Fee |\n| :---: | ---: |\n| First | $150 |"
    page = build_blog(tmp_path, {"articles/a.md": article(body=body)}).page("a/")
    assert len(page.select("td")) == 2
    assert page.select("[style], td[align], th[align]") == []
