"""An export's bytes as text, whatever encoding they are in and however they were damaged.

What can't be read as the file says is read as Windows meant it, and marked; halves of an emoji stay
halves, which heal_xml.py joins or takes out.
"""

import codecs
import re
from collections.abc import Iterator
from typing import IO

CHUNK = 256 * 1024
GUESSED = "\ufdd0"  # stands behind a letter that was guessed; no text has it (it is no character)
DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)""")
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
# Encodings of one or two bytes in which exports were saved, by the beginnings of their names.
OLDER = ("iso8859", "cp", "koi8", "shift", "sjis", "euc", "gb", "big5", "mac", "tis")
NOT_ASCII = bytes(range(0x80, 0x100))
HALF = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")  # of an emoji, as CESU-8 and older PHP write it


def decode(file: IO[bytes]) -> Iterator[str]:
    """Yield the text of a file from its start, with Unix line ends and no mark before it."""
    encoding, start = _encoding(file)
    file.seek(start)
    texts = _wide(file, encoding) if encoding.startswith("utf-16") else _bytewise(file, encoding)
    ends_open = False  # on the first half of a Windows line end
    for text in texts:
        text = f"\r{text}" if ends_open else text
        ends_open = text.endswith("\r")
        yield text.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n")
    if ends_open:
        yield "\n"


def _encoding(file: IO[bytes]) -> tuple[str, int]:
    """Return the encoding that the file is truly in, and where its text starts."""
    start = file.read(1000)
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return encoding, 0 if b"<" in mark else len(mark)
    declared = DECLARED.search(start)
    try:
        name = codecs.lookup(declared[1].decode() if declared else "utf-8").name
    except LookupError:
        return "utf-8", 0
    name = "cp1252" if name == "iso8859-1" else name  # as browsers read it
    is_older = name.startswith(OLDER) and not _is_utf8(file)
    return name if is_older else "utf-8", 0


def _is_utf8(file: IO[bytes]) -> bool:
    """Whether a file is in UTF-8 after all: one that has a letter beyond ASCII is by no chance."""
    decoder, has_more_than_ascii = codecs.getincrementaldecoder("utf-8")(), False
    file.seek(0)
    try:
        while chunk := file.read(CHUNK):
            has_more_than_ascii |= not chunk.isascii()
            decoder.decode(chunk)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return has_more_than_ascii


def _wide(file: IO[bytes], encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    while chunk := file.read(CHUNK):
        yield decoder.decode(chunk)


def _bytewise(file: IO[bytes], encoding: str) -> Iterator[str]:
    if encoding != "utf-8":
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        while chunk := file.read(CHUNK):
            yield decoder.decode(chunk)
        return
    rest = b""
    while chunk := file.read(CHUNK):
        data = rest + chunk
        cut = len(data.rstrip(NOT_ASCII))  # never in the middle of a letter, whole or damaged
        yield data[:cut].decode("utf-8", "insession-guess")
        rest = data[cut:]
    yield rest.decode("utf-8", "insession-guess")


def _guess(error: UnicodeError) -> tuple[str, int]:
    """Read what isn't UTF-8: half an emoji, or else a letter as Windows has it."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101  (codecs calls it for nothing else)
    start = error.start
    if half := HALF.match(error.object, start):
        return half[0].decode("utf-8", "surrogatepass"), half.end()
    letter = error.object[start : start + 1].decode("cp1252", "ignore")
    return letter + GUESSED, start + 1


codecs.register_error("insession-guess", _guess)
