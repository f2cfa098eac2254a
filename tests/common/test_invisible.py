"""What is typed or pasted as one line holds nothing that nobody sees."""

import pytest

from insession.common.invisible import one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ruth\u200b Amsel", "Ruth Amsel"),
        ("\u200b", ""),
        ("\u2060\ufeff\u200d", ""),
        ("\u202a917-727-3549\u202c", "917-727-3549"),
        ("\u200eruth@amsel.test\u200e", "ruth@amsel.test"),
        ("https://amsel\xad.test", "https://amsel.test"),
        ("Ruth\x0bAmsel", "Ruth Amsel"),
        ("Ruth\tAmsel\r", "Ruth Amsel"),
        ("Ruth\x92s blog\x08\ufffe\U0001ffff", "Ruth’s blog"),
        ("\u3164", ""),
    ],
)
def test_what_nobody_sees_is_not_kept(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "می\u200cخواهم",  # Persian parts its letters by it
        "क्\u200dष",
        "\U0001f469\u200d\U0001f469\u200d\U0001f467 and us",
        "שלום!\u200f",
        "Ruth\xa0Amsel",
    ],
)
def test_what_belongs_to_a_script_stays(typed: str) -> None:
    assert one_line(typed) == typed
