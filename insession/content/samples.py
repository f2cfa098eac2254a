"""The sample that the software comes with, known by digests: each value, sentence and picture.

samples.txt beside this file has a line for each: `value`, the key in practice.toml, a digest;
`sentence` (of texts, topics and the glossary) or `picture` and a digest; `reviewed` and a day on
which the sample's therapist, who doesn't exist, looked a page through. Lines of earlier editions
stay, since blogs began with them.

`python -m insession.content.samples` adds what the sample in content/ says today.
"""

import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path

from insession.content import glossary, topics
from insession.content.front_matter import parse, schema_of
from insession.content.practice import PracticeFile, parse_practice
from insession.content.text_file import find_texts

ROOT = Path(__file__).resolve().parent.parent.parent
FILE = Path(__file__).with_name("samples.txt")
COMMAND = "python -m insession.content.samples"
FOLDERS = ("articles", "pages")
SHORTEST = 4  # words of a sentence that is nobody else's by chance
FEWEST = 25  # so many words make a text somebody's
PROBED = 8  # paragraphs all over a text, one of which at least is the sample's if most of it is

# What in Markdown is no word: the target of a link, and the signs of a note.
NO_WORDS = re.compile(r"\]\([^)\n]*\)|\[\^[^\]\n]+\]:?")
END = re.compile(r"""(?<=[.!?…])["'“”‘’)\]*_]*\s+|\n\s*\n|\n(?=[ \t]*(?:[-*+>|]|\d+\.|:)\s)""")


@cache
def known() -> frozenset[str]:
    """Return every line of samples.txt."""
    return frozenset(FILE.read_text(encoding="utf-8").splitlines())


def is_sample_value(key: str, value: object) -> bool:
    """Whether a value of practice.toml, such as that of "practice.phone", is the sample's."""
    return _value(key, value) in known()


def is_sample_picture(picture: bytes) -> bool:
    """Whether a picture came with the software."""
    return f"picture {_hash(picture)}" in known()


def is_sample_review(day: date) -> bool:
    """Whether a page's `reviewed` was the sample's own and so says nothing of hers."""
    return f"reviewed {day:%Y-%m-%d}" in known()


@lru_cache(maxsize=4096)
def share_of_sample(body: str) -> float:
    """Return how much of a text is the sample's, by words, from 0 to 1."""
    parts = body.split("\n\n")
    probe = "\n\n".join(parts[:: max(1, len(parts) // PROBED)])
    if not any(_sentence(words) in known() for words in _sentences(probe)):
        return 0.0  # as for nearly every text of a large blog
    counted = [(len(words), _sentence(words) in known()) for words in _sentences(body)]
    counted = [(count, is_known) for count, is_known in counted if count >= SHORTEST]
    of_sample = sum(count for count, is_known in counted if is_known)
    return of_sample / sum(count for count, _ in counted) if of_sample >= FEWEST else 0.0


def is_untouched(body: str) -> bool:
    """Whether every sentence of a text is the sample's: nothing of hers would be lost with it."""
    return all(_sentence(words) in known() for words in _sentences(body))


def values_of(practice: PracticeFile) -> Iterator[tuple[str, object]]:
    """Yield each key that has a value of its own ("practice.phone") and the value."""
    for section, values in practice.model_dump(exclude_none=True, exclude_defaults=True).items():
        for key, value in values.items():
            if value not in ("", []):
                yield f"{section}.{key}", value


def words_of(content: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield each topic with its sentence, and each word of the glossary with its meaning.

    Before them stands the file that they are in. Raises Problems.
    """
    for name, topic in topics.read_topics(content / topics.FILE, topics.FILE).items():
        if topic.sentence:
            yield content / topics.FILE, name, topic.sentence
    for term in glossary.read_glossary(content / glossary.FILE, glossary.FILE):
        yield content / glossary.FILE, term.name, term.meaning


def lines_of(content: Path) -> Iterator[str]:
    """Yield the lines by which a content folder's texts, values and pictures are known again."""
    file = content / "practice.toml"
    practice = parse_practice(file.read_text(encoding="utf-8"), file.name)
    yield from (_value(key, value) for key, value in values_of(practice))
    for folder in FOLDERS:
        for path in find_texts(content, folder):
            yield from _lines_of_text(path, is_page=folder == "pages")
    for _, _, said in words_of(content):
        yield from (_sentence(words) for words in _sentences(said))
    for path in sorted((content / "images").glob("*")):
        yield f"picture {_hash(path.read_bytes())}"


def _lines_of_text(path: Path, is_page: bool) -> Iterator[str]:
    header, body = parse(path.read_text(encoding="utf-8"), path.name, schema_of(is_page))
    yield from (_sentence(words) for words in _sentences(body))
    if is_page and header.reviewed:
        yield f"reviewed {header.reviewed:%Y-%m-%d}"


def _value(key: str, value: object) -> str:
    return f"value {key} {_digest(_words(str(value)))}"


def _sentence(words: list[str]) -> str:
    return f"sentence {_digest(words)}"


def _sentences(body: str) -> Iterator[list[str]]:
    for part in END.split(NO_WORDS.sub("]", body)):
        if words := _words(part):
            yield words


def _words(text: str) -> list[str]:
    """Return the words alone: no line ends, blanks, signs or capitals can hide a sample."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return re.findall(r"\w+", text.casefold())


def _digest(words: list[str]) -> str:
    return _hash(" ".join(words).encode())


def _hash(data: bytes) -> str:
    return blake2b(data, digest_size=6).hexdigest()


def write(lines: Iterable[str]) -> int:
    """Add lines to samples.txt, and return how many of them are new."""
    before = set(FILE.read_text(encoding="utf-8").splitlines()) if FILE.exists() else set()
    after = before | set(lines)
    FILE.write_text("\n".join(sorted(after)) + "\n", encoding="utf-8", newline="\n")
    known.cache_clear()
    return len(after - before)


def main(content: Path = ROOT / "content") -> int:
    """Add what the sample in content/ says today; refuse a blog that is somebody's own."""
    values = tomllib.loads((content / "practice.toml").read_text(encoding="utf-8"))
    if not is_sample_value("therapist.name", values["therapist"]["name"]):
        print("content/ isn't the sample any more, so nothing of it belongs into samples.txt.")
        return 1
    print(f"{write(lines_of(content))} new lines in {FILE.name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
