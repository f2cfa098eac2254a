"""The export of a whole small blog, as one finds them: old and new texts, and all that goes with
them. Each entry is here for something that an import can get wrong."""

from tests.importers.exports import HOME, Entry, attachment, comment

UPLOADS = f"{HOME}/wp-content/uploads"
CLASSIC = f"""When someone falls silent, the room doesn't empty. It's "full" &amp; quiet.
A second line of the same paragraph, with <strong>strong </strong>words &lt;and&gt; a sign ]]> here.

<!--more-->

<h1>What silence says</h1>
[caption id="attachment_50" align="alignnone" width="300"]<a href="{UPLOADS}/2019/05/chairs.jpg">\
<img class="size-medium wp-image-50" src="{UPLOADS}/2019/05/chairs-300x200.jpg" alt="Two chairs" \
width="300" height="200" /></a> The "room" <em>today</em>[/caption]

I wrote about <a href="{HOME}/2019/06/endings/">endings</a>, about \
<a href="https://www.old.example.org/blog/?p=12">the first hour</a> and \
<a href="/blog/?p=13">a draft</a>; see <a href="{HOME}/about/#me">me</a>, \
<a href="{HOME}/category/in-the-room/">all of these</a>, \
<a href="{HOME}/author/hannah/">mine</a> and \
<a href="https://www.example.com/a_(b)">elsewhere</a>.
<ul>
	<li>one</li>
	<li>two
<ol>
	<li>two and a half</li>
</ol>
</li>
</ul>
<blockquote>Silence is a true friend.</blockquote>
[gallery ids="51,52"]

https://www.youtube.com/watch?v=abc123

[contact-form-7 id="7" title="Write to me"]

[su_box title="Good to know"]Breathe <em>out</em>.[/su_box]

She said "nothing" [sic] for a while\
[efn_note]Her word, in <a href="https://x.example/">a letter</a>.[/efn_note]; [she laughs].

Download <a href="{UPLOADS}/2019/05/guide.pdf">the guide</a> or \
<a href="{UPLOADS}/2019/05/lost.pdf">the old one</a>.
"""
BLOCKS = f"""<!-- wp:heading {{"level":3}} -->
<h3 class="wp-block-heading" id="before"><strong>Before</strong> the end</h3>
<!-- /wp:heading -->

<!-- wp:paragraph {{"dropCap":true}} -->
<p class="has-drop-cap">Endings 👋🏽 are <a href="#before">prepared</a>.\
<sup data-fn="ab-1" class="fn"><a href="#ab-1" id="ab-1-link">1</a></sup> \
Call {{practice.phone}}, or {{nobody.here}}.</p>
<!-- /wp:paragraph -->

<!-- wp:image {{"id":50,"sizeSlug":"large"}} -->
<figure class="wp-block-image size-large"><img src="{UPLOADS}/2019/05/chairs-1024x683.jpg" alt="" \
class="wp-image-50"/><figcaption class="wp-element-caption">Again</figcaption></figure>
<!-- /wp:image -->

<!-- wp:gallery {{"linkTo":"none"}} -->
<figure class="wp-block-gallery has-nested-images is-cropped">\
<!-- wp:image {{"id":51}} -->
<figure class="wp-block-image">\
<img src="{UPLOADS}/2019/05/rain.png" alt="Rain" class="wp-image-51"/></figure>
<!-- /wp:image -->
<!-- wp:image {{"id":53}} -->
<figure class="wp-block-image"><img src="{UPLOADS}/2019/05/missing.jpg" alt="A lamp"/></figure>
<!-- /wp:image --></figure>
<!-- /wp:gallery -->

<!-- wp:table -->
<figure class="wp-block-table"><table><tbody><tr><td>What</td><td>How long</td></tr>
<tr><td>First call | free</td><td>15 minutes</td></tr></tbody></table></figure>
<!-- /wp:table -->

<!-- wp:embed {{"url":"https://vimeo.com/1","type":"video"}} -->
<figure class="wp-block-embed is-type-video"><div class="wp-block-embed__wrapper">
https://vimeo.com/1
</div><figcaption>A film</figcaption></figure>
<!-- /wp:embed -->

<!-- wp:code -->
<pre class="wp-block-code"><code>if [gallery]:
    print("&lt;b&gt;")</code></pre>
<!-- /wp:code -->

<!-- wp:latest-posts /-->

<!-- wp:html -->
<iframe src="https://www.youtube.com/embed/xyz789" width="560"></iframe><script>track()</script>
<form action="/subscribe"><p>Two letters a year.</p><label>Your name <input name="n"></label></form>
<!-- /wp:html -->

<!-- wp:block {{"ref":60}} /-->

<!-- wp:footnotes /-->"""
RUSSIAN = "<!-- wp:paragraph -->\n<p>Тишина говорит. Она тоже ответ.</p>\n<!-- /wp:paragraph -->"
JAPANESE = "<p>沈黙は答えです。部屋は静かです。</p>"
ARABIC = "<p>الصمت جواب أيضا. الغرفة هادئة.</p>"
NOTE = '[{"id":"ab-1","content":"A <em>good</em> note."}]'
LINES = tuple(
    comment(number, f"Comment {number}.", parent, approved)
    for number, parent, approved in ((1, 0, "1"), (2, 1, "1"), (3, 2, "0"), (4, 0, "spam"))
)

