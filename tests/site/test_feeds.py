"""The feeds as a feed reader gets them, and what search engines read."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import feedparser
import pytest
from bs4 import BeautifulSoup

from insession.common.problems import Problems
from insession.content.practice import read_practice
from insession.plugins import feeds
from tests.site.feed_validator import problems
from tests.site.test_articles import picture, says, showcase, typed
from tests.support import PRACTICE, ROOT, BuiltSite, article, build_blog, one

OWNER = read_practice(ROOT / "content" / "practice.toml")
URL = OWNER.site.url
BYLINE = f"{OWNER.therapist.name}, {OWNER.therapist.credentials}"
FEEDS = ("feeds/all.rss.xml", "feeds/all.atom.xml", "feeds/topic/starting-therapy.rss.xml")
JSON = "feeds/all.feed.json"
MOST, MOST_OF_A_TAG = 50, 10
NAMES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "atom": "http://www.w3.org/2005/Atom",
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
}
# What her Markdown lets through to the page, and what no feed reader should get.
RAW = """
A [neighbour](plain.md), a [part](#a-part), a [site page](/archive/), a note.[^n]

## A part

![Chairs.](../images/chairs.png)

<p style="color: red" onclick="alert(1)">Her own paragraph.</p>
<img src="../images/chairs.png" srcset="/images/chairs.png 1x, /images/chairs.png 2x" alt="Two">
<style>p { color: red }</style>
<script>alert("script text")</script>
<form action="/x"><input name="a"><button>Send</button></form>
<iframe src="https://frame.example.com/"></iframe>

The last words of the text.

[^n]: A note.
"""
KEPT_BACK = {
    "articles/draft.md": article("A draft", "status: draft"),
    "articles/hidden.md": article("A hidden one", "status: hidden"),
    "articles/future.md": article("A future one").replace("2026-03-04", "2999-03-04"),
}
Blog = Callable[[dict[str, str | bytes]], BuiltSite]
Item = ElementTree.Element


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A blog with raw HTML, everything an article can have, and texts that are kept back."""
    raw = article("Raw & “ready” <3", "modified: 2026-07-09T10:30", RAW)
    files = showcase() | KEPT_BACK | {"articles/raw.md": raw.replace("[silence]", "[silence, law]")}
    return build_blog(tmp_path_factory.mktemp("feeds"), files)


@pytest.fixture(params=FEEDS)
def feed(request: pytest.FixtureRequest, built: BuiltSite) -> bytes:
    """Each feed as it is sent."""
    return (built.folder / request.param).read_bytes()


def xml(built: BuiltSite, path: str) -> ElementTree.Element:
    """Return the root of an XML file that was built."""
    return ElementTree.fromstring((built.folder / path).read_bytes())  # noqa: S314


def item(built: BuiltSite, name: str, path: str = FEEDS[0]) -> Item:
    """Return the RSS item or Atom entry of the article at /name/."""
    items = [*xml(built, path).iter("item"), *xml(built, path).iter(f"{{{NAMES['atom']}}}entry")]
    (found,) = [each for each in items if link(each) == f"{URL}/{name}/"]
    return found


def link(entry: Item) -> str:
    """Return the address of an RSS item or Atom entry."""
    atom = entry.find("atom:link[@rel='alternate']", NAMES)
    return str(entry.findtext("link") or (atom.get("href") if atom is not None else ""))


def text_of(entry: Item) -> str:
    """Return the full text of an item."""
    names = "content:encoded", "atom:content"
    return next((text for name in names if (text := entry.findtext(name, None, NAMES))), "")


def html(entry: Item) -> BeautifulSoup:
    """Return the full text of an item as soup."""
    return BeautifulSoup(text_of(entry), "html.parser")


def test_feeds_are_valid(feed: bytes) -> None:
    assert problems(feed) == []


def test_feed_readers_read_the_feeds_without_complaint(feed: bytes) -> None:
    read = feedparser.parse(feed)
    assert not read.bozo, read.get("bozo_exception")
    assert len(read.entries) == 6
    assert {entry.author for entry in read.entries} == {BYLINE}


def test_the_feeds_of_the_sample_blog_are_valid(site: BuiltSite) -> None:
    feeds = sorted((site.folder / "feeds").rglob("*.xml"))
    assert len(feeds) >= 3
    for path in feeds:
        assert problems(path.read_bytes()) == [], path.name
        assert not feedparser.parse(path.read_bytes()).bozo
        assert feedparser.parse(path.read_bytes()).entries or "comments" in str(path)


def test_every_topic_has_a_feed_of_its_own_articles(blog: Blog) -> None:
    other = article("Elsewhere").replace("Starting therapy", "Money & time")
    built = blog({"articles/a.md": article("Here"), "articles/b.md": other})
    titles = {
        path.name: [entry.title for entry in feedparser.parse(path.read_bytes()).entries]
        for path in (built.folder / "feeds" / "topic").iterdir()
    }
    expected = {"starting-therapy.rss.xml": ["Here"], "money-and-time.rss.xml": ["Elsewhere"]}
    assert titles == expected


def test_every_tag_has_a_feed_of_its_newest_articles(blog: Blog) -> None:
    days = {n: f"2026-03-{n + 1:02}" for n in range(MOST_OF_A_TAG + 2)}
    files: dict[str, str | bytes] = {
        f"articles/{n}.md": article(f"Number {n}").replace("2026-03-04", day)
        for n, day in days.items()
    }
    built = blog(files | {"articles/b.md": article("B").replace("silence", "Ends & means")})
    feeds = {path.name: path.read_bytes() for path in (built.folder / "feeds/tag").iterdir()}
    assert feeds.keys() == {"silence.rss.xml", "ends-and-means.rss.xml"}
    read = feedparser.parse(feeds["silence.rss.xml"])
    newest = sorted(days, reverse=True)[:MOST_OF_A_TAG]
    assert [entry.title for entry in read.entries] == [f"Number {n}" for n in newest]
    links = {each["rel"]: each["href"] for each in read.feed.links}
    assert links["alternate"] == f"{URL}/tag/silence/"
    assert links["self"] == f"{URL}/feeds/tag/silence.rss.xml"
    assert [problems(feed) for feed in feeds.values()] == [[], []]
    page = built.page("tag/silence/")
    told = [each["href"] for each in page.select("link[rel=alternate]")]
    assert f"{URL}/feeds/tag/silence.rss.xml" in told
    assert built.has(one(page, ".page-note a")["href"].lstrip("/"))


def test_the_json_feed_says_what_atom_says(built: BuiltSite) -> None:
    """https://www.jsonfeed.org/version/1.1/."""
    feed = json.loads(built.text(JSON))
    atom = feedparser.parse((built.folder / "feeds/all.atom.xml").read_bytes())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["feed_url"], feed["home_page_url"]) == (f"{URL}/{JSON}", f"{URL}/")
    assert (feed["title"], feed["description"]) == (atom.feed.title, atom.feed.subtitle)
    assert (feed["authors"], feed["language"]) == ([{"name": BYLINE}], OWNER.site.language)
    assert len(feed["items"]) == len(atom.entries) == 6
    for item_, entry in zip(feed["items"], atom.entries, strict=True):
        assert (item_["id"], item_["url"], item_["title"]) == (entry.id, entry.link, entry.title)
        name = entry.link.removeprefix(f"{URL}/").rstrip("/")
        assert item_["content_html"] == text_of(item(built, name, "feeds/all.atom.xml"))
        assert item_["date_published"] == entry.published
        assert item_.get("date_modified", entry.published) == entry.updated
        assert item_["tags"] == [tag.term for tag in entry.tags]
        assert item_["summary"] == BeautifulSoup(entry.summary, "html.parser").get_text()
        assert None not in item_.values()
    spanish = [each["url"] for each in feed["items"] if each.get("language") == "es"]
    assert spanish == [f"{URL}/spanish/"]


