"""Texts kept small while others are read: an export may hold ten thousand of them."""

import zlib
from typing import NamedTuple

QUICKLY = 1  # zlib's level that costs least time; words become a third of their size


class Packed(NamedTuple):
    """A text that is unpacked whenever it is asked for."""

    data: bytes

    @property
    def text(self) -> str:
        """The text itself."""
        return zlib.decompress(self.data).decode()


def pack(text: str) -> Packed:
    """Return a text made small."""
    return Packed(zlib.compress(text.encode(), QUICKLY))
