"""Which way a language is written."""

import pytest

from insession.languages import attributes, direction


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
