"""An export's XML in parts, each healed of what XML forbids, so that one bad sign costs nothing.

A part is an entry (a post with its comments), or what stands between entries. Each is parsed by
itself: memory holds one at a time, and what can't be healed costs one entry and not the file.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml.common import DTDForbidden
from defusedxml.ElementTree import fromstring

from insession.common.invisible import BREAKS, INVISIBLE, remove_invisible
from insession.importers.decode import GUESSED, decode

ENTRIES = {"item", "thread", "post"}  # of WordPress, and of Disqus
DEEPEST = 50  # elements within each other; WordPress writes 5
LONGEST_TEXT = 20_000_000  # signs in which the end of one is looked for
LONGEST_TAG = 64 * 1024
START = re.compile(r"<\?xml\b|<rss\b|<disqus\b")
BEFORE = 100_000  # signs that may stand before an export: what a server had to say
TAG = re.compile(r"<(/?)([A-Za-z_][\w:.-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>")
PREFIX = re.compile(r"\s([A-Za-z_][\w.-]*):[\w.-]+\s*=")
PREFIXED = re.compile(r"^</?([^\s:<>]+):")
TITLE = re.compile(r"<title>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</title>", re.S)
CDATA, END = "<![CDATA[", "]]>"
NUMBERED = re.compile(r"&#(?:(\d{1,9})|[xX]([0-9a-fA-F]{1,8}));")
AMPERSAND = re.compile(r"&(?:(#\d{1,9}|#x[0-9a-fA-F]{1,8}|amp|lt|gt|quot|apos);|(\w+;)?)")
PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


class TooDeepError(ValueError):
    """Raised for elements within elements without end."""


@dataclass
class Part:
    """One entry, or what stands between two of them: see at the top.

    `line` is where it begins; `before` and `after` are the start tags that are open there.
    """

    line: int
    before: list[str]
    entry: str = ""  # the element's name
    is_whole: bool = True
    after: list[str] = field(default_factory=list)
    healed: Counter[str] = field(default_factory=Counter)
    prefixes: set[str] = field(default_factory=set)
    pieces: list[str] = field(default_factory=list)

    def add(self, kind: str, raw: str) -> None:
        """Add a piece, healed, with what it was healed of."""
        if kind == "cdata":
            if END in raw:
                self.healed[END] += 1
                raw = raw.replace(END, f"]]{END}{CDATA}>")
            self.pieces.append(f"{CDATA}{_clean(raw, self.healed)}{END}")
            return
        if "&" in raw:
            raw = AMPERSAND.sub(_ampersand, _references(raw))
        self.pieces.append(_clean(raw, self.healed))
        if kind != "text" and ":" in raw:
            self.prefixes |= {*PREFIX.findall(raw), *PREFIXED.findall(raw)} - {"xml", "xmlns"}

    def parse(self) -> Element:
        """Return the entry, or the outermost element of what is none. Raises ParseError."""
        spaces = "".join(f' xmlns:{prefix}="urn:{prefix}"' for prefix in sorted(self.prefixes))
        opened = "".join(self.before).replace("\n", " ")
        closed = "".join(f"</{_name(tag)}>" for tag in reversed(self.after))
        whole = f"<export{spaces}>{opened}{''.join(self.pieces)}{closed}</export>"
        element: Element = fromstring(whole, forbid_dtd=True)
        for _ in range(len(self.before) + 1 if self.entry else 1):
            element = element[0]
        return element

    @property
    def title(self) -> str:
        """The entry's title, also of one that can't be parsed."""
        found = TITLE.search("".join(self.pieces))
        return " ".join(found[1].split()) if found else ""

    @property
    def notes(self) -> list[str]:
        """Sentences on what was healed in it."""
        signs = [code for code in self.healed if code.startswith("U+")]
        count = sum(self.healed[code] for code in signs)
        said = []
        if signs:
            which = "a character that no page can show was" if count == 1 else ""
            which = which or f"{count} characters that no page can show were"
            said.append(f"{which[0].upper()}{which[1:]} taken out ({', '.join(sorted(signs))}).")
        if count := self.healed[GUESSED]:
            letters = "one letter was" if count == 1 else f"{count} letters were"
            said.append(
                f"It isn't saved as UTF-8, as its file says: {letters} read as Windows "
                "writes them (é, ’). See whether they are right."
            )
        if self.healed[END]:
            said.append(f"It has “{END}” in it, which ends a text in XML; nothing is lost by it.")
        return said


def read_parts(file: IO[bytes]) -> Iterator[Part]:
    """Yield the parts of an export, in their order; the last may not be whole.

    Raises TooDeepError, and DTDForbidden for a DOCTYPE, which no export has.
    """
    source = _Source(decode(file))
    line = 1 + source.skip_to_start()
    stack: list[str] = []
    part, began = Part(line, []), False

    def finish(is_whole: bool = True) -> Part:
        nonlocal part, line
        done, done.after, done.is_whole = part, stack[:], is_whole
        line += sum(piece.count("\n") for piece in part.pieces)
        part = Part(line, stack[:])
        return done

    for kind, raw, name in _tokens(source):
        if kind == "start" and name in ENTRIES and part.entry in ("", name):
            if part.entry:  # the one before was never closed
                part.pieces.append(f"</{name}>")
                del stack[len(part.before) :]
            if "".join(part.pieces).strip():
                yield finish()
            part.entry = name
        if began and not stack:
            continue  # what a server had to say after the end
        part.add(kind, raw)
        if kind == "start":
            began = True
            stack.append(raw)
            if len(stack) > DEEPEST:
                raise TooDeepError
        elif kind == "end" and name == part.entry:
            del stack[len(part.before) :]
            yield finish()
        elif kind == "end":
            del stack[-1:]
    if stack or "".join(part.pieces).strip():
        yield finish(not stack)


def _ampersand(found: re.Match[str]) -> str:
    """Return a & as XML has it: it knows five names, HTML two thousand."""
    if found[1]:
        return found[0]
    known = html5.get(found[2] or "", "")
    return known if known and known not in "<>&\"'" else f"&amp;{found[2] or ''}"


def _references(text: str) -> str:
    """Return a text with each number of what can't be shown (&#11;) as the sign itself."""

    def sign(found: re.Match[str]) -> str:
        number = int(found[1]) if found[1] else int(found[2], 16)
        if number > 0x10FFFF:
            return "\x00"
        return chr(number) if INVISIBLE.match(chr(number)) else found[0]

    return NUMBERED.sub(sign, text) if "&#" in text else text


