"""What of an article goes into a feed: harmless to whatever reads it, and no word is lost."""

import re

import pytest

from insession.common.html import tags
from insession.output.feed_format import safe_html
from insession.output.parsed_html import ADDRESSES, POLICY, SCHEMES, TAGS

URL = "https://blog.example.org/an-article/"
HOSTILE = [
    "<script>alert(1)</script><p onclick='x()' style='color: red'>a</p>",
    "<a href='java\tscript:x()'>a</a><a href=' data:text/html,x'>b</a><img src=x onerror=y()>",
    "<svg><a xlink:href='javascript:x()'><text>a</text></a><style><img src=x onerror=y()></style>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=y()>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=y()>",
    "<noscript><p title='</noscript><img src=x onerror=y()>'></noscript>",
    "<template><img src=x onerror=y()><script>z()</script></template>",
    "<textarea></textarea><img src=x onerror=y()></textarea><plaintext><script>z()</script>",
    "<p title='a\" onmouseover=\"x()'>a<b>b</p></b><table><td>c<p>d</table>",
    "<!-- a --!><img src=x onerror=y()> --><![CDATA[<img src=x onerror=y()>]]>",
    "<iframe srcdoc='<script>x()</script>'></iframe><select><img src=x onerror=y()></select>",
    "<video><source src='javascript:x()'></video><audio src='javascript:x()'></audio>",
    "<img srcset='javascript:x() 1x, a.png 2x' src='//other.example.org/a.png'>",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_what_stands_in_a_feed_is_harmless(html: str) -> None:
    cleaned = safe_html(html, URL)
    for tag, attributes in tags(cleaned):
        assert tag in TAGS
        allowed = {*POLICY.allowed_attributes["*"], *POLICY.allowed_attributes.get(tag, ())}
        assert attributes.keys() <= allowed
        values = [attributes.get(name) for element, name in ADDRESSES if element == tag]
        assert all(re.match("|".join(SCHEMES), value) for value in values if value)
    assert safe_html(cleaned, URL) == cleaned  # no second parser reads anything else in it


def test_no_sign_is_escaped_twice() -> None:
    assert safe_html("<p>5 < 6 &amp; &lt;b&gt;</p>", URL) == "<p>5 &lt; 6 &amp; &lt;b&gt;</p>"
    assert safe_html("<noscript>5 < 6</noscript>", URL) == "5 &lt; 6"


def test_the_empty_line_at_the_top_of_a_listing_is_kept_once() -> None:
    assert safe_html("<pre>\n\na</pre>", URL) == "<pre>\na</pre>"
