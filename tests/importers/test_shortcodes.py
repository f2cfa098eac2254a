"""Shortcodes: what is known becomes what it showed; what isn't is taken out and said."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importers.conftest import Imported, picture, put_media
from tests.importers.exports import HOME, Entry, attachment

Bring = Callable[..., Imported]
UPLOADS = f"{HOME}/wp-content/uploads"
FILE = "articles/a-title.md"


def said_about(result: Imported, line: int) -> list[str]:
    """Return what was said about a line of the article."""
    start = f"  line {line}: "
    return [row.removeprefix(start) for row in result.said.splitlines() if row.startswith(start)]


def test_a_caption_stands_under_its_picture(bring: Bring, tmp_path: Path) -> None:
    media = put_media(tmp_path, {"a.jpg": picture()})
    image = f'<img class="size-medium" src="{UPLOADS}/a-300x200.jpg" alt="A chair" />'
    new = f'[caption id="x" align="left" width="300"]{image} Its <b>place</b>[/caption]'
    old = f'[caption width="300" caption="Its “own” place"]{image}[/caption]'
    result = bring(Entry(1, body=f"{new}\n\n{old}"), media=media)
    assert result.body(FILE).split("\n\n") == [
        '![A chair](../images/a.jpg "Its place")',
        '![A chair](../images/a.jpg "Its “own” place")',
    ]


def test_a_gallery_shows_the_pictures_that_it_names(bring: Bring, tmp_path: Path) -> None:
    names = [f"{n}.jpg" for n in range(4)]
    media = put_media(tmp_path, {name: picture(colour=f"#00{name[0]}") for name in names})
    pictures = [attachment(n + 5, name, f"Picture {n}") for n, name in enumerate(names)]
    result = bring(Entry(1, body='[gallery columns="2" ids="7,5"]'), *pictures, media=media)
    assert result.body(FILE).split("\n\n") == [
        "![Picture 2](../images/2.jpg)",
        "![Picture 0](../images/0.jpg)",
    ]


def test_a_gallery_without_names_shows_what_belongs_to_the_text(
    bring: Bring, tmp_path: Path
) -> None:
    media = put_media(tmp_path, {"a.jpg": picture(), "b.jpg": picture(colour="red")})
    pictures = [attachment(5, "a.jpg", "A", parent=1), attachment(6, "b.jpg", "B", parent=2)]
    result = bring(Entry(1, body="[gallery]"), *pictures, media=media)
    assert result.body(FILE) == "![A](../images/a.jpg)"


def test_pictures_of_a_gallery_that_are_not_in_the_export_are_said(bring: Bring) -> None:
    result = bring(Entry(1, body='One.\n\n[gallery ids="5,6"]'))
    assert (
        "Pictures of a gallery (5, 6) are not in this export (“All content” holds all there are)."
        in (result.said)
    )


@pytest.mark.parametrize(
    ("shortcode", "markdown", "became"),
    [
        ("[embed]https://vimeo.com/1[/embed]", "<https://vimeo.com/1>", "https://vimeo.com/1"),
        (
            '[youtube=https://www.youtube.com/watch?v=a]',
            "<https://www.youtube.com/watch?v=a>",
            "https://www.youtube.com/watch?v=a",
        ),
        ('[vimeo id="7"]', "<https://vimeo.com/7>", "https://vimeo.com/7"),
        (f'[audio mp3="{UPLOADS}/breath.mp3"][/audio]', "[breath.mp3](../downloads/breath.mp3)",
         "breath.mp3"),
        (f'[video width="6" mp4="{UPLOADS}/walk.mp4"]', "[walk.mp4](../downloads/walk.mp4)",
         "walk.mp4"),
    ],
)  # fmt: skip
def test_what_plays_becomes_a_link_and_is_said(
    bring: Bring, tmp_path: Path, shortcode: str, markdown: str, became: str
) -> None:
    media = put_media(tmp_path, {"breath.mp3": b"ID3", "walk.mp4": b"mp4"})
    result = bring(Entry(1, body=f"Words.\n\n{shortcode}"), media=media)
    assert result.body(FILE) == f"Words.\n\n{markdown}"
    assert said_about(result, 10) == [f"What was embedded here became a link: {became}"]


@pytest.mark.parametrize(
    "form",
    [
        '[contact-form-7 id="7" title="Write to me"]',
        '[wpforms id="12"]',
        '[gravityform id="1" title="false"]',
        "[ninja_form id=3]",
        "[contact-form]",
    ],
)
def test_a_form_is_taken_out_and_she_is_told_what_to_do(bring: Bring, form: str) -> None:
    result = bring(Entry(1, body=f"Write to me:\n\n{form}\n\nBye."))
    assert result.body(FILE) == "Write to me:\n\nBye."
    (said,) = said_about(result, 10)
    assert (
        said == f"“{form}” was a form. It is left out. You can link to your contact page instead."
    )


def test_an_unknown_shortcode_is_said_with_its_line_and_its_words_stay(bring: Bring) -> None:
    body = 'One.\n\n[su_box title="X"]Breathe <em>out</em>.[/su_box]\n\n[my-slider id="3"]\n\nTwo.'
    result = bring(Entry(1, body=body))
    assert result.body(FILE) == "One.\n\nBreathe *out*.\n\nTwo."
    assert said_about(result, 10) == [
        "“[su_box title="
        '"X"]Breathe out.[/su_box]” means something to WordPress alone. Its words stay.'
    ]
    assert said_about(result, 12) == [
        '“[my-slider id="3"]” means something to WordPress alone. It is left out.'
    ]


def test_shortcodes_within_each_other_come_from_the_inside_out(bring: Bring) -> None:
    body = "[row][column]One.[/column][column]Two.[/column][/row]"
    result = bring(Entry(1, body=body))
    assert result.body(FILE).replace("\n", " ").replace("  ", " ") == "One.Two."
    assert result.said.count("Its words stay") == 3


@pytest.mark.parametrize("words", ["Really [sic] so.", "[she laughs] Yes.", "See [1] and [a, b]."])
def test_square_brackets_that_are_words_stay(bring: Bring, words: str) -> None:
    result = bring(Entry(1, body=words))
    assert result.body(FILE) == words.replace("[", r"\[").replace("]", r"\]")
    assert "Please look" not in result.said


def test_a_word_in_brackets_that_may_be_a_shortcode_stays_and_is_said(bring: Bring) -> None:
    result = bring(Entry(1, body="One [slideshow] two."))
    assert result.body(FILE) == r"One \[slideshow\] two."
    assert said_about(result, 8) == [
        "“[slideshow]” stays in the text. If it was a shortcode, remove it."
    ]


def test_shortcodes_in_code_and_in_double_brackets_are_words(bring: Bring) -> None:
    body = "<pre><code>[gallery ids=1]</code></pre>\n\nWrite [[gallery]] or <code>[audio]</code>."
    result = bring(Entry(1, body=body))
    assert result.body(FILE) == ("```\n[gallery ids=1]\n```\n\nWrite \\[gallery\\] or `[audio]`.")
    assert "Please look" not in result.said


def test_footnotes_of_plugins_become_footnotes(bring: Bring) -> None:
    result = bring(Entry(1, body="A word[efn_note]Its <em>source</em>.[/efn_note] here."))
    assert result.body(FILE) == "A word[^1] here.\n\n[^1]: Its *source*."


def test_many_brackets_are_read_in_no_time(bring: Bring) -> None:
    result = bring(Entry(1, body="[a " * 20_000 + "[b]" * 2_000 + "[/c]" * 2_000))
    assert result.code == 0