def _clean(text: str, healed: Counter[str]) -> str:
    """Return a text without what XML or a page can't hold; halves of an emoji become one."""
    text = _references(text)
    if not INVISIBLE.search(text):
        return text
    text = PAIR.sub(lambda two: two[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    healed[GUESSED] += text.count(GUESSED)
    text = text.replace(GUESSED, "")
    for sign in INVISIBLE.findall(text):
        if sign not in BREAKS[2:] and not "\x80" <= sign <= "\x9f":
            healed[f"U+{ord(sign):04X}"] += 1
    return remove_invisible(text)


class _Source:
    """A text that is read on while it is looked at; `at` is how far it was taken."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self.text, self.at = "", 0

    def read_on(self) -> bool:
        """Read some more; whether there was any."""
        chunk = next(self._chunks, "")
        self.text, self.at = self.text[self.at :] + chunk, 0
        return bool(chunk)

    def find(self, words: str, within: int = LONGEST_TAG) -> int:
        """Return where words stand next, or -1."""
        while (found := self.text.find(words, self.at)) < 0:
            if len(self.text) - self.at > within or not self.read_on():
                return -1
        return found

    def take(self, end: int) -> str:
        """Return the text up to a place, and go on there."""
        text, self.at = self.text[self.at : end], end
        return text

    def skip_to_start(self) -> int:
        """Pass over what stands before the XML; return how many line ends that were."""
        while len(self.text) < BEFORE and self.read_on():
            pass
        found = START.search(self.text, 0, BEFORE)
        if not found or "<!DOCTYPE" in self.text[: found.start()].upper():
            return 0
        return self.take(found.start()).count("\n")


def _tokens(source: _Source) -> Iterator[tuple[str, str, str]]:
    """Yield of each thing that follows its kind (start, end, empty, text, cdata), it, and its name.

    What shows nothing, a comment for instance, is yielded as the line ends in it.
    """
    name = ""
    while True:
        end = source.find("<", LONGEST_TEXT)
        if text := source.take(len(source.text) if end < 0 else end):
            yield "text", text, ""
        if end < 0 and not source.read_on():
            return
        if end >= 0:
            token = _token(source, name)
            name = token[2] if token[0] == "start" else name
            yield token


def _token(source: _Source, name: str) -> tuple[str, str, str]:
    """Return what begins with the < that is next; `name` is that of the last start tag."""
    while not (found := TAG.match(source.text, source.at)):
        rest = source.text[source.at : source.at + len(CDATA)]
        if rest == CDATA:
            source.at += len(CDATA)
            return "cdata", _cdata(source, name), ""
        for sign, ending in (("<!--", "-->"), ("<?", "?>")):
            if rest.startswith(sign) and (end := source.find(ending)) >= 0:
                return "text", "\n" * source.take(end + len(ending)).count("\n"), ""
        if rest.upper().startswith("<!DOCTYPE"[: len(CDATA)]):
            raise DTDForbidden("", None, None)
        if len(source.text) - source.at > LONGEST_TAG or not source.read_on():
            source.at += 1
            return "text", "&lt;", ""
    raw = source.take(found.end())
    kind = "end" if found[1] else "empty" if found[3].endswith("/") else "start"
    return kind, raw, found[2]


def _cdata(source: _Source, name: str) -> str:
    """Take the text of a CDATA section up to where it truly ends, and pass over that end.

    A script may have the sign of its end within it. The true one stands before the end of its
    element, or before another section. If the element begins once more until then, this section
    was never closed, or closed by something else.
    """
    true = re.compile(rf"\]\]>(?=(?:(?!\]\]>)[^<])*+(?:<!\[CDATA\[|</{re.escape(name)}\s*>))")
    while not (found := true.search(source.text, source.at)):
        if len(source.text) - source.at > LONGEST_TEXT or not source.read_on():
            break
    end = found.start() if found else len(source.text)
    is_split = source.text.startswith(CDATA, end + len(END))  # as WordPress writes a ]]> of words
    again = source.text.find(f"<{name}>{CDATA}", source.at, end)
    if again >= 0 or not found:
        again = end if again < 0 else again
        first = source.text.find(END, source.at, again)
        if first < 0 and not is_split:  # it isn't closed at all
            first = source.text.find(f"</{name}", source.at, again)
            return source.take(again if first < 0 else first)
        end = end if first < 0 else first
    text = source.take(end)
    source.at += len(END)
    return text


def _name(tag: str) -> str:
    found = TAG.match(tag)
    return found[2] if found else ""
