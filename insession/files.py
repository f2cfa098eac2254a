"""Text files as people save them: read strictly, refused in plain words."""

from pathlib import Path

from insession.problems import Problem, Problems


def read_text(path: Path, shown: str) -> str:
    """Return the file's text with Unix line ends and without a byte order mark.

    `shown` is the path as she knows it. Raises Problems if the file can't be opened, isn't
    UTF-8, or has nothing in it.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise _refused(shown, "this file is missing.", "Put it back, or restore it.") from None
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
        how = "Write something in it, or remove the file."
        raise _refused(shown, "this file is empty.", how)
    return text


def _refused(shown: str, what: str, how: str, line: int = 0) -> Problems:
    return Problems([Problem(shown, line, what, how)])


def body_line(path: Path, body: str, wanted: str) -> int:
    """Return the line of the file on which `wanted` first stands in its Markdown body, or 0."""
    text = read_text(path, path.name)
    start = max(text.rfind(body), 0) if body else 0
    position = text.find(wanted, start) if wanted else -1
    if position < 0:
        position = text.find(wanted) if wanted else -1
    return text.count("\n", 0, position) + 1 if position >= 0 else 0
