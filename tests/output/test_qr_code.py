"""What a QR code looks like: the modules that the standard asks for, in a size that can be read."""

import re

import pytest
import segno
from defusedxml import ElementTree

from insession.output.qr_code import CORRECTION, MASK, draw

ADDRESS = "https://blog.example.org/why-silence-helps/"
SVG = "{http://www.w3.org/2000/svg}"


def read(svg: bytes) -> tuple[list[str], float]:
    """Return the rows of a code, a # for each dark module, and how wide it is in millimetres."""
    root = ElementTree.fromstring(svg)
    assert root.get("width") == root.get("height")
    assert [child.tag for child in root] == [f"{SVG}path"], "nothing but its lines"
    count = int(root.get("viewBox", "").split()[2])
    rows = [[" "] * count for _ in range(count)]
    for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", root[0].get("d", "")):
        rows[int(y)][int(x) : int(x) + int(length)] = "#" * int(length)
    return ["".join(row) for row in rows], float(root.get("width", "").removesuffix("mm"))


@pytest.mark.parametrize("length", [1, 40, 120, 700])
def test_a_code_has_the_modules_that_it_should(length: int) -> None:
    text = f"{ADDRESS}{'x' * length}"
    rows, _ = read(draw(text))
    expected = segno.make_qr(text, error=CORRECTION, mask=MASK).matrix
    assert rows == ["".join("# "[not dark] for dark in row) for row in expected]


def test_a_code_is_small_and_none_is_too_fine_to_be_read() -> None:
    widths = {}
    for length in (0, 20, 60, 150, 400, 1500):
        rows, widths[length] = read(draw(ADDRESS + "x" * length))
        assert widths[length] / len(rows) >= 0.5
    assert widths[0] == widths[20] == 20
    assert widths[60] < 25
    assert len(draw(ADDRESS)) < 5_000


def test_the_same_address_makes_the_same_bytes() -> None:
    assert draw(ADDRESS) == draw(ADDRESS) != draw(f"{ADDRESS}x")