WHOLE_BLOG = (
    Entry(
        10, 'Silence &amp; "words"', CLASSIC, "silence", modified="2020-01-02 09:00:00",
        category=("In the room", "Feelings"), tags=("silence", "Feelings"),
        meta={"_thumbnail_id": "50"}, comments=LINES,
    ),
    Entry(
        11, "Endings", BLOCKS, "endings", f"{HOME}/2019/06/endings/", date="2019-06-01 08:00:00",
        excerpt="How we <b>end</b>: #1 of two.", meta={"footnotes": NOTE}, comment_status="closed",
    ),
    Entry(12, "", "The first hour is a strange one, they say.", "", f"{HOME}/?p=12", category=()),
    Entry(13, "Not ready", "Later.", "not-ready", f"{HOME}/?p=13", status="draft"),
    Entry(14, "Tomorrow", "One day.", "tomorrow", status="future", date="2199-01-01 08:00:00"),
    Entry(15, "Mine", "For me.", "mine", status="private"),
    Entry(16, "Locked", "For some.", "locked", password="sesame"),  # noqa: S106
    Entry(17, "In the bin", "Gone.", "bin__trashed", status="trash"),
    Entry(20, "Тишина", RUSSIAN, "%d1%82%d0%b8%d1%88%d0%b8%d0%bd%d0%b0", category=("Чувства",),
          link=f"{HOME}/%d1%82%d0%b8%d1%88%d0%b8%d0%bd%d0%b0/"),
    Entry(21, "沈黙", JAPANESE, "%e6%b2%88%e9%bb%99", tags=("静か",), category=("uncategorized",)),
    Entry(22, "الصمت", ARABIC, "%d8%a7%d9%84%d8%b5%d9%85%d8%aa"),
    Entry(23, "🌱", "🌱 A seed. Title: no. # sign", "", f"{HOME}/seed/", category=("🌱",)),
    Entry(24, "Silence again", "Same slug, other text.", "silence", f"{HOME}/2020/05/silence/"),
    Entry(30, "About me", "Who I am.", "about", f"{HOME}/about/", "page", category=()),
    Entry(31, "Contact", "Old contact page.", "contact", f"{HOME}/contact/", "page", category=()),
    attachment(50, "2019/05/chairs.jpg", "Two chairs by a window", parent=10),
    attachment(51, "2019/05/rain.png", "Rain", "It <b>rained</b>"),
    attachment(52, "2019/05/no-alt.webp"),
    Entry(60, "Reusable", "<!-- wp:paragraph --><p>I call back.</p><!-- /wp:paragraph -->",
          "reusable", kind="wp_block", category=()),
    Entry(70, "A menu entry", "", "menu", kind="nav_menu_item", category=()),
    Entry(71, "A praise", "So good.", "praise", kind="testimonial", category=()),
)  # fmt: skip
FILES = {
    "2019/05/chairs.jpg": ("JPEG", "teal"),
    "2019/05/chairs-300x200.jpg": ("JPEG", "teal"),
    "2019/05/rain.png": ("PNG", "navy"),
    "2019/05/no-alt.webp": ("WEBP", "gray"),
}
