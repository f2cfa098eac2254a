"""QR codes (ISO/IEC 18004): an address that a telephone's camera reads from paper."""

import re
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

NAME = "qr.svg"  # beside the page whose address it has
HERS = ("downloads/", "images/")  # where files have names of the author's own
CORRECTION = "m"  # 15 % of a code may be stained
MASK = 7  # any of the eight can be read; to look for the best takes three times as long as the rest
WIDTH = 20.0  # mm
SMALLEST_MODULE = 0.5  # mm: a code of more than 40 modules a side is larger


def is_qr_code(path: str) -> bool:
    """Whether what stands at a path of the site is the code of a page."""
    return path.endswith(f"/{NAME}") and not path.startswith(HERS)


@cache
def code() -> str:
    """Return the digest of what a code is drawn with, besides its text."""
    drawn_with = Path(__file__).read_bytes() + version("segno").encode()
    return blake2b(drawn_with, digest_size=16).hexdigest()


def draw(text: str) -> bytes:
    """Return the code as an SVG, black on nothing, in the size in which it is to be printed.

    It has no quiet zone: whoever shows it leaves room around it, as wide as four modules.
    """
    import segno  # here, because most builds draw no code

    rows = segno.make_qr(text, error=CORRECTION, mask=MASK).matrix
    size = max(WIDTH, len(rows) * SMALLEST_MODULE)
    path = "".join(
        f"M{dark.start()} {y}.5h{len(dark[0])}"
        for y, row in enumerate(rows)
        for dark in re.finditer(rb"\x01+", row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size:g}mm" height="{size:g}mm" '
        f'viewBox="0 0 {len(rows)} {len(rows)}"><path stroke="#000" d="{path}"/></svg>\n'
    ).encode()