def test_opml_lists_what_one_can_follow_once(site: BuiltSite) -> None:
    """http://opml.org/spec2.opml."""
    root = xml(site, "feeds/all.opml")
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert typed(root.findtext("head/title") or "") == typed(OWNER.site.title)
    outlines = [outline.attrib for outline in root.iterfind("body/outline")]
    assert all(each["type"] == "rss" and each["text"] == each["title"] for each in outlines)
    listed = [each["xmlUrl"].removeprefix(f"{URL}/") for each in outlines]
    made = {str(path.relative_to(site.folder)) for path in site.folder.glob("feeds/**/*.rss.xml")}
    assert {*listed} == made | {"feeds/comments.atom.xml"}
    assert len(listed) == len({*listed})
    for each in outlines:
        assert site.has(each["htmlUrl"].removeprefix(f"{URL}/"))
        read = feedparser.parse((site.folder / each["xmlUrl"].removeprefix(f"{URL}/")).read_bytes())
        assert typed(read.feed.title) == typed(each["title"])
    follow = site.page("follow/")
    assert one(follow, f'a[href="{URL}/feeds/all.opml"]')
    shown = {address.get_text() for address in follow.select(".feeds .address")}
    assert {each["xmlUrl"] for each in outlines} <= shown


def test_a_recording_is_in_each_feed_and_on_the_page(blog: Blog) -> None:
    name = "downloads/my voice é.mp3"
    spoken = article("Spoken", f"audio: {name}")
    built = blog({"articles/a.md": spoken, "articles/b.md": article(), name: b"x" * 1234})
    address = f"{URL}/downloads/my%20voice%20%C3%A9.mp3"
    rss = item(built, "a").find("enclosure")
    assert rss is not None
    assert rss.attrib == {"url": address, "length": "1234", "type": "audio/mpeg"}
    atom = item(built, "a", FEEDS[1]).find("atom:link[@rel='enclosure']", NAMES)
    assert atom is not None
    assert (atom.get("href"), atom.get("length")) == (address, "1234")
    known = {each["title"]: each for each in json.loads(built.text(JSON))["items"]}
    file = {"url": address, "mime_type": "audio/mpeg", "size_in_bytes": 1234}
    assert known["Spoken"]["attachments"] == [file]
    assert "attachments" not in known["A title"]
    player = one(built.page("a/"), ".recording audio[controls]")
    assert player["src"] == address.removeprefix(URL)
    assert player["preload"] == "none"
    assert built.page("b/").select("audio") == []
    assert f'"contentUrl":"{address}"' in built.text("a/")
    assert [problems((built.folder / path).read_bytes()) for path in FEEDS] == [[], [], []]


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("downloads/gone.mp3", "there is no recording content/downloads/gone.mp3"),
        ("images/voice.mp3", "images/voice.mp3"),
        ("downloads/voice.txt", "downloads/voice.txt"),
        ("../voice.mp3", "../voice.mp3"),
        ("downloads/../../voice.mp3", "downloads/../../voice.mp3"),
        ("https://example.com/voice.mp3", "https://example.com/voice.mp3"),
        ('""', "audio is empty"),
    ],
)
def test_a_recording_that_is_not_there_is_named_with_its_line(
    blog: Blog, written: str, what: str
) -> None:
    with pytest.raises(Problems) as refused:
        blog({"articles/a.md": article(more=f"audio: {written}"), "downloads/voice.txt": b"x"})
    (problem,) = refused.value.problems
    assert (problem.file, problem.line) == ("content/articles/a.md", 7)
    assert what in problem.what
    assert "audio: downloads/my-voice.mp3" in problem.how or "downloads/my-voice.mp3" in problem.how


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_says_whose_it_is_and_where(built: BuiltSite, path: str) -> None:
    read = feedparser.parse((built.folder / path).read_bytes()).feed
    assert typed(read.title).startswith(typed(OWNER.site.title))
    assert typed(read.subtitle) == typed(OWNER.site.tagline)
    assert read.language.lower() == OWNER.site.language.lower()
    links = {each["rel"]: each["href"] for each in read.links}
    assert links["self"] == f"{URL}/{path}"
    home = f"{URL}/topic/starting-therapy/" if "topic/" in path else f"{URL}/"
    assert links["alternate"] == home


