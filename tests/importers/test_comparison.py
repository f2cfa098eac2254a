"""An export with every block and shortcode: each of its words is shown, and nothing else is."""

from collections.abc import Callable
from pathlib import Path

from tests.importers.comparison import differences, words_of_html, words_of_page, words_of_texts
from tests.importers.conftest import Imported, picture, put_media
from tests.importers.exports import HOME, Entry, attachment
from tests.support import one

UPLOADS = f"{HOME}/wp-content/uploads"
IMAGE = f'<img src="{UPLOADS}/a.jpg" alt=""/>'


def block(name: str, html: str, attributes: str = "") -> str:
    """Return a block as WordPress stores it."""
    return f"<!-- wp:{name} {attributes} -->\n{html}\n<!-- /wp:{name} -->\n\n"


PARAGRAPH = block("paragraph", '<p class="x">The <em>first</em> of <b>all</b>, 5 * 3 < 20_000.</p>')
BLOCKS = {
    "Words": (
        PARAGRAPH
        + block("heading", '<h2 id="two"><a name="b"></a>Second <i>heading</i></h2>')
        + block("quote", f"<blockquote>{PARAGRAPH}<cite>Its source</cite></blockquote>")
        + block("pullquote", "<figure><blockquote><p>Pulled.</p><cite>By me</cite></blockquote>"
                "</figure>")
        + block("preformatted", "<pre>Dear [you],<br>it is &lt;late&gt;.\n\n  *Yours*</pre>")
        + block("code", "<pre><code>if [a]:\n    print(&quot;|&quot;) # ```</code></pre>")
        + block("verse", "<pre class='wp-block-verse'>Two roads\n  in <em>yellow\nwood</em></pre>")
        + block("details", f"<details><summary>What?</summary>{PARAGRAPH}</details>")
        + block("separator", "<hr class='x'/>") + block("more", "<!--more-->")
        + block("spacer", '<div style="height:9px" aria-hidden="true"></div>')
        + block("freeform", "Classic words.\n\nAnd <a\nhref='https://a.example/'>more\nof</a> it.")
        + block("html", "<div><p>By hand</p><!-- unseen --><style>p {}</style></div>")
        + "<p>Mark<sup data-fn='n' class='fn'><a href='#n'>1</a></sup>.</p>"
    ),
    "Lists": (
        block("list", "<ul><li>one<ul><li>within</li></ul>after</li><li>two<br>lines</li></ul>")
        + block("list", "<ol start='7' reversed><li><p>a</p><p>b</p></li><li><h3>c</h3>d</li></ol>")
        + block("list", f"<ul><li>e {IMAGE}</li><li>f<blockquote>g</blockquote></li></ul>")
        + block("list", "<ul><li>* h</li><li>1. i</li><li># j</li><li></li></ul>")
        + block("html", "<dl><dt>Term</dt><dd>Meaning</dd><dd><p>Other</p><p>More</p></dd></dl>")
        + block("html", "<ul><li><table><tr><td rowspan=2>k</td><td>l</td></tr><tr><td>m</td></tr>"
                "</table></li><li><pre>n\n\no</pre></li></ul>")
    ),
    "Tables": (
        block("table", "<figure><table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>"
              "1 | 2</td><td><strong>3</strong><br>4</td></tr></tbody><tfoot><tr><td>Sum</td><td>5"
              "</td></tr></tfoot></table><figcaption>Of <em>numbers</em></figcaption></figure>")
        + block("html", "<table><caption>Hours</caption><tr><th>Day</th><th>What</th></tr>"
                "<tr><td rowspan='2'>Monday</td><td>groups</td></tr><tr><td>couples</td></tr>"
                "<tr><th>Tuesday</th><td><ul><li>one</li><li>two</li></ul></td><td>late</td></tr>"
                "<tr><td colspan='2'><p>All</p><p>days</p></td></tr></table>")
        + block("html", f"<table><tr><td>Left {IMAGE}</td><td><h4>Right</h4><table><tr><td>in"
                "</td><td>side</td></tr><tr><td>low</td></tr></table></td></tr></table>")
    ),
    "Pictures": (
        block("image", f"<figure>{IMAGE}<figcaption>A <em>chair</em></figcaption></figure>")
        + block("image", f"<figure><a href='https://a.example/'>{IMAGE}</a><figcaption>By "
                "<a href='https://b.example/'>her</a></figcaption></figure>")
        + block("gallery", "<figure class='wp-block-gallery'>"
                + block("image", f"<figure>{IMAGE}<figcaption>First</figcaption></figure>") * 2
                + "<figcaption class='blocks-gallery-caption'>Both</figcaption></figure>")
        + block("gallery", "<ul class='blocks-gallery-grid'><li class='blocks-gallery-item'>"
                f"<figure>{IMAGE}<figcaption>Old form</figcaption></figure></li></ul>")
        + block("media-text", f"<div><figure>{IMAGE}</figure><div>{PARAGRAPH}</div></div>")
        + block("cover", "<div class='wp-block-cover' "
                f"style='background-image:url({UPLOADS}/a.jpg)'><div>{PARAGRAPH}</div></div>")
        + block("file", f"<div><a href='{UPLOADS}/g.pdf'>A guide</a><a href='{UPLOADS}/g.pdf' "
                "class='wp-block-file__button' download>Download</a></div>")
        + block("file", f"<div><a href='{UPLOADS}/g.pdf' class='wp-block-file__button' download>"
                "Save</a></div>")
    ),
    "Layout": (
        block("columns", "<div>" + block("column", f"<div>{PARAGRAPH}</div>") * 2 + "</div>")
        + block("group", f"<div><section>{PARAGRAPH}</section></div>")
        + block("buttons", "<div><a href='https://a.example/'>Write</a> <a>Call</a></div>")
        + block("html", "<a href='https://a.example/'><h3>Linked</h3><p>and more</p></a>")
        + block("html", "<center><font color='red'>Loud</font></center><p><u>under</u> "
                "<small>small</small> <kbd>Ctrl</kbd> x<sup>2</sup> <del>old</del> "
                "<q>said</q> <abbr title='x'>abbr</abbr> <code>a<br>b</code></p>")
    ),
    "Shortcodes": (
        'One\n[caption width="300"]' + IMAGE + ' Its caption[/caption]\n[box title="x"]In it'
        "[/box]\n\n[audio https://x.example/talk.mp3]\n\n[my-slider id=3]\n\n[sic] and [she laughs]"
        '\n\n[gallery ids="5"]\n\n[embed]https://vimeo.com/1[/embed]\n\n"Quoted" & 3 > 2 {x.y}'
    ),
}  # fmt: skip
# What isn't in the body: a footnote's words, a gallery's, and the names of what played.
ADDED = {"Words": "A source.", "Shortcodes": "From the gallery talk.mp3 https://vimeo.com/1"}


def test_every_word_of_an_export_is_shown_and_nothing_else(
    bring: Callable[..., Imported], tmp_path: Path
) -> None:
    media = put_media(tmp_path, {"a.jpg": picture(), "g.pdf": b"%PDF-1.4"})
    note = {"footnotes": '[{"id":"n","content":"A <em>source</em>."}]'}
    texts = [
        Entry(number, title, body, title.lower(), meta=note if title == "Words" else {})
        for number, (title, body) in enumerate(BLOCKS.items(), 20)
    ]
    result = bring(*texts, attachment(5, "a.jpg", caption="From the gallery"), media=media)
    words, site = words_of_texts((result.root / "export.xml").read_text("utf-8")), result.build()
    for title in BLOCKS:
        prose = one(site.page(f"{title.lower()}/"), "article .prose")
        added = words_of_html(ADDED.get(title, ""))
        lost, extra = differences(words[title], words_of_page(prose), added)
        assert (title, lost, extra) == (title, [], [])


def test_the_comparison_sees_a_lost_word_and_a_sign() -> None:
    assert differences(words_of_html("<p>a b</p>"), words_of_html("<p>a *</p>")) == (["b"], ["*"])
