"""Social cards: words that fit in every script, the picture beside them, and small files."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from insession.content.languages import direction
from insession.output.art import choose, read_parts
from insession.output.card_text import FONTS, ITALIC, fonts_of, lines, measure, shown
from insession.output.cards import HEIGHT, MOST, PAPER, PICTURE, SIZES, WIDTH, SocialCard, draw
from tests.support import ROOT

PARTS = read_parts(ROOT / "theme/art")
LONG = {
    "en": "A title of a hundred and twenty letters, which is about as long as anyone would want to "
    "have one, and then a bit more",
    "he": "כותרת ארוכה מאוד של מאה ועשרים אותיות, שהיא בערך הארוכה ביותר שמישהו ירצה לתת למאמר שלו "
    "על טיפול נפשי, ועוד קצת מעבר",
    "ar": "عنوان طويل جدًا من مئة وعشرين حرفًا تقريبًا، وهو أطول ما قد يرغب أي شخص في أن يكون عنوانًا "
    "لمقاله عن العلاج النفسي",
    "ja": "長い題名はめったに書かれないけれど、それでもきちんと改行され、句読点が行の頭に来ること"
    "なく、静かに読めるように組まれていなければならない。カウンセリングの沈黙について" * 2,
    "zh": "沉默为什么有帮助？心理咨询中的停顿，以及它对来访者的意义。",
    "ru": "О молчании на сессии и о том, почему оно иногда помогает больше, чем слова",
}
NARROW, WIDE = 532 * 100 / SIZES[0], 532 * 100 / SIZES[-1]  # a line of the largest, the smallest


def card(title: str, language: str = "en") -> SocialCard:
    art = choose(PARTS, "Grief", title)
    is_right_to_left = direction(language) == "rtl"
    return SocialCard(title, language, is_right_to_left, "Ada Ash, LMFT", "A blog", art)


def drawn(card: SocialCard) -> Image.Image:
    image = Image.open(BytesIO(draw(card, PARTS))).convert("RGB")
    assert image.size == (WIDTH, HEIGHT) == (1200, 630)
    return image


def ink(image: Image.Image, left: int, right: int, top: int = 0, bottom: int = HEIGHT) -> int:
    """Count the dots between these edges that aren't paper."""
    counted = image.crop((left, top, right, bottom)).getcolors(WIDTH * HEIGHT)
    assert counted
    paper = tuple(int(PAPER[n : n + 2], 16) for n in (1, 3, 5))
    return sum(count for count, colour in counted if colour != paper)


@pytest.mark.parametrize("language", LONG)
def test_a_long_title_stands_beside_the_picture_in_each_script(language: str) -> None:
    title = LONG[language]
    data = draw(card(title, language), PARTS)
    assert data == draw(card(title, language), PARTS)
    assert len(data) <= MOST <= 60_000
    image, half = drawn(card(title, language)), WIDTH - PICTURE
    is_right_to_left = language in {"he", "ar"}
    left, right = (PICTURE, WIDTH) if is_right_to_left else (0, half)
    assert ink(image, left, right, 130, 520) > 4000, "there are words"
    for edge in (left + 1, right - 40):  # none of them leaves its part, nor meets the names
        assert ink(image, edge, edge + 38) == 0
    assert ink(image, left, right, 105, 125) == ink(image, left, right, 525, 535) == 0


@pytest.mark.parametrize("language", LONG)
def test_lines_are_as_wide_as_they_may_be_and_nothing_is_lost(language: str) -> None:
    title = LONG[language]
    for width in (NARROW, (NARROW + WIDE) / 2, WIDE):
        found, _ = lines(title, language, width)
        assert "".join(found).replace(" ", "") == title.replace(" ", "")
        assert all(measure(line, language) <= width * 1.01 for line in found)
        assert not any(line.startswith(tuple("、。？ー」")) for line in found)


def test_words_stay_whole_where_they_can() -> None:
    assert lines("When therapy feels worse", "en", 900) == (["When therapy", "feels worse"], True)
    found, are_whole = lines("Rindfleischetikettierung", "de", 500)
    assert "".join(found) == "Rindfleischetikettierung"
    assert len(found) > 1 and not are_whole
    assert lines("沈黙が助けになるとき、ならないとき", "ja", 1200) == (
        ["沈黙が助けになるとき、", "ならないとき"],
        True,
    )


def test_a_line_breaks_after_a_hyphen_and_not_at_a_space_that_holds() -> None:
    assert lines("Self-compassion", "en", 500)[0] == ["Self-", "compassion"]
    assert lines("In New\u00a0York", "en", 470)[0] == ["In", "New\u00a0York"]


def test_each_script_has_its_font_and_what_none_has_is_left_out() -> None:
    families = {
        "Silence": ["Source Serif 4"],
        "О молчании": ["Source Serif 4"],
        "על השתיקה": ["Source Serif 4", "Frank Ruhl Libre"],
        "عن الصمت": ["Source Serif 4", "Amiri"],
        "沈黙": ["Noto Serif JP"],
    }
    for text, wanted in families.items():
        assert [font.family for font in fonts_of(text, "en")] == wanted
    assert [font.family for font in fonts_of("沉默", "zh-CN")] == ["Noto Serif SC"]
    assert shown("Grief 🙂 and joy", "en") == "Grief and joy"
    assert all(font.path.is_file() for font in (*FONTS, ITALIC))


def test_lines_from_right_to_left_begin_at_the_right_and_the_picture_is_left() -> None:
    hebrew, english = drawn(card("על השתיקה", "he")), drawn(card("Silence"))
    assert ink(hebrew, 0, 300, 500) and not ink(hebrew, WIDTH - 60, WIDTH)
    assert ink(english, WIDTH - 300, WIDTH, 500) and not ink(english, 0, 60)
    assert ink(hebrew, WIDTH - 100, WIDTH - 64, 130, 300) > 100
    assert ink(english, 64, 100, 130, 300) > 100


def test_a_photo_of_hers_is_set_into_the_card(tmp_path: Path) -> None:
    photo = Image.effect_mandelbrot((1400, 900), (-2, -1.2, 1, 1.2), 60).convert("RGB")
    photo = Image.blend(photo, Image.linear_gradient("L").resize((1400, 900)).convert("RGB"), 0.5)
    photo.save(tmp_path / "photo.png")
    own = card("Silence")._replace(art=None, cover="its digest")
    data = draw(own, PARTS, (tmp_path / "photo.png").read_bytes())
    assert len(data) <= MOST
    image = Image.open(BytesIO(data)).convert("RGB")
    assert ink(image, WIDTH - PICTURE, WIDTH) > PICTURE * HEIGHT * 0.9
    assert ink(image, 64, 400, 130, 300) > 1000


def test_markup_in_a_title_is_words() -> None:
    assert ink(drawn(card('<script> & "quotes"')), 64, 600, 130, 400) > 1000