@pytest.mark.parametrize("path", FEEDS)
def test_an_item_has_the_whole_text_absolute_and_harmless(built: BuiltSite, path: str) -> None:
    text = html(item(built, "raw", path))
    assert "Her own paragraph." in text.get_text()
    assert "The last words of the text." in text.get_text()
    assert text.select("script, style, form, input, button, iframe, link, [style]") == []
    assert not [name for tag in text(True) for name in tag.attrs if name.startswith("on")]
    assert not re.search(r"script text|color: red", str(text))
    addresses = [tag.get("href") or tag.get("src") for tag in text.select("[href], [src]")]
    addresses += [
        each.split()[0] for img in text.select("[srcset]") for each in img["srcset"].split(",")
    ]
    assert not [address for address in addresses if not re.match(r"https?://|tel:|sms:", address)]
    wanted = ["plain/", "raw/#a-part", "archive/", "raw/#fn:n", "raw/#fnref:n", "images/chairs.png"]
    assert {f"{URL}/{each}" for each in wanted} <= {*addresses}
    assert one(text, "[srcset]")["srcset"].count(f"{URL}/images/chairs.png") == 2
    assert all(text.select(f'[id="{id_}"]') for id_ in ("fn:n", "fnref:n"))


@pytest.mark.parametrize("path", FEEDS)
def test_an_item_ends_as_the_article_does(built: BuiltSite, path: str) -> None:
    text = html(item(built, "full", path))
    assert says(text, f"{OWNER.therapist.approach} therapy")
    assert says(text, OWNER.practice.invitation)
    assert one(text, f'a[href="{URL}/contact/"]')
    assert text.select("h2, p")[-1].find_previous("a", href=f"tel:{OWNER.practice.phone}")
    crisis = one(built.page("full/"), "body > footer .crisis")
    assert [a["href"] for a in crisis("a")] == [a["href"] for a in text.select("p")[-1]("a")]
    without = html(item(built, "plain", path))
    assert not says(without, OWNER.practice.invitation)
    assert not says(without, "point of view")
    assert [a["href"] for a in crisis("a")] == [a["href"] for a in without.select("p")[-1]("a")]


