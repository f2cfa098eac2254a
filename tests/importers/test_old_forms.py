"""Each form that WordPress wrote in its many years arrives as it was shown."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.importers.conftest import Imported, picture, put_media
from tests.importers.exports import HOME, Entry, attachment, write_export

Bring = Callable[..., Imported]
UPLOADS = f"{HOME}/wp-content/uploads"
FILE = "articles/a-title.md"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('I wrote <a\n  href="https://x.example/"\n  title="t">a book</a>.\n\n'
         '<div\n class="box"\n>\nWords.\n</div>',
         "I wrote [a book](https://x.example/).\n\nWords."),
        ('<p\n\n  class="a > b"\n>One</p>', "One"),
        ("<a title='5 > 3'\nhref=https://x.example/>a</a>", "[a](https://x.example/)"),
        ('It\'s <b\n>5</b> < 6 and "7" > 3.', "It's **5** < 6 and \"7\" > 3."),
        ("<!-- a\n\nnote -->One.", "One."),
        ('<a href="https://x.example/>a</a> and <b>b</b> "c"', None),
    ],
)  # fmt: skip
def test_a_tag_over_several_lines_is_one(bring: Bring, html: str, markdown: str | None) -> None:
    body = bring(Entry(1, body=html)).body(FILE)
    assert body == markdown if markdown else "href" not in body


@pytest.mark.parametrize(
    ("name", "html", "markdown"),
    [
        ("preformatted", "<pre>Dear you,<br>second <b>line</b></pre>",
         "```\nDear you,\nsecond line\n```"),
        ("code", "<pre><code>a<br/>b\n\nc</code></pre>", "```\na\nb\n\nc\n```"),
        ("preformatted", '<pre>See <a href="https://a.example/">a</a>\nb</pre>',
         "See [a](https://a.example/)<br>\nb"),
        ("verse", '<pre class="wp-block-verse">Two roads\nin a <em>yellow</em> wood</pre>',
         "Two roads<br>\nin a *yellow* wood"),
        ("verse", '<pre class="wp-block-verse">One<br>two\n  <em>three\nfour</em></pre>',
         "One<br>\ntwo<br>\n\xa0\xa0*three<br>\nfour*"),
        ("html", "<pre><div>a</div><div>b</div></pre>", "```\na\nb\n```"),
    ],
)  # fmt: skip
def test_lines_end_where_they_ended(bring: Bring, name: str, html: str, markdown: str) -> None:
    stored = f"<!-- wp:{name} -->{html}<!-- /wp:{name} -->"
    assert bring(Entry(1, body=stored)).body(FILE) == markdown


@pytest.mark.parametrize(
    "html",
    [
        f'[caption width="300"]<a href="https://x.example/"><img src="{UPLOADS}/a.jpg" alt="A">'
        "</a> My chair[/caption]",
        f'<figure><a href="https://x.example/"><img src="{UPLOADS}/a.jpg" alt="A"></a>'
        "<figcaption>My chair</figcaption></figure>",
        f'<ul><li>One <figure><img src="{UPLOADS}/a.jpg" alt="A"><figcaption>My chair</figcaption>'
        "</figure></li><li>two</li></ul>",
        '<ul class="wp-block-gallery blocks-gallery-grid"><li class="blocks-gallery-item"><figure>'
        f'<img src="{UPLOADS}/a.jpg" alt="A"><figcaption>My chair</figcaption></figure></li></ul>',
        f'[caption caption="My chair" width="3"]<img src="{UPLOADS}/a.jpg" alt="A">[/caption]',
        f'<div class="wp-caption"><img src="{UPLOADS}/a.jpg" alt="A"><p class="wp-caption-text">'
        "My chair</p></div>",
        f'<table><tr><td>a</td><td><figure><img src="{UPLOADS}/a.jpg" alt="A"><figcaption>My chair'
        "</figcaption></figure></td></tr><tr><td>b</td><td>c</td></tr></table>",
        f'<blockquote><p>One</p><figure><img src="{UPLOADS}/a.jpg" alt="A"><figcaption>My chair'
        "</figcaption></figure></blockquote>",
    ],
)
def test_a_caption_is_to_be_read_under_its_picture(bring: Bring, tmp_path: Path, html: str) -> None:
    media = put_media(tmp_path, {"a.jpg": picture()})
    page = bring(Entry(1, body=html), media=media).shown()
    image = page.select_one('img[alt="A"]')
    assert image
    assert "My chair" in " ".join(str(text) for text in image.find_all_next(string=True))
    assert page.get_text().count("My chair") == 1
    assert "My chair" not in str(image)


def test_a_picture_that_led_to_its_own_page_stands_alone(bring: Bring, tmp_path: Path) -> None:
    media = put_media(tmp_path, {"a.jpg": picture(), "b.pdf": b"%PDF-1.4"})
    image = f'<img src="{UPLOADS}/a.jpg" alt="A">'
    body = (
        f'<a href="{HOME}/?attachment_id=9">{image}</a>\n\n'
        f'<a href="{HOME}/2019/a-title/a/" rel="attachment wp-att-12">{image}</a>\n\n'
        f'<a href="{HOME}/?attachment_id=10">The guide</a>'
    )
    files = (attachment(9, "a.jpg"), attachment(10, "b.pdf"))
    result = bring(Entry(1, body=body), *files, media=media)
    assert result.body(FILE).split("\n\n") == [
        "![A](../images/a.jpg)", "![A](../images/a.jpg)", "[The guide](../downloads/b.pdf)"
    ]  # fmt: skip
    assert "Please look" not in result.said


def test_addresses_without_the_blogs_own_are_of_it(bring: Bring) -> None:
    one = Entry(1, "One", 'See <a href="/blog/two">it</a>.', "one", link="/blog/one")
    result = bring(one, Entry(2, "Two", "Here.", "two", link="/blog/two"))
    assert result.body("articles/one.md") == "See [it](two.md)."
    assert '"/blog/two": "article:two"' in (result.root / "urls.json").read_text()


REUSED = (
    '<!-- wp:paragraph {"metadata":{"name":"Greeting","bindings":{"__default":'
    '{"source":"core/pattern-overrides"}}}} --><p class="x">In a day.</p><!-- /wp:paragraph -->'
    '<!-- wp:button {"metadata":{"name":"Way"}} --><div><a href="https://a.example/">Go</a></div>'
    "<!-- /wp:button -->"
)


@pytest.mark.parametrize(
    ("attributes", "shown"),
    [
        ('{"ref":60}', ["In a day.", "[Go](https://a.example/)"]),
        ('{"content":{"Greeting":{"content":"To<b>day</b>."}},"ref":60}',
         ["To**day**.", "[Go](https://a.example/)"]),
        ('{"ref":60,"content":{"Way":{"text":"Come","url":"https://b.example/"},"X":{}}}',
         ["In a day.", "[Come](https://b.example/)"]),
    ],
)  # fmt: skip
def test_a_reused_block_has_the_words_it_was_given(
    bring: Bring, attributes: str, shown: list[str]
) -> None:
    block = Entry(60, "R", REUSED, "r", kind="wp_block", category=())
    result = bring(Entry(1, body=f"<!-- wp:block {attributes} /-->"), block)
    assert result.body(FILE).split("\n\n") == shown


@pytest.mark.parametrize(
    ("stored", "address"),
    [
        ("[audio https://x.example/talk.mp3]", "https://x.example/talk.mp3"),
        ('[video src="https://x.example/walk.mp4"]', "https://x.example/walk.mp4"),
        ('<iframe src="https://player.vimeo.com/video/7?badge=0&amp;h=ab1"></iframe>',
         "https://vimeo.com/7/ab1"),
        ('<iframe src="//www.youtube.com/embed/videoseries?list=PLx-1"></iframe>',
         "https://www.youtube.com/playlist?list=PLx-1"),
        ('<object data="http://www.youtube.com/v/ab-c?fs=1"></object>',
         "https://www.youtube.com/watch?v=ab-c"),
        ('<embed src="http://vimeo.com/moogaloop.swf?clip_id=7&amp;server=x">',
         "https://vimeo.com/7"),
        ('<iframe src="https://www.dailymotion.com/embed/video/x1"></iframe>',
         "https://www.dailymotion.com/video/x1"),
        ('<iframe src="https://open.spotify.com/embed/episode/1a?utm=x"></iframe>',
         "https://open.spotify.com/episode/1a"),
        ('<iframe src="https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b&amp;x=1">'
         "</iframe>", "https://soundcloud.com/a/b"),
        ("[audio:https://x.example/old.mp3|width=80%]", "https://x.example/old.mp3"),
        ("Before\nhttps://youtu.be/abc\nafter", "https://youtu.be/abc"),
        ("[wpvideo Ab1]", "https://videopress.com/v/Ab1"),
        ('[soundcloud url="https://soundcloud.com/a/b"]', "https://soundcloud.com/a/b"),
    ],
)  # fmt: skip
def test_what_played_is_a_link_to_its_page(bring: Bring, stored: str, address: str) -> None:
    result = bring(Entry(1, body=f"Words.\n\n{stored}"))
    assert [a["href"] for a in result.shown().find_all("a")] == [address]


def test_a_playlist_is_a_link_to_each_recording(bring: Bring, tmp_path: Path) -> None:
    media = put_media(tmp_path, {"one.mp3": b"ID3", "two.mp3": b"ID3b"})
    files = (attachment(5, "one.mp3"), attachment(6, "two.mp3"))
    result = bring(Entry(1, body='[playlist ids="5,6"]'), *files, media=media)
    assert result.body(FILE) == "[one.mp3](../downloads/one.mp3)\n\n[two.mp3](../downloads/two.mp3)"
    entries = [Entry(2, "B", '[playlist ids="5,77"]', "b"), Entry(3, "C", "[playlist]", "c")]
    entries.append(attachment(8, "one.mp3", parent=3))
    result = bring(*entries, *files, media=media)
    assert "Recordings of a playlist (77) are not in this export" in result.said
    assert result.body("articles/b.md") == "[one.mp3](../downloads/one.mp3)"
    assert result.body("articles/c.md") == "[one.mp3](../downloads/one.mp3)"


def test_a_picture_that_is_its_own_background_is_shown_once(bring: Bring, tmp_path: Path) -> None:
    media = put_media(tmp_path, {"a.jpg": picture()})
    stored = (
        '<!-- wp:media-text --><div><figure class="wp-block-media-text__media" '
        f'style="background-image:url({UPLOADS}/a.jpg)"><img src="{UPLOADS}/a.jpg" alt="A"/>'
        "</figure><div><p>Beside.</p></div></div><!-- /wp:media-text -->"
    )
    result = bring(Entry(1, body=stored), media=media)
    assert result.body(FILE) == "![A](../images/a.jpg)\n\nBeside."


def test_a_caption_may_have_quotation_marks(bring: Bring, tmp_path: Path) -> None:
    media = put_media(tmp_path, {"a.jpg": picture()})
    body = f'[caption caption="Her &quot;chair&quot;"]<img src="{UPLOADS}/a.jpg" alt="A">[/caption]'
    assert "Her “chair”" in bring(Entry(1, body=body), media=media).shown().get_text()


def test_a_cover_shows_its_picture(bring: Bring, tmp_path: Path) -> None:
    media = put_media(tmp_path, {"a.jpg": picture()})
    stored = (
        f'<!-- wp:cover {{"url":"{UPLOADS}/a.jpg","id":9}} --><div class="wp-block-cover"'
        f' style="background-image:url({UPLOADS}/a.jpg)"><p>Words on it.</p></div>'
        "<!-- /wp:cover -->"
    )
    result = bring(Entry(1, body=stored), media=media)
    assert result.body(FILE) == "![](../images/a.jpg)\n\nWords on it."


@pytest.mark.parametrize(
    "place",
    [
        '<h2 id="x">There</h2>', '<h2><a name="x"></a>There</h2>', '<a name="x"></a><h2>There</h2>',
        '<p id="x">There</p>', '<p><a id="x"></a>There</p>', '<p>Is <span id="x">There</span></p>',
        '<ul><li id="x">There</li></ul>', '<div id="x"><p>There</p></div>',
        '<table id="x"><tr><td>There</td><td>a</td></tr><tr><td>b</td><td>c</td></tr></table>',
    ],
)  # fmt: skip
def test_a_link_within_the_text_leads_to_its_place(bring: Bring, place: str) -> None:
    stored = f'<!-- wp:html --><p><a href="#x">Down</a></p>{place}<!-- /wp:html -->'
    result = bring(Entry(1, body=stored))
    page = result.shown()
    assert page.select_one('a[href="#x"]'), result.body(FILE)
    (target,) = page.select("#x")
    assert "There" in target.get_text() + "".join(map(str, target.find_all_next(string=True)))
    assert "Please look" not in result.said


def test_a_link_with_the_whole_address_leads_within_the_text(bring: Bring) -> None:
    body = (
        f'<a href="{HOME}/2019/05/a-title/#caf%C3%A9">Down</a> and <a href="#up">up</a>\n\n'
        '<p><a name="up"></a>Words.</p>\n\n<h2 id="café">There</h2>'
    )
    page = bring(Entry(1, body=body)).shown()
    links = [unquote(str(link["href"])) for link in page.find_all("a", class_=None)]
    assert links == ["#café", "#up"]
    assert page.select_one("h2#café")
    assert page.select_one("p #up")


def test_a_summary_is_never_a_films_address(bring: Bring) -> None:
    words = "In this film I talk about silence."
    for number, between in enumerate(("\n\n", "\n"), 1):
        body = f"https://www.youtube.com/watch?v=abc{between}{words}"
        result = bring(Entry(number, body=body, slug=f"film-{number}"))
        assert f"summary: {words}" in result.header(f"articles/film-{number}.md")


@pytest.mark.parametrize("between", ["<br>", "<br/>\n", "\n"])
def test_lines_of_a_verse_stay_apart_in_its_summary(bring: Bring, between: str) -> None:
    verse = f'<pre class="wp-block-verse">Two roads{between}in a <em>yellow</em> wood.</pre>'
    result = bring(Entry(1, body=f"<!-- wp:verse -->{verse}<!-- /wp:verse -->"))
    header = result.header("articles/a-title.md")
    assert "summary: Two roads in a yellow wood." in header


def test_a_bold_line_is_no_part_of_a_summary(bring: Bring) -> None:
    body = "<p><b>Begin here</b></p>\n<p><b>Slowly</b> is how it goes.</p>"
    header = bring(Entry(1, body=body)).header("articles/a-title.md")
    assert "summary: Slowly is how it goes." in header


def test_an_export_of_squarespace_keeps_its_home(bring: Bring, tmp_path: Path) -> None:
    entry = Entry(1, "One", "Words.", "one", link="/blog/one")
    path = write_export(tmp_path, entry, home="https://name.squarespace.com")
    result = bring(file=path)
    assert '"/blog/one": "article:one"' in (result.root / "urls.json").read_text()
