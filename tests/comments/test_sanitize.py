"""What a reader sent is read strictly and kept as it was meant."""

import unicodedata

import pytest

from insession.comments import sanitize
from insession.comments.sanitize import Refused

FIELDS, MORE = ("thread", "name", "comment", "website"), ("parent",)
WHOLE = b"thread=a&name=b&comment=c&website="


@pytest.mark.parametrize(
    "written",
    [
        "Pat O'Brien said “thank you” – twice.",
        "👩🏽‍⚕️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 1️⃣",
        "שָׁלוֹם, זה עזר לי מאוד",
        "می‌خواهم بنویسم",
        "Tiếng Việt: nghiêng, trường",
        "הַשָּׁ֥מַיִם",
        "ကျွန်ုပ် မြို့ကြီး ဪ နှိုင်းယှဉ့်",
        "ស្ត្រី ខ្ញុំ ប៉ុន្តែ",
        "ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ བརྒྱད་ཧྐྵྨླྺྼྻྃ",
        "หนูน้อย ผู้ใหญ่ น้ำ",
        "بِسْمِ ٱللَّٰهِ ٱلرَّحْمَٰنِ",
        "क्षत्रिय ज़िन्दगी",
        "ok",
        "谢谢",
        "감사",
        "👍",
        "❤️",
        "好",
        "א",
        "<b>not bold</b> & not an entity &amp;",
        "One paragraph.\n\n\tAnother, with a tab.\nA line.",
        "a" * 5_000,
        "🌿" * 5_000,
    ],
)
def test_what_people_write_is_kept_as_written(written: str) -> None:
    assert sanitize.clean_body(written) == written


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\u2028two", "one\ntwo"),
        ("a\x00b\x1b[31mc\x7fd", "ab[31mcd"),
        ("safe\u202egpj.exe\u2066x\u2069", "safegpj.exex"),
        ("  \n around \n ", "around"),
        ("e\u0301te\u0301", "été"),
        ("\ufeffbegun", "begun"),
    ],
)
def test_what_only_deceives_is_dropped(sent: str, kept: str) -> None:
    assert sanitize.clean_body(sent) == kept


def test_a_tower_of_accents_is_cut_short() -> None:
    kept = sanitize.clean_body("Z" + "\u0300\u0316\u0489" * 1_700 + "algo")
    assert len(kept) <= 1 + sanitize.MARKS_MOST + 4
    assert kept.endswith("algo")


@pytest.mark.parametrize(
    "tower",
    [
        "Z" + "\u0300\u0316\u200d\u0489" * 1_000,
        "ก" + "็" * 4_000,
        "ม" + "ิีึืั็่้๊๋์ํ" * 400,
        "ש" + "\u05b8\u05bc\u05c1\u05a5\u200b" * 800,
        "ཧ" + "".join(map(chr, range(0x0FAD, 0x0FB9))) * 300,
    ],
)
def test_no_script_builds_a_tower(tower: str) -> None:
    kept = [c for c in sanitize.clean_body(f"{tower} end") if unicodedata.category(c)[0] == "M"]
    assert len(kept) <= sanitize.OWN_MARKS_MOST


def test_a_name_is_one_short_line_or_nothing() -> None:
    assert sanitize.clean_name(" Pat\r\nBcc:  all@example.org ") == "Pat Bcc: all@example.org"
    assert sanitize.clean_name("\n \t") == ""
    assert sanitize.clean_name("é" * 60) == "é" * 60
    for unseen in ("\u200b\u200b", "\u3164", "\u2800 \u2800", "\ufe0f", "\u115f"):
        assert sanitize.clean_name(unseen) == ""
    assert sanitize.clean_name("心") == "心"
    assert sanitize.clean_name("J") == "J"
    with pytest.raises(Refused, match="longer than 60"):
        sanitize.clean_name("x" * 61)


@pytest.mark.parametrize(
    "sent",
    [
        *("", "  \n ", "x", ".", "7", "\u200b\u200d\u200b\u200b", "\u202e\u202e\u202e"),
        *("\u3164" * 4, "\u2800" * 3, "\u115f\u1160", "\uffa0 \uffa0", "\u034f\u034f\u17b4"),
        *("\U0001d159" * 3, "\U000e0041" * 3, "\ufe0f" * 3, "\u0301" * 3, "\ue000" * 3),
    ],
)
def test_a_comment_that_says_nothing_is_refused(sent: str) -> None:
    with pytest.raises(Refused, match="write a little more"):
        sanitize.clean_body(sent)


def test_a_comment_that_is_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(Refused, match=r"5,001 characters long; 5,000 fit"):
        sanitize.clean_body("x" * 5_001)
    assert sanitize.clean_body("x" * 4_999 + "\r\n\r\n") == "x" * 4_999


def test_a_form_is_read_as_browsers_write_it() -> None:
    sent = b"thread=a&parent=&name=Pat+O%27Brien&comment=%F0%9F%8C%BF%0D%0Ab&website="
    assert sanitize.read_form(sent, FIELDS, MORE) == {
        "thread": "a",
        "parent": "",
        "name": "Pat O'Brien",
        "comment": "🌿\r\nb",
        "website": "",
    }


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"thread=a&name=b&comment=c",
        WHOLE + b"&more=1",
        WHOLE + b"&name=again",
        WHOLE + b"&parent=1&status=published",
        b"thread=a&name=b&comment=%FF%FE&website=",
        b"thread=a&name=b&comment=%ED%A0%80&website=",
        b"thread=a&name=b&comment=\xff&website=",
        b"no form at all",
        b"&".join([b"a=1"] * 10_000),
    ],
)
def test_anything_but_the_form_is_refused(sent: bytes) -> None:
    with pytest.raises(Refused, match="isn’t"):
        sanitize.read_form(sent, FIELDS, MORE)
