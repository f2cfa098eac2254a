"""Takes out of a picture's bytes all that is no picture, and leaves its pixels as they are.

What is kept is named; all else goes, and so does whatever follows the picture's end. Sources: JPEG,
ITU-T T.81, B; PNG, https://www.w3.org/TR/png-3/; WebP, RFC 9649; GIF89a,
https://www.w3.org/Graphics/GIF/spec-gif89a.txt
"""

import re
import struct
from collections.abc import Iterator

# Kinds of a JPEG's segments; the first two say what its colours are, and a JFIF of more than 16
# bytes has a small picture of the picture in it.
JFIF, ADOBE, COMMENT = 0xE0, 0xEE, 0xFE
AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
# What a PNG says of itself, which Pillow unpacks before it is asked.
PNG_WORDS = {b"tEXt", b"zTXt", b"iTXt"}
PNG_PARTS = {b"IHDR", b"PLTE", b"tRNS", b"acTL", b"fcTL", b"IDAT", b"fdAT", b"IEND"}
WEBP_PARTS = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"}
WEBP_METADATA = 0x20 | 0x08 | 0x04  # the flags of a profile, of EXIF and of XMP
GIF_LOOPS = {b"NETSCAPE2.0", b"ANIMEXTS1.0"}


def without_metadata(data: bytes, kind: str) -> bytes | None:
    """Return the picture's bytes with nothing but the picture; None where they aren't as usual."""
    take = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp, "GIF": _gif}[kind]
    try:
        return b"".join(take(data))
    except (IndexError, ValueError, struct.error):
        return None


def is_lossless_webp(data: bytes) -> bool:
    """Whether a WebP keeps its pixels as they were."""
    try:
        return any(name == b"VP8L" for name, _ in _riff_parts(data))
    except struct.error:
        return False


def without_words(data: bytes) -> bytes:
    """Return a PNG without the texts in it; as it is, where its parts aren't as usual."""
    try:
        return data[:8] + b"".join(part for name, part in _png_parts(data) if name not in PNG_WORDS)
    except struct.error:
        return data


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield b"\xff\xd8"
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError
        while data[at] == 0xFF:
            at += 1
        marker, at = data[at], at + 1
        if marker == 0xD9:
            yield b"\xff\xd9"
            return
        size = int.from_bytes(data[at : at + 2], "big")
        segment, at = data[at : at + size], at + size
        is_application, is_plain_jfif = 0xE0 <= marker <= 0xEF, (marker, size) == (JFIF, 16)
        if marker == ADOBE or is_plain_jfif or not (is_application or marker == COMMENT):
            yield bytes([0xFF, marker]) + segment
        if marker == 0xDA:
            found = AFTER_SCAN.search(data, at)
            if not found:
                raise ValueError
            yield data[at : found.start()]
            at = found.start()


def _png(data: bytes) -> Iterator[bytes]:
    yield data[:8]
    for name, part in _png_parts(data):
        if name in PNG_PARTS:
            yield part


def _png_parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, name = 8, b""
    while name != b"IEND":
        size, name = struct.unpack(">I4s", data[at : at + 8])
        yield name, data[at : at + size + 12]
        at += size + 12


def _webp(data: bytes) -> Iterator[bytes]:
    parts = []
    for name, part in _riff_parts(data):
        if name == b"VP8X":
            part = bytes([part[0] & ~WEBP_METADATA]) + part[1:]
        if name in WEBP_PARTS:
            parts.append(name + struct.pack("<I", len(part)) + part + b"\0" * (len(part) % 2))
    body = b"WEBP" + b"".join(parts)
    yield b"RIFF" + struct.pack("<I", len(body)) + body


def _riff_parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, end = 12, struct.unpack("<I", data[4:8])[0] + 8
    while at < min(end, len(data)):
        name, size = struct.unpack("<4sI", data[at : at + 8])
        yield name, data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _gif(data: bytes) -> Iterator[bytes]:
    at = 13 + _colours(data[10])
    yield data[:at]
    while data[at] != 0x3B:
        if data[at] == 0x2C:
            start = at + 11 + _colours(data[at + 9])
            is_kept = True
        elif data[at] == 0x21:
            start, label = at + 2, data[at + 1]
            is_kept = label == 0xF9 or (label == 0xFF and data[at + 3 : at + 14] in GIF_LOOPS)
        else:
            raise ValueError
        end = start
        while data[end]:
            end += data[end] + 1
        if is_kept:
            yield data[at : end + 1]
        at = end + 1
    yield b"\x3b"


def _colours(flags: int) -> int:
    """Return the bytes of a table of colours; none, unless the flags say that there is one."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0
