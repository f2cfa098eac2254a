"""Files as people save them: texts read strictly and refused in plain words, folders walked."""

import os
import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from unicodedata import normalize

from insession.common.atomic_file import replace_file
from insession.common.invisible import HOW, find_invisible
from insession.common.problems import Problem, Problems
from insession.common.walk import walk

# What editors and computers leave lying about, as in IGNORE_FILES.
IGNORED = (".*", "*~", "#*#", "Thumbs.db", "desktop.ini")


def find_texts(content: Path, folder: str, ignored: Iterable[str] = IGNORED) -> Iterator[Path]:
    """Yield each text in a folder of content/, in order, as a build finds it.

    A copy that a computer keeps beside it (“._silence.md”) is none, and none that lies in a hidden
    folder.
    """
    place = content / folder
    for entry in walk(place, ignored) if place.is_dir() else ():
        if entry.name.endswith(".md") and entry.is_file():
            yield Path(entry.path)


def read_text(path: Path, shown: str, needed: str = "") -> str:
    """Return the file's text with Unix line ends and without a byte order mark.

    `shown` is the path as she knows it, `needed` what belongs in a file that is missing or
    empty. Raises Problems if the file can't be opened, isn't UTF-8, has nothing in it, or holds
    characters that nobody sees.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise _refused(shown, "this file is missing.", needed or "Put it back.") from None
    except OSError as error:
        reason = (error.strerror or "it can't be opened").lower()
        how = "Check that it is a file and that you may read it, then save it again."
        raise _refused(shown, f"this file can't be read: {reason}.", how) from None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused(
            shown,
            "this file is saved as UTF-16, which can't be read here.",
            "Save it again with the encoding UTF-8 (in most editors: Save As, Encoding).",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refused(
            shown,
            "this file isn't saved as UTF-8: a letter on this line can't be read.",
            "Save it again with the encoding UTF-8 (in most editors: Save As, Encoding).",
            line,
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        how = "Save it again as plain text with the encoding UTF-8."
        raise _refused(shown, "this isn't a text file: it holds a zero byte.", how, line)
    if not text.strip():
        how = needed or "Write something in it, or remove the file."
        raise _refused(shown, "this file is empty.", how)
    if found := [*find_invisible(text)]:
        raise Problems(Problem(shown, line, what, HOW) for line, what in found)
    return text


def replace_text(path: Path, data: bytes) -> None:
    """Replace a file of hers, with the permissions that it had. Raises OSError."""
    if not os.access(path, os.W_OK):
        raise PermissionError(13, "You may not write to this file", str(path))
    path = path.resolve()
    replace_file(path, data, like=path)


def rewrite(path: Path, text: str) -> None:
    """Give a text file other words, with the line ends and the byte order mark that it has.

    Raises OSError.
    """
    raw = path.read_bytes()
    end = "\r\n" if b"\r\n" in raw else "\n"
    mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    replace_text(path, mark + text.replace("\n", end).encode())


def _refused(shown: str, what: str, how: str, line: int = 0) -> Problems:
    return Problems([Problem(shown, line, what, how)])


def name_on_disk(root: str | Path, relative: str) -> str:
    """Return the path below `root` as the file there has it: an é can be one sign, or two.

    https://unicode.org/reports/tr15/; a path that there is no file for comes back as it is.
    """
    if relative.isascii() or ".." in relative.split("/"):
        return relative
    forms = dict.fromkeys([relative, *(normalize(form, relative) for form in ("NFC", "NFD"))])
    if form := next((form for form in forms if Path(root, form).exists()), ""):
        return form
    path = Path(root)
    for part in relative.split("/"):  # a folder in one form, and the file in the other
        names = [each.name for each in path.iterdir()] if path.is_dir() else []
        same = (name for name in names if normalize("NFC", name) == normalize("NFC", part))
        path /= part if (path / part).exists() else next(same, part)
    return path.relative_to(root).as_posix() if path.exists() else relative


def same_name(path: str) -> str:
    """Return a path as it is compared where capitals, and an é in one sign or two, are one."""
    return normalize("NFC", path).casefold()


def body_line(path: Path, body: str, wanted: str, nth: int = 1) -> int:
    """Return the line of the file on which `wanted` stands in its Markdown body, or 0.

    It counts as a whole name only (not `y.md` in `many.md`), outside code if it is there at all;
    `nth` tells the first time from the second.
    """
    text = read_text(path, path.name)
    start = max(text.rfind(body), 0) if body else 0
    prose = re.sub(r"^[ >]*(```|~~~).*?^[ >]*\1|`[^`\n]+`", _blank, text[start:], flags=re.S | re.M)
    either = "|".join(re.escape(form) for form in dict.fromkeys((wanted, escape(wanted))))
    whole = rf"(?<![\w/-])(?:{either})(?![\w/-]|\.\w)"
    whole_text = [(whole, text[start:], start), (either, text[start:], start), (either, text, 0)]
    for pattern, where, offset in [(whole, prose, start), *whole_text]:
        found = list(re.finditer(pattern, where)) if wanted else []
        if found:
            position = offset + found[min(nth, len(found)) - 1].start()
            return text.count("\n", 0, position) + 1
    return 0


def header_line(path: Path, key: str, value: str = "") -> int:
    """Return the line of the file that starts with `key` (in TOML or YAML), or 1.

    With `value`, it is the first from there on that has this in it.
    """
    text = read_text(path, path.name)
    found = re.search(rf"^[ \t]*{re.escape(key)}[ \t]*[:=]", text, re.M)
    start = found.start() if found else 0
    return text.count("\n", 0, max(text.find(value, start), start)) + 1


def _blank(code: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", code[0])