def test_the_end_of_an_item_asks_for_nothing_of_an_article_that_it_is_not_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class StrictEnding(feeds.Ending):
        """Jinja shows what isn't there as nothing."""

        def __getattr__(self, name: str) -> None:
            raise AssertionError(f"feed_item_end shows {name}: name it in Ending")

    monkeypatch.setattr(feeds, "Ending", StrictEnding)
    more = "lang: es\nperspective: Gestalt therapy"
    build_blog(tmp_path, {"articles/a.md": article("A"), "articles/b.md": article("B", more=more)})


@pytest.mark.parametrize("path", FEEDS)
def test_a_warning_reaches_the_feeds_reader_before_the_text(built: BuiltSite, path: str) -> None:
    text = html(item(built, "full", path)).get_text()
    assert typed(text).index('It\'s about "loss".') < typed(text).index("Who's there?")


def test_a_tag_that_is_left_open_takes_no_help_away(blog: Blog) -> None:
    opened = [
        "svg><text",
        "table><tr><td",
        "template",
        "textarea",
        "noscript",
        "plaintext",
        "select",
    ]
    files = {f"articles/a{n}.md": article(body=f"<{tag}>") for n, tag in enumerate(opened)}
    built = blog(files)
    for number, tag in enumerate(opened):
        text = html(item(built, f"a{number}"))
        assert text.select("p")[-1].select("a[href^=tel]"), tag


RICH = """A breath to listen to:

<audio src="../downloads/breath.mp3"></audio>

<video controls><source src="/downloads/walk.mp4" type="video/mp4"></video>

<audio controls src="../downloads/breath.mp3"><a href="/downloads/words.txt">Words</a></audio>

<div>First box.</div><div>Second box.</div>

<details><summary>More about fees</summary>Ask me on the phone.</details>

<ruby>漢字<rt>かんじ</rt></ruby> and <span lang="de">Sehnsucht</span>
"""


