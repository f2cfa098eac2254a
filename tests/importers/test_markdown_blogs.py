"""Blogs in Markdown: Jekyll, Hugo, Zola, Eleventy, a folder of any program, and Ghost's export."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from insession.importers.command import bring_in
from tests.importers.conftest import Imported, picture
from tests.importers.exports import empty_blog

Bring = Callable[..., Imported]
JEKYLL = "title: Old\nurl: https://old.example.org\nlang: en\n"
OTHER = "---\ntitle: Other\n---\n[Back](2019-05-07-why-silence-helps.md)"
HUGO = """baseURL = "https://old.example.org/blog/"
[permalinks]
posts = "/:year/:slug/"
"""
ABOUT = "---\ntitle: About\n---\n[Here](/blog/2021/bundle/) [too](/2019/zwei/)."
ELEVENTY = """---
title: Silence
tags: [post, calm]
---
{% image "a.jpg" %}

[Two](/posts/two/) [lost](/nowhere/)
"""
POST = "---\ntitle: A title\ndate: 2019-05-07\n---\n"


@pytest.fixture
def bring(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Bring:
    """Import a folder made of these files into a blog of the test."""

    def run(files: Mapping[str, str | bytes], place: str = "", kind: str = "markdown") -> Imported:
        root = tmp_path / "here"
        if not root.exists():
            root.mkdir()
            empty_blog(root)
        for name, data in files.items():
            path = tmp_path / "old" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        capsys.readouterr()
        code = bring_in(kind, str(tmp_path / "old" / place), False, "", root)
        printed = capsys.readouterr()
        return Imported(root, code, printed.out + printed.err)

    return run


def urls(result: Imported) -> dict[str, str]:
    found: dict[str, str] = json.loads((result.root / "urls.json").read_text("utf-8"))["urls"]
    return found


def test_a_blog_of_jekyll_arrives_whole(bring: Bring) -> None:
    text = """---
layout: post
title: "Why silence helps: a note & more"
categories: [Therapy]
tags: silence rooms
redirect_from: /old-silence/
image: /assets/img/Room 1.jpg
image_alt: A room
---
See [the other]({% post_url 2020-01-02-other %}) and
[again]({{ site.baseurl }}/2020/01/02/other.html).

![A room]({{ "/assets/img/Room 1.jpg" | relative_url }})

{% youtube abcdef %}

- one
- two
{: .list}

{% highlight ruby %}
{{ not.liquid }}
{% endhighlight %}

A note[^1], `{{ code }}`. {% include ad.html x="1" %}

[^1]: The *note*.
"""
    result = bring(
        {
            "_config.yml": JEKYLL,
            "_posts/2019-05-07-why-silence-helps.md": text,
            "_posts/2020-01-02-other.md": OTHER,
            "_drafts/later.md": "---\ntitle: Later\n---\nNot yet.",
            "about.md": "---\ntitle: About\npermalink: /about-me/\n---\nWho I am.",
            "assets/img/Room 1.jpg": picture(),
            "README.md": "# Read me",
            "_site/index.md": POST,
        }
    )
    assert result.code == 0
    assert result.files() == [
        "articles/later.md",
        "articles/other.md",
        "articles/why-silence-helps.md",
        "images/room-1.jpg",
        "pages/about-me.md",
    ]
    assert result.header("articles/why-silence-helps.md") == [
        "title: 'Why silence helps: a note & more'",
        "date: 2019-05-07 00:00",
        "summary: See the other and again. A note, {{ code }}.",
        "topic: Therapy",
        "tags: [silence, rooms]",
        "cover: images/room-1.jpg",
        "cover_alt: A room",
    ]
    body = result.body("articles/why-silence-helps.md")
    assert "[the other](other.md) and\n[again](other.md)" in body
    assert "![A room](../images/room-1.jpg)" in body
    assert "<https://www.youtube.com/watch?v=abcdef>" in body
    assert "- one\n- two\n\n```\n{{ not.liquid }}\n```" in body
    assert "A note[^1], `{{ code }}`." in body
    assert "[^1]: The *note*." in body
    assert "date: 2020-01-02 00:00" in result.header("articles/other.md")
    assert "status: draft" in result.header("articles/later.md")
    assert '“{% include ad.html x="1" %}”' in result.said
    found = urls(result)
    address = "/therapy/2019/05/07/why-silence-helps.html"
    assert found[address] == "article:why-silence-helps"
    assert found["/old-silence/"] == "article:why-silence-helps"
    assert found["/2020/01/02/other.html"] == "article:other"
    assert not [url for url in found if "later" in url]
    site = result.build()
    assert site.page("why-silence-helps/").select_one(".prose img")
    assert site.page("why-silence-helps/").select(".prose a[href$='/other/']")


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("date", "/therapy/2019/05/07/silence.html"),
        ("pretty", "/therapy/2019/05/07/silence/"),
        ("none", "/therapy/silence.html"),
        ("ordinal", "/therapy/2019/127/silence.html"),
        ("/:year/:i_month/:title/", "/2019/5/silence/"),
        ("/blog/:title", "/blog/silence/"),
    ],
)
def test_old_addresses_follow_the_settings_of_jekyll(
    bring: Bring, pattern: str, address: str
) -> None:
    result = bring(
        {
            "_config.yml": f"{JEKYLL}permalink: {pattern}\n",
            "_posts/2019-05-07-silence.md": "---\ntitle: S\ncategory: Therapy\n---\nWords.",
        }
    )
    found = urls(result)
    assert found.get(address) or found.get(address.rstrip("/")), found


def test_a_blog_of_hugo_arrives_whole(bring: Bring) -> None:
    text = """+++
