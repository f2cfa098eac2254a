"""Which way a language is written."""

import re

import pytest

from insession.content.languages import attributes, direction, isolate, isolate_in_html


@pytest.mark.parametrize(
    "language",
    "ar ar-EG fa he iw ur yi ps ckb sd ug dv syr nqo ff-Adlm az-Arab pa-PK uz-AF ks rhg".split(),
)
def test_it_is_written_from_right_to_left(language: str) -> None:
    assert direction(language) == "rtl"


@pytest.mark.parametrize(
    "language", "en en-US de ja zh zh-Hant th ar-Latn he-Latn sd-Deva pa az ku ru xx zz-99".split()
)
def test_it_is_written_from_left_to_right(language: str) -> None:
    assert direction(language) == "ltr"


def test_the_attributes_of_a_language_can_be_put_into_a_page() -> None:
    assert attributes("he") == ' lang="he" dir="rtl"'
    assert attributes('"><b>') == ' lang="&#34;&gt;&lt;b&gt;" dir="ltr"'


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("א-ה 9:00–18:00 ב", ["9:00–18:00"]),
        ("9 am to 6 p.m., or 9–11 am", ["9 am", "6 p.m.", "9–11 am"]),
        ("me.x@b.example.org. או me", ["me.x@b.example.org"]),
        ("www.x.example/a?b=1, (https://x.example)", ["www.x.example/a?b=1", "https://x.example"]),
        ("718-555-0142@x.org (718) 555-0142", ["718-555-0142@x.org", "(718) 555-0142"]),
        ("02-623-4567 *2345 555-0142", ["02-623-4567", "*2345", "555-0142"]),
        ("(2019) 1990–2000 12 3.5% 45 CFR 149 1990 2000", []),
    ],
)  # fmt: skip
def test_numbers_addresses_and_times_are_set_apart(text: str, apart: list[str]) -> None:
    marked = isolate(text, "US")
    assert re.findall("\u2066(.*?)\u2069", marked) == apart
    assert re.sub("[\u2066\u2069]", "", marked) == text


def test_in_html_no_sign_and_no_tag_is_torn() -> None:
    html = "<b>&#39;9:00&#39;</b> <a href='#555-0142'>*22</a> (http://x.example/?a&amp;b&#34;)"
    marked = html.replace("9:00", '<bdi dir="ltr">9:00</bdi>')
    url = "http://x.example/?a&amp;b"
    assert isolate_in_html(html, "US") == marked.replace(url, f'<bdi dir="ltr">{url}</bdi>')