def test_an_item_loses_nothing_that_a_reader_can_show(blog: Blog) -> None:
    files = {f"downloads/{name}": b"x" for name in ("breath.mp3", "walk.mp4", "words.txt")}
    built = blog({"articles/a.md": article(body=RICH)} | files)
    text = html(item(built, "a"))
    sound, video, with_words = text.select("audio, video")
    breath = f"{URL}/downloads/breath.mp3"
    assert sound["src"] == one(sound, "a")["href"] == breath
    assert one(sound, "a").get_text() == "breath.mp3"
    assert one(video, "source")["src"] == one(video, "a")["href"] == f"{URL}/downloads/walk.mp4"
    assert one(with_words, "a")["href"] == f"{URL}/downloads/words.txt"
    assert all(each.has_attr("controls") for each in (sound, video, with_words))
    assert [box.get_text() for box in text.select("div")] == ["First box.", "Second box."]
    assert one(text, "details > summary").get_text() == "More about fees"
    brackets = "<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>"
    assert str(one(text, "ruby")) == brackets
    assert one(text, "span[lang=de]").get_text() == "Sehnsucht"
    assert problems((built.folder / FEEDS[0]).read_bytes()) == []


def test_an_item_in_another_language_says_so(blog: Blog) -> None:
    hebrew = article("על השתיקה", "lang: he\ncontent_note: אזהרה.", "שתיקה (בחדר).")
    built = blog({"articles/a.md": hebrew, "articles/b.md": article()})
    for path in FEEDS[:2]:
        text = html(item(built, "a", path))
        assert one(text, "[dir=rtl]:has(> p)")["lang"] == "he"
        assert one(text, "strong")["lang"] == "he"
        assert {p["lang"] for p in text.select("p") if "crisis" in str(p).lower()} == {"en-US"}
        assert html(item(built, "b", path)).select("[lang], [dir]:not([href])") == []
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert item(built, "a", FEEDS[1]).get(language) == "he"
    assert item(built, "b", FEEDS[1]).get(language) is None
    assert all(problems((built.folder / path).read_bytes()) == [] for path in FEEDS[:2])


def test_a_feed_without_articles_is_as_old_as_a_blog_can_be(blog: Blog) -> None:
    built = blog({})
    for path in ("feeds/all.rss.xml", "feeds/all.atom.xml", "feeds/comments.atom.xml"):
        read = feedparser.parse((built.folder / path).read_bytes())
        assert read.feed.updated_parsed.tm_year == 2026, path
        assert read.entries == []
        assert problems((built.folder / path).read_bytes()) == []


def test_an_item_says_who_wrote_it_when_and_about_what(built: BuiltSite) -> None:
    zone = ZoneInfo(OWNER.site.timezone)
    published, changed = (
        datetime(2026, 3, 4, tzinfo=zone),
        datetime(2026, 7, 9, 10, 30, tzinfo=zone),
    )
    entry = item(built, "raw")
    assert entry.findtext("title") == "Raw & “ready” <3"
    assert entry.findtext("description") == "A short summary of what this article is about."
    assert entry.findtext("dc:creator", None, NAMES) == BYLINE
    assert entry.findtext("pubDate") == f"{published:%a, %d %b %Y %H:%M:%S %z}"
    assert entry.findtext("atom:updated", None, NAMES) == changed.isoformat()
    assert [each.text for each in entry.iter("category")] == ["Starting therapy", "silence", "law"]
    assert item(built, "plain").find("atom:updated", NAMES) is None


def test_an_atom_entry_says_the_same(built: BuiltSite) -> None:
    zone = ZoneInfo(OWNER.site.timezone)
    published, changed = (
        datetime(2026, 3, 4, tzinfo=zone),
        datetime(2026, 7, 9, 10, 30, tzinfo=zone),
    )
    entry = item(built, "raw", FEEDS[1])
    assert entry.findtext("atom:title", None, NAMES) == "Raw & “ready” <3"
    assert entry.findtext("atom:author/atom:name", None, NAMES) == BYLINE
    assert entry.findtext("atom:published", None, NAMES) == published.isoformat()
    assert entry.findtext("atom:updated", None, NAMES) == changed.isoformat()
    terms = [each.get("term") for each in entry.iterfind("atom:category", NAMES)]
    assert terms == ["Starting therapy", "silence", "law"]
    unchanged = item(built, "plain", FEEDS[1])
    assert unchanged.findtext("atom:updated", None, NAMES) == published.isoformat()