title = "A bundle"
date = 2021-03-04T10:00:00-05:00
aliases = ["/alt/", "/2021/old.html"]
categories = ["Therapy"]
[cover]
image = "pic.jpg"
alt = "A picture"
+++
{{< figure src="pic.jpg" alt="One" caption="Words below" >}}

{{< youtube w7Ft2ymGmfc >}}

{{% notice %}}Inner words{{% /notice %}} [second]({{< ref "second.md" >}})

![Two](/images/two.jpg) {{< box x="https://x.example/a/long/address/that/is/never/cut/anywhere" >}}
"""
    result = bring(
        {
            "hugo.toml": HUGO,
            "content/posts/bundle/index.md": text,
            "content/posts/bundle/pic.jpg": picture(),
            "content/posts/second.md": POST.replace("2019-05-07", "2019-05-07\nslug: zwei"),
            "content/posts/later.md": POST.replace("---\n", "---\ndraft: true\n", 1),
            "content/posts/_index.md": "---\ntitle: All\n---\n",
            "content/about.md": ABOUT,
            "static/images/two.jpg": picture(colour="red"),
            "themes/x/content/posts/demo.md": POST,
        },
        kind="hugo",
    )
    assert result.files() == [
        "articles/bundle.md",
        "articles/later.md",
        "articles/zwei.md",
        "images/posts/bundle/pic.jpg",
        "images/two.jpg",
        "pages/about.md",
    ]
    body = result.body("articles/bundle.md")
    assert '![One](../images/posts/bundle/pic.jpg "Words below")' in body
    assert "<https://www.youtube.com/watch?v=w7Ft2ymGmfc>" in body
    assert "Inner words [second](zwei.md)" in body
    assert "![Two](../images/two.jpg)" in body
    assert "status: draft" in result.header("articles/later.md")
    assert "cover: images/posts/bundle/pic.jpg" in result.header("articles/bundle.md")
    assert "[Here](../articles/bundle.md) [too](../articles/zwei.md)" in result.body(
        "pages/about.md"
    )
    assert "a/long/address/that/is/never/cut/anywhere" in result.said
    assert (
        "“{{% notice %}}” means something to the old program alone. Its words stay." in result.said
    )
    found = urls(result)
    for address in ("/blog/2021/bundle/", "/alt/", "/2021/old.html"):
        assert found[address] == "article:bundle"
    assert found["/blog/2019/zwei/"] == "article:zwei"
    assert found["/blog/about/"] == "page:about"
    assert found["/blog/categories/therapy/"] == "topic:therapy"
    result.build()


def test_a_blog_of_zola_arrives_whole(bring: Bring) -> None:
    header = '+++\ntitle = "Z"\ndate = 2022-01-02\n[taxonomies]\ntags = ["calm"]\n+++\n'
    result = bring(
        {
            "config.toml": 'base_url = "https://old.example.org"\n',
            "content/blog/2022-01-02-first.md": header
            + '{{ youtube(id="abc") }}\n\n[Next](@/blog/next.md#end)',
            "content/blog/next.md": header.replace("Z", "N") + "## End {#end}\n\nWords. [Up](#end)",
            "content/blog/_index.md": '+++\ntitle = "All"\n+++\n',
        }
    )
    body = result.body("articles/first.md")
    assert "<https://www.youtube.com/watch?v=abc>" in body
    assert "[Next](next.md" in body
    assert "## End {#end}" in result.body("articles/next.md")
    assert "tags: [calm]" in result.header("articles/first.md")
    assert urls(result)["/blog/first/"] == "article:first"


def test_a_blog_of_eleventy_arrives_whole(bring: Bring) -> None:
    result = bring(
        {
            ".eleventy.js": "module.exports = {};",
            "src/posts/2020-02-03-silence.md": ELEVENTY,
            "src/posts/two.md": POST + '<img src="a.jpg" alt="One">\n',
            "src/posts/a.jpg": picture(),
            "src/about.md": "---\ntitle: About\n---\nWho I am.",
            "node_modules/x/README.md": POST,
        }
    )
    assert result.files() == [
        "articles/silence.md",
        "articles/two.md",
        "images/posts/a.jpg",
        "pages/about.md",
    ]
    assert "[Two](two.md) lost" in result.body("articles/silence.md")
    assert "invalid" not in result.body("articles/silence.md") + result.said
    assert "The link to /nowhere/ is taken out" in result.said
    assert "![](../images/posts/a.jpg)" in result.body("articles/silence.md")
    assert urls(result)["/posts/silence/"] == "article:silence"


def ghost(*posts: Mapping[str, Any]) -> str:
    data = {
        "posts": [*posts],
        "tags": [
            {"id": "t1", "slug": "therapy", "name": "Therapy"},
            {"id": "t2", "slug": "h", "name": "#x"},
        ],
        "posts_tags": [
            {"post_id": "1", "tag_id": "t1", "sort_order": 0},
            {"post_id": "1", "tag_id": "t2"},
        ],
        "posts_meta": [],
        "settings": [],
    }
    return json.dumps({"db": [{"meta": {}, "data": data}]})


def test_an_export_of_ghost_arrives_whole(bring: Bring) -> None:
    link = '<a href="__GHOST_URL__/about/">about</a>'
    post = {
        "id": "1",
        "uuid": "u1",
        "title": "Silence & more",
        "slug": "silence",
        "status": "published",
        "html": f"<p>Words [sic] {link}.</p><ul><li>one</li></ul>",
        "type": "post",
        "visibility": "public",
        "published_at": "2021-03-04T10:00:00.000Z",
        "custom_excerpt": "In short.",
    }
    result = bring(
        {
            "ghost.json": ghost(
                post,
                post | {"id": "2", "uuid": "u2", "slug": "about", "type": "page", "title": "About"},
                post | {"id": "3", "uuid": "u3", "slug": "later", "status": "draft"},
                post | {"id": "4", "uuid": "u4", "slug": "paid", "visibility": "members"},
            )
        },
        "ghost.json",
    )
    assert result.files() == [
        "articles/later.md",
        "articles/paid.md",
        "articles/silence.md",
        "pages/about.md",
    ]
    assert result.header("articles/silence.md") == [
        "title: Silence & more",
        "date: 2021-03-04 10:00",
        "summary: In short.",
        "topic: Therapy",
    ]
    assert (
        result.body("articles/silence.md") == "Words \\[sic\\] [about](../pages/about.md).\n\n- one"
    )
    assert "status: draft" in result.header("articles/later.md")
    assert "It was for members alone" in result.said
    assert urls(result)["/silence/"] == "article:silence"


@pytest.mark.parametrize(
    "text", ["{}", "[]", "nothing", '{"db": []}', '{"db": [{"data": {}}]}', "[" * 9999]
)
def test_what_is_no_export_of_ghost_is_refused_in_words(bring: Bring, text: str) -> None:
    result = bring({"x.json": text}, "x.json")
    assert result.code == 1
    assert "it isn't what Ghost exports" in result.said
    assert result.files() == []


def test_what_was_imported_is_left_alone_and_nothing_is_overwritten(bring: Bring) -> None:
    files = {"_posts/2019-05-07-a.md": POST + "Words."}
    first = bring(files)
    file = first.content / "articles" / "a.md"
    file.write_text(file.read_text("utf-8") + "Mine.\n", "utf-8")
    again = bring({"_posts/2020-01-01-a.md": POST + "Others."})
    assert again.files() == ["articles/a-2.md", "articles/a.md"]
    assert "Mine." in again.body("articles/a.md")
    assert "1 imported before" in again.said


def test_nothing_outside_of_the_folder_is_read(bring: Bring, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(POST + "Secret.", "utf-8")
    (tmp_path / "secret.jpg").write_bytes(picture())
    (tmp_path / "old" / "_posts").mkdir(parents=True)
    (tmp_path / "old" / "_posts" / "2020-01-01-link.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "old" / "pic.jpg").symlink_to(tmp_path / "secret.jpg")
    (tmp_path / "old" / "more").symlink_to(tmp_path)
    names = (
        "../../secret.jpg",
        "/../secret.jpg",
        "/pic.jpg",
        "%2e%2e/%2e%2e/secret.jpg",
        "/more/secret.jpg",
    )
    body = "".join(f"![One]({name})\n\n" for name in names)
    slug = POST.replace(
        "title: A title", 'title: A title\nslug: ../../escape\npermalink: "/../../x/"'
    )
    result = bring(
        {
            "_posts/2019-05-07-a.md": slug + body,
            "_posts/2019-05-08-b.md": POST + "[x](../../secret.md)",
        }
    )
    assert result.code == 0
    assert all(name.startswith("articles/") and name.count("/") == 1 for name in result.files())
    assert len(result.files()) == 2
    assert "Secret." not in "".join(map(result.text, result.files()))
    assert result.said.count("it is not in this folder") == len(names)


def test_letters_and_signs_are_mended_and_a_text_without_a_header_is_named(bring: Bring) -> None:
    result = bring(
        {
            "posts/a.md": b"\xef\xbb\xbf"
            + POST.replace("\n", "\r\n").encode()
            + b"It\x92s \x0bhere.",
            "posts/none.md": "Just words.",
        }
    )
    assert result.body("articles/a.md") == "It’s here."
    assert "posts/none.md is left out: it has no header" in result.said


@pytest.mark.parametrize("place", ["none", "empty"])
def test_a_folder_without_a_blog_is_refused_in_words(
    bring: Bring, tmp_path: Path, place: str
) -> None:
    (tmp_path / "old" / "empty").mkdir(parents=True)
    result = bring({}, place)
    assert result.code == 1
    assert "there is no" in result.said
    assert "Nothing was imported." in result.said


def test_her_own_content_is_no_other_blog(bring: Bring, tmp_path: Path) -> None:
    bring({"posts/a.md": POST})
    result = bring({}, "../here/content")
    assert result.code == 1
    assert "this is your content here" in result.said


def test_settings_that_could_do_harm_do_none(bring: Bring) -> None:
    laughs = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{n}: &{n} [{','.join([f'*{p}'] * 9)}]\n"
        for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    result = bring(
        {
            "_config.yml": laughs + "x: !!python/object/apply:os.system [ls]\n",
            "_posts/2019-05-07-a.md": POST + "Words.",
        }
    )
    assert result.files() == ["articles/a.md"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('{% include youtube.html id="abc" %}', "<https://www.youtube.com/watch?v=abc>"),
        ("{{< vimeo 123 >}}", "<https://vimeo.com/123>"),
        ('{{< youtube id="x_1-y" autoplay="true" >}}', "<https://www.youtube.com/watch?v=x_1-y>"),
        ('{{ vimeo(id="33", class="wide") }}', "<https://vimeo.com/33>"),
        ('{% include figure.html src="/a.jpg" alt="One" caption="A, b: c" %}', 'jpg "A, b: c")'),
        ('{% include "figure.html", src: "/a.jpg", alt: "One" %}', "![One](../images/a.jpg)"),
        ("{% comment %}never{% endcomment %}Seen", "Seen"),
        ("{{/* never */}}{# never #}Seen<!-- never -->", "Seen"),
        ("`{{< figure >}}` {% raw %}{{ x }}{% endraw %}", "`{{< figure >}}` \\{\\{ x \\}\\}"),
        ("{% if a %}Seen{% endif %}", "Seen"),
        ("[Seen]({% post_url 2001-01-01-none %})", "Seen"),
        ("- one\n  - two\n\n  more\n- three", "    - two\n\n    more\n\n- three"),
        ("One[^a] two[^b].\n\n[^b]: B\n[^a]: A\n    more", "One[^1] two[^2]."),
        ("Term\n{: .lead}", "Term"),
        ('<div class="note" markdown="1">\n\n*Seen*\n\n</div>', "*Seen*"),
    ],
)
def test_tags_of_the_old_program_are_turned_or_taken_out(
    bring: Bring, written: str, read: str
) -> None:
    result = bring({"_posts/2019-05-07-a.md": POST + written, "a.jpg": picture()})
    body = result.body("articles/a.md")
    assert read in body
    assert "never" not in body + "".join(result.header("articles/a.md"))


def test_comments_are_said_not_to_be_in_markdown(
    bring: Bring, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring({"_posts/2019-05-07-a.md": POST + "Words."})
    assert bring_in("jekyll", str(tmp_path / "old"), True, "", tmp_path / "here") == 1
    assert "comments.import" in capsys.readouterr().err


def test_a_heading_that_says_the_title_once_more_goes(bring: Bring) -> None:
    result = bring(
        {
            "posts/a.md": POST + "# A Title\n\nWords.\n\n# Another\n",
            "posts/b.md": "---\ndate: 2019-05-07\n---\n# From *here*\n\nWords.",
            "posts/c.md": "---\ntitle: C\ndate: 2019-13-45\n---\n# Other\n",
        }
    )
    assert result.body("articles/a.md") == "Words.\n\n## Another"
    assert result.header("articles/b.md")[0] == "title: From here"
    assert result.body("articles/b.md") == "Words."
    assert "## Other" in result.body("articles/c.md")
    assert "Its date “2019-13-45” can't be read; it has today's." in result.said
