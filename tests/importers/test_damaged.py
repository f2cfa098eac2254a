"""An export with something in it that XML forbids: healed, or one entry left out, and said."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from insession.importers.heal_xml import read_parts
from tests.importers.conftest import Imported
from tests.importers.exports import HOME, WXR, Entry, attachment, write_export
from tests.support import ROOT

Bring = Callable[..., Imported]
ARTICLE = "articles/a-title.md"
WHOLE = WXR.format(home=HOME, version="1.2", items=Entry(1, body="WORDS").xml())


def bring_bytes(bring: Bring, tmp_path: Path, data: bytes) -> Imported:
    file = tmp_path / "export.xml"
    file.write_bytes(data)
    result = bring(file=file)
    assert result.code == 0, result.said
    return result


@pytest.mark.parametrize(
    ("written", "read", "said"),
    [
        (b"Before \x0b after.", "Before after.", "U+000B"),
        (b"one\x0btwo", "one two", "U+000B"),
        (b"nul\x00 bell\x07.", "nul bell.", "2 characters"),
        (b"half &#55357; here", "half  here", "U+D83D"),
        (b"half &#xD83D; here", "half  here", "U+D83D"),
        (b"whole &#55357;&#56832;", "whole \U0001f600", ""),
        (b"half \xed\xa0\xbd here", "half  here", "U+D83D"),
        (b"whole \xed\xa0\xbd\xed\xb8\x80", "whole \U0001f600", ""),
        (b"no character \xef\xbf\xbe.", "no character .", "U+FFFE"),
        (b"a line\xe2\x80\xa8and one", "a line and one", ""),
        (b"It\x92s \x93so\x94 caf\xe9", "It’s “so” café", "4 letters were read as Windows"),
        (b"write ]]> here <b>now</b>", r"write \]\]> here **now**", "“]]>”"),
        (b"R & D <3 &nbsp;x", "R & D <3 x", ""),
    ],
)
def test_one_bad_sign_costs_that_sign_and_is_named_with_its_text(
    bring: Bring, tmp_path: Path, written: bytes, read: str, said: str
) -> None:
    result = bring_bytes(bring, tmp_path, WHOLE.encode().replace(b"WORDS", written))
    assert " ".join(result.body(ARTICLE).split()) == " ".join(read.split())
    if said:
        assert said in result.said.partition(f"content/{ARTICLE}")[2]
    else:
        assert f"content/{ARTICLE}" not in result.said
    result.build()


@pytest.mark.parametrize(
    "title", [b"I &amp; you", b"I & you", b"I &#38; you", b"I \x01& \x0cyou", b"I &#x1; &#12;& you"]
)
def test_a_title_outside_of_cdata_is_healed_too(bring: Bring, tmp_path: Path, title: bytes) -> None:
    data = WHOLE.encode().replace(b"<![CDATA[A title]]>", title)
    result = bring_bytes(bring, tmp_path, data)
    assert result.header(ARTICLE)[0] == "title: I & you"


def test_an_advertisement_that_ends_the_text_too_early_ends_nothing(
    bring: Bring, tmp_path: Path
) -> None:
    script = b"Words.\n\n<script>// <![CDATA[\nads();\n// ]]></script>\n\nMore."
    result = bring_bytes(bring, tmp_path, WHOLE.encode().replace(b"WORDS", script))
    assert result.body(ARTICLE) == "Words.\n\nMore."
    assert "A program (script) is left out." in result.said


def test_an_example_of_an_export_within_a_text_is_words(bring: Bring) -> None:
    sample = "<item><title>Own</title><content:encoded><![CDATA[x]]></content:encoded></item>"
    result = bring(Entry(1, body=f"<pre>{sample.replace('<', '&lt;')}</pre>{sample}<item>Last."))
    assert "Own" in result.body(ARTICLE)
    assert "Last." in result.body(ARTICLE)
    assert "1 article and no pages" in result.said


@pytest.mark.parametrize(
    "before",
    [
        b"\n",
        b" \r\n\r\n",
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf\n",
        b"<br />\n<b>Warning</b>:  Undefined variable in <b>/www/x.php</b><br />\n",
    ],
)
def test_what_stands_before_the_export_is_passed_over(
    bring: Bring, tmp_path: Path, before: bytes
) -> None:
    assert bring_bytes(bring, tmp_path, before + WHOLE.encode()).body(ARTICLE) == "WORDS"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("UTF-8", "utf-8"),
        ("UTF-8", "utf-16"),
        ("UTF-16", "utf-16-le"),
        ("UTF-16", "utf-8"),
        ("ISO-8859-1", "cp1252"),
        ("ISO-8859-1", "utf-8"),
        ("windows-1252", "cp1252"),
        ("no-such", "utf-8"),
        ("UTF-8", "cp1252"),
    ],
)
def test_the_encoding_is_the_one_that_the_file_is_in(
    bring: Bring, tmp_path: Path, declared: str, encoding: str
) -> None:
    text = WHOLE.replace("UTF-8", declared, 1).replace("WORDS", "Café “à”")
    assert bring_bytes(bring, tmp_path, text.encode(encoding)).body(ARTICLE) == "Café “à”"


def test_letters_are_whole_wherever_the_file_is_read_on(bring: Bring, tmp_path: Path) -> None:
    words = ("\U0001f600é" * 20 + " ") * 7_000
    damaged = words.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    result = bring_bytes(bring, tmp_path, WHOLE.replace("WORDS", damaged).encode())
    assert result.body(ARTICLE) == words.strip()


def test_a_file_that_ends_too_early_brings_what_is_whole_and_the_next_brings_the_rest(
    bring: Bring, tmp_path: Path
) -> None:
    file = write_export(tmp_path, Entry(1, slug="one"), Entry(2, "Second & last", slug="two"))
    whole = file.read_text("utf-8")
    cut = whole.replace("Second & last", "The second")[: whole.rindex("Some words.") + 4]
    result = bring_bytes(bring, tmp_path, cut.encode())
    assert result.files() == ["articles/one.md"]
    assert "The file ends in the middle of “The second”" in result.said
    assert bring_bytes(bring, tmp_path, whole.encode()).files() == [
        "articles/one.md",
        "articles/two.md",
    ]


def test_an_entry_that_cannot_be_healed_is_left_out_with_its_title_and_line(
    bring: Bring, tmp_path: Path
) -> None:
    file = write_export(tmp_path, Entry(1, slug="one"), Entry(2, "Bad", slug="two"), Entry(3))
    text = file.read_text("utf-8")
    at = text.index("<wp:post_id>2")
    text = f"{text[:at]}<wp:a></wp:b>{text[at:]}"
    result = bring_bytes(bring, tmp_path, text.encode())
    assert result.files() == [ARTICLE, "articles/one.md"]
    line = text.count("\n", 0, at) + 1
    assert "“Bad” (export.xml, from line " in result.said
    assert f"it is damaged on line {line}." in result.said


def test_a_prefix_that_is_declared_nowhere_costs_nothing(bring: Bring, tmp_path: Path) -> None:
    data = WHOLE.replace("<wp:is_sticky>", "<media:x media:y='1'>1</media:x><wp:is_sticky>")
    assert bring_bytes(bring, tmp_path, data.encode()).body(ARTICLE) == "WORDS"


def test_what_is_healed_in_a_picture_or_a_block_refuses_nothing(bring: Bring) -> None:
    bad = attachment(2, "a.jpg", caption="A \x0b caption")
    assert bring(Entry(1), bad).code == 0


MEASURE = """
import resource, sys
from pathlib import Path
from insession.importers import wxr
export = wxr.read_export(Path(sys.argv[1]))
print(len(export.texts), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss has another unit elsewhere")
def test_a_large_export_is_read_in_little_memory(tmp_path: Path) -> None:
    """What is in memory grows far less than the file does."""

    def peak(count: int) -> int:
        file = tmp_path / "large.xml"
        words = " ".join(f"Words about silence {n} \U0001f600." for n in range(700))
        items = (Entry(n, body=words, slug=f"t{n}").xml() for n in range(count))
        file.write_text(WXR.format(home=HOME, version="1.2", items="\n".join(items)), "utf-8")
        command = [sys.executable, "-c", MEASURE, str(file)]
        read, most = subprocess.check_output(command, cwd=ROOT, text=True).split()
        assert int(read) == count
        return int(most) * 1024 - file.stat().st_size // 4

    assert peak(800) < peak(10) + 10_000_000  # of 20 MB


def test_parts_hold_what_they_say(tmp_path: Path) -> None:
    file = tmp_path / "export.xml"
    file.write_text(WHOLE, encoding="utf-8")
    with file.open("rb") as opened:
        parts = [*read_parts(opened)]
    assert [part.entry for part in parts] == ["", "item", ""]
    assert all(part.is_whole for part in parts)
    assert parts[1].line == WHOLE[: WHOLE.index("<item>")].count("\n") + 1