def ids(built: BuiltSite) -> list[str]:
    """Return the one item's id in each feed."""
    found = []
    for path in FEEDS[:2]:
        (entry,) = feedparser.parse((built.folder / path).read_bytes()).entries
        found.append(entry.id)
    return found


def test_an_articles_id_outlives_its_name_title_date_and_address(tmp_path: Path) -> None:
    before = build_blog(tmp_path / "a", {"articles/old-name.md": article("Before")})
    renamed = article("After", "id: old-name\nslug: another").replace("2026-03-04", "2026-05-05")
    after = build_blog(tmp_path / "b", {"articles/new-name.md": renamed})
    other = build_blog(tmp_path / "c", {"articles/new-name.md": article("Before")})
    assert ids(before) == ids(after)
    assert not {*ids(before)} & {*ids(other)}
    (guid,) = xml(before, FEEDS[0]).iter("guid")
    assert guid.get("isPermaLink") == "false"
    assert len({*ids(before)}) == 1, "RSS and Atom tell it apart"


@pytest.mark.parametrize("path", [*FEEDS, JSON, "feeds/all.opml", "sitemap.xml"])
def test_what_is_not_published_is_in_no_feed(built: BuiltSite, path: str) -> None:
    assert not re.search(r"draft|hidden|future|unlisted", built.text(path), re.IGNORECASE)


def test_a_feed_has_the_fifty_newest_and_no_more(blog: Blog) -> None:
    files: dict[str, str | bytes] = {
        f"articles/{n}.md": article(f"Number {n}").replace(
            "03-04", f"{n // 28 + 1:02}-{n % 28 + 1:02}"
        )
        for n in range(MOST + 5)
    }
    built = blog(files)
    for path in FEEDS:
        entries = feedparser.parse((built.folder / path).read_bytes()).entries
        assert [entry.title for entry in entries] == [f"Number {n}" for n in range(54, 4, -1)]


def test_a_blog_below_a_path_has_its_addresses_below_it_in_feeds_too(blog: Blog) -> None:
    moved = PRACTICE.replace(f'"{URL}"', '"https://example.net/blog"')
    files = {
        "practice.toml": moved,
        "articles/raw.md": article("Raw", body=RAW),
        "articles/plain.md": article("Plain"),
        "images/chairs.png": picture(),
    }
    built = blog(files)
    for path in FEEDS:
        assert problems((built.folder / path).read_bytes()) == []
        said = re.findall(r"https://example\.net/[^\s\"&<]*", built.text(path))
        assert len(said) > 10
        assert not [url for url in said if not url.startswith("https://example.net/blog/")]
        assert f"{URL}/" not in built.text(path)


def test_the_sitemap_has_every_published_page_and_its_last_change(built: BuiltSite) -> None:
    zone = ZoneInfo(OWNER.site.timezone)
    urls = xml(built, "sitemap.xml").findall("map:url", NAMES)
    changed = {
        str(url.findtext("map:loc", "", NAMES)): url.findtext("map:lastmod", None, NAMES)
        for url in urls
    }
    pages = {path: built.page(path) for path in built.pages()}
    canonical = {str(link["href"]) for p in pages.values() for link in p.select("[rel=canonical]")}
    assert changed.keys() == canonical
    assert len(urls) == len(changed)
    raw = datetime(2026, 7, 9, 10, 30, tzinfo=zone).isoformat()
    assert changed[f"{URL}/raw/"] == changed[f"{URL}/"] == changed[f"{URL}/tag/law/"] == raw
    assert changed[f"{URL}/plain/"] == datetime(2026, 3, 4, tzinfo=zone).isoformat()
    assert xml(built, "sitemap.xml").tag == f"{{{NAMES['map']}}}urlset"


def test_robots_are_welcome_and_shown_the_sitemap(site: BuiltSite) -> None:
    lines = site.text("robots.txt").splitlines()
    assert f"Sitemap: {URL}/sitemap.xml" in lines
    assert "User-agent: *" in lines
    assert not [line for line in lines[lines.index("User-agent: *") :] if "Disallow" in line]
