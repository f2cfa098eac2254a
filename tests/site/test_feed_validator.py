"""The feed validator finds no fault in two good feeds, and finds each fault that is put in."""

import pytest

from tests.site.feed_validator import problems

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>A room &amp; a chair</title>
<link>https://example.com/</link>
<description>Words on therapy.</description>
<atom:link href="https://example.com/feeds/all.rss.xml" rel="self" type="application/rss+xml"/>
<language>en-US</language>
<lastBuildDate>Tue, 03 Mar 2026 09:30:00 -0500</lastBuildDate>
<ttl>60</ttl>
<managingEditor>mail@example.com (A. Therapist)</managingEditor>
<image><url>https://example.com/i.png</url><title>A room &amp; a chair</title><link>https://example.com/</link>
</image>
<item>
<title>What silence is for &amp; why 3 &lt; 4</title>
<link>https://example.com/silence/</link>
<description>A summary.</description>
<content:encoded><![CDATA[<p style="text-align: right"><a href="tel:+17185550142">Call</a>
<img src="https://example.com/a.jpg" alt=""
 srcset="https://example.com/a.jpg 1x, https://example.com/b.jpg 2x"></p>]]></content:encoded>
<dc:creator>A. Therapist, LMHC</dc:creator>
<category>Therapy</category>
<category>Silence</category>
<guid isPermaLink="false">silence</guid>
<pubDate>Mon, 02 Mar 2026 09:30:00 -0500</pubDate>
<enclosure url="https://example.com/a.mp3" length="12" type="audio/mpeg"/>
</item>
<item><description>Only words.</description><guid>https://example.com/words/</guid></item>
</channel>
</rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>https://example.com/feeds/all.atom.xml</id>
<title>A room</title>
<updated>2026-03-03T09:30:00-05:00</updated>
<link rel="self" href="https://example.com/feeds/all.atom.xml"/>
<link href="https://example.com/" type="text/html"/>
<link href="https://example.com/es/" type="text/html" hreflang="es"/>
<author><name>A. Therapist</name><uri>https://example.com/</uri><email>a@example.com</email></author>
<contributor><name>B. Reader</name><uri>https://example.org/</uri></contributor>
<entry>
<id>tag:example.com,2026:silence</id>
<title type="html">What &lt;em&gt;silence&lt;/em&gt; is for</title>
<updated>2026-03-02T14:30:00.5Z</updated>
<published>2026-03-02T14:30:00Z</published>
<link rel="alternate" href="https://example.com/silence/"/>
<category term="Silence" scheme="https://example.com/tag/"/>
<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">In <b>short</b></div></summary>
<content type="html">&lt;p&gt;&lt;a href="https://example.com/"&gt;x&lt;/a&gt;</content>
</entry>
<entry>
<id>tag:example.com,2026:words</id><title>Words</title><updated>2026-03-01T14:30:00Z</updated>
<content>Only words.</content>
</entry>
</feed>"""


def test_good_feeds_have_no_problems() -> None:
    assert problems(RSS.encode()) == []
    assert problems(ATOM.encode()) == []


@pytest.mark.parametrize(
    ("xml", "fault"),
    [
        ("", "not well-formed"),
        (RSS.replace("</item>", "", 1), "not well-formed"),
        (RSS.replace("dc:creator", "dcterms:creator"), "not well-formed"),  # undeclared
        (RSS.partition("\n")[2], "XML declaration"),
        ("<?xml version='1.0'?><html/>", "neither an RSS nor an Atom feed"),
    ],
)
def test_what_is_not_a_feed_is_refused(xml: str, fault: str) -> None:
    assert [fault in each for each in problems(xml.encode())] == [True]


def assert_found(good: str, change: tuple[str, str], fault: str) -> None:
    old, new = change
    assert good.count(old) >= 1, "the test changes nothing"
    found = problems(good.replace(old, new, 1).encode())
    assert any(fault in each for each in found), found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        # counted
        ("</channel>", "</channel><channel/>", "rss: <channel> more than once"),
        ("<title>A room &amp; a chair</title>\n", "", "channel: <title> is missing"),
        ("<title>A room &amp; a chair</title>", "<title> </title>", "channel: <title> is missing"),
        ("<link>https://example.com/</link>", "", "channel: <link> is missing"),
        ("<language>en-US", "<language>en</language><language>en-US", "<language> more than once"),
        (
            "<pubDate>",
            "<pubDate>Mon, 02 Mar 2026 09:30:00 GMT</pubDate><pubDate>",
            "<pubDate> more",
        ),
        ('<guid isPermaLink="false">silence</guid>', "", "item 1: <guid> is missing"),
        ("<ttl>60</ttl>", "<timeToLive>60</timeToLive>", "no place for <timeToLive>"),
        ("<url>https://example.com/i.png</url>", "", "image: <url> is missing"),
        ("<ttl>60</ttl>", "sixty", "channel: text between its elements"),
        # ordered
        ("</channel>", "<docs>https://example.com/</docs></channel>", "after the first <item>"),
        (
            "<dc:creator>A.",
            "<description>Late.</description><dc:creator>A.",
            "description comes after content:encoded",
        ),
        # valued
        ("en-US", "English, US", '<language> can\'t be "English, US"'),
        ("<ttl>60", "<ttl>an hour", '<ttl> can\'t be "an hour"'),
        ("mail@example.com (A. Therapist)", "A. Therapist", "<managingEditor> can't be"),
        ("<category>Therapy", "<author>A. Therapist</author><category>T", "<author> can't be"),
        # dated
        ("Tue, 03 Mar", "Mon, 03 Mar", "channel: "),
        ("Mon, 02 Mar", "Tue, 02 Mar", "is not a date"),
        ("02 Mar 2026", "02 March 2026", "is not a date"),
        ("Mon, 02 Mar 2026", "31 Feb 2026", "is not a date"),
        ("02 Mar 2026", "02 Mar 26", "is not a date"),
        ("Mon, 02 Mar 2026 09:30:00 -0500", "Mon, 02 Mar 2026 09:30:00", "is not a date"),
        ("Mon, 02 Mar 2026 09:30:00 -0500", "2026-03-02T09:30:00Z", "is not a date"),
        # unique
        (
            "<guid>https://example.com/words/",
            '<guid isPermaLink="false">silence',
            'channel: id "silence" more than once',
        ),
        # rss_enclosure
        (' length="12"', "", "enclosure takes"),
        ('url="https://example.com/a.mp3"', 'url="/a.mp3"', "enclosure takes"),
        ('"audio/mpeg"', '"sound"', "can't be that"),
        ("<enclosure", '<enclosure url="/a.mp3"/><enclosure', "<enclosure> more than once"),
        # rss_version
        ('version="2.0"', 'version="0.92"', "version is not 2.0"),
        # rss_addresses
        ("<link>https://example.com/</link>", "<link>example.com</link>", "channel: address"),
        ("<url>https://example.com/i.png", "<url>/i.png", 'image: address "/i.png"'),
        ("<link>https://example.com/silence/", "<link>/silence/", '"/silence/" is not absolute'),
        ("<link>https://example.com/silence/", "<link>https://example.com/stillé/", "in ASCII"),
        ("<link>https://example.com/silence/", "<link>ftp://example.com/", "is not absolute"),
        # rss_self_link
        ('rel="self"', 'rel="alternate"', "needs one atom:link rel=self"),
        ('"https://example.com/feeds/all.rss.xml"', '"all.rss.xml"', "needs one atom:link"),
        ('type="application/rss+xml"', 'type="text/xml"', "of another type than"),
        # rss_guid
        ('<guid isPermaLink="false">', "<guid>", 'guid "silence" is no address'),
        ('isPermaLink="false"', 'isPermaLink="no"', 'isPermaLink="true" or "false"'),
        ('isPermaLink="false"', 'ispermalink="false"', 'isPermaLink="true" or "false"'),
        # rss_title_or_description
        ("<description>Only words.</description>", "", "neither title nor description"),
        # rss_text
        ("<title>What", "<title>&lt;em&gt;What&lt;/em&gt;", "should be plain text"),
        ("Words on therapy", "Words on &lt;em&gt;therapy&lt;/em&gt;", "should be plain text"),
        ("for &amp; why", "for &amp;amp; why", "should be plain text"),
        ("A. Therapist, LMHC", "&lt;b&gt;A. Therapist&lt;/b&gt;", "should be plain text"),
        ("<category>Therapy", "<category> ", "should be plain text"),
        ("A summary.", "&lt;script&gt;x&lt;/script&gt;", "item 1: <script> in its HTML"),
        ("A summary.", '&lt;a href="/x/"&gt;x&lt;/a&gt;', 'address "/x/" in its HTML'),
        ("tel:+17185550142", "#fn:1", 'address "#fn:1" in its HTML'),
        ("tel:+17185550142", "javascript:void(0)", 'address "javascript:void(0)" in its HTML'),
        ('src="https://example.com/a.jpg"', 'src="//example.com/a.jpg"', "is not absolute"),
        ("https://example.com/b.jpg 2x", "b.jpg 2x", 'address "b.jpg" in its HTML'),
        ("<p style=", "<form></form><p style=", "<form> in its HTML"),
        ("<p style=", "<iframe></iframe><p style=", "<iframe> in its HTML"),
        ("<p style=", "<style>p{}</style><p style=", "<style> in its HTML"),
        ("text-align: right", "position: absolute", 'style="position: absolute"'),
        ("<p style=", "<p onclick='x()' style=", "event handler onclick"),
    ],
)
def test_a_fault_in_an_rss_feed_is_found(old: str, new: str, fault: str) -> None:
    assert_found(RSS, (old, new), fault)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        # counted
        ("<name>B. Reader</name>", "", "contributor: <name> is missing"),
        ("<id>https://example.com/feeds/all.atom.xml</id>", "", "feed: <id> is missing"),
        ("<title>Words</title>", "", "entry 2: <title> is missing"),
        ("<updated>2026-03-01T14:30:00Z</updated>", "", "entry 2: <updated> is missing"),
        ("<title>Words", "<title>Wörds</title><title>Words", "entry 2: <title> more than once"),
        ("<published>", "<pubDate>x</pubDate><published>", "no place for <pubDate>"),
        ("<name>A. Therapist</name>", "", "author: <name> is missing"),
        ("</entry>", "</entry> and", "feed: text between its elements"),
        # ordered
        ("</feed>", "<rights>Mine</rights></feed>", "something comes after the first <entry>"),
        # valued
        ('rel="alternate"', 'type="web page"', "entry 1: type can't be"),
        ("<name>B. Reader", "<email>none</email><name>B.", "contributor: <email> can't be"),
        ('xml:lang="en"', 'xml:lang="English text"', 'lang can\'t be "English text"'),
        ('hreflang="es"', 'hreflang="español"', "hreflang can't be"),
        ('type="text/html"', 'type="html"', 'type can\'t be "html"'),
        ("<email>a@example.com", "<email>A. &lt;a@example.com&gt;", "<email> can't be"),
        # dated
        ("2026-03-03T09:30:00-05:00", "2026-03-03", "feed: "),
        ("2026-03-01T14:30:00Z", "2026-03-01T14:30:00", "is not a date"),
        ("2026-03-01T14:30:00Z", "2026-03-01t14:30:00z", "is not a date"),
        ("2026-03-01T14:30:00Z", "2026-02-30T14:30:00Z", "is not a date"),
        ("2026-03-01T14:30:00Z", "Sun, 01 Mar 2026 14:30:00 GMT", "is not a date"),
        # unique
        ("2026:words", "2026:silence", 'id "tag:example.com,2026:silence" more than once'),
        # atom_addresses
        ("<link href=", "<icon>i.png</icon><link href=", 'feed: address "i.png"'),
        ("<uri>https://example.org/", "<uri>example.org", "contributor: address"),
        ("<id>tag:example.com,2026:words", "<id>words", 'address "words" is not absolute'),
        ('href="https://example.com/silence/"', 'href="/silence/"', '"/silence/" is not absolute'),
        ('href="https://example.com/silence/"', "", 'address "None" is not absolute'),
        ("<uri>https://example.com/", "<uri>/about/", '"/about/" is not absolute'),
        ('scheme="https://example.com/tag/"', 'scheme="tag"', 'address "tag" is not absolute'),
        # atom_links
        ('rel="self"', 'rel="alternate"', "feed: needs one link rel=self"),
        (' hreflang="es"', "", "two links rel=alternate"),
        ("<content>Only words.</content>", "", "entry 2: neither content nor a link"),
        # atom_author
        (
            ATOM[ATOM.index("<author>") : ATOM.index("</author>") + 9],
            "",
            "neither the feed nor every entry has an author",
        ),
        # atom_text
        ("<title>A room", '<title type="html">&lt;script&gt;', "feed: <script> in its HTML"),
        ('type="html"', 'type="markdown"', "neither text, html nor xhtml"),
        ('content type="html"', 'content type="html" src="https://example.com/"', "elsewhere"),
        ('type="xhtml"', 'type="html"', "XHTML needs one div, other text no elements"),
        ("<title>Words", '<title type="xhtml">Words', "XHTML needs one div"),
        ("<b>short</b>", "<script>short()</script>", "script> in its HTML"),
        ("&lt;p&gt;", "&lt;p onclick='x()'&gt;", "event handler onclick"),
        ('a href="https://example.com/"', 'a href="../"', 'address "../" in its HTML'),
        ('term="Silence"', 'label="Silence"', "<category> without a term"),
    ],
)
def test_a_fault_in_an_atom_feed_is_found(old: str, new: str, fault: str) -> None:
    assert_found(ATOM, (old, new), fault)


def test_authors_of_every_entry_do_for_a_feed() -> None:
    author = ATOM[ATOM.index("<author>") : ATOM.index("</author>") + 9]
    assert problems(ATOM.replace(author, "").replace("<entry>", f"<entry>{author}").encode()) == []
