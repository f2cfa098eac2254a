"""Social cards: words that fit in every script, the picture beside them, and small files."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from resvg_py import svg_to_bytes

from insession.content.languages import direction
from insession.output.art import choose, read_parts
from insession.output.card_text import FONTS, ITALIC, LATIN, fonts_of, lines, measure, shown
from insession.output.cards import (
    HEIGHT,
    MOST,
    PAPER,
    PICTURE,
    SIZES,
    WIDTH,
    SocialCard,
    _svg,
    draw,
)
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
LONG_NAMES = {
    "en": "Maria Alexandra Featherstonehaugh-Cholmondeley-Whittington-Ash, PhD, LCSW-R, CGP",
    "he": "אלכסנדרה־מרים בן־דוד רוזנצוויג־גולדשטיין ממשפחת אברבנאל הירושלמית, עובדת סוציאלית, PhD",
    "ja": "アレクサンドラ・フェザーストンホー＝チャムリー・デ・ラ・フォンテーヌ＝ウィッティントン、"
    "臨床心理士・公認心理師・精神保健福祉士",
    "ru": "Александра Константиновна Воскресенская-Преображенская-Ольшанская, канд. психол. наук",
}
WIDE = 532  # px: a line beside a picture


def card(
    title: str, language: str = "en", byline: str = "Ada Ash, LMFT", blog: str = "A blog"
) -> SocialCard:
    art = choose(PARTS, "Grief", title)
    return SocialCard(title, language, direction(language) == "rtl", byline, blog, art)


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


@pytest.mark.parametrize("language", LONG_NAMES)
def test_long_names_stand_whole_beside_the_picture(language: str) -> None:
    name = LONG_NAMES[language]
    svg = BeautifulSoup(_svg(long := card("A", language, name, blog=name), PARTS), "html.parser")
    written = "".join(line.get_text() for line in svg.select("text")).replace("\u2069", "")
    assert re.sub("[\u2067 ]", "", written) == f"{name}{name}A".replace(" ", "")
    image = drawn(long)
    for edge in (
        (PICTURE, WIDTH - 63) if direction(language) == "rtl" else (0, WIDTH - PICTURE - 62)
    ):
        assert ink(image, edge + 1, edge + 62) == 0
    for top, bottom in ((0, 30), (102, 136), (490, 510), (600, HEIGHT)):
        left = PICTURE if direction(language) == "rtl" else 0
        assert ink(image, left, left + WIDTH - PICTURE, top, bottom) == 0


@pytest.mark.parametrize("language", LONG)
def test_lines_are_as_wide_as_they_may_be_and_nothing_is_lost(language: str) -> None:
    title = LONG[language]
    for size in SIZES:
        found, _ = lines(title, language, WIDE, size)
        assert "".join(found).replace(" ", "") == title.replace(" ", "")
        assert all(measure(line, language, size) <= WIDE * 1.01 for line in found)
        assert not any(line.startswith(tuple("、。？ー」")) for line in found)


@pytest.mark.parametrize("size", [SIZES[0], SIZES[-1]])
def test_a_line_is_as_wide_as_it_is_measured(size: int) -> None:
    text = "Saying nothing for a while" if size < 60 else "Saying"
    look = f"font-family:'Source Serif 4';font-weight:600;font-size:{size}px"
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="150">'
        f'<text y="99" style="{look}">{text}</text></svg>'
    )
    png = svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=[str(LATIN.path)])
    box = Image.open(BytesIO(png)).getchannel("A").getbbox()
    assert box and box[2] == pytest.approx(measure(text, "en", size), rel=0.02)


def test_words_stay_whole_where_they_can() -> None:
    assert lines("When therapy feels worse", "en", 900, 100) == (
        ["When therapy", "feels worse"],
        True,
    )
    found, are_whole = lines("Rindfleischetikettierung", "de", 500, 100)
    assert "".join(found) == "Rindfleischetikettierung"
    assert len(found) > 1 and not are_whole
    assert lines("沈黙が助けになるとき、ならないとき", "ja", 1200, 100) == (
        ["沈黙が助けになるとき、", "ならないとき"],
        True,
    )


def test_a_line_breaks_after_a_hyphen_and_not_at_a_space_that_holds() -> None:
    assert lines("Self-compassion", "en", 500, 100)[0] == ["Self-", "compassion"]
    assert lines("In New\u00a0York", "en", 470, 100)[0] == ["In", "New\u00a0York"]


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
