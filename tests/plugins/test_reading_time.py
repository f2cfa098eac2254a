"""How long a text takes to read, in scripts with spaces and without."""

import pytest

from insession.plugins.reading_time import length

JAPANESE = "沈黙は部屋の中で重くも軽くもなります。"  # 18 letters and a full stop
CHINESE = "沉默在房间里可以很重，也可以很轻。"
THAI = "ความเงียบในห้องอาจหนักหรือเบาก็ได้"


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        pytest.param("word " * 2380, 9.9, 10.1, id="English"),
        pytest.param("Wort – " * 2380, 9.9, 10.1, id="dashes are no words"),
        pytest.param("ש֣לום " * 2380, 9.9, 10.1, id="Hebrew"),
        pytest.param("단어 " * 2380, 9.9, 10.1, id="Korean"),
        pytest.param("あ漢" * 2800, 11.1, 11.3, id="5,600 letters of Japanese"),
        pytest.param(JAPANESE * 278, 9.8, 10.2, id="Japanese"),
        pytest.param(CHINESE * 334, 9.3, 10.2, id="Chinese"),
        pytest.param(THAI * 334, 7, 13, id="Thai"),
        pytest.param("မြန်မာစာ" * 1000, 3, 8, id="Burmese"),
        pytest.param("あ" * 500 + "word " * 238, 1.9, 2.1, id="two scripts"),
        pytest.param("", 0, 0, id="nothing"),
    ],
)
def test_a_text_takes_about_as_long_as_it_does(text: str, least: float, most: float) -> None:
    assert least <= length(text)[0] <= most
